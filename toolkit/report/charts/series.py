"""The frame behind a line chart: one row for each line and period, and how breaks cut a line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, NamedTuple

import pandas as pd

from toolkit.frames import Frame
from toolkit.params import Break, Measure
from toolkit.report.charts.pen import Point
from toolkit.report.shown import Shown
from toolkit.report.tables import ColumnFormat, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period

__all__ = [
    "AUTHORITY",
    "ENGLAND",
    "NEIGHBOURS",
    "SERIES",
    "SeriesPoint",
    "place_of",
    "runs",
    "series_table",
    "usual_step",
]

AUTHORITY, ENGLAND, NEIGHBOURS = "authority", "England", "neighbours"


class SeriesPoint(NamedTuple):
    """A point of a chart's line."""

    line: Annotated[str, "authority, England, neighbours (their plain mean), or before 1 … (bodies that it followed)"]
    name: Annotated[str, "what the line is called on the chart"]
    period: Annotated[str, "label of the period, all in the measure's one basis"]
    value: Annotated[float, "value in the measure's unit; NaN where there is none"]
    low: Annotated[float, "lower 95% limit; NaN where there is none"]
    high: Annotated[float, "upper 95% limit"]
    marker: Annotated[str, "why there is no value: c, x, z, low, u, no body; else ''"]


SERIES = Frame("series", SeriesPoint)
"""One measure's lines over time: protected figures only, in any order of rows."""


def place_of(period: str) -> float:
    """Where a period stands on a line of time, in years: 2018, 2017/18 by its first year, 2018-04 by its month.

    >>> place_of("2017/18"), place_of("2018-07")
    (2017.0, 2018.5)
    """
    month = period[5:7] if period[4:5] == "-" else "01"
    return int(period[:4]) + (int(month) - 1) / 12


def usual_step(periods: Iterable[str]) -> float:
    """The least distance between two of the periods, in years; 1 where there are not two."""
    places = sorted({place_of(period) for period in periods})
    return min((after - before for before, after in pairwise(places)), default=1.0)


def runs(line: pd.DataFrame, breaks: Iterable[Break], step: float) -> list[list[Point]]:
    """The (place, value) points of one line, cut at every break and missing period.

    ``step`` is the usual distance between periods, in years.
    """
    cuts = sorted(place_of(b.from_) for b in breaks)
    with_value = line[line["value"].notna()]
    points = sorted(zip(with_value["period"].map(place_of), with_value["value"], strict=True))
    cut_up: list[list[Point]] = []
    for point in points:
        last = cut_up[-1][-1][0] if cut_up else None
        follows = last is not None and point[0] - last < 1.5 * step and not any(last < c <= point[0] for c in cuts)
        if follows:
            cut_up[-1].append(point)
        else:
            cut_up.append([point])
    return cut_up


def series_table(series: pd.DataFrame, measure: Measure) -> Shown:
    """The figures behind a chart: a row for each period, a column for each line, the interval after the authority's."""
    rows: dict[str, dict[str, str]] = {}
    columns: dict[str, str | ColumnFormat] = {"period": REPORT.say("chart.period")}
    order = {AUTHORITY: 0, NEIGHBOURS: 1, ENGLAND: 2}
    for point in sorted(SERIES.rows(series), key=lambda point: (point.period, order.get(point.line, 3))):
        cells = rows.setdefault(point.period, {"period": format_period(point.period)})
        cells[point.line] = format_figure(point.value, measure.unit, measure.decimals, point.marker)
        if point.line == AUTHORITY and pd.notna(point.low):
            low, high = (format_figure(end, measure.unit, measure.decimals) for end in (point.low, point.high))
            cells["interval"] = REPORT.say("table.range", low=low, high=high)
    for line in sorted(series["line"].unique(), key=lambda name: order.get(name, 3)):
        if line not in order:
            _mark_end(rows, line)
        columns[line] = ColumnFormat(str(series.loc[series["line"] == line, "name"].iloc[0]), "number")
        if line == AUTHORITY and any("interval" in cells for cells in rows.values()):
            columns["interval"] = ColumnFormat(REPORT.say("chart.likely_range"), "number")
    return table(
        pd.DataFrame(list(rows.values())), REPORT.say("chart.behind", title=measure.short_name), columns, "results"
    )


def _mark_end(rows: dict[str, dict[str, str]], line: str) -> None:
    """Of a body that has ended: that it did not exist in the periods after its last figure."""
    last = max(period for period, cells in rows.items() if line in cells)
    for period, cells in rows.items():
        if period > last:
            cells[line] = REPORT.say("numbers.no_body")
