"""Answers as people read them: one finding a check, and the failing rows with what was expected of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import pandas as pd

from toolkit.frames import FINDINGS
from toolkit.quality.context import SourceFacts
from toolkit.quality.engine import Answer
from toolkit.quality.preparation import STEPS
from toolkit.quality.preparing import Job
from toolkit.quality.rules import Suite

__all__ = ["FAILING", "MOST_ROWS", "NOT_CHOSEN", "Checked", "failing_rows_of", "finding_of", "nobody_chose"]

NOT_CHOSEN = "checks.chosen"
"""Whether anybody has chosen the checks of a source."""

MOST_ROWS = 200
"""Failing rows of a check that are kept; the rest are counted."""
MOST_EXAMPLES = 5
FEWER = "fewer than"
FAILING = ("check", "source", "place", "key", "column", "value", "expected")


@dataclass(frozen=True)
class Checked:
    """``findings``: a row a check and source (FINDINGS). ``failing``: the rows behind them (FAILING), at most
    ``MOST_ROWS`` a check. Rows of person-level sources are in ``failing``: it never goes into HTML or a log."""

    findings: pd.DataFrame
    failing: pd.DataFrame


def finding_of(job: Job, answer: Answer, facts: SourceFacts, small: int = 5) -> dict[str, Any]:
    """The finding of one check. A check that could not run is never quieter than a warning.

    Of people, counts are said to the nearest ``small`` and not at all below it; the columns are exact.
    """
    rule = job.check.rule
    errored = answer.outcome == "error"
    failed = job.table.iloc[list(answer.rows)]
    return {
        "check": job.check.id,
        "severity": "warning" if errored and rule.severity == "info" else rule.severity,
        "outcome": answer.outcome,
        "source": job.source,
        "column": ", ".join(job.check.columns),
        "rows_checked": job.checked,
        "rows_failed": float("nan") if _about_the_whole(answer) or errored else len(answer.rows),
        "message": f"{rule.say} {_found(job, answer, facts, small)}",
        "owner": rule.owner or facts.owner,
        "measures": ";".join(_measures(job, failed, facts)),
        "action": "" if answer.outcome == "pass" else rule.do,
        "dimension": rule.dimension,
        "examples": "" if facts.person_level else _places(failed),
    }


def nobody_chose(source: str, facts: SourceFacts) -> dict[str, Any]:
    """The finding on a source without a checks.yaml: a deleted file must not take its rules away in silence."""
    return {
        "check": NOT_CHOSEN,
        "severity": "warning",
        "outcome": "fail",
        "source": source,
        "column": "",
        "rows_checked": 1.0,
        "rows_failed": 1.0,
        "message": "Somebody has chosen what is tested in every source. Failed: there is no checks.yaml beside its "
        "source.yaml, so only the rules for any rows were tried.",
        "owner": facts.owner,
        "measures": ";".join(sorted(facts.measures)),
        "action": "Put checks.yaml back, or write one that names the suites that fit and the source's own rules.",
        "dimension": "completeness",
        "examples": "",
    }


def _about_the_whole(answer: Answer) -> bool:
    return answer.outcome == "fail" and not answer.rows


def _found(job: Job, answer: Answer, facts: SourceFacts, small: int) -> str:
    row = STEPS[job.check.step].counts if job.check.step else ""
    checked, failed = (f"{n:,}" if row else _said(n, facts, small) for n in (job.checked, len(answer.rows)))
    rows = "rows" if not row else row if job.checked == 1 else f"{row}s"
    if answer.outcome == "error":
        return f"Could not be checked: {_reason(answer.trouble, facts)}."
    if answer.outcome == "pass":
        return f"Passed: {answer.trouble or f'{checked} {rows} checked'}."
    if answer.rows:
        few = failed == checked and failed.startswith(FEWER)
        return f"Failed: {failed if few else f'{failed} of {checked}'} {rows}."
    told = "" if facts.person_level or not isinstance(answer.observed, Real) else f", found {text(answer.observed)}"
    return f"Failed: {checked} {rows} checked as a whole{told}."


def _said(count: int, facts: SourceFacts, small: int) -> str:
    if not facts.person_level:
        return f"{count:,}"
    return f"{FEWER} {small}" if count < small else f"about {small * round(count / small):,}"


def _reason(trouble: str, facts: SourceFacts) -> str:
    """Our own words as they are; the library's only where they cannot hold a person's details."""
    first = trouble.strip().split("\n")[0].rstrip(".")
    ours = first[:1].islower()
    return first if ours or not facts.person_level else "the values are not of the kind that this rule compares"


def _measures(job: Job, failed: pd.DataFrame, facts: SourceFacts) -> list[str]:
    """All measures of the source; for a milder rule only those that use an item of the failing rows, where it has one.

    A critical failure casts doubt on the whole source; a jump in one item does not lower trust in another.
    """
    items = set(failed["item"]) if "item" in failed.columns else set()
    if job.check.rule.severity == "critical" or not items:
        return sorted(facts.measures)
    return sorted(measure for measure, used in facts.measures.items() if items & set(used))


def _places(failed: pd.DataFrame) -> str:
    if "place" not in failed.columns:
        return ""
    named = [place or _key(row) for place, row in zip(failed["place"], failed.to_dict("records"), strict=True)]
    return ";".join(list(dict.fromkeys(named))[:MOST_EXAMPLES])


def failing_rows_of(job: Job, answer: Answer, suite: Suite) -> list[dict[str, str]]:
    """The first ``MOST_ROWS`` failing rows: where each stands, its key, what is there, and what was expected."""
    rows = job.table.iloc[list(answer.rows[:MOST_ROWS])].to_dict("records")
    columns = [column for column in job.check.columns if column in job.table.columns]
    common = {"check": job.check.id, "source": job.source, "expected": job.check.rule.say}
    return [
        {
            **common,
            "place": text(row.get("place", "")),
            "key": ", ".join(text(row[c]) for c in suite.key if c in row) if job.check.on == "records" else _key(row),
            "column": ", ".join(columns),
            "value": ", ".join(text(row[column]) for column in columns),
        }
        for row in rows
    ]


def _key(row: Mapping[Any, Any]) -> str:
    """What identifies a figure: item, area and period, as far as the row has them."""
    area = row.get("area_name") or row.get("area_code")
    breakdown = row.get("breakdown") if row.get("breakdown") != "Total" else ""
    return ", ".join(text(part) for part in (row.get("item"), area, row.get("period"), breakdown) if part)


def text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as ISO dates, a missing value as ""."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return f"{float(value):.6g}" if isinstance(value, float) else str(value)


def frames(findings: list[dict[str, Any]], failing: list[dict[str, str]]) -> Checked:
    """Both as sorted frames with their columns."""
    by = ["check", "source"]
    found = FINDINGS.checked(pd.DataFrame(findings, columns=list(FINDINGS.columns)).sort_values(by, kind="stable"))
    rows = pd.DataFrame(failing, columns=list(FAILING), dtype="str").sort_values(by, kind="stable")
    return Checked(found, rows.reset_index(drop=True))
