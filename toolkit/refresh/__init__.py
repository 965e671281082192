"""The work plan, survey comments, proposals and decisions. Pure functions; people decide, never this room."""

from toolkit.refresh.actions import Lateness, PlanSettings, actions_for, day_of, delivery_rag, state_of
from toolkit.refresh.against import evidence_findings
from toolkit.refresh.approved_words import quotes_of, said_and_did_of
from toolkit.refresh.changes_since import ChangesSince, changes_since, eased_targets
from toolkit.refresh.codes import DeliveryReason, Explanation, PlanNote, ProposalReason
from toolkit.refresh.context import DecisionContext
from toolkit.refresh.contradictions import contradictions, harder
from toolkit.refresh.decision_records import (
    DECIDED,
    DISPOSITIONS,
    DecisionRecord,
    decision_findings,
    decision_records,
    status_of,
    with_dispositions,
)
from toolkit.refresh.definitions import definitions_table
from toolkit.refresh.duties_register import CONFORMS, REGISTER, duties_register, duty_findings
from toolkit.refresh.easy_words import PAPERS, easy_word_findings
from toolkit.refresh.escalation import (
    Matter,
    RequiredAuthority,
    agreements,
    bodies_put_to,
    bodies_to_decide,
    matter_of,
    required_authority,
)
from toolkit.refresh.in_force import (
    AppliedDecisions,
    apply_decisions,
    effective_date,
    find_closed,
    measures_to_come,
    project_at,
    project_in_force,
    takes_effect,
)
from toolkit.refresh.plan_changes import WORK_PLAN, explain_change, plan_changes, plan_findings, with_dates_before
from toolkit.refresh.proposals import Evidence, Proposal, ProposalInputs, proposals
from toolkit.refresh.red_measures import (
    COMMENTARY,
    RED,
    RedMeasure,
    commentary_findings,
    is_red,
    red_marks,
    red_measures,
)
from toolkit.refresh.strategy_term import STRATEGY, has_ended, term_findings
from toolkit.refresh.succession import actions_in_new_terms, actions_that_end, aim_alike
from toolkit.refresh.voices import (
    UNCODED,
    TopTheme,
    coded_comments,
    comments_by_box,
    survey_rounds,
    surveys,
    top_themes,
)

__all__ = [
    "COMMENTARY",
    "CONFORMS",
    "DECIDED",
    "DISPOSITIONS",
    "PAPERS",
    "RED",
    "REGISTER",
    "STRATEGY",
    "UNCODED",
    "WORK_PLAN",
    "AppliedDecisions",
    "ChangesSince",
    "DecisionContext",
    "DecisionRecord",
    "DeliveryReason",
    "Evidence",
    "Explanation",
    "Lateness",
    "Matter",
    "PlanNote",
    "PlanSettings",
    "Proposal",
    "ProposalInputs",
    "ProposalReason",
    "RedMeasure",
    "RequiredAuthority",
    "TopTheme",
    "actions_for",
    "actions_in_new_terms",
    "actions_that_end",
    "agreements",
    "aim_alike",
    "apply_decisions",
    "bodies_put_to",
    "bodies_to_decide",
    "changes_since",
    "coded_comments",
    "commentary_findings",
    "comments_by_box",
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
    "effective_date",
    "evidence_findings",
    "explain_change",
    "find_closed",
    "harder",
    "has_ended",
    "is_red",
    "matter_of",
    "measures_to_come",
    "plan_changes",
    "plan_findings",
    "project_at",
    "project_in_force",
    "proposals",
    "quotes_of",
    "red_marks",
    "red_measures",
    "required_authority",
    "said_and_did_of",
    "state_of",
    "status_of",
    "survey_rounds",
    "surveys",
    "takes_effect",
    "term_findings",
    "top_themes",
    "with_dates_before",
    "with_dispositions",
]
