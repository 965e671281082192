"""A cell of a notebook as an error names it: its number as the author counts, and its first line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["name_cells"]

_ADDED_BY_PAPERMILL = {"injected-parameters", "papermill-error-cell-tag"}
_LONGEST = 60


def name_cells(cells: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(name, cell) of each cell that the author wrote; Papermill's own cells are not counted.

    >>> [name for name, _ in name_cells([{"metadata": {}, "source": "review.headline(1)"}])]
    ["cell 1 ('review.headline(1)')"]
    """
    written = (cell for cell in cells if not _ADDED_BY_PAPERMILL & {*cell["metadata"].get("tags", ())})
    for number, cell in enumerate(written, start=1):
        first = next((line.strip() for line in cell["source"].splitlines() if line.strip()), "")
        cut = first[:_LONGEST] + "…" if len(first) > _LONGEST else first
        yield (f"cell {number} ('{cut}')" if cut else f"cell {number}"), cell
