"""What has become of the figures of an earlier review: which of them would be others today, and what would follow."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from toolkit.analysis.comparisons import CANNOT, neighbour_mean
from toolkit.analysis.setting import Setting
from toolkit.frames import REVISIONS
from toolkit.params import Measure

__all__ = [
    "COMPARED_MARKS",
    "NEIGHBOURS_MEAN",
    "OTHERWISE",
    "ReviewFigures",
    "find_revisions",
    "flips_of",
    "parse_flips",
    "revised_figures",
]

OTHERWISE = "counted otherwise"
NEIGHBOURS_MEAN = "Similar authorities (mean)"
COMPARED_MARKS = (
    "direction",
    "target_status",
    "statutory_status",
    "versus_england",
    "versus_neighbours",
    "versus_neighbours_before",
)
"""The marks of a judgement that are worked out again with the figures of today."""

_KEY = ["measure", "area_code", "period", "breakdown"]
_NUMBERS = ["value", "numerator", "denominator"]
_HIDDEN = "c"
_EXACT = 1e-9


@dataclass(frozen=True)
class ReviewFigures:
    """RESULTS of a review and the (measure, area, period) that are hidden in it; none in the internal profile."""

    results: pd.DataFrame
    hidden: Collection[tuple[str, str, str]] = ()


def find_revisions(
    then: ReviewFigures,
    now: ReviewFigures,
    setting: Setting,
    measures: Mapping[str, Measure],
    redefined: Mapping[str, str],
) -> pd.DataFrame:
    """REVISIONS: the figures of the earlier review (``then``) that are others ``now``, by measure, area and period.

    Looked at are the authority, England, the region and the mean of the similar authorities of ``setting``, which is
    the earlier review's own. Both sides are worked out by its definitions, so that a measure that was defined anew
    is no revision; ``redefined`` (measure → reason) are those whose publisher counts otherwise now. A figure that is
    hidden in either review has no number on either side.
    """
    both = then.results.merge(now.results, how="left", on=_KEY, suffixes=("_then", "_now"), indicator="found")
    named = {setting.authority: 0, setting.england: 1, setting.region: 2}
    hidden = set(then.hidden) | set(now.hidden)
    rows = [
        _row(row, (row["area_name_then"], row["area_code"]), _is_hidden(row, hidden))
        for row in both[both["area_code"].isin(list(named))].to_dict("records")
    ]
    means = both[both["area_code"].isin(list(setting.neighbours))].groupby(["measure", "period", "breakdown"])
    rows += [_mean(part, hidden) for _, part in means]
    changed = [row | _about(measures[row["measure"]], redefined, setting) for row in rows if _differs(row)]
    table = pd.DataFrame([_shown(row) for row in changed], columns=list(REVISIONS.columns))
    order = {measure: place for place, measure in enumerate(measures)}
    placed = table.assign(
        at=table["measure"].map(order), who=[named.get(code, len(named)) for code in table["area_code"]]
    )
    return REVISIONS.validate(placed.sort_values(["at", "who", "period"], kind="stable").drop(columns=["at", "who"]))


def _is_hidden(row: Mapping[Any, Any], hidden: Collection[tuple[str, str, str]]) -> bool:
    return (row["measure"], row["area_code"], row["period"]) in hidden


def _row(row: Mapping[Any, Any], whose: tuple[str, str], hidden: bool) -> dict[str, Any]:
    """One figure on both sides."""
    numbers = {f"{side}_{name}": float(row[f"{name}_{side}"]) for side in ("then", "now") for name in _NUMBERS}
    return {
        "measure": row["measure"],
        "area": whose[0],
        "area_code": whose[1],
        "period": row["period"],
        "then_edition": row["edition_then"],
        "now_edition": row["edition_now"] if row["found"] == "both" else "",
        "hidden": hidden,
        "gone": row["found"] != "both",
        **numbers,
    }


def _mean(part: pd.DataFrame, hidden: Collection[tuple[str, str, str]]) -> dict[str, Any]:
    """The mean of the similar authorities on both sides; hidden where one of them is."""
    rows = part.to_dict("records")
    first = rows[0] | {"found": "both" if (part["found"] == "both").any() else "left_only"}
    first |= {"edition_now": max((str(row["edition_now"]) for row in rows if row["found"] == "both"), default="")}
    for side in ("then", "now"):
        first |= {f"value_{side}": float(neighbour_mean(part[f"value_{side}"].to_numpy(dtype="float64")))}
        first |= {f"numerator_{side}": math.nan, f"denominator_{side}": math.nan}
    return _row(first, (NEIGHBOURS_MEAN, ""), any(_is_hidden(row, hidden) for row in rows))


def _differs(row: Mapping[str, Any]) -> bool:
    return any(not _same(row[f"then_{name}"], row[f"now_{name}"]) for name in _NUMBERS)


def _same(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=_EXACT, abs_tol=_EXACT)


def _about(measure: Measure, redefined: Mapping[str, str], setting: Setting) -> dict[str, Any]:
    return {
        "name": measure.short_name,
        "unit": measure.unit,
        "basis": measure.basis,
        "source": measure.source,
        "note": redefined.get(measure.id, ""),
        "illustrative": "illustrative" if measure.source in setting.illustrative else "",
    }


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it leaves: without a number on either side where one of the two reviews hides it."""
    then, now = row["then_value"], row["now_value"]
    kind = "withdrawn" if row["gone"] or math.isnan(now) else "filled in" if math.isnan(then) else "revised"
    shown = {
        **row,
        "kind": OTHERWISE if row["note"] else kind,
        "difference": now - then,
        "marker": "",
        "flips": "",
    }
    if row["hidden"]:
        numbers = ("difference", *(f"{side}_{name}" for side in ("then", "now") for name in _NUMBERS))
        shown |= dict.fromkeys(numbers, math.nan) | {"marker": _HIDDEN, "kind": "hidden"}
    return {name: shown[name] for name in REVISIONS.columns}


