"""Phrases filled in with the facts that other rooms leave in a cell as statements."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frames import Fact
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.codes import say_colour, say_status
from toolkit.words.numbers import format_date

__all__ = ["say"]

_DAYS = {"due", "agreed", "was", "as_of"}
"""Facts that are days, or words that stand where a day should."""


def say(key: str, facts: Mapping[str, Fact], bank: Phrases = REPORT) -> str:
    """The phrase of one statement; its days are written out.

    >>> say("delivery.late_by_agreed_day", {"count": 1, "agreed": "2019-07-31"})
    'That is 1 day past the agreed date, 31 July 2019.'
    """
    return bank.say(key, **{name: _in_words(name, fact, bank) for name, fact in facts.items()})


def _in_words(name: str, fact: Fact, bank: Phrases) -> Fact:
    if name == "state":
        return say_status(str(fact), bank)
    if name == "colour":
        return say_colour(str(fact), bank)
    return format_date(str(fact)) if name in _DAYS else fact
