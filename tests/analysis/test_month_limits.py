"""Limits of months against values worked out another way, and the levels that a series has."""

from math import comb, exp, lgamma, log

import numpy as np
import pytest
from scipy.stats import nbinom

from toolkit.analysis.month_limits import CountedMonths, judge_months
from toolkit.analysis.season import MonthCounts, fit_season
from toolkit.analysis.steps import overdispersion

ONE_IN = 0.01
"""Of charts on which nothing changes, how many show a month outside its limits."""
PATTERN = np.array([20, 22, 18, 21, 19, 20, 25, 12, 16, 24, 23, 0], dtype=float)


def counts(values: np.ndarray) -> MonthCounts:
    length = len(values)
    return MonthCounts(values, np.ones(length), np.arange(length) % 12, np.ones((length, 1)), share=False)


def shares(values: np.ndarray, base: float) -> MonthCounts:
    length = len(values)
    return MonthCounts(values, np.full(length, base), np.arange(length) % 12, np.ones((length, 1)), share=True)


def judged(months: MonthCounts, phase: np.ndarray | None = None) -> CountedMonths:
    return judge_months(months, np.zeros(len(months.count)) if phase is None else phase)


def smallest(probability: float, chances: list[float]) -> int:
    """The smallest count of which at least that share of new counts is no larger."""
    return int(np.argmax(np.cumsum(chances) >= probability))


def count_chances(shape: float, rate: float) -> list[float]:
    """Of counts 0 to 149 whose mean is a gamma of that shape and rate."""
    logs = [
        lgamma(shape + n) - lgamma(shape) - lgamma(n + 1) + shape * log(rate / (1 + rate)) - n * log(1 + rate)
        for n in range(150)
    ]
    return [exp(value) for value in logs]


def share_chances(base: int, yes: float, no: float) -> list[float]:
    """Of 0 to ``base`` whose chance is a beta of those cases."""

    def log_beta(one: float, other: float) -> float:
        return lgamma(one) + lgamma(other) - lgamma(one + other)

    return [comb(base, n) * exp(log_beta(yes + n, no + base - n) - log_beta(yes, no)) for n in range(base + 1)]


@pytest.mark.parametrize("years", [2, 3, 5])
def test_a_month_is_limited_by_the_same_month_of_the_other_years(years: int) -> None:
    """A new count whose mean is a gamma, from what the other years of that month had and half a case for each fit."""
    found = judged(counts(np.tile(PATTERN, years)))
    tail, others = ONE_IN / (12 * years) / 2, years - 1
    for place, usual in enumerate(PATTERN):
        expected = usual + 0.5 / years
        seen = others * (expected + (expected - usual) / others)
        chances = count_chances(seen + 0.5, others)
        assert found.expected[place] == pytest.approx(expected, abs=1e-6)
        assert (found.low[place], found.high[place]) == (smallest(tail, chances), smallest(1 - tail, chances))


@pytest.mark.parametrize("years", [2, 4])
def test_a_share_is_limited_by_the_same_month_of_the_other_years(years: int) -> None:
    """A new count out of 50 whose chance is a beta, from the other years of that month."""
    base, usual, length = 50, 30.0, 12 * years
    found = judged(shares(np.full(length, usual), base))
    tail, others = ONE_IN / length / 2, years - 1
    overall = (length * usual + 0.5) / (length * base + 1)
    expected = base * (years * usual + 4 * overall) / (years * base + 4)
    there = (expected + (expected - usual) / others) / base
    chances = share_chances(base, others * base * there + 0.5, others * base * (1 - there) + 0.5)
    assert found.expected == pytest.approx(np.full(length, expected))
    assert set(found.low) == {smallest(tail, chances)}
    assert set(found.high) == {smallest(1 - tail, chances)}


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


def test_a_month_that_failed_where_all_others_succeeded_has_limits() -> None:
    """The others and the extra cases together say more than all; they are taken to say all."""
    values = np.full(24, 10.0)
    values[5] = 0.0
    found = judged(shares(values, 10.0))
    assert np.isfinite([found.low, found.high]).all()
    assert found.high[5] == 10.0


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


def test_a_level_beside_another_that_was_found_later_lasts_four_months_too() -> None:
    """Two odd months after a change of January 2018 are no level, although one was found before it as well."""
    found = judged(counts(np.concatenate([10 * FLAT, 20 * FLAT, [40.0, 40.0], np.full(22, 120.0)])))
    starts = sorted(set(found.level) - {-1})
    assert len(starts) > 1
    assert all(later - start >= 4 for start, later in zip([0, *starts], [*starts, 48], strict=True))


def test_levels_are_found_within_phases_only() -> None:
    """A change that comes with a new phase is not a new level: the params state it."""
    values, phase = np.concatenate([FLAT, FLAT, 3 * FLAT]), np.repeat([0, 1], [24, 12])
    levels = np.column_stack([phase == 0, phase == 1]).astype(float)
    found = judged(MonthCounts(values, np.ones(36), np.arange(36) % 12, levels, share=False), phase)
    assert (found.level == -1).all()
