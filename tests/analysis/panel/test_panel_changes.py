"""Words for a change: false alarms no more often than stated, power of the test of a difference, England told apart."""

from dataclasses import replace

import numpy as np
import pytest
from panels import counted, drifting

from toolkit.analysis.differences import clearly_differs, newcombe
from toolkit.analysis.panel.changes import (
    judge_changes_since,
)
from toolkit.analysis.panel.codes import ChangeKind
from toolkit.analysis.panel.model import fit_panel

CALLED = [ChangeKind.MOVED, ChangeKind.LIKELY_TO_LAST, ChangeKind.CHECK_FIGURE]


def share_called(n, scatter, runs=12):
    """Shares called among areas that stay and among those that rise by 10 points, and by the difference test."""
    stay, rise, tested = [], [], []
    for seed in range(runs):
        panel = counted(seed, n, scatter)
        called = np.isin(judge_changes_since(fit_panel(panel), 2024, 2023).kind, CALLED)
        counts = np.rint(panel.value * n / 100)
        differs = clearly_differs(newcombe((counts[:, -1], n), (counts[:, -2], n)))
        stay.append(called[3:].mean())
        rise.append(called[:3].mean())
        tested.append(differs[:3].mean())
    return np.mean(stay), np.mean(rise), np.mean(tested)


@pytest.mark.parametrize("n", [30, 300, 5000])
@pytest.mark.parametrize("scatter", [0.0, 0.03])
def test_false_alarms_stay_at_their_nominal_rate(n, scatter):
    false, _, _ = share_called(n, scatter)
    assert false < 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / (12 * 147))


@pytest.mark.parametrize("n", [300, 5000])
@pytest.mark.parametrize("scatter", [0.0, 0.03])
def test_among_few_authorities_false_alarms_stay_near_their_nominal_rate(n, scatter):
    """22 authorities over eight years; the mean of the others bounces too, which the test of a change allows for."""
    kinds = [
        judge_changes_since(fit_panel(counted(seed, n, scatter).some(range(3, 25))), 2024, 2023).kind
        for seed in range(40)
    ]
    assert np.isin(kinds, CALLED).mean() < 0.065


@pytest.mark.slow
@pytest.mark.parametrize("n", [150, 300, 1000])
def test_without_real_scatter_power_is_that_of_the_difference_test(n):
    _, power, test = share_called(n, 0.0, runs=40)
    assert power > test - 0.05


def test_with_real_scatter_the_difference_test_is_false_and_ours_is_not():
    panel = counted(3, 1000, scatter=0.03)
    counts = np.rint(panel.value * 10)
    differs = clearly_differs(newcombe((counts[3:, -1], 1000), (counts[3:, -2], 1000)))
    called = np.isin(judge_changes_since(fit_panel(panel), 2024, 2023).kind[3:], CALLED)
    assert differs.mean() > 0.3
    assert called.mean() < 0.07


def test_a_rise_with_england_is_not_the_areas_own():
    changes = judge_changes_since(fit_panel(drifting(national=0.5)), 2025, 2024)
    assert changes.national == pytest.approx(0.5, abs=0.02)
    assert np.allclose(changes.own, changes.national + changes.relative)
    assert changes.own.min() > 0.2
    moved = np.isin(changes.kind, [ChangeKind.MOVED, ChangeKind.LIKELY_TO_LAST])
    assert moved.mean() < 0.3


def test_an_unheard_of_figure_is_checked_first():
    value = drifting().value.copy()
    value[5, -1] += 1.0
    assert (
        judge_changes_since(fit_panel(replace(drifting(), value=value)), 2025, 2024).kind[5] == ChangeKind.CHECK_FIGURE
    )


def test_a_move_that_both_of_two_years_show_is_likely_to_last():
    quiet = drifting(drift=0.005, phi=0.95)
    value = quiet.value.copy()
    value[5, -3:] = value[5, -4] + np.array([0, 0.17, 0.17])
    model = fit_panel(replace(quiet, value=value))
    assert judge_changes_since(model, 2024, 2023).kind[5] == ChangeKind.MOVED
    assert judge_changes_since(model, 2025, 2023).kind[5] == ChangeKind.LIKELY_TO_LAST


def test_drift_is_believed_and_bounce_is_not():
    sure = judge_changes_since(fit_panel(drifting(noise=0.01, drift=0.06)), 2025, 2024)
    bounce = judge_changes_since(fit_panel(drifting(noise=0.06, drift=0.005, phi=0.95)), 2025, 2024)
    assert (sure.kind == ChangeKind.LIKELY_TO_LAST).mean() > 0.3
    assert (bounce.kind == ChangeKind.LIKELY_TO_LAST).mean() < 0.03
    assert np.nanmax(sure.half_stands) <= 0.90


def test_what_is_called_likely_to_last_is_taken_back_far_less_often_than_what_only_moved():
    """Half taken back in the following year: a random walk without any bounce already does so 16% of the time."""
    back = {ChangeKind.LIKELY_TO_LAST: [], ChangeKind.MOVED: []}
    for seed in range(6):
        panel = drifting(seed, shape=(150, 12), noise=0.02, drift=0.06)
        changes = judge_changes_since(fit_panel(panel.until(2026)), 2026, 2025)
        d = panel.deviation
        for kind, returned in back.items():
            called = changes.kind == kind
            made, after = (d[:, -2] - d[:, -3])[called], (d[:, -1] - d[:, -2])[called]
            returned.extend((np.sign(after) != np.sign(made)) & (np.abs(after) > np.abs(made) / 2))
    lasting, moved = (np.mean(returned) for returned in back.values())
    assert lasting <= 0.27
    assert moved > lasting + 0.10


@pytest.mark.parametrize("shape", [(20, 10), (150, 3)])
def test_few_authorities_or_years_never_say_that_a_move_will_last(shape):
    panel = drifting(noise=0.01, drift=0.06, shape=shape)
    kinds = judge_changes_since(fit_panel(panel), panel.years[-1], panel.years[0]).kind
    assert ChangeKind.MOVED in kinds
    assert ChangeKind.LIKELY_TO_LAST not in kinds


def test_nothing_is_judged_across_a_break_or_without_a_figure():
    panel = replace(drifting(), breaks=frozenset({2020}))
    across = judge_changes_since(fit_panel(panel), 2025, 2019)
    assert set(across.kind) == {ChangeKind.CANNOT}
    assert np.isnan(across.relative).all()
    value = drifting().value.copy()
    value[4, -1] = np.nan
    assert judge_changes_since(fit_panel(replace(drifting(), value=value)), 2025, 2024).kind[4] == ChangeKind.CANNOT


@pytest.mark.parametrize(("count", "others"), [(20, 1 / (0.8 * 19)), (39, 1 / (0.8 * 38)), (40, 0.0)])
def test_among_few_authorities_the_mean_of_the_others_bounces_too(count, others):
    """Its variance is one over the middle 80% of them; of 40 and more it hardly counts."""
    model = fit_panel(drifting(seed=3, shape=(count, 10)))
    found = judge_changes_since(model, 2025, 2024)
    change = model.panel.deviation[:, 9] - model.panel.deviation[:, 8]
    error = model.filtered.error[:, 9] + model.filtered.error[:, 8]
    assert found.z == pytest.approx(change / np.sqrt(error * (1 + others)))
