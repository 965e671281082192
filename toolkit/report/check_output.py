"""What ``check`` prints: the verdict, the failures (critical first), who corrects what, and what to do next."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from toolkit.frames import FINDINGS, Finding
from toolkit.quality import ReturnSheet
from toolkit.words.bank import REPORT
from toolkit.words.findings import describe_action, describe_finding
from toolkit.words.quality import quality_sentence
from toolkit.words.returns import owner_of

__all__ = ["check_lines", "failed_lines", "failure_facts", "missing_lines"]

_BY_SEVERITY = {"critical": 0, "warning": 1, "info": 2}


def check_lines(
    findings: pd.DataFrame, notes: pd.DataFrame, sent: Sequence[tuple[ReturnSheet, str]], year: int
) -> Iterator[str]:
    """The lines. ``sent``: each owner's return sheets with their path. The lines hold no value of a row."""
    yield quality_sentence(findings)
    yield from failed_lines(findings)
    yield from _waived_lines(findings)
    for note in notes.to_dict("records"):
        yield REPORT.say("check.note", file=note["file"], note=note["note"])
    if sent:
        yield ""
        yield REPORT.say("check.who")
        for owed, path in sent:
            yield f"  {owner_of(owed.owner)}: {_count_rows(owed)}"
            yield f"    {path}"
        yield from REPORT.say("check.next", year=year).splitlines()


def failure_facts(findings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The checks that did not pass as objects for programs; without examples, so they too hold no value of a row."""
    for finding in FINDINGS.rows(findings[findings["outcome"] != "pass"]):
        yield {
            **{name: getattr(finding, name) for name in ("check", "severity", "outcome", "source", "column", "owner")},
            "rows_checked": _count(finding.rows_checked),
            "rows_failed": _count(finding.rows_failed),
            "measures": [measure for measure in finding.measures.split(";") if measure],
            "message": describe_finding(finding),
            "action": describe_action(finding),
        }


def _count(rows: float) -> int | None:
    """A number of rows; None where a check could not be made."""
    return None if math.isnan(rows) else int(rows)


def missing_lines(findings: pd.DataFrame) -> Iterator[str]:
    """The lines on what the review itself lacks, such as a commentary; none where nothing failed."""
    lines = list(failed_lines(findings))
    if lines:
        yield from ("", REPORT.say("check.lacks"), *lines)


def failed_lines(findings: pd.DataFrame) -> Iterator[str]:
    """The lines on every check that failed or could not be made, the critical ones first."""
    failed = findings[findings["outcome"].isin(["fail", "error"])]
    order = failed["severity"].map(_BY_SEVERITY).sort_values(kind="stable").index
    for finding in FINDINGS.rows(failed.loc[order]):
        yield from _failure_lines(finding)


def _waived_lines(findings: pd.DataFrame) -> Iterator[str]:
    """Waived failures: the message says until when, who approved it and why."""
    for finding in FINDINGS.rows(findings[findings["outcome"] == "waived"]):
        text = describe_finding(finding)
        yield REPORT.say(
            "check.waived", source=finding.source, check=finding.check, severity=finding.severity, text=text
        )


def _failure_lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.severity.upper()} {finding.source} {finding.check}: {describe_finding(finding)}"
    if action := describe_action(finding):
        yield f"  {finding.owner}: {action}" if finding.owner else f"  {action}"
    if finding.measures and finding.severity != "info":
        yield "  " + REPORT.say("check.touches", measures=finding.measures.replace(";", ", "))
    if finding.examples:
        yield "  " + REPORT.say("check.examples", examples=finding.examples.replace(";", ", "))


def _count_rows(owed: ReturnSheet) -> str:
    rows = sum(len(sheet) for sheet in owed.sheets.values())
    counts = {severity: owed.count(severity) for severity in _BY_SEVERITY}
    kinds = ", ".join(REPORT.say(f"check.count.{severity}", count=count) for severity, count in counts.items() if count)
    return REPORT.say("check.rows", count=rows, sources=", ".join(owed.sheets), kinds=kinds)
