"""With how many decimals a judgement is told: enough for the numbers to show what its words say.

"Worse than 0.2%" beside 0.2% reads as a mistake, and so does "off track" of a figure told to lie within the margin.
Where the usual decimals do not bear the words out, all numbers of the judgement get one more, or two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from toolkit.params import Measure

__all__ = ["finely"]

MORE = 2
"""Decimals beyond the measure's own, at most."""


class _Apart(NamedTuple):
    """Two numbers that words set further apart than ``reach`` (``beyond``), or no further."""

    value: float
    other: float
    reach: float
    beyond: bool

    def shown_with(self, decimals: int) -> bool:
        gap = abs(round(self.value, decimals) - round(self.other, decimals))
        return (gap > self.reach + 1e-9) == self.beyond


def finely(measure: Measure, row: Mapping[Any, Any]) -> Measure:
    """The measure with the decimals that this row of JUDGEMENTS needs.

    Example: 0.24% beside 0.21% is told with two decimals where the word is "worse", else with the measure's own.
    """
    pairs = list(_told_apart(measure, row))
    usual = measure.decimals
    enough = (d for d in range(usual, usual + MORE) if all(pair.shown_with(d) for pair in pairs))
    decimals = next(enough, usual + MORE)
    return measure if decimals == usual else measure.model_copy(update={"decimals": decimals})


def _told_apart(measure: Measure, row: Mapping[Any, Any]) -> Iterator[_Apart]:
    """What the words of the row say of the numbers beside its value.

    Where the margin is the tolerance, a word tells on which side of it the distance lies; else only that two differ.
    """
    value, rests_on_tolerance = row["value"], math.isnan(row["low"]) and measure.tolerance is not None
    reach = measure.tolerance if rests_on_tolerance and measure.tolerance else 0.0
    for other, said_of_it in _words(row):
        if value == other or math.isnan(value) or math.isnan(other) or said_of_it not in _BEYOND:
            continue
        if said_of_it == "not met":
            yield _Apart(value, other, 0.0, True)
        elif _BEYOND[said_of_it] or (rests_on_tolerance and abs(value - other) <= reach):
            yield _Apart(value, other, reach, _BEYOND[said_of_it])


_BEYOND = {
    **dict.fromkeys(("better", "worse", "off track", "not met"), True),
    **dict.fromkeys(("no clear change", "similar", "on track"), False),
}


def _words(row: Mapping[Any, Any]) -> Iterator[tuple[float, str]]:
    """Each number that a word sets beside the value, with the word."""
    line = row["target"] if math.isnan(row["trajectory"]) else row["trajectory"]
    yield row["baseline_value"], row["direction"]
    yield row["comparator_england"], row["versus_england"]
    yield row["comparator_neighbours"], row["versus_neighbours"]
    yield line, row["target_status"]
    yield row["target"], "not met" if row["target_status"] == "off track" else ""
    yield row["statutory_floor"], row["statutory_status"]
