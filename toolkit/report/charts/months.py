"""A monthly measure with its limits: months that stand out have a shape and colour of their own."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from toolkit.analysis.codes import Variation
from toolkit.analysis.monthly import COUNTED, MONTHS, clip_limit
from toolkit.frames import Judgement
from toolkit.params import Measure
from toolkit.params.words import QUARTER
from toolkit.report.charts.end_labels import ROOM, Label, write_labels
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.pen import AMBER, BLUE, GREY, INK, LINE, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.text_width import text_width
from toolkit.report.shown import Shown
from toolkit.report.tables import table
from toolkit.report.tables.table import column_formats
from toolkit.words.bank import REPORT
from toolkit.words.months import months_sentences, months_title, say_basis, say_month, say_reading
from toolkit.words.numbers import format_figure, format_period, format_target, say_span

__all__ = ["months"]

_STYLES = {
    Variation.IMPROVEMENT: ("triangle", BLUE),
    Variation.CONCERN: ("diamond", AMBER),
    Variation.HIGH: ("triangle", TEAL),
    Variation.LOW: ("down", TEAL),
}
_SMALL, _BIG = 4.5, 9.0
_HEIGHT = 214.0
"""Pixels of the plot from top to bottom."""

_LEAST_STEP = 8.0
"""Least pixels between two months, so that marks beside each other can be told apart."""


@dataclass(frozen=True)
class _MonthsPlot:
    """Everything the drawing needs: months (limits clipped to possible values), target, measure and the two scales."""

    months: pd.DataFrame
    target: float
    measure: Measure
    across: Scale
    down: Scale
    width: float

    def phases(self) -> Iterator[pd.DataFrame]:
        for _, phase in self.months.groupby("phase", sort=True):
            yield phase

    def points(self, months: pd.DataFrame) -> list[tuple[float, float]]:
        """Where the values of ``months`` are drawn; months without one are left out."""
        values = months["value"].dropna()
        return [(self.across(i), self.down(v)) for i, v in zip(values.index, values, strict=True)]


def months(frame: pd.DataFrame, judgement: Judgement, measure: Measure, authority: str) -> Shown:
    """MONTHS of one measure, with its judgement for the target; ``authority`` is whose figures they are.

    The words below it say what kind of variation it is. Example: ``months(frame, row, catalogue["requests"], "Kent")``
    """
    caption = _caption(frame, judgement, measure, authority)
    if frame["value"].notna().sum() == 0:
        return no_chart(caption, REPORT.say("chart.nothing_to_draw"))
    plot = _make_plot(frame.reset_index(drop=True), judgement, measure)
    words = (caption.title, caption.description)
    drawing = draw(
        f"{caption.key}-months", (plot.width, plot.down.start + 34), words, lambda pen: _draw_months(pen, plot)
    )
    return figure(caption, drawing, _table_behind(frame, measure))


def _caption(months: pd.DataFrame, judgement: Judgement, measure: Measure, authority: str) -> Caption:
    span = say_span([*months["period"][:1], *months["period"][-1:]])
    about = f"{measure.name}, {authority}, {span}".rstrip(", ")
    sentences = months_sentences(months, judgement, measure)
    key = "described_counts" if _is_counted(months) else "described"
    described = REPORT.say(f"chart.months.{key}", words=next(iter(sentences), ""), unit=say_basis(measure)["unit"])
    return Caption(months_title(months, measure), about, described, " ".join(sentences), bool(judgement.illustrative))


def _is_counted(months: pd.DataFrame) -> bool:
    return bool((months["method"] == COUNTED).any())


def _make_plot(months: pd.DataFrame, judgement: Judgement, measure: Measure) -> _MonthsPlot:
    limits = {side: [clip_limit(value, measure) for value in months[side]] for side in ("low", "high")}
    months = months.assign(**limits)
    values = [*months["value"], *limits["low"], *limits["high"], judgement.target]
    top = 12.0 + 18 * (_key_rows(months) + len(_new_starts(months)))
    down = scale_for(values, measure.unit, (top + _HEIGHT, top + 6))
    left = 20 + max(text_width(label) for _, label in down.ticks)
    last = max(len(months) - 1, 1)
    width = max(float(WIDTH), math.ceil(left + last * _LEAST_STEP + ROOM + 14))
    return _MonthsPlot(months, judgement.target, measure, Scale(0, last, left, width - ROOM - 14), down, width)


def _key_rows(months: pd.DataFrame) -> int:
    return int(months["reading"].isin(list(_STYLES)).any())


def _draw_months(pen: Pen, plot: _MonthsPlot) -> None:
    _draw_axes(pen, plot)
    _draw_key(pen, plot)
    _draw_new_limits(pen, plot)
    for phase in plot.phases():
        for _, level in phase.groupby(_level_numbers(phase)):
            _draw_limits(pen, plot, level)
        for run in _stretches_with_values(phase):
            points = plot.points(run)
            if len(points) > 1:
                pen.line(points, GREY, 1.5)
    if not math.isnan(plot.target):
        aim = plot.down(plot.target)
        pen.line([(plot.across.start - 8, aim), (plot.across.end + 8, aim)], INK, 1.5, "-.")
    _draw_dots(pen, plot)
    write_labels(pen, _labels(plot), (0.0, plot.down.start + 8), plot.width)


def _draw_axes(pen: Pen, plot: _MonthsPlot) -> None:
    left, right = plot.across.start - 8, plot.across.end + 8
    for value, label in plot.down.ticks:
        pen.line([(left, plot.down(value)), (right, plot.down(value))], LINE, 0.5)
        pen.words((left - 4, plot.down(value) + 5), label, "right")
    for place, label in _named_months(plot):
        pen.line([(plot.across(place), plot.down.start), (plot.across(place), plot.down.start + 6)], INK)
        pen.words((plot.across(place), plot.down.start + 24), label, "center")
    pen.line([(left, plot.down.start), (right, plot.down.start)], INK)


def _named_months(plot: _MonthsPlot) -> list[tuple[int, str]]:
    """The months to write along the bottom: the newest, and every January and the first where there is room."""
    periods = list(plot.months["period"])
    last = len(periods) - 1
    wanted = [last, *(i for i in range(last - 1, 0, -1) if periods[i].endswith(("-01", "-Q1"))), 0]
    written: list[tuple[int, str]] = []
    for place in dict.fromkeys(wanted):
        label = _start(periods[place])
        if not written or plot.across(written[-1][0]) - plot.across(place) >= text_width(label) + 6:
            written.append((place, label))
    return written


def _start(period: str) -> str:
    """What stands along the bottom: Jan 2018, of a quarter its first month."""
    first, *_, year = _short(period).split(" ")
    return f"{first} {year}"


def _short(period: str) -> str:
    """Jan 2018, or Jan to Mar 2018."""
    *months, year = format_period(period).split(" ")
    return " ".join([*(word[:3] for word in months), year])


def _draw_key(pen: Pen, plot: _MonthsPlot) -> None:
    """What each shape means, in one row at the top: only those that are drawn."""
    across = plot.across.start - 2
    for reading, (shape, colour) in _STYLES.items():
        if (plot.months["reading"] == reading).any():
            pen.dots([(across, 9)], shape, colour, _BIG)
            label = say_reading(reading)
            pen.words((across + 10, 14), label)
            across += 34 + text_width(label)


def _new_starts(months: pd.DataFrame) -> list[tuple[int, str]]:
    """Where a phase or a new level starts, and the code of what starts there."""
    starts = []
    for place in range(1, len(months)):
        before, now = months.iloc[place - 1], months.iloc[place]
        if now["phase"] != before["phase"]:
            starts.append((place, "new_limits"))
        elif now["since"] == now["period"]:
            starts.append((place, "from_higher" if now["shift"] > 0 else "from_lower"))
    return starts


def _draw_new_limits(pen: Pen, plot: _MonthsPlot) -> None:
    """A dotted line where a phase or a level starts, with its month."""
    for number, (place, what) in enumerate(_new_starts(plot.months)):
        across = plot.across(place - 0.5)
        down = 14.0 + 18 * (number + _key_rows(plot.months))
        text = REPORT.say(f"chart.months.{what}", period=_short(plot.months["period"][place]))
        pen.line([(across, down + 4), (across, plot.down.start)], INK, 1.5, ":")
        pen.words((min(across - 2, plot.width - text_width(text)), down), text)


def _draw_limits(pen: Pen, plot: _MonthsPlot, phase: pd.DataFrame) -> None:
    """Mean and limits of one phase, from half a month before its first month to half a month after its last."""
    for column, dash in (("mean", "-"), ("low", "--"), ("high", "--")):
        known = phase[column].dropna()
        if known.empty:
            continue
        ends = [(known.index[0] - 0.4, known.iloc[0]), (known.index[-1] + 0.4, known.iloc[-1])]
        if known.nunique() > 1:
            ends[1:1] = [*zip(known.index, known, strict=True)]
        pen.line([(plot.across(place), plot.down(value)) for place, value in ends], INK, 1.0, dash)


def _level_numbers(phase: pd.DataFrame) -> pd.Series:
    """A number for each level of a phase, in time order."""
    return (phase["since"] == phase["period"]).cumsum()


def _stretches_with_values(phase: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The stretches of months with a value."""
    missing = phase["value"].isna()
    for _, stretch in phase[~missing].groupby(missing.cumsum()[~missing]):
        yield stretch


