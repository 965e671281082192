"""Funnels: how far from the average of all areas chance alone may put an area of its size.

Two pairs of lines, each leaving 0.025 and 0.001 out on its side (confidence 0.95 and 0.998). An area beyond them is
"High (0.025)", "Low (0.001)" and so on, else "Not significant"; "" where it has no figure or one that makes no sense.
The average is of the areas given, so it is the one thing here that one area shares with others.
Source: PHEindicatormethods ``calculate_funnel_limits``, ``assign_funnel_significance``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, Words, choose_word, floats, only_where
from toolkit.analysis.intervals import Limits, exact_poisson, normal_quantile, poisson

__all__ = [
    "LEVELS",
    "RateLine",
    "average_proportion",
    "proportion_limits",
    "proportion_significance",
    "rate_lines",
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

    ``average`` is a share from 0 to 1, or NaN where there is none, and then there are no limits either. The longer
    expression of the reference is the same number.
    """
    if average < 0 or average > 1:
        raise ValueError(f"the average proportion must lie between 0 and 1, not {average}")
    sizes = floats(base)
    reach = normal_quantile(confidence) * np.sqrt(average * (1 - average) / only_where(sizes > 0, sizes))
    return Limits(np.maximum(100 * (average - reach), 0.0), np.minimum(100 * (average + reach), 100.0))


def proportion_significance(count: Numbers, base: Numbers) -> Words:
    """The label of each area's count ÷ base beside the average of all of them."""
    counts, bases = floats(count), floats(base)
    average = average_proportion(counts, bases)
    inner, outer = (proportion_limits(average, bases, level) for level in LEVELS)
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
