"""One figure worked out twice, side by side, with what may explain a difference."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from toolkit.analysis.reconciliation import RECONCILED, ReconciledPeriod
from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.numbers import format_figure, format_period
from toolkit.words.reconciliation import explain_difference, say_difference

__all__ = ["reconciliation"]


def reconciliation(rows: pd.DataFrame, measure: Measure, other: Measure, illustrative: bool) -> Shown:
    """RECONCILED of ``measure`` and ``other``. Example: ``reconciliation(rows, local, published, True)``"""
    shown = pd.DataFrame([_row(pair, measure, illustrative) for pair in RECONCILED.rows(rows)])
    columns: Columns = {
        "period": measure.basis.capitalize(),
        "difference": "Do they agree?",
        "here": Column(measure.short_name, "number"),
        "here_counts": Column("Counted", "number", empty="not given"),
        "there": Column(other.short_name, "number"),
        "there_counts": Column("Counted there", "number", empty="not given"),
        "explanation": "What may explain it",
    }
    return table(shown, f"{measure.short_name} compared with {other.short_name}", columns)


def _row(pair: ReconciledPeriod, measure: Measure, illustrative: bool) -> dict[str, Any]:
    return {
        "period": format_period(pair.period),
        "difference": say_difference(pair, measure),
        "here": format_figure(pair.value, measure.unit, measure.decimals, pair.marker),
        "here_counts": _counts(pair, ""),
        "there": format_figure(pair.other_value, measure.unit, measure.decimals, pair.other_marker),
        "there_counts": _counts(pair, "other_"),
        "explanation": explain_difference(pair, measure),
        "illustrative": "illustrative" if illustrative else "",
    }


def _counts(pair: ReconciledPeriod, side: str) -> str:
    above, below = getattr(pair, f"{side}numerator"), getattr(pair, f"{side}denominator")
    return "" if math.isnan(above) or math.isnan(below) else f"{above:,.0f} of {below:,.0f}"
