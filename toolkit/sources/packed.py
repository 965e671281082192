"""Published tables kept as Parquet: every cell as the text that was published, with the lines on which they stood.

The rows, their order and their cells are those of the publisher's file: a reader gets the same grid from either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.sources.grid import Grid
from toolkit.sources.reading import OpenedFile

__all__ = ["is_parquet", "read_packed", "write_packed", "write_parquet"]

KEY = b"annual-review"
"""Where the shape of the grid lies in the file's metadata; what describes the file itself lies next to it."""
LEVEL = 19
"""Compression of zstd: the highest that needs no more memory to read."""


def is_parquet(data: bytes) -> bool:
    """Whether the bytes are a Parquet file, whatever its name."""
    return data.startswith(b"PAR1")


def read_packed(file: OpenedFile, sheet: str = "", rows: int | None = None) -> Grid:
    """The grid that was kept, or its first ``rows``; another ``sheet`` than the one kept is an ``InputError``."""
    from pyarrow import ArrowException, parquet  # slow to import, and most projects read no Parquet

    try:
        schema = parquet.read_schema(file.path)
        shape = json.loads((schema.metadata or {}).get(KEY, b"null"))
        whole = rows is None or not shape or rows > shape["headers"]
        columns = parquet.read_table(file.path).columns if whole else []
    except (ArrowException, OSError, ValueError) as error:
        raise InputError(Problem(file.shown, 0, f"the Parquet file cannot be read: {error}", "put it back")) from None
    if shape is None:
        fix = "read it with the reader 'lait', or keep the publisher's CSV file"
        raise InputError(Problem(file.shown, 0, "the Parquet file does not say which rows it was made from", fix))
    if sheet and sheet != shape["sheet"]:
        what = f"the file holds the sheet '{shape['sheet']}', not '{sheet}'"
        raise InputError(Problem(file.shown, 0, what, "correct sheet: in source.yaml"))
    texts = [schema.names] if shape["headers"] else []
    texts += [list(row) for row in zip(*(column.to_pylist() for column in columns), strict=True)]
    lines = _lines_of(shape["lines"], len(texts))[:rows]
    hidden, headings = frozenset(shape["hidden"]), frozenset(shape["headings"])
    return Grid(file, texts[:rows], lines, shape["sheet"], hidden, headings, tuple(shape["notes"]))


def write_packed(grid: Grid, path: Path, about: Mapping[str, str]) -> None:
    """Write a grid, with ``about`` as the file's metadata. Same cells, same bytes.

    The first row names the columns where it can: distinct names, none empty. Otherwise columns are numbered from 1. All
    rows must be of one length.
    """
    width = len(grid.rows[0])
    if ragged := [line for row, line in zip(grid.rows, grid.lines, strict=True) if len(row) != width]:
        what = f"the row has a different number of cells from the first, which has {width}"
        raise InputError([grid.problem(line, what, "put the publisher's file back") for line in ragged])
    headers = int(len(set(grid.rows[0])) == width and all(grid.rows[0]))
    names = grid.rows[0] if headers else [str(n) for n in range(1, width + 1)]
    shape = {
        "headers": headers,
        "sheet": grid.sheet,
        "lines": _runs_of(grid.lines),
        "hidden": sorted(grid.hidden),
        "headings": sorted(grid.headings),
        "notes": list(grid.notes),
    }
    columns = {name: [row[at] for row in grid.rows[headers:]] for at, name in enumerate(names)}
    write_parquet(columns, path, {**about, KEY.decode(): json.dumps(shape)})


def write_parquet(columns: Mapping[str, Sequence[str | None]], path: Path, about: Mapping[str, str]) -> None:
    """Columns of text as one Parquet file, with ``about`` in its metadata."""
    import pyarrow as pa
    from pyarrow import parquet

    fields: Any = [(name, pa.string()) for name in columns]
    table = pa.table(dict(columns), schema=pa.schema(fields, metadata=dict(about)))
    options = {"compression": "zstd", "compression_level": LEVEL, "write_statistics": False}
    parquet.write_table(table, path, row_group_size=max(1, len(table)), **options)


def _runs_of(lines: list[int]) -> list[tuple[int, int]]:
    """Position and line of each row that does not stand on the line after the one before it."""
    steps = enumerate(pairwise(lines), 1)
    return [(0, lines[0]), *((at, line) for at, (before, line) in steps if line != before + 1)]


def _lines_of(runs: list[tuple[int, int]], number: int) -> list[int]:
    """The line of each of ``number`` rows."""
    ends = [at for at, _ in runs[1:]] + [number]
    return [line + n for (at, line), end in zip(runs, ends, strict=True) for n in range(end - at)]
