"""Which cells must be hidden: the small ones, and those from which a small one could be worked out.

A *cell* is a count of people in one published table. A *line* says that one cell is the sum of others. Small counts
(1 to threshold − 1) are hidden first; then, as long as some line has exactly one hidden cell, that cell could be
worked out by subtraction, so a second cell of the line is hidden too: the smallest count that is not zero, and one that
no earlier review has printed before one that was printed, since readers still have what was.

Method: primary suppression and the sum rule of GSS "Guidance on disclosure control for tables produced from
administrative sources"; the search is the simple heuristic that sdcTable calls SIMPLEHEURISTIC.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

__all__ = ["Line", "hidden_cells", "is_small"]


def is_small(count: float, threshold: int) -> bool:
    """True for a count that could point to a person: more than 0 and under ``threshold``. NaN is not a count."""
    return 0 < count < threshold


@dataclass(frozen=True)
class Line:
    """``total`` is the sum of ``parts``; all are keys of cells."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def cells(self) -> tuple[Hashable, ...]:
        return (self.total, *self.parts)


def hidden_cells(
    counts: Mapping[Hashable, float],
    lines: Iterable[Line],
    threshold: int,
    printed: Collection[Hashable] = frozenset(),
    also: Collection[Hashable] = frozenset(),
) -> set[Hashable]:
    """Keys of ``counts`` to hide, so that no hidden count can be worked out from a single line.

    ``printed`` are keys that an earlier review printed: beside a small count they are hidden last.
    ``also`` are hidden whatever their size.

    A line whose parts do not add up to its total gives nothing back by subtraction, and is left out.

    >>> counts = {"all": 50, "north": 3, "east": 20, "south": 27}
    >>> sorted(hidden_cells(counts, [Line("all", ("north", "east", "south"))], threshold=5))
    ['east', 'north']
    """
    through: dict[Hashable, list[Line]] = defaultdict(list)
    for line in lines:
        if _adds_up(line, counts):
            for cell in line.cells:
                through[cell].append(line)
    hidden = {cell for cell, count in counts.items() if is_small(count, threshold)} | set(also)
    waiting = sorted(hidden, key=repr)
    while waiting:
        for line in through[waiting.pop(0)]:
            second = _second(line, hidden, counts, printed)
            if second is not None:
                hidden.add(second)
                waiting.append(second)
    return hidden


def _adds_up(line: Line, counts: Mapping[Hashable, float]) -> bool:
    if not all(cell in counts for cell in line.cells):
        return False
    return abs(sum(counts[part] for part in line.parts) - counts[line.total]) < 0.5


def _second(
    line: Line, hidden: set[Hashable], counts: Mapping[Hashable, float], printed: Collection[Hashable]
) -> Hashable | None:
    """The cell to hide beside the only hidden one of ``line``; None where the line is safe already."""
    if sum(cell in hidden for cell in line.cells) != 1:
        return None
    open_parts = [part for part in line.parts if part not in hidden and counts[part] > 0]
    new_total = line.total not in hidden and line.total not in printed
    if open_parts and not (new_total and all(part in printed for part in open_parts)):
        return min(open_parts, key=lambda part: (part in printed, counts[part], repr(part)))
    return line.total if line.total not in hidden else None
