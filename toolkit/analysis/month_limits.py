"""Months of which the counts are known: exact limits for each month, and whether the level has changed.

Each month is set beside what the other months say of its time of year and its level. Its limits are those of a new
count given theirs: negative binomial for counts, beta-binomial for shares. A level that has changed is found by
``steps``, and months stand beside their own level. Source: Hahn and Meeker (1991), Statistical Intervals, chapters 6
and 7 (prediction limits), with Jeffreys' half case.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from toolkit.analysis.arrays import Array
from toolkit.analysis.season import MonthCounts, Season, fit_season
from toolkit.analysis.steps import find_step, overdispersion
from toolkit.params.words import QUARTER

__all__ = ["CountedMonths", "Fewest", "fewest_for", "judge_months"]


class Fewest(NamedTuple):
    """Fewest known periods ``in_all``, which tell a season from a change, and of a phase, whose season all share."""

    in_all: int
    in_phase: int


def fewest_for(basis: str) -> Fewest:
    """Two years of months; three years of quarters, which in two say too little of their season."""
    return Fewest(12, 4) if basis == QUARTER else Fewest(24, 6)


FALSE_STEPS, FALSE_MONTHS = 0.04, 0.01
"""Of charts on which nothing changes, how many may show a changed level, and how many a month outside its limits."""

_MOST_STEPS = 4


class CountedMonths(NamedTuple):
    """A row a month: what was expected, its limits as counts, and the level it belongs to.

    ``level`` is the place where the level began, −1 for the first of its phase; ``side`` 1 where that is higher than
    the level before, −1 lower, else 0; ``shift`` by how much: in per cent of a count, in points of a share.
    """

    expected: Array
    low: Array
    high: Array
    level: npt.NDArray[np.int64]
    side: Array
    shift: Array


def judge_months(months: MonthCounts, phase: Array) -> CountedMonths:
    """Limits and levels of known months; ``phase`` is the number of each month's phase.

    All months are judged: see to it that there are as many as ``fewest_for`` says.
    """
    _, begins, number = np.unique(phase, return_index=True, return_inverse=True)
    part = begins[number].astype(float)
    season = fit_season(months)
    step = find_step(months, season, part)
    for _ in range(_MOST_STEPS):
        if step is None or step.chance >= FALSE_STEPS:
            break
        months = months.with_step(step.column)
        part = np.where(step.column > 0, step.place, part)
        season = fit_season(months)
        step = find_step(months, season, part)
    spread = step.spread if step else overdispersion(months, season, 0.0)[0]
    low, high = _limits(months, season, spread)
    level = np.where(np.isin(part, begins), -1, part).astype(np.int64)
    side, shift = _sides(months, season, level)
    return CountedMonths(season.expected, low, high, level, side, shift)


def _limits(months: MonthCounts, season: Season, spread: float) -> tuple[Array, Array]:
    """The smallest and the largest count that does not stand out, from the other months alone."""
    from scipy.stats import betabinom, nbinom

    tail = FALSE_MONTHS / len(months.count) / 2
    pull = season.leverage / np.maximum(1 - season.leverage, 1e-6)
    others = season.expected - pull * (months.count - season.expected)
    if months.share:
        cases = months.base / np.maximum(pull, 1e-6)
        chance = np.clip(others / months.base, 0.0, 1.0)
        new: Any = betabinom(months.base.astype(int), cases * chance + 0.5, cases * (1 - chance) + 0.5)
    else:
        seen = np.maximum(others, 0.0) / np.maximum(pull, 1e-6)
        new = nbinom(seen + 0.5, 1 / (1 + pull))
    low, high = (np.asarray(new.ppf(at), dtype=float) for at in (tail, 1 - tail))
    middle = np.asarray(new.mean(), dtype=float)
    low, high = (middle + np.sqrt(spread) * (limit - middle) for limit in (low, high))
    return np.maximum(low, 0.0), np.minimum(high, months.base) if months.share else high


def _sides(months: MonthCounts, season: Season, level: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Whether each month's level is higher or lower than the one before it, and by how much."""
    side, shift = np.zeros(len(months.count)), np.zeros(len(months.count))
    for place in np.unique(level[level >= 0]):
        mine = level == place
        now, then = (expected[mine].sum() for expected in (season.expected, season.at_level_of(months, place - 1)))
        moved = (now - then) / (months.base[mine].sum() if months.share else then)
        side[mine], shift[mine] = np.sign(moved), 100 * moved
    return side, shift
