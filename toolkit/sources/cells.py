"""What a reader hands over: texts as the publisher wrote them, each with its keys and its place; and what they say.

Every reader ends here, so symbols, periods, areas and repeated rows are treated in one way whatever the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.frames import OBSERVATIONS
from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault, each_distinct, first_of_each, shortened
from toolkit.sources.geography import Area, Areas
from toolkit.sources.markers import read_value
from toolkit.sources.periods import parse_period
from toolkit.sources.reading import Reading
from toolkit.sources.source import Source

__all__ = ["CELLS", "OURS", "as_written", "no_cells", "observations_of", "placed", "unpivoted", "value_columns"]

CELLS = (
    "item", "code", "old_code", "name", "period", "basis", "breakdown", "value", "published",
    "place", "file", "line", "sheet",
)  # fmt: skip
"""Text columns, "" where the file says nothing; ``line`` is a number. ``published`` "" means with the edition.

A reader whose files name the level of an area hands that over as ``level`` too, to be held against the area; one whose
files name the unit of a figure as ``unit``, for the checks.
"""

OURS = ("file", "line", "sheet", "place")
"""Columns that say where a row stood; a source's own columns need other names."""
_KEY = ["item", "area_code", "basis", "period", "breakdown"]


def no_cells() -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series(dtype="int64" if column == "line" else "str") for column in CELLS})


def value_columns(headers: Mapping[str, str]) -> dict[str, str]:
    """Columns for ``Table.frame`` that hold the values of items (item → header), under names that clash with no key."""
    return {f"value of {item}": header for item, header in headers.items()}


def unpivoted(rows: pd.DataFrame, items: Iterable[str]) -> pd.DataFrame:
    """CELLS with a row for each row of ``rows`` and each of ``items``, whose values stand in ``value_columns``."""
    keys = rows.loc[:, [column for column in CELLS if column not in ("item", "value")]]
    long = [keys.assign(item=item, value=rows[f"value of {item}"]) for item in items]
    return pd.concat([no_cells(), *long], ignore_index=True)


def placed(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """``rows`` with their ``place``: "file.csv:12", or "Sheet!row 12" in a workbook."""
    lines = rows["line"].astype("str")
    return rows.assign(place=np.where(rows["sheet"] == "", name + ":" + lines, rows["sheet"] + "!row " + lines))


def observations_of(cells: pd.DataFrame, source: Source, reading: Reading, areas: Areas) -> pd.DataFrame:
    """CELLS with the columns of ``frames.OBSERVATIONS``, without the rows that were published after the cut-off.

    Unreadable values and periods and unknown or misnamed areas are raised together, and repeated rows after them.
    """
    table = as_written(cells, source, reading, areas)
    table = table[table["published"] <= reading.cut_off.isoformat()]
    if problems := list(_repeated(table)):
        raise InputError(shortened(problems))
    return table[list(OBSERVATIONS.columns)]


def as_written(cells: pd.DataFrame, source: Source, reading: Reading, areas: Areas) -> pd.DataFrame:
    """The same with every row, public by the cut-off or not, and with the columns of CELLS beside it."""
    meanings = source.meanings
    values, at_value = each_distinct(cells, ["value"], lambda text: read_value(text, meanings))
    periods, at_period = each_distinct(cells, ["period", "basis"], source.period)
    placing = _Placing(areas, source.names)
    about = [column for column in ("code", "old_code", "name", "level") if column in cells]
    found, at_area = each_distinct(cells, about, placing.area)
    days, at_day = each_distinct(cells, ["published"], lambda text: public_from(text, reading.published))
    problems = [
        problem
        for read, at in ((values, at_value), (periods, at_period), (found, at_area), (days, at_day))
        for problem in first_of_each(read, at, cells)
    ]
    if problems:
        raise InputError(shortened(problems))
    table = cells.assign(
        source=source.id,
        edition=reading.edition,
        area_code=_spread([area.code if area else "" for area in found], at_area),
        area_name=_spread([area.name if area else "" for area in found], at_area),
        area_level=_spread([area.level if area else "" for area in found], at_area),
        period=_spread([period.label for period in periods], at_period),
        value=np.array([number for number, _ in values], dtype="float64")[at_value],
        marker=_spread([marker for _, marker in values], at_value),
        published=_spread(days, at_day),
    )
    return table[table["area_code"] != ""]


class _Placing:
    """Finds areas, after the source's own list of names."""

    def __init__(self, areas: Areas, names: Mapping[str, str | None]) -> None:
        self.areas, self.names = areas, names

    def area(self, code: str, old_code: str, name: str, level: str = "") -> Area | None:
        if name in self.names:
            meant = self.names[name]
            return self.areas.look_up(meant) if meant else None
        area = self.areas.resolve(code, old_code, name)
        if area and level and level.casefold() != area.level.casefold():
            raise Fault(
                f"{area.name} is of the level {area.level}, and the row says {level}", "put one of the two right"
            )
        return area


def public_from(text: str, otherwise: date) -> str:
    """ISO day from which a row is public: "2019-05" is public from the last day of May."""
    if not text:
        return otherwise.isoformat()
    try:
        return parse_period(text, "month").end.isoformat()
    except Fault:
        return parse_day(text).isoformat()


def _spread(distinct: list[str], at: np.ndarray) -> pd.Series:
    return pd.Series(pd.array(distinct, dtype="str").take(at))


def _repeated(table: pd.DataFrame) -> Iterator[Problem]:
    """A problem for each row whose key an earlier row has, naming that row."""
    twice = table[table.duplicated(_KEY, keep=False)]
    first = twice.groupby(_KEY)["place"].transform("first")
    columns = ["item", "area_name", "basis", "period", "breakdown", "first", "file", "line"]
    again = twice.assign(first=first).loc[twice.duplicated(_KEY), columns]
    for item, area, basis, period, part, place, file, line in again.itertuples(index=False, name=None):
        what = f"a second row for {item}, {area}, {basis} {period}, {part}; the first is {place}"
        fix = "keep one; if they differ in another column, say under filters: or breakdown: which rows are meant"
        yield Problem(file, line, what, fix)
