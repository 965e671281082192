"""Which figures and files the next review waits for, and when each usually comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from toolkit.params import Measure
from toolkit.sources import Source, edition_in_use, parse_period

__all__ = ["AwaitedRelease", "awaited_files", "awaited_periods", "usual_months"]

State = Literal["awaited", "here", "without a figure"]


@dataclass(frozen=True, order=True)
class AwaitedRelease:
    """The next release of a source (a period or a new edition): when it usually comes out, and whether it is here.

    ``without a figure``: the period has been published, and no measure has a figure for it or for a later one.
    """

    source: str
    period: str
    """Label of the period; "" for a source that comes in editions of its own."""
    basis: str
    last_edition: str
    """The edition that is known already, of a source without periods; "" where there is none."""
    expected: str
    """Month in which it usually comes out, as YYYY-MM; "" where no calendar says."""
    state: State


def awaited_periods(
    judgements: pd.DataFrame, results: pd.DataFrame, measures: Mapping[str, Measure], authority: str
) -> list[AwaitedRelease]:
    """The first period that the last review had no figure for, by source and basis.

    ``judgements`` are that review's; ``results`` (RESULTS) are worked out from what is public on the new cut-off.
    """
    mine = results[results["area_code"] == authority]
    rows = {str(name): rows for name, rows in mine.groupby("measure")}
    states: dict[tuple[str, str, str, str, str], State] = {}
    for row in judgements[judgements["next_period"] != ""].to_dict("records"):
        measure, label = measures[row["measure"]], row["next_period"]
        key = (measure.source, label, measure.basis, "", row["next_expected"])
        newer = _newer(rows.get(measure.id, mine.iloc[:0]), label, measure)
        states[key] = max(states.get(key, "awaited"), newer, key=_RANK.index)
    return sorted(AwaitedRelease(*key, state) for key, state in states.items())


_RANK: tuple[State, ...] = ("awaited", "without a figure", "here")


def _newer(rows: pd.DataFrame, label: str, measure: Measure) -> State:
    """Whether the measure has a row, or even a figure, for the period or a later one."""
    after = parse_period(label, measure.basis)
    new = rows[[parse_period(one, measure.basis) >= after for one in rows["period"]]]
    return "awaited" if new.empty else "here" if new["value"].notna().any() else "without a figure"


def awaited_files(sources: Iterable[Source], last: date, now: date) -> list[AwaitedRelease]:
    """Sources that come in editions of their own: whether one has come since the last cut-off."""
    releases = []
    for source in sources:
        before, newest = edition_in_use(source, last), edition_in_use(source, now)
        here = newest and (not before or newest.published > last)
        edition = before.edition if before else ""
        releases.append(AwaitedRelease(source.id, "", "", edition, "", "here" if here else "awaited"))
    return sorted(releases)


def usual_months(source: Source) -> list[int]:
    """The months (1 to 12) in which its editions came out so far, where a source is in no calendar."""
    return list(dict.fromkeys(edition.published.month for edition in source.editions))
