"""What a paper says of a recorded decision, in the words of its audience: what is asked, what changes, who decided."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.frames import DecisionRow
from toolkit.params import Governance
from toolkit.refresh import agreements
from toolkit.words.bank import Phrases
from toolkit.words.numbers import format_date

__all__ = ["Subject", "describe_change_made", "describe_day_agreed", "describe_who_decides", "recommend"]


class Subject(NamedTuple):
    """What a paper calls the subject of a decision, and what becomes of it; the facts of phrases."""

    called: str
    """As any reader knows it."""
    name: str
    """The name of a subject, with the id of an action in the plan."""
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
    """Who has decided and when, or which bodies are asked; "" for a delegated decision that does not hold yet.

    ``settled_on`` is the day from which it holds in words, "" until then.
    """
    days = agreements(row)
    if not days:
        return phrases.say("who_decides.delegated", by=row.decided_by, on=settled_on) if settled_on else ""
    if settled_on:
        on, name = format_date(max(days.values())), governance.name(*days)
        return phrases.say("who_decides.agreed", name=name, on=on)
    return " ".join(
        phrases.say(
            "who_decides.asked",
            body=governance.short(body, start=True),
            name=governance.name(body),
            on=format_date(day) or phrases.say("paper.no_day_yet"),
        )
        for body, day in days.items()
    )


def describe_day_agreed(row: DecisionRow, phrases: Phrases) -> str:
    """The day on which the last of the bodies that it is put to agrees; that there is none yet."""
    days = agreements(row).values()
    return format_date(max(days)) if days and all(days) else phrases.say("paper.no_day_yet")


def _kind_and_change(row: DecisionRow) -> str:
    """The end of a key: ``target``, or the kind and the change, such as ``action.leave_out``."""
    return row.kind if row.kind == "target" else f"{row.kind}.{row.change.replace(' ', '_')}"


def _old_and_new(row: DecisionRow) -> tuple[str, str]:
    """The values of a target; of anything else its wording, where that changes."""
    return (row.from_, row.to) if row.kind == "target" else (row.old, row.new)
