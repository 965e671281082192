"""The fit of levels and calendar months, against the equations that it has to solve."""

import numpy as np
import pytest

from toolkit.analysis.season import MonthCounts, Season, fit_season
from toolkit.analysis.steps import find_step, overdispersion

LENGTH = 40
CALENDAR = np.arange(LENGTH) % 12
LEVELS = np.column_stack([np.arange(LENGTH) < 22, np.arange(LENGTH) >= 22]).astype(float)


def made(share: bool, seed: int = 4) -> MonthCounts:
    """Forty months in two phases: counts about 20, or successes among 15 to 60, with a time of year."""
    draw = np.random.default_rng(seed)
    base = draw.integers(15, 60, LENGTH).astype(float) if share else np.ones(LENGTH)
    usual = 0.6 + 0.2 * np.sin(CALENDAR) if share else 20 + 8 * np.sin(CALENDAR)
    count = draw.binomial(base.astype(int), usual) if share else draw.poisson(usual)
    return MonthCounts(count.astype(float), base, CALENDAR, LEVELS, share)


def with_extra(months: MonthCounts) -> tuple[np.ndarray, np.ndarray]:
    """Counts and bases with four cases for each calendar month of a share, or half a case of a count."""
    size = np.array([(month == CALENDAR).sum() for month in CALENDAR])
    if not months.share:
        return months.count + 0.5 / size, months.base
    overall = (months.count.sum() + 0.5) / (months.base.sum() + 1)
    return months.count + 4 * overall / size, months.base + 4 / size


def chance_of(season: Season, months: MonthCounts) -> np.ndarray:
    return season.expected / months.base


@pytest.mark.parametrize("share", [True, False])
def test_each_phase_and_each_calendar_month_expects_what_it_had(share: bool) -> None:
    """The equations of the largest likelihood: with the extra cases, sums expected and counted are the same."""
    months = made(share)
    season = fit_season(months)
    count, base = with_extra(months)
    missed = count - chance_of(season, months) * base
    for rows in (*LEVELS.T, *(month == CALENDAR for month in range(12))):
        assert (rows * missed).sum() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("share", [True, False])
def test_the_time_of_year_is_the_same_in_both_phases(share: bool) -> None:
    """On the scale of logs or logits a phase moves every month by the same."""
    months = made(share)
    chance = chance_of(fit_season(months), months)
    scale = np.log(chance / (1 - chance)) if share else np.log(chance)
    moved = [scale[month + 24] - scale[month] for month in range(12)]
    assert moved == pytest.approx([moved[0]] * 12, abs=1e-8)
    assert abs(moved[0]) > 1e-3


def test_variances_are_those_of_counts_and_of_shares() -> None:
    """The mean itself, or n p (1 − p)."""
    counts, shares = made(False), made(True)
    season, of_shares = fit_season(counts), fit_season(shares)
    chance = chance_of(of_shares, shares)
    assert season.variance == pytest.approx(season.expected)
    assert of_shares.variance == pytest.approx(shares.base * chance * (1 - chance))


@pytest.mark.parametrize("share", [True, False])
def test_leverage_is_the_diagonal_of_the_hat_matrix(share: bool) -> None:
    """Worked out by an orthogonal basis of the weighted design; it adds up to the number of effects."""
    months = made(share)
    season = fit_season(months)
    chance, base = chance_of(season, months), with_extra(months)[1]
    weight = base * chance * (1 - chance) if share else season.expected
    design = np.column_stack([LEVELS, *(month == CALENDAR for month in range(1, 12))])
    basis, _ = np.linalg.qr(np.sqrt(weight)[:, None] * design)
    assert season.leverage == pytest.approx((basis**2).sum(axis=1))
    assert season.leverage.sum() == pytest.approx(13)


@pytest.mark.parametrize("share", [True, False])
def test_the_score_of_a_step_leaves_out_what_levels_and_months_explain(share: bool) -> None:
    """By weighted least squares of the step on the design; the score's variance is what remains of the step."""
    months = made(share)
    season = fit_season(months)
    step = ((np.arange(LENGTH) >= 8) & (np.arange(LENGTH) < 22)).astype(float)
    scores, covariance = season.score(step[:, None], months.count)
    root = np.sqrt(season.variance)[:, None]
    explained = season.design @ np.linalg.lstsq(root * season.design, root[:, 0] * step, rcond=None)[0]
    left = step - explained
    assert scores[0] == pytest.approx((left * (months.count - season.expected)).sum(), rel=0.02)
    assert covariance[0, 0] == pytest.approx((season.variance * left**2).sum(), rel=0.02)


