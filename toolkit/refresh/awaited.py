"""Which figures and files the next review waits for, and when each usually comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import pandas as pd

from toolkit.params import Measure
from toolkit.sources import Period, Source, edition_in_use, parse_period

__all__ = ["AwaitedRelease", "Calendar", "awaited_files", "awaited_periods", "usual_months"]

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
    since: str = ""
    """Label of the first of several periods without a figure; "" where there is one."""
    measures: tuple[str, ...] = ()
    """Ids of the measures that have no figure for the period yet."""


@dataclass(frozen=True)
class Calendar:
    """When the sources publish: ``lags`` is (source, basis) → months from the end of a period to its publication.

    For a source that is not among them, the edition that the last review used stands in, by its cut-off ``last``.
    """

    sources: Mapping[str, Source]
    lags: Mapping[tuple[str, str], int]
    last: date
    now: date

    def latest_due(self, measure: Measure, judged: str) -> Period | None:
        """The newest period that should be public by the new cut-off; None where nothing says how long it takes."""
        lag = self.lags.get((measure.source, measure.basis), self._lag_so_far(measure, judged))
        if lag is None:
            return None
        due = Period.containing(self.now, measure.basis)
        while _months(due.end) + lag > _months(self.now):
            due = due.before()
        return due

    def _lag_so_far(self, measure: Measure, judged: str) -> int | None:
        source = self.sources.get(measure.source)
        used = edition_in_use(source, self.last) if source and judged else None
        return _months(used.published) - _months(parse_period(judged, measure.basis).end) if used else None


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def awaited_periods(
    judgements: pd.DataFrame, results: pd.DataFrame, measures: Mapping[str, Measure], calendar: Calendar
) -> list[AwaitedRelease]:
    """The newest period that each source should have by the new cut-off, and those before it without a figure.

    ``judgements`` are those of the last review, whose next period is awaited in any case; ``results`` (RESULTS) are the
    authority's own, worked out from what is public on the new cut-off.
    """
    rows = {str(name): rows for name, rows in results.groupby("measure")}
    waits: dict[AwaitedRelease, dict[str, State]] = {}
    for row in judgements[judgements["next_period"] != ""].to_dict("records"):
        measure = measures[row["measure"]]
        own = rows.get(measure.id, results.iloc[:0])
        following, due = parse_period(row["next_period"], measure.basis), calendar.latest_due(measure, row["period"])
        last = max(following, due) if due else following
        first = max([following, *(p.before(-1) for p in _with_figures(own, measure) if p < last)])
        expected = _move_on(row["next_expected"], _months(last.end) - _months(following.end))
        since = first.label if first < last else ""
        release = AwaitedRelease(measure.source, last.label, measure.basis, "", expected, "awaited", since)
        waits.setdefault(release, {})[measure.id] = _state_of(own, last, measure)
    return sorted(_with_state(release, states) for release, states in waits.items())


def _with_state(release: AwaitedRelease, states: Mapping[str, State]) -> AwaitedRelease:
    """The release, which is here once one of its measures has a figure, with those that have none."""
    state = max(states.values(), key=_RANK.index)
    waiting = tuple(name for name, one in states.items() if one != "here")
    return replace(release, state=state, since="" if state == "here" else release.since, measures=waiting)


def _move_on(month: str, months: int) -> str:
    """A month so many months later, as YYYY-MM; one without its year, and "" for none, stay as they are."""
    if not month[:4].isdecimal():
        return month
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + months, 12)
    return f"{year}-{number + 1:02}"


_RANK: tuple[State, ...] = ("awaited", "without a figure", "here")


def _with_figures(rows: pd.DataFrame, measure: Measure) -> list[Period]:
    return [parse_period(one, measure.basis) for one in rows.loc[rows["value"].notna(), "period"]]


def _state_of(rows: pd.DataFrame, due: Period, measure: Measure) -> State:
    """Whether the measure has a row, or even a figure, for the period or a later one."""
    new = rows[[parse_period(one, measure.basis) >= due for one in rows["period"]]]
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
