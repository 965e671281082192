"""Ranges for ranks hold, funnels allow for true spread, and an average area is like places like it."""

import numpy as np
import pytest
from panels import counted, drifting

from toolkit.analysis.overdispersion import additive_overdispersion
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.model import fit_panel
from toolkit.analysis.panel.standing import (
    RankRange,
    _with_small,
    family_z,
    far_from_average,
    in_one_quarter,
    rank_ranges,
    ranks_of_year,
    standings,
)


@pytest.mark.parametrize("sampling", [0.03, 0.06, 0.12])
def test_ranges_of_rank_hold_the_true_rank(sampling):
    held = []
    for seed in range(12):
        draw = np.random.default_rng(seed)
        truth = 0.06 * draw.standard_normal(150)
        gain = 0.06**2 / (0.06**2 + sampling**2)
        level = gain * (truth + sampling * draw.standard_normal(150))
        ranks = rank_ranges(level, np.full(150, gain * sampling**2))
        true_rank = (-truth).argsort().argsort() + 1
        held += list((ranks.low <= true_rank) & (true_rank <= ranks.high))
    assert np.mean(held) == pytest.approx(0.955, abs=0.02)


def test_known_levels_have_one_rank_and_polarity_turns_it_round():
    level = np.array([3.0, 1.0, np.nan, 2.0])
    high = rank_ranges(level, np.zeros(4))
    assert high.low == pytest.approx([1, 3, np.nan, 2], nan_ok=True)
    assert high.high == pytest.approx([1, 3, np.nan, 2], nan_ok=True)
    assert rank_ranges(level, np.zeros(4), "low").low == pytest.approx([3, 1, np.nan, 2], nan_ok=True)


def test_a_period_without_any_figure_has_no_ranks():
    assert np.isnan(rank_ranges([np.nan, np.nan], [0.1, 0.1])).all()


def test_a_band_is_given_only_where_the_whole_range_lies_in_it():
    ranks = RankRange(np.array([1.0, 1.0, 3.0, 4.0]), np.array([1.0, 3.0, 3.0, 4.0]))
    assert in_one_quarter(ranks) == pytest.approx([1, np.nan, 3, 4], nan_ok=True)


def test_an_area_without_a_figure_has_no_rank():
    panel = drifting()
    panel.value[3, -1] = np.nan
    ranks = standings(fit_panel(panel), 2025)
    assert np.isnan(ranks.low[3])
    assert np.isfinite(np.delete(ranks.low, 3)).all()
    assert (np.delete(ranks.low <= ranks.high, 3)).all()


def test_spread_is_found_again_and_few_are_far():
    draw, spreads, far, plain = np.random.default_rng(2), [], [], []
    for _ in range(30):
        s = draw.uniform(0.01, 0.03, 150)
        d = 0.06 * draw.standard_normal(150) + s * draw.standard_normal(150)
        spreads.append(additive_overdispersion(d, s**2))
        far.append(far_from_average(d, s**2).mean())
        plain.append((np.abs(d / s) > 3.09).mean())
    assert np.mean(plain) > 0.3
    assert np.mean(far) < 0.03
    # Cutting z to its middle 80% reads a normal spread as a quarter narrower, so 2% are far where 0.2% would be.
    assert 0.04 < np.sqrt(np.mean(spreads)) < 0.06


def test_without_spread_there_is_none_and_too_few_areas_have_none():
    draw = np.random.default_rng(2)
    assert additive_overdispersion(0.02 * draw.standard_normal(150), np.full(150, 0.0004)) < 0.0001
    assert additive_overdispersion([1.0, 2.0], [0.1, 0.1]) == 0
    assert not far_from_average([np.nan, 0.0], [0.1, 0.0]).any()


@pytest.mark.parametrize("n", [60, 1000])
def test_an_average_area_is_like_places_like_it_19_times_in_20(n):
    """An area at the mean of the spread that ten others are drawn from is found to differ one time in twenty."""
    z = []
    for seed in range(5):
        average = range(10)
        model = fit_panel(counted(seed, n, step=0.0, average=average))
        names = list(model.panel.areas)
        z += [family_z(model, names[i], names[14 * i + 10 : 14 * i + 20], 2024) for i in average]
    assert np.mean(np.abs(z) > 1.96) <= 0.12
    assert np.std(z) == pytest.approx(1.0, abs=0.25)
    assert np.isnan(family_z(model, names[0], [names[0]], 2024))


@pytest.mark.parametrize("years", [1, 6])
def test_areas_too_small_for_the_model_are_ranked_all_the_same(years):
    """Twenty areas of five people at 100% lie above the 30th of the others, which the range of its rank must know."""
    value = np.linspace(20, 80, 60)[:, None] + np.random.default_rng(1).normal(0, 0.1, (60, years))
    base = np.full((60, years), 50_000.0)
    value[:20], base[:20] = 100.0, 5.0
    panel = Panel(tuple(f"A{i:02}" for i in range(60)), tuple(range(2010, 2010 + years)), value, base=base)
    ranks = ranks_of_year(panel, panel.years[-1]) if years == 1 else standings(fit_panel(panel), panel.years[-1])
    assert (ranks.low[30], ranks.high[30]) == (50, 50)


def test_an_area_without_a_figure_this_year_is_no_small_area():
    """It keeps the level that the model has of it, however few people it has; nobody at all is no base either."""
    panel = Panel(("A", "B", "C", "D"), (2024,), np.array([[50.0], [np.nan], [50.0], [50.0]]),
                  base=np.array([[5.0], [5.0], [0.0], [100.0]]))  # fmt: skip
    level, variance = _with_small(panel, 0, np.full(4, 0.7), np.full(4, 0.01))
    assert level == pytest.approx([np.arcsin(np.sqrt(0.5)), 0.7, 0.7, 0.7])
    assert variance == pytest.approx([1 / 20, 0.01, 0.01, 0.01])
