"""The output of every reader (cells: text as published, with keys and place), and its parsing into observations.

Every reader ends here, so symbols, periods, areas and duplicate rows are handled alike in every file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.frames import OBSERVATIONS
from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault, limit_problems, problems_by_fault, read_distinct
from toolkit.sources.geography import Area, Areas
from toolkit.sources.markers import read_value
from toolkit.sources.periods import parse_period
from toolkit.sources.reading import Reading
from toolkit.sources.source import Source

__all__ = ["CELLS", "OURS", "add_places", "empty_cells", "observations_of", "parse_cells", "unpivot", "value_columns"]

CELLS = (
    "item", "code", "old_code", "name", "period", "basis", "breakdown", "value", "published",
    "place", "file", "line", "sheet",
)  # fmt: skip
"""Text columns, "" where the file says nothing; ``line`` is a number. ``published`` "" means with the edition.

A reader whose files name the level of an area passes it on as ``level``, to be compared with the area's own; one whose
files name the unit of a figure passes it on as ``unit``, for the checks.
"""

OURS = ("file", "line", "sheet", "place")
"""Columns for the position of a row in its file; a source's own columns need other names."""
_KEY = ["item", "area_code", "basis", "period", "breakdown"]


def empty_cells() -> pd.DataFrame:
    """No rows, with the columns of CELLS in their types."""
    return pd.DataFrame({column: pd.Series(dtype="int64" if column == "line" else "str") for column in CELLS})


def value_columns(headers: Mapping[str, str]) -> dict[str, str]:
    """Columns for ``Table.frame`` that hold the values of items (item → header), under names that clash with no key."""
    return {f"value of {item}": header for item, header in headers.items()}


def unpivot(rows: pd.DataFrame, items: Iterable[str]) -> pd.DataFrame:
    """CELLS with one row per row of ``rows`` and item of ``items``, whose values are in ``value_columns``."""
    keys = rows.loc[:, [column for column in CELLS if column not in ("item", "value")]]
    long = [keys.assign(item=item, value=rows[f"value of {item}"]) for item in items]
    return pd.concat([empty_cells(), *long], ignore_index=True)


def add_places(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Add the column ``place``: "file.csv:12", or "Sheet!row 12" in a workbook."""
    lines = rows["line"].astype("str")
    return rows.assign(place=np.where(rows["sheet"] == "", name + ":" + lines, rows["sheet"] + "!row " + lines))


def observations_of(cells: pd.DataFrame, source: Source, reading: Reading, areas: Areas) -> pd.DataFrame:
    """CELLS with the columns of ``frames.OBSERVATIONS``, without the rows that were published after the cut-off.

    Unreadable values and periods and unknown or misnamed areas are raised together, and repeated rows after them.
    """
    table = parse_cells(cells, source, reading, areas)
    table = table[table["published"] <= reading.cut_off.isoformat()]
    if problems := list(_problems_of_keys(table)):
        raise InputError(limit_problems(problems))
    return table[list(OBSERVATIONS.columns)]


def parse_cells(cells: pd.DataFrame, source: Source, reading: Reading, areas: Areas) -> pd.DataFrame:
    """Parse values, periods, areas and days of every cell, published by the cut-off or not; the columns of CELLS stay.

    Unreadable texts of all columns are raised together as an ``InputError``.
    """
    meanings = source.meanings
    values, at_value = read_distinct(cells, ["value"], lambda text: read_value(text, meanings))
    periods, at_period = read_distinct(cells, ["period", "basis"], source.period)
    finder = _AreaFinder(areas, source.names)
    about = [column for column in ("code", "old_code", "name", "level") if column in cells]
    areas_read, at_area = read_distinct(cells, about, finder.area)
    days, at_day = read_distinct(cells, ["published"], lambda text: publication_day(text, reading.published))
    problems = [
        problem
        for read, at in ((values, at_value), (periods, at_period), (areas_read, at_area), (days, at_day))
        for problem in problems_by_fault(read, at, cells)
    ]
    if problems:
        raise InputError(limit_problems(problems))
    table = cells.assign(
        source=source.id,
        edition=reading.edition,
        area_code=_repeat_by_row([area.code if area else "" for area in areas_read], at_area),
        area_name=_repeat_by_row([area.name if area else "" for area in areas_read], at_area),
        area_level=_repeat_by_row([area.level if area else "" for area in areas_read], at_area),
        period=_repeat_by_row([period.label for period in periods], at_period),
        value=np.array([number for number, _ in values], dtype="float64")[at_value],
        marker=_repeat_by_row([marker for _, marker in values], at_value),
        published=_repeat_by_row(days, at_day),
    )
    return table[table["area_code"] != ""]


class _AreaFinder:
    """Finds areas, first by the source's own list of names."""

    def __init__(self, areas: Areas, names: Mapping[str, str | None]) -> None:
        self.areas, self.names = areas, names

    def area(self, code: str, old_code: str, name: str, level: str = "") -> Area | None:
        if name in self.names:
            meant = self.names[name]
            return self.areas.look_up(meant) if meant else None
        area = self.areas.resolve(code, old_code, name)
        if area and level and level.casefold() != area.level.casefold():
            raise Fault(f"{area.name} is at the level {area.level}, but the row says {level}", "correct one of the two")
        return area


def publication_day(text: str, otherwise: date) -> str:
    """ISO day from which a row is public: "2019-05" is public from the last day of May."""
    if not text:
        return otherwise.isoformat()
    try:
        return parse_period(text, "month").end.isoformat()
    except Fault:
        return parse_day(text).isoformat()


def _repeat_by_row(distinct: list[str], at: np.ndarray) -> pd.Series:
    return pd.Series(pd.array(distinct, dtype="str").take(at))


def _problems_of_keys(table: pd.DataFrame) -> Iterator[Problem]:
    """A problem for each row whose key an earlier row has, naming that row."""
    twice = table[table.duplicated(_KEY, keep=False)]
    first = twice.groupby(_KEY)["place"].transform("first")
    columns = ["item", "area_name", "basis", "period", "breakdown", "first", "file", "line"]
    again = twice.assign(first=first).loc[twice.duplicated(_KEY), columns]
    for item, area, basis, period, part, place, file, line in again.itertuples(index=False, name=None):
        what = f"a second row for {item}, {area}, {basis} {period}, {part}; the first is {place}"
        fix = "keep one; if they differ in another column, say under filters: or breakdown: which rows are meant"
        yield Problem(file, line, what, fix)
