"""How cases come to their end, week by week since they began: a line for each year, with the weeks that are due."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from toolkit.frames import WAITS, Wait
from toolkit.params import Measure
from toolkit.report.charts.end_labels import Label, room_for, write_labels
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import BLUE, GREY, INK, LINE, NARROW, TEAL, WIDTH, Pen, Point, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.text_width import text_width
from toolkit.report.shown import Html, Shown
from toolkit.report.tables import ColumnFormat, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure
from toolkit.words.waits import WaitWords, describe_waits, waits_title

__all__ = ["WaitChart", "waits"]

_STYLES = ((BLUE, 3.0, "-"), (TEAL, 2.0, "-"), (GREY, 2.0, "--"), (GREY, 2.0, ":"), (GREY, 1.5, "-."))
"""The newest year first; years before these are in the table only."""

_EVERY = 4
"""Weeks between two rows of the table behind the chart, beside those that are looked at."""


@dataclass(frozen=True)
class WaitChart:
    """What the waits belong to, and the words for them."""

    measure: Measure
    authority: str
    words: WaitWords
    illustrative: bool = False

    @property
    def due(self) -> int:
        return self.words.due


@dataclass(frozen=True)
class _WaitsPlot:
    """The cohorts to draw, the newest first, each with its rows that have a share, and the two scales."""

    cohorts: list[list[Wait]]
    chart: WaitChart
    across: Scale
    down: Scale
    width: float

    def points(self, rows: list[Wait]) -> list[Point]:
        return [(self.across(0), self.down(0)), *((self.across(row.weeks), self.down(row.share)) for row in rows)]


def waits(curves: pd.DataFrame, chart: WaitChart) -> Shown:
    """WAIT_CURVES of one measure; a year has a line where its share at the weeks that are due is known and not hidden.

    Lines run straight across other hidden weeks.
    """
    words = (waits_title(curves, chart.words), describe_waits(curves, chart.words))
    about = REPORT.say("chart.waits.about", name=chart.measure.name, authority=chart.authority, weeks=chart.due)
    note = REPORT.say("chart.waits.hidden") if (curves["marker"] == "c").any() else ""
    caption = Caption(words[0], about, REPORT.say("chart.waits.described", words=words[1]), note, chart.illustrative)
    cohorts = _to_draw(curves, chart.due)
    if not cohorts:
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))

    def drawing(key: str, width: float) -> Html:
        plot = _make_plot(cohorts, chart, float(curves["weeks"].max()), width)
        size = (width, plot.down.start + 50)
        return draw(key, size, (caption.title, caption.description), lambda pen: _draw_waits(pen, plot))

    both = (drawing(f"{caption.key}-waits", WIDTH), drawing(f"{caption.key}-narrow", NARROW))
    return figure(caption, Html("\n").join(both), _table_behind(curves, chart, caption))


def _to_draw(curves: pd.DataFrame, due: int) -> list[list[Wait]]:
    """The rows with a share, of the newest years that have one at the weeks that are due."""
    known = curves[curves["share"].notna()]
    years = set(known.loc[known["weeks"] == due, "cohort"])
    cohorts = [WAITS.rows(rows) for year, rows in known.groupby("cohort", sort=True) if year in years]
    return cohorts[::-1][: len(_STYLES)]


def _make_plot(cohorts: list[list[Wait]], chart: WaitChart, last: float, width: float) -> _WaitsPlot:
    down = scale_for([0.0, 100.0], "percent", (254.0, 34.0))
    left = 20 + max(text_width(label) for _, label in down.ticks)
    step = next(step for step in (1, 2, 4, 5, 10, 20, 52) if last / step <= 6)
    ticks = tuple((float(week), str(week)) for week in range(0, int(last) + 1, step))
    return _WaitsPlot(cohorts, chart, Scale(0, last, left, width - room_for(width) - 10, ticks), down, width)


def _draw_waits(pen: Pen, plot: _WaitsPlot) -> None:
    left, right, bottom = plot.across.start, plot.across.end, plot.down.start
    for value, label in plot.down.ticks:
        pen.line([(left, plot.down(value)), (right, plot.down(value))], LINE, 0.5)
        pen.words((left - 4, plot.down(value) + 5), label, "right")
    for week, label in plot.across.ticks:
        pen.line([(plot.across(week), bottom), (plot.across(week), bottom + 6)], INK)
        pen.words((plot.across(week), bottom + 22), label, "center")
    pen.words(((left + right) / 2, bottom + 42), REPORT.say("chart.waits.weeks"), "center")
    pen.line([(left, bottom), (right, bottom)], INK)
    due = plot.across(plot.chart.due)
    pen.line([(due, 22), (due, bottom)], INK, 1.5, ":")
    pen.words((due, 16), REPORT.say("chart.waits.due", weeks=plot.chart.due), "center")
    labels = [_draw_cohort(pen, plot, place) for place in reversed(range(len(plot.cohorts)))]
    write_labels(pen, labels, (34.0, bottom + 8), plot.width)


def _draw_cohort(pen: Pen, plot: _WaitsPlot, place: int) -> Label:
    """The line of one year, and its label with the share at the weeks that are due."""
    rows, (colour, width, dash) = plot.cohorts[place], _STYLES[place]
    points = plot.points(rows)
    pen.line(points, colour, width, dash)
    pen.dots(points[-1:], "circle", colour, 7.0)
    share = format_figure(next(row.share for row in rows if row.weeks == plot.chart.due), "percent", 1)
    text = REPORT.say("chart.end", name=plot.chart.words.year(rows[0]), value=share)
    return Label(text, points[-1], bold=place == 0)


def _table_behind(curves: pd.DataFrame, chart: WaitChart, caption: Caption) -> Shown:
    """A row every few weeks and at the weeks that are due, a column for each year."""
    rows: dict[float, dict[str, str]] = {}
    for row in WAITS.rows(curves):
        if row.weeks % _EVERY == 0 or row.weeks in (chart.due, curves["weeks"].max()):
            cells = rows.setdefault(row.weeks, {"weeks": f"{row.weeks:.0f}"})
            cells[row.cohort] = format_figure(row.share, "percent", 1, row.marker)
    frame = pd.DataFrame([rows[week] for week in sorted(rows)])
    years = {year: ColumnFormat(year, "number") for year in sorted(set(curves["cohort"]))}
    label = "illustrative" if chart.illustrative else ""
    columns = {"weeks": ColumnFormat(REPORT.say("chart.waits.weeks"), "number"), **years}
    return table(
        frame.assign(illustrative=label), REPORT.say("chart.behind", title=caption.title), columns, "wait_curves"
    )
