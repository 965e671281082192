"""Many measures beside England and similar authorities: one row a measure, one shape for each of the three."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from toolkit.params import Measure
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.letters import wide, wrapped
from toolkit.report.charts.pen import BLUE, GREY, INK, LINE, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.spacing import nudged
from toolkit.report.layout import stack
from toolkit.report.shown import Shown
from toolkit.report.tables import Column, table
from toolkit.report.tables.table import columns_of, is_illustrative
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period

__all__ = ["dumbbell"]

_LOOKS = {
    "comparator_england": ("square", GREY),
    "comparator_neighbours": ("triangle", TEAL),
    "value": ("circle", BLUE),
}
_OTHERS = ["comparator_england", "comparator_neighbours"]
_MARKS = ("better", "similar", "worse")
_LEFT, _RIGHT, _NAME = 20.0, WIDTH - 20.0, 190.0
_HIGH = 17.0
_TOUCH = 12.0
"""Pixels within which two shapes would hide one another."""
_AWAY = {"comparator_england": -12.0, "comparator_neighbours": 12.0, "value": 0.0}
"""Where a shape that would touch another goes: England's above the line, the similar authorities' below it."""


def dumbbell(judgements: pd.DataFrame, authority: str, measures: Mapping[str, Measure]) -> Shown:
    """JUDGEMENTS in percent, each beside England and the neighbours' mean; ``authority`` is the name to print.

    Scores and rates have no common scale with these and stand in the table alone; counts, and measures with nothing
    to compare, are left out.

    Example: ``dumbbell(judgements, "Leicestershire", catalogue)``
    """
    compared = judgements[_OTHERS].notna().any(axis="columns")
    percent = (judgements["unit"] == "percent") & judgements["value"].notna()
    drawn = judgements[percent & compared]
    caption = _caption(drawn, authority, int((percent & ~compared).sum()))
    said = judgements[compared & (judgements["unit"] != "number")]  # that England has more of anything says nothing
    caption = replace(caption, illustrative=is_illustrative(said))
    data = _data(said, authority, measures)
    if drawn.empty:
        nothing = no_chart(caption, REPORT.say("chart.compared.no_percentages", note=caption.note).strip())
        return nothing if said.empty else stack(nothing, data)
    rows = drawn.to_dict("records")
    labelled = {
        "comparator_england": wrapped(REPORT.say("chart.england"), _NAME, 2),
        "comparator_neighbours": wrapped(REPORT.say("chart.neighbours"), _NAME, 2),
        "value": wrapped(authority, _NAME, 2, bold=True),
    }
    scale = scale_for([row[column] for row in rows for column in _LOOKS], "percent", (_LEFT, _RIGHT))
    places = _places(rows, measures, labelled, scale)
    bottom = places[-1].end + 6

    def paint(pen: Pen) -> None:
        for row, place in zip(rows, places, strict=True):
            _row(pen, scale, row, (measures[row["measure"]], place))
        _axis(pen, scale, bottom)

    drawing = draw(f"{caption.key}-dumbbell", (WIDTH, bottom + 28), (caption.title, caption.description), paint)
    return figure(caption, drawing, data)


def _caption(drawn: pd.DataFrame, authority: str, alone: int) -> Caption:
    """The message, from the marks alone; ``alone`` measures in percent have nothing to be compared with."""
    beside = {"england": "versus_england", "neighbours": "versus_neighbours"}
    counted = {name: said for name, column in beside.items() if (said := _counted(drawn[column]))}
    told = [
        REPORT.say(f"chart.compared.{who}.told", authority=authority, counted=said) for who, said in counted.items()
    ]
    title, notes = REPORT.say("chart.compared.title", authority=authority), []
    if counted:
        who, said = next(iter(counted.items()))
        title = REPORT.say(f"chart.compared.{who}.title", authority=authority, counted=said)
        unmarked = int((~drawn[beside[who]].isin(_MARKS)).sum())
        notes += [REPORT.say("chart.compared.unmarked", count=unmarked)] if unmarked else []
    described = " ".join([REPORT.say("chart.compared.described", count=len(drawn)), *told])
    notes += [REPORT.say("chart.compared.alone", count=alone)] if alone else []
    return Caption(title, REPORT.say("chart.compared.about"), described, " ".join(notes))


def _counted(words: pd.Series) -> str:
    """How many measures are better, similar and worse: "better on 3 measures, worse on 1"."""
    many = {word: int((words == word).sum()) for word in _MARKS}
    kinds = [(word, count) for word, count in many.items() if count]
    keys = ["chart.compared.first", *["chart.compared.further"] * len(kinds)]
    return ", ".join(REPORT.say(key, word=word, count=count) for key, (word, count) in zip(keys, kinds, strict=False))


@dataclass(frozen=True)
class _Place:
    """Where a row is drawn: its name from ``top`` on, its line at ``line``, all of it above ``end``.

    ``away`` is how far each shape lies from the line; ``labels`` are the names of the shapes that come here first.
    """

    top: float
    line: float
    end: float
    name: list[str]
    away: Mapping[str, float]
    labels: Mapping[str, list[str]]


def _places(
    rows: Sequence[Mapping[Any, Any]], measures: Mapping[str, Measure], names: Mapping[str, list[str]], scale: Scale
) -> list[_Place]:
    """The rows from the top down, each only as high as what is in it; a shape is named where it first comes."""
    places: list[_Place] = []
    new = dict(names)
    for row in rows:
        top = places[-1].end + 6 if places else 0.0
        name = wrapped(f"{measures[row['measure']].short_name}, {format_period(row['period'])}", WIDTH - 80, 2)
        away = _apart({column: scale(row[column]) for column in _LOOKS if not math.isnan(row[column])})
        labels = {column: new.pop(column) for column in away if column in new}
        line = top + _HIGH * len(name) + _room(labels, above=True) + (20 if min(away.values()) < 0 else 12)
        end = line + (18 if max(away.values()) > 0 else 8) + _room(labels, above=False)
        places.append(_Place(top, line, end, name, away, labels))
    return places


def _apart(across: Mapping[str, float]) -> dict[str, float]:
    """How far from its line each shape is drawn, so that none hides another; 0 where it stands free."""
    near = {
        one: any(abs(at - other) < _TOUCH for name, other in across.items() if name != one)
        for one, at in across.items()
    }
    return {one: _AWAY[one] if near[one] else 0.0 for one in across}


def _room(labels: Mapping[str, list[str]], above: bool) -> float:
    """Pixels that the labels on one side of the line take, with their thin lines."""
    lines = [len(said) for column, said in labels.items() if (_AWAY[column] <= 0) == above]
    return _HIGH * max(lines) + 10 if lines else 0.0


def _axis(pen: Pen, scale: Scale, down: float) -> None:
    pen.line([(_LEFT, down), (_RIGHT, down)], INK)
    for value, label in scale.ticks:
        pen.line([(scale(value), down), (scale(value), down + 5)], INK)
        pen.words((scale(value), down + 20), label, "center")


def _row(pen: Pen, scale: Scale, row: Mapping[Any, Any], about: tuple[Measure, _Place]) -> None:
    measure, place = about
    for number, line in enumerate(place.name):
        pen.words((0, place.top + 13 + _HIGH * number), line)
    last = place.top + 13 + _HIGH * (len(place.name) - 1)
    pen.words((WIDTH, last), format_figure(row["value"], "percent", measure.decimals), "right", bold=True)
    for value, _ in scale.ticks:
        pen.line([(scale(value), place.line - 6), (scale(value), place.line + 6)], LINE, 0.75)
    across = {column: scale(row[column]) for column in place.away}
    pen.line([(min(across.values()), place.line), (max(across.values()), place.line)], INK, 1.5)
    for above in (True, False):
        _name(pen, place, {column: at for column, at in across.items() if (_AWAY[column] <= 0) == above}, above)
    for column, at in across.items():
        shape, colour = _LOOKS[column]
        if place.away[column]:
            pen.line([(at, place.line), (at, place.line + place.away[column])], INK)
        pen.mark((at, place.line + place.away[column]), shape, colour)


def _name(pen: Pen, place: _Place, across: Mapping[str, float], above: bool) -> None:
    """The names of the shapes on one side of the line, apart from one another, each tied to its shape."""
    named = [column for column in across if column in place.labels]
    sizes = [max(wide(line, bold=column == "value") for line in place.labels[column]) + 12 for column in named]
    centres = nudged([across[column] for column in named], sizes, (0, WIDTH))
    for column, centre in zip(named, centres, strict=True):
        lines = place.labels[column]
        edge = place.top + _HIGH * len(place.name) + _room(place.labels, above) - 8
        edge = edge if above else place.end - _room(place.labels, above) + 8
        pen.line([(centre, edge), (across[column], place.line + place.away[column])], LINE, 0.75)
        first = edge - 5 - _HIGH * (len(lines) - 1) if above else edge + 13
        for number, line in enumerate(lines):
            pen.words((centre, first + _HIGH * number), line, "center", bold=column == "value")


def _data(judgements: pd.DataFrame, authority: str, measures: Mapping[str, Measure]) -> Shown:
    rows = [
        {
            "measure": measures[row["measure"]].short_name,
            "period": format_period(row["period"]),
            "illustrative": row["illustrative"],
        }
        | {
            column: format_figure(
                row[column],
                row["unit"],
                measures[row["measure"]].decimals,
                row["marker"] if column == "value" else "",
            )
            for column in _LOOKS
        }
        for row in judgements.to_dict("records")
    ]
    others = ("comparator_neighbours", "comparator_england")
    columns = columns_of("compared", ("measure", "period")) | {"value": Column(authority, "number")}
    columns |= columns_of("compared", others, numbers=others)
    title = REPORT.say("chart.compared.title", authority=authority)
    return table(pd.DataFrame(rows), REPORT.say("chart.behind", title=title), columns)
