"""The strategy, its measures and its targets after the decisions in effect.

``strategy.yaml`` and the files of its measures stay as first written; decisions are applied on top of them for the
reviews that follow, so that each past review can be made again as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from toolkit.params import (
    ActionDecision,
    Decision,
    Governance,
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
from toolkit.refresh.escalation import bodies_put_to, matter_of, required_authority

__all__ = [
    "AppliedDecisions",
    "apply_decisions",
    "effective_date",
    "find_closed",
    "measures_to_come",
    "project_at",
    "project_in_force",
    "takes_effect",
]


def takes_effect(decision: Decision, governance: Governance, measures: Mapping[str, Measure]) -> bool:
    """True once a body that may has taken it, and every body that it is put to has agreed it."""
    return effective_date(decision, governance, measures) is not None


def find_closed(decisions: Iterable[Decision], project: Project) -> frozenset[str]:
    """Ids of the actions that decisions in effect closed."""
    ended = (d for d in decisions if isinstance(d, ActionDecision) and d.change == "close")
    return frozenset(d.subject for d in ended if takes_effect(d, project.governance, project.measures))


def effective_date(decision: Decision, governance: Governance, measures: Mapping[str, Measure]) -> date | None:
    """The day from which it is in effect: the last on which a body that it was put to agreed, and its call-in has
    passed; None while it is not."""
    ruled = required_authority(matter_of(decision), governance, measures)
    put_to = bodies_put_to(decision, ruled, governance)
    if not put_to:
        return decision.decided.on if governance.may_take(decision.authority, ruled.bodies) else None
    agreed = {body: decision.find_agreement(body) for body in put_to}
    held = [governance.body(body).meetings.takes_effect(day) for body, day in agreed.items() if day]
    return max(held) if len(held) == len(put_to) else None


def project_at(project: Project, day: date) -> Project:
    """The project with the measures of a day: those that begin later are left out, those that ended are retired.

    The measures of a priority that is not in force are left out too.
    """
    parts = {part.id for part in project.strategy.reviewed_parts()}
    begun = [m for m in project.measures.values() if (m.since or date.min) <= day and m.priority in parts]
    ended = {"status": "retired"}
    return replace(project, measures={m.id: m if m.is_in_force(day) else m.model_copy(update=ended) for m in begun})


def measures_to_come(project: Project, day: date) -> dict[str, Measure]:
    """The measures that begin after a day, and those of priorities that do."""
    parts = {part.id for part in project.written.reviewed_parts() if (part.since or date.min) > day}
    return {m.id: m for m in project.measures.values() if (m.since or date.min) > day or m.priority in parts}


def project_in_force(project: Project, decisions: Iterable[Decision], governance: Governance) -> Project:
    """The project with its priorities reworded and its measures redefined or retired by the decisions in effect."""
    strategy, measures = project.strategy, dict(project.measures)
    for decision in decisions:
        if not takes_effect(decision, governance, project.measures):
            continue
        if isinstance(decision, PriorityDecision) and decision.to:
            strategy = _reword(strategy, decision)
        elif isinstance(decision, MeasureDecision) and decision.subject in measures:
            measures[decision.subject] = redefine(measures[decision.subject], decision)
    return replace(project, strategy=strategy, measures=measures)


def redefine(measure: Measure, decision: MeasureDecision) -> Measure:
    """The measure with its new keys; a retired one keeps its history. Raises ValidationError for a wrong key."""
    given = {"status": "retired"} if decision.change == "retire" else dict(decision.to)
    return Measure.model_validate(measure.model_dump(by_alias=True) | given)


def _reword(strategy: Strategy, decision: PriorityDecision) -> Strategy:
    words = {key: text for key, text in dict(decision.to or {}).items() if text}

    def new(part: Priority | Part) -> Any:
        inner = {"parts": tuple(new(one) for one in part.parts)} if isinstance(part, Priority) else {}
        return part.model_copy(update={**inner, **(words if part.id == decision.subject else {})})

    return strategy.model_copy(update={"priorities": tuple(new(priority) for priority in strategy.priorities)})


@dataclass(frozen=True)
class AppliedDecisions:
    """What the decisions of a review change for the next, and which still wait."""

    targets: Mapping[str, Target]
    """Targets of the next review: those of this one, with the changes made."""
    baseline_exceptions: Mapping[str, str]
    """Measure → baseline, with those that were re-based."""
    actions: tuple[ActionDecision, ...] = ()
    """Decisions that the next work plan must follow: actions to close, merge, pause, amend or add."""
    waiting: tuple[Decision, ...] = field(default=())
    """Decisions not in effect: a body that they are put to has not agreed, or the body that decided may not."""


def apply_decisions(review: ReviewYear, decisions: Iterable[Decision], project: Project) -> AppliedDecisions:
    """The targets and baselines that the next review starts from, and what else the decisions ask for.

    Wording and measures are left to ``project_in_force``, which applies them for every later review. A
    target whose measure is retired goes with it.
    """
    targets, baselines = dict(review.targets), dict(review.baseline_exceptions)
    every = list(decisions)
    effective = [d for d in every if takes_effect(d, project.governance, project.measures)]
    for decision in effective:
        if isinstance(decision, TargetDecision) and decision.to:
            targets[decision.subject] = decision.to
        if isinstance(decision, TargetDecision) and decision.baseline:
            baselines[decision.subject] = decision.baseline
        if decision.change == "retire":
            targets.pop(decision.subject, None)
            baselines.pop(decision.subject, None)
    actions = tuple(d for d in effective if isinstance(d, ActionDecision) and d.change not in ("keep", "leave out"))
    return AppliedDecisions(targets, baselines, actions, tuple(d for d in every if d not in effective))
