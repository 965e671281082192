"""The marks that are never folded into one: direction, target, duty, comparison with others.

Every comparison uses the same idea, the *margin* of a value: its 95% interval where there are counts; where there are
none, the measure's own tolerance, or what the national panel tells; nothing where none exists, and then nothing is
judged. The comparing itself is done by the rules of ``comparisons``; here they are chosen, and their words turned into
those of the judgements.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Words, choose_word
from toolkit.analysis.codes import Direction, TargetStatus
from toolkit.analysis.comparisons import CANNOT, against_target, against_value
from toolkit.analysis.differences import counts_differ
from toolkit.analysis.intervals import Estimate
from toolkit.analysis.measure_grid import AreaFigures
from toolkit.frames import Judgement
from toolkit.params import Measure

__all__ = [
    "CANNOT",
    "direction",
    "exceptions_needed",
    "keeps_up",
    "margin_of",
    "reaches",
    "statutory_status",
    "versus",
]


_ROUNDING = 1e-9
"""Of a number: more than arithmetic in binary puts it wrong, and less than any decimal that is published."""


def margin_of(figures: AreaFigures, measure: Measure) -> Estimate:
    """The interval where there is one; else the measure's tolerance either side of the value, which is policy; else how
    far such figures move by themselves, where a national panel tells it; else no limits (NaN).

    A difference of exactly the tolerance is within it, though 6.69 − 6.39 is a little more than 0.3 to a computer.
    """
    counted = ~np.isnan(figures.low)
    value = figures.value
    margin = figures.reach if measure.tolerance is None else np.full(value.shape, measure.tolerance)
    reach = margin + _ROUNDING * (np.abs(value) + margin)
    return Estimate(
        value, np.where(counted, figures.low, value - reach), np.where(counted, figures.high, value + reach)
    )


def direction(now: AreaFigures, then: AreaFigures, measure: Measure) -> Words:
    """Better, worse or no clear change since the baseline, from the two figures alone.

    With counts the difference must be more than chance makes (``counts_differ``); where either has none, the baseline
    must lie outside the margin of the newest figure (``against_value``).
    """
    margins = margin_of(now, measure), margin_of(then, measure)
    counted = ~np.isnan(now.low) & ~np.isnan(then.low)
    differs = counts_differ(measure.unit, (now.numerator, now.denominator), (then.numerator, then.denominator))
    beside = np.where(np.isnan(margins[1].low), np.nan, then.value)
    by_value = against_value(Estimate(now.value, now.value, now.value), then.value, measure.polarity)
    mark = np.where(
        counted,
        np.where(differs | (by_value == CANNOT), by_value, "similar"),
        against_value(margins[0], beside, measure.polarity),
    )
    return np.where(mark == "similar", Direction.NO_CLEAR_CHANGE, mark)


def versus(now: AreaFigures, other: Array, measure: Measure) -> Words:
    """Better, worse or similar against a comparator's value, which is taken as exact."""
    return against_value(margin_of(now, measure), other, measure.polarity)


def reaches(value: Array, aim: Array | float, measure: Measure) -> Flags:
    """True where a value is at an aim or past it, on the measure's better side."""
    return np.asarray(against_target(value, aim, measure.polarity) == "better")


def keeps_up(now: AreaFigures, line: Array, measure: Measure) -> Words:
    """What an area's own figures say of a target that is ahead and not met: possible, unlikely or cannot be judged.

    Possible only where the value is at ``line`` (from baseline to target, in this period) or the margin reaches it;
    unlikely where it does not; cannot be judged without such a line (NaN) or without a margin.
    """
    margin = margin_of(now, measure)
    without = np.isnan(margin.low)
    best = np.where(without, now.value, margin.high if measure.polarity == "high" else margin.low)
    cases = [
        (reaches(best, line, measure), TargetStatus.POSSIBLE),
        (without | np.isnan(line), CANNOT),
    ]
    return choose_word(cases, TargetStatus.UNLIKELY)


def statutory_status(now: AreaFigures, measure: Measure) -> Words:
    """Met or not met against the duty itself, without any margin: the law allows none.

    "" while there is no figure, and where a figure below the duty counts cases that the law excepts: it may be met.
    """
    if measure.statutory is None:
        return choose_word([(np.full(now.value.shape, True), "no duty")], "")
    below = "" if measure.statutory.exceptions_counted else "not met"
    return choose_word([(~now.known, ""), (reaches(now.value, measure.statutory.floor, measure), "met")], below)


class ExceptionsNeeded(NamedTuple):
    """Of the ``short`` cases that fell short, how many at least must have been excepted for the duty to be met."""

    least: int
    short: int


def exceptions_needed(measure: Measure, judgement: Judgement) -> ExceptionsNeeded | None:
    """How many cases must have been excepted by law for the duty to be met; None without counts or a duty."""
    met, cases, floor = judgement.numerator, judgement.denominator, judgement.statutory_floor
    if math.isnan(met) or math.isnan(cases) or not floor or (measure.unit, measure.polarity) != ("percent", "high"):
        return None
    # As many as must leave the base for the rest of it to reach the floor.
    return ExceptionsNeeded(math.ceil(round(cases - 100 * met / floor, 6)), round(cases - met))
