"""The work plan in words: why an action has its colour, what to know about its row, how the plan has changed."""

from __future__ import annotations

import math

import pandas as pd

from toolkit.frames import PLAN_CHANGES, PlanChange, decode_statements
from toolkit.refresh.plan_changes import NOT_IN_PLAN, TO_BE_ADDED, explain_change
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.codes import say_status
from toolkit.words.numbers import format_date
from toolkit.words.statements import say

__all__ = ["describe_delivery", "describe_notes", "describe_plan_change", "phrase_plan_changes"]


def describe_delivery(cell: str, bank: Phrases = REPORT) -> str:
    """Why an action has its delivery colour; ``cell`` holds the statements of ``delivery_reason``."""
    return " ".join(say(f"delivery.{code}", facts, bank) for code, facts in decode_statements(cell))


def describe_notes(cell: str, bank: Phrases = REPORT) -> str:
    """What a reader must know about a row of the plan; ``cell`` holds the statements of ``note``."""
    return "; ".join(say(f"plan_note.{code}", facts, bank) for code, facts in decode_statements(cell))


def phrase_plan_changes(changes: pd.DataFrame) -> pd.DataFrame:
    """PLAN_CHANGES with each change in a sentence, in the column ``sentence``."""
    return changes.assign(sentence=[describe_plan_change(change) for change in PLAN_CHANGES.rows(changes)])


def describe_plan_change(change: PlanChange) -> str:
    """One change of the plan in a sentence, with the decision that explains it."""
    why = explain_change(change)
    facts = {
        "action": change.action,
        "decision": change.decision,
        "before": _say_side(change.what, change.before),
        "after": _say_side(change.what, change.after),
    }
    if change.change in ("new", "dropped"):
        return REPORT.say(f"plan_change.{change.change}.{why}", **facts)
    if change.change == "not as decided" and (change.what == "status" or change.before == TO_BE_ADDED):
        return REPORT.say("plan_change.state_not_as_decided", **facts)
    facts["field"] = REPORT.say(f"field_in_sentence.{change.what}")
    if change.change == "not as decided":
        return REPORT.say("plan_change.not_as_decided", **facts)
    if math.isnan(change.days):
        return REPORT.say(f"plan_change.changed.{why}", **facts)
    which = "later" if change.days > 0 else "earlier"
    return REPORT.say(f"plan_change.{which}.{why}", count=int(abs(change.days)), **facts)


def _say_side(what: str, cell: str) -> str:
    """What a field of an action was or is now."""
    if cell == TO_BE_ADDED:
        return REPORT.say("plan_change.to_be_added")
    if cell == NOT_IN_PLAN:
        return REPORT.say("plan_change.not_in_plan")
    return (say_status(cell) if what == "status" else format_date(cell)) or REPORT.say("plan_change.nothing")
