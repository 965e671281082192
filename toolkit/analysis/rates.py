"""Rates with their intervals: crude, and directly standardised for age."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Numbers, floats, only_where
from toolkit.analysis.intervals import EXACT_BELOW, Estimate, byar, poisson

__all__ = ["Strata", "directly_standardised", "rate"]


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


class Strata(NamedTuple):
    """One area's age groups, in one order: events, population, and the standard population's weights."""

    events: Numbers
    population: Numbers
    standard: Numbers


def directly_standardised(strata: Strata, multiplier: float = 100_000.0, confidence: float = 0.95) -> Estimate:
    """Σ wᵢcᵢ/nᵢ ÷ Σ wᵢ × ``multiplier``, with Dobson's limits on Byar's limits of the total count.

    Limits: rate + √(var(rate) ÷ total) × (Byar's limit − total), var(rate) = Σ wᵢ²cᵢ/nᵢ² ÷ (Σ wᵢ)². All NaN where
    the total is under ten events (too few to standardise), or a count, population or weight is missing, negative, or
    a population is 0. Source: Dobson et al. (1991); PHEindicatormethods ``calculate_dsr``.
    """
    count, population, weight = (floats(column) for column in strata)
    total, whole = count.sum(), weight.sum()
    sound = (count >= 0).all() and (population > 0).all() and (weight >= 0).all() and whole > 0 and total >= EXACT_BELOW
    if not sound:
        return Estimate(*(floats(np.nan),) * 3)
    value = (weight * count / population).sum() / whole
    step = np.sqrt((weight**2 * count / population**2).sum() / whole**2 / total)
    limits = byar(total, confidence)
    low, high = (value + step * (limit - total) for limit in limits)
    return Estimate(multiplier * value, multiplier * low, multiplier * high)
