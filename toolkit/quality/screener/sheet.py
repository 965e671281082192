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
from toolkit.sources import OpenedFile
from toolkit.sources.grid import Grid
from toolkit.sources.text_file import decode, read_csv

__all__ = ["Distinct", "Sheet"]

Distinct = Mapping[tuple[str, ...], int]
"""Different rows of some columns → the position of the first row that has them."""
Codes = NDArray[np.intp]


class Sheet:
    """A file that is read when first looked into: missing, damaged or broken, it is an ``InputError``."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, path.name
        self._factors: dict[str, tuple[Codes, list[str]]] = {}
        self._distinct: dict[tuple[str, ...], Distinct] = {}

    @cached_property
    def _bytes(self) -> bytes:
        if not self.path.is_file():
            raise InputError(Problem(self.name, 0, "there is no such file", "put it beside the other one"))
        return self.path.read_bytes()

    @cached_property
    def not_utf8(self) -> str:
        """What the file was read as, where its bytes are not UTF-8."""
        note = decode(self._bytes, self.name)[1]
        return note if note.startswith("not UTF-8") else ""

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
        if problems := list(self._broken()):
            raise InputError(problems)
        columns = zip(*self._grid.rows[1:], strict=True)
        frame = pd.DataFrame({i: pd.array(column, dtype="str") for i, column in enumerate(columns)})
        return frame.set_axis(list(self.header), axis=1)

    def _broken(self) -> Iterator[Problem]:
        if len(self._grid.rows) == 1:
            yield Problem(self.name, 1, "there is no row under the header", "put the rows back")
        width = len(self.header)
        for row, line in zip(self._grid.rows, self._grid.lines, strict=True):
            if len(row) != width:
                what = f"the row has {len(row)} cells where the header has {width}"
                yield Problem(self.name, line, what, "put quotation marks round a cell with a comma, or the row back")

    def rows_of(self, columns: Sequence[str]) -> pd.DataFrame:
        """The columns asked for; one that is not there is an ``InputError``."""
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
            first = np.flatnonzero(~self.repeated(columns))
            texts = zip(*(self._texts(column, first) for column in columns), strict=True)
            self._distinct[columns] = dict(zip(texts, first.tolist(), strict=True))
        return self._distinct[columns]

    def repeated(self, columns: Sequence[str]) -> NDArray[np.bool_]:
        """Which rows have, in all of these columns, what a row before them has."""
        codes = reduce(_joined, (self._factor(column) for column in columns[1:]), self._factor(columns[0])[0])
        return pd.Index(codes).duplicated()

    def told(self, rows: Distinct) -> list[str]:
        """Rows of ``distinct`` as a message names them: their values, and the line on which they first stand."""
        return [f"{_quoted(*values)} (line {self.line(position)})" for values, position in rows.items()]

    def where(self, column: str, wrong: Iterable[str]) -> list[str]:
        """The values among ``wrong`` that a column has, as a message names them."""
        among = frozenset(wrong)
        if not among:
            return []
        return self.told({values: at for values, at in self.distinct(column).items() if values[0] in among})

    def symbols(self, column: str, symbols: Collection[str]) -> dict[str, str]:
        """As ``where``, for a column of many different values: each symbol that it has → its place in a message."""
        cells = self.frame[column]
        at = np.flatnonzero(cells.isin(list(symbols)))
        found = dict(zip(cells.iloc[at[::-1]], at[::-1].tolist(), strict=True))
        return {c: f"{_quoted(c)} (line {self.line(found[c])}) in {column}" for c in symbols if c in found}

    def _factor(self, column: str) -> tuple[Codes, list[str]]:
        if column not in self._factors:
            codes, values = pd.factorize(self.frame[column])
            self._factors[column] = codes, values.to_list()
        return self._factors[column]

    def _texts(self, column: str, positions: Codes) -> list[str]:
        codes, values = self._factor(column)
        return [values[code] for code in codes[positions].tolist()]


def _quoted(*cells: str) -> str:
    return f"'{' | '.join(cells)}'" if any(cells) else "a blank"


def _joined(codes: Codes, factor: tuple[Codes, list[Any]]) -> Codes:
    """Codes of the different rows of the columns so far and one more."""
    return pd.factorize(codes * len(factor[1]) + factor[0])[0]
