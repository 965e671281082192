"""Limits of months against values worked out another way, and the levels that a series has."""

import numpy as np
import pytest
from scipy.stats import beta, binom, gamma, nbinom, poisson

from toolkit.analysis.month_limits import CountedMonths, judge_months
from toolkit.analysis.season import MonthCounts, fit_season
from toolkit.analysis.steps import overdispersion

ONE_IN = 0.01
"""Of charts on which nothing changes, how many show a month outside its limits."""
PATTERN = np.array([20, 22, 18, 21, 19, 20, 25, 12, 16, 24, 23, 20], dtype=float)


def counts(values: np.ndarray) -> MonthCounts:
    length = len(values)
    return MonthCounts(values, np.ones(length), np.arange(length) % 12, np.ones((length, 1)), share=False)


def shares(values: np.ndarray, base: float) -> MonthCounts:
    length = len(values)
    return MonthCounts(values, np.full(length, base), np.arange(length) % 12, np.ones((length, 1)), share=True)


def judged(months: MonthCounts, phase: np.ndarray | None = None) -> CountedMonths:
    return judge_months(months, np.zeros(len(months.count)) if phase is None else phase)


def first_at_least(probability: float, below: np.ndarray) -> int:
    """The smallest count of which at least that share of new counts is no larger."""
    return int(np.argmax(below >= probability))


@pytest.mark.parametrize("years", [2, 3, 5])
def test_a_month_is_limited_by_the_same_month_of_the_other_years(years: int) -> None:
    """A new count whose mean is a gamma, from what the other years of that month had and half a case for each fit."""
    found = judged(counts(np.tile(PATTERN, years)))
    tail, others = ONE_IN / (12 * years) / 2, years - 1
    for place, usual in enumerate(PATTERN):
        expected = usual + 0.5 / years
        seen = others * (expected + (expected - usual) / others)
        means = gamma.ppf((np.arange(20_000) + 0.5) / 20_000, seen + 0.5, scale=1 / others)
        below = np.array([poisson.cdf(count, means).mean() for count in range(90)])
        assert found.expected[place] == pytest.approx(expected, abs=1e-6)
        assert found.low[place] == pytest.approx(first_at_least(tail, below), abs=1)
        assert found.high[place] == pytest.approx(first_at_least(1 - tail, below), abs=1)


@pytest.mark.parametrize("years", [2, 4])
def test_a_share_is_limited_by_the_same_month_of_the_other_years(years: int) -> None:
    """A new count out of 50 whose chance is a beta, from the other years of that month."""
    base, usual = 50.0, 30.0
    found = judged(shares(np.full(12 * years, usual), base))
    tail, others = ONE_IN / (12 * years) / 2, years - 1
    chances = beta.ppf((np.arange(20_000) + 0.5) / 20_000, 0.5 + others * usual, 0.5 + others * (base - usual))
    below = np.array([binom.cdf(count, base, chances).mean() for count in range(51)])
    assert found.expected == pytest.approx(np.full(12 * years, usual), abs=0.05)
    assert found.low == pytest.approx(np.full(12 * years, first_at_least(tail, below)), abs=1)
    assert found.high == pytest.approx(np.full(12 * years, first_at_least(1 - tail, below)), abs=1)


def test_limits_stay_among_the_counts_that_can_be() -> None:
    """No count is below none, and none of a share is above its base."""
    few = judged(counts(np.tile([1.0, 0.0, 2.0], 12)))
    all_of_them = judged(shares(np.full(36, 10.0), 10.0))
    none_of_them = judged(shares(np.full(36, 0.0), 10.0))
    assert few.low.min() == 0.0
    assert all_of_them.high.max() == 10.0
    assert all_of_them.low.max() < 10.0
    assert none_of_them.low.max() == 0.0
    assert none_of_them.high.min() > 0.0


def test_where_months_differ_more_than_counts_do_the_limits_are_wider_by_the_root() -> None:
    """In phases of half a year, too short for a new level: each limit is as many times further from the middle."""
    phase = np.repeat(np.arange(6), 6)
    values = np.random.default_rng(5).poisson(20, 36) + np.tile([9.0, -9.0, 0.0, -9.0, 9.0, 0.0, 0.0], 6)[:36]
    levels = np.column_stack([phase == number for number in range(6)]).astype(float)
    months = MonthCounts(values, np.ones(36), np.arange(36) % 12, levels, share=False)
    season = fit_season(months)
    spread = overdispersion(months, season, 0.0)[0]
    found = judged(months, phase)
    pull = season.leverage / (1 - season.leverage)
    seen = np.maximum(season.expected - pull * (values - season.expected), 0.0) / pull
    middle = (seen + 0.5) * pull
    usual = nbinom.ppf(1 - ONE_IN / 72, seen + 0.5, 1 / (1 + pull))
    assert spread > 1.5
    assert (found.level == -1).all()
    assert found.high == pytest.approx(middle + np.sqrt(spread) * (usual - middle))


FLAT = np.full(12, 20.0)


def test_each_level_is_higher_or_lower_than_the_one_before_it_by_its_size() -> None:
    """20 a month, 40 from the second year on, 10 from the third: +99.2% and −74.7%, with a sixth of a case a month."""
    found = judged(counts(np.concatenate([FLAT, 2 * FLAT, FLAT / 2])))
    third = 0.5 / 3
    assert list(found.level) == [-1] * 12 + [12] * 12 + [24] * 12
    assert list(found.side) == [0] * 12 + [1] * 12 + [-1] * 12
    assert found.shift[12:24] == pytest.approx(np.full(12, 100 * (40 + third) / (20 + third) - 100), rel=1e-3)
    assert found.shift[24:] == pytest.approx(np.full(12, 100 * (10 + third) / (40 + third) - 100), rel=1e-3)
    assert set(found.shift[:12]) == {0.0}


def test_a_share_moves_by_points() -> None:
    """From 40 to 80 in a hundred; four cases at the average of 53.3 for each calendar month make it 39.5."""
    found = judged(shares(np.concatenate([2 * FLAT, 2 * FLAT, 4 * FLAT]), 100.0))
    assert found.shift[24:] == pytest.approx(np.full(12, 39.47), abs=0.01)


def test_at_most_four_new_levels_are_looked_for() -> None:
    """Five in six years are no levels but a season that lasts a year."""
    found = judged(counts(np.repeat([20.0, 60.0, 20.0, 60.0, 20.0, 60.0], 14)))
    assert len(set(found.level) - {-1}) == 4


def test_a_level_lasts_at_least_four_months() -> None:
    """Two months of 60 between years of 20 and of 40 belong to one of them."""
    found = judged(counts(np.concatenate([FLAT, [60.0, 60.0], np.full(22, 40.0)])))
    starts = sorted(set(found.level) - {-1})
    assert starts
    assert all(later - start >= 4 for start, later in zip([0, *starts], [*starts, 36], strict=True))


def test_levels_are_found_within_phases_only() -> None:
    """What changes with a phase is no new level: the chart was told of it."""
    values, phase = np.concatenate([FLAT, FLAT, 3 * FLAT]), np.repeat([0, 1], [24, 12])
    levels = np.column_stack([phase == 0, phase == 1]).astype(float)
    found = judged(MonthCounts(values, np.ones(36), np.arange(36) % 12, levels, share=False), phase)
    assert (found.level == -1).all()