def test_all_or_none_of_a_month_still_has_a_variance() -> None:
    months = MonthCounts(np.full(24, 12.0), np.full(24, 12.0), np.arange(24) % 12, np.ones((24, 1)), share=True)
    season = fit_season(months)
    assert (season.variance > 0).all()
    assert (season.expected < 12).all()
    assert (season.expected > 11.5).all()


def steady(length: int, off: np.ndarray) -> MonthCounts:
    """A hundred a month, each month off by so much."""
    return MonthCounts(100 + off, np.ones(length), np.arange(length) % 12, np.ones((length, 1)), share=False)


@pytest.mark.parametrize(("length", "freedom"), [(24, 11), (36, 23)])
def test_months_that_differ_as_counts_do_are_not_overdispersed(length: int, freedom: int) -> None:
    months = steady(length, np.zeros(length))
    assert overdispersion(months, fit_season(months), 0.0) == (1.0, freedom)


@pytest.mark.parametrize("factor", [1.3, 1.6, 2.5, 4.0])
@pytest.mark.parametrize("length", [24, 36, 48])
def test_overdispersion_is_allowed_for_where_chance_seldom_makes_so_much(length: int, factor: float) -> None:
    """Pearson's sum less the step's square, by its degrees of freedom: 15 charts in 100 at most, 30 from 20 on."""
    from scipy.stats import chi2

    draw = np.random.default_rng(length)
    months = steady(length, np.sqrt(100 * factor) * draw.standard_normal(length))
    season = fit_season(months)
    freedom, score = length - 13, 1.5
    left = ((months.count - season.expected) ** 2 / season.expected).sum() - score**2
    seldom = chi2.sf(left, freedom) < (0.15 if freedom < 20 else 0.30)
    found, degrees = overdispersion(months, season, score)
    assert degrees == freedom
    assert found == pytest.approx(max(left / freedom, 1.0) if seldom else 1.0)


def test_a_step_larger_than_all_that_differs_leaves_nothing_over() -> None:
    months = steady(24, np.zeros(24))
    assert overdispersion(months, fit_season(months), 50.0) == (1.0, 11)


def test_the_largest_step_has_its_first_month_its_score_and_the_months_after_it() -> None:
    """A rise in the 17th of 36 months: score and sign by the test of that step alone."""
    months = steady(36, np.where(np.arange(36) >= 16, 30.0, 0.0))
    season = fit_season(months)
    found = find_step(months, season, np.zeros(36))
    assert found is not None
    scores, covariance = season.score(found.column[:, None], months.count)
    assert found.place == 16
    assert list(found.column) == [0.0] * 16 + [1.0] * 20
    assert found.spread == 1.0
    assert found.score == pytest.approx(scores[0] / np.sqrt(covariance[0, 0]))
    assert found.score > 5
    assert found.chance < 1e-4
    down = steady(36, np.where(np.arange(36) >= 16, -30.0, 0.0))
    fall = find_step(down, fit_season(down), np.zeros(36))
    assert fall is not None
    assert fall.score < -5


def test_where_months_differ_too_much_a_step_has_to_be_larger() -> None:
    """Its size is divided by the root, and read from Student's t."""
    from scipy.stats import norm, t

    draw = np.random.default_rng(11)
    months = steady(36, 25 * draw.standard_normal(36) + np.where(np.arange(36) >= 16, 30.0, 0.0))
    season = fit_season(months)
    found = find_step(months, season, np.zeros(36))
    assert found is not None
    scores, covariance = season.score(found.column[:, None], months.count)
    plain = abs(scores[0]) / np.sqrt(covariance[0, 0])
    spread, freedom = overdispersion(months, season, plain)
    assert spread > 1.5
    assert found.spread == pytest.approx(spread)
    assert abs(found.score) == pytest.approx(-norm.ppf(t.cdf(-plain / np.sqrt(spread), freedom)))


@pytest.mark.parametrize(("length", "room"), [(8, True), (7, False)])
def test_a_step_needs_four_months_on_each_side(length: int, room: bool) -> None:
    months = MonthCounts(
        np.full(length, 20.0), np.ones(length), np.zeros(length, dtype=int), np.ones((length, 1)), share=False
    )
    assert (find_step(months, fit_season(months), np.zeros(length)) is not None) == room
