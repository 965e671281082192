"""One measure over time: the authority with its likely range, England and similar authorities, target and breaks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from toolkit.frames import Judgement
from toolkit.params import Measure
from toolkit.report.charts.end_labels import Label, room_for, write_labels
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.newest import FEWEST, newest_figures
from toolkit.report.charts.pen import BLUE, GREY, INK, LINE, NARROW, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.series import AUTHORITY, ENGLAND, NEIGHBOURS, place_of, runs, series_table, usual_step
from toolkit.report.charts.text_width import text_width
from toolkit.report.shown import Html, Shown
from toolkit.words.bank import REPORT, join_and
from toolkit.words.measure import chart_title, describe_chart
from toolkit.words.numbers import format_figure, format_period, format_target, say_span

__all__ = ["trend"]

_STYLES = {
    AUTHORITY: (BLUE, 3.0, "-", "circle"),
    ENGLAND: (GREY, 2.0, "--", "square"),
    NEIGHBOURS: (TEAL, 2.0, "-", "triangle"),
}
_BEFORE = (BLUE, 1.5, ":", "diamond")
"""A body that the authority followed."""


@dataclass(frozen=True)
class _TrendPlot:
    """Everything the drawing needs: figures, judgement, measure and the two scales."""

    series: pd.DataFrame
    periods: tuple[str, ...]
    """Every period of the lines, with or without a figure: a hidden or missing figure leaves a gap."""
    judgement: Judgement
    measure: Measure
    across: Scale
    down: Scale
    width: float

    def at(self, place: float, value: float) -> tuple[float, float]:
        return self.across(place), self.down(value)


def trend(series: pd.DataFrame, judgement: Judgement, measure: Measure, title: str = "") -> Shown:
    """SERIES of one measure, with its judgement for its target and, without a ``title``, for the message.

    Lines stop at a break and at a missing period. Example: ``trend(series, row, catalogue["plans"])``
    """
    drawn = _points_to_draw(series, measure)
    caption = _caption(series, judgement, measure)
    caption = replace(caption, title=title) if title else caption
    if drawn.empty:
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))
    if (drawn["line"] == AUTHORITY).sum() < FEWEST:
        described = REPORT.say("chart.newest.described", words=_describe(judgement, measure, series))
        return newest_figures(series, judgement, measure, replace(caption, description=described))
    periods, words = sorted(set(series["period"])), (caption.title, caption.description)

    def drawing(key: str, width: float) -> Html:
        plot = _make_plot(drawn, periods, (judgement, measure), width)
        return draw(key, (width, plot.down.start + 34), words, lambda pen: _draw_trend(pen, plot))

    both = (drawing(f"{caption.key}-trend", WIDTH), drawing(f"{caption.key}-narrow", NARROW))
    return figure(caption, Html("\n").join(both), series_table(series, measure))


def _points_to_draw(series: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """The points with a value. England's counts are left out: on their scale an authority's line would be flat."""
    counted = (measure.unit == "number") & (series["line"] == ENGLAND)
    return series[series["value"].notna() & ~counted]


def _caption(series: pd.DataFrame, judgement: Judgement, measure: Measure) -> Caption:
    name = _authority(series)
    periods = sorted(series.loc[series["value"].notna(), "period"])
    span = say_span([*periods[:1], *periods[-1:]])
    about = ", ".join(part for part in (measure.name, name, f"{measure.basis} {span}".strip()) if part)
    breaks = [b for b in measure.breaks if periods and periods[0] < b.from_ <= periods[-1]]
    note = " ".join(REPORT.say("chart.trend.break", period=format_period(b.from_), reason=b.reason) for b in breaks)
    if measure.unit == "number" and (series["line"] == ENGLAND).any():
        note = " ".join(filter(None, [note, REPORT.say("chart.trend.england_not_drawn")]))
    before = list(dict.fromkeys(series.loc[~series["line"].isin(_STYLES), "name"]))
    if before:
        note = " ".join(filter(None, [note, REPORT.say("chart.trend.before", names=join_and(before), name=name)]))
    described = REPORT.say("chart.trend.described", words=_describe(judgement, measure, series))
    return Caption(chart_title(judgement, measure), about, described, note, bool(judgement.illustrative))


def _describe(judgement: Judgement, measure: Measure, series: pd.DataFrame) -> str:
    return describe_chart(judgement, measure, _authority(series))


def _authority(series: pd.DataFrame) -> str:
    names = series.loc[series["line"] == AUTHORITY, "name"]
    return str(names.iloc[0]) if len(names) else ""


def _make_plot(series: pd.DataFrame, periods: list[str], judged: tuple[Judgement, Measure], width: float) -> _TrendPlot:
    judgement, measure = judged
    values = [*series["value"], *series["low"], *series["high"], judgement.target]
    places = [place_of(period) for period in series["period"]]
    if not math.isnan(judgement.target):
        places.append(place_of(judgement.target_period))
    top = 10.0 + 18 * len(_breaks_shown(measure, min(places), max(places)))
    down = scale_for(values, measure.unit, (top + 214, top + 6))
    left = 12 + max(text_width(label) for _, label in down.ticks)
    first, last = min(places), max(places)
    first, last = (first, last) if last > first else (first - 1, last + 1)
    across = Scale(first, last, left + 8, width - room_for(width) - 14)
    return _TrendPlot(series, tuple(periods), judgement, measure, across, down, width)


def _breaks_shown(measure: Measure, first: float, last: float) -> list[tuple[float, str]]:
    """(place, text) of the breaks that lie between the first and the last period shown."""
    every = (
        (place_of(b.from_), REPORT.say("chart.trend.new_basis", period=format_period(b.from_))) for b in measure.breaks
    )
    return [(place, text) for place, text in every if first < place <= last]


def _draw_trend(pen: Pen, plot: _TrendPlot) -> None:
    _draw_axes(pen, plot)
    _draw_breaks(pen, plot)
    before = sorted({*plot.series["line"]} - {*_STYLES})
    labels = [label for line in (ENGLAND, NEIGHBOURS, *before, AUTHORITY) if (label := _draw_line(pen, plot, line))]
    if not math.isnan(plot.judgement.target):
        labels.append(_draw_target(pen, plot))
    breaks = len(_breaks_shown(plot.measure, plot.across.low, plot.across.high))
    write_labels(pen, labels, (18.0 * breaks, plot.down.start + 8), plot.width)


def _draw_axes(pen: Pen, plot: _TrendPlot) -> None:
    left, right = plot.across.start - 8, plot.across.end + 8
    for value, label in plot.down.ticks:
        pen.line([(left, plot.down(value)), (right, plot.down(value))], LINE, 0.5)
        pen.words((left - 4, plot.down(value) + 5), label, "right")
    for place, label in _periods(plot):
        pen.line([(plot.across(place), plot.down.start), (plot.across(place), plot.down.start + 6)], INK)
        pen.words((plot.across(place), plot.down.start + 24), label, "center")
    pen.line([(left, plot.down.start), (right, plot.down.start)], INK)


def _periods(plot: _TrendPlot) -> list[tuple[float, str]]:
    """The periods to write along the bottom: the newest and as many before it as have room."""
    labels = {*plot.series["period"]}
    if not math.isnan(plot.judgement.target):
        labels.add(plot.judgement.target_period)
    written: list[tuple[float, str]] = []
    for period in sorted(labels, reverse=True):
        place, label = place_of(period), _short(period)
        if not written or plot.across(written[-1][0]) - plot.across(place) >= text_width(label) + 6:
            written.append((place, label))
    return written


def _short(period: str) -> str:
    """The period as it is written along the bottom: Apr 2018, 2017/18."""
    month, space, year = format_period(period).partition(" ")
    return f"{month[:3]} {year}" if space else period


def _draw_line(pen: Pen, plot: _TrendPlot, line: str) -> Label | None:
    """One line, its points and the likely range of the authority's; the label that belongs to its newest point."""
    rows = plot.series[plot.series["line"] == line]
    colour, width, dash, shape = _STYLES.get(line, _BEFORE)
    parts = runs(rows, plot.measure.breaks, usual_step(plot.periods))
    if not parts:
        return None
    if line == AUTHORITY:
        for period, low, high in zip(rows["period"], rows["low"], rows["high"], strict=True):
            if not math.isnan(low):
                _draw_range(pen, plot, place_of(period), (low, high))
    for part in parts:
        if len(part) > 1:
            pen.line([plot.at(*point) for point in part], colour, width, dash)
    marked = [point for part in parts for point in part] if line == AUTHORITY else [part[-1] for part in parts]
    for point in marked:
        pen.mark(plot.at(*point), shape, colour)
    newest = parts[-1][-1]
    value = format_figure(newest[1], plot.measure.unit, plot.measure.decimals)
    period = str(rows["period"].max())
    key = "chart.end" if period == plot.periods[-1] else "chart.end_in"
    text = REPORT.say(key, name=rows["name"].iloc[0], value=value, period=_short(period))
    return Label(text, plot.at(*newest), bold=line == AUTHORITY)


