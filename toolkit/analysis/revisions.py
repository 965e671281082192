"""Which figures of an earlier review would differ today, and which of its marks would change."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from toolkit.analysis.codes import CANNOT, Marker, RevisionKind
from toolkit.analysis.comparisons import neighbour_mean
from toolkit.analysis.setting import Setting
from toolkit.frames import JUDGEMENTS, REVISIONS, Revision
from toolkit.params import Measure

__all__ = [
    "COMPARED_MARKS",
    "NEIGHBOURS",
    "ReviewFigures",
    "find_revisions",
    "flips_of",
    "parse_flips",
    "revised_figures",
]

NEIGHBOURS = "neighbours"
"""Stands for the mean of the similar authorities in place of an area."""

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
_EXACT = 1e-9


@dataclass(frozen=True)
class ReviewFigures:
    """RESULTS of a review and the (measure, area, period) that are hidden in it; none in the internal profile."""

    results: pd.DataFrame
    hidden: Collection[tuple[str, str, str]] = ()


class _Numbers(NamedTuple):
    """A figure with its counts; NaN where there is none."""

    value: float
    numerator: float
    denominator: float


_NOTHING = _Numbers(math.nan, math.nan, math.nan)


class _Pair(NamedTuple):
    """One figure by the editions of both reviews; ``gone`` where the later one has no row for it."""

    measure: str
    area: str
    area_code: str
    period: str
    editions: tuple[str, str]
    then: _Numbers
    now: _Numbers
    gone: bool
    hidden: bool


def find_revisions(
    then: ReviewFigures,
    now: ReviewFigures,
    setting: Setting,
    measures: Mapping[str, Measure],
    redefined: Mapping[str, str],
) -> pd.DataFrame:
    """REVISIONS: the figures of the earlier review (``then``) that differ ``now``, by measure, area and period.

    Compared are those of the authority, England, the region and the mean of the similar authorities of ``setting``,
    which is the earlier review's own. Both sides are worked out by its definitions, so that a redefined measure is no
    revision; ``redefined`` (measure → reason) are those whose publisher now counts differently. A figure that is hidden
    in either review has no number on either side. The mean has the area ``NEIGHBOURS`` and no code.
    """
    both = then.results.merge(now.results, how="left", on=_KEY, suffixes=("_then", "_now"), indicator="side")
    both = both.assign(gone=both["side"] != "both")
    hidden = set(then.hidden) | set(now.hidden)
    named = {setting.authority: 0, setting.england: 1, setting.region: 2}
    pairs = list(_pairs(both[both["area_code"].isin(list(named))], hidden))
    neighbours = both[both["area_code"].isin(list(setting.neighbours))].groupby(["measure", "period", "breakdown"])
    pairs += [_mean(list(_pairs(part, hidden))) for _, part in neighbours]
    order = {measure: place for place, measure in enumerate(measures)}
    changed = sorted(
        (pair for pair in pairs if _differs(pair)),
        key=lambda pair: (order[pair.measure], named.get(pair.area_code, len(named)), pair.period),
    )
    return REVISIONS.table(_revision(pair, measures[pair.measure], redefined, setting) for pair in changed)


def _pairs(both: pd.DataFrame, hidden: Collection[tuple[str, str, str]]) -> Iterator[_Pair]:
    names = ("value", "numerator", "denominator")
    then, now = (zip(*(both[f"{name}_{side}"] for name in names), strict=True) for side in ("then", "now"))
    keys = zip(both["measure"], both["area_code"], both["period"], strict=True)
    about = zip(both["area_name_then"], both["edition_then"], both["edition_now"], both["gone"], strict=True)
    for key, (area, edition, newer, gone), before, after in zip(keys, about, then, now, strict=True):
        measure, code, period = key
        editions = (edition, "" if gone else newer)
        yield _Pair(measure, area, code, period, editions, _Numbers(*before), _Numbers(*after), gone, key in hidden)


def _mean(neighbours: list[_Pair]) -> _Pair:
    """The mean of the similar authorities on both sides; hidden where one of them is."""
    then, now = (
        _NOTHING._replace(value=float(neighbour_mean([getattr(pair, side).value for pair in neighbours])))
        for side in ("then", "now")
    )
    return neighbours[0]._replace(
        area=NEIGHBOURS,
        area_code="",
        editions=(neighbours[0].editions[0], max(pair.editions[1] for pair in neighbours)),
        then=then,
        now=now,
        gone=all(pair.gone for pair in neighbours),
        hidden=any(pair.hidden for pair in neighbours),
    )


def _differs(pair: _Pair) -> bool:
    return not all(_same(one, other) for one, other in zip(pair.then, pair.now, strict=True))


def _same(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=_EXACT, abs_tol=_EXACT)


def _revision(pair: _Pair, measure: Measure, redefined: Mapping[str, str], setting: Setting) -> Revision:
    """The row as it leaves: without a number on either side where one of the two reviews hides it."""
    then, now = (_NOTHING, _NOTHING) if pair.hidden else (pair.then, pair.now)
    return Revision(
        measure=pair.measure,
        name=measure.short_name,
        area=pair.area,
        period=pair.period,
        then_value=then.value,
        now_value=now.value,
        difference=now.value - then.value,
        kind=_kind(pair, redefined),
        flips="",
        then_edition=pair.editions[0],
        now_edition=pair.editions[1],
        then_numerator=then.numerator,
        then_denominator=then.denominator,
        now_numerator=now.numerator,
        now_denominator=now.denominator,
        area_code=pair.area_code,
        unit=measure.unit,
        basis=measure.basis,
        source=measure.source,
        note=redefined.get(measure.id, ""),
        marker=Marker.HIDDEN if pair.hidden else "",
        illustrative="illustrative" if measure.source in setting.illustrative else "",
    )


def _kind(pair: _Pair, redefined: Mapping[str, str]) -> RevisionKind:
    if pair.hidden:
        return RevisionKind.HIDDEN
    if redefined.get(pair.measure):
        return RevisionKind.REDEFINED
    if pair.gone or math.isnan(pair.now.value):
        return RevisionKind.WITHDRAWN
    return RevisionKind.FILLED_IN if math.isnan(pair.then.value) else RevisionKind.REVISED


def flips_of(then: pd.DataFrame, now: pd.DataFrame) -> dict[str, str]:
    """Measure → the marks that would be others: "direction: no clear change, now better; versus_england: …".

    ``then`` and ``now`` are JUDGEMENTS of one review, the second with today's figures. A mark that one of them cannot
    give is among them: it too would be another.
    """
    after = {judgement.measure: judgement for judgement in JUDGEMENTS.rows(now)}
    flips = {}
    for before in JUDGEMENTS.rows(then):
        other = after.get(before.measure)
        pairs = [(mark, getattr(before, mark), getattr(other, mark, None)) for mark in COMPARED_MARKS if other]
        marks = [f"{mark}: {was or CANNOT}, now {is_now or CANNOT}" for mark, was, is_now in pairs if was != is_now]
        if marks:
            flips[before.measure] = "; ".join(marks)
    return flips


class Flip(NamedTuple):
    """One mark of the earlier review, and what it would be today."""

    mark: str
    then: str
    now: str

    @property
    def text(self) -> str:
        """The flip as a row of REVISIONS has it."""
        return f"{self.mark}: {self.then}, now {self.now}"


def parse_flips(flips: str) -> list[Flip]:
    """The flips of a row of REVISIONS, as ``flips_of`` writes them."""
    pairs = (flip.split(": ", maxsplit=1) for flip in flips.split("; ") if flip)
    return [Flip(mark, *change.split(", now ", maxsplit=1)) for mark, change in pairs]


def revised_figures(revisions: pd.DataFrame, area: str, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """The area's figures among REVISIONS that now read differently: measure, period, value_before, value.

    A figure that differs by less than the last decimal its measure is shown with has not changed for a reader.
    """
    mine = revisions[(revisions["area_code"] == area) & (revisions["kind"] == RevisionKind.REVISED)]
    seen = pd.Series([0.5 * 10.0 ** -measures[name].decimals for name in mine["measure"]], mine.index, dtype="float64")
    visible = mine.loc[mine["difference"].abs() >= seen, ["measure", "period", "then_value", "now_value"]]
    return visible.set_axis(["measure", "period", "value_before", "value"], axis=1).reset_index(drop=True)
