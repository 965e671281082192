"""Limits of a few proportions and counts, published or worked by hand: they need no file beside the project."""

import math

import numpy as np
import pytest

from toolkit.analysis.intervals import byar, exact_poisson, poisson, wilson

# R. G. Newcombe (1998), Two-sided confidence intervals for the single proportion: comparison of seven methods,
# Statistics in Medicine 17, 857–872, table I, method 3 (95%).
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("count", "base", "low", "high"), NEWCOMBE)
def test_wilson_limits_are_those_that_newcombe_published(count: int, base: int, low: float, high: float):
    """To the four decimals of the paper."""
    limits = wilson(count, base)

    assert (round(float(limits.low), 4), round(float(limits.high), 4)) == (low, high)


def test_wilson_limits_are_those_worked_by_hand():
    """20 of 100 with z = 1.96: (2·20 + z² ± z√(z² + 4·20·0.8)) ÷ 2(100 + z²), z² = 3.8415, the root 8.2366.

    (43.8415 − 16.1434) ÷ 207.6829 = 0.13337 and (43.8415 + 16.1434) ÷ 207.6829 = 0.28883.
    """
    low, high = wilson(20, 100)

    assert float(low) == pytest.approx(0.13337, abs=5e-6)
    assert float(high) == pytest.approx(0.28883, abs=5e-6)


def test_the_ends_are_exact():
    """No chance of less than none or more than all, to the last bit, at any confidence."""
    assert wilson(0, 7, 0.998).low == 0.0
    assert wilson(7, 7, 0.998).high == 1.0


@pytest.mark.parametrize("count", [-1, math.nan])
def test_a_count_that_makes_no_sense_has_no_limits(count: float):
    for limits in (exact_poisson(count), byar(count), poisson(count), wilson(count, 10), wilson(5, count)):
        assert np.isnan(limits).all()


def test_what_makes_no_sense_leaves_the_limits_of_the_others_alone():
    """Between two that make no sense, 5 has the limits it has alone: no number stands in for another."""
    mixed = [-1, 5, math.nan, 0]
    for limits_of in (exact_poisson, byar, poisson, lambda count: wilson(count, [10, 10, 10, 10])):
        low, high = limits_of(mixed)
        assert np.isnan([low[0], low[2], high[0], high[2]]).all()
        alone = limits_of([5, 5, 5, 0])
        assert (low[1], high[1], high[3]) == (alone.low[1], alone.high[1], alone.high[3])


def test_none_have_an_exact_lower_limit_of_none_and_no_lower_limit_by_byar():
    assert exact_poisson(0).low == 0.0
    assert np.isnan(byar(0).low)
    assert exact_poisson(0).high == pytest.approx(-math.log(0.025))


def test_one_event_has_a_lower_limit_by_byar():
    """1 × (1 − 1/9 − 1.96/3)³, a little above none."""
    assert float(byar(1).low) == pytest.approx((1 - 1 / 9 - 1.959964 / 3) ** 3, rel=1e-5)


@pytest.mark.parametrize("base", [0, -1])
def test_a_share_of_nobody_has_no_limits(base: int):
    assert np.isnan(wilson(0, base)).all()
