"""A sheet or a CSV file as rows of text with the line of each, and a table in it: headers and the rows below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.reading import OpenedFile

__all__ = ["Grid", "Table"]


@dataclass(frozen=True)
class Grid:
    """``rows[i]`` is on line ``lines[i]`` of the file, or of ``sheet`` where the file is a workbook.

    ``hidden`` are lines that a reader of the workbook does not see; ``headings`` lines that one merged cell fills;
    ``repeated`` are cells (line, position) that show the content of a merged cell which begins on a line above;
    ``notes`` sentences about how the file was read.
    """

    file: OpenedFile
    rows: list[list[str]]
    lines: list[int]
    sheet: str = ""
    hidden: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    repeated: frozenset[tuple[int, int]] = frozenset()

    def problem(self, line: int, what: str, fix: str = "") -> Problem:
        """A problem on a line of this file or sheet."""
        return Problem(self.file.shown, line, f"sheet '{self.sheet}': {what}" if self.sheet else what, fix)


def normalise_header(written: str) -> str:
    """A header without case and line breaks: publishers change both from one year to the next."""
    return " ".join(written.split()).casefold()


@dataclass(frozen=True)
class Table:
    """The part of a grid below a row of headers. Headers are matched regardless of case and spacing."""

    grid: Grid
    headers: Mapping[str, str]
    """Header in plain form → as written."""
    columns: Mapping[str, int]
    """Header in plain form → position in the row."""
    first: int
    """Position in ``grid.rows`` of the first row below the headers."""

    repeated: Mapping[str, str]
    """Header that appears twice, in plain form → what to say of it."""

    @classmethod
    def of(cls, grid: Grid, header_row: int = 1, rename: Mapping[str, str] | None = None) -> Self:
        """The table whose headers stand on line ``header_row``. In a CSV file no header may appear twice."""
        at = next((i for i, line in enumerate(grid.lines) if line == header_row), None)
        if at is None:
            raise InputError(grid.problem(header_row, "there is no row of headers on this line", "put it back"))
        renamed = {normalise_header(old): new for old, new in (rename or {}).items()}
        headers: dict[str, str] = {}
        columns: dict[str, int] = {}
        repeated: dict[str, str] = {}
        for position, cell in enumerate(grid.rows[at]):
            written = renamed.get(normalise_header(cell), " ".join(cell.split()))
            plain = normalise_header(written)
            if plain in columns:
                what = f"the header '{written}' appears twice, in columns {columns[plain] + 1} and {position + 1}"
                repeated.setdefault(plain, what)
            elif plain:
                headers[plain], columns[plain] = written, position
        if repeated and not grid.sheet:
            raise InputError([grid.problem(header_row, what, "keep one") for what in repeated.values()])
        return cls(grid, headers, columns, at + 1, repeated)

    def missing(self, headers: Iterable[str]) -> Iterator[Problem]:
        """A problem for each of ``headers`` that the table does not have, or has twice."""
        line = self.grid.lines[self.first - 1]
        for header in dict.fromkeys(headers):
            if not self.has(header):
                fix = did_you_mean(header, self.headers.values())
                yield self.grid.problem(line, f"there is no column '{header}'", fix)
            elif normalise_header(header) in self.repeated:
                yield self.grid.problem(line, self.repeated[normalise_header(header)], "rename one")

    def has(self, header: str) -> bool:
        return normalise_header(header) in self.columns

    def lines_repeated(self, header: str) -> frozenset[int]:
        """Lines on which the column shows the content of a merged cell that begins above."""
        position = self.columns.get(normalise_header(header))
        return frozenset(line for line, at in self.grid.repeated if at == position)

    def frame(self, columns: Mapping[str, str], optional: Collection[str] = ()) -> pd.DataFrame:
        """Text columns, our name → header, stripped, with ``file``, ``line`` and ``sheet``; blank rows are dropped.

        Every header must be there, or be among ``optional`` (empty text where it is not); rows must be whole.
        """
        problems = list(self.missing(header for header in columns.values() if header not in optional))
        problems.extend(self._broken_rows())
        if problems:
            raise InputError(problems)
        rows, lines = self.grid.rows[self.first :], self.grid.lines[self.first :]
        texts = {name: self._texts(rows, header) for name, header in columns.items()}
        frame = pd.DataFrame(texts, dtype="str").assign(file=self.grid.file.shown, line=lines, sheet=self.grid.sheet)
        filled = (frame[list(columns)] != "").any(axis=1) & ~frame["line"].isin(list(self.grid.headings))
        if not filled.any():
            raise InputError(self.grid.problem(self.grid.lines[self.first - 1], "there is no row under the headers"))
        return frame[filled].reset_index(drop=True)

    def _texts(self, rows: list[list[str]], header: str) -> list[str]:
        position = self.columns.get(normalise_header(header))
        return [""] * len(rows) if position is None else [row[position].strip() for row in rows]

    def _broken_rows(self) -> Iterator[Problem]:
        """Rows longer or shorter than the headers: a cut-off file, or a comma in a cell without quotation marks."""
        width = len(self.grid.rows[self.first - 1])
        for row, line in zip(self.grid.rows[self.first :], self.grid.lines[self.first :], strict=True):
            if len(row) != width:
                what = f"the row has {len(row)} cells where the headers have {width}"
                yield self.grid.problem(line, what, "put a cell with a comma in quotation marks, or restore the row")
