"""Counts ahead from all authorities: the range holds what it should, and poor panels are refused."""

import math
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from panel_backtests import growth_trials
from panels import areas
from scipy.stats import norm

from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.growth import FEWEST_YEARS, counts_ahead, enough_for_growth
from toolkit.analysis.panel.scales import ModelScale

NATION = 0.1
"""Growth of all together in a year, on the log scale."""


def growing(seed: int = 3, count: int = 120, years: int = 10, own: float = 0.03, lasting: float = 0.0) -> Panel:
    """Counts of 500 to 5,000 that grow by a tenth a year, each by its own share more or less, new every year.

    ``lasting``: how far a share of its own that stays the same goes.
    """
    draw = np.random.default_rng(seed)
    growth = NATION + own * draw.standard_normal((count, years - 1)) + 0.01 * draw.standard_normal(years - 1)
    growth = growth + lasting * draw.standard_normal((count, 1))
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
    assert np.isfinite([made.value[1:], made.low[1:], made.high[1:]]).all()


def test_a_count_that_is_missing_in_between_takes_its_authority_out_of_englands_growth():
    """Also the very large one, that grew by half in the year that nobody counted it."""
    panel = growing()
    value = panel.value.copy()
    value[0] = 1e6
    value[0, -1], value[0, -2] = 1.5e6, np.nan
    made = counts_ahead(replace(panel, value=value), 2024, 1)
    others = counts_ahead(panel.some(range(1, 120)), 2024, 1)
    assert made.value[1:] == pytest.approx(others.value, rel=0.01)
    assert np.isfinite([made.low[1:], made.high[1:]]).all()


def test_a_forecast_knows_nothing_of_later_years():
    panel = growing()
    earlier = counts_ahead(panel, 2022, 1)
    assert np.array_equal(np.array(earlier), np.array(counts_ahead(panel.until(2022), 2022, 1)))


def test_the_newest_year_and_thirty_authorities_are_enough():
    """Each year of thirty, and the newest among them: a year that few have counted yet is no start."""
    thirty = growing(count=30, years=FEWEST_YEARS + 1)
    assert enough_for_growth(thirty)
    value = thirty.value.copy()
    value[0, -1] = np.nan
    assert not enough_for_growth(replace(thirty, value=value))
    value = thirty.value.copy()
    value[0, 1] = np.nan
    assert enough_for_growth(replace(thirty, value=value))
    assert not enough_for_growth(replace(thirty, breaks=frozenset({2017})))


def grown(rates: np.ndarray, start: np.ndarray) -> Panel:
    """Counts of ten years that grow by these rates, each year's a column."""
    value = np.exp(np.hstack([start[:, None], start[:, None] + rates.cumsum(axis=1)]))
    return Panel(areas(len(start)), tuple(range(2015, 2016 + rates.shape[1])), value, ModelScale.LOG)


def test_own_growth_that_lasts_goes_on():
    """Each has grown by its own share year after year, so each is expected to, from its newest count."""
    own = np.linspace(0.0, 0.2, 40)
    panel = grown(np.tile(own[:, None], 9), np.full(40, np.log(1000.0)))
    made = counts_ahead(panel, 2024, 3)
    assert made.value == pytest.approx(panel.value[:, -1] * np.exp(3 * own), rel=0.02)
    assert made.value[20] == pytest.approx(panel.value[20, -1] * math.exp(3 * own[20]), rel=1e-6)


@pytest.mark.parametrize(("ahead", "origins"), [(1, 5), (2, 5), (5, 4)])
def test_growth_that_was_never_missed_still_has_a_range(ahead, origins):
    """All grow alike: the range is that of a hundredth a year, counted as two misses beside those of the origins."""
    panel = grown(np.full((40, 9), 0.1), np.full(40, np.log(2000.0)))
    made = counts_ahead(panel, 2024, ahead)
    spread = math.sqrt(2 * ahead * 0.01**2 / (origins + 2))
    outermost = norm.ppf(0.5 / 15)
    assert np.log(made.low / made.value) == pytest.approx(np.full(40, outermost * spread), rel=0.02)
    assert np.log(made.high / made.value) == pytest.approx(np.full(40, -outermost * spread), rel=0.02)