def _draw_dots(pen: Pen, plot: _MonthsPlot) -> None:
    usual = plot.points(plot.months[~plot.months["reading"].isin(list(_STYLES))])
    if usual:
        pen.dots(usual, "circle", GREY, _SMALL)
    for reading, (shape, colour) in _STYLES.items():
        points = plot.points(plot.months[plot.months["reading"] == reading])
        if points:
            pen.dots(points, shape, colour, _BIG)


def _labels(plot: _MonthsPlot) -> list[Label]:
    """The newest value, the mean and limits of the newest phase, and the target, at the right."""
    end = plot.across.end
    newest = plot.months[plot.months["value"].notna()].iloc[-1]
    place = (plot.across(float(newest.name)), plot.down(newest["value"]))  # type: ignore[arg-type]
    value, period = _format_value(newest["value"], plot), _short(newest["period"])
    labels = [Label(REPORT.say("chart.months.newest", value=value, period=period), place, bold=True)]
    last = plot.months.iloc[-1]
    middle = "expected" if _is_counted(plot.months) else "mean"
    if not math.isnan(last["mean"]):
        for column, name in (("high", "upper"), ("mean", middle), ("low", "lower")):
            text = REPORT.say(f"chart.months.{name}", value=_format_value(last[column], plot))
            labels.append(Label(text, (end, plot.down(last[column]))))
    if not math.isnan(plot.target):
        aim = format_target(plot.target, plot.measure.unit, plot.measure.decimals)
        labels.append(Label(REPORT.say("chart.target", aim=aim), (end, plot.down(plot.target))))
    return labels


