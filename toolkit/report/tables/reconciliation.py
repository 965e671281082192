"""One figure worked out twice, side by side, with what may explain a difference."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.numbers import format_figure, format_period

__all__ = ["difference_in_words", "reconciliation"]


def reconciliation(rows: pd.DataFrame, measure: Measure, other: Measure, illustrative: bool) -> Shown:
    """RECONCILED of ``measure`` beside ``other``. Example: ``reconciliation(rows, local, published, True)``"""
    shown = pd.DataFrame([_row(row, measure, illustrative) for row in rows.to_dict("records")])
    columns: Columns = {
        "period": measure.basis.capitalize(),
        "difference": "Do they agree?",
        "here": Column(measure.short_name, "number"),
        "here_counts": Column("Counted", "number", empty="not given"),
        "there": Column(other.short_name, "number"),
        "there_counts": Column("Counted there", "number", empty="not given"),
        "explanation": "What may explain it",
    }
    return table(shown, f"{measure.short_name}, beside {other.short_name}", columns)


def _row(row: Mapping[Any, Any], measure: Measure, illustrative: bool) -> dict[str, Any]:
    return {
        "period": format_period(row["period"]),
        "difference": difference_in_words(row, measure),
        "here": format_figure(row["value"], measure.unit, measure.decimals, row["marker"]),
        "here_counts": _counts(row, ""),
        "there": format_figure(row["other_value"], measure.unit, measure.decimals, row["other_marker"]),
        "there_counts": _counts(row, "other_"),
        "explanation": row["explanation"],
        "illustrative": "illustrative" if illustrative else "",
    }


def _counts(row: Mapping[Any, Any], side: str) -> str:
    above, below = row[f"{side}numerator"], row[f"{side}denominator"]
    return "" if math.isnan(above) or math.isnan(below) else f"{above:,.0f} of {below:,.0f}"


def difference_in_words(row: Mapping[Any, Any], measure: Measure) -> str:
    """Such as "agrees: 0.02 percentage points higher"; the tolerance decides between agrees and differs."""
    difference = row["difference"]
    if math.isnan(difference):
        return "not known"
    unit = "points" if measure.unit == "percent" else measure.unit
    size = format_figure(abs(difference), unit, measure.decimals + 1 if measure.unit == "percent" else measure.decimals)
    way = "higher" if difference > 0 else "lower"
    verdict = "differs" if row["outside"] else "agrees"
    return f"{verdict}: {size} {way}" if float(size.split()[0].replace(",", "").strip("£%")) else f"{verdict}: the same"
