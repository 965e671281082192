"""A CSV file as the screener sees it: every cell as text, the line of each row, the different values of columns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.errors import InputError, Problem
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.sources import OpenedFile
from toolkit.sources.grid import Grid
from toolkit.sources.text_file import read_csv

__all__ = ["Distinct", "Sheet"]

Distinct = Mapping[tuple[str, ...], int]
"""Different rows of some columns → the position of the first row that has them."""
RowCodes = NDArray[np.intp]


class Sheet:
    """A file that is read when first used. A missing, damaged or broken file is an ``InputError``."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self._factors: dict[str, tuple[RowCodes, list[str]]] = {}
        self._distinct: dict[tuple[str, ...], Distinct] = {}

    @cached_property
    def _bytes(self) -> bytes:
        if not self.path.is_file():
            raise InputError(
                Problem(self.name, 0, "there is no such file", "put it in the same folder as the other one")
            )
        return self.path.read_bytes()

    @cached_property
    def line_not_utf8(self) -> int:
        """The line of the first byte that is not UTF-8; 0 if there is none."""
        try:
            self._bytes.decode("utf-8")
        except UnicodeDecodeError as error:
            return self._bytes[: error.start].count(b"\n") + 1
        return 0

    @cached_property
    def _grid(self) -> Grid:
        return read_csv(OpenedFile(self.path, self.name, self.name), self._bytes)

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, as written."""
        return tuple(self._grid.rows[0])

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The rows under the header: text as written, "" where a cell is blank. Columns may have the same name."""
        if problems := list(self._broken_rows()):
            raise InputError(problems)
        columns = zip(*self._grid.rows[1:], strict=True)
        frame = pd.DataFrame({i: pd.array(column, dtype="str") for i, column in enumerate(columns)})
        return frame.set_axis(list(self.header), axis=1)

    def _broken_rows(self) -> Iterator[Problem]:
        if len(self._grid.rows) == 1:
            yield Problem(self.name, 1, "there is no row under the header", "restore the rows")
        width = len(self.header)
        for row, line in zip(self._grid.rows, self._grid.lines, strict=True):
            if len(row) != width:
                what = f"the row has {len(row)} cells where the header has {width}"
                yield Problem(self.name, line, what, "put a cell with a comma in quotation marks, or restore the row")

    def rows_of(self, columns: Sequence[str]) -> pd.DataFrame:
        """Some of the columns; a missing one is an ``InputError``."""
        if missing := [column for column in columns if column not in self.header]:
            raise InputError(Problem(self.name, 1, f"there is no column '{missing[0]}'", "put it back"))
        return self.frame[list(columns)]

    def line(self, position: int) -> int:
        """The line of the file on which a row of ``frame`` starts."""
        return self._grid.lines[position + 1]

    def values(self, column: str) -> list[str]:
        """The different values of a column, in the order of the file."""
        return self._factor(column)[1]

    def distinct(self, *columns: str) -> Distinct:
        """The different rows of some columns, in the order of the file."""
        if columns not in self._distinct:
            first = np.flatnonzero(~self.is_repeat(columns))
            texts = zip(*(self._texts(column, first) for column in columns), strict=True)
            self._distinct[columns] = dict(zip(texts, first.tolist(), strict=True))
        return self._distinct[columns]

    def is_repeat(self, columns: Sequence[str]) -> NDArray[np.bool_]:
        """Which rows have the same cells in all of these columns as an earlier row."""
        codes = reduce(_combine_codes, (self._factor(column) for column in columns[1:]), self._factor(columns[0])[0])
        return pd.Index(codes).duplicated()

    def faults_at(self, rows: Distinct) -> list[ScreenerFault]:
        """A fault for each row of ``distinct``: its cells, and the first line that has them."""
        return [fault("cell", cells=list(values), line=self.line(position)) for values, position in rows.items()]

    def faults_where(self, column: str, wrong: Iterable[str]) -> list[ScreenerFault]:
        """A fault for each value of a column that is ``wrong``."""
        among = frozenset(wrong)
        if not among:
            return []
        return self.faults_at({values: at for values, at in self.distinct(column).items() if values[0] in among})

    def faults_in(self, column: str, wrong: Iterable[str]) -> list[ScreenerFault]:
        """The cells of a column that have one of the ``wrong`` values, each fault naming the column."""
        return [fault("cell_in", **one.facts, column=column) for one in self.faults_where(column, wrong)]

    def symbols(self, column: str, symbols: Collection[str]) -> dict[str, ScreenerFault]:
        """Each symbol that occurs in a column → its fault. Quicker than ``faults_in`` where values are many."""
        cells = self.frame[column]
        at = np.flatnonzero(cells.isin(list(symbols)))
        first = dict(zip(cells.iloc[at[::-1]], at[::-1].tolist(), strict=True))
        present = {symbol: self.line(first[symbol]) for symbol in symbols if symbol in first}
        return {s: fault("cell_in", cells=[s], line=line, column=column) for s, line in present.items()}

    def _factor(self, column: str) -> tuple[RowCodes, list[str]]:
        if column not in self._factors:
            codes, values = pd.factorize(self.frame[column])
            self._factors[column] = codes, values.to_list()
        return self._factors[column]

    def _texts(self, column: str, positions: RowCodes) -> list[str]:
        codes, values = self._factor(column)
        return [values[code] for code in codes[positions].tolist()]


def _combine_codes(codes: RowCodes, factor: tuple[RowCodes, list[Any]]) -> RowCodes:
    """Codes of the different rows of the columns so far and one more."""
    return pd.factorize(codes * len(factor[1]) + factor[0])[0]
