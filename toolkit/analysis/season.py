"""Counts by month on the scale of logs or logits: a level for each phase, and the time of year.

The season is an effect of each calendar month, shared by all phases, so that the years before a new phase still say
what an August is like. Few cases are pulled a little towards the whole (four cases a calendar month of a share, half
a case of a count), so that a month of which all or none succeeded has a variance. Source: McCullagh and Nelder (1989),
Generalized Linear Models, chapters 4 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from toolkit.analysis.arrays import Array

__all__ = ["MonthCounts", "Season", "fit_season"]

_ITERATIONS = 30
_PULL_SHARE, _PULL_COUNT = 4.0, 0.5


@dataclass(frozen=True)
class MonthCounts:
    """Known months in time order. ``base`` is the denominator of a share, or the exposure of a count (1 a month)."""

    count: Array
    base: Array
    calendar: Array
    """1 for January to 12 for December."""
    levels: Array
    """A column for each phase: 1 in its months, else 0; a further column is 1 from a step to the end of its phase."""
    share: bool

    def with_step(self, column: Array) -> MonthCounts:
        """These counts with one more level."""
        return replace(self, levels=np.column_stack([self.levels, column]))


@dataclass(frozen=True)
class Season:
    """What a fit expects of each month.

    ``leverage``: how far each month decides its own expectation, 0 to 1. ``effects``: levels first, then the months.
    """

    expected: Array
    variance: Array
    leverage: Array
    effects: Array
    design: Array
    inverse: Array

    def score(self, columns: Array, count: Array) -> tuple[Array, Array]:
        """The score of each further column and the covariance of the scores, level and season taken out."""
        weighted = self.variance[:, None] * columns
        own = columns - self.design @ (self.inverse @ (self.design.T @ weighted))
        return own.T @ (count - self.expected), own.T @ (self.variance[:, None] * own)

    def at_level_of(self, months: MonthCounts, place: int) -> Array:
        """What would be expected of every month at the level of the month at ``place``."""
        count = months.levels.shape[1]
        level = months.levels @ self.effects[:count]
        return _mean(months.share, self.design @ self.effects - level + level[place], months.base)[0]


def fit_season(months: MonthCounts) -> Season:
    """Fit levels and calendar months by maximum likelihood (Newton's method)."""
    design = np.column_stack([months.levels, *(months.calendar == g for g in np.unique(months.calendar)[1:])])
    count, base = _shrink_counts(months)
    effects = np.zeros(design.shape[1])
    for _ in range(_ITERATIONS):
        mean, weight = _mean(months.share, design @ effects, base)
        change = np.linalg.pinv(design.T @ (weight[:, None] * design), hermitian=True) @ (design.T @ (count - mean))
        effects = effects + np.clip(change, -2.0, 2.0)
        if np.abs(change).max() < 1e-8:
            break
    _, weight = _mean(months.share, design @ effects, base)
    inverse = np.linalg.pinv(design.T @ (weight[:, None] * design), hermitian=True)
    leverage = weight * np.einsum("ij,jk,ik->i", design, inverse, design)
    expected, variance = _mean(months.share, design @ effects, months.base)
    return Season(expected, variance, leverage, effects, design, inverse)


def _shrink_counts(months: MonthCounts) -> tuple[Array, Array]:
    """Counts and bases with the extra cases, spread over the months of each calendar month."""
    _, place, size = np.unique(months.calendar, return_inverse=True, return_counts=True)
    each = 1.0 / size[place]
    if months.share:
        overall = (months.count.sum() + 0.5) / (months.base.sum() + 1.0)
        return months.count + _PULL_SHARE * overall * each, months.base + _PULL_SHARE * each
    return months.count + _PULL_COUNT * each, months.base


def _mean(share: bool, predictor: Array, base: Array) -> tuple[Array, Array]:
    """Expected counts and their variances."""
    from scipy.special import expit

    if share:
        chance = expit(predictor)
        return base * chance, base * chance * (1 - chance)
    mean = base * np.exp(predictor)
    return mean, mean
