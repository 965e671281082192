"""The parts of a fit, each against another way of working it out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from panels import areas, counted, drifting
from scipy.optimize import nnls
from scipy.stats import t as student

from toolkit.analysis.panel import fitting
from toolkit.analysis.panel.changes import judge_changes_since
from toolkit.analysis.panel.codes import Basis, ChangeKind
from toolkit.analysis.panel.dynamics import Dynamics, log_densities
from toolkit.analysis.panel.grid import Panel, panel_of
from toolkit.analysis.panel.model import PanelModel
from toolkit.analysis.panel.scales import ModelScale, sampling_variance, to_scale, to_unit


def variogram(panel):
    """Lag → (half the mean squared difference less sampling variance, weight), pair by pair; for inf the variance."""
    d = panel.deviation
    known = d[np.isfinite(d)]

    def cut_mean(squares):
        bound = np.quantile(squares, 0.98)
        return sum(min(one, bound) for one in squares) / len(squares)

    sampling = panel.sampling[np.isfinite(d)].mean()
    points = {}
    for lag in range(1, 7):
        pairs = [
            (row[t + lag] - row[t]) ** 2
            for row in d
            for t in range(len(row) - lag)
            if panel.span[t] == panel.span[t + lag] and np.isfinite(row[t + lag] - row[t])
        ]
        if len(pairs) >= 30:
            points[lag] = 1.03 * cut_mean(pairs) / 2 - sampling, np.sqrt(len(pairs))
    points[np.inf] = cut_mean(known**2) - sampling, np.sqrt(len(known))
    return points


def with_gaps(panel):
    """The panel with a break, a figure missing here and there, and one far off."""
    value = panel.value.copy()
    value[::7, 3] = np.nan
    value[5, 5] += 30
    return replace(panel, value=value, breaks=frozenset({panel.years[2]}))


@pytest.mark.parametrize(
    "panel",
    [drifting(), with_gaps(counted(1, 400, 0.03)), drifting(shape=(29, 4)), drifting(shape=(30, 3))],
    ids=["scores", "counts with gaps", "29 areas", "30 areas"],
)
def test_the_start_is_the_curve_nearest_to_the_variogram(panel):
    """Lags of at least 30 pairs count, weighted by their square roots; of ten persistences the one that fits best."""
    points = variogram(panel)
    lags, weight = np.array(list(points)), np.array([w for _, w in points.values()])
    wanted = np.array([value for value, _ in points.values()])
    fits = []
    for phi in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98):
        rise = 1 - phi**lags
        (noise, spread), error = nnls(np.column_stack([weight, weight * rise]), weight * wanted)
        fits.append((error, noise, spread * (1 - phi**2), phi))
    _, noise, drift, persistence = min(fits)

    start = fitting.variogram_start(panel)

    assert start.persistence == persistence
    assert (start.noise, start.drift) == (
        pytest.approx(noise, rel=1e-6, abs=1e-12),
        pytest.approx(drift, rel=1e-6, abs=1e-12),
    )


@pytest.mark.parametrize("seed", range(12))
def test_two_parts_are_those_of_non_negative_least_squares(seed):
    """Both above 0, or one of them alone, or none."""
    draw = np.random.default_rng(seed)
    rise, weight = draw.uniform(0, 1, 6), draw.uniform(0.5, 3, 6)
    height = draw.normal(0, 1) + draw.normal(0, 2) * rise + draw.normal(0, 0.3, 6)
    points = fitting._Variogram(np.arange(1.0, 7), height, weight)
    expected, _ = nnls(np.column_stack([weight, weight * rise]), weight * height)

    assert fitting._two_parts(points, rise) == pytest.approx(tuple(expected), abs=1e-9)


def test_two_parts_that_cannot_be_told_apart_are_one():
    """A curve that rises nowhere: all of it is noise, whatever the weights are. Below 0 there is nothing."""
    for scale in (1e-3, 1.0, 1e3):
        weight = scale * np.array([1.1, 1.7, 1.3])
        points = fitting._Variogram(np.arange(1.0, 4), np.array([1.0, 2.0, 3.0]), weight)
        mean = np.average([1, 2, 3], weights=weight**2)
        assert fitting._two_parts(points, np.full(3, 0.3)) == (pytest.approx(mean), 0)
        below = points._replace(half_square=-points.half_square)
        assert fitting._two_parts(below, np.array([0.1, 0.2, 0.4])) == (0, 0)


def test_the_variance_of_a_panel_is_cut_at_its_top_and_0_without_figures():
    squares = np.arange(1.0, 102)
    assert fitting._mean_cut(squares) == pytest.approx((sum(range(1, 100)) + 2 * 99) / 101)
    assert fitting.overall_variance(Panel(areas(9), (2020,), np.full((9, 1), np.nan), ModelScale.SCORE)) == 0


@pytest.mark.parametrize("dynamics", [Dynamics(0.5, 0.2, 0.9), Dynamics(2.0, 0.01, 0.3, 0.5)])
def test_a_point_of_the_search_stands_for_four_numbers(dynamics):
    """There and back, within the bounds of the search; what is nothing is put just inside them."""
    point = fitting._to_point(dynamics, 2.0)
    back = fitting._from_point(point, 2.0, dynamics.size_exponent)

    assert (back.noise, back.drift, back.persistence) == pytest.approx(
        (dynamics.noise, dynamics.drift, dynamics.persistence)
    )
    assert back.size_exponent == dynamics.size_exponent
    assert point[0] == pytest.approx(np.log(dynamics.noise / 2))


def test_a_point_of_the_search_stays_within_its_bounds():
    least, most = Dynamics(0.0, 0.0, 0.0001), Dynamics(1e9, 1e9, 0.9999)

    assert fitting._to_point(least, 1.0) == pytest.approx([-7.99, -8.99, -1.99])
    assert fitting._to_point(most, 1.0) == pytest.approx([0.99, 0.99, np.log(0.997 / 0.003)])


def test_a_fit_is_likelier_than_its_start_and_than_what_lies_near():
    panel = drifting(noise=0.05, drift=0.04)
    best, start = fitting.fit_dynamics(panel), fitting.variogram_start(panel)
    near = [
        replace(best, **{name: getattr(best, name) * factor})
        for name, factors in {"noise": (0.8, 1.25), "drift": (0.8, 1.25), "persistence": (0.94, 1.04)}.items()
        for factor in factors
    ]
    likelihood, of_start, *of_near = log_densities(panel, [best, start, *near])

    assert likelihood > of_start + 0.05
    assert likelihood > max(of_near) + 0.2


@pytest.mark.parametrize(("loss", "kept"), [(1.35, False), (1.36, True)])
def test_noise_is_dropped_unless_it_makes_the_figures_likelier(monkeypatch, loss, kept):
    """By 2.71 for twice the logarithm. Without it the drift may be up to five times as large."""
    fitted = Dynamics(0.2, 0.1, 0.9)
    asked = []

    def densities(panel, tries):
        asked.extend(tries)
        return np.array([10.0, 1, 2, 10 - loss, 4, 5])

    monkeypatch.setattr(fitting, "log_densities", densities)
    found = fitting._without_noise(drifting(), fitted)

    assert asked[0] == fitted
    assert [(one.noise, one.drift) for one in asked[1:]] == [(0, pytest.approx(0.1 * n)) for n in (1, 1.5, 2, 3, 5)]
    assert found == (fitted if kept else asked[3])


def test_the_sampling_variance_of_a_share_needs_ten_people():
    assert sampling_variance([10, 9]) == pytest.approx([1 / 40, np.nan], nan_ok=True)


def still(moves, phi=0.9, noise=1.0, drift=0.5, england=(0, 0, 0, 0)):
    """A model whose numbers are known, of areas that stay at England's but for the first, and its mirror image."""
    moves = np.array(moves, float)
    value = np.vstack([moves, -moves, *np.zeros((38, len(moves)))]) + np.array(england)
    years = tuple(range(2025 - len(moves), 2025))
    return PanelModel(Panel(areas(40), years, value, ModelScale.SCORE), Basis.PANEL, Dynamics(noise, drift, phi))