def _draw_range(pen: Pen, plot: _TrendPlot, place: float, limits: tuple[float, float]) -> None:
    (across, low), (_, high) = plot.at(place, limits[0]), plot.at(place, limits[1])
    ends = [[(across - 4, down), (across + 4, down)] for down in (low, high)]
    for points in ([(across, low), (across, high)], *ends):
        pen.line(points, BLUE, 1.5)


def _draw_target(pen: Pen, plot: _TrendPlot) -> Label:
    """The target, and a straight line to it from the baseline unless a break lies between them."""
    judgement, unit, decimals = plot.judgement, plot.measure.unit, plot.measure.decimals
    end = plot.at(place_of(judgement.target_period), judgement.target)
    if judgement.baseline_period and not math.isnan(judgement.baseline_value):
        start = place_of(judgement.baseline_period)
        broken = any(start < place_of(b.from_) <= place_of(judgement.target_period) for b in plot.measure.breaks)
        if not broken and plot.across.low <= start < place_of(judgement.target_period):
            pen.line([plot.at(start, judgement.baseline_value), end], INK, 1.5, ":")
    pen.mark(end, "diamond", INK, filled=False)
    aim = format_target(judgement.target, unit, decimals)
    text = REPORT.say("chart.target_by", aim=aim, by=format_period(judgement.target_period))
    return Label(text, end)


def _draw_breaks(pen: Pen, plot: _TrendPlot) -> None:
    half = usual_step(plot.periods) / 2
    for number, (place, text) in enumerate(_breaks_shown(plot.measure, plot.across.low, plot.across.high)):
        across, down = plot.across(place - half), 14.0 + 18 * number
        pen.line([(across, down + 4), (across, plot.down.start)], INK, 1.5, ":")
        pen.words((across - 2, down), text)
