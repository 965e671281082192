"""Where a measure should stand on the way to its target, and where it would go if its line went on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Numbers, floats, only_where
from toolkit.analysis.intervals import normal_quantile, t_quantile
from toolkit.params import Policy

__all__ = ["FEWEST_YEARS", "Projection", "project", "project_percent", "trajectory"]

FEWEST_YEARS = Policy().projection_years
"""Fewest comparable years to project from, unless the policy says otherwise."""


def trajectory(when: Numbers, points: Mapping[float, float]) -> Array:
    """The value expected at ``when``: straight lines through ``points``, which are time → value, in the measure's unit.

    Points are the baseline, the target, and any published milestones, which so override the line between the two.
    Times are numbers on one scale (years, or days as ordinals). NaN before the first point; level after the last one.
    Fewer than two points, or a point without a number, are a ``ValueError``.

    >>> float(trajectory(2018, {2016: 58.6, 2017: 64.9, 2019: 95.0}))
    79.95
    """
    times = floats(sorted(points))
    values = floats([points[time] for time in sorted(points)])
    if len(points) < 2 or not np.isfinite([times, values]).all():
        raise ValueError("a trajectory needs a baseline and a target, each a number at a time")
    return np.interp(floats(when), times, values, left=np.nan)


class Projection(NamedTuple):
    """The line's value at one time and the 95% limits of the figure to be expected then, in the figures' unit."""

    value: float
    low: float
    high: float


def project(
    years: Numbers, values: Numbers, variances: Numbers, to: float, fewest: int = FEWEST_YEARS
) -> Projection | None:
    """The weighted line through comparable yearly figures, gone on to ``to``; None under ``fewest`` figures.

    ``variances`` are what chance alone gives each figure; weights are their inverses. Where the figures scatter more
    than that (φ = χ² ÷ (n − 2) > 1) every variance is multiplied by φ and the quantile is Student's, else it is the
    normal one. Limits hold the next figure, so the chance of the newest year is added to the line's own.
    Figures without a number are left out; one year twice, or ``to`` not after the newest year, is a ``ValueError``.
    """
    t, y, v = np.broadcast_arrays(floats(years), floats(values), floats(variances))
    keep = np.isfinite(y) & (v > 0)
    if len(set(t[keep])) != keep.sum() or (keep.any() and to <= t[keep].max()):
        raise ValueError("project from one figure a year to a later year")
    if keep.sum() < fewest:
        return None
    return _project(t[keep], y[keep], v[keep], to)


def _project(t: Array, y: Array, v: Array, to: float) -> Projection:
    weights = 1 / v
    middle = np.average(t, weights=weights)
    level = np.average(y, weights=weights)
    spread = (weights * (t - middle) ** 2).sum()
    slope = (weights * (t - middle) * (y - level)).sum() / spread
    free = len(t) - 2
    scatter = (weights * (y - level - slope * (t - middle)) ** 2).sum() / free
    quantile = float(t_quantile(free)) if scatter > 1 else normal_quantile(0.95)
    variance = 1 / weights.sum() + (to - middle) ** 2 / spread + v[t.argmax()]
    reach = quantile * np.sqrt(max(1.0, scatter) * variance)
    value = level + slope * (to - middle)
    return Projection(float(value), float(value - reach), float(value + reach))


def project_percent(
    years: Numbers, count: Numbers, base: Numbers, to: float, fewest: int = FEWEST_YEARS
) -> Projection | None:
    """``project`` for 100 × count ÷ base, cut at 0 and 100; the variance of a share is p(1 − p) ÷ n.

    p is that of all years together, (Σ count + ½) ÷ (Σ base + 1): with each year's own, one year near 0% or 100% would
    weigh many times more than the others and draw the line to itself. Years without a sound count or base are left out.
    """
    counts, bases = np.broadcast_arrays(floats(count), floats(base))
    sound = (counts >= 0) & (bases > 0) & (counts <= bases)
    n = only_where(sound, bases)
    pooled = (counts[sound].sum() + 0.5) / (bases[sound].sum() + 1)
    line = project(years, 100 * counts / n, 10_000 * pooled * (1 - pooled) / n, to, fewest)
    return Projection(*(min(100.0, max(0.0, end)) for end in line)) if line else None
