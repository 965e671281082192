"""The parts of a forecast, worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from panels import areas, drifting
from scipy.stats import t as student

from toolkit.analysis.panel import targets
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.model import fit_panel
from toolkit.analysis.panel.scales import ModelScale


def england(*levels):
    """A panel of ten areas, each at England's level of the year; NaN is a year without figures."""
    value = np.repeat(np.array([levels], float), 10, axis=0)
    return Panel(areas(10), tuple(range(2016, 2016 + len(levels))), value, ModelScale.SCORE)


@pytest.mark.parametrize(
    ("levels", "t", "trend", "variance"),
    [
        pytest.param((1, 2, 4, 7, 11), 4, 3, np.var([1, 2, 3, 4]), id="the mean of the last three, variance of all"),
        pytest.param((1, 2, 4, 7, 11), 2, 1.5, 0.25, id="nothing after its year"),
        pytest.param((1, np.nan, 5), 2, 2, 0, id="a year without figures is bridged evenly"),
        pytest.param((1, 2), 0, 0, 0, id="one year is no trend"),
    ],
)
def test_the_trend_of_england(levels, t, trend, variance):
    assert targets.national_trend(england(*levels), t) == pytest.approx((trend, variance))


def test_a_trend_begins_anew_with_a_break():
    broken = replace(england(1, 2, 9, 11), breaks=frozenset({2018}))

    assert targets.national_trend(broken, 3) == (2, 0)
    assert targets.national_trend(broken, 1) == (1, 0)


def test_past_forecasts_begin_where_both_ends_have_a_level_and_no_break_lies_between():
    panel = england(1, 2, np.nan, 4, 5, 6)

    assert targets._origins(panel, 5, 1) == [0, 3, 4]
    assert targets._origins(panel, 5, 2) == [1, 3]
    assert targets._origins(panel, 4, 1) == [0, 3]
    assert targets._origins(replace(panel, breaks=frozenset({2020})), 5, 1) == [0, 4]


def test_how_much_of_a_trend_goes_on_is_drawn_to_a_half():
    """After rises of 1, 2, 3 and 4: what came, against what the trend of the years before expected."""
    panel = england(1, 2, 4, 7, 11)
    expected, moved = np.array([0, 1, 1.5, 2]), np.array([1, 2, 3, 4])
    prior = 2 * np.var([1, 2, 3, 4])
    weight = ((expected * moved).sum() + prior / 2) / ((expected**2).sum() + prior)

    assert targets._trend_weight(panel, 4, 1) == pytest.approx(min(weight, 1))
    assert targets._trend_weight(england(5, 5, 5), 2, 1) == 0.5, "without a trend there is nothing to learn from"
    turned = england(1, 3, 4, 4, 3)
    expected, moved = np.array([0, 2, 1.5, 1]), np.array([2, 1, 0, -1])
    prior = 2 * np.var([2, 1, 0, -1])
    weight = ((expected * moved).sum() + prior / 2) / ((expected**2).sum() + prior)
    assert targets._trend_weight(turned, 4, 1) == pytest.approx(weight)
    assert 0 < weight < 1


def made(errors=(), shock=0.0):
    """A forecast of 10 with a scale of 2 for one area, and none for another."""
    return targets.Forecast(np.array([10.0, np.nan]), np.array([2.0, 2.0]), np.sort(np.array(errors)), shock)


@pytest.mark.parametrize("polarity", ["high", "low"])
def test_without_past_errors_a_figure_is_reached_as_often_as_student_says(polarity):
    """Scaled to the variance; low is good is the other side of it."""
    chance = targets.reach_probability(made(), [13.0, 13.0], polarity)
    above = 1 - student.cdf(1.5 * np.sqrt(5 / 3), 5)

    assert chance == pytest.approx([above if polarity == "high" else 1 - above, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("needed", "polarity", "reached"), [(11.0, "high", 3), (11.0, "low", 3), (10.9, "high", 3), (11.1, "high", 2)]
)
def test_with_past_errors_a_figure_is_reached_as_often_as_it_was(needed, polarity, reached):
    """Five errors, one of which lies exactly on what is needed and counts as reached; a half is added."""
    chance = targets.reach_probability(made([-1.0, 0.0, 0.5, 1.0, 2.0]), [needed, needed], polarity)

    assert chance[0] == pytest.approx((reached + 0.5) / 6)


def test_a_shock_to_all_draws_a_chance_towards_a_half():
    calm, shaken = (targets.reach_probability(made(shock=shock), [13.0, 13.0])[0] for shock in (0.0, 2.0))

    assert calm < shaken - 0.03
    assert shaken < 0.5
    assert targets.reach_probability(made(shock=2.0), [10.0, 10.0])[0] == pytest.approx(0.5)


def rising(areas_=60, years=10):
    """Levels that drift and bounce, on a national level that rises by fits and starts."""
    panel = drifting(seed=2, shape=(areas_, years))
    return replace(panel, value=panel.value + 0.05 * np.array([0, 3, 4, 8, 8, 11, 15, 15, 20, 21]))


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_a_forecast_has_its_centre_its_scale_and_the_errors_of_the_past(ahead):
    """The centre is England's level, part of its trend and part of the gap; errors are outcomes less past forecasts."""
    panel = rising()
    model = fit_panel(panel)
    phi, level = model.fitted.persistence, model.filtered

    def weight(t):
        origins = range(t - ahead + 1)
        moved = [panel.national[u + ahead] - panel.national[u] for u in origins]
        expected = [ahead * targets.national_trend(panel, u)[0] for u in origins]
        prior = 2 * ahead**2 * targets.national_trend(panel, t)[1]
        above = sum(m * e for m, e in zip(moved, expected, strict=True)) + prior / 2
        below = sum(e * e for e in expected) + prior
        return min(max(above / below, 0), 1) if below else 0.5

    def expected_at(t):
        national = panel.national[t] + weight(t) * ahead * targets.national_trend(panel, t)[0]
        centre = national + phi**ahead * level.level[:, t]
        kept = phi ** (2 * ahead) * level.level_variance[:, t]
        return centre, np.sqrt(kept + model.fitted.added_variance(ahead) + level.error[:, t])

    made = targets.forecast(model, 2025, ahead)
    centre, scale = expected_at(9)
    past = []
    for u in range(10 - ahead):
        before, spread = expected_at(u)
        past.extend((panel.value[:, u + ahead] - before) / spread)
    assert 0 < weight(9) < 1
    assert made.centre == pytest.approx(centre)
    assert made.scale == pytest.approx(scale)
    assert made.errors == pytest.approx(np.sort(past))
    assert made.shock == pytest.approx(0.15 * ahead * panel.deviation[:, 9].std())


@pytest.mark.parametrize(("missing", "known"), [(0, 100), (1, 0)])
def test_a_hundred_past_errors_are_enough_to_count_them(missing, known):
    """With one fewer there are none, and Student's t stands in their place."""
    panel = rising(areas_=50, years=10)
    value = panel.value.copy()
    value[:, :7] = np.nan
    value[:missing, 8] = np.nan
    model = fit_panel(panel)
    assert len(targets.forecast(replace(model, panel=replace(panel, value=value)), 2025, 1).errors) == known
