"""Reads tidy figures: one CSV row per figure, which names its period, area, value and the month of publication."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal

import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.sources.cells import add_places, publication_day
from toolkit.sources.faults import Fault, read_all
from toolkit.sources.grid import Table
from toolkit.sources.markers import OUR_SYMBOLS, Marker
from toolkit.sources.opening import open_grid
from toolkit.sources.periods import Period, parse_period
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import ObservedSource

__all__ = ["FiguresSource"]

COLUMNS = {
    "item": "item",
    "period": "period",
    "basis": "period_basis",
    "code": "area_code",
    "old_code": "area_old_code",
    "name": "area_name",
    "level": "geographic_level",
    "breakdown": "breakdown",
    "value": "value",
    "published": "published",
    "unit": "unit",
}
OPTIONAL = ("area_old_code", "geographic_level", "breakdown", "unit")
"""Beside these, "period_basis" where source.yaml gives the basis, and one of the area's code and name."""


class FiguresSource(ObservedSource):
    """``published`` is a month (public from its last day) or a day; a row that leaves it blank is as its edition.

    Files of this shape are set up by us, so nothing in them is guessed: symbols are those of today's convention, and a
    school or financial year is written with both its years.
    """

    reader: Literal["figures"]

    @property
    def usual_symbols(self) -> Mapping[str, Marker]:
        return OUR_SYMBOLS

    def period(self, written: str, basis: str) -> Period:
        period = parse_period(written, basis)
        if "/" in period.label and sum(letter.isdigit() for letter in written) == 4:
            article = "an" if basis == "academic year" else "a"
            what = f"'{written}' is one year, and {article} {basis} has two"
            raise Fault(what, f"write {period.label} or {period.before(-1).label}")
        return period

    @property
    def rows_are_dated(self) -> bool:
        return True

    def available(self, reading: Reading) -> list[str]:
        return sorted(set(self._rows(reading)["item"]))

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        rows = self._rows(reading)
        return rows[rows["item"].isin(list(wanted))].reset_index(drop=True)

    def days_published(self, reading: Reading) -> list[str]:
        """ISO days on which the rows say that they were public; of rows that say it."""
        texts = sorted(set(self._rows(reading)["published"]) - {""})
        return [publication_day(text, reading.published) for text in texts]

    def _rows(self, reading: Reading) -> pd.DataFrame:
        return pd.concat(read_all(partial(self._file, file) for file in reading.files))

    def _file(self, file: OpenedFile) -> pd.DataFrame:
        table = Table.of(open_grid(file), rename=self.rename)
        either = {"area_code", "area_name"} if table.has("area_code") or table.has("area_name") else set()
        rows = table.frame(COLUMNS, {*OPTIONAL, *either, *(["period_basis"] if self.basis else [])})
        nameless = rows.loc[rows["item"] == "", "line"]
        if len(nameless):
            raise InputError(
                [
                    Problem(file.shown, int(line), "the row does not say what it counts", "fill in its item")
                    for line in nameless
                ]
            )
        rows["basis"] = rows["basis"].mask(rows["basis"] == "", self.basis or "")
        rows["breakdown"] = rows["breakdown"].mask(rows["breakdown"] == "", "Total")
        return add_places(rows if table.has("unit") else rows.drop(columns="unit"), file.name)