def flips_of(then: pd.DataFrame, now: pd.DataFrame) -> dict[str, str]:
    """Measure → the marks that would be others: "direction: no clear change, now better; versus_england: …".

    ``then`` and ``now`` are JUDGEMENTS of one review, the second with today's figures. A mark that one of them cannot
    give is among them: it too would be another.
    """
    after = {row["measure"]: row for row in now.to_dict("records")}
    told = {}
    for row in then.to_dict("records"):
        other = after.get(row["measure"])
        marks = [
            f"{mark}: {row[mark] or CANNOT}, now {other[mark] or CANNOT}"
            for mark in COMPARED_MARKS
            if other is not None and row[mark] != other[mark]
        ]
        if marks:
            told[row["measure"]] = "; ".join(marks)
    return told


class Flip(NamedTuple):
    """One mark of the earlier review, and what it would be today."""

    mark: str
    then: str
    now: str


def parse_flips(flips: str) -> list[Flip]:
    """The flips of a row of REVISIONS, as ``flips_of`` writes them."""
    pairs = (flip.split(": ", maxsplit=1) for flip in flips.split("; ") if flip)
    return [Flip(mark, *change.split(", now ", maxsplit=1)) for mark, change in pairs]


def revised_figures(revisions: pd.DataFrame, area: str, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """The area's figures among REVISIONS that now read differently: measure, period, value_before, value.

    A figure that differs by less than the last decimal its measure is shown with has not changed for a reader.
    """
    mine = revisions[(revisions["area_code"] == area) & (revisions["kind"] == "revised")]
    seen = pd.Series([0.5 * 10.0 ** -measures[name].decimals for name in mine["measure"]], mine.index, dtype="float64")
    told = mine.loc[mine["difference"].abs() >= seen, ["measure", "period", "then_value", "now_value"]]
    return told.set_axis(["measure", "period", "value_before", "value"], axis=1).reset_index(drop=True)
