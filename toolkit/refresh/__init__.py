"""What the review decides: the work plan, voices and decisions. Pure functions; a person decides, never this room."""

from toolkit.refresh.actions import Lateness, actions_for, day_of, delivery_rag, state_of
from toolkit.refresh.against import evidence_findings
from toolkit.refresh.codes import DeliveryReason, Explanation, PlanNote, ProposalReason
from toolkit.refresh.context import DecisionContext
from toolkit.refresh.contradictions import contradictions, harder
from toolkit.refresh.decisions import (
    DECIDED,
    DISPOSITIONS,
    DecisionRecord,
    decision_findings,
    decision_records,
    status_of,
    with_dispositions,
)
from toolkit.refresh.definitions import definitions_table
from toolkit.refresh.duties import CONFORMS, REGISTER, duties_register, duty_findings
from toolkit.refresh.easy_words import PAPERS, easy_word_findings
from toolkit.refresh.exceptions import COMMENTARY, RED, RedMeasure, commentary_findings, is_red, red_marks, red_measures
from toolkit.refresh.in_force import Applied, applied, in_force, known_by, settled, settled_day, takes_effect
from toolkit.refresh.plan_changes import WORK_PLAN, explanation, plan_changes, plan_findings, with_dates_before
from toolkit.refresh.proposals import Evidence, Proposal, ProposalInputs, proposals
from toolkit.refresh.ruling import Matter, Ruling, matter_of, ruling
from toolkit.refresh.said_and_did import quotes_of, said_and_did_of
from toolkit.refresh.since import Since, eased_targets, since
from toolkit.refresh.voices import UNCODED, TopTheme, asked_of, coded_comments, rounds_of, surveys, top_themes

__all__ = [
    "COMMENTARY",
    "CONFORMS",
    "DECIDED",
    "DISPOSITIONS",
    "PAPERS",
    "RED",
    "REGISTER",
    "UNCODED",
    "WORK_PLAN",
    "Applied",
    "DecisionContext",
    "DecisionRecord",
    "DeliveryReason",
    "Evidence",
    "Explanation",
    "Lateness",
    "Matter",
    "PlanNote",
    "Proposal",
    "ProposalInputs",
    "ProposalReason",
    "RedMeasure",
    "Ruling",
    "Since",
    "TopTheme",
    "actions_for",
    "applied",
    "asked_of",
    "coded_comments",
    "commentary_findings",
    "contradictions",
    "day_of",
    "decision_findings",
    "decision_records",
    "definitions_table",
    "delivery_rag",
    "duties_register",
    "duty_findings",
    "eased_targets",
    "easy_word_findings",
    "evidence_findings",
    "explanation",
    "harder",
    "in_force",
    "is_red",
    "known_by",
    "matter_of",
    "plan_changes",
    "plan_findings",
    "proposals",
    "quotes_of",
    "red_marks",
    "red_measures",
    "rounds_of",
    "ruling",
    "said_and_did_of",
    "settled",
    "settled_day",
    "since",
    "state_of",
    "status_of",
    "surveys",
    "takes_effect",
    "top_themes",
    "with_dates_before",
    "with_dispositions",
]