@pytest.mark.parametrize(
    ("moves", "since", "kind"),
    [
        ((0, 0, 0, 2.75), 2023, ChangeKind.NO_CLEAR_MOVE),
        ((0, 0, 0, 2.80), 2023, ChangeKind.MOVED),
        ((0, 0, 0, 12.0), 2023, ChangeKind.CHECK_FIGURE),
        ((0, 0, 3.0, 3.0), 2022, ChangeKind.LIKELY_TO_LAST),
        ((0, 0, 2.0, 2.9), 2022, ChangeKind.MOVED),
        ((0, 3.0, 0.0, 3.0), 2021, ChangeKind.MOVED),
    ],
)
def test_a_change_is_called_by_how_far_such_figures_move(moves, since, kind):
    """By 1.96 √(1 + 1) = 2.77 with noise of 1; over two years it lasts where the year between shows it too."""
    changes = judge_changes_since(still(moves), 2024, since)
    step = moves[-1] - moves[since - 2025]

    assert changes.kind[0] == changes.kind[1] == kind
    assert changes.kind[2] == ChangeKind.NO_CLEAR_MOVE
    assert changes.z[:2] == pytest.approx([step / np.sqrt(2), -step / np.sqrt(2)])


def test_the_probability_that_half_of_a_move_stands_is_that_of_the_filter():
    """Next year's figure has its level, pulled to England's, with the variance of level, drift and noise."""
    model = still((0, 1.0, 2.5, 0.5))
    changes, filtered = judge_changes_since(model, 2024, 2023), model.filtered
    ahead = 0.9 * filtered.level[0, 3] - (2.5 + 0.5) / 2
    spread = np.sqrt(0.81 * filtered.level_variance[0, 3] + 0.5 + 1.0)

    assert changes.half_stands[:2] == pytest.approx([student.cdf(-ahead / spread * np.sqrt(5 / 3), 5)] * 2)
    assert changes.surprise[0] == pytest.approx(filtered.innovation[0, 3] / np.sqrt(filtered.innovation_variance[0, 3]))


