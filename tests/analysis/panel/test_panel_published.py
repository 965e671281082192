"""The published national figures of the pack: what the panel says, and how often it errs."""

import numpy as np
import pandas as pd
import pytest
from panel_backtests import (
    brier_scores,
    call_table,
    change_calls,
    reliability,
    target_trials,
)

from toolkit.analysis.panel.codes import Basis
from toolkit.analysis.panel.model import fit_panel
from toolkit.analysis.panel.scales import swing, to_unit
from toolkit.analysis.panel.standing import far_from_average, standings

# Noise and drift in points at the median figure, and persistence, as an independent prototype found them.
PROTOTYPE = [
    ("level 2 by 19, plan", 4.8, 1.8, 0.98),
    ("participation 16-17 with SEND", 2.5, 2.3, 0.90),
    ("phonics, plan", 5.7, 2.2, 0.91),
    ("key stage 4 destination, plan", 4.2, 2.0, 0.87),
    ("progress 8, SEN support", 0.09, 0.10, 0.93),
    ("good level of development, SEN support", 3.1, 1.9, 0.93),
]


@pytest.mark.parametrize(("name", "noise", "drift", "phi"), PROTOTYPE)
def test_the_numbers_of_a_measure_are_those_of_an_independent_prototype(published, name, noise, drift, phi):
    model = fit_panel(published[name].panel)
    median = float(np.nanmedian(model.panel.value))
    found = [float(swing(median, v**0.5, model.panel.scale)) for v in (model.fitted.noise, model.fitted.drift)]
    assert found == pytest.approx([noise, drift], rel=0.15)
    assert model.fitted.persistence == pytest.approx(phi, abs=0.03)


def test_hand_set_margins_are_far_below_what_a_large_authority_bounces(published):
    """Participation with SEND is judged by half a point today; one of the 30 largest bounces more than four."""
    model = fit_panel(published["participation 16-17 with SEND"].panel)
    largest = np.argsort(-np.nan_to_num(model.panel.size))[:30]
    assert np.nanmedian(model.margin(2024)[largest]) > 4


def test_two_years_after_a_break_the_measure_says_so(published):
    assert fit_panel(published["tribunal appeal rate, published"].panel).basis is Basis.THIS_YEAR_ONLY


def test_few_authorities_are_far_from_the_average_once_their_spread_is_allowed_for(published):
    for name in ("requests refused", "plans in mainstream schools", "plans in special schools"):
        panel = published[name].panel
        d, s2 = panel.deviation[:, -1], panel.sampling[:, -1]
        assert far_from_average(d, s2).mean() <= 0.08, name
        assert (np.abs(d) / np.sqrt(s2) > 3.09).mean() > 0.25, name


def test_leicestershires_fall_within_20_weeks_shows_with_its_rank(published):
    model = fit_panel(published["plans within 20 weeks"].panel)
    ranks = standings(model, 2024)
    here, now = model.panel.areas.index("855"), model.panel.years.index(2024)
    assert model.panel.value[here, now] < 5
    assert to_unit(model.panel.national[now], model.panel.scale) > 40
    assert ranks.low[here] > 120


@pytest.mark.slow
def test_words_for_a_change_are_wrong_no_more_often_than_stated(published):
    """Out of sample: "likely to last" at most 20% half taken back, moved (lasting or not) 30%."""
    calls = pd.concat([change_calls(one.panel) for one in published.values()])
    table = call_table(calls)
    assert table.loc["likely to last", "taken_back"] <= 20
    assert calls[calls["kind"].isin(["moved", "likely to last"])]["taken_back"].mean() <= 0.30
    assert table.loc["check the figure", "taken_back"] > 50
    assert table.loc["check the figure", "called"] < 1


@pytest.mark.slow
def test_probabilities_of_targets_are_honest_and_better_than_no_change(published):
    """Pooled over measures and horizons each of five bands is within 3 points of what happened."""
    trials = pd.concat(
        [target_trials(one.panel, one.polarity, ahead) for one in published.values() for ahead in (1, 2, 3)]
    )
    assert reliability(trials)["gap"].abs().max() <= 3
    scores = brier_scores(trials)
    assert (scores["panel"] < scores[["no_change", "england_trend", "own_line"]].min(axis=1)).all()
