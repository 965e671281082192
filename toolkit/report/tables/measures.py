"""The measures of a page: one row a measure, what it is now and its four marks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.aims import target_word
from toolkit.analysis.precision import finely
from toolkit.params import Measure
from toolkit.report.marks import duty_mark, mark
from toolkit.report.shown import Html, Shown, as_attribute, as_text
from toolkit.report.tables.table import Column, Columns, marked, table
from toolkit.words.numbers import format_change, format_figure, format_move, format_period, format_target

__all__ = ["measures_table"]

_COLUMNS: Columns = {
    "measure": "Measure",
    "target_mark": "Are we achieving?",
    "value": Column("Latest figure", "number"),
    "baseline": Column("Baseline", "number"),
    "change": Column("Change", "number"),
    "direction_mark": "Are we getting better?",
    "duty_mark": "Is the duty met?",
    "confidence_mark": "How sure are we?",
}

_TWO_SETS: Columns = {
    "beside": "Beside similar authorities",
    "beside_before": "Beside the set used before",
}


def measures_table(
    judgements: pd.DataFrame, caption: str, measures: Mapping[str, Measure], places: Mapping[str, str] | None = None
) -> Shown:
    """JUDGEMENTS as a table; ``measures`` gives short names and decimals, ``places`` the link of a measure.

    The rating stands in the second column, where a narrow screen still shows it. In a year when the set of similar
    authorities changes, what stands beside either set is shown too.

    Example: ``measures_table(judgements, "Priority 1: measures", catalogue, {"plans": "#plans"})``
    """
    rows = [_row(row, measures[row["measure"]], places or {}) for row in judgements.to_dict("records")]
    changed = (judgements["versus_neighbours_before"] != "").any()
    return table(pd.DataFrame(rows), caption, {**_COLUMNS, **_TWO_SETS} if changed else _COLUMNS)


def _row(row: Mapping[Any, Any], measure: Measure, places: Mapping[str, str]) -> dict[str, Any]:
    marker, measure = str(row["marker"]), finely(measure, row)
    value = format_figure(row["value"], row["unit"], measure.decimals, marker)
    baseline = format_figure(row["baseline_value"], row["unit"], measure.decimals, row["baseline_marker"])
    aim = format_target(row["target"], row["unit"], measure.decimals)
    aimed = f"target {aim} by {format_period(row['target_period'])}"
    return {
        "measure": _name(measure, places),
        "target_mark": _with(mark(target_word(row)), aimed, row["target_period"]),
        "value": _with(value, f"in {format_period(row['period'])}", row["period"]),
        "baseline": _with(baseline, f"in {format_period(row['baseline_period'])}", row["baseline_period"]),
        "change": _change(row, measure),
        "direction_mark": mark(row["direction"]),
        "duty_mark": duty_mark(row),
        "confidence_mark": mark(row["confidence"]),
        "beside": _beside(row, measure, "neighbours"),
        "beside_before": _beside(row, measure, "neighbours_before"),
        "illustrative": row["illustrative"],
    }


def _change(row: Mapping[Any, Any], measure: Measure) -> str:
    if math.isnan(row["change"]):
        return format_change(math.nan, row["unit"], 0, row["marker"] if row["marker"] == "c" else "")
    return format_move(row["value"], row["baseline_value"], row["unit"], measure.decimals)


def _beside(row: Mapping[Any, Any], measure: Measure, circle: str) -> Shown:
    """The word beside a set of similar authorities, and their mean."""
    mean = format_figure(row[f"comparator_{circle}"], row["unit"], measure.decimals)
    return _with(mark(row[f"versus_{circle}"]), f"average {mean}", row[f"versus_{circle}"])


def _name(measure: Measure, places: Mapping[str, str]) -> Shown:
    name = as_text(measure.short_name)
    place = places.get(measure.id)
    return Shown(Html('<a href="{}">{}</a>').format(as_attribute(place), name) if place else name)


def _with(main: Shown | str, more: str, when: str) -> Shown:
    """The main words of a cell with smaller ones under them, where there is anything to add."""
    html = main.html if isinstance(main, Shown) else marked(main)
    return Shown(Html('{}<span class="small">{}</span>').format(html, more) if when else html)
