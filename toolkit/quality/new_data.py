"""Whether each source had anything new in the year of the review, and how old its newest data are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd

from toolkit.frames import FINDINGS, Finding, Found
from toolkit.params import Policy

__all__ = ["NEW_DATA", "NewestData", "OldSource", "SourceKind", "find_old_sources", "new_data_findings", "year_before"]

NEW_DATA = "timeliness.new_data"
"""Id of the check, the same for every source."""

SourceKind = Literal["work_plan", "survey", "extract", "register", "published"]


class NewestData(NamedTuple):
    """The day of the newest data of one source that were public by the cut-off, and which measures use it."""

    source: str
    title: str
    kind: SourceKind
    last: date
    owner: str
    illustrative: bool
    measures: tuple[str, ...] = ()


class OldSource(NamedTuple):
    """A source without anything new in the year of a review. ``critical``: for longer than the policy allows."""

    source: str
    title: str
    kind: SourceKind
    last: date
    months: int
    critical: bool
    illustrative: bool


def year_before(cut_off: date) -> date:
    """The same day twelve months before: data of that day or older are not of the year of the review."""
    return (pd.Timestamp(cut_off) - pd.DateOffset(months=12)).date()


def new_data_findings(newest: Iterable[NewestData], since: date, cut_off: date, policy: Policy) -> pd.DataFrame:
    """FINDINGS, one a source: a warning where nothing is newer than the day ``since``, and critical after its term."""
    return FINDINGS.table(_finding(one, since, cut_off, policy) for one in newest)


def _finding(one: NewestData, since: date, cut_off: date, policy: Policy) -> Finding:
    new, term = one.last > since, _term(one.kind, policy)
    late = (pd.Timestamp(one.last) + pd.DateOffset(months=term)).date() < cut_off
    facts: dict[str, Any] = {"title": one.title, "kind": one.kind, "last": one.last.isoformat()}
    if not new:
        facts |= {"months": _months_between(one.last, cut_off), "term": term, "illustrative": one.illustrative}
    return Finding(
        NEW_DATA,
        severity="critical" if late and not new else "warning",
        outcome="pass" if new else "fail",
        source=one.source,
        owner=one.owner,
        measures=";".join(one.measures),
        dimension="timeliness",
    ).with_code(Found.NEW_DATA if new else Found.NO_NEW_DATA, facts)


def _term(kind: SourceKind, policy: Policy) -> int:
    terms: dict[SourceKind, int] = {
        "work_plan": policy.work_plan_months,
        "survey": policy.survey_months,
        "extract": policy.extract_months,
        "register": policy.register_months,
        "published": policy.published_months,
    }
    return terms[kind]


def _months_between(first: date, last: date) -> int:
    """Whole months from one day to a later one.

    >>> _months_between(date(2019, 4, 30), date(2020, 4, 29)), _months_between(date(2019, 11, 28), date(2021, 4, 30))
    (11, 17)
    """
    return 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)


def find_old_sources(findings: pd.DataFrame) -> list[OldSource]:
    """The sources without anything new, waived or not, in the order of FINDINGS."""
    rows = FINDINGS.rows(findings[(findings["check"] == NEW_DATA) & (findings["outcome"] != "pass")])
    return [_old(row) for row in rows]


def _old(row: Finding) -> OldSource:
    facts = row.details
    critical = row.severity == "critical" and row.outcome == "fail"
    last = date.fromisoformat(facts["last"])
    return OldSource(row.source, facts["title"], facts["kind"], last, facts["months"], critical, facts["illustrative"])
