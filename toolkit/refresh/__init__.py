"""What the review decides: the work plan, voices and decisions. Pure functions; a person decides, never this room."""

from toolkit.refresh.actions import Lateness, actions_for, day_of, delivery_rag, state_of
from toolkit.refresh.against import evidence_findings
from toolkit.refresh.contradictions import Standing, contradictions, harder
from toolkit.refresh.decisions import (
    DECIDED,
    DISPOSITIONS,
    decision_findings,
    decisions_table,
    status_of,
    with_decisions,
)
from toolkit.refresh.definitions import definitions_table
from toolkit.refresh.duties import CONFORMS, REGISTER, duties_register, duty_findings
from toolkit.refresh.easy_words import PAPERS, easy_word_findings
from toolkit.refresh.exceptions import COMMENTARY, RED, RedMeasure, commentary_findings, is_red, red_marks, red_measures
from toolkit.refresh.in_force import Applied, applied, in_force, known_by, settled, settled_day, takes_effect
from toolkit.refresh.plan_changes import WORK_PLAN, plan_changes, plan_findings, with_dates_before
from toolkit.refresh.proposals import Proposal, Seen, proposals, voice_of
from toolkit.refresh.ruling import Matter, Ruling, matter_of, ruling
from toolkit.refresh.said_and_did import quotes_of, said_and_did_of
from toolkit.refresh.since import Since, eased_targets, since
from toolkit.refresh.voices import UNCODED, asked_of, coded_comments, rounds_of, surveys
from toolkit.refresh.wording import AsItStands, said_fields, say_change_of, say_target

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
    "AsItStands",
    "Lateness",
    "Matter",
    "Proposal",
    "RedMeasure",
    "Ruling",
    "Seen",
    "Since",
    "Standing",
    "actions_for",
    "applied",
    "asked_of",
    "coded_comments",
    "commentary_findings",
    "contradictions",
    "day_of",
    "decision_findings",
    "decisions_table",
    "definitions_table",
    "delivery_rag",
    "duties_register",
    "duty_findings",
    "eased_targets",
    "easy_word_findings",
    "evidence_findings",
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
    "said_fields",
    "say_change_of",
    "say_target",
    "settled",
    "settled_day",
    "since",
    "state_of",
    "status_of",
    "surveys",
    "takes_effect",
    "voice_of",
    "with_dates_before",
    "with_decisions",
]
