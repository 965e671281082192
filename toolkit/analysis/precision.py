"""With how many decimals a judgement is told: enough for the numbers to show what its words say.

"Worse than 0.2%" beside 0.2% reads as a mistake. Where two numbers are judged to differ and look alike, all numbers of
the judgement get one decimal more, or two.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.params import Measure

__all__ = ["finely"]

MORE = 2
"""Decimals beyond the measure's own, at most."""


def finely(measure: Measure, row: Mapping[Any, Any]) -> Measure:
    """The measure with the decimals that this row of JUDGEMENTS needs.

    Example: 0.24% beside 0.21% is told with two decimals where the word is "worse", else with the measure's own.
    """
    pairs = list(_told_apart(row))
    usual = measure.decimals
    enough = (d for d in range(usual, usual + MORE) if all(round(a, d) != round(b, d) for a, b in pairs))
    decimals = next(enough, usual + MORE) if pairs else usual
    return measure if decimals == usual else measure.model_copy(update={"decimals": decimals})


def _told_apart(row: Mapping[Any, Any]) -> Iterator[tuple[float, float]]:
    """The pairs of different numbers that a word of the row says differ."""
    differ = ("better", "worse")
    others = [
        ("baseline_value", row["direction"] in differ),
        ("comparator_england", row["versus_england"] in differ),
        ("comparator_neighbours", row["versus_neighbours"] in differ),
        ("target", row["target_status"] == "off track"),
        ("statutory_floor", row["statutory_status"] == "not met"),
    ]
    value = row["value"]
    yield from ((value, row[name]) for name, said in others if said and value != row[name] and row[name] == row[name])
