"""Tests of the difference between two figures, where no panel says how much such figures move by themselves.

Each returns the difference with its limits and, for counts, a two-sided p. They replace the overlap of two 95%
intervals, which finds 39% of the differences that these find 71% of (50 to 60% of 300).
"""

from __future__ import annotations

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, floats, only_where
from toolkit.analysis.intervals import Estimate, wilson

__all__ = ["clearly_differs", "counts_differ", "mid_p", "newcombe"]


def newcombe(now: tuple[Numbers, Numbers], before: tuple[Numbers, Numbers], confidence: float = 0.95) -> Estimate:
    """Difference of two proportions, each (count, base), with limits from −1 to 1: the square-and-add Wilson method.

    Source: R. G. Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.

    >>> [round(float(n), 4) for n in newcombe((56, 70), (48, 80))]
    [0.2, 0.0524, 0.3339]
    """
    (x1, n1), (x2, n2) = ((floats(x), floats(n)) for x, n in (now, before))
    first, second = wilson(x1, n1, confidence), wilson(x2, n2, confidence)
    p1, p2 = x1 / only_where(n1 > 0, n1), x2 / only_where(n2 > 0, n2)
    low = p1 - p2 - np.hypot(p1 - first.low, second.high - p2)
    high = p1 - p2 + np.hypot(first.high - p1, p2 - second.low)
    return Estimate(np.asarray(p1 - p2), np.asarray(low), np.asarray(high))


def mid_p(now: tuple[Numbers, Numbers], before: tuple[Numbers, Numbers]) -> Array:
    """Two-sided mid-P of equal rates, each (events, exposure): events are binomial given their sum.

    Twice the smaller of P(X > x) + ½P(X = x) and P(X < x) + ½P(X = x). 1 where there are no events; NaN where a
    count is below 0 or an exposure not above 0. Source: H. O. Lancaster (1961), JASA 56, 223–234; the conditional test
    is Przyborowski and Wilenski's (1940), Biometrika 31, 313–323.
    """
    from scipy.stats import binom

    (x1, e1), (x2, e2) = ((floats(x), floats(e)) for x, e in (now, before))
    sound = (x1 >= 0) & (x2 >= 0) & (e1 > 0) & (e2 > 0)
    total, share = np.where(sound, x1 + x2, 0), np.where(sound, e1, 1.0) / np.where(sound, e1 + e2, 2.0)
    half = binom.pmf(x1, total, share) / 2
    above, below = binom.sf(x1, total, share) + half, binom.cdf(x1, total, share) - half
    return only_where(sound, np.minimum(1.0, 2 * np.minimum(above, below)))


UNLIKELY = 0.05
"""A difference that chance alone makes less often than this is called a change."""


def clearly_differs(difference: Estimate) -> Flags:
    """Whether 0 lies outside the limits; False where they are not known."""
    return np.asarray((difference.low > 0) | (difference.high < 0))


def counts_differ(unit: str, now: tuple[Numbers, Numbers], before: tuple[Numbers, Numbers]) -> Flags:
    """Whether two figures of (count, base) differ by more than chance: shares by Newcombe's limits, rates by mid-P.

    False where the counts are not known or make no sense.

    >>> bool(counts_differ("percent", (876, 928), (549, 564)))
    True
    """
    return clearly_differs(newcombe(now, before)) if unit == "percent" else np.asarray(mid_p(now, before) < UNLIKELY)