def test_a_break_begins_the_years_that_are_read():
    """What came before it says nothing: the same figures with other years before the break give the same forecast."""
    panel = growing(years=14)
    value = panel.value.copy()
    value[:, :5] *= np.linspace(0.2, 3.0, 5)
    one, other = (
        counts_ahead(replace(panel, value=v, breaks=frozenset({2020})), 2028, 1) for v in (panel.value, value)
    )
    assert np.array_equal(np.array(one), np.array(other))


def by_hand(y: np.ndarray, ahead: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The forecast from the newest column of logs of counts, area by area and origin by origin."""
    count, years = y.shape

    def own(i: int, t: int) -> float:
        back = min(3, t)
        return (y[i, t] - y[i, t - back]) / back

    def cut(values: list[float]) -> list[float]:
        apart = [value - median(values) for value in values]
        low, high = np.quantile(apart, [0.02, 0.98])
        return [min(max(value, low), high) for value in apart]

    pairs = []
    for t in range(1, years - 1):
        before = cut([own(i, t) for i in range(count)])
        after = cut([y[i, t + 1] - y[i, t] for i in range(count)])
        pairs += zip(before, after, strict=True)
    weight = min(max(sum(a * b for a, b in pairs) / sum(a * a for a, _ in pairs), 0), 1)

    def centre(i: int, t: int) -> float:
        nation = math.log(sum(math.exp(v) for v in y[:, t]) / sum(math.exp(v) for v in y[:, t - 1]))
        return y[i, t] + ahead * (weight * own(i, t) + (1 - weight) * nation)

    origins = range(1, years - ahead)[-5:]
    out = {(i, t): y[i, t + ahead] - centre(i, t) for i in range(count) for t in origins}
    shared = {t: median(out[i, t] for i in range(count)) for t in origins}
    apart = {(i, t): out[i, t] - shared[t] for i, t in out}
    squares = np.array([value**2 for value in apart.values()])
    squares = np.minimum(squares, np.quantile(squares, 0.98))
    per_count = np.array([math.exp(-y[i, t]) for i, t in apart])
    slope, constant = np.polyfit(per_count, squares, 1)

    def size(i: int, t: int) -> float:
        return math.sqrt(max(constant + slope * math.exp(-y[i, t]), 0.2 * squares.mean()))

    standard = {(i, t): apart[i, t] / size(i, t) for i, t in apart}

    def scatter(i: int, left_out: int | None) -> float:
        kept = [min(standard[i, t] ** 2, 9.0) for t in origins if t != left_out]
        return math.sqrt((sum(kept) + 5) / (len(kept) + 5))

    usual = np.quantile([standard[i, t] / scatter(i, t) for i, t in standard], (np.arange(80) + 0.5) / 80)
    spread = math.sqrt((sum(miss**2 for miss in shared.values()) + 2 * ahead * 0.0001) / (len(origins) + 2))
    nation = spread * norm.ppf((np.arange(15) + 0.5) / 15)
    last, values = years - 1, []
    for i in range(count):
        mixed = [size(i, last) * scatter(i, None) * own_error + miss for own_error in usual for miss in nation]
        low, high = np.quantile(mixed, [0.025, 0.975])
        values.append([math.exp(centre(i, last) + side) for side in (0, low, high)])
    value, low, high = np.array(values).T
    return value, low, high


@pytest.mark.parametrize(
    ("ahead", "own", "years", "lasting"), [(1, 0.03, 10, 0.02), (2, 0.03, 10, 0.0), (3, 0.08, 8, 0.03)]
)
def test_a_forecast_is_that_worked_out_area_by_area(ahead, own, years, lasting):
    panel = growing(seed=ahead, count=45, years=years, own=own, lasting=lasting)
    made = counts_ahead(panel, panel.years[-1], ahead)
    value, low, high = by_hand(np.log(panel.value), ahead)
    assert made.value == pytest.approx(value, rel=1e-9)
    assert made.low == pytest.approx(low, rel=1e-6)
    assert made.high == pytest.approx(high, rel=1e-6)
