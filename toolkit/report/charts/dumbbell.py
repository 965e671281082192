"""Many measures beside England and similar authorities: one row a measure, one shape for each of the three."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.analysis.numbers import say, say_period
from toolkit.params import Measure
from toolkit.report.charts.figure import Caption, figure, no_chart
from toolkit.report.charts.letters import wide, wrapped
from toolkit.report.charts.pen import BLUE, GREY, INK, LINE, TEAL, WIDTH, Pen, draw
from toolkit.report.charts.scale import Scale, scale_for
from toolkit.report.charts.spacing import nudged
from toolkit.report.shown import Shown
from toolkit.report.tables import Column, Columns, table

__all__ = ["dumbbell"]

_LOOKS = {
    "comparator_england": ("England", "square", GREY),
    "comparator_neighbours": ("Similar authorities", "triangle", TEAL),
    "value": ("", "circle", BLUE),
}
_LEFT, _RIGHT, _NAME = 20.0, WIDTH - 20.0, 190.0


def dumbbell(judgements: pd.DataFrame, authority: str, measures: Mapping[str, Measure]) -> Shown:
    """JUDGEMENTS in percent, each beside England and the neighbours' mean; ``authority`` is the name to print.

    Scores and rates have no common scale with these and stand in the table alone; counts are left out.

    Example: ``dumbbell(judgements, "Leicestershire", catalogue)``
    """
    drawn = judgements[(judgements["unit"] == "percent") & judgements["value"].notna()]
    caption = _caption(drawn, authority, illustrative=bool((judgements["illustrative"] != "").any()))
    if drawn.empty:
        return no_chart(caption, "There are no percentages to compare.")
    rows = drawn.to_dict("records")
    names = [wrapped(name or authority, _NAME, 2, bold=True) for name, _, _ in _LOOKS.values()]
    places = _places(rows, measures, 17.0 + 17.0 * max(len(name) for name in names))
    bottom = places[-1][0] + 10
    scale = scale_for([row[column] for row in rows for column in _LOOKS], "percent", (_LEFT, _RIGHT))

    def paint(pen: Pen) -> None:
        _head(pen, names, [WIDTH / 2 if math.isnan(rows[0][column]) else scale(rows[0][column]) for column in _LOOKS])
        for row, place in zip(rows, places, strict=True):
            _row(pen, scale, row, (measures[row["measure"]], place))
        _axis(pen, scale, bottom)

    drawing = draw(f"{caption.key}-dumbbell", (WIDTH, bottom + 28), (caption.title, caption.description), paint)
    said = judgements[judgements["unit"] != "number"]  # that England has more of anything says nothing
    return figure(caption, drawing, _data(said, authority, measures))


def _caption(drawn: pd.DataFrame, authority: str, illustrative: bool) -> Caption:
    title = f"{authority} beside England and similar authorities"
    counted = {word: int((drawn["versus_neighbours"] == word).sum()) for word in ("better", "similar", "worse")}
    said = ", ".join(f"{word} on {count}" for word, count in counted.items())
    described = f"Dot chart of {len(drawn)} measures. Beside similar authorities, {authority} is {said}."
    return Caption(title, "Measures in percent, newest period of each", described, "", illustrative)


def _places(
    rows: Sequence[Mapping[Any, Any]], measures: Mapping[str, Measure], down: float
) -> list[tuple[float, list[str]]]:
    """Where each row's dots lie, from ``down`` on, and its name in lines above them."""
    places = []
    for row in rows:
        lines = wrapped(f"{measures[row['measure']].short_name}, {say_period(row['period'])}", WIDTH - 80, 2)
        down += 17 * len(lines) + 14
        places.append((down, lines))
        down += 16
    return places


def _head(pen: Pen, names: Sequence[list[str]], wanted: Sequence[float]) -> None:
    """The three names once, each with its shape, in the order of the first row's dots and apart from one another."""
    sizes = [max(wide(line, bold=True) for line in lines) + 36 for lines in names]
    centres = nudged(wanted, sizes, (0, WIDTH))
    for (own, shape, colour), lines, centre, size in zip(_LOOKS.values(), names, centres, sizes, strict=True):
        pen.mark((centre - size / 2 + 10, 9), shape, colour)
        for number, line in enumerate(lines):
            pen.words((centre - size / 2 + 22, 14 + 17 * number), line, bold=not own)


def _axis(pen: Pen, scale: Scale, down: float) -> None:
    pen.line([(_LEFT, down), (_RIGHT, down)], INK)
    for value, label in scale.ticks:
        pen.line([(scale(value), down), (scale(value), down + 5)], INK)
        pen.words((scale(value), down + 20), label, "center")


def _row(pen: Pen, scale: Scale, row: Mapping[Any, Any], about: tuple[Measure, tuple[float, list[str]]]) -> None:
    measure, (down, lines) = about
    for number, line in enumerate(lines):
        pen.words((0, down - 14 - 17 * (len(lines) - 1 - number)), line)
    pen.words((WIDTH, down - 14), say(row["value"], "percent", measure.decimals), "right", bold=True)
    for value, _ in scale.ticks:
        pen.line([(scale(value), down - 6), (scale(value), down + 6)], LINE, 0.75)
    dots = [(scale(row[column]), down) for column in _LOOKS if not math.isnan(row[column])]
    pen.line([(min(dots)[0], down), (max(dots)[0], down)], INK, 1.5)
    for column, (_, shape, colour) in _LOOKS.items():
        if not math.isnan(row[column]):
            pen.mark((scale(row[column]), down), shape, colour)


def _data(judgements: pd.DataFrame, authority: str, measures: Mapping[str, Measure]) -> Shown:
    rows = [
        {
            "measure": measures[row["measure"]].short_name,
            "period": say_period(row["period"]),
            "illustrative": row["illustrative"],
        }
        | {
            column: say(
                row[column],
                row["unit"],
                measures[row["measure"]].decimals,
                row["marker"] if column == "value" else "",
            )
            for column in _LOOKS
        }
        for row in judgements.to_dict("records")
    ]
    columns: Columns = {
        "measure": "Measure",
        "period": "Period",
        "value": Column(authority, "number"),
        "comparator_neighbours": Column("Similar authorities (mean)", "number"),
        "comparator_england": Column("England", "number"),
    }
    return table(pd.DataFrame(rows), f"Figures behind: {authority} beside England and similar authorities", columns)
