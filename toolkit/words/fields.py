"""Fields of actions and keys of measures in words: what papers set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.params import ActionDecision, Measure, MeasureDecision, Target
from toolkit.refresh import DecisionContext
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.numbers import format_date, format_period, format_target

__all__ = ["describe_fields", "describe_target", "measure_key", "new_fields", "redefined_keys"]

_KEYS_IN_FILE = {"above": "numerator", "below": "denominator", "statutory": "duty"}


def describe_target(target: Target | None, measure: Measure, phrases: Phrases = REPORT) -> str:
    """A target in words: 98% by 2019; 'no target' without one."""
    if target is None:
        return phrases.say("decision.state.no_target")
    value = format_target(target.value, measure.unit, measure.decimals)
    return phrases.say("decision.state.target", value=value, by=format_period(target.by))


def describe_fields(fields: Mapping[str, str], phrases: Phrases = REPORT) -> str:
    """Fields of an action on one line: 'Lead: Head of SEND; Due: 30 April 2019'."""
    return "; ".join(
        phrases.say("decision.field", name=phrases.say(f"field.{name}"), value=format_date(value) or _none(phrases))
        for name, value in fields.items()
    )


def new_fields(
    decision: ActionDecision, context: DecisionContext, phrases: Phrases = REPORT
) -> list[tuple[str, str, str]]:
    """(field, old, new) of what a decision changes of an action, in words."""
    action = context.action(decision.subject)
    given = decision.to.given if decision.to else {}
    return [
        (name, _field(name, getattr(action, name, ""), context, phrases), _field(name, new, context, phrases))
        for name, new in given.items()
    ]


def _field(field: str, value: str, context: DecisionContext, phrases: Phrases) -> str:
    """A field of an action as people read it: names in place of ids."""
    if field == "measures":
        ids = [name.strip() for name in value.split(";") if name.strip()]
        measures = context.measures
        return ", ".join(measures[name].short_name if name in measures else name for name in ids) or _none(phrases)
    if field == "workstream":
        value = next((w.name for w in context.project.strategy.workstreams if w.id == value), value)
    if field == "priority" and context.title(value):
        return phrases.say("decision.priority", id=value, title=context.title(value))
    return format_date(value) or _none(phrases)


def redefined_keys(decision: MeasureDecision, measure: Measure, phrases: Phrases = REPORT) -> tuple[str, str]:
    """Old and new values of what a decision redefines of a measure."""
    before = measure.model_dump(by_alias=True)
    sides = ({key: before.get(key) for key in decision.to}, decision.to)
    old, new = (
        "; ".join(
            phrases.say("decision.field", name=measure_key(key, phrases).capitalize(), value=_plain(value, phrases))
            for key, value in side.items()
        )
        for side in sides
    )
    return old, new


def measure_key(key: str, phrases: Phrases = REPORT) -> str:
    """A key of a measure's file, or a column of DEFINITIONS, as people call it."""
    phrase = f"measure_key.{_KEYS_IN_FILE.get(key, key)}"
    return phrases.say(phrase) if phrase in phrases else key.replace("_", " ")


def _plain(value: Any, phrases: Phrases) -> str:
    """A value of a measure's file as a reader sees it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(inner, phrases)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return " ".join(_plain(inner, phrases) for inner in value) or _none(phrases)
    return _none(phrases) if value in (None, "") else str(value)


def _none(phrases: Phrases = REPORT) -> str:
    return phrases.say("decision.none")
