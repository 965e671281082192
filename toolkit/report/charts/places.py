"""Places against demand: what there is and what is taken, and the places that projected demand would want."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.analysis.place_demand import PlacesSeries
from toolkit.analysis.projection import FEWEST_YEARS
from toolkit.params import Measure
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.letters import wide, wrapped
from toolkit.report.charts.pen import BLUE, INK, LINE, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.shown import Shown
from toolkit.report.tables import Column, table
from toolkit.report.tables.table import columns_of
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["places"]

_LOOKS = {"capacity": (BLUE, "circle"), "occupied": (TEAL, "triangle"), "wanted": (INK, "diamond")}
_HIGH, _LINE = 214.0, 20.0
"""Pixels of the plot from top to bottom, and of a row of the key."""


@dataclass(frozen=True)
class _Plot:
    """The rows of PLACES with any number of places, the measures by role and the two scales."""

    rows: pd.DataFrame
    roles: Mapping[str, Measure]
    across: Scale
    down: Scale


def places(series: PlacesSeries, roles: Mapping[str, Measure], authority: str, illustrative: bool) -> Shown:
    """``series`` drawn and told; ``roles`` maps capacity, occupied and demand to their measures."""
    rows = series.table.dropna(subset=["capacity", "occupied", "wanted"], how="all").reset_index(drop=True)
    caption = _caption(series, roles, authority, illustrative)
    if rows.empty:
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))
    plot = _plot(rows, roles)
    words = (caption.title, caption.description)
    drawing = draw(f"{caption.key}-places", (WIDTH, plot.down.start + 34), words, lambda pen: _paint(pen, plot))
    return figure(caption, drawing, _data(rows, roles, caption))


def _caption(series: PlacesSeries, roles: Mapping[str, Measure], authority: str, illustrative: bool) -> Caption:
    name = roles["capacity"].short_name
    about = REPORT.say("chart.places.about", name=roles["capacity"].name, authority=authority)
    title, said = _message(series.table, name), _words(series, roles)
    described = REPORT.say("chart.places.described", words=said.split(". ")[0])
    return Caption(title, about, described, said, illustrative)


def _message(table: pd.DataFrame, name: str) -> str:
    """Whether the places there are will do in the last year of the projection, as far as its range can tell."""
    known, ahead = table[table["capacity"].notna()], table[table["wanted"].notna()]
    if known.empty or ahead.empty:
        return REPORT.say("chart.places.too_few_years" if ahead.empty else "chart.places.no_figures", name=name)
    there, last = known["capacity"].iloc[-1], ahead.iloc[-1]
    if last["wanted_low"] > there:
        return REPORT.say("chart.places.more_wanted", name=name, period=last["period"])
    if last["wanted_high"] < there:
        return REPORT.say("chart.places.enough", name=name, period=last["period"])
    return REPORT.say("chart.places.uncertain", name=name, period=last["period"])


def _words(series: PlacesSeries, roles: Mapping[str, Measure]) -> str:
    ahead, demand = series.table[series.table["projected"]], roles["demand"].short_name
    if ahead.empty:
        return REPORT.say("chart.places.years_needed", years=series.comparable, fewest=FEWEST_YEARS)
    first, last = ahead.iloc[0], ahead.iloc[-1]
    years = [REPORT.say("chart.places.in_year", range=_ranged(row, ""), period=row["period"]) for row in (first, last)]
    between = REPORT.say("chart.places.and").join(dict.fromkeys(years))
    said = [REPORT.say("chart.places.projected", demand=demand, years=between)]
    if not math.isnan(series.share):
        share, wanted = format_figure(series.share, "number", 1), _ranged(last, "wanted")
        then = {"share_period": series.share_period, "period": last["period"]}
        said.append(REPORT.say("chart.places.share", share=share, wanted=wanted, **then))
    said.append(REPORT.say("chart.places.method", years=series.comparable))
    return " ".join(said)


def _ranged(row: pd.Series, what: str) -> str:
    low, high = (row[f"wanted_{side}"] if what else row[side] for side in ("low", "high"))
    middle = row["wanted"] if what else row["demand"]
    likely, lowest, highest = (format_figure(count, "number", 0) for count in (middle, low, high))
    return REPORT.say("chart.places.with_range", likely=likely, lowest=lowest, highest=highest)


def _plot(rows: pd.DataFrame, roles: Mapping[str, Measure]) -> _Plot:
    columns = [*_LOOKS, "wanted_low", "wanted_high"]
    values = [value for column in columns for value in rows[column]]
    top = 12.0 + _LINE * len(_drawn(rows))
    down = scale_for(values, "number", (top + _HIGH, top + 6))
    left = 20 + max(wide(label) for _, label in down.ticks)
    return _Plot(rows, roles, Scale(0, max(len(rows) - 1, 1), left, WIDTH - 40), down)


def _drawn(rows: pd.DataFrame) -> list[str]:
    return [column for column in _LOOKS if rows[column].notna().any()]


def _paint(pen: Pen, plot: _Plot) -> None:
    left, right = plot.across.start - 8, plot.across.end + 8
    for value, label in plot.down.ticks:
        pen.line([(left, plot.down(value)), (right, plot.down(value))], LINE, 0.5)
        pen.words((left - 4, plot.down(value) + 5), label, "right")
    for place, period in enumerate(plot.rows["period"]):
        pen.line([(plot.across(place), plot.down.start), (plot.across(place), plot.down.start + 6)], INK)
        pen.words((plot.across(place), plot.down.start + 24), period, "center")
    pen.line([(left, plot.down.start), (right, plot.down.start)], INK)
    for number, column in enumerate(_drawn(plot.rows)):
        _key(pen, plot, column, 14.0 + _LINE * number)
        _line(pen, plot, column)


def _key(pen: Pen, plot: _Plot, column: str, down: float) -> None:
    """What one line is and its newest figure; the lines lie too close to carry labels of their own."""
    known = plot.rows[plot.rows[column].notna()].iloc[-1]
    name = REPORT.say("chart.places.wanted") if column == "wanted" else plot.roles[column].short_name
    left = plot.across.start - 2
    colour, shape = _LOOKS[column]
    pen.mark((left, down - 5), shape, colour, filled=column != "wanted")
    value = format_figure(known[column], "number", 0)
    newest = REPORT.say("chart.places.newest", name=name, value=value, period=known["period"])
    (text,) = wrapped(newest, WIDTH - left - 14, 1)
    pen.words((left + 12, down), text)


def _line(pen: Pen, plot: _Plot, column: str) -> None:
    """One line with its points; what is projected is open and has its range."""
    known = plot.rows[plot.rows[column].notna()]
    colour, shape = _LOOKS[column]
    wanted = column == "wanted"
    points = [(plot.across(place), plot.down(v)) for place, v in zip(known.index, known[column], strict=True)]
    if wanted:
        for point, low, high in zip(points, known["wanted_low"], known["wanted_high"], strict=True):
            _range(pen, point[0], (plot.down(low), plot.down(high)))
    if len(points) > 1:
        pen.line(points, colour, 2.0 if wanted else 3.0, ":" if wanted else "-")
    for point in points:
        pen.mark(point, shape, colour, filled=not wanted)


def _range(pen: Pen, across: float, ends: tuple[float, float]) -> None:
    pen.line([(across, ends[0]), (across, ends[1])], INK, 1.5)
    for down in ends:
        pen.line([(across - 4, down), (across + 4, down)], INK, 1.5)


def _data(rows: pd.DataFrame, roles: Mapping[str, Measure], caption: Caption) -> Shown:
    spans = [_span(row) for row in rows.to_dict("records")]
    shown = rows.assign(range=spans, illustrative="illustrative" if caption.illustrative else "")
    columns = {
        "period": Column(roles["demand"].basis.capitalize()),
        "capacity": Column(roles["capacity"].short_name),
        "occupied": Column(roles["occupied"].short_name),
        **columns_of("places_chart", ("wanted", "range"), numbers=("range",)),
    }
    return table(shown, REPORT.say("chart.behind", title=caption.title), columns)


def _span(row: Mapping[Any, Any]) -> str:
    if math.isnan(row["wanted"]):
        return REPORT.say("chart.none")
    low, high = (format_figure(row[side], "number", 0) for side in ("wanted_low", "wanted_high"))
    return REPORT.say("table.range", low=low, high=high)