def test_a_change_is_england_s_and_the_area_s_own():
    """England rose from 10 to 14, and the area from 11 to 12."""
    changes = judge_changes_since(still((1, 1, 1, -2), england=(10, 10, 10, 14)), 2024, 2023)

    first = [part[0] for part in (changes.own, changes.national, changes.relative, changes.z, changes.own_z)]
    assert first == pytest.approx([1, 4, -3, -3 / np.sqrt(2), 1 / np.sqrt(2)])


def test_a_table_without_figures_is_a_panel_without_years():
    empty = panel_of(pd.DataFrame({"area": ["A"], "year": [2020], "value": [np.nan]}))

    assert (empty.areas, empty.years, empty.value.shape) == ((), (), (0, 0))


def test_a_panel_is_cut_by_years_and_areas():
    table = pd.DataFrame(
        [(area, year, 10.0 * row + year - 2018, 20 + row, 5.0 + year - 2018)
         for row, area in enumerate("ABC") for year in (2018, 2019, 2020)],
        columns=["area", "year", "value", "base", "size"],
    )  # fmt: skip
    panel = panel_of(table, breaks=[2018, 2020])

    middle = panel.between(2019, 2019).some([2, 0])

    assert (middle.areas, middle.years, middle.value.tolist()) == (("C", "A"), (2019,), [[21], [1]])
    assert (middle.base.tolist(), middle.size.tolist()) == ([[22], [20]], [6, 6])
    assert panel.span.tolist() == [0, 0, 1], "a break with the first year begins nothing new"
    assert replace(panel, breaks=frozenset({2019})).span.tolist() == [0, 1, 1]
    assert panel.has_counts
    assert not replace(panel, scale=ModelScale.LOG).has_counts
    assert panel.sampling == pytest.approx(np.repeat([[1 / 80], [1 / 84], [1 / 88]], 3, axis=1))
    assert replace(panel, scale=ModelScale.LOG).sampling.tolist() == np.zeros((3, 3)).tolist()
    few = replace(panel, base=np.where(panel.base == 20, 9.0, 10.0))
    assert np.isnan(few.x[0]).all()
    assert np.isfinite(few.x[1:]).all()


def test_there_is_a_national_level_from_eight_areas_on():
    value = np.arange(8.0)[:, None]

    assert Panel(areas(8), (2020,), value, ModelScale.SCORE).national == pytest.approx([3.5])
    assert np.isnan(Panel(areas(7), (2020,), value[:7], ModelScale.SCORE).national).all()


@pytest.mark.parametrize(
    ("scale", "outside", "inside"),
    [(ModelScale.SHARE, [-0.1, 100.1], [0, 0.5, 100]), (ModelScale.LOG, [-1, 0], [0.5]), (ModelScale.SCORE, [], [-5])],
)
def test_a_scale_has_its_range(scale, outside, inside):
    """What lies outside is no number, and is not worked out either."""
    with np.errstate(all="raise"):
        assert np.isnan(to_scale(outside, scale)).all()
    assert to_unit(to_scale(inside, scale), scale) == pytest.approx(inside)


def test_a_share_stays_between_0_and_100():
    assert to_unit([-0.2, np.pi / 4, 2], ModelScale.SHARE) == pytest.approx([0, 50, 100])
