"""Reads a wide table by area under two rows of headers: years over groups of columns, then the name of each column.

Such tables are made for print: footnote digits are attached to names and headers, numbers have thousands separators and
percent signs, headings of regions come between the areas, and notes follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.words import Listed, PeriodBasis
from toolkit.sources.cells import CELLS, add_places
from toolkit.sources.faults import read_all
from toolkit.sources.grid import Grid, normalise_header
from toolkit.sources.markers import as_plain_number
from toolkit.sources.names import without_footnote
from toolkit.sources.opening import open_grid
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import ObservedSource

__all__ = ["TwoHeaderRowsSource"]

NATION = "England"


class TwoHeaderRowsSource(ObservedSource):
    """The first two columns hold an area's name and number. ``items`` maps an item to the header of its columns;
    ``header_rows`` are the lines of the years and of the names; ``national_row`` is what the row of England is called.
    """

    reader: Literal["two_header_rows"]
    basis: PeriodBasis
    header_rows: Annotated[Listed[int], Field(min_length=2, max_length=2)]
    items: Mapping[str, str]
    national_row: str = ""
    sheet: str = ""

    def available(self, reading: Reading) -> list[str]:
        return sorted(self.items)

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        return pd.concat(read_all(partial(self._file, file, wanted) for file in reading.files), ignore_index=True)

    def _file(self, file: OpenedFile, wanted: frozenset[str]) -> pd.DataFrame:
        grid = open_grid(file, self.sheet)
        columns = self._columns(grid, wanted)
        below = [i for i, line in enumerate(grid.lines) if line > self.header_rows[1]]
        cells = [cell for i in below for cell in self._row(grid, i, columns)]
        if not cells:
            raise InputError(grid.problem(self.header_rows[1], "no row under the headers has a figure"))
        rows = pd.DataFrame(cells, columns=["item", "period", "value", "old_code", "name", "line"])
        rows = rows.assign(
            code="", basis=self.basis, breakdown="Total", published="", file=file.shown, sheet=grid.sheet
        )
        return add_places(rows, file.name).astype({column: "str" for column in CELLS if column != "line"})

    def _columns(self, grid: Grid, wanted: frozenset[str]) -> list[tuple[int, str, str]]:
        """Position, item and year of each wanted column."""
        years, names = (self._header(grid, line) for line in self.header_rows)
        headers = {normalise_header(self.items[item]): item for item in sorted(wanted)}
        columns, year = [], ""
        for position, name in enumerate(names):
            year = (years[position] if position < len(years) else "") or year
            if item := headers.get(normalise_header(without_footnote(name))):
                columns.append((position, item, year))
        items_there = {item for _, item, _ in columns}
        problems = list(self._not_found(grid, wanted - items_there, names))
        if problems:
            raise InputError(problems)
        return columns

    def _header(self, grid: Grid, line: int) -> list[str]:
        for row, at in zip(grid.rows, grid.lines, strict=True):
            if at == line:
                return [" ".join(cell.split()) for cell in row]
        raise InputError(grid.problem(line, "there is no row of headers on this line", "correct header_rows"))

    def _not_found(self, grid: Grid, items: frozenset[str], names: list[str]) -> Iterator[Problem]:
        plain = {without_footnote(name) for name in names if name}
        for item in sorted(items):
            what = f"there is no column '{self.items[item]}'"
            yield grid.problem(self.header_rows[1], what, did_you_mean(self.items[item], plain))

    def _row(self, grid: Grid, at: int, columns: list[tuple[int, str, str]]) -> Iterator[tuple[object, ...]]:
        """The cells of one area; nothing from headings, notes and blank rows, which have no cell filled."""
        row = grid.rows[at]
        values = [row[position].strip() if position < len(row) else "" for position, _, _ in columns]
        if not any(values):
            return
        name, code = without_footnote(row[0]), row[1].strip()
        if self.national_row and normalise_header(name) == normalise_header(self.national_row):
            name, code = NATION, ""
        for (_, item, year), value in zip(columns, values, strict=True):
            yield item, year, as_plain_number(value), code, name, grid.lines[at]
