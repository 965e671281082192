"""The strategy, its measures and its targets as decisions leave them.

``params/strategy.yaml`` and ``params/measures`` stay as they were first written: what a refresh decided is laid over
them for the reviews that come after it. So each past review can be made again as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from toolkit.params import (
    ActionDecision,
    Decision,
    Escalation,
    Measure,
    MeasureDecision,
    Part,
    Priority,
    PriorityDecision,
    Project,
    ReviewYear,
    Strategy,
    Target,
    TargetDecision,
)
from toolkit.refresh.escalation import matter_of, required_authority

__all__ = [
    "Applied",
    "apply_decisions",
    "effective_date",
    "effective_dates",
    "project_in_force",
    "project_known_in",
    "takes_effect",
]


def takes_effect(decision: Decision, escalation: Escalation, measures: Mapping[str, Measure]) -> bool:
    """True once taken by a body that may and, where it goes to the highest one, agreed by it."""
    ruled, governance = required_authority(matter_of(decision), escalation, measures), escalation.governance
    if governance.highest in (ruled.authority, decision.authority):
        return decision.cabinet is not None
    return governance.may_take(decision.authority, ruled.authority)


def effective_date(decision: Decision, escalation: Escalation, measures: Mapping[str, Measure]) -> date | None:
    """The day from which it holds: that of the highest body where it went there; None while it does not hold."""
    holds = takes_effect(decision, escalation, measures)
    return (decision.cabinet or decision.decided.on) if holds else None


def effective_dates(decisions: pd.DataFrame) -> pd.Series:
    """The day from which each row of DECISIONS holds, as an ISO date; "" while it does not."""
    day = decisions["cabinet_date"].where(decisions["cabinet_date"] != "", decisions["decided_on"])
    return day.where(decisions["in_effect"] == "yes", "")


def project_known_in(project: Project, year: int) -> Project:
    """The project without the measures that a later refresh added."""
    return replace(project, measures={m.id: m for m in project.measures.values() if not m.since or m.since <= year})


def project_in_force(project: Project, decisions: Iterable[Decision], escalation: Escalation) -> Project:
    """The project with priorities reworded, measures redefined or retired, as decisions in effect have it."""
    strategy, measures = project.strategy, dict(project.measures)
    for decision in decisions:
        if not takes_effect(decision, escalation, project.measures):
            continue
        if isinstance(decision, PriorityDecision) and decision.to:
            strategy = _reworded(strategy, decision)
        elif isinstance(decision, MeasureDecision) and decision.subject in measures:
            measures[decision.subject] = redefined(measures[decision.subject], decision)
    return replace(project, strategy=strategy, measures=measures)


def redefined(measure: Measure, decision: MeasureDecision) -> Measure:
    """The measure with the keys that are given anew; a retired one keeps its history. Pydantic tells wrong keys."""
    given = {"status": "retired"} if decision.change == "retire" else dict(decision.to)
    return Measure.model_validate(measure.model_dump(by_alias=True) | given)


def _reworded(strategy: Strategy, decision: PriorityDecision) -> Strategy:
    words = {key: said for key, said in dict(decision.to or {}).items() if said}

    def new(part: Priority | Part) -> Any:
        inner = {"parts": tuple(new(one) for one in part.parts)} if isinstance(part, Priority) else {}
        return part.model_copy(update={**inner, **(words if part.id == decision.subject else {})})

    return strategy.model_copy(update={"priorities": tuple(new(priority) for priority in strategy.priorities)})


@dataclass(frozen=True)
class Applied:
    """What the decisions of a review mean for the next: what changes, and what still waits."""

    targets: Mapping[str, Target]
    """Targets of the next review: those of this one, with the changes made."""
    baseline_exceptions: Mapping[str, str]
    """Measure → baseline, with those that were re-based."""
    actions: tuple[ActionDecision, ...] = ()
    """What the next work plan must show: closed, merged, paused, amended and new actions."""
    waiting: tuple[Decision, ...] = field(default=())
    """Decisions that are not in force: they escalate and have no date of agreement, or who took them may not."""


def apply_decisions(
    review: ReviewYear, decisions: Iterable[Decision], project: Project, escalation: Escalation
) -> Applied:
    """The targets and baselines that the next review starts from, and what else the decisions ask for.

    Wording and measures need nothing: ``project_in_force`` lays them over the strategy for every later review. A
    target whose measure is retired goes with it.
    """
    targets, baselines = dict(review.targets), dict(review.baseline_exceptions)
    every = list(decisions)
    effective = [d for d in every if takes_effect(d, escalation, project.measures)]
    for decision in effective:
        if isinstance(decision, TargetDecision) and decision.to:
            targets[decision.subject] = decision.to
        if isinstance(decision, TargetDecision) and decision.baseline:
            baselines[decision.subject] = decision.baseline
        if decision.change == "retire":
            targets.pop(decision.subject, None)
            baselines.pop(decision.subject, None)
    actions = tuple(d for d in effective if isinstance(d, ActionDecision) and d.change not in ("keep", "leave out"))
    return Applied(targets, baselines, actions, tuple(d for d in every if d not in effective))
