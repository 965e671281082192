"""Figures of the review before that are others now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.params import Measure
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.numbers import format_change, format_figure, format_period
from toolkit.words.year_on_year import mark_name

__all__ = ["flips_in_words", "revisions", "revisions_sentence"]

_REVISIONS: Columns = {
    "name": "Measure",
    "change": "Change",
    "area": "Area",
    "period": "Period",
    "then": "Last year's review used",
    "now": "Now",
    "flips": Column("What would last year's review say otherwise?", empty="nothing"),
    "what": "What happened",
    "editions": "Editions",
}

_HAPPENED = {
    "revised": "revised",
    "filled in": "there was no figure, now there is",
    "withdrawn": "there was a figure, now there is none",
    "counted otherwise": "no revision: the publisher counts it in another way now",
    "hidden": "changed; hidden to protect individuals",
}

_TOLD = "told with the first figure of this measure"


def revisions(rows: pd.DataFrame, measures: Mapping[str, Measure]) -> Shown:
    """REVISIONS as a table. Example: ``revisions(review.revisions, review.catalogue)``"""
    flipped = set(rows.loc[rows["flips"] != "", "measure"])
    shown = [_row(row, measures[row["measure"]], flipped) for row in rows.to_dict("records")]
    columns = [*_REVISIONS, "illustrative"]
    return table(pd.DataFrame(shown, columns=columns), "Figures of last year's review that have changed", _REVISIONS)


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
        "what": " ".join(filter(None, [_HAPPENED[row["kind"]], row["note"] and f"({row['note']})"])),
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
    counts = "" if pd.isna(above) or pd.isna(below) else f" ({above:,.0f} of {below:,.0f})"
    return format_figure(row[f"{side}_value"], *how) + counts


def _from_to(row: Mapping[Any, Any]) -> str:
    return f"{row['then_edition']}, now {row['now_edition'] or 'none'}"


def _flips(row: Mapping[Any, Any], flipped: set[str]) -> str:
    """What would be judged otherwise, in the first row of its measure; further ones point there."""
    elsewhere = row["measure"] in flipped and row["kind"] != "counted otherwise" and not row["flips"]
    return _TOLD if elsewhere else flips_in_words(row["flips"])


def flips_in_words(flips: str) -> str:
    """The marks that would be others, as people name them.

    >>> flips_in_words("direction: worse, now better")
    'change since the start: worse, now better'
    """
    pairs = [flip.split(": ", maxsplit=1) for flip in flips.split("; ") if flip]
    return "; ".join(f"{mark_name(mark)}: {said}" for mark, said in pairs)


def revisions_sentence(rows: pd.DataFrame, earlier: int | None) -> str:
    """How many figures of the review before have changed, and whether it would say anything otherwise."""
    if earlier is None:
        return "There is no review before this one to compare with."
    real = rows[rows["kind"] != "counted otherwise"]
    if real.empty:
        return f"No figure that the review of {earlier} used has changed since."
    one = len(real) == 1
    said = f"{len(real)} {'figure' if one else 'figures'} that the review of {earlier} used"
    flipped = real.loc[real["flips"] != "", "measure"].nunique()
    measures = "one measure" if flipped == 1 else f"{flipped} measures"
    after = f"That review would judge {measures} otherwise today" if flipped else "No mark of that review would change"
    return f"{said} {'has' if one else 'have'} changed since. {after}."