def _format_value(value: float, plot: _MonthsPlot) -> str:
    return format_figure(value, plot.measure.unit, plot.measure.decimals)


def _table_behind(months: pd.DataFrame, measure: Measure) -> Shown:
    rows, middle = [], "expected" if _is_counted(months) else "mean"
    unit = "quarter" if measure.basis == QUARTER else "month"
    for month in MONTHS.rows(months):
        low, high = (
            format_figure(clip_limit(limit, measure), measure.unit, measure.decimals)
            for limit in (month.low, month.high)
        )
        judged = not math.isnan(month.mean)
        rows.append(
            {
                unit: format_period(month.period),
                "value": format_figure(month.value, measure.unit, measure.decimals, month.marker),
                "what": say_month(month, measure),
                middle: format_figure(month.mean, measure.unit, measure.decimals)
                if judged
                else REPORT.say("chart.none"),
                "limits": REPORT.say("table.range", low=low, high=high) if judged else REPORT.say("chart.none"),
            }
        )
    beside = ("what", middle, "limits") if months["mean"].notna().any() else ()
    columns = column_formats("months", (unit, "value", *beside), numbers=("value", middle, "limits"))
    return table(pd.DataFrame(rows), REPORT.say("chart.behind", title=measure.short_name), columns, "results")
