"""What a review says of chance: how many of its comparisons would find a difference where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from toolkit.analysis import ChanceCalls
from toolkit.analysis.panel.codes import Basis
from toolkit.words.bank import REPORT, join_and

__all__ = ["basis_sentence", "chance_sentence"]


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


def basis_sentence(judged_from: Iterable[str]) -> str:
    """On what the changes of a review are judged, and what is not said where a panel is small; "" of none.

    >>> basis_sentence(["no panel"])
    'Changes are judged: 1 by their own counts or margin, as figures of too few authorities are held.'
    """
    counts = Counter(name for name in judged_from if name)
    parts = [REPORT.say(f"chance.basis.{basis.name.lower()}", count=counts[basis]) for basis in Basis if counts[basis]]
    return REPORT.say("chance.judged_from", bases=join_and(parts)) if parts else ""
