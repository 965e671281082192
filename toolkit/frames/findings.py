"""What a check found, as a code and facts; the words room makes the sentence from the phrase bank."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from toolkit.frames.frame import Frame

__all__ = [
    "FINDINGS",
    "PUBLISHED_FINDINGS",
    "Facts",
    "Finding",
    "Found",
    "PublishedFinding",
    "round_count",
]

Facts = Mapping[str, Any]
"""Names, values and numbers of one finding; what JSON can hold."""


class Found(StrEnum):
    """What was found. Each has its phrases in the bank under ``finding.<code>``; what its kind of check tests is under
    ``finding.<kind>.tested``, unless a rule's own text is among the facts (``tested``, ``do``)."""

    PASSED = "rule.passed"
    NO_SUCH_ROW = "rule.no_such_row"
    NOTHING_TO_COMPARE = "rule.nothing_to_compare"
    ROWS_FAILED = "rule.rows_failed"
    FAILED_AS_A_WHOLE = "rule.failed_as_a_whole"
    FAILED_AS_A_WHOLE_BY = "rule.failed_as_a_whole_by"
    LIBRARY_ERROR = "rule.library_error"
    WRONG_KIND = "rule.wrong_kind"
    NO_TABLE = "rule.no_table"
    NO_ROWS = "rule.no_rows"
    NO_ROW_MEETS = "rule.no_row_meets"
    NO_ITEM = "rule.no_item"
    NO_COLUMN = "rule.no_column"
    ALL_BLANK = "rule.all_blank"
    STEP_FAILED = "rule.step_failed"
    NO_PARAMETER = "rule.no_parameter"
    ITEMS_NEVER_MEET = "rule.items_never_meet"
    NO_OTHER_FIGURES = "rule.no_other_figures"
    NO_OTHER_ITEM = "rule.no_other_item"
    NO_SUCH_AREA = "rule.no_such_area"
    NO_SUCH_LEVEL = "rule.no_such_level"
    NO_COUNTRY = "rule.no_country"
    NOT_IN_CALENDAR = "rule.not_in_calendar"
    NO_INVITED = "rule.no_invited"
    NO_CHECKS_FILE = "checks_file.missing"
    WAIVER_EXPIRED = "waiver.expired"
    WAIVER_UNUSED = "waiver.unused"
    SCREENED = "screener.passed"
    NOT_APPLICABLE = "screener.nothing_to_check"
    SCREENER_FAULTS = "screener.faults"
    SCREENER_FAULTS_OF_PEOPLE = "screener.faults_of_people"
    ALL_SCREENED = "screened_files.all"
    NO_METADATA = "screened_files.no_metadata"
    SCREENER_STOPPED = "screened_files.stopped"
    RECONCILED = "reconciliation.agrees"
    NOT_RECONCILED = "reconciliation.differs"
    NOTHING_TO_RECONCILE = "reconciliation.nothing_yet"
    NEW_DATA = "new_data.here"
    NO_NEW_DATA = "new_data.none"
    TERM_RUNS = "strategy_term.runs"
    TERM_ENDED = "strategy_term.ended"
    COMMENTARY_WRITTEN = "commentary.written"
    COMMENTARY_MISSING = "commentary.missing"
    DUTY_CONFORMS = "duty.conforms"
    DUTY_DOUBTFUL = "duty.doubtful"
    CHANGE_EXPLAINED = "plan_change.explained"
    CHANGE_UNEXPLAINED = "plan_change.unexplained"
    NEW_UNEXPLAINED = "plan_change.new_unexplained"
    DROPPED_UNEXPLAINED = "plan_change.dropped_unexplained"
    NOT_AS_DECIDED = "plan_change.not_as_decided"
    DECIDED_WITH_AUTHORITY = "decision_authority.enough"
    DECIDED_WITHOUT_AUTHORITY = "decision_authority.not_enough"
    BODY_AGREED = "decision_body.agreed"
    BODY_NOT_AGREED = "decision_body.not_agreed"
    CONSULTED = "decision_consulted.done"
    NOT_CONSULTED = "decision_consulted.not_done"
    EVIDENCE_AGREES = "decision_evidence.agrees"
    EVIDENCE_ANSWERED = "decision_evidence.answered"
    EVIDENCE_AGAINST = "decision_evidence.against"
    EASY_WORDS_UNUSED = "easy_words.unused"

    @property
    def kind(self) -> str:
        """The kind of check: ``rule``, ``waiver``, ``commentary`` …"""
        return self.value.partition(".")[0]


