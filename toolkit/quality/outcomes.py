"""From validations to findings, one a check, and to the failing rows with what was expected of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from toolkit.frames import FINDINGS, Facts, Finding, Found, finding, round_count
from toolkit.quality.context import SourceFacts
from toolkit.quality.engine import Validation
from toolkit.quality.jobs import Job
from toolkit.quality.preparation import STEPS
from toolkit.quality.rules import Suite

__all__ = [
    "FAILING",
    "MOST_ROWS",
    "NOT_CHOSEN",
    "Checked",
    "FailingRow",
    "failing_rows_of",
    "finding_of",
    "no_checks_file",
]

NOT_CHOSEN = "checks.chosen"
"""Whether anybody has chosen the checks of a source."""

MOST_ROWS = 200
"""Failing rows of a check that are kept; the rest are counted."""
MOST_EXAMPLES = 5


class FailingRow(NamedTuple):
    """A row that failed a check: where it stands, its key, what is there, and what was expected."""

    check: str
    source: str
    place: str
    key: str
    column: str
    value: str
    expected: str


FAILING = FailingRow._fields


@dataclass(frozen=True)
class Checked:
    """``findings``: a row a check and source (FINDINGS). ``failing``: the rows behind them (FAILING), at most
    ``MOST_ROWS`` a check. Rows of person-level sources are in ``failing``: it never goes into HTML or a log."""

    findings: pd.DataFrame
    failing: pd.DataFrame


def finding_of(job: Job, validation: Validation, facts: SourceFacts, small: int = 5) -> Finding:
    """The finding of one check. A check that could not run is never quieter than a warning.

    Of people, counts among the facts are to the nearest ``small``; the columns are exact.
    """
    rule = job.check.rule
    errored = validation.outcome == "error"
    failed = job.table.iloc[list(validation.rows)]
    found, details = _found(job, validation, facts, small)
    return finding(
        job.check.id,
        found,
        facts={"tested": rule.say, "do": rule.do, **details},
        severity="warning" if errored and rule.severity == "info" else rule.severity,
        outcome=validation.outcome,
        source=job.source,
        column=", ".join(job.check.columns),
        rows_checked=job.checked,
        rows_failed=math.nan if _about_the_whole(validation) or errored else len(validation.rows),
        owner=rule.owner or facts.owner,
        measures=";".join(_measures(job, failed, facts)),
        dimension=rule.dimension,
        examples="" if facts.person_level else _places(failed),
    )


def no_checks_file(source: str, facts: SourceFacts) -> Finding:
    """The finding on a source without a checks.yaml: a deleted file must not take its rules away in silence."""
    return finding(
        NOT_CHOSEN,
        Found.NO_CHECKS_FILE,
        outcome="fail",
        source=source,
        owner=facts.owner,
        measures=";".join(sorted(facts.measures)),
        dimension="completeness",
    )


def _about_the_whole(validation: Validation) -> bool:
    return validation.outcome == "fail" and not validation.rows


def _found(job: Job, validation: Validation, facts: SourceFacts, small: int) -> tuple[Found, Facts]:
    if validation.found == Found.LIBRARY_ERROR:
        # The library's message may quote a cell, so it is not passed on where rows are people.
        error = validation.facts["error"].strip().split("\n")[0].rstrip(".")
        return (Found.WRONG_KIND, {}) if facts.person_level else (Found.LIBRARY_ERROR, {"error": error})
    if validation.found:
        return validation.found, validation.facts
    unit = STEPS[job.check.step].counts if job.check.step else ""
    exact = unit or not facts.person_level
    checked, failed = (n if exact else round_count(n, small) for n in (job.checked, len(validation.rows)))
    counts = {"checked": checked, "unit": unit}
    if validation.outcome == "pass":
        return Found.PASSED, counts
    if validation.rows:
        return Found.ROWS_FAILED, counts | {"failed": failed}
    if isinstance(validation.observed, Real) and not facts.person_level:
        return Found.FAILED_AS_A_WHOLE_BY, counts | {"observed": text(validation.observed)}
    return Found.FAILED_AS_A_WHOLE, counts


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


def failing_rows_of(job: Job, validation: Validation, suite: Suite) -> list[FailingRow]:
    """The first ``MOST_ROWS`` failing rows."""
    rows = job.table.iloc[list(validation.rows[:MOST_ROWS])].to_dict("records")
    columns = [column for column in job.check.columns if column in job.table.columns]
    return [
        FailingRow(
            check=job.check.id,
            source=job.source,
            place=text(row.get("place", "")),
            key=", ".join(text(row[c]) for c in suite.key if c in row) if job.check.on == "records" else _key(row),
            column=", ".join(columns),
            value=", ".join(text(row[column]) for column in columns),
            expected=job.check.rule.say,
        )
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


def frames(findings: list[Finding], failing: list[FailingRow]) -> Checked:
    """Both as sorted frames with their columns."""
    by = ["check", "source"]
    rows = pd.DataFrame(failing, columns=list(FAILING), dtype="str").sort_values(by, kind="stable")
    return Checked(
        FINDINGS.table(sorted(findings, key=lambda one: (one.check, one.source))), rows.reset_index(drop=True)
    )
