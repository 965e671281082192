"""Many measures beside England and similar authorities: one row a measure, one shape for each of the three."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import Measure
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.label_spacing import space_apart
from toolkit.report.charts.pen import BLUE, GREY, INK, LINE, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.text_width import text_width, wrap_text
from toolkit.report.layout import stack
from toolkit.report.shown import Shown
from toolkit.report.tables import ColumnFormat, table
from toolkit.report.tables.table import column_formats, is_illustrative
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period

__all__ = ["dumbbell"]

_STYLES = {
    "comparator_england": ("square", GREY),
    "comparator_neighbours": ("triangle", TEAL),
    "value": ("circle", BLUE),
}
_OTHERS = ["comparator_england", "comparator_neighbours"]
_MARKS = ("better", "similar", "worse")
_LEFT, _RIGHT = 20.0, WIDTH - 20.0
_LABEL_WIDTH, _LINE_HEIGHT = 190.0, 17.0
_OVERLAP = 12.0
"""Pixels within which two shapes would hide one another."""
_OFFSETS = {"comparator_england": -12.0, "comparator_neighbours": 12.0, "value": 0.0}
"""Pixels by which a shape that would touch another is moved: England's up, the similar authorities' down."""


def dumbbell(judgements: pd.DataFrame, authority: str, measures: Mapping[str, Measure]) -> Shown:
    """JUDGEMENTS in percent, each compared with England and the neighbours' mean; ``authority`` is the name to print.

    Scores and rates have no common scale with these and are in the table only; counts, and measures with nothing
    to compare, are left out.

    Example: ``dumbbell(judgements, "Leicestershire", catalogue)``
    """
    compared = judgements[_OTHERS].notna().any(axis="columns")
    percent = (judgements["unit"] == "percent") & judgements["value"].notna()
    drawn = judgements[percent & compared]
    caption = _caption(drawn, authority, int((percent & ~compared).sum()))
    tabled = judgements[compared & (judgements["unit"] != "number")]  # that England has more of anything says nothing
    caption = replace(caption, illustrative=is_illustrative(tabled))
    data = _table_behind(tabled, authority, measures)
    if drawn.empty:
        nothing = no_chart(caption, REPORT.say("chart.compared.no_percentages", note=caption.note).strip())
        return nothing if tabled.empty else stack(nothing, data)
    rows = JUDGEMENTS.rows(drawn)
    labels = {
        "comparator_england": wrap_text(REPORT.say("chart.england"), _LABEL_WIDTH, 2),
        "comparator_neighbours": wrap_text(REPORT.say("chart.neighbours"), _LABEL_WIDTH, 2),
        "value": wrap_text(authority, _LABEL_WIDTH, 2, bold=True),
    }
    scale = scale_for([getattr(row, column) for row in rows for column in _STYLES], "percent", (_LEFT, _RIGHT))
    layouts = _lay_out(rows, measures, labels, scale)
    bottom = layouts[-1].end + 6

    def paint(pen: Pen) -> None:
        for row, layout in zip(rows, layouts, strict=True):
            _draw_row(pen, scale, layout, format_figure(row.value, "percent", measures[row.measure].decimals))
        _draw_axis(pen, scale, bottom)

    drawing = draw(f"{caption.key}-dumbbell", (WIDTH, bottom + 28), (caption.title, caption.description), paint)
    return figure(caption, drawing, data)


def _caption(drawn: pd.DataFrame, authority: str, alone: int) -> Caption:
    """The message, from the marks alone; ``alone`` measures in percent have nothing to be compared with."""
    marks = {"england": "versus_england", "neighbours": "versus_neighbours"}
    summaries = {who: summary for who, column in marks.items() if (summary := _count_marks(drawn[column]))}
    sentences = [
        REPORT.say(f"chart.compared.{who}.sentence", authority=authority, counted=summary)
        for who, summary in summaries.items()
    ]
    title, notes = REPORT.say("chart.compared.title", authority=authority), []
    if summaries:
        who, summary = next(iter(summaries.items()))
        title = REPORT.say(f"chart.compared.{who}.title", authority=authority, counted=summary)
        unmarked = int((~drawn[marks[who]].isin(_MARKS)).sum())
        notes += [REPORT.say("chart.compared.unmarked", count=unmarked)] if unmarked else []
    described = " ".join([REPORT.say("chart.compared.described", count=len(drawn)), *sentences])
    notes += [REPORT.say("chart.compared.alone", count=alone)] if alone else []
    return Caption(title, REPORT.say("chart.compared.about"), described, " ".join(notes))


def _count_marks(words: pd.Series) -> str:
    """How many measures are better, in line and worse: "better on 3 measures, worse on 1"."""
    many = {word: int((words == word).sum()) for word in _MARKS}
    kinds = [(REPORT.say(f"chart.compared.mark.{word}"), count) for word, count in many.items() if count]
    return ", ".join(
        REPORT.say("chart.compared.further" if place else "chart.compared.first", word=word, count=count)
        for place, (word, count) in enumerate(kinds)
    )


@dataclass(frozen=True)
class _RowLayout:
    """Where a measure's row is drawn, in pixels from the top: its name from ``top``, its line at ``line``, to ``end``.

    ``across`` is where each shape is on the line, ``offsets`` how far above (negative) or below it the shape is drawn;
    ``labels`` name the shapes that appear here for the first time.
    """

    top: float
    line: float
    end: float
    name: list[str]
    across: Mapping[str, float]
    offsets: Mapping[str, float]
    labels: Mapping[str, list[str]]


def _lay_out(
    rows: Sequence[Judgement], measures: Mapping[str, Measure], names: Mapping[str, list[str]], scale: Scale
) -> list[_RowLayout]:
    """The rows from the top down, each only as high as its content; a shape is named where it first appears."""
    layouts: list[_RowLayout] = []
    unnamed = dict(names)
    for row in rows:
        top = layouts[-1].end + 6 if layouts else 0.0
        name = wrap_text(f"{measures[row.measure].short_name}, {format_period(row.period)}", WIDTH - 80, 2)
        across = {column: scale(value) for column in _STYLES if not math.isnan(value := getattr(row, column))}
        offsets = _offset_shapes(across)
        labels = {column: unnamed.pop(column) for column in across if column in unnamed}
        line = top + _LINE_HEIGHT * len(name) + _label_height(labels, above=True)
        line += 20 if min(offsets.values()) < 0 else 12
        end = line + (18 if max(offsets.values()) > 0 else 8) + _label_height(labels, above=False)
        layouts.append(_RowLayout(top, line, end, name, across, offsets, labels))
    return layouts


def _offset_shapes(across: Mapping[str, float]) -> dict[str, float]:
    """How far from the line each shape is drawn, so that none hides another; 0 where none is near."""
    near = {
        one: any(abs(at - other) < _OVERLAP for name, other in across.items() if name != one)
        for one, at in across.items()
    }
    return {one: _OFFSETS[one] if near[one] else 0.0 for one in across}


def _label_height(labels: Mapping[str, list[str]], above: bool) -> float:
    """Pixels that the labels on one side of the line take, with their thin lines."""
    heights = [len(lines) for column, lines in labels.items() if _is_above(column) == above]
    return _LINE_HEIGHT * max(heights) + 10 if heights else 0.0


def _is_above(column: str) -> bool:
    return _OFFSETS[column] <= 0


def _draw_axis(pen: Pen, scale: Scale, down: float) -> None:
    pen.line([(_LEFT, down), (_RIGHT, down)], INK)
    for value, label in scale.ticks:
        pen.line([(scale(value), down), (scale(value), down + 5)], INK)
        pen.words((scale(value), down + 20), label, "center")


def _draw_row(pen: Pen, scale: Scale, layout: _RowLayout, value: str) -> None:
    for number, line in enumerate(layout.name):
        pen.words((0, layout.top + 13 + _LINE_HEIGHT * number), line)
    last = layout.top + 13 + _LINE_HEIGHT * (len(layout.name) - 1)
    pen.words((WIDTH, last), value, "right", bold=True)
    for tick, _ in scale.ticks:
        pen.line([(scale(tick), layout.line - 6), (scale(tick), layout.line + 6)], LINE, 0.75)
    ends = min(layout.across.values()), max(layout.across.values())
    pen.line([(ends[0], layout.line), (ends[1], layout.line)], INK, 1.5)
    for above in (True, False):
        _draw_labels(pen, layout, above)
    for column, at in layout.across.items():
        shape, colour = _STYLES[column]
        if layout.offsets[column]:
            pen.line([(at, layout.line), (at, layout.line + layout.offsets[column])], INK)
        pen.mark((at, layout.line + layout.offsets[column]), shape, colour)


def _draw_labels(pen: Pen, layout: _RowLayout, above: bool) -> None:
    """The names of the shapes on one side of the line, apart from one another, each joined to its shape by a line."""
    named = [column for column in layout.across if column in layout.labels and _is_above(column) == above]
    sizes = [max(text_width(line, bold=column == "value") for line in layout.labels[column]) + 12 for column in named]
    centres = space_apart([layout.across[column] for column in named], sizes, (0, WIDTH))
    for column, centre in zip(named, centres, strict=True):
        lines = layout.labels[column]
        edge = layout.top + _LINE_HEIGHT * len(layout.name) + _label_height(layout.labels, above) - 8
        edge = edge if above else layout.end - _label_height(layout.labels, above) + 8
        shape = layout.across[column], layout.line + layout.offsets[column]
        pen.line([(centre, edge), shape], LINE, 0.75)
        first = edge - 5 - _LINE_HEIGHT * (len(lines) - 1) if above else edge + 13
        for number, line in enumerate(lines):
            pen.words((centre, first + _LINE_HEIGHT * number), line, "center", bold=column == "value")


def _table_behind(judgements: pd.DataFrame, authority: str, measures: Mapping[str, Measure]) -> Shown:
    rows = [_cells(row, measures[row.measure]) for row in JUDGEMENTS.rows(judgements)]
    others = ("comparator_neighbours", "comparator_england")
    columns = column_formats("compared", ("measure", "period")) | {"value": ColumnFormat(authority, "number")}
    columns |= column_formats("compared", others, numbers=others)
    title = REPORT.say("chart.compared.title", authority=authority)
    return table(pd.DataFrame(rows), REPORT.say("chart.behind", title=title), columns, "judgements")


def _cells(row: Judgement, measure: Measure) -> dict[str, str]:
    figures = {"value": format_figure(row.value, row.unit, measure.decimals, row.marker)}
    figures |= {column: format_figure(getattr(row, column), row.unit, measure.decimals) for column in _OTHERS}
    labels = {"measure": measure.short_name, "period": format_period(row.period), "illustrative": row.illustrative}
    return labels | figures
