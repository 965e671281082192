"""What a review says of chance: how many of its comparisons would find a difference where there is none."""

from __future__ import annotations

from toolkit.analysis import ChanceCalls
from toolkit.words.bank import REPORT

__all__ = ["chance_sentence"]


def chance_sentence(calls: ChanceCalls) -> str:
    """How many comparisons found a difference, beside how many chance alone would have found.

    >>> chance_sentence(ChanceCalls(comparisons=60, differences=14, by_chance=3.0, by_policy=0))  # doctest: +SKIP
    'Of 60 comparisons …, 14 found a difference. If nothing had changed or differed, chance alone would have …'
    """
    facts = {"comparisons": calls.comparisons, "found": calls.differences, "expected": max(1, round(calls.by_chance))}
    whole = REPORT.say("chance.calls", **facts) if calls.comparisons else REPORT.say("chance.none")
    if not calls.by_policy:
        return whole
    return f"{whole} {REPORT.say('chance.by_policy', count=calls.by_policy)}"
