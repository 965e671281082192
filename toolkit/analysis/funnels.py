"""Funnels: how far from the average of all areas chance alone may put an area of its size.

Two pairs of lines, each leaving 0.025 and 0.001 out on its side (confidence 0.95 and 0.998). An area beyond them is
"High (0.025)", "Low (0.001)" and so on, else "Not significant"; "" where it has no figure or one that makes no sense.
The average is of the areas given, and so is the variance ``between`` them that goes beyond chance: real authorities
differ, and lines that allow for chance alone put most of them far from the average.
Sources: PHEindicatormethods ``calculate_funnel_limits``, ``assign_funnel_significance``; for the variance between areas
D. J. Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, Words, choose_word, floats, only_where
from toolkit.analysis.intervals import Limits, exact_poisson, normal_quantile, poisson
from toolkit.analysis.overdispersion import additive_overdispersion

__all__ = [
    "LEVELS",
    "RateLine",
    "average_proportion",
    "proportion_limits",
    "proportion_significance",
    "rate_limits",
    "rate_lines",
    "rate_significance",
    "ratio_limits",
    "ratio_significance",
    "variance_between_rates",
    "variance_between_shares",
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


def proportion_limits(average: float, base: Numbers, confidence: float = 0.95, between: float = 0.0) -> Limits:
    """average ± z √(average (1 − average) ÷ base + between) in percent, cut at 0 and 100; NaN for a base of 0 or less.

    ``average`` is a share from 0 to 1, or NaN where there is none, and then there are no limits either. Without a
    variance between areas it is the reference's number, whose longer expression is the same.
    """
    if average < 0 or average > 1:
        raise ValueError(f"the average proportion must lie between 0 and 1, not {average}")
    sizes = floats(base)
    reach = normal_quantile(confidence) * np.sqrt(average * (1 - average) / only_where(sizes > 0, sizes) + between)
    return Limits(np.maximum(100 * (average - reach), 0.0), np.minimum(100 * (average + reach), 100.0))


def proportion_significance(count: Numbers, base: Numbers, between: float = 0.0) -> Words:
    """The label of each area's count ÷ base beside the average of all of them."""
    counts, bases = floats(count), floats(base)
    average = average_proportion(counts, bases)
    inner, outer = (proportion_limits(average, bases, level, between) for level in LEVELS)
    return _labels(100 * counts / only_where(_sound(counts, bases), bases), inner, outer)


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


def variance_between_shares(count: Numbers, base: Numbers) -> float:
    """Variance of the shares of areas beyond chance, as shares of 1; 0 where there are fewer than three."""
    counts, bases = floats(count), floats(base)
    average = average_proportion(counts, bases)
    sound = _sound(counts, bases)
    sizes = only_where(sound, bases)
    return additive_overdispersion(counts / sizes - average, average * (1 - average) / sizes)


def variance_between_rates(count: Numbers, base: Numbers) -> float:
    """Variance between the square roots of rates, on which chance has the variance 1 ÷ (4 base) whatever the rate."""
    counts, bases = floats(count), floats(base)
    sizes = only_where((counts >= 0) & (bases > 0), bases)
    average = np.nansum(np.where(np.isnan(sizes), np.nan, counts)) / np.nansum(sizes)
    return additive_overdispersion(np.sqrt(counts / sizes) - np.sqrt(average), 1 / (4 * sizes))


def rate_limits(average: float, base: Numbers, confidence: float, between: float) -> Limits:
    """Rates per 1 on the lines around an average per 1, where areas differ by ``between`` beyond chance."""
    sizes = floats(base)
    reach = normal_quantile(confidence) * np.sqrt(1 / (4 * only_where(sizes > 0, sizes)) + between)
    root = np.sqrt(average)
    return Limits(np.maximum(root - reach, 0.0) ** 2, (root + reach) ** 2)


def rate_significance(count: Numbers, base: Numbers, average: float, between: float) -> Words:
    """The label of each area's rate beside an average per 1; the exact Poisson lines where areas do not differ."""
    counts, bases = floats(count), floats(base)
    if not between:
        return ratio_significance(counts, bases * average)
    inner, outer = (rate_limits(average, bases, level, between) for level in LEVELS)
    return _labels(only_where(counts >= 0, counts) / only_where(bases > 0, bases), inner, outer)


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
    figure = only_where(awaited > 0, awaited)
    inner, outer = (poisson(events, level) for level in LEVELS)
    return _labels(-figure, _mirror(inner), _mirror(outer))


def _mirror(limits: Limits) -> Limits:
    """Limits turned about 0: an expectation below the count's own limits means that the count is high."""
    return Limits(-limits.high, -limits.low)


class RateLine(NamedTuple):
    """A line of a funnel of rates: the rate per 100, and the size of an area, at each number of events."""

    rate: Array
    base: Array


def rate_lines(events: Numbers, average: float, confidence: float = 0.95) -> tuple[RateLine, RateLine]:
    """The lower and the upper line through numbers of events above 0, around an average per 100.

    An area of that size with so many events lies on the line: its rate is 100 × events ÷ base.
    """
    observed = floats(events)
    low, high = (100 * expected / average for expected in ratio_limits(observed, confidence))
    return RateLine(100 * observed / low, low), RateLine(100 * observed / high, high)
