"""The work plan of a review, and what people have decided about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from toolkit.evidence.inputs import ReviewInputs
from toolkit.evidence.newest import plan_as_of
from toolkit.frames import ACTIONS, PLAN_CHANGES
from toolkit.params import ActionDecision, Decision
from toolkit.refresh import (
    DecisionContext,
    Lateness,
    PlanSettings,
    actions_for,
    actions_in_new_terms,
    actions_that_end,
    aim_alike,
    duties_register,
    effective_date,
    plan_changes,
    takes_effect,
    with_dates_before,
    with_dispositions,
)
from toolkit.sources import WorkPlanSource, edition_in_use
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.decisions import phrase_actions
from toolkit.words.plan import phrase_plan_changes

__all__ = [
    "actions_in_review",
    "changes_of_plan",
    "decision_context",
    "decisions_in_effect",
    "decisions_since_plan",
    "duties_checked",
    "planned_actions",
    "rate_actions",
]


def planned_actions(inputs: ReviewInputs) -> pd.DataFrame:
    """ACTIONS of every work plan of the project, by themselves; those of an old strategy by the ids of the new one."""
    tables = [_actions(inputs, s) for s in inputs.sources.values() if isinstance(s, WorkPlanSource)]
    planned = ACTIONS.validate(pd.concat(tables)) if tables else ACTIONS.empty()
    for succession in inputs.successions:
        planned = actions_in_new_terms(planned, succession)
    return planned


def _actions(inputs: ReviewInputs, source: WorkPlanSource) -> pd.DataFrame:
    settings = PlanSettings(source.status_words, _lateness(inputs), source.illustrative, plan_as_of(inputs, source))
    return actions_for(inputs.plans[source.id], inputs.project.strategy, settings)


def _lateness(inputs: ReviewInputs) -> Lateness:
    """What makes an action late, and how late it may be before it is red."""
    return Lateness(inputs.year.cut_off, inputs.project.policy.red_after_days)


def decision_context(inputs: ReviewInputs, planned: pd.DataFrame) -> DecisionContext:
    """Plan, targets and wording in force when this review decides; ``planned`` is its ``planned_actions``."""
    actions = tuple(ACTIONS.rows(planned))
    return DecisionContext(inputs.project, inputs.year, actions, bool(inputs.plans), inputs.later)


def decisions_in_effect(inputs: ReviewInputs) -> list[Decision]:
    """The recorded decisions that change something: the bodies that they are put to have agreed."""
    measures = {**inputs.later, **inputs.project.measures}
    return [d for d in inputs.recorded if takes_effect(d, inputs.project.governance, measures)]


def changes_of_plan(inputs: ReviewInputs, planned: pd.DataFrame) -> pd.DataFrame:
    """PLAN_CHANGES since the review before; none where this is the first."""
    before = inputs.earlier
    if before is None:
        return PLAN_CHANGES.empty()
    decided = [
        *decisions_in_effect(before),
        *(d for one in before.successions for d in actions_that_end(one, inputs.project.strategy.begins)),
    ]
    last = aim_alike(planned_actions(before), planned) if before.successions else planned_actions(before)
    changes = plan_changes(last, planned, decided, decisions_in_effect(inputs))
    return phrase_plan_changes(changes)


def actions_in_review(
    inputs: ReviewInputs, planned: pd.DataFrame, changes: pd.DataFrame, bank: Phrases = REPORT
) -> pd.DataFrame:
    """ACTIONS in words of an audience, with the due dates that the review before saw and what is decided of each."""
    before = planned_actions(inputs.earlier) if inputs.earlier else ACTIONS.empty()
    dated = with_dates_before(planned, before, changes, _lateness(inputs))
    decided = with_dispositions(dated, inputs.recorded)
    return phrase_actions(decided, inputs.recorded, decision_context(inputs, planned), bank)


def rate_actions(inputs: ReviewInputs, changes: pd.DataFrame, red_after_days: int) -> pd.DataFrame:
    """ACTIONS as they would be if the policy called an unfinished action red after this many days."""
    policy = inputs.project.policy.model_copy(update={"red_after_days": red_after_days})
    other = replace(inputs, project=replace(inputs.project, policy=policy))
    return actions_in_review(other, planned_actions(other), changes)


def decisions_since_plan(inputs: ReviewInputs) -> list[tuple[ActionDecision, date]]:
    """What was decided about actions after the work plan in use was drawn up, with the day from which it holds.

    A plan does not show it yet, and of what is kept it does not show that anybody looked. Decisions of the review
    before are among them, until a newer plan is there.
    """
    sources = [source for source in inputs.sources.values() if isinstance(source, WorkPlanSource)]
    plans = [edition_in_use(source, inputs.year.cut_off) for source in sources]
    drawn_up = max((plan.published for plan in plans if plan), default=date.max)
    measures = {**inputs.later, **inputs.project.measures}
    since = [
        (d, day)
        for d in (*(inputs.earlier.recorded if inputs.earlier else ()), *inputs.recorded)
        if isinstance(d, ActionDecision) and d.change != "leave out"
        and (day := effective_date(d, inputs.project.governance, measures))
        and drawn_up < day
    ]  # fmt: skip
    return sorted(since, key=lambda each: each[1])


def duties_checked(inputs: ReviewInputs) -> pd.DataFrame:
    """DUTIES: the register, with who checked what."""
    return duties_register(inputs.project.strategy, inputs.duty_checks, inputs.year.cut_off)
