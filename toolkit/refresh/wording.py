"""How a thing stands and how it is to stand, in words: what papers set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.params import (
    ActionDecision,
    Decision,
    Measure,
    MeasureDecision,
    PriorityDecision,
    Project,
    ReviewYear,
    Target,
    TargetDecision,
)
from toolkit.words.numbers import format_date, format_period, format_target

__all__ = ["FIELD_NAMES", "MEASURE_KEYS", "AsItStands", "said_fields", "say_change_of", "say_target"]

FIELD_NAMES = {
    "action": "Action",
    "lead": "Lead",
    "accountable": "Accountable officer",
    "due": "Due",
    "success": "Success criteria",
    "outcome": "Outcome",
    "priority": "Priority",
    "workstream": "Workstream",
    "measures": "Measures",
}
"""The fields of an action, as papers call them."""
MEASURE_KEYS = {
    "name": "name",
    "priority": "priority",
    "unit": "unit",
    "polarity": "which way is better",
    "basis": "kind of period",
    "source": "source",
    "value": "item",
    "numerator": "above the line",
    "denominator": "below the line",
    "breakdown": "breakdown",
    "duty": "legal duty",
    "tolerance": "margin",
    "breaks": "breaks in the figures",
    "caveats": "what to mind",
}
"""What a measure is defined by, as people call it."""
_KEYS_IN_FILE = {"short_name": "short name", "above": "numerator", "below": "denominator", "statutory": "duty"}


def say_target(target: Target | None, measure: Measure) -> str:
    """A target in words: 98% by 2019; 'no target' without one."""
    if target is None:
        return "no target"
    return f"{format_target(target.value, measure.unit, measure.decimals)} by {format_period(target.by)}"


def said_fields(fields: Mapping[str, str]) -> str:
    """Fields of an action on one line: 'Lead: Head of SEND; Due: 30 April 2019'."""
    return "; ".join(f"{FIELD_NAMES[name]}: {format_date(value) or 'none'}" for name, value in fields.items())


def say_change_of(decision: Decision) -> str:
    """What a decision does to its subject, in a few words: 'close (embedded)', 'merge into 3b.4', 'raise'."""
    if isinstance(decision, ActionDecision):
        more = {"close": f" ({decision.as_})", "merge": f" into {decision.into}"}.get(decision.change, "")
        return decision.change + more + (f" until {format_date(decision.until)}" if decision.until else "")
    return decision.change


@dataclass(frozen=True)
class AsItStands:
    """Plan, targets and wording in force when a review decides; ``actions`` is id → the row of ACTIONS."""

    project: Project
    review: ReviewYear
    actions: Mapping[str, Mapping[Any, Any]]
    later: Mapping[str, Measure]

    def stands(self, kind: str, subject: str) -> str:
        """How the subject stands, short."""
        if kind == "action":
            row = self.actions.get(subject)
            return f"{row['status']}, due {format_date(row['due']) or 'on no date'}" if row else "not in the work plan"
        if kind == "priority":
            return self.title(subject)
        measure = self.measure(subject)
        if kind == "target":
            return say_target(self.review.targets.get(subject), measure)
        return measure.status if subject in self.project.measures else "not in the catalogue"

    def measure(self, name: str) -> Measure:
        """A measure of this review, or one that it adds."""
        return self.project.measures.get(name) or self.later[name]

    def title(self, priority: str) -> str:
        every = (part for outer in self.project.strategy.priorities for part in (outer, *outer.parts))
        return next((part.title for part in every if part.id == priority), "")

    def called(self, decision: Decision) -> str:
        """A decision by its id, what it is about in people's words, and what it does: for findings."""
        known = {**self.later, **self.project.measures}
        named = known[decision.subject].short_name if decision.subject in known else decision.subject
        return f"Decision {decision.id} about {decision.kind} '{named}' ({decision.change})"

    def becomes(self, decision: Decision) -> str:
        """How the subject is to stand, short."""
        if isinstance(decision, TargetDecision):
            kept = self.stands("target", decision.subject)
            return {"keep": kept, "retire": "no target"}.get(decision.change) or self._new_target(decision)
        if isinstance(decision, PriorityDecision):
            return decision.to.title if decision.to else self.title(decision.subject)
        return say_change_of(decision)

    def _new_target(self, decision: TargetDecision) -> str:
        since = f", counted from {format_period(decision.baseline)}" if decision.baseline else ""
        return say_target(decision.to, self.measure(decision.subject)) + since

    def wordings(self, decision: Decision) -> tuple[str, str]:
        """Old and new wording in full, of what changes; both empty where no wording does."""
        if isinstance(decision, ActionDecision):
            return self._action_words(decision)
        if isinstance(decision, MeasureDecision):
            return self._measure_words(decision)
        if decision.change == "keep":
            return "", ""
        return self.stands(decision.kind, decision.subject), self.becomes(decision)

    def _action_words(self, decision: ActionDecision) -> tuple[str, str]:
        row, other = self.actions.get(decision.subject), self.actions.get(decision.into or "")
        if decision.change in ("amend", "add") and decision.to:
            pairs = self._fields(decision)
            old, new = (said_fields({name: pair[at] for name, *pair in pairs}) for at in (0, 1))
            return (old if row else ""), new
        if decision.change == "merge" and row:
            return str(row["action"]), str(other["action"]) if other else ""
        return "", ""

    def amends(self, decision: Decision) -> list[str]:
        """What a decision amends of an action: 'Due: from 31 March 2019 to 31 December 2019'; nothing of another."""
        if not isinstance(decision, ActionDecision) or decision.change != "amend":
            return []
        told = ((FIELD_NAMES[name], old, new) for name, old, new in self._fields(decision))
        return [f"{name}: from {old} to {new}" if old != new else f"{name}: stays {new}" for name, old, new in told]

    def _fields(self, decision: ActionDecision) -> list[tuple[str, str, str]]:
        """(field, old, new) of what a decision gives an action anew, in words."""
        row = self.actions.get(decision.subject, {})
        given = decision.to.given if decision.to else {}
        return [(name, self._said(name, str(row.get(name, ""))), self._said(name, new)) for name, new in given.items()]

    def _said(self, field: str, value: str) -> str:
        """A field of an action as people read it: names in place of ids."""
        if field == "measures":
            known = {**self.later, **self.project.measures}
            ids = [name.strip() for name in value.split(";") if name.strip()]
            return ", ".join(known[name].short_name if name in known else name for name in ids) or "none"
        if field == "workstream":
            value = next((w.name for w in self.project.strategy.workstreams if w.id == value), value)
        if field == "priority" and self.title(value):
            return f"{value} ({self.title(value)})"
        return format_date(value) or "none"

    def _measure_words(self, decision: MeasureDecision) -> tuple[str, str]:
        measure = self.measure(decision.subject)
        if decision.change == "redefine":
            was = measure.model_dump(by_alias=True)
            old = "; ".join(f"{_key(key)}: {_plain(was.get(key))}" for key in decision.to)
            return old, "; ".join(f"{_key(key)}: {_plain(new)}" for key, new in decision.to.items())
        return {"add": ("", measure.name), "retire": (measure.name, "")}.get(decision.change, ("", ""))


def _key(key: str) -> str:
    """A key of a measure's file as people call it."""
    named = _KEYS_IN_FILE.get(key, key)
    return MEASURE_KEYS.get(named, named).replace("_", " ").capitalize()


def _plain(value: Any) -> str:
    """A value of a measure's file as a reader sees it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return " ".join(_plain(inner) for inner in value) or "none"
    return "none" if value in (None, "") else str(value)
