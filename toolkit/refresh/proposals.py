"""What the figures, delivery and survey comments propose for the refresh. People accept, change or refuse it.

Each rule is a line of a table in docs/decisions/proposals.md; the first that fits counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from toolkit.analysis.codes import Doubt
from toolkit.analysis.story_order import topics_of
from toolkit.analysis.targets import is_due
from toolkit.frames import ACTIONS, DONE, JUDGEMENTS, OPEN, Action, ActionState, Fact, Judgement
from toolkit.params import Measure, Policy
from toolkit.refresh.actions import day_of
from toolkit.refresh.codes import ProposalReason
from toolkit.refresh.red_measures import red_marks
from toolkit.refresh.voices import TopTheme

__all__ = ["Evidence", "Proposal", "ProposalInputs", "measures_of", "proposals"]


@dataclass(frozen=True)
class Evidence:
    """The evidence for a proposal: the delivery of its action, judgements of measures (ids), and what comments say."""

    delivery: bool = False
    measures: tuple[str, ...] = ()
    comments: TopTheme | None = None


@dataclass(frozen=True)
class Proposal:
    """What is proposed about one subject, why (a code and its facts), and the evidence."""

    kind: str
    subject: str
    change: str
    reason: ProposalReason
    evidence: Evidence = Evidence()
    how: str = ""
    """``close``: achieved, embedded or superseded; ``merge``: the action that takes it in."""
    value: float = math.nan
    """``raise``: the new target, where one suggests itself."""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class ProposalInputs:
    """Protected JUDGEMENTS, ACTIONS, the catalogue, what comments speak of most by priority, and the policy."""

    judgements: pd.DataFrame
    actions: pd.DataFrame
    measures: Mapping[str, Measure]
    voices: Mapping[str, TopTheme]
    policy: Policy
    closed: frozenset[str] = frozenset()
    """Ids of the actions that earlier reviews closed."""


def proposals(inputs: ProposalInputs) -> list[Proposal]:
    """A proposal for each action and target, for measures without usable figures, and for red ones without action."""
    judged = {judgement.measure: judgement for judgement in JUDGEMENTS.rows(inputs.judgements)}
    actions = ACTIONS.rows(inputs.actions)
    return [
        *(_about_action(action, actions, judged, inputs) for action in actions if not _is_over(action, inputs)),
        *_new_actions(actions, judged, inputs),
        *(_about_target(one, inputs) for one in judged.values() if one.target_status != "no target"),
        *_about_measures(judged),
    ]


def _is_over(action: Action, inputs: ProposalInputs) -> bool:
    """An action that is finished, as an earlier review decided, is not proposed again."""
    return action.id in inputs.closed and action.status in DONE


def measures_of(action: Action) -> list[str]:
    """Ids of the measures that an action is meant to move."""
    return [name.strip() for name in action.measures.split(";") if name.strip()]


@dataclass(frozen=True)
class _Outcome:
    """What is proposed and why, whatever its subject."""

    change: str
    reason: ProposalReason
    how: str = ""
    value: float = math.nan
    facts: Mapping[str, Fact] = field(default_factory=dict)


def _about_action(
    action: Action, actions: Sequence[Action], judged: Mapping[str, Judgement], inputs: ProposalInputs
) -> Proposal:
    mine = [judged[name] for name in measures_of(action) if name in judged]
    red = [one for one in mine if red_marks(one)]
    outcome = _disposition(action, _reason_to_keep_open(mine), _takes_in(action, actions), inputs.policy)
    named = tuple(one.measure for one in red or mine[:1])
    evidence = Evidence(True, named, inputs.voices.get(action.priority))
    return Proposal("action", action.id, outcome.change, outcome.reason, evidence, outcome.how, facts=outcome.facts)


def _reason_to_keep_open(measures: list[Judgement]) -> ProposalReason | None:
    """Why actions on these measures should stay open although they are done; None where they may be closed."""
    if any(red_marks(one) for one in measures):
        return ProposalReason.DONE_BUT_RED
    if any(Doubt.DATA_FAILED in one.doubts.split(";") for one in measures):
        return ProposalReason.DONE_BUT_DATA_FAILED
    return None


def _disposition(action: Action, keep_open: ProposalReason | None, other: str, policy: Policy) -> _Outcome:
    """What is proposed for one action; ``other`` is the action that could take it in, or ""."""
    state = action.status
    if state == ActionState.CLOSED:
        return _Outcome("close", ProposalReason.CLOSED_IN_PLAN, "superseded")
    if keep_open and state in DONE:
        return _Outcome("keep", keep_open)
    if state == ActionState.EMBEDDED:
        return _Outcome("close", ProposalReason.EMBEDDED, "embedded")
    if state == ActionState.COMPLETE:
        return _Outcome("close", ProposalReason.ACHIEVED, "achieved")
    if other and state == ActionState.PAUSED:
        return _Outcome("merge", ProposalReason.PAUSED_SAME_MEASURES, other, facts={"other": other})
    if other and state == ActionState.NOT_STARTED:
        return _Outcome("merge", ProposalReason.NOT_STARTED_SAME_MEASURES, other, facts={"other": other})
    if state == ActionState.PAUSED:
        return _Outcome("pause", ProposalReason.PAUSED)
    return _open_action(action, policy)


def _open_action(action: Action, policy: Policy) -> _Outcome:
    """What is proposed for an action that is neither finished nor paused."""
    if not action.lead:
        return _Outcome("amend", ProposalReason.NO_LEAD)
    if day_of(action.due) is None or action.status not in OPEN:
        return _Outcome("amend", ProposalReason.LATENESS_UNKNOWN)
    if action.slipped_days > 0:
        return _Outcome("amend", ProposalReason.LATE, facts={"count": int(action.slipped_days)})
    if action.moved_days > policy.red_after_days:
        return _Outcome("amend", ProposalReason.DATE_MOVED, facts={"count": int(action.moved_days)})
    if action.delivery_rag != "green":
        return _Outcome("amend", ProposalReason.AT_RISK, facts={"colour": action.delivery_rag})
    return _Outcome("keep", ProposalReason.NOT_LATE)


def _takes_in(action: Action, actions: Sequence[Action]) -> str:
    """An action that is under way in the same workstream and names all the measures of this one; "" without one."""
    mine = set(measures_of(action))
    going = [one for one in actions if one.status == ActionState.IN_PROGRESS and one.workstream == action.workstream]
    same = (other.id for other in going if mine and mine <= set(measures_of(other)))
    return next((other for other in same if other != action.id), "")


def _new_actions(
    actions: Sequence[Action], judged: Mapping[str, Judgement], inputs: ProposalInputs
) -> Iterator[Proposal]:
    """A new action for each red measure that no open action is meant to move; its subject is the measure.

    Without a work plan, only for duties that are not met and do not get better: one for measures of the same duty.
    """
    topics = topics_of(inputs.measures)
    going = [action for action in actions if action.status in OPEN]
    moved = {name for action in going for name in measures_of(action)}
    answered = {topics.get(name) for name in moved}
    unmet = {topics[one.measure]: one for one in reversed(list(judged.values())) if one.statutory_status == "not met"}
    for one in judged.values():
        topic, is_duty = topics[one.measure], one.statutory_status == "not met"
        if is_duty and (topic in answered or unmet[topic] is not one or not (actions or one.direction != "better")):
            continue
        if not is_duty and (not actions or not red_marks(one) or one.measure in moved):
            continue
        evidence = Evidence(measures=(one.measure,), comments=inputs.voices.get(one.priority))
        reason = ProposalReason.DUTY_WITHOUT_ACTION if is_duty else ProposalReason.RED_WITHOUT_ACTION
        yield Proposal("action", one.measure, "add", reason, evidence)


def _about_target(judgement: Judgement, inputs: ProposalInputs) -> Proposal:
    outcome = _target(judgement, inputs.measures[judgement.measure])
    falls_short = judgement.target_status in ("missed", "unlikely")
    evidence = Evidence(
        measures=(judgement.measure,), comments=inputs.voices.get(judgement.priority) if falls_short else None
    )
    return Proposal("target", judgement.measure, outcome.change, outcome.reason, evidence, value=outcome.value)


def _target(judgement: Judgement, measure: Measure) -> _Outcome:
    """What is proposed for one target."""
    due, status = is_due(judgement), judgement.target_status
    if Doubt.DATA_FAILED in judgement.doubts.split(";"):
        return _Outcome("keep", ProposalReason.DATA_FAILED)
    if judgement.break_:
        return _Outcome("re-base", ProposalReason.BREAK)
    if status == "met" and due:
        better = _better_than(judgement.comparator_england, judgement.target, measure)
        if math.isnan(better):
            return _Outcome("raise", ProposalReason.MET)
        return _Outcome("raise", ProposalReason.MET_ENGLAND_BETTER, value=better)
    if status in ("missed", "unlikely") and measure.statutory:
        return _Outcome("keep", ProposalReason.REQUIRED_BY_LAW)
    if status == "missed" and judgement.direction == "worse":
        return _Outcome("lower", ProposalReason.MOVED_AWAY)
    if status in ("missed", "unlikely"):
        return _Outcome("keep", ProposalReason.MISSED if status == "missed" else ProposalReason.UNLIKELY)
    if status == "cannot be judged":
        return (
            _Outcome("retire", ProposalReason.DUE_NOT_JUDGED)
            if due
            else _Outcome("keep", ProposalReason.NOT_JUDGED_YET)
        )
    return _Outcome("keep", ProposalReason.WITHIN_REACH)


def _better_than(figure: float, target: float, measure: Measure) -> float:
    """England's figure, rounded as it is shown, where it is a harder target; else NaN."""
    good = figure < target if measure.polarity == "low" else figure > target
    return round(figure, measure.decimals) if good else math.nan


def _about_measures(judged: Mapping[str, Judgement]) -> Iterator[Proposal]:
    """Measures whose figures make no sense, and those that never had a figure."""
    for one in judged.values():
        evidence = Evidence(measures=(one.measure,))
        if one.fault:
            yield Proposal("measure", one.measure, "redefine", ProposalReason.IMPLAUSIBLE, evidence)
        elif math.isnan(one.value) and not one.period:
            yield Proposal("measure", one.measure, "retire", ProposalReason.NO_FIGURE, evidence)
