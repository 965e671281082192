"""Charts of months by simulation: how often chance gives a signal, and how often a change is found. Seeded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.month_limits import judge_months
from toolkit.analysis.season import MonthCounts

__all__ = ["Trial", "found_changes", "quiet_charts", "rate_of_signals"]

SCHOOL_YEAR = np.array([1.1, 1.1, 1.15, 0.95, 1.1, 1.05, 0.9, 0.5, 0.75, 1.2, 1.3, 0.9])
"""Requests of each month beside the average one: August has half."""

CHARTS = 400


class Trial(NamedTuple):
    """What a council's months are like. ``change`` in the last ``ago`` months: factor of a count, points of a share."""

    name: str
    cases: int
    share: float = 0.0
    """0 where the months are counts."""
    school_year: bool = False
    change: float = 0.0
    ago: int = 6
    spread: float = 1.0
    """How many times the variance of chance the months have."""


def rate_of_signals(trial: Trial, length: int, charts: int = CHARTS) -> float:
    """Of charts of ``length`` months, how many per cent show a month outside its limits or a new level."""
    draw = np.random.default_rng([20200430, length, trial.cases])
    return 100 * float(np.mean([_shows(_drawn(trial, length, draw)) for _ in range(charts)]))


def _drawn(trial: Trial, length: int, draw: np.random.Generator) -> MonthCounts:
    calendar, months = np.arange(length) % 12, np.arange(length)
    factor = SCHOOL_YEAR[calendar] / SCHOOL_YEAR.mean() if trial.school_year else np.ones(length)
    late = months >= length - trial.ago
    levels = np.ones((length, 1))
    if trial.share:
        odds = trial.share / (1 - trial.share) * factor
        chance = odds / (1 + odds) + np.where(late, trial.change, 0.0)
        count = draw.binomial(trial.cases, chance)
        return MonthCounts(count.astype(float), np.full(length, float(trial.cases)), calendar, levels, True)
    mean = trial.cases * factor * np.where(late, 1 + trial.change, 1.0)
    if trial.spread > 1:
        mean = draw.gamma(mean / (trial.spread - 1), trial.spread - 1)
    return MonthCounts(draw.poisson(mean).astype(float), np.ones(length), calendar, levels, False)


def _shows(months: MonthCounts) -> bool:
    found = judge_months(months, np.zeros(len(months.count)))
    outside: Array = (months.count < found.low) | (months.count > found.high)
    return bool((found.level >= 0).any() or outside.any())


def quiet_charts() -> Iterator[Trial]:
    """Months in which nothing changes."""
    yield Trial("70 a month", 70)
    yield Trial("70 a month, school year", 70, school_year=True)
    yield Trial("20 a month, school year", 20, school_year=True)
    yield Trial("5 a month, school year", 5, school_year=True)
    yield Trial("95% of 30", 30, share=0.95)
    yield Trial("60% of 40, school year", 40, share=0.6, school_year=True)
    yield Trial("70 a month, school year, twice the variance", 70, school_year=True, spread=2)


def found_changes() -> Iterator[Trial]:
    """Months with a lasting change near their end."""
    yield Trial("70 a month, up 25% six months ago", 70, change=0.25)
    yield Trial("70 a month, school year, up 25% six months ago", 70, school_year=True, change=0.25)
    yield Trial("70 a month, school year, up 25% a year ago", 70, school_year=True, change=0.25, ago=12)
    yield Trial("20 a month, school year, up 25% six months ago", 20, school_year=True, change=0.25)
    yield Trial("60% of 40, up 10 points six months ago", 40, share=0.6, change=0.1)
    yield Trial("95% of 40, down 10 points six months ago", 40, share=0.95, change=-0.1)
    yield Trial("70 a month, school year, up 25%, twice the variance", 70, school_year=True, change=0.25, spread=2)
