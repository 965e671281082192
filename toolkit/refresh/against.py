"""Decisions that go against what the figures and the plan show: a warning to be answered, never a refusal.

The rules are those of docs/decisions/proposals.md, read the other way round.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from toolkit.frames import ACTIONS, FINDINGS, JUDGEMENTS, Action, Judgement
from toolkit.params import ActionDecision, Decision, MeasureDecision, TargetDecision
from toolkit.refresh.context import DecisionContext
from toolkit.refresh.decisions import finding_about
from toolkit.refresh.exceptions import red_marks
from toolkit.refresh.proposals import measures_of

__all__ = ["evidence_findings"]

FINISHED = {"achieved": ("complete", "complete and embedded"), "embedded": ("complete and embedded",)}
"""How an action is closed → the states in which the plan bears that out."""


def evidence_findings(
    decisions: Iterable[Decision], judgements: pd.DataFrame, actions: pd.DataFrame, context: DecisionContext
) -> pd.DataFrame:
    """FINDINGS: a warning for each decision that the evidence speaks against and that does not say why ``despite`` it.

    ``judgements`` and ``actions`` are those of the review that decides; ``context`` names what they are about.
    """
    judged = {judgement.measure: judgement for judgement in JUDGEMENTS.rows(judgements)}
    planned = {action.id: action for action in ACTIONS.rows(actions)}
    rows = [
        _checked(d, list(_against(d, judged, planned)), context) for d in decisions if _is_judged(d, judged, planned)
    ]
    return FINDINGS.of(rows)


def _is_judged(decision: Decision, judged: Mapping[str, Judgement], planned: Mapping[str, Action]) -> bool:
    known: Mapping[str, Collection[str]] = {"action": planned, "target": judged, "measure": judged}
    return decision.subject in known.get(decision.kind, ())


def _checked(decision: Decision, against: list[str], context: DecisionContext) -> dict[str, Any]:
    so = f"{context.name_decision(decision)} goes with what the figures and the plan show, or says why not."
    what = " ".join([so, *against])
    if against and decision.despite:
        what += f" It is answered: {decision.despite}"
    fix = f"Answer it under 'despite:' in params/{context.review.year}/decisions.yaml, or decide otherwise."
    return finding_about(decision, "evidence", what, fix if against and not decision.despite else "")


def _against(decision: Decision, judged: Mapping[str, Judgement], planned: Mapping[str, Action]) -> Iterator[str]:
    if isinstance(decision, ActionDecision):
        yield from _action(decision, planned[decision.subject], judged)
    elif isinstance(decision, TargetDecision):
        judgement = judged[decision.subject]
        yield from (f"{told} {judgement.reason}" for told in _target(decision.change, judgement))
    elif isinstance(decision, MeasureDecision) and decision.change == "retire":
        judgement = judged[decision.subject]
        yield from (f"It is retired although it is {word}. {judgement.reason}" for _, word in red_marks(judgement)[:1])


def _target(change: str, judgement: Judgement) -> Iterator[str]:
    status, broken = judgement.target_status, judgement.break_
    if change == "raise" and status not in ("met", "on track"):
        stands = {"cannot be judged": "cannot be judged", "not yet published": "has no figure yet"}
        yield f"The target is raised although it {stands.get(status, f'is {status}')}."
    if change == "lower" and status in ("met", "on track"):
        yield f"The target is lowered although it is {status}."
    if change == "retire" and (status == "off track" or judgement.statutory_status == "not met"):
        yield "The target is retired although it is missed." if status == "off track" else "The duty is not met."
    if change in ("keep", "raise", "lower") and broken:
        yield f"The figures cannot be compared with the baseline any more: {broken}."
    if change == "re-base" and not broken:
        yield "There is no break in the figures since the baseline."


def _action(decision: ActionDecision, action: Action, judged: Mapping[str, Judgement]) -> Iterator[str]:
    borne_out = FINISHED.get(decision.as_ or "", ())
    if borne_out and action.status not in borne_out:
        yield f"It is closed as {decision.as_}, and in the plan it is {action.status}. {action.delivery_reason}"
    if borne_out:
        red = [judged[name] for name in measures_of(action) if name in judged and red_marks(judged[name])]
        yield from (f"A measure that it is to move is red: {one.name}: {one.reason}" for one in red)
    if decision.change == "keep" and action.delivery_rag == "red":
        yield f"It goes on unchanged although it is red. {action.delivery_reason}"
