"""Waits by the year in which cases began, a row a year."""

from __future__ import annotations

import math

import pandas as pd

from toolkit.frames import OPEN_CASES, WAITS, Wait
from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import ColumnFormat, column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure
from toolkit.words.waits import leaves_cases_out, say_band

__all__ = ["open_cases", "waits"]


def waits(rows: pd.DataFrame, measure: Measure, due: int, illustrative: bool) -> Shown:
    """WAITS of one measure, whose end should come within ``due`` weeks."""
    cohorts = [_row(WAITS.rows(cohort), due, illustrative) for _, cohort in rows.groupby("cohort", sort=True)]
    weeks = [f"{each:.0f}" for each in sorted(set(rows["weeks"]))]
    also = _ALSO if leaves_cases_out(rows) else _ALSO[:-2]
    headings = column_formats("waits", ("cohort", *also), numbers=also)
    within = {f"within_{n}": ColumnFormat(REPORT.say("table.within_weeks", weeks=n), "number") for n in weeks}
    columns = {"cohort": headings["cohort"], "cases": headings["cases"], **within, **headings}
    return table(pd.DataFrame(cohorts), REPORT.say("table.waits", name=measure.short_name), columns, "waits")


def open_cases(rows: pd.DataFrame, measure: Measure, illustrative: bool) -> Shown:
    """OPEN_CASES of one measure, a row for each band of weeks."""
    shown = [
        {
            "waited": say_band(row.over, row.up_to),
            "cases": format_figure(row.cases, "number", 0, row.marker),
            "illustrative": "illustrative" if illustrative else "",
        }
        for row in OPEN_CASES.rows(rows)
    ]
    columns = column_formats("open_cases", ("waited", "cases"), numbers=("cases",))
    return table(pd.DataFrame(shown), REPORT.say("table.open_cases", name=measure.short_name), columns, "open_cases")


_ALSO = ("cases", "measured", "open", "refused", "ended")


def _row(rows: list[Wait], due: int, illustrative: bool) -> dict[str, str]:
    at = next(row for row in rows if row.weeks == due)
    return {
        "cohort": at.cohort,
        "cases": _count(at.cases),
        **{f"within_{row.weeks:.0f}": _share(row, row.weeks == due) for row in rows},
        "measured": format_figure(at.measured, "percent", 1, (at.marker or "x") if math.isnan(at.measured) else ""),
        "open": _count(at.open),
        "refused": format_figure(at.refused_share, "percent", 1, at.marker),
        "ended": format_figure(at.ended_share, "percent", 1, at.marker),
        "illustrative": "illustrative" if illustrative else "",
    }


def _share(row: Wait, with_range: bool) -> str:
    share, low, high = (format_figure(value, "percent", 1, row.marker) for value in (row.share, row.low, row.high))
    return (
        share
        if math.isnan(row.share) or not with_range
        else REPORT.say("table.share_with_range", share=share, low=low, high=high)
    )


def _count(count: float) -> str:
    return format_figure(count, "number", 0, "c" if math.isnan(count) else "")
