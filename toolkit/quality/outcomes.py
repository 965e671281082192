"""From validations to findings, one per check, and to the failing rows with what was expected of them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from toolkit.frames import FINDINGS, Facts, Finding, Found, round_count
from toolkit.quality.context import SourceFacts
from toolkit.quality.engine import Validation
from toolkit.quality.jobs import Job
from toolkit.quality.preparation import STEPS
from toolkit.quality.rules import Suite

__all__ = [
    "FAILING",
    "MOST_ROWS_KEPT",
    "NOT_CHOSEN",
    "Checked",
    "FailingRow",
    "failing_rows_of",
    "finding_of",
    "no_checks_file",
]

NOT_CHOSEN = "checks.chosen"
"""Id of the check that a source has a checks.yaml."""

UNREAD = ("problems", "number_problems")
"""Columns of records that name what could not be read in a row: "requested: '31/06/2018' is not a day; …"."""
_NAMED = re.compile(r"(?:^|; )([a-z]\w*): ")

MOST_ROWS_KEPT = 200
"""Failing rows of a check that are kept; the rest are counted."""
MOST_PLACES_NAMED = 5
"""Places of failing rows that a finding names."""


class FailingRow(NamedTuple):
    """A row that failed a check: its place and key, what it holds, and what was expected."""

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
    """``findings``: one row per check and source (FINDINGS). ``failing``: the rows behind them (FAILING), at most
    ``MOST_ROWS_KEPT`` a check. Rows of person-level sources are in ``failing``: it never goes into HTML or a log."""

    findings: pd.DataFrame
    failing: pd.DataFrame


def finding_of(job: Job, validation: Validation, facts: SourceFacts, small: int = 5) -> Finding:
    """The finding of one check. A check that could not run is never quieter than a warning.

    Counts of people among the facts are rounded to the nearest ``small``; the columns are exact.
    """
    rule = job.check.rule
    is_error = validation.outcome == "error"
    failed = job.table.iloc[list(validation.rows)]
    code, details = _describe_outcome(job, validation, facts, small)
    return Finding(
        job.check.id,
        severity="warning" if is_error and rule.severity == "info" else rule.severity,
        outcome=validation.outcome,
        source=job.source,
        column=", ".join(job.check.columns),
        rows_checked=job.checked,
        rows_failed=math.nan if _is_about_the_whole(validation) or is_error else len(validation.rows),
        owner=rule.owner or facts.owner,
        measures=";".join(_measures(job, failed, facts)),
        dimension=rule.dimension,
        examples="" if facts.person_level else _places(failed),
    ).with_code(code, {"tested": rule.say, "do": rule.do, **details, **_withheld_rows(failed)})


def _withheld_rows(failed: pd.DataFrame) -> Facts:
    """Places and days of rows that are missing because they were published after the cut-off."""
    if "withheld_until" not in failed.columns:
        return {}
    withheld = failed.loc[failed["withheld_until"] != "", ["place", "withheld_until"]].head(MOST_PLACES_NAMED)
    return {"withheld": withheld.to_numpy().tolist()} if len(withheld) else {}


def no_checks_file(source: str, facts: SourceFacts) -> Finding:
    """The finding on a source without a checks.yaml: a deleted file must not take its rules away in silence."""
    return Finding(
        NOT_CHOSEN,
        severity="warning",
        outcome="fail",
        source=source,
        owner=facts.owner,
        measures=";".join(sorted(facts.measures)),
        dimension="completeness",
    ).with_code(Found.NO_CHECKS_FILE)


def _is_about_the_whole(validation: Validation) -> bool:
    return validation.outcome == "fail" and not validation.rows


def _describe_outcome(job: Job, validation: Validation, facts: SourceFacts, small: int) -> tuple[Found, Facts]:
    if validation.reason == Found.LIBRARY_ERROR:
        # The library's message may quote a cell, so it is not passed on where rows are people.
        error = validation.facts["error"].strip().split("\n")[0].rstrip(".")
        return (Found.WRONG_KIND, {}) if facts.person_level else (Found.LIBRARY_ERROR, {"error": error})
    if validation.reason:
        return validation.reason, validation.facts
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

    A critical failure casts doubt on the whole source; a jump in one item does not lower trust in another. A cell that
    cannot be read touches the measures that are counted from its column.
    """
    if unread := _columns_unread(job, failed):
        touched = {item for item, columns in facts.columns.items() if columns & unread}
        return sorted(measure for measure, used in facts.measures.items() if touched & set(used))
    items = set(failed["item"]) if "item" in failed.columns else set()
    if job.check.rule.severity == "critical" or not items:
        return sorted(facts.measures)
    return sorted(measure for measure, used in facts.measures.items() if items & set(used))


def _columns_unread(job: Job, failed: pd.DataFrame) -> set[str]:
    """The columns of the cells that could not be read, where that is what the check is about."""
    texts = [text for column in job.check.columns if column in UNREAD for text in failed[column]]
    return {name for text in texts for name in _NAMED.findall(text)}


def _places(failed: pd.DataFrame) -> str:
    if "place" not in failed.columns:
        return ""
    places = [figure.place or figure.key for figure in _figures(failed)]
    return ";".join(list(dict.fromkeys(places))[:MOST_PLACES_NAMED])


def failing_rows_of(job: Job, validation: Validation, suite: Suite) -> list[FailingRow]:
    """The first ``MOST_ROWS_KEPT`` failing rows."""
    failed = job.table.iloc[list(validation.rows[:MOST_ROWS_KEPT])]
    columns = [column for column in job.check.columns if column in failed.columns]
    figures = _figures(failed)
    keys = _join_cells(failed, suite.key) if job.check.on == "records" else [figure.key for figure in figures]
    return [
        FailingRow(
            check=job.check.id,
            source=job.source,
            place=figure.place,
            key=key,
            column=", ".join(columns),
            value=value,
            expected=job.check.rule.say,
        )
        for figure, key, value in zip(figures, keys, _join_cells(failed, columns), strict=True)
    ]


class _Figure(NamedTuple):
    """The cells that say where a row stands and which figure it is; "" where the table has no such column."""

    place: str
    item: str
    area_name: str
    area_code: str
    period: str
    breakdown: str

    @property
    def key(self) -> str:
        """Item, area, period and breakdown, as far as there are any."""
        breakdown = "" if self.breakdown == "Total" else self.breakdown
        return ", ".join(filter(None, (self.item, self.area_name or self.area_code, self.period, breakdown)))


def _figures(rows: pd.DataFrame) -> list[_Figure]:
    none = [""] * len(rows)
    columns = [rows[name] if name in rows.columns else none for name in _Figure._fields]
    return [_Figure(*map(text, cells)) for cells in zip(*columns, strict=True)]


def _join_cells(rows: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """The cells of some columns, one text per row; columns that the table does not have are left out."""
    present = [rows[column] for column in columns if column in rows.columns]
    return [", ".join(map(text, cells)) for cells in zip(*present, strict=True)] or [""] * len(rows)


def text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days as ISO dates, a missing value as ""."""
    if value is None or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return f"{float(value):.6g}" if isinstance(value, float) else str(value)


def frames(findings: list[Finding], failing: list[FailingRow]) -> Checked:
    """Findings and failing rows as frames, sorted by check and source."""
    by = ["check", "source"]
    rows = pd.DataFrame(failing, columns=list(FAILING), dtype="str").sort_values(by, kind="stable")
    return Checked(
        FINDINGS.table(sorted(findings, key=lambda one: (one.check, one.source))), rows.reset_index(drop=True)
    )
