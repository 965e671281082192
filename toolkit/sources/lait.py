"""Reads the long table behind the Department's Local Authority Interactive Tool, as Parquet or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal

import numpy as np
import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.words import PeriodBasis
from toolkit.sources.cells import add_places
from toolkit.sources.faults import read_all
from toolkit.sources.grid import Grid, Table, normalise_header
from toolkit.sources.opening import open_grid
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import ObservedSource

__all__ = ["LaitSource"]

COLUMNS = {
    "item": "Short Desc",
    "period": "Years",
    "name": "LA and Regions",
    "value": "Values",
    "old_code": "LA Number",
}
FIRST_NUMBER_OF_REGIONS = 970
"""From here on the tool numbers England and the regions itself; only their names mean anything elsewhere."""
DIGITS = 12
"""Values are decimal texts of binary floats ("0.70000000000000007"): the noise is beyond this many digits."""


class LaitSource(ObservedSource):
    """The table does not give the basis of its years: ``basis_by_item`` does; items not listed there are not read."""

    reader: Literal["lait"]
    basis_by_item: Mapping[str, PeriodBasis]

    def available(self, reading: Reading) -> list[str]:
        return sorted(self.basis_by_item)

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        files = (partial(self._file, file, wanted) for file in reading.files)
        rows = pd.concat(read_all(files), ignore_index=True)
        if absent := wanted - set(rows["item"]):
            raise InputError(self._absent(reading, absent))
        numbers = pd.to_numeric(rows["old_code"], errors="coerce")
        ours = numbers < FIRST_NUMBER_OF_REGIONS
        return rows.assign(
            code="",
            old_code=numbers.where(ours).map("{:.0f}".format, na_action="ignore").fillna("").astype("str"),
            basis=rows["item"].map(dict(self.basis_by_item)),
            breakdown="Total",
            value=_without_noise(rows["value"]),
            published="",
        )

    def _absent(self, reading: Reading, items: frozenset[str]) -> list[Problem]:
        every = {item for file in reading.files for item in self._file(file, None)["item"]}
        file = reading.files[0].shown
        return [Problem(file, 0, f"no row has the item '{item}'", did_you_mean(item, every)) for item in items]

    def _file(self, file: OpenedFile, wanted: frozenset[str] | None) -> pd.DataFrame:
        """The rows of the wanted items, or of every item."""
        with file.path.open("rb") as opened:
            parquet = opened.read(4) == b"PAR1"
        if parquet:
            return _parquet(file, wanted, self.rename)
        rows = Table.of(open_grid(file), rename=self.rename).frame(COLUMNS)
        return add_places(rows if wanted is None else rows[rows["item"].isin(list(wanted))], file.name)


def _parquet(file: OpenedFile, wanted: frozenset[str] | None, rename: Mapping[str, str]) -> pd.DataFrame:
    """A Parquet file has no lines, so the place of a row is its number, from 1."""
    from pyarrow import ArrowException, array, compute, parquet  # slow to import, and only this reader needs it

    try:
        names = parquet.read_schema(file.path).names
        headers = Table.of(Grid(file, [names], [1]), rename=rename)
        if problems := list(headers.missing(COLUMNS.values())):
            raise InputError(problems)
        columns = [names[headers.columns[normalise_header(header)]] for header in COLUMNS.values()]
        table = parquet.read_table(file.path, columns=columns).select(columns).rename_columns(list(COLUMNS))
    except (ArrowException, OSError) as error:
        raise InputError(Problem(file.shown, 0, f"the Parquet file cannot be read: {error}", "put it back")) from None
    lines = np.arange(1, len(table) + 1)
    if wanted is not None:
        kept = compute.is_in(table["item"], value_set=array(sorted(wanted)))
        table, lines = table.filter(kept), lines[kept.to_numpy()]
    rows: pd.DataFrame = table.to_pandas()
    texts = {column: rows[column].astype("str").fillna("") for column in COLUMNS}
    return rows.assign(**texts, file=file.shown, line=lines, sheet="", place=[f"{file.name}:row {n}" for n in lines])


def _without_noise(values: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce")
    return values.mask(numbers.notna(), numbers.map(f"{{:.{DIGITS}g}}".format)).astype("str")
