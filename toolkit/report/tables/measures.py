"""The measures of a page: one row a measure, what it is now and its four marks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from toolkit.analysis.precision import refine_decimals
from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import Measure
from toolkit.report.marks import duty_mark, mark
from toolkit.report.shown import Html, Shown, as_attribute, as_text
from toolkit.report.tables.table import column_formats, label_markers, table
from toolkit.words.bank import REPORT
from toolkit.words.new_data import describe_figure_date
from toolkit.words.numbers import format_change, format_figure, format_move, format_period, format_target

__all__ = ["measures_table"]

_COLUMNS = ("measure", "target_mark", "value", "baseline", "change", "direction_mark", "duty_mark", "confidence_mark")

_TWO_SETS = ("beside", "beside_before")


def measures_table(
    judgements: pd.DataFrame, caption: str, measures: Mapping[str, Measure], places: Mapping[str, str] | None = None
) -> Shown:
    """JUDGEMENTS as a table; ``measures`` gives short names and decimals, ``places`` the link of a measure.

    The rating stands in the second column, where a narrow screen still shows it. In a year when the set of similar
    authorities changes, what stands beside either set is shown too.

    Example: ``measures_table(judgements, "Priority 1: measures", catalogue, {"plans": "#plans"})``
    """
    rows = [_row(judgement, measures[judgement.measure], places or {}) for judgement in JUDGEMENTS.rows(judgements)]
    changed = (judgements["versus_neighbours_before"] != "").any()
    columns = column_formats("measures", _COLUMNS, numbers=("value", "baseline", "change"))
    shown = table(
        pd.DataFrame(rows), caption, columns | (column_formats("two_sets", _TWO_SETS) if changed else {}), "judgements"
    )
    return replace(shown, frames={caption: judgements})


def _row(judgement: Judgement, measure: Measure, places: Mapping[str, str]) -> dict[str, Any]:
    marker, measure = judgement.marker, refine_decimals(measure, judgement)
    value = format_figure(judgement.value, judgement.unit, measure.decimals, marker)
    baseline = format_figure(judgement.baseline_value, judgement.unit, measure.decimals, judgement.baseline_marker)
    aim = format_target(judgement.target, judgement.unit, measure.decimals)
    aimed = REPORT.say("table.measures.target", aim=aim, by=format_period(judgement.target_period))
    return {
        "measure": _name(measure, places),
        "target_mark": _with(mark(judgement.target_status), aimed, judgement.target_period),
        "value": _with(value, describe_figure_date(judgement), judgement.period),
        "baseline": _with(baseline, _in(judgement.baseline_period), judgement.baseline_period),
        "change": _change(judgement, measure),
        "direction_mark": mark(judgement.direction),
        "duty_mark": duty_mark(judgement),
        "confidence_mark": mark(judgement.confidence),
        "beside": _beside(judgement, measure, "neighbours"),
        "beside_before": _beside(judgement, measure, "neighbours_before"),
        "illustrative": judgement.illustrative,
    }


def _in(period: str) -> str:
    return REPORT.say("table.in_period", period=format_period(period))


def _change(judgement: Judgement, measure: Measure) -> str:
    if math.isnan(judgement.change):
        return format_change(math.nan, judgement.unit, 0, judgement.marker if judgement.marker == "c" else "")
    return format_move(judgement.value, judgement.baseline_value, judgement.unit, measure.decimals)


def _beside(judgement: Judgement, measure: Measure, circle: str) -> Shown:
    """The word beside a set of similar authorities, and their mean."""
    mean = format_figure(getattr(judgement, f"comparator_{circle}"), judgement.unit, measure.decimals)
    return _with(
        mark(getattr(judgement, f"versus_{circle}")),
        REPORT.say("table.measures.average", mean=mean),
        getattr(judgement, f"versus_{circle}"),
    )


def _name(measure: Measure, places: Mapping[str, str]) -> Shown:
    name = as_text(measure.short_name)
    place = places.get(measure.id)
    return Shown(Html('<a href="{}">{}</a>').format(as_attribute(place), name) if place else name)


def _with(main: Shown | str, more: str, when: str) -> Shown:
    """The main words of a cell with smaller ones under them, where there is anything to add."""
    html = main.html if isinstance(main, Shown) else label_markers(main)
    return Shown(Html('{}<span class="small">{}</span>').format(html, more) if when else html)
