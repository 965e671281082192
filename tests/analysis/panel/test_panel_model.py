"""The model of a measure: its numbers are found again, and every poor panel has its stated fallback."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from panels import areas, counted, drifting
from scipy.stats import trim_mean

from toolkit.analysis.panel.codes import Basis
from toolkit.analysis.panel.dynamics import Dynamics, filter_panel
from toolkit.analysis.panel.grid import Panel, panel_of
from toolkit.analysis.panel.model import basis_of, fit_panel
from toolkit.analysis.panel.scales import ModelScale, sampling_variance, swing, to_scale, to_unit


@pytest.mark.parametrize(("noise", "drift", "phi"), [(0.05, 0.04, 0.9), (0.08, 0.03, 0.97), (0.04, 0.08, 0.8)])
def test_noise_and_drift_are_found_again(noise, drift, phi):
    """To 15%; the fat tails of the likelihood read normal scatter as about a tenth wider, on the side of caution."""
    fits = [fit_panel(drifting(seed, noise=noise, drift=drift, phi=phi)).fitted for seed in range(8)]
    assert np.mean([f.noise**0.5 for f in fits]) == pytest.approx(noise, rel=0.15)
    assert np.mean([f.drift**0.5 for f in fits]) == pytest.approx(drift, rel=0.15)
    assert np.mean([f.persistence for f in fits]) == pytest.approx(phi, abs=0.05)


def test_a_panel_with_nothing_but_sampling_error_has_no_noise_beyond_it():
    assert fit_panel(counted(1, 300)).fitted.noise == 0
    scattered = [fit_panel(counted(seed, 300, scatter=0.03)).fitted.noise ** 0.5 for seed in range(4)]
    assert np.mean(scattered) == pytest.approx(0.0306, rel=0.2)


def test_noise_that_falls_with_size_is_seen():
    size = np.exp(np.random.default_rng(0).normal(7, 0.8, 150))
    assert fit_panel(drifting(size=size)).fitted.size_exponent == 1
    model = fit_panel(drifting(size=size))
    error = model.filtered.error[:, -1]
    assert error[size.argmin()] > 5 * error[size.argmax()]
    assert fit_panel(replace(drifting(), size=size)).fitted.size_exponent == 0


def test_two_fits_are_the_same_to_the_last_bit():
    assert fit_panel(drifting()).fitted == fit_panel(drifting()).fitted


def test_the_level_is_the_figure_shrunk_by_the_ratio_of_variances():
    """After one year the Kalman gain is spread ÷ (spread + R): Fay and Herriot's shrinkage."""
    panel, dynamics = drifting(shape=(20, 1)), Dynamics(0.0025, 0.0016, 0.9)
    filtered = filter_panel(panel, dynamics)
    gain = dynamics.spread / (dynamics.spread + dynamics.noise)
    assert filtered.level == pytest.approx(gain * panel.deviation)
    assert filtered.level_variance == pytest.approx(gain * dynamics.noise)


def test_a_break_starts_every_area_anew():
    whole = replace(drifting(), breaks=frozenset({2021}))
    later = replace(whole, years=whole.years[5:], value=whole.value[:, 5:])
    dynamics = Dynamics(0.0025, 0.0016, 0.9)
    assert filter_panel(whole, dynamics).level[:, 5:] == pytest.approx(filter_panel(later, dynamics).level)
    unbroken = filter_panel(replace(whole, breaks=frozenset()), dynamics).level[:, 5]
    assert not np.allclose(unbroken, filter_panel(whole, dynamics).level[:, 5])


def test_a_missing_year_is_a_prediction_without_an_update():
    panel, dynamics = drifting(), Dynamics(0.0025, 0.0016, 0.9)
    gap = panel.value.copy()
    gap[:, 4] = np.nan
    filtered = filter_panel(replace(panel, value=gap), dynamics)
    assert filtered.level[:, 4] == pytest.approx(0.9 * filtered.level[:, 3])
    assert np.isnan(filtered.innovation[:, 4]).all()
    assert fit_panel(replace(panel, value=gap)).basis is Basis.PANEL


CASES = {
    "full": (drifting(), Basis.PANEL),
    "few authorities": (drifting(shape=(20, 10)), Basis.FEW_AUTHORITIES),
    "too few authorities": (drifting(shape=(10, 10)), Basis.NO_PANEL),
    "fewer than make a mean": (drifting(shape=(5, 10)), Basis.NO_PANEL),
    "one authority": (drifting(shape=(1, 10)), Basis.NO_PANEL),
    "no authority": (panel_of(pd.DataFrame({"area": [], "year": [], "value": []})), Basis.NO_PANEL),
    "three years": (drifting(shape=(150, 3)), Basis.SHORT_PANEL),
    "two years": (drifting(shape=(150, 2)), Basis.THIS_YEAR_ONLY),
    "one year": (drifting(shape=(150, 1)), Basis.THIS_YEAR_ONLY),
    "three years since the break": (replace(drifting(), breaks=frozenset({2023})), Basis.SHORT_PANEL),
    "one year since the break": (replace(drifting(), breaks=frozenset({2025})), Basis.THIS_YEAR_ONLY),
    "all zeros": (Panel(areas(150), tuple(range(2016, 2026)), np.zeros((150, 10))), Basis.NO_VARIATION),
    "constant": (Panel(areas(40), tuple(range(2016, 2026)), np.full((40, 10), 7.0)), Basis.NO_VARIATION),
    "all missing": (Panel(areas(40), tuple(range(2016, 2026)), np.full((40, 10), np.nan)), Basis.NO_PANEL),
    "all on fewer than ten": (replace(counted(1, 9)), Basis.NO_PANEL),
}


