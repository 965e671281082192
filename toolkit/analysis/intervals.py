"""How far chance alone may move a figure: intervals for proportions and counts.

An interval depends only on its own row. Where a row makes no sense (no number, a base of 0 or less, a count below 0 or
above its base) both limits are NaN; a confidence that is not between 0 and 1 is a ``ValueError``.

SciPy is imported where it is first needed: commands and notebooks that work out no interval start sooner.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Numbers, floats, only_where

__all__ = [
    "EXACT_BELOW",
    "Estimate",
    "Limits",
    "byar",
    "exact_poisson",
    "normal_quantile",
    "poisson",
    "t_quantile",
    "wilson",
]

EXACT_BELOW = 10
"""Counts under this take the exact Poisson limits, others Byar's (UK Health Security Agency's rule)."""


class Limits(NamedTuple):
    """Lower and upper limit, in the unit of the figure."""

    low: Array
    high: Array


class Estimate(NamedTuple):
    """A figure with its limits, all three in one unit."""

    value: Array
    low: Array
    high: Array


def _tail(confidence: float) -> float:
    """The share left out on each side: 0.025 at 95%."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return (1 - confidence) / 2


def normal_quantile(confidence: float) -> float:
    """The z of a two-sided interval: 1.96 at 0.95, 3.09 at 0.998."""
    from scipy.special import ndtri

    return -float(ndtri(_tail(confidence)))


def t_quantile(freedom: Numbers, confidence: float = 0.95) -> Array:
    """Student's t of a two-sided interval, for each of these degrees of freedom: 2.23 for 10 at 0.95."""
    from scipy.special import stdtrit

    return floats(stdtrit(floats(freedom), 1 - _tail(confidence)))


def wilson(count: Numbers, base: Numbers, confidence: float = 0.95) -> Limits:
    """Wilson score limits of the proportion count ÷ base, as shares from 0 to 1.

    With p = x/n: (p + z²/2n ± z√(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n), which is
    (2x + z² ± z√(z² + 4x(1 − x/n))) ÷ 2(n + z²). Exactly 0 below a count of 0 and exactly 1 above a count of all.
    Source: E. B. Wilson (1927), Journal of the American Statistical Association 22, 209–212; agrees with
    PHEindicatormethods ``phe_proportion``.

    >>> low, high = wilson(20, 100)
    >>> round(float(low), 3), round(float(high), 3)
    (0.133, 0.289)
    """
    z, (counted, based) = normal_quantile(confidence), np.broadcast_arrays(floats(count), floats(base))
    sound = (counted >= 0) & (based > 0) & (counted <= based)
    x, n = only_where(sound, counted), only_where(sound, based)
    p = x / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return Limits(np.where(x == 0, 0.0, centre - reach)[()], np.where(x == n, 1.0, centre + reach)[()])


def exact_poisson(count: Numbers, confidence: float = 0.95) -> Limits:
    """Exact limits of a Poisson count, in events: half the chi-squared quantiles with 2x and 2x + 2 degrees of freedom.

    Source: Garwood (1936). The quantile is taken from the incomplete gamma function, which is the same number.
    """
    from scipy.special import gammaincinv

    tail, counted = _tail(confidence), floats(count)
    events = only_where(counted >= 0, counted)
    low = np.where(events == 0, 0.0, gammaincinv(events, tail))
    return Limits(low[()], floats(gammaincinv(events + 1, 1 - tail))[()])


def byar(count: Numbers, confidence: float = 0.95) -> Limits:
    """Byar's limits of a count, in events: x(1 − 1/9x − z/3√x)³ and (x+1)(1 − 1/9(x+1) + z/3√(x+1))³.

    The lower limit is NaN where the formula falls below 0 (counts of 0, or tiny ones at a high confidence).
    Source: Breslow and Day (1987), as PHEindicatormethods uses it.
    """
    z, counted = normal_quantile(confidence), floats(count)
    events, above = only_where(counted > 0, counted), only_where(counted >= 0, counted) + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * np.sqrt(events))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return Limits(only_where(low >= 0, low), high)


def poisson(count: Numbers, confidence: float = 0.95) -> Limits:
    """Limits of a count, in events: exact under ``EXACT_BELOW``, Byar's from there on."""
    small = floats(count) < EXACT_BELOW
    exact, near = exact_poisson(count, confidence), byar(count, confidence)
    return Limits(np.where(small, exact.low, near.low)[()], np.where(small, exact.high, near.high)[()])
