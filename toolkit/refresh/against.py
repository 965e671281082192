"""Decisions that go against what the figures and the plan show: a warning to be answered, never a refusal.

The rules are those of docs/decisions/proposals.md, read the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from toolkit.frames import FINDINGS
from toolkit.params import ActionDecision, Decision, MeasureDecision, TargetDecision
from toolkit.refresh.decisions import finding_about
from toolkit.refresh.exceptions import red_marks
from toolkit.refresh.wording import AsItStands

__all__ = ["evidence_findings"]

Row = Mapping[Any, Any]

FINISHED = {"achieved": ("complete", "complete and embedded"), "embedded": ("complete and embedded",)}
"""How an action is closed → the states in which the plan bears that out."""


def evidence_findings(
    decisions: Iterable[Decision], judgements: pd.DataFrame, actions: pd.DataFrame, stand: AsItStands
) -> pd.DataFrame:
    """FINDINGS: a warning for each decision that the evidence speaks against and that does not say why ``despite`` it.

    ``judgements`` and ``actions`` are those of the review that decides; ``stand`` names what they are about.
    """
    judged = {str(row["measure"]): row for row in judgements.to_dict("records")}
    planned = {str(row["id"]): row for row in actions.to_dict("records")}
    rows = [_checked(d, list(_against(d, judged, planned)), stand) for d in decisions if _is_judged(d, judged, planned)]
    return FINDINGS.of(rows)


def _is_judged(decision: Decision, judged: Mapping[str, Row], planned: Mapping[str, Row]) -> bool:
    return decision.subject in {"action": planned, "target": judged, "measure": judged}.get(decision.kind, {})


def _checked(decision: Decision, against: list[str], stand: AsItStands) -> dict[str, Any]:
    so = f"{stand.called(decision)} goes with what the figures and the plan show, or says why not."
    what = " ".join([so, *against])
    if against and decision.despite:
        what += f" It is answered: {decision.despite}"
    fix = f"Answer it under 'despite:' in params/{stand.review.year}/decisions.yaml, or decide otherwise."
    return finding_about(decision, "evidence", what, fix if against and not decision.despite else "")


def _against(decision: Decision, judged: Mapping[str, Row], planned: Mapping[str, Row]) -> Iterator[str]:
    if isinstance(decision, ActionDecision):
        yield from _action(decision, planned[decision.subject], judged)
    elif isinstance(decision, TargetDecision):
        row = judged[decision.subject]
        yield from (f"{said} {row['reason']}" for said in _target(decision.change, row))
    elif isinstance(decision, MeasureDecision) and decision.change == "retire":
        row = judged[decision.subject]
        yield from (f"It is retired although it is {word}. {row['reason']}" for _, word in red_marks(row)[:1])


def _target(change: str, row: Row) -> Iterator[str]:
    status, broken = row["target_status"], str(row["break"])
    if change == "raise" and status not in ("met", "on track"):
        stands = {"cannot be judged": "cannot be judged", "not yet published": "has no figure yet"}
        yield f"The target is raised although it {stands.get(status, f'is {status}')}."
    if change == "lower" and status in ("met", "on track"):
        yield f"The target is lowered although it is {status}."
    if change == "retire" and (status == "off track" or row["statutory_status"] == "not met"):
        yield "The target is retired although it is missed." if status == "off track" else "The duty is not met."
    if change in ("keep", "raise", "lower") and broken:
        yield f"The figures cannot be compared with the baseline any more: {broken}."
    if change == "re-base" and not broken:
        yield "There is no break in the figures since the baseline."


def _action(decision: ActionDecision, row: Row, judged: Mapping[str, Row]) -> Iterator[str]:
    borne_out = FINISHED.get(decision.as_ or "", ())
    if borne_out and row["status"] not in borne_out:
        yield f"It is closed as {decision.as_}, and in the plan it is {row['status']}. {row['delivery_reason']}"
    if borne_out:
        named = [name.strip() for name in str(row["measures"]).split(";")]
        red = [judged[name] for name in named if name in judged and red_marks(judged[name])]
        yield from (f"A measure that it is to move is red: {one['name']}: {one['reason']}" for one in red)
    if decision.change == "keep" and row["delivery_rag"] == "red":
        yield f"It goes on unchanged although it is red. {row['delivery_reason']}"
