"""Figures of the review before that have changed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.codes import RevisionKind
from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import columns_of, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_change, format_figure, format_period
from toolkit.words.revisions import say_flips, say_kind

__all__ = ["revisions"]

_REVISIONS = ("name", "change", "area", "period", "then", "now", "flips", "what", "editions")


def revisions(rows: pd.DataFrame, measures: Mapping[str, Measure]) -> Shown:
    """REVISIONS as a table. Example: ``revisions(review.revisions, review.catalogue)``"""
    flipped = set(rows.loc[rows["flips"] != "", "measure"])
    shown = [_row(row, measures[row["measure"]], flipped) for row in rows.to_dict("records")]
    columns = [*_REVISIONS, "illustrative"]
    return table(
        pd.DataFrame(shown, columns=columns), REPORT.say("table.revisions"), columns_of("revisions", _REVISIONS)
    )


def _row(row: Mapping[Any, Any], measure: Measure, flipped: set[str]) -> dict[str, Any]:
    how = (measure.unit, measure.decimals, row["marker"])
    return {
        "name": measure.short_name,
        "change": format_change(row["difference"], *_finer(row, measure)),
        "area": row["area"],
        "period": format_period(row["period"]),
        "then": _figure(row, "then", how),
        "now": _figure(row, "now", how),
        "flips": _flips(row, flipped),
        "what": say_kind(row["kind"], row["note"]),
        "editions": row["then_edition"] if row["then_edition"] == row["now_edition"] else _from_to(row),
        "illustrative": row["illustrative"],
    }


def _finer(row: Mapping[Any, Any], measure: Measure) -> tuple[str, int, str]:
    """Unit, decimals and marker of the difference: with decimals enough to show that it is one."""
    size = abs(row["difference"])
    enough = next((d for d in range(measure.decimals, 4) if size >= 0.5 * 10.0**-d), 4)
    return measure.unit, enough, row["marker"]


def _figure(row: Mapping[Any, Any], side: str, how: tuple[str, int, str]) -> str:
    """A figure with its counts: 98.9% (371 of 375)."""
    above, below = row[f"{side}_numerator"], row[f"{side}_denominator"]
    counts = (
        ""
        if pd.isna(above) or pd.isna(below)
        else REPORT.say("table.counts", above=f"{above:,.0f}", below=f"{below:,.0f}")
    )
    return format_figure(row[f"{side}_value"], *how) + counts


def _from_to(row: Mapping[Any, Any]) -> str:
    now = row["now_edition"] or REPORT.say("table.no_edition")
    return REPORT.say("table.change_of_editions", then=row["then_edition"], now=now)


def _flips(row: Mapping[Any, Any], flipped: set[str]) -> str:
    """What would be judged differently, in the first row of its measure; further ones point there."""
    elsewhere = row["measure"] in flipped and row["kind"] != RevisionKind.REDEFINED and not row["flips"]
    return REPORT.say("revision.flips_elsewhere") if elsewhere else say_flips(row["flips"])
