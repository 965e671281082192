"""Probabilities of reaching a target: honest in simulation, low without progress, absent without a panel."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from panel_backtests import brier_scores, reliability, target_trials
from panels import counted, drifting

from toolkit.analysis.panel.model import fit_panel
from toolkit.analysis.panel.targets import chance_words, printed_probability, target_probability


def test_said_and_came_true_agree_in_simulation():
    trials = pd.concat([target_trials(drifting(seed, shape=(150, 12)), ahead=h) for seed in range(4) for h in (1, 2)])
    table = reliability(trials)
    assert (table["forecasts"] >= 500).sum() >= 4
    assert table[table["forecasts"] >= 500]["gap"].abs().max() < 5
    scores = brier_scores(trials)
    assert (scores["panel"] < scores[["no_change", "own_line", "england_trend"]].min(axis=1)).all()


@pytest.mark.parametrize("n", [78, 300, 1000])
def test_a_council_that_makes_no_progress_is_unlikely_to_gain_ten_points(n):
    """A line that the range of the figure reaches says "on track" 83, 75 and 44% of the time."""
    panel = counted(6, n, step=0.0)
    chance = target_probability(fit_panel(panel), panel.value[:, -1] + 10, (2024, 2026), "high")
    assert (chance_words(chance, 0.3, 0.7) == "likely").mean() == 0
    assert (chance_words(chance, 0.3, 0.7) == "unlikely").mean() > 0.9


def test_a_nearer_target_and_a_reached_one_are_more_probable():
    model = fit_panel(drifting())
    here = model.panel.value[:, -1]
    chances = [target_probability(model, here + step, (2025, 2026), "high").mean() for step in (-0.2, 0, 0.1, 0.3)]
    assert chances == sorted(chances, reverse=True)
    assert chances[0] > 0.9
    assert chances[-1] < 0.1


def test_low_is_good_is_the_mirror_of_high_is_good():
    panel = drifting()
    mirrored = replace(panel, value=-panel.value)
    high = target_probability(fit_panel(panel), 0.05, (2025, 2027), "high")
    low = target_probability(fit_panel(mirrored), -0.05, (2025, 2027), "low")
    assert low == pytest.approx(high, abs=0.005)


def test_without_a_full_panel_a_date_to_come_or_polarity_there_is_no_probability():
    full = fit_panel(drifting())
    nothing = [
        target_probability(fit_panel(drifting(shape=(20, 10))), 0.1, (2025, 2026), "high"),
        target_probability(fit_panel(drifting(shape=(150, 3))), 0.1, (2018, 2019), "high"),
        target_probability(full, 0.1, (2025, 2025), "high"),
        target_probability(full, 0.1, (2025, 2026), "none"),
    ]
    assert all(np.isnan(chance).all() for chance in nothing)
    assert set(chance_words(nothing[0], 0.3, 0.7)) == {"cannot be judged"}


def test_a_forecast_uses_nothing_after_its_year():
    panel = drifting()
    changed = panel.value.copy()
    changed[:, -2:] += 5
    made = [
        target_probability(fit_panel(replace(panel, value=v).until(2023)), 0.1, (2023, 2024), "high")
        for v in (panel.value, changed)
    ]
    assert np.array_equal(*made)


def test_words_by_probability_and_small_numbers_far_ahead_are_not_printed():
    assert list(chance_words([0.1, 0.3, 0.5, 0.7, 0.71, np.nan], 0.3, 0.7)) == [
        "unlikely",
        "possible",
        "possible",
        "possible",
        "likely",
        "cannot be judged",
    ]
    assert printed_probability([0.1, 0.2, 0.25, 0.1], [3, 3, 3, 2]) == pytest.approx(
        [np.nan, 0.2, 0.25, 0.1], nan_ok=True
    )
