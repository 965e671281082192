"""Tests of a difference without a panel, against their published examples and scipy."""

import numpy as np
import pytest
from scipy.stats import binom

from toolkit.analysis.differences import clearly_differs, counts_differ, mid_p, newcombe
from toolkit.analysis.intervals import Estimate

# R. G. Newcombe (1998), table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((10, 10), (0, 10), 0.6075, 1.0),
]


@pytest.mark.parametrize(("now", "before", "low", "high"), NEWCOMBE)
def test_newcombe_agrees_with_his_paper(now, before, low, high):
    difference = newcombe(now, before)
    assert difference.low == pytest.approx(low, abs=5e-5)
    assert difference.high == pytest.approx(high, abs=5e-5)


def test_calls_that_the_overlap_of_intervals_missed():
    """Decisions in six weeks and parents' answers of 2019, and mainstream places of 2025: p = .008, .02 and .008."""
    for now, before in (((876, 928), (549, 564)), ((121, 222), (80, 186)), ((2648, 7196), (1862, 4751))):
        assert counts_differ("percent", now, before)
    assert not counts_differ("percent", (196, 7706), (199, 6832))


def test_mid_p_is_half_the_probability_of_what_was_seen_and_all_beyond():
    seen = binom.pmf(np.arange(12), 11, 0.4)
    by_hand = 2 * min(seen[9:].sum() + seen[8] / 2, seen[:8].sum() + seen[8] / 2)
    assert mid_p((8, 200), (3, 300)) == pytest.approx(by_hand)
    assert mid_p((0, 10), (0, 10)) == 1
    assert np.isnan(mid_p((-1, 10), (1, 10)))


def test_mid_p_is_false_no_more_often_than_stated_for_counts_of_ten_and_more():
    draw = np.random.default_rng(5)
    for mean in (10, 50, 300):
        x = draw.poisson(mean, (2, 20_000)).astype(float)
        assert (mid_p((x[0], 1.0), (x[1], 1.0)) < 0.05).mean() < 0.055


def test_what_is_not_known_is_not_judged():
    assert not clearly_differs(Estimate(np.array(0.1), np.array(np.nan), np.array(0.2)))
    assert not counts_differ("percent", (5, 0), (5, 10))
    assert not counts_differ("rate per 100", (5, 0), (50, 10))


def test_rates_are_tested_as_rates():
    """Events may be more than the people: 9 of 3 are no share."""
    assert counts_differ("rate per 100", (3, 100), (13, 100))
    assert counts_differ("rate per 100", (9, 3), (30, 3))
    assert not counts_differ("rate per 100", (7, 100), (12, 100))
