"""Words of the codes that stand alone in a cell or in the middle of a sentence: a mark, a colour, a kind of period."""

from __future__ import annotations

import re

from toolkit.words.bank import REPORT, Phrases

__all__ = [
    *["as_key", "say_change", "say_colour", "say_mark", "say_measure_status", "say_plan_change"],
    *["say_proposal_status", "say_status", "say_yes_no"],
]


def as_key(code: str) -> str:
    """A code as the last part of a key.

    >>> as_key("re-base"), as_key("January census")
    ('re_base', 'january_census')
    """
    return re.sub("[^a-z0-9]+", "_", code.lower())


def say_mark(mark: str, word: str, bank: Phrases = REPORT) -> str:
    """The word of a mark of a judgement; ``mark`` is its column, since a duty has words of its own.

    >>> say_mark("target_status", "missed"), say_mark("statutory_status", "not met")
    ('missed', 'not met')
    """
    code = f"duty_{as_key(word)}" if mark == "statutory_status" and word in ("met", "not met") else as_key(word)
    return bank.say(f"mark_label.{code}") if f"mark_label.{code}" in bank else word


def say_colour(colour: str, bank: Phrases = REPORT) -> str:
    """How an action is rated; the plan's own word where it is none of the three."""
    code = as_key(colour)
    return bank.say(f"mark_label.{code}") if f"mark_label.{code}" in bank else colour


def say_status(status: str, bank: Phrases = REPORT) -> str:
    """The status of an action; one that is no code of the work plan stands as the plan has it.

    >>> say_status("in progress"), say_status("nearly there")
    ('in progress', 'nearly there')
    """
    code = as_key(status)
    return bank.say(f"plan_status.{code}") if f"plan_status.{code}" in bank else status


def say_plan_change(change: str) -> str:
    """What happened to an action of the work plan, such as "new due date"."""
    code = as_key(change)
    return REPORT.say(f"plan_change_word.{code}") if f"plan_change_word.{code}" in REPORT else change


def say_proposal_status(status: str) -> str:
    """What became of a proposal."""
    return REPORT.say(f"proposal_status.{as_key(status)}") if status else ""


def say_measure_status(status: str, bank: Phrases = REPORT) -> str:
    """Whether a measure of the catalogue is in use."""
    return bank.say(f"measure_status.{as_key(status)}")


def say_change(change: str, bank: Phrases = REPORT) -> str:
    """What a decision does to its subject: "raised", "closed"; an unknown code of an earlier release as it is."""
    code = as_key(change)
    return bank.say(f"change_word.{code}") if f"change_word.{code}" in bank else change


def say_yes_no(code: str) -> str:
    """A cell that is "yes" or "no"; anything else stands as it is."""
    return REPORT.say(f"yes_or_no.{code}") if f"yes_or_no.{code}" in REPORT else code
