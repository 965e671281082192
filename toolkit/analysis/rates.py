"""Rates with their intervals."""

from __future__ import annotations

import numpy as np

from toolkit.analysis.arrays import Numbers, floats, only_where
from toolkit.analysis.intervals import Estimate, poisson

__all__ = ["rate"]


def rate(count: Numbers, base: Numbers, multiplier: float = 100.0, confidence: float = 0.95) -> Estimate:
    """count ÷ base × ``multiplier`` with exact Poisson limits under ten events and Byar's from ten.

    The base may be smaller than the count (events, not people). All NaN where the base is 0 or less or not known, or
    the count is below 0 or not known. Source: PHEindicatormethods ``phe_rate``.

    >>> round(float(rate(5, 100).high), 4)
    11.6683
    """
    counted, based = np.broadcast_arrays(floats(count), floats(base))
    sound = (counted >= 0) & (based > 0)
    limits = poisson(counted, confidence)
    per = multiplier / only_where(sound, based)
    return Estimate(only_where(sound, counted * per), limits.low * per, limits.high * per)
