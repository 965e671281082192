"""Figures of the review before that have changed since."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.codes import RevisionKind
from toolkit.frames import REVISIONS, Revision
from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_change, format_figure, format_period
from toolkit.words.revisions import say_flips, say_kind

__all__ = ["revisions"]

_REVISIONS = ("name", "change", "area", "period", "then", "now", "flips", "what", "editions")


def revisions(rows: pd.DataFrame, measures: Mapping[str, Measure]) -> Shown:
    """REVISIONS as a table. Example: ``revisions(review.revisions, review.catalogue)``"""
    flipped = set(rows.loc[rows["flips"] != "", "measure"])
    shown = [_row(revision, measures[revision.measure], flipped) for revision in REVISIONS.rows(rows)]
    columns = [*_REVISIONS, "illustrative"]
    return table(
        pd.DataFrame(shown, columns=columns),
        REPORT.say("table.revisions"),
        column_formats("revisions", _REVISIONS),
        "revisions",
    )


def _row(revision: Revision, measure: Measure, flipped: set[str]) -> dict[str, Any]:
    how = (measure.unit, measure.decimals, revision.marker)
    return {
        "name": measure.short_name,
        "change": format_change(revision.difference, *_finer(revision, measure)),
        "area": revision.area,
        "period": format_period(revision.period),
        "then": format_figure(revision.then_value, *how) + _counts(revision.then_numerator, revision.then_denominator),
        "now": format_figure(revision.now_value, *how) + _counts(revision.now_numerator, revision.now_denominator),
        "flips": _flips(revision, flipped),
        "what": say_kind(revision.kind, revision.note),
        "editions": revision.then_edition if revision.then_edition == revision.now_edition else _from_to(revision),
        "illustrative": revision.illustrative,
    }


def _finer(revision: Revision, measure: Measure) -> tuple[str, int, str]:
    """Unit, decimals and marker of the difference: with decimals enough to show that it is one."""
    size = abs(revision.difference)
    enough = next((d for d in range(measure.decimals, 4) if size >= 0.5 * 10.0**-d), 4)
    return measure.unit, enough, revision.marker


def _counts(numerator: float, denominator: float) -> str:
    """The counts behind a figure, such as " (371 of 375)"; "" where one is missing."""
    if math.isnan(numerator) or math.isnan(denominator):
        return ""
    return REPORT.say("table.counts", above=f"{numerator:,.0f}", below=f"{denominator:,.0f}")


def _from_to(revision: Revision) -> str:
    now = revision.now_edition or REPORT.say("table.no_edition")
    return REPORT.say("table.change_of_editions", then=revision.then_edition, now=now)


def _flips(revision: Revision, flipped: set[str]) -> str:
    """What would be judged differently, in the first row of its measure; further ones point there."""
    elsewhere = revision.measure in flipped and revision.kind != RevisionKind.REDEFINED and not revision.flips
    return REPORT.say("revision.flips_elsewhere") if elsewhere else say_flips(revision.flips)
