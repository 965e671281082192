"""What a paper says of a recorded decision, in the words of its audience: what is asked, what changes, who decided."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.frames import DecisionRow
from toolkit.params import Governance
from toolkit.words.bank import Phrases
from toolkit.words.numbers import format_date

__all__ = ["Subject", "describe_change_made", "describe_who_decides", "recommend"]


class Subject(NamedTuple):
    """What a paper calls the subject of a decision, and what becomes of it; the facts of phrases."""

    called: str
    """As any reader knows it."""
    name: str
    """The same, with the id of an action in the plan."""
    outcome: str
    way: str


def recommend(row: DecisionRow, subject: Subject, phrases: Phrases) -> str:
    """What a body is asked to agree; "" for an audience that is asked for nothing."""
    key = f"recommendation.{_kind_and_change(row)}"
    if key not in phrases:
        return ""
    (old, new), (called, name, outcome, way) = _old_and_new(row), subject
    return phrases.say(key, called=called, name=name, outcome=outcome, way=way, old=old, new=new)


def describe_change_made(row: DecisionRow, subject: Subject, phrases: Phrases) -> str:
    """What the decision changes, as an item of a list."""
    (old, new), (called, name, outcome, way) = _old_and_new(row), subject
    key = f"change_made.{_kind_and_change(row)}"
    return phrases.say(key, called=called, name=name, outcome=outcome, way=way, old=old, new=new)


def describe_who_decides(row: DecisionRow, settled_on: str, governance: Governance, phrases: Phrases) -> str:
    """Who has decided and when, or which body is asked; "" for a delegated decision that does not hold yet.

    ``settled_on`` is the day from which it holds in words, "" until then.
    """
    highest = governance.highest
    body, name = governance.short(highest, start=True), governance.name(highest)
    if row.escalate:
        on = settled_on or format_date(row.cabinet_date) or phrases.say("paper.no_day_yet")
        return phrases.say("who_decides.agreed" if settled_on else "who_decides.asked", body=body, name=name, on=on)
    return phrases.say("who_decides.delegated", by=row.decided_by, on=settled_on) if settled_on else ""


def _kind_and_change(row: DecisionRow) -> str:
    """The end of a key: ``target``, or the kind and the change, such as ``action.leave_out``."""
    return row.kind if row.kind == "target" else f"{row.kind}.{row.change.replace(' ', '_')}"


def _old_and_new(row: DecisionRow) -> tuple[str, str]:
    """The values of a target; of anything else its wording, where that changes."""
    return (row.from_, row.to) if row.kind == "target" else (row.old, row.new)