@pytest.mark.parametrize(("panel", "basis"), CASES.values(), ids=CASES)
@pytest.mark.filterwarnings("error")
def test_every_panel_has_a_stated_basis_and_none_is_an_error(panel, basis):
    model = fit_panel(panel)
    assert model.basis is basis
    assert (model.dynamics is not None) == basis.has_model
    if not basis.has_model:
        with pytest.raises(ValueError, match="no panel model"):
            _ = model.filtered


@pytest.mark.parametrize(
    ("shape", "basis"),
    [
        ((14, 10), Basis.NO_PANEL),
        ((15, 3), Basis.FEW_AUTHORITIES),
        ((29, 4), Basis.FEW_AUTHORITIES),
        ((30, 2), Basis.THIS_YEAR_ONLY),
        ((30, 3), Basis.SHORT_PANEL),
        ((30, 4), Basis.PANEL),
    ],
)
def test_how_many_authorities_and_years_a_panel_needs(shape, basis):
    assert basis_of(drifting(shape=shape)) is basis


def test_duplicated_authorities_are_refused_by_name():
    table = pd.DataFrame([(f"A{i}", year, 50.0 + i) for i in range(40) for year in range(2016, 2024)])
    table = pd.concat([table, table[table[0] == "A7"].assign(**{"2": 1}).iloc[:, :3]]).set_axis(
        ["area", "year", "value"], axis=1
    )
    model = fit_panel(panel_of(table))
    assert model.basis is Basis.DUPLICATED
    assert model.panel.duplicated == ("A7",)


def test_a_merged_body_starts_with_the_spread_between_authorities():
    value = drifting().value.copy()
    value[:2, 5:], value[2, :5] = np.nan, np.nan
    model = fit_panel(replace(drifting(), value=value))
    total = model.filtered.innovation_variance[2, 5]
    assert total == pytest.approx(model.fitted.spread + model.filtered.error[2, 5])
    assert model.filtered.innovation[2, 5] == pytest.approx(model.panel.deviation[2, 5])


def test_the_table_becomes_a_grid_without_gaps_between_years():
    table = pd.DataFrame({"area": ["B", "A", "A"], "year": [2019, 2019, 2021], "value": [1.0, 2.0, 3.0], "base": 50})
    panel = panel_of(table)
    assert (panel.areas, panel.years) == (("A", "B"), (2019, 2020, 2021))
    assert panel.value[0] == pytest.approx([2, np.nan, 3], nan_ok=True)
    assert panel.until(2020).years == (2019, 2020)


def test_england_is_the_mean_of_the_middle_four_fifths():
    column = np.array([[1e6], *[[float(i)] for i in range(1, 9)], [-1e6]])
    assert Panel(areas(10), (2020,), column, ModelScale.SCORE).national == pytest.approx([4.5])


def test_among_few_an_area_is_left_out_of_the_mean_that_it_is_compared_with():
    column = np.arange(20.0)[:, None] ** 2
    few = Panel(areas(20), (2020,), column, ModelScale.SCORE)
    assert few.others[19, 0] == pytest.approx(trim_mean(column[:19, 0], 0.1))
    assert few.deviation[19, 0] == pytest.approx(361 - few.others[19, 0])
    many = Panel(areas(40), (2020,), np.tile(column, (2, 1)), ModelScale.SCORE)
    assert many.others[:, 0] == pytest.approx(many.national[0])


@pytest.mark.parametrize(
    ("scale", "value"), [(ModelScale.SHARE, 37.0), (ModelScale.LOG, 120.0), (ModelScale.SCORE, -1.5)]
)
def test_scales_go_there_and_back(scale, value):
    assert to_unit(to_scale(value, scale), scale) == pytest.approx(value)


def test_sampling_variance_is_that_of_the_share():
    reach = swing(60.0, np.sqrt(sampling_variance(400)), ModelScale.SHARE)
    assert reach == pytest.approx(100 * np.sqrt(0.6 * 0.4 / 400), rel=0.01)
    assert np.isnan(sampling_variance(9))
    assert np.isnan(to_scale([101, -1], ModelScale.SHARE)).all()
