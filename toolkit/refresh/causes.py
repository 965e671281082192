"""What each difference between two reviews is due to: one cause a difference."""

from __future__ import annotations

import math
from enum import StrEnum

from toolkit.analysis.codes import RevisionKind, TargetStatus
from toolkit.frames import Judgement
from toolkit.refresh.printed_tables import PrintedTables, Remark, ReviewDifference, WhatChanged

__all__ = ["TARGET_MARK", "Cause", "cause_of", "is_moved_by_target"]

TARGET_MARK = "target_status"


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
    are due to that; what a target made of its mark is a difference of the target (``is_moved_by_target``).
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
    if one.then is None or one.now is None:
        return Cause.DECISION if _is_decided("measure", one.subject, then) else Cause.DEFINITION
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


def is_moved_by_target(old: Judgement, new: Judgement, polarity: str) -> bool:
    """Whether the answer about the target differs because the target does, whatever the newer figure is.

    It does not where the newer figure would have met, or missed, the target of then in the same way.
    """
    targets = [(str(one.target), one.target_period) for one in (old, new)]
    if old.target_status == new.target_status or targets[0] == targets[1]:
        return False
    if new.target_status not in (TargetStatus.MET, TargetStatus.MISSED) or math.isnan(old.target):
        return True
    would_meet = new.value <= old.target if polarity == "low" else new.value >= old.target
    return would_meet != (new.target_status == TargetStatus.MET)


def _set(review: PrintedTables) -> set[str]:
    return set(review.comparators)
