"""The marks that are never folded into one: direction, target, duty, place beside others, confidence.

Every comparison uses the same idea, the *margin* of a value: its 95% interval where there are counts, the measure's
own tolerance where there are none, nothing where neither exists, and then nothing is judged.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from toolkit.analysis.grid import Cell
from toolkit.params import Measure
from toolkit.params.words import Polarity

__all__ = ["CANNOT", "Margin", "direction", "is_better", "margin_of", "statutory_status", "target_status", "versus"]

CANNOT = "cannot be judged"


@dataclass(frozen=True)
class Margin:
    """The range within which a difference may be chance; ``kind`` is interval, tolerance or none."""

    low: float
    high: float
    kind: str

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def margin_of(cell: Cell, measure: Measure) -> Margin:
    """The interval where there is one, else the measure's tolerance either side of the value, else none."""
    if not math.isnan(cell.low):
        return Margin(cell.low, cell.high, "interval")
    if measure.tolerance is not None:
        return Margin(cell.value - measure.tolerance, cell.value + measure.tolerance, "tolerance")
    return Margin(cell.value, cell.value, "none")


def is_better(value: float, other: float, polarity: Polarity) -> bool:
    """True where ``value`` lies on the better side of ``other``."""
    return value > other if polarity == "high" else value < other


def direction(now: Cell, then: Cell, measure: Measure) -> str:
    """Better, worse or no clear change since the baseline.

    With counts the two 95% intervals must not overlap (Fingertips, two intervals); without counts the change must be
    more than the tolerance.
    """
    margin, before = margin_of(now, measure), margin_of(then, measure)
    if measure.polarity == "none" or not (now.known and then.known) or "none" in (margin.kind, before.kind):
        return CANNOT
    if margin.kind == "interval" and before.kind == "interval":
        apart = margin.low > before.high or margin.high < before.low
    else:
        apart = not margin.holds(then.value)
    if not apart:
        return "no clear change"
    return "better" if is_better(now.value, then.value, measure.polarity) else "worse"


def versus(now: Cell, other: float, measure: Measure) -> str:
    """Better, worse or similar beside a comparator's value, which is taken as exact (Fingertips, one interval)."""
    margin = margin_of(now, measure)
    if measure.polarity == "none" or not now.known or math.isnan(other) or margin.kind == "none":
        return CANNOT
    if margin.holds(other):
        return "similar"
    return "better" if is_better(now.value, other, measure.polarity) else "worse"


def target_status(now: Cell, target: float, expected: float, measure: Measure) -> str:
    """Met, on track, off track or cannot be judged, for a value that is published.

    Met: at the target or past it. On track: the margin reaches ``expected``, which is where the straight line from
    baseline to target stands in this period (the target itself once it is due). Otherwise off track.
    """
    if not now.known:
        return CANNOT
    if now.value == target or is_better(now.value, target, measure.polarity):
        return "met"
    margin = margin_of(now, measure)
    best = margin.high if measure.polarity == "high" else margin.low
    if best == expected or is_better(best, expected, measure.polarity):
        return "on track"
    return CANNOT if margin.kind == "none" else "off track"


def statutory_status(now: Cell, measure: Measure) -> str:
    """Met or not met against the duty itself, without any margin: the law allows none. "" while there is no figure."""
    if measure.statutory is None:
        return "no duty"
    if not now.known:
        return ""
    floor = measure.statutory.floor
    return "met" if now.value == floor or is_better(now.value, floor, measure.polarity) else "not met"
