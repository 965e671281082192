"""Tables of the front page: each priority on one line, what needs attention, and the legal duties."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import Measure
from toolkit.refresh import RedMeasure, is_red, red_marks
from toolkit.report.marks import duty_mark, mark
from toolkit.report.shown import Html, Shown, as_attribute, slug
from toolkit.report.tables.shared import table_said_once
from toolkit.report.tables.table import ColumnFormat, column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period, format_target

__all__ = ["delivery", "duties", "exceptions", "figures", "reasons", "red_measures", "what_is_red"]

_MARK = {"statutory_status": "duty"}


def what_is_red(judgement: Judgement) -> Shown:
    """The red marks of a judgement, one under the other, each with what it is about."""
    line, marks = Html("{}: {}"), red_marks(judgement)
    shown = [
        line.format(REPORT.say(f"table.red_mark.{column}"), mark(word, _MARK.get(column, ""))) for column, word in marks
    ]
    return Shown(Html("<br>").join(shown))


def exceptions(judgements: pd.DataFrame, measures: Mapping[str, Measure], page: str) -> Shown:
    """Measures short of their target, worse, or in breach of a duty; ``page`` has a part on each ("": here)."""
    rows = []
    for judgement in JUDGEMENTS.rows(judgements[is_red(judgements)]):
        measure = measures[judgement.measure]
        place = f"{page}#{slug(measure.id)}"
        rows.append(
            {
                "measure": Shown(Html('<a href="{}">{}</a>').format(as_attribute(place), measure.short_name)),
                "marks": what_is_red(judgement),
                "value": format_figure(judgement.value, judgement.unit, measure.decimals, judgement.marker),
                "illustrative": judgement.illustrative,
            }
        )
    columns = column_formats("exceptions", ("measure", "marks", "value"), numbers=("value",))
    return table(
        pd.DataFrame(rows, columns=[*columns, "illustrative"]), REPORT.say("table.exceptions"), columns, "judgements"
    )


def red_measures(reds: Iterable[RedMeasure], measures: Mapping[str, Measure]) -> Shown:
    """The red measures on a line each, for a page that has a part on each below."""
    columns = column_formats("red_measures", ("measure", "marks", "value", "commentary", "actions"), numbers=("value",))
    rows = pd.DataFrame([_red(red, measures) for red in reds], columns=[*columns, "illustrative"])
    return table(rows, REPORT.say("table.red_measures"), columns, "judgements")


def _red(red: RedMeasure, measures: Mapping[str, Measure]) -> dict[str, Any]:
    judgement, measure = red.judgement, measures[red.judgement.measure]
    return {
        "measure": Shown(Html('<a href="#{}">{}</a>').format(slug(measure.id), measure.short_name)),
        "marks": what_is_red(judgement),
        "value": format_figure(judgement.value, measure.unit, measure.decimals, judgement.marker),
        "commentary": REPORT.say("table.has_commentary" if red.commentary.strip() else "table.lacks_commentary"),
        "actions": float(len(red.actions)),
        "illustrative": judgement.illustrative,
    }


def reasons(judgements: pd.DataFrame, caption: str, measures: Mapping[str, Measure]) -> Shown:
    """Each measure with the sentences behind its marks; those that several share stand once under the table."""
    shown = judgements.assign(short=[measures[name].short_name for name in judgements["measure"]])
    return table_said_once(
        shown, shown["short"], ["reason"], caption, column_formats("reasons", ("short", "reason")), "judgements"
    )


def duties(judgements: pd.DataFrame, measures: Mapping[str, Measure]) -> Shown:
    """Each duty with a figure, and whether it is met."""
    watched = judgements[judgements["statutory_status"] != "no duty"]
    rows = []
    for judgement in JUDGEMENTS.rows(watched):
        measure = measures[judgement.measure]
        statutory = measure.statutory
        figure = format_figure(judgement.value, judgement.unit, measure.decimals, judgement.marker)
        value = REPORT.say("table.figure", value=figure, period=format_period(judgement.period))
        about = {"duty": statutory.duty, "law": statutory.reference} if statutory else {}
        rows.append(
            {
                **about,
                "status": duty_mark(judgement),
                "value": value,
                "illustrative": judgement.illustrative,
            }
        )
    columns = column_formats("duties", ("duty", "status", "value", "law"))
    return table(
        pd.DataFrame(rows, columns=[*columns, "illustrative"]), REPORT.say("table.duties"), columns, "judgements"
    )


def delivery(actions: pd.DataFrame, parts: Iterable[tuple[str, str]], red_after_days: int) -> Shown:
    """How many actions of each priority are green, amber and red; ``parts`` are (id, name)."""
    rows = []
    for key, name in parts:
        mine = actions[actions["priority"] == key]
        counted = {colour: float((mine["delivery_rag"] == colour).sum()) for colour in ("green", "amber", "red")}
        labels = "illustrative" if (mine["illustrative"] != "").any() else ""
        rows.append({"priority": REPORT.say("table.priority", id=key, name=name), **counted, "illustrative": labels})
    columns = column_formats("delivery", ("priority", "green", "amber"))
    columns["red"] = ColumnFormat(REPORT.say("heading.delivery.red", days=red_after_days))
    return table(pd.DataFrame(rows), REPORT.say("table.delivery"), columns)


def figures(judgements: pd.DataFrame, caption: str, measures: Mapping[str, Measure]) -> Shown:
    """How figures came about: numerator of denominator, value, the range it lies in, and the margin where set.

    Example: ``figures(judgements, "How its figure came about", catalogue)``; its frame is ``judgements``.
    """
    rows = pd.DataFrame(
        [_figure_row(one, measures[one.measure]) for one in JUDGEMENTS.rows(judgements)], columns=list(_FIGURES)
    )
    return replace(
        table(rows, caption, column_formats("figures", _FIGURES), "judgements"), frames={caption: judgements}
    )


_FIGURES = ("measure", "counts", "value", "range", "margin")


def _figure_row(judgement: Judgement, measure: Measure) -> dict[str, str]:
    """One measure as its figure came about; "" where there are no counts or no margin."""

    def say(value: float) -> str:
        return format_figure(value, measure.unit, measure.decimals)

    counts = {"above": judgement.numerator, "below": judgement.denominator}
    value = say(judgement.value) if judgement.marker == "" else f"[{judgement.marker}]"
    counted = {name: f"{count:,.0f}" for name, count in counts.items() if not math.isnan(count)}
    likely = REPORT.say("table.range", low=say(judgement.low), high=say(judgement.high))
    unit = "points" if measure.unit == "percent" else measure.unit
    return {
        "measure": measure.short_name,
        "counts": REPORT.say("table.above_of_below", **counted) if len(counted) == len(counts) else "",
        "value": REPORT.say("table.figure", value=value, period=format_period(judgement.period)),
        "range": likely if not math.isnan(judgement.low) else "",
        "margin": format_target(measure.tolerance, unit, measure.decimals) if measure.tolerance else "",
    }
