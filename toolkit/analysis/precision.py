"""With how many decimals a judgement is shown: enough for the numbers to bear out its marks.

"Worse than 0.2%" next to 0.2% reads as a mistake, and so does "unlikely" of a figure that is said to lie within the
margin. Where the usual decimals do not bear the marks out, all numbers of the judgement get one more, or two.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.analysis.codes import Direction, StatutoryStatus, TargetStatus, Versus
from toolkit.frames import Judgement
from toolkit.params import Measure

__all__ = ["refine_decimals"]

MORE = 2
"""Decimals beyond the measure's own, at most."""


class _Gap(NamedTuple):
    """Two numbers that a mark sets further apart than ``reach`` (``beyond``), or no further."""

    value: float
    other: float
    reach: float
    beyond: bool

    def holds_with(self, decimals: int) -> bool:
        gap = abs(round(self.value, decimals) - round(self.other, decimals))
        return (gap > self.reach + 1e-9) == self.beyond


def refine_decimals(measure: Measure, judgement: Judgement) -> Measure:
    """The measure with the decimals that this judgement needs.

    Example: 0.24% against 0.21% is shown with two decimals where the mark is "worse", else with the measure's own.
    """
    gaps = list(_gaps(measure, judgement))
    usual = measure.decimals
    enough = (d for d in range(usual, usual + MORE) if all(gap.holds_with(d) for gap in gaps))
    decimals = next(enough, usual + MORE)
    return measure if decimals == usual else measure.model_copy(update={"decimals": decimals})


def _gaps(measure: Measure, judgement: Judgement) -> Iterator[_Gap]:
    """What the marks say of the distance between the value and other numbers.

    Where the margin is the tolerance, a mark says on which side of it the distance lies; else only that two differ.
    """
    value, by_tolerance = judgement.value, math.isnan(judgement.low) and measure.tolerance is not None
    reach = measure.tolerance if by_tolerance and measure.tolerance else 0.0
    for other, mark in _marks(judgement):
        if value == other or math.isnan(value) or math.isnan(other) or mark not in _BEYOND:
            continue
        if mark == StatutoryStatus.NOT_MET:
            yield _Gap(value, other, 0.0, True)
        elif _BEYOND[mark] or (by_tolerance and abs(value - other) <= reach):
            yield _Gap(value, other, reach, _BEYOND[mark])


_BEYOND: dict[str, bool] = {
    **dict.fromkeys((Direction.BETTER, Direction.WORSE, TargetStatus.UNLIKELY, StatutoryStatus.NOT_MET), True),
    **dict.fromkeys((Direction.NO_CLEAR_CHANGE, Versus.SIMILAR, TargetStatus.POSSIBLE), False),
}


def _marks(judgement: Judgement) -> Iterator[tuple[float, str]]:
    """Each number that a mark compares the value with, and the mark."""
    status = judgement.target_status
    short = status in (TargetStatus.MISSED, TargetStatus.LIKELY, TargetStatus.POSSIBLE, TargetStatus.UNLIKELY)
    line = judgement.target if math.isnan(judgement.trajectory) else judgement.trajectory
    yield judgement.baseline_value, judgement.direction
    yield judgement.comparator_england, judgement.versus_england
    yield judgement.comparator_neighbours, judgement.versus_neighbours
    yield line, status if math.isnan(judgement.target_probability) else ""
    yield judgement.target, StatutoryStatus.NOT_MET if short else ""
    yield judgement.statutory_floor, judgement.statutory_status
