"""Phrases filled in with the facts that other rooms leave in a cell as statements."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frames import Fact
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.numbers import format_date

__all__ = ["say", "say_status"]

_DAYS = {"due", "agreed", "was", "as_of"}
"""Facts that are days, or words that stand where a day should."""


def say(key: str, facts: Mapping[str, Fact], bank: Phrases = REPORT) -> str:
    """The phrase of one statement; its days are written out.

    >>> say("delivery.late_by_agreed_day", {"count": 1, "agreed": "2019-07-31"})
    'That is 1 day past the agreed date, 31 July 2019.'
    """
    return bank.say(key, **{name: _in_words(name, fact) for name, fact in facts.items()})


def _in_words(name: str, fact: Fact) -> Fact:
    if name == "state":
        return say_status(str(fact))
    return format_date(str(fact)) if name in _DAYS else fact


def say_status(status: str) -> str:
    """The status of an action in words; one that is no code of the work plan stands as the plan has it.

    >>> say_status("in progress"), say_status("nearly there")
    ('in progress', 'nearly there')
    """
    code = status.replace(" ", "_")
    return REPORT.say(f"plan_status.{code}") if f"plan_status.{code}" in REPORT else status