class Finding(NamedTuple):
    """One check of the data or of the review, and its outcome; ``with_code`` says what was found.

    >>> Finding("commentary.on_time", "warning", "fail", "commentary", dimension="completeness").with_code(
    ...     Found.COMMENTARY_MISSING, {"name": "On time"}).details
    {'name': 'On time'}
    """

    check: Annotated[str, "id of the check, 'suite.rule'"]
    severity: Annotated[str, "critical, warning or info"]
    outcome: Annotated[str, "pass, fail, waived or error"]
    source: Annotated[str, "source that was checked"]
    column: Annotated[str, "column or columns looked at"] = ""
    rows_checked: Annotated[float, "rows the rule looked at"] = 1.0
    rows_failed: Annotated[float, "rows that broke it"] = 1.0
    code: Annotated[str, "code of what was found"] = ""
    facts: Annotated[
        str, "names, values and numbers of the sentence about it, as JSON; counts of people are rounded"
    ] = "{}"
    owner: Annotated[str, "role that can put it right"] = ""
    measures: Annotated[str, "measures that use the source, separated by ;"] = ""
    dimension: Annotated[str, "completeness, uniqueness, consistency, timeliness, validity or accuracy"] = ""
    examples: Annotated[str, "places of the first failing rows, separated by ;; empty for person-level sources"] = ""

    @property
    def details(self) -> dict[str, Any]:
        """The facts by name."""
        details: dict[str, Any] = json.loads(self.facts or "{}")
        return details

    def with_code(self, code: Found, facts: Facts | None = None) -> Finding:
        """The finding with what was found; no row failed where the check passed."""
        failed = 0.0 if self.outcome == "pass" else self.rows_failed
        return self._replace(code=code.value, facts=_as_json(facts or {}), rows_failed=failed)

    def with_facts(self, **more: Any) -> Finding:
        """The finding with some facts more."""
        return self._replace(facts=_as_json(self.details | more))


FINDINGS = Frame(
    "findings_in_codes",
    Finding,
    key=("check", "source", "column"),
    title="Findings in codes: each check of the data and of the review, before it is put into words",
)


class PublishedFinding(NamedTuple):
    """One check of the data or of the review, and its outcome, in words."""

    check: Annotated[str, "id of the check, 'suite.rule'"]
    severity: Annotated[str, "critical, warning or info"]
    outcome: Annotated[str, "pass, fail, waived or error"]
    source: Annotated[str, "source that was checked"]
    column: Annotated[str, "column or columns looked at"]
    rows_checked: Annotated[float, "rows the rule looked at"]
    rows_failed: Annotated[float, "rows that broke it"]
    message: Annotated[str, "what was tested and what was found, in plain words"]
    owner: Annotated[str, "role that can put it right"]
    measures: Annotated[str, "measures that use the source, separated by ;"]
    action: Annotated[str, "what to do"]
    dimension: Annotated[str, "completeness, uniqueness, consistency, timeliness, validity or accuracy"]
    examples: Annotated[str, "places of the first failing rows, separated by ;; empty for person-level sources"]


PUBLISHED_FINDINGS = Frame(
    "findings",
    PublishedFinding,
    key=("check", "source", "column"),
    title="Findings: each check of the data and of the review, and what came of it",
)


def _as_json(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def round_count(count: int, small: int) -> int | dict[str, int]:
    """A count of people as a fact: to the nearest ``small``, and for anything less only that it is less.

    >>> round_count(212, 5), round_count(3, 5)
    ({'about': 210}, {'below': 5})
    """
    return {"below": small} if count < small else {"about": small * round(count / small)}
