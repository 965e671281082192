"""Waivers (``params/<year>/waivers.yaml``): somebody in charge accepts a failed check, for a reason, until a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import Field, StringConstraints

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.frames import FINDINGS, Finding, Found
from toolkit.params import Policy, ReviewYear
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate
from toolkit.quality.outcomes import NOT_CHOSEN, Checked
from toolkit.quality.rules import Suite

__all__ = ["Waiver", "apply_waivers", "load_waivers"]

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]


class Waiver(Params):
    """Lets ``check`` on ``source`` pass up to and including the day ``expires``: at most the next review's cut-off.

    ``rows`` are places as findings show them ("figures.csv:12", or "plans, Rutland, 2017" for a row that is missing);
    where given, a failure in any other row still fails.
    """

    check: Identifier
    source: Identifier
    reason: Sentence
    approver: Sentence
    """Role of who approved it."""
    expires: Day
    rows: Annotated[Listed[Word], Field(min_length=1)] = ()


class _Waivers(Params):
    waivers: tuple[Waiver, ...]


def load_waivers(
    project: Path,
    review: ReviewYear,
    suites: Mapping[str, Suite],
    more: Mapping[str, Collection[str]] | None = None,
    *,
    policy: Policy,
) -> list[Waiver]:
    """The waivers of ``params/<year>/waivers.yaml``; none without such a file.

    Raises InputError for unknown checks, a check waived twice, and a waiver that lasts longer than the policy allows.
    ``more`` is source → checks that are run on it besides those of its suite.
    """
    path = project / "params" / str(review.year) / "waivers.yaml"
    if not path.exists():
        return []
    document = read_yaml(path, project)
    if not isinstance(document.data, list):
        raise InputError(document.problem((), "this file must be a list", "start each waiver with '- check:'"))
    lines = {("waivers", *at): line for at, line in document.lines.items()}
    listed = YamlDocument({"waivers": tuple(document.data)}, lines, document.file, document.faults)
    checks = {s: [*(c.id for c in suite.checks), NOT_CHOSEN, *(more or {}).get(s, ())] for s, suite in suites.items()}

    def problems(content: _Waivers, document: YamlDocument) -> Iterator[Problem]:
        for place, waiver in enumerate(content.waivers):
            yield from _unknown_names(place, waiver, document, checks)
        yield from _duplicate_waivers(content.waivers, document)
        last = (pd.Timestamp(review.cut_off) + pd.DateOffset(months=policy.waiver_months)).date()
        yield from _late_expiries(content.waivers, document, last, policy.waiver_months)

    return list(validate(listed, _Waivers, problems).waivers)


def _unknown_names(
    place: int, waiver: Waiver, document: YamlDocument, checks: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """A source or check that does not exist; ``checks`` is source → its checks."""
    at = ("waivers", place)
    if waiver.source not in checks:
        what = f"there is no source '{waiver.source}'"
        yield document.problem((*at, "source"), what, did_you_mean(waiver.source, checks))
    elif waiver.check not in checks[waiver.source]:
        what = f"the source '{waiver.source}' has no check '{waiver.check}'"
        yield document.problem((*at, "check"), what, did_you_mean(waiver.check, checks[waiver.source]))


def _duplicate_waivers(waivers: Sequence[Waiver], document: YamlDocument) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for place, waiver in enumerate(waivers):
        before = first.setdefault((waiver.check, waiver.source), place)
        if before != place:
            line = document.lines["waivers", before]
            what = f"'{waiver.check}' of '{waiver.source}' is waived twice, first on line {line}"
            yield document.problem(("waivers", place), what, "keep one, with the rows of both")


def _late_expiries(waivers: Sequence[Waiver], document: YamlDocument, last: date, months: int) -> Iterator[Problem]:
    """Waivers that expire after the ``last`` day that the policy allows."""
    for place, waiver in enumerate(waivers):
        if waiver.expires > last:
            what = f"this waiver would last more than {months} months after the review's cut-off"
            yield document.problem(
                ("waivers", place, "expires"), what, f"give a day up to {last.isoformat()}; the next review asks again"
            )


def apply_waivers(checked: Checked, waivers: Sequence[Waiver], cut_off: date) -> pd.DataFrame:
    """The findings, with outcome "waived" where a waiver applies. A waiver that has expired by the cut-off, or is no
    longer needed, is itself a critical failure, so that none outlives its reason."""
    findings = FINDINGS.rows(checked.findings)
    at = {(row.check, row.source): place for place, row in enumerate(findings)}
    about_waivers = []
    for waiver in waivers:
        place = at.get((waiver.check, waiver.source))
        row = None if place is None else findings[place]
        if waiver.expires < cut_off:
            about_waivers.append(_waiver_finding(waiver, row, Found.WAIVER_EXPIRED))
        elif row is None or row.outcome == "pass":
            about_waivers.append(_waiver_finding(waiver, row, Found.WAIVER_UNUSED))
        elif place is not None and _covers(waiver, row, checked.failing):
            about = {"expires": waiver.expires.isoformat(), "approver": waiver.approver, "reason": waiver.reason}
            findings[place] = row.with_facts(waiver=about)._replace(outcome="waived")
    rows = sorted([*findings, *about_waivers], key=lambda row: (row.check, row.source))
    return FINDINGS.table(rows)


def _covers(waiver: Waiver, row: Finding, failing: pd.DataFrame) -> bool:
    """Whether every failing row is among those that the waiver names; a waiver that names none covers all."""
    if not waiver.rows:
        return True
    rows = failing[(failing["check"] == waiver.check) & (failing["source"] == waiver.source)]
    named = rows["place"].where(rows["place"] != "", rows["key"])  # a row that is missing has no place
    return row.outcome == "fail" and len(named) == row.rows_failed and set(named) <= set(waiver.rows)


def _waiver_finding(waiver: Waiver, row: Finding | None, code: Found) -> Finding:
    """The finding that a waiver has expired or is not needed; ``row`` is the finding that it was for."""
    return Finding(
        f"waivers.{'expired' if code == Found.WAIVER_EXPIRED else 'unused'}",
        severity="critical",
        outcome="fail",
        source=waiver.source,
        owner=waiver.approver,
        measures=row.measures if row else "",
        dimension="timeliness",
    ).with_code(code, {"check": waiver.check, "expires": waiver.expires.isoformat()})
