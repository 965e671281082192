"""What each difference between two reviews is due to: one cause a difference."""

from __future__ import annotations

from enum import StrEnum

from toolkit.analysis.codes import RevisionKind
from toolkit.refresh.printed_tables import PrintedTables, Remark, ReviewDifference, WhatChanged

__all__ = ["Cause", "cause_of"]


class Cause(StrEnum):
    """Why two reviews differ in one thing (section ``difference.cause``)."""

    NEW_FIGURE = "new_figure"
    """A figure of a later period."""
    REVISION = "revision"
    """Somebody who publishes figures has changed one of a period that the earlier review had."""
    DEFINITION = "definition"
    TARGET = "target"
    COMPARATOR = "comparator"
    METHOD = "method"
    """None of the others: how it is worked out has changed, such as a threshold of the policy or the toolkit itself."""
    WORK_PLAN = "work_plan"
    """The work plan itself was changed: an action's status, due date, lead or wording, or an action added or ended."""
    DECISION = "decision"


_NEIGHBOURS = {"versus_neighbours", "versus_neighbours_before"}


def cause_of(one: ReviewDifference, then: PrintedTables, now: PrintedTables) -> Cause | None:
    """The cause of a difference from the review ``then`` to ``now``; None for a measure that stands as it did.

    What a recorded decision in effect changed is due to the decision. Where a figure is of a later period its marks
    are due to that, even if a target moved too.
    """
    if one.about == "value":
        return _cause_of_value(one, then, now)
    if one.about == "revision":
        return Cause.DEFINITION if one.change == RevisionKind.REDEFINED else Cause.REVISION
    if one.about == "comparators":
        return Cause.COMPARATOR
    if any(note.code == Remark.DECISION for note in one.notes):
        return Cause.DECISION
    return {"definition": Cause.DEFINITION, "target": Cause.TARGET, "action": Cause.WORK_PLAN}[one.about]


def _cause_of_value(one: ReviewDifference, then: PrintedTables, now: PrintedTables) -> Cause | None:
    decided = {kind for kind in ("measure", "target") if _is_decided(kind, one.subject, then)}
    if one.then is None or one.now is None:
        return Cause.DECISION if "measure" in decided else Cause.DEFINITION
    if any(note.code == Remark.DEFINED_ANEW for note in one.notes):
        return Cause.DEFINITION
    if one.change == WhatChanged.NEW_FIGURE:
        return Cause.NEW_FIGURE
    is_revised = any(row.measure == one.subject for row in now.revisions)
    if one.change == WhatChanged.OLD_FIGURE_CHANGED:
        return Cause.REVISION if is_revised else Cause.METHOD
    moved = {str(note.facts["mark"]) for note in one.notes if note.code == Remark.MARK_MOVED}
    if not moved:
        return None
    if moved == {"target_status"} and _target(one.subject, then) != _target(one.subject, now):
        return Cause.DECISION if "target" in decided else Cause.TARGET
    if moved <= _NEIGHBOURS and _set(then) != _set(now):
        return Cause.COMPARATOR
    if is_revised:
        return Cause.REVISION
    return Cause.DEFINITION if _mark_basis(one.subject, then) != _mark_basis(one.subject, now) else Cause.METHOD


def _is_decided(kind: str, subject: str, review: PrintedTables) -> bool:
    return any(note.code == Remark.DECISION for note in review.decision_on(kind, subject))


def _mark_basis(measure: str, review: PrintedTables) -> tuple[str, ...]:
    """What of a definition a mark depends on, with the period that the change is counted from."""
    defined = review.definitions[measure]
    since = review.judgements[measure].baseline_period
    return (defined.polarity, defined.duty, defined.tolerance, defined.breaks, since)


def _target(measure: str, review: PrintedTables) -> tuple[str, str]:
    """The target as it stands; as text, since one that is not set is no number."""
    judgement = review.judgements[measure]
    return (str(judgement.target), judgement.target_period)


def _set(review: PrintedTables) -> set[str]:
    return set(review.comparators)
