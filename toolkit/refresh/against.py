"""Decisions that the figures or the plan contradict: a warning to be answered, never a refusal.

The rules are those of docs/decisions/proposals.md, turned round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import pandas as pd

from toolkit.frames import (
    ACTIONS,
    FINDINGS,
    JUDGEMENTS,
    Action,
    ActionState,
    Finding,
    Found,
    Judgement,
    Statement,
)
from toolkit.params import ActionDecision, Decision, MeasureDecision, TargetDecision
from toolkit.refresh.codes import CounterEvidence
from toolkit.refresh.context import DecisionContext
from toolkit.refresh.decision_records import facts_about, finding_about
from toolkit.refresh.proposals import measures_of
from toolkit.refresh.red_measures import red_marks

__all__ = ["evidence_findings"]

FINISHED = {"achieved": (ActionState.COMPLETE, ActionState.EMBEDDED), "embedded": (ActionState.EMBEDDED,)}
"""How an action is closed → the states of the plan that agree with it."""


def evidence_findings(
    decisions: Iterable[Decision], judgements: pd.DataFrame, actions: pd.DataFrame, context: DecisionContext
) -> pd.DataFrame:
    """FINDINGS: a warning for each decision that the evidence contradicts and that gives no reason in ``despite``.

    ``judgements`` (PUBLISHED_JUDGEMENTS, which a warning quotes) and ``actions`` are those of the review that decides;
    ``context`` names what they are about.
    """
    reasons = dict(zip(judgements["measure"], judgements["reason"], strict=True))
    judged = {judgement.measure: judgement for judgement in JUDGEMENTS.rows(judgements)}
    planned = {action.id: action for action in ACTIONS.rows(actions)}
    rows = []
    for decision in decisions:
        if _is_judged(decision, judged, planned):
            against = [_quote(statement, reasons) for statement in _against(decision, judged, planned)]
            rows.append(_evidence_finding(decision, against, context))
    return FINDINGS.table(rows)


def _is_judged(decision: Decision, judged: Mapping[str, Judgement], planned: Mapping[str, Action]) -> bool:
    subjects: Mapping[str, Collection[str]] = {"action": planned, "target": judged, "measure": judged}
    return decision.subject in subjects.get(decision.kind, ())


def _evidence_finding(decision: Decision, against: list[Statement], context: DecisionContext) -> Finding:
    code = Found.EVIDENCE_AGREES
    if against:
        code = Found.EVIDENCE_ANSWERED if decision.despite else Found.EVIDENCE_AGAINST
    facts = {"against": [list(statement) for statement in against], "despite": decision.despite}
    return finding_about(decision, "evidence", code, facts_about(decision, context) | facts)


def _against(decision: Decision, judged: Mapping[str, Judgement], planned: Mapping[str, Action]) -> Iterator[Statement]:
    if isinstance(decision, ActionDecision):
        yield from _action(decision, planned[decision.subject], judged)
    elif isinstance(decision, TargetDecision):
        judgement = judged[decision.subject]
        yield from (_about(code, judgement) for code in _target(decision.change, judgement))
    elif isinstance(decision, MeasureDecision) and decision.change == "retire":
        judgement = judged[decision.subject]
        yield from (_about(CounterEvidence.RETIRED_RED, judgement, mark) for _, mark in red_marks(judgement)[:1])


def _about(code: CounterEvidence, judgement: Judgement, mark: str = "") -> Statement:
    return Statement(
        code,
        {
            "measure": judgement.measure,
            "name": judgement.name,
            "mark": mark or judgement.target_status,
            "break": judgement.break_,
        },
    )


def _quote(statement: Statement, reasons: Mapping[str, str]) -> Statement:
    """The statement with the sentence of the judgement that it is about, if it is about one."""
    measure = statement.facts.get("measure")
    return statement._replace(facts={**statement.facts, "reason": reasons[str(measure)]}) if measure else statement


def _target(change: str, judgement: Judgement) -> Iterator[CounterEvidence]:
    status, broken = judgement.target_status, judgement.break_
    if change == "raise" and status not in ("met", "likely"):
        yield _RAISED.get(status, CounterEvidence.RAISED_ALTHOUGH)
    if change == "lower" and status in ("met", "likely"):
        yield CounterEvidence.LOWERED_ALTHOUGH
    if change == "retire" and status in ("missed", "unlikely"):
        yield CounterEvidence.RETIRED_MISSED
    elif change == "retire" and judgement.statutory_status == "not met":
        yield CounterEvidence.DUTY_NOT_MET
    if change in ("keep", "raise", "lower") and broken:
        yield CounterEvidence.NOT_COMPARABLE
    if change == "re-base" and not broken:
        yield CounterEvidence.NO_BREAK


_RAISED = {
    "cannot be judged": CounterEvidence.RAISED_NOT_JUDGED,
    "not yet published": CounterEvidence.RAISED_WITHOUT_FIGURE,
}


def _action(decision: ActionDecision, action: Action, judged: Mapping[str, Judgement]) -> Iterator[Statement]:
    how = decision.as_ or ""
    delivery = {"how": how, "status": action.status, "delivery": action.delivery_reason}
    borne_out = FINISHED.get(how, ())
    if borne_out and action.status not in borne_out:
        yield Statement(CounterEvidence.CLOSED_UNFINISHED, delivery)
    if borne_out:
        red = [judged[name] for name in measures_of(action) if name in judged and red_marks(judged[name])]
        yield from (_about(CounterEvidence.RED_MEASURE, judgement) for judgement in red)
    if decision.change == "keep" and action.delivery_rag == "red":
        yield Statement(CounterEvidence.KEPT_RED, delivery)
