"""One measure of every authority by size, with the lines that chance alone rarely passes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from toolkit.analysis.funnel_chart import Funnel
from toolkit.params import Measure
from toolkit.report.charts.end_labels import ROOM, Label, write_labels
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import BLUE, GREY, INK, LINE, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.text_width import text_width
from toolkit.report.shown import Shown
from toolkit.report.tables import table
from toolkit.report.tables.table import column_formats
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period

__all__ = ["funnel"]

_HIGH = 240.0
"""Pixels of the plot from top to bottom."""

_SMALL, _BIG = 4.5, 10.0
_DASHES = {0.95: "--", 0.998: "-"}


@dataclass(frozen=True)
class _FunnelPlot:
    """The funnel, the code and name of the authority to point out, the measure and the two scales."""

    funnel: Funnel
    authority: tuple[str, str]
    measure: Measure
    across: Scale
    down: Scale

    @property
    def own(self) -> pd.Series:
        points = self.funnel.points
        return points[points["area_code"] == self.authority[0]].iloc[0]

    def at(self, base: float, value: float) -> tuple[float, float]:
        return self.across(base), self.down(min(max(value, self.down.low), self.down.high))

    def format(self, value: float) -> str:
        return format_figure(value, self.measure.unit, self.measure.decimals)


def funnel(spread: Funnel, measure: Measure, authority: tuple[str, str], period: str) -> Shown:
    """``spread`` as a chart with its message, ``authority`` (its code and name) pointed out among the others.

    Example: ``funnel(funnel_of(measure, results, "2018"), measure, ("E10000018", "Leicestershire"), "2018")``
    """
    caption = _caption(spread, measure, authority, period)
    if not (spread.points["area_code"] == authority[0]).any():
        return no_chart(caption, REPORT.say("chart.funnel.no_counts", authority=authority[1]))
    plot = _make_plot(spread, measure, authority)
    words = (caption.title, caption.description)
    drawing = draw(f"{caption.key}-funnel", (WIDTH, plot.down.start + 52), words, lambda pen: _draw_funnel(pen, plot))
    return figure(caption, drawing, _table_behind(plot, caption))


def _caption(spread: Funnel, measure: Measure, authority: tuple[str, str], period: str) -> Caption:
    points, (code, name) = spread.points, authority
    own = points.loc[points["area_code"] == code, "standing"]
    standing = str(own.iloc[0]).replace(" ", "_") if len(own) and own.iloc[0] else "none"
    sentence = REPORT.say(f"chart.funnel.standing.{standing}")
    title = REPORT.say("chart.funnel.title", name=measure.short_name, standing=sentence)
    about = REPORT.say("chart.funnel.about", name=measure.name, basis=measure.basis, period=format_period(period))
    if points.empty:
        return Caption(title, about, REPORT.say("chart.funnel.no_chart", name=measure.short_name))
    beyond = points["standing"].isin(["far better", "far worse"]).sum()
    average = format_figure(spread.average, measure.unit, measure.decimals)
    note = REPORT.say("chart.funnel.note", all=len(points), average=average, beyond=beyond)
    facts = {"all": len(points), "authority": name, "standing": sentence, "average": average}
    described = REPORT.say("chart.funnel.described", name=measure.short_name, **facts)
    return Caption(title, about, described, note)


def _make_plot(spread: Funnel, measure: Measure, authority: tuple[str, str]) -> _FunnelPlot:
    down = scale_for([*spread.points["value"], spread.average], measure.unit, (10 + _HIGH, 16))
    left = 20 + max(text_width(label) for _, label in down.ticks)
    across = scale_for([0.0, *spread.points["base"]], "number", (left, WIDTH - ROOM - 14), 3)
    return _FunnelPlot(spread, authority, measure, across, down)


def _draw_funnel(pen: Pen, plot: _FunnelPlot) -> None:
    _draw_axes(pen, plot)
    others = plot.funnel.points[plot.funnel.points["area_code"] != plot.authority[0]]
    places = [plot.at(base, value) for base, value in zip(others["base"], others["value"], strict=True)]
    if places:
        pen.dots(places, "circle", GREY, _SMALL)
    for level, line in _control_limits(plot):
        pen.line(line, INK, 1.5, _DASHES[level])
    average = plot.down(plot.funnel.average)
    pen.line([(plot.across.start, average), (plot.across.end, average)], INK, 1.0, ":")
    own = plot.own
    pen.dots([plot.at(own["base"], own["value"])], "diamond", BLUE, _BIG)
    write_labels(pen, list(_labels(plot)), (0.0, plot.down.start + 8))


def _draw_axes(pen: Pen, plot: _FunnelPlot) -> None:
    left, right, bottom = plot.across.start, plot.across.end, plot.down.start
    for value, label in plot.down.ticks:
        pen.line([(left - 8, plot.down(value)), (right + 8, plot.down(value))], LINE, 0.5)
        pen.words((left - 12, plot.down(value) + 5), label, "right")
    written = -math.inf
    for value, label in plot.across.ticks:
        pen.line([(plot.across(value), bottom), (plot.across(value), bottom + 6)], INK)
        if plot.across(value) - text_width(label) / 2 > written + 6:
            pen.words((plot.across(value), bottom + 24), label, "center")
            written = plot.across(value) + text_width(label) / 2
    pen.line([(left - 8, bottom), (right + 8, bottom)], INK)
    pen.words(((left + right) / 2, bottom + 44), REPORT.say("chart.funnel.base"), "center")


def _control_limits(plot: _FunnelPlot) -> Iterator[tuple[float, list[tuple[float, float]]]]:
    """Each control limit with its level, as far as it is within the scale of the figures."""
    lines = plot.funnel.lines
    within = lines[(lines["value"] >= plot.down.low) & (lines["value"] <= plot.down.high)]
    for (level, _), line in within.groupby(["level", "side"], sort=True):
        if len(line) > 1:
            yield float(str(level)), [plot.at(b, v) for b, v in zip(line["base"], line["value"], strict=True)]


def _labels(plot: _FunnelPlot) -> Iterator[Label]:
    own = plot.own
    yield Label(
        REPORT.say("chart.end", name=plot.authority[1], value=plot.format(own["value"])),
        plot.at(own["base"], own["value"]),
        bold=True,
    )
    yield Label(
        REPORT.say("chart.funnel.together", value=plot.format(plot.funnel.average)),
        plot.at(plot.across.end, plot.funnel.average),
    )


def _table_behind(plot: _FunnelPlot, caption: Caption) -> Shown:
    rows = plot.funnel.points.sort_values("name", kind="stable")
    shown = pd.DataFrame(
        {
            "name": rows["name"],
            "value": [plot.format(value) for value in rows["value"]],
            "standing": rows["standing"],
            "base": rows["base"],
        }
    )
    columns = column_formats("funnel", ("name", "standing", "value", "base"), numbers=("value",))
    return table(shown, REPORT.say("chart.behind", title=caption.title), columns, "results")
