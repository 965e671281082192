"""Codes of what the refresh finds. ``toolkit.words`` has a phrase for each; the values are keys of the phrase banks."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CounterEvidence", "DeliveryReason", "Explanation", "PlanNote", "ProposalReason"]


class CounterEvidence(StrEnum):
    """What speaks against a decision (section ``finding.decision_evidence.why``)."""

    RAISED_NOT_JUDGED = "raised_not_judged"
    RAISED_WITHOUT_FIGURE = "raised_without_figure"
    RAISED_ALTHOUGH = "raised_although"
    LOWERED_ALTHOUGH = "lowered_although"
    RETIRED_MISSED = "retired_missed"
    RETIRED_RED = "retired_red"
    DUTY_NOT_MET = "duty_not_met"
    NOT_COMPARABLE = "not_comparable"
    NO_BREAK = "no_break"
    CLOSED_UNFINISHED = "closed_unfinished"
    RED_MEASURE = "red_measure"
    KEPT_RED = "kept_red"


class DeliveryReason(StrEnum):
    """Why an action has its delivery colour (section ``delivery``)."""

    FINISHED = "finished"
    PAUSED = "paused"
    NO_DUE_DAY = "no_due_day"
    UNKNOWN_STATUS = "unknown_status"
    LATE = "late"
    NOT_DUE = "not_due"
    NOT_STARTED = "not_started"
    PLAN_COLOUR = "plan_colour"
    MOVED = "moved"
    """Its date was moved by a number of days; an ``Explanation`` follows."""
    CHANGED = "changed"
    """Its date was changed, and one of the two is no day; an ``Explanation`` follows."""
    LATE_BY_AGREED_DAY = "late_by_agreed_day"
    AS_OF = "as_of"
    """The plan is not of the year of the review."""


class Explanation(StrEnum):
    """Whether a decision explains a change of the plan."""

    AS_DECIDED = "as_decided"
    AGAINST_DECISION = "against_decision"
    WITHOUT_DECISION = "without_decision"
    FINISHED = "finished"
    """Left the plan after it was finished, without a decision."""


class PlanNote(StrEnum):
    """What a reader must know about a row of the work plan (section ``plan_note``)."""

    DUE_IS_NO_DAY = "due_is_no_day"
    NO_DUE_DATE = "no_due_date"
    UNKNOWN_STATUS = "unknown_status"
    UNKNOWN_COLOUR = "unknown_colour"
    NO_LEAD = "no_lead"
    FORMULA = "formula"
    HIDDEN_ROW = "hidden_row"
    SAME_ID = "same_id"


class ProposalReason(StrEnum):
    """Why something is proposed (section ``proposal.reason``); the rules are in docs/decisions/proposals.md."""

    CLOSED_IN_PLAN = "closed_in_plan"
    DONE_BUT_RED = "done_but_red"
    DONE_BUT_DATA_FAILED = "done_but_data_failed"
    EMBEDDED = "embedded"
    ACHIEVED = "achieved"
    PAUSED_SAME_MEASURES = "paused_same_measures"
    """The action is paused, and another action of the workstream works on the same measures."""
    NOT_STARTED_SAME_MEASURES = "not_started_same_measures"
    PAUSED = "paused"
    NO_LEAD = "no_lead"
    LATENESS_UNKNOWN = "lateness_unknown"
    LATE = "late"
    DATE_MOVED = "date_moved"
    AT_RISK = "at_risk"
    NOT_LATE = "not_late"
    RED_WITHOUT_ACTION = "red_without_action"
    DUTY_WITHOUT_ACTION = "duty_without_action"
    DATA_FAILED = "data_failed"
    BREAK = "break"
    MET_ENGLAND_BETTER = "met_england_better"
    MET = "met"
    REQUIRED_BY_LAW = "required_by_law"
    MOVED_AWAY = "moved_away"
    MISSED = "missed"
    UNLIKELY = "unlikely"
    DUE_NOT_JUDGED = "due_not_judged"
    NOT_JUDGED_YET = "not_judged_yet"
    WITHIN_REACH = "within_reach"
    IMPLAUSIBLE = "implausible"
    NO_FIGURE = "no_figure"
