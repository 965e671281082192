"""Counts ahead from all authorities: the range holds what it should, and poor panels are refused."""

from dataclasses import replace

import numpy as np
import pytest
from panels import areas

from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.growth import FEWEST_YEARS, counts_ahead, enough_for_growth, growth_trials
from toolkit.analysis.panel.scales import ModelScale

NATION = 0.1
"""Growth of all together in a year, on the log scale."""


def growing(seed: int = 3, count: int = 120, years: int = 10, own: float = 0.03) -> Panel:
    """Counts of 500 to 5,000 that grow by a tenth a year, each by its own share more or less, new every year."""
    draw = np.random.default_rng(seed)
    growth = NATION + own * draw.standard_normal((count, years - 1)) + 0.01 * draw.standard_normal(years - 1)
    start = np.log(draw.uniform(500, 5000, (count, 1)))
    value = np.exp(np.hstack([start, start + growth.cumsum(axis=1)]))
    return Panel(areas(count), tuple(range(2015, 2015 + years)), value, ModelScale.LOG)


def test_the_forecast_is_that_of_all_where_own_growth_does_not_last():
    """Own growth of the past says nothing here: an authority that doubled is expected to grow as the others."""
    panel = growing()
    made = counts_ahead(panel, 2024, 1)
    assert made.value / panel.value[:, -1] == pytest.approx(np.exp(NATION), rel=0.04)
    assert (made.low < made.value).all()
    assert (made.value < made.high).all()


@pytest.mark.parametrize("ahead", [1, 2])
def test_ranges_hold_what_came_and_are_narrower_than_own_growth_alone(ahead):
    trials = growth_trials(growing(count=150, years=12), ahead, 5)
    assert 0.9 <= trials["panel_held"].mean() <= 0.99
    assert trials["panel_width"].median() < 0.9 * trials["own_width"].median()


def test_an_erratic_authority_has_a_wider_range_than_a_steady_one_of_its_size():
    panel = growing()
    value = panel.value.copy()
    value[0, 1::2] *= 1.3
    value[:2, -1] = 2000.0
    made = counts_ahead(replace(panel, value=value), 2024, 1)
    width = np.log(made.high / made.low)
    assert width[0] > 1.2 * width[1]


def test_nothing_is_projected_from_few_years_few_authorities_or_a_series_just_broken():
    whole = growing(years=FEWEST_YEARS)
    assert enough_for_growth(whole)
    assert not enough_for_growth(whole.until(whole.years[-2]))
    assert not enough_for_growth(whole.some(range(29)))
    assert not enough_for_growth(replace(whole, breaks=frozenset({2018})))
    assert not enough_for_growth(Panel((), (), np.empty((0, 0)), ModelScale.LOG))


def test_what_an_authority_without_a_count_gets_is_nothing():
    panel = growing()
    value = panel.value.copy()
    value[0, -1] = np.nan
    made = counts_ahead(replace(panel, value=value), 2024, 2)
    assert np.isnan([made.value[0], made.low[0], made.high[0]]).all()
    assert np.isfinite(made.value[1:]).all()
