"""One figure worked out twice, side by side, with what may explain a difference."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from toolkit.analysis.reconciliation import RECONCILED, ReconciledPeriod
from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import ColumnFormat, column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period
from toolkit.words.reconciliation import explain_difference, say_difference

__all__ = ["reconciliation"]


def reconciliation(rows: pd.DataFrame, measure: Measure, other: Measure, illustrative: bool) -> Shown:
    """RECONCILED of ``measure`` and ``other``. Example: ``reconciliation(rows, local, published, True)``"""
    shown = pd.DataFrame([_row(pair, measure, illustrative) for pair in RECONCILED.rows(rows)])
    counts = ("here_counts", "there_counts")
    headings = column_formats("reconciliation", ("difference", *counts, "explanation"), numbers=counts)
    columns = {
        "period": ColumnFormat(measure.basis.capitalize()),
        "difference": headings["difference"],
        "here": ColumnFormat(measure.short_name, "number"),
        "here_counts": headings["here_counts"],
        "there": ColumnFormat(other.short_name, "number"),
        "there_counts": headings["there_counts"],
        "explanation": headings["explanation"],
    }
    caption = REPORT.say("table.reconciliation", here=measure.short_name, there=other.short_name)
    return table(shown, caption, columns)


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
    return (
        ""
        if math.isnan(above) or math.isnan(below)
        else REPORT.say("table.count_of", count=f"{above:,.0f}", all=f"{below:,.0f}")
    )
