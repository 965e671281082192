"""Funnels: how far from the average of all areas chance alone may put an area of its size.

Two pairs of lines, each leaving 0.025 and 0.001 out on its side (confidence 0.95 and 0.998). An area beyond them is
"High (0.025)", "Low (0.001)" and so on, else "Not significant"; "" where it has no figure or one that makes no sense.
The average is of the areas given, so it is the one thing here that one area shares with others.
Source: PHEindicatormethods ``calculate_funnel_limits``, ``assign_funnel_significance``, ``calculate_funnel_points``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, Words, choose_word, floats, only_where
from toolkit.analysis.intervals import EXACT_BELOW, Limits, exact_poisson, normal_quantile, poisson

__all__ = [
    "LEVELS",
    "RateFunnel",
    "RatePoints",
    "average_proportion",
    "proportion_limits",
    "proportion_significance",
    "ratio_limits",
    "ratio_significance",
]

LEVELS = (0.95, 0.998)
"""Confidence of the inner and the outer pair of lines."""


def average_proportion(count: Numbers, base: Numbers) -> float:
    """Σ count ÷ Σ base as a share, over the areas where both are sound; NaN where none is."""
    counts, bases = floats(count), floats(base)
    sound = _sound(counts, bases)
    return float(counts[sound].sum() / bases[sound].sum()) if sound.any() else float("nan")


def _sound(count: Array, base: Array) -> Flags:
    return np.asarray((count >= 0) & (base > 0) & (count <= base))


def proportion_limits(average: float, base: Numbers, confidence: float = 0.95) -> Limits:
    """average ± z √(average (1 − average) ÷ base) in percent, cut at 0 and 100; NaN for a base of 0 or less.

    ``average`` is a share from 0 to 1. The longer expression of the reference is the same number.
    """
    if not 0 <= average <= 1:
        raise ValueError(f"the average proportion must lie between 0 and 1, not {average}")
    sizes = floats(base)
    reach = normal_quantile(confidence) * np.sqrt(average * (1 - average) / only_where(sizes > 0, sizes))
    return Limits(np.maximum(100 * (average - reach), 0.0), np.minimum(100 * (average + reach), 100.0))


def proportion_significance(count: Numbers, base: Numbers) -> Words:
    """The label of each area's count ÷ base beside the average of all of them."""
    counts, bases = floats(count), floats(base)
    sound = _sound(counts, bases)
    average = average_proportion(counts, bases) if sound.any() else 0.0
    inner, outer = (proportion_limits(average, bases, level) for level in LEVELS)
    return _labels(100 * counts / only_where(sound, bases), inner, outer)


def _labels(figure: Numbers, inner: Limits, outer: Limits) -> Words:
    """How a figure lies to the limits of both levels."""
    value = floats(figure)
    missing = np.isnan(value) | np.isnan(inner.low) | np.isnan(inner.high)
    cases = [
        (missing, ""),
        (value < outer.low, "Low (0.001)"),
        (value > outer.high, "High (0.001)"),
        (value < inner.low, "Low (0.025)"),
        (value > inner.high, "High (0.025)"),
    ]
    return choose_word(cases, "Not significant")


def ratio_limits(observed: Numbers, confidence: float = 0.95) -> Limits:
    """Expected events at which ``observed`` events would lie on the lower and on the upper line (exact Poisson).

    The lower line belongs to the larger expectation, so ``low`` is above ``high`` here. The ratio on a line is
    100 × observed ÷ expected, its excess observed ÷ expected − 1.
    """
    exact = exact_poisson(observed, confidence)
    return Limits(exact.high, exact.low)


def ratio_significance(observed: Numbers, expected: Numbers) -> Words:
    """The label of observed beside expected events: the count's own limits (exact under ten, else Byar's) against them.

    "" where the observed events are below 0 or the expected are 0 or less.
    """
    events, awaited = np.broadcast_arrays(floats(observed), floats(expected))
    figure = only_where((events >= 0) & (awaited > 0), awaited)
    inner, outer = (poisson(events, level) for level in LEVELS)
    return _labels(-figure, _mirror(inner), _mirror(outer))


def _mirror(limits: Limits) -> Limits:
    """Limits turned about 0: an expectation below the count's own limits means that the count is high."""
    return Limits(-limits.high, -limits.low)


class RatePoints(NamedTuple):
    """Where areas stand in a rate funnel: the rate, and the population of one year that goes with it."""

    rate: Array
    population: Array


@dataclass(frozen=True)
class RateFunnel:
    """A funnel of rates per ``multiplier``, crude or directly ``standardised``, of events counted over ``years``."""

    multiplier: float
    years: float = 1.0
    standardised: bool = False

    def points(self, count: Numbers, rate: Numbers, population: Numbers) -> RatePoints:
        """Rates with the yearly population derived from them: count ÷ rate × multiplier ÷ years.

        An area without events gives no population that way: a crude rate then takes the population given, ÷ years. A
        standardised rate on fewer than ten events is not given (NaN), nor is anything for a count below 0.
        """
        counts, rates, people = np.broadcast_arrays(floats(count), floats(rate), floats(population))
        given = (counts >= EXACT_BELOW) if self.standardised else (counts >= 0)
        shown = only_where(given & (rates >= 0), rates)
        derived = counts / only_where(shown > 0, shown) * self.multiplier
        yearly = np.where(counts == 0, only_where(people > 0, people), derived) / self.years
        return RatePoints(shown, only_where(~np.isnan(shown), yearly))

    def average(self, count: Numbers, points: RatePoints) -> float:
        """Σ count ÷ Σ population over the areas that have both, per multiplier and year; NaN where none has."""
        counts, people = floats(count), floats(points.population)
        sound = ~np.isnan(people)
        whole = people[sound].sum() * self.years
        return float(counts[sound].sum() / whole * self.multiplier) if whole > 0 else float("nan")

    def limits(self, events: Numbers, average: float, confidence: float = 0.95) -> tuple[RatePoints, RatePoints]:
        """The lower and the upper line at a number of events: (rate, population of one year) of each.

        Zero events never lie on the upper line: its population is 0 and its rate NaN.
        """
        observed = floats(events)
        lines = []
        for expected in ratio_limits(observed, confidence):
            rate = observed / only_where(expected > 0, expected) * average
            lines.append(RatePoints(rate, expected / average * self.multiplier / self.years))
        return lines[0], lines[1]

    def significance(self, count: Numbers, points: RatePoints) -> Words:
        """The label of each area beside the average of all: its count against the count expected at the average."""
        expected = self.average(count, points) / self.multiplier * floats(points.population) * self.years
        return ratio_significance(count, expected)
