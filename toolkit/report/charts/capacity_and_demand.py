"""Places and demand: places, those taken, and those that projected demand would need; or demand alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from toolkit.analysis.place_demand import PLACES, PlacesSeries, PlacesYear
from toolkit.params import Measure
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import BLUE, INK, LINE, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.text_width import text_width, wrap_text
from toolkit.report.shown import Shown
from toolkit.report.tables import ColumnFormat, table
from toolkit.report.tables.table import column_formats
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["capacity_and_demand"]

_STYLES = {"capacity": (BLUE, "circle"), "occupied": (TEAL, "triangle"), "wanted": (INK, "diamond")}
_HEIGHT, _KEY_HEIGHT = 214.0, 20.0
"""Pixels of the plot from top to bottom, and of a row of the key."""


@dataclass(frozen=True)
class _PlacesPlot:
    """The years of PLACES with any number of places, the measures by role and the two scales."""

    rows: pd.DataFrame
    roles: Mapping[str, Measure]
    across: Scale
    down: Scale


def capacity_and_demand(
    series: PlacesSeries, roles: Mapping[str, Measure], authority: str, illustrative: bool
) -> Shown:
    """``series`` as a chart with its message; ``roles`` maps capacity, occupied and demand to their measures.

    Where it has demand alone, its counts stand in the place of places, and its projection in that of places needed.
    """
    caption = _caption(series, roles, authority, illustrative)
    if "capacity" not in roles:
        series, roles = replace(series, table=_demand_as_places(series.table)), {"capacity": roles["demand"], **roles}
    rows = series.table.dropna(subset=["capacity", "occupied", "wanted"], how="all").reset_index(drop=True)
    if rows.empty:
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))
    plot = _make_plot(rows, roles)
    words = (caption.title, caption.description)
    drawing = draw(f"{caption.key}-places", (WIDTH, plot.down.start + 34), words, lambda pen: _draw_places(pen, plot))
    return figure(caption, drawing, _table_behind(rows, roles, caption))


def _caption(series: PlacesSeries, roles: Mapping[str, Measure], authority: str, illustrative: bool) -> Caption:
    if "capacity" not in roles:
        return _caption_of_demand(series, roles["demand"], authority, illustrative)
    name = roles["capacity"].short_name
    about = REPORT.say("chart.places.about", name=roles["capacity"].name, authority=authority)
    title, sentences = _message(series.table, name), _describe_projection(series, roles)
    described = REPORT.say("chart.places.described", words=sentences[0])
    return Caption(title, about, described, " ".join(sentences), illustrative)


def _caption_of_demand(series: PlacesSeries, measure: Measure, authority: str, illustrative: bool) -> Caption:
    ahead = PLACES.rows(series.table[series.table["projected"]])
    facts = {"range": _demand_range(ahead[-1]), "period": ahead[-1].period} if ahead else {}
    key = "chart.places.demand_ahead" if ahead else "chart.places.demand_alone"
    title = REPORT.say(key, name=measure.short_name, **facts)
    sentences = _describe_projection(series, {"demand": measure})
    about = REPORT.say("chart.places.demand_about", name=measure.name, authority=authority)
    described = REPORT.say("chart.places.demand_described", words=sentences[0])
    return Caption(title, about, described, " ".join(sentences), illustrative)


def _demand_as_places(table: pd.DataFrame) -> pd.DataFrame:
    ahead = table["projected"].astype(bool)
    return table.assign(
        capacity=table["demand"].mask(ahead),
        wanted=table["demand"].where(ahead),
        wanted_low=table["low"].where(ahead),
        wanted_high=table["high"].where(ahead),
    )


def _message(table: pd.DataFrame, name: str) -> str:
    """Whether there will be places enough in the last year of the projection, as far as its range can tell."""
    counted, ahead = table[table["capacity"].notna()], table[table["wanted"].notna()]
    if counted.empty or ahead.empty:
        return REPORT.say("chart.places.too_few_years" if ahead.empty else "chart.places.no_figures", name=name)
    there, last = counted["capacity"].iloc[-1], ahead.iloc[-1]
    if last["wanted_low"] > there:
        return REPORT.say("chart.places.more_wanted", name=name, period=last["period"])
    if last["wanted_high"] < there:
        return REPORT.say("chart.places.enough", name=name, period=last["period"])
    return REPORT.say("chart.places.uncertain", name=name, period=last["period"])


def _describe_projection(series: PlacesSeries, roles: Mapping[str, Measure]) -> list[str]:
    ahead, demand = PLACES.rows(series.table[series.table["projected"]]), roles["demand"].short_name
    if not ahead:
        return [REPORT.say("chart.places.years_needed", years=series.comparable, fewest=series.fewest)]
    first, last = ahead[0], ahead[-1]
    years = [REPORT.say("chart.places.in_year", range=_demand_range(y), period=y.period) for y in (first, last)]
    between = REPORT.say("chart.places.and").join(dict.fromkeys(years))
    sentences = [REPORT.say("chart.places.projected", demand=demand, years=between)]
    if not math.isnan(series.share):
        share, wanted = format_figure(series.share, "number", 1), _wanted_range(last)
        then = {"share_period": series.share_period, "period": last.period}
        sentences.append(REPORT.say("chart.places.share", share=share, wanted=wanted, **then))
    how = "chart.places.method_panel" if series.by_panel else "chart.places.method"
    sentences.append(REPORT.say(how, years=series.comparable))
    return sentences


def _demand_range(year: PlacesYear) -> str:
    return _format_range(year.demand, year.low, year.high)


def _wanted_range(year: PlacesYear) -> str:
    return _format_range(year.wanted, year.wanted_low, year.wanted_high)


def _format_range(middle: float, low: float, high: float) -> str:
    likely, lowest, highest = (format_figure(count, "number", 0) for count in (middle, low, high))
    return REPORT.say("chart.places.with_range", likely=likely, lowest=lowest, highest=highest)


def _make_plot(rows: pd.DataFrame, roles: Mapping[str, Measure]) -> _PlacesPlot:
    columns = [*_STYLES, "wanted_low", "wanted_high"]
    values = [value for column in columns for value in rows[column]]
    top = 12.0 + _KEY_HEIGHT * len(_lines_to_draw(rows))
    down = scale_for(values, "number", (top + _HEIGHT, top + 6))
    left = 20 + max(text_width(label) for _, label in down.ticks)
    return _PlacesPlot(rows, roles, Scale(0, max(len(rows) - 1, 1), left, WIDTH - 40), down)


def _lines_to_draw(rows: pd.DataFrame) -> list[str]:
    return [column for column in _STYLES if rows[column].notna().any()]


def _draw_places(pen: Pen, plot: _PlacesPlot) -> None:
    left, right = plot.across.start - 8, plot.across.end + 8
    for value, label in plot.down.ticks:
        pen.line([(left, plot.down(value)), (right, plot.down(value))], LINE, 0.5)
        pen.words((left - 4, plot.down(value) + 5), label, "right")
    for place, period in enumerate(plot.rows["period"]):
        pen.line([(plot.across(place), plot.down.start), (plot.across(place), plot.down.start + 6)], INK)
        pen.words((plot.across(place), plot.down.start + 24), period, "center")
    pen.line([(left, plot.down.start), (right, plot.down.start)], INK)
    for number, column in enumerate(_lines_to_draw(plot.rows)):
        _draw_key(pen, plot, column, 14.0 + _KEY_HEIGHT * number)
        _draw_line(pen, plot, column)


def _draw_key(pen: Pen, plot: _PlacesPlot, column: str, down: float) -> None:
    """The name of a line and its newest figure, at the top: the lines are too close together to be labelled."""
    newest = plot.rows[plot.rows[column].notna()].iloc[-1]
    alone = "occupied" not in plot.roles
    wanted = REPORT.say("chart.places.projected_key" if alone else "chart.places.wanted")
    name = wanted if column == "wanted" else plot.roles[column].short_name
    left = plot.across.start - 2
    colour, shape = _STYLES[column]
    pen.mark((left, down - 5), shape, colour, filled=column != "wanted")
    value = format_figure(newest[column], "number", 0)
    label = REPORT.say("chart.places.newest", name=name, value=value, period=newest["period"])
    (text,) = wrap_text(label, WIDTH - left - 14, 1)
    pen.words((left + 12, down), text)


def _draw_line(pen: Pen, plot: _PlacesPlot, column: str) -> None:
    """One line with its points; projected points are open and have their range."""
    years = plot.rows[plot.rows[column].notna()]
    colour, shape = _STYLES[column]
    wanted = column == "wanted"
    points = [(plot.across(place), plot.down(v)) for place, v in zip(years.index, years[column], strict=True)]
    if wanted:
        for point, low, high in zip(points, years["wanted_low"], years["wanted_high"], strict=True):
            _draw_range(pen, point[0], (plot.down(low), plot.down(high)))
    if len(points) > 1:
        pen.line(points, colour, 2.0 if wanted else 3.0, ":" if wanted else "-")
    for point in points:
        pen.mark(point, shape, colour, filled=not wanted)


def _draw_range(pen: Pen, across: float, ends: tuple[float, float]) -> None:
    pen.line([(across, ends[0]), (across, ends[1])], INK, 1.5)
    for down in ends:
        pen.line([(across - 4, down), (across + 4, down)], INK, 1.5)


def _table_behind(rows: pd.DataFrame, roles: Mapping[str, Measure], caption: Caption) -> Shown:
    spans = [_format_limits(year) for year in PLACES.rows(rows)]
    shown = rows.assign(range=spans, illustrative="illustrative" if caption.illustrative else "")
    named = {role: ColumnFormat(roles[role].short_name) for role in ("capacity", "occupied") if role in roles}
    columns = {
        "period": ColumnFormat(roles["demand"].basis.capitalize()),
        **named,
        **column_formats("places_chart", ("wanted", "range"), numbers=("range",)),
    }
    if "occupied" not in roles:
        columns["wanted"] = replace(columns["wanted"], label=REPORT.say("chart.places.projected_key"))
    return table(shown, REPORT.say("chart.behind", title=caption.title), columns)


def _format_limits(year: PlacesYear) -> str:
    if math.isnan(year.wanted):
        return REPORT.say("chart.none")
    low, high = (format_figure(limit, "number", 0) for limit in (year.wanted_low, year.wanted_high))
    return REPORT.say("table.range", low=low, high=high)
