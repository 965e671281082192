"""Decisions that cannot stand: about something that does not exist, against each other, or against themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from toolkit.errors import Problem, did_you_mean
from toolkit.params import (
    ActionDecision,
    Decision,
    Measure,
    MeasureDecision,
    Target,
    TargetDecision,
)
from toolkit.params.yaml import YamlDocument
from toolkit.refresh.context import DecisionContext
from toolkit.refresh.in_force import redefine
from toolkit.sources import Fault, parse_period

__all__ = ["contradictions", "harder"]


def contradictions(
    decisions: Sequence[Decision], document: YamlDocument, context: DecisionContext
) -> Iterator[Problem]:
    """A problem, with its line, for each decision that cannot stand; ``document`` is decisions.yaml."""
    yield from _conflicts(decisions, document)
    planned = [action.id for action in context.actions]
    unread = [item["subject"] for item in document.left_out if isinstance(item, dict) and "subject" in item]
    coming = [*(d.subject for d in decisions if d.kind == "action" and d.change == "add"), *map(str, unread)]
    for place, decision in enumerate(decisions):
        into = decision.into if isinstance(decision, ActionDecision) else None
        if into and context.has_plan and into not in {*planned, *coming}:
            fix = did_you_mean(into, [*planned, *coming])
            yield document.problem(("decisions", place, "into"), f"there is no action '{into}'", fix)
        for key, what, fix in _faults(decision, context):
            yield document.problem(("decisions", place, *key), what, fix)


Contradiction = tuple[tuple[str, ...], str, str]


def _faults(decision: Decision, context: DecisionContext) -> Iterator[Contradiction]:
    yield from _too_early(decision, context)
    for word in decision.scope:
        scopes = context.project.governance.scopes
        if word not in scopes:
            yield ("scope",), f"'{word}' is not a scope of params/governance.yaml", did_you_mean(word, scopes)
    if isinstance(decision, ActionDecision):
        yield from _action(decision, context)
    elif isinstance(decision, TargetDecision):
        yield from _target(decision, context)
    elif isinstance(decision, MeasureDecision):
        yield from _measure(decision, context)
    else:
        ids = [part.id for priority in context.project.strategy.priorities for part in (priority, *priority.parts)]
        if decision.subject not in ids:
            yield ("subject",), f"there is no priority '{decision.subject}'", did_you_mean(decision.subject, ids)


def _too_early(decision: Decision, context: DecisionContext) -> Iterator[Contradiction]:
    """A decision dated before the strategy was approved."""
    approved = context.project.strategy.approved
    put_to = [(("put_to", "date"), put.date) for put in decision.put_to]
    for key, day in ((("decided", "on"), decision.decided.on), *put_to):
        if approved and day and day < approved.on:
            what = f"{day.isoformat()} is before the strategy was approved, {approved.on.isoformat()}"
            yield key, what, "correct the day, or the one under approved: in strategy.yaml"


def _action(decision: ActionDecision, context: DecisionContext) -> Iterator[Contradiction]:
    subject, planned = decision.subject, [action.id for action in context.actions]
    if decision.change == "leave out":
        yield from _unknown_measure(subject, context)
    elif decision.change == "add" and subject in planned:
        fix = "amend it, or give the new one its own id"
        yield ("subject",), f"the action '{subject}' is in the work plan already", fix
    elif decision.change != "add" and context.has_plan and subject not in planned:
        yield ("subject",), f"there is no action '{subject}'", did_you_mean(subject, planned)
    for key, name in (("subject", subject), ("into", decision.into or "")):
        if planned.count(name) > 1:
            what = f"{planned.count(name)} actions of the work plan have the id '{name}', and this is about one of them"
            yield (key,), what, "give each its own id in the work plan"
    if decision.into and decision.into == subject:
        yield ("into",), f"the action '{subject}' is merged into itself", "name the action that takes it in"
    for name in decision.to.measures if decision.to else ():
        if name not in context.project.measures and name not in context.later:
            yield ("to", "measures"), f"there is no measure '{name}'", did_you_mean(name, context.project.measures)


def _unknown_measure(name: str, context: DecisionContext) -> Iterator[Contradiction]:
    if name not in context.project.measures:
        yield ("subject",), f"there is no measure '{name}'", did_you_mean(name, context.project.measures)


def _target(decision: TargetDecision, context: DecisionContext) -> Iterator[Contradiction]:
    measure = {**context.later, **context.project.measures}.get(decision.subject)
    if measure is None:
        yield from _unknown_measure(decision.subject, context)
        return
    old, new, change = context.review.targets.get(measure.id), decision.to, decision.change
    if change == "add" and old:
        what = f"'{measure.id}' has a target already, {old.value:g} by {old.by}"
        yield ("change",), what, "raise, lower or re-base it"
    if change != "add" and not old:
        fix = "write 'change: add', or name another measure"
        yield ("subject",), f"'{measure.id}' has no target in this review", fix
    if new:
        yield from _reachable(new, measure)
    if old and new and change in ("raise", "lower") and harder(new, old, measure) != (change == "raise"):
        than = f"{new.value:g} by {new.by} is not {_WAY[change]} to meet than"
        fix = f"{'low' if measure.polarity == 'low' else 'high'} values are good here; correct the value or the change"
        yield ("to", "value"), f"'{change}', but {than} {old.value:g} by {old.by}", fix


_WAY = {"raise": "harder", "lower": "easier"}


def harder(new: Target, old: Target, measure: Measure) -> bool | None:
    """Is the new target harder to meet: a better value, or the same one sooner? None where it is the same."""
    if new.value != old.value:
        return (new.value > old.value) != (measure.polarity == "low")
    sooner, later = (parse_period(t.by, measure.basis).end for t in (new, old))
    return None if sooner == later else sooner < later


def _reachable(target: Target, measure: Measure) -> Iterator[Contradiction]:
    if measure.polarity == "none":
        yield ("subject",), f"'{measure.id}' is context only and has no target", "give it a polarity first"
    if measure.unit == "percent" and not 0 <= target.value <= 100:
        yield ("to", "value"), f"a target of {target.value:g}% for '{measure.id}'", "use 0 to 100"
    try:
        parse_period(target.by, measure.basis)
    except Fault as fault:
        yield ("to", "by"), fault.what, fault.fix


def _measure(decision: MeasureDecision, context: DecisionContext) -> Iterator[Contradiction]:
    if decision.change == "add":
        if decision.subject in context.project.measures:
            yield ("subject",), f"'{decision.subject}' is a measure already", "redefine it, or say 'since' in its file"
        elif decision.subject not in context.later:
            fix = "write its file under measures/ of the strategy, with since: the day of the decision"
            yield ("subject",), f"the new measure '{decision.subject}' has no file", fix
        return
    yield from _unknown_measure(decision.subject, context)
    measure = context.project.measures.get(decision.subject)
    if measure and decision.change == "redefine":
        try:
            redefine(measure, decision)
        except ValidationError as error:
            for one in error.errors():
                key = str(one["loc"][0]) if one["loc"] else ""
                unknown = one["type"] == "extra_forbidden"
                what = f"unknown key '{key}'" if unknown else f"'{key}': {one['msg'].removeprefix('Value error, ')}"
                yield ("to", key), what, did_you_mean(key, Measure.model_fields) if unknown else ""


def _conflicts(decisions: Sequence[Decision], document: YamlDocument) -> Iterator[Problem]:
    """Two decisions about one subject, a merger into an action that ends, a target for a measure that retires."""
    first: dict[tuple[str, str], Decision] = {}
    for place, decision in enumerate(decisions):
        at, key = ("decisions", place), (decision.kind, decision.subject)
        before = first.setdefault(key, decision)
        if before is not decision:
            what = f"'{decision.id}' and '{before.id}' both decide about {decision.kind} '{decision.subject}'"
            yield document.problem((*at, "subject"), what, "keep one of the two")
    for place, decision in enumerate(decisions):
        yield from _against(decision, ("decisions", place), first, document)


def _against(
    decision: Decision, at: tuple[str | int, ...], first: Mapping[tuple[str, str], Any], document: YamlDocument
) -> Iterator[Problem]:
    if isinstance(decision, ActionDecision) and decision.into:
        other = first.get(("action", decision.into))
        if other is not None and other.change in ("close", "merge"):
            what = f"'{decision.id}' merges into '{decision.into}', which '{other.id}' ends"
            yield document.problem((*at, "into"), what, "name an action that continues")
    if isinstance(decision, TargetDecision) and decision.change != "retire":
        other = first.get(("measure", decision.subject))
        if other is not None and other.change == "retire":
            what = f"'{decision.id}' sets a target for '{decision.subject}', which '{other.id}' retires"
            yield document.problem((*at, "subject"), what, "retire the target, or keep the measure")
