"""How back-tests count: what was taken back, which targets came true, and the scores of a probability."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from panel_backtests import brier_scores, call_table, change_calls, origins_of, reliability, target_trials
from panels import drifting

FIRST, LAST = 2016, 2023


@pytest.fixture(scope="module")
def stepped():
    """Sixty areas over eight years; in 2022 three of them move by 0.3 and then return by 0.2, return by 0.1, go on."""
    panel = drifting(shape=(60, 8))
    value = panel.value.copy()
    value[:3, 6] = value[:3, 5] + 0.3
    value[:3, 7] = value[:3, 6] + [-0.2, -0.1, 0.1]
    return replace(panel, value=value)


def test_words_are_tried_in_the_second_half_of_the_years(stepped):
    """Each year with a model of what was known by then."""
    tried = list(origins_of(stepped))
    assert [t for t, _ in tried] == [4, 5, 6, 7]
    assert [model.panel.years[-1] for _, model in tried] == [2020, 2021, 2022, 2023]


def test_a_change_is_taken_back_when_more_than_half_of_it_returns_in_the_next_year(stepped):
    calls = change_calls(stepped).set_index(["area", "year"])
    assert list(calls.loc[[(f"A{i:03}", 2022) for i in range(3)], "taken_back"]) == [1.0, 0.0, 0.0]
    assert calls.loc[("A000", 2022), "own"] == pytest.approx(0.3)
    assert calls.loc[("A000", 2022), "value"] == stepped.value[0, 6]
    assert calls.loc[("A000", 2022), "kind"] != "no clear move"
    assert calls.xs(LAST, level="year")["taken_back"].isna().all()
    assert calls.xs(2022, level="year")["taken_back"].notna().all()
    assert calls["half_stands"].between(0, 1).all()


def test_a_change_over_two_years_is_counted_from_the_year_before_last(stepped):
    calls = change_calls(stepped, back=2).set_index(["area", "year"])
    assert calls.loc[("A005", 2022), "own"] == pytest.approx(stepped.value[5, 6] - stepped.value[5, 4])


def test_a_break_ends_what_can_be_said_of_the_next_year(stepped):
    """The change of the year before a break has no next year."""
    calls = change_calls(replace(stepped, breaks=frozenset({2022}))).set_index(["area", "year"])
    assert calls.xs(2021, level="year")["taken_back"].isna().all()
    assert calls.xs(2020, level="year")["taken_back"].notna().all()


def test_years_that_are_no_years_are_not_tried():
    """A year without any figure is neither judged nor judged against, and a short panel gives no row."""
    panel = drifting(shape=(60, 9))
    value = panel.value.copy()
    value[:, 5] = np.nan
    tried = set(change_calls(replace(panel, value=value))["year"])
    assert tried == {2020, 2023, 2024}
    assert change_calls(drifting(shape=(5, 8))).empty
    assert target_trials(drifting(shape=(5, 8))).empty


@pytest.mark.parametrize("polarity", ["high", "low", "none"])
def test_a_target_came_true_if_the_later_figure_reached_it(polarity):
    """Every area, each origin with a figure two years later, six targets; without polarity high is good."""
    panel = drifting(shape=(60, 8))
    trials = target_trials(panel, polarity, ahead=2)
    sign = -1 if polarity == "low" else 1
    assert set(trials["year"]) == {2020, 2021}
    assert set(trials["ahead"]) == {2}
    assert len(trials) == 60 * 2 * 6
    last = trials[(trials["target"] == "last value") & (trials["year"] == 2021)]
    assert list(last["met"]) == list(sign * panel.value[:, 7] >= sign * panel.value[:, 5])
    assert last["met_now"].all()
    far = trials[(trials["target"] == "spread better") & (trials["year"] == 2021)]
    needed = panel.value[:, 5] + sign * panel.value[:, 5].std()
    assert list(far["met"]) == list(sign * panel.value[:, 7] >= sign * needed)
    assert not far["met_now"].any()
    quarter = trials[(trials["target"] == "best quarter") & (trials["year"] == 2021)]
    assert quarter["met_now"].mean() == pytest.approx(0.25)
    assert trials[trials["target"] == "median"]["met_now"].mean() == pytest.approx(0.5)


def test_targets_are_not_tried_across_a_break_or_without_the_later_figure():
    panel = drifting(shape=(60, 8))
    assert set(target_trials(replace(panel, breaks=frozenset({2022})), ahead=1)["year"]) == {2020}
    value = panel.value.copy()
    value[7, 6] = np.nan
    trials = target_trials(replace(panel, value=value), ahead=1)
    assert trials["year"].value_counts().to_dict() == {2020: 360, 2021: 354, 2022: 354}


def test_the_rivals_are_no_change_englands_trend_and_an_areas_own_line():
    """Each is right where its own idea is true: all rise from a year on, or each goes on along its own line."""
    level = drifting(shape=(60, 10), noise=0.02, drift=0.01)
    rising = replace(level, value=level.value + 0.1 * np.maximum(np.arange(10) - 4, 0))
    lines = drifting(shape=(60, 10), noise=0.01, drift=0.01)
    slopes = np.linspace(-0.3, 0.3, 60)[:, None] * np.arange(10)
    own = replace(lines, value=lines.value + slopes)
    alike = brier_scores(target_trials(rising, ahead=2)).loc[2]
    apart = brier_scores(target_trials(own, ahead=2)).loc[2]
    assert alike["england_trend"] < alike["no_change"] / 2
    assert apart["own_line"] < min(apart["no_change"], apart["england_trend"]) / 2


def test_the_chances_of_no_change_are_those_of_past_changes():
    """Of the changes of one year so far, the share that would have been enough, half a case added."""
    panel = drifting(shape=(60, 8))
    trials = target_trials(panel, ahead=1)
    tried = trials[(trials["year"] == 2021) & (trials["target"] == "half better")].reset_index(drop=True)
    changes = np.diff(panel.value[:, :6], axis=1).ravel()
    enough = (changes >= panel.value[:, 5].std() / 2).sum()
    assert tried["no_change"].to_numpy() == pytest.approx(np.full(60, (enough + 0.5) / (len(changes) + 1)))


def test_calls_are_counted_by_word_and_those_taken_back_among_the_followed():
    calls = pd.DataFrame({"kind": ["moved", "moved", "moved", "likely to last"], "taken_back": [1.0, 0.0, np.nan, 0.0]})
    table = call_table(calls)
    assert table.loc["moved"].to_dict() == {"called": 75.0, "taken_back": 50.0, "followed": 2}
    assert table.loc["likely to last"].to_dict() == {"called": 25.0, "taken_back": 0.0, "followed": 1}


TRIALS = pd.DataFrame(
    {
        "panel": [0.1, 0.3, 0.9, 1.0],
        "no_change": [0.5, 0.5, 0.5, 0.0],
        "england_trend": [0.0, 0.0, 1.0, 0.0],
        "own_line": [1.0, 1.0, 0.0, 0.0],
        "met": [False, False, True, False],
        "met_now": [False, False, False, True],
        "ahead": [1, 1, 2, 1],
    }
)


def test_a_score_is_the_mean_squared_error_over_targets_not_yet_met():
    """Half a chance scores a quarter; certainty that is right scores nothing, and certainty that is wrong one."""
    scores = brier_scores(TRIALS)
    assert scores.loc[1].to_dict() == pytest.approx(
        {"panel": (0.01 + 0.09) / 2, "no_change": 0.25, "england_trend": 0.0, "own_line": 1.0}
    )
    assert scores.loc[2, "panel"] == pytest.approx(0.01)


def test_bands_set_what_was_said_beside_what_came_true():
    table = reliability(TRIALS)
    assert list(table["forecasts"]) == [1, 1, 0, 0, 1]
    assert list(table["said"].dropna()) == [0.1, 0.3, 0.9]
    assert list(table["gap"].dropna()) == pytest.approx([-10, -30, 10])
    assert list(reliability(TRIALS, "england_trend")["forecasts"]) == [2, 0, 0, 0, 1]
