"""What decisions and proposals are about and what becomes of it, as any reader would say it."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frames import DecisionRow
from toolkit.params import ActionDecision, Decision, Governance
from toolkit.refresh import agreements
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.codes import as_key, say_change
from toolkit.words.numbers import format_date

__all__ = [
    "describe_decider",
    "describe_kind_and_subject",
    "describe_outcome",
    "describe_subject",
    "describe_way",
    "describe_what_changes",
    "name_decision",
]


def describe_subject(row: DecisionRow, names: Mapping[str, str]) -> str:
    """The subject of a decision or proposal; ``names`` says what the id of a measure, action or priority stands for.

    An action that is proposed for a measure says so.
    """
    name = names.get(row.subject, row.subject)
    proposed = row.status == "proposed" and (row.kind, row.change) == ("action", "add")
    return REPORT.say("subject.new_action_for", name=name) if proposed else name


def describe_kind_and_subject(row: DecisionRow, names: Mapping[str, str]) -> str:
    """The name of a subject after its kind: 'Target: Plans within 20 weeks'."""
    return REPORT.say(f"subject.{row.kind}", name=describe_subject(row, names))


def describe_what_changes(
    row: DecisionRow, decision: Decision, names: Mapping[str, str], phrases: Phrases = REPORT
) -> str:
    """What a recorded decision changes, as a line of a list; ``row`` is its row of DECISIONS."""
    name = describe_subject(row, names)
    if row.kind == "target":
        return phrases.say(
            "subject.changed_target", name=name, old=row.from_, new=row.to, way=describe_way(row, phrases)
        )
    if isinstance(decision, ActionDecision):
        if decision.change == "add":
            return phrases.say("subject.new_action", name=name)
        return phrases.say("subject.changed_action", name=name, outcome=describe_outcome(decision, names, phrases))
    key = "subject.reworded" if row.new else "subject.ended"
    change = say_change(row.change, phrases)
    return phrases.say(key, old=row.old or name, new=row.new, change=change)


def name_decision(number: str, kind: str, name: str, change: str) -> str:
    """A decision by its id, what it is about and what it does: 'Decision d1 about the target for “Plans” (raised)'."""
    about, what = REPORT.say(f"decision.kind.{kind}", name=name), say_change(change)
    return REPORT.say("decision.about", id=number, about=about, change=what)


def describe_way(row: DecisionRow, phrases: Phrases = REPORT) -> str:
    """Whether a new target promises more or less: nobody should have to know which way a measure points."""
    return phrases.say(f"way.{row.change}") if f"way.{row.change}" in phrases else ""


def describe_outcome(decision: Decision, names: Mapping[str, str], phrases: Phrases = REPORT) -> str:
    """What becomes of an action, as a parent reads it: 'joined with “Open a school”', 'paused until 30 April'."""
    if not isinstance(decision, ActionDecision):
        return ""
    if decision.into:
        return phrases.say("outcome.merge", name=names.get(decision.into, decision.into))
    if decision.until:
        return phrases.say("outcome.pause_until", until=format_date(decision.until))
    return phrases.say(f"outcome.{decision.as_ or as_key(decision.change)}")


def describe_decider(row: DecisionRow, governance: Governance) -> str:
    """Who decided and when, and which bodies it is put to have agreed or have still to."""
    by = row.decided_by or governance.name(row.authority)
    decided = REPORT.say("decider.on", by=by, on=format_date(row.decided_on)) if row.decided_on else by
    days = agreements(row)
    for body, day in days.items():
        if day and (body, day) != (row.authority, row.decided_on):
            on = format_date(day)
            decided = REPORT.say("decider.agreed", decided=decided, body=governance.short(body), on=on)
    waiting = [body for body, day in days.items() if not day]
    return REPORT.say("decider.waits", decided=decided, body=governance.short(*waiting)) if waiting else decided
