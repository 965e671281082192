"""The fit of levels and calendar months, against the equations that it has to solve."""

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_normal, norm

from toolkit.analysis.season import MonthCounts, Season, fit_season
from toolkit.analysis.steps import chance_of_largest, find_step, overdispersion

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


def fitted(variance: np.ndarray, effects: int = 12) -> Season:
    """A fit with these variances and so many effects, each month as expected where it is as the variance."""
    design = np.eye(len(variance))[:, :effects]
    return Season(variance, variance, np.zeros(len(variance)), np.zeros(effects), design, np.eye(effects))


def differing(season: Season, squares: float) -> MonthCounts:
    """Months whose squared differences, each by its variance, add up to so much."""
    known = season.variance > 0
    off = np.where(known, np.sqrt(season.variance * squares / known.sum()), 0.0)
    return MonthCounts(
        season.expected + off, np.ones(len(off)), np.zeros(len(off)), np.ones((len(off), 1)), share=False
    )


@pytest.mark.parametrize(
    ("length", "seldom", "allowed"),
    [(32, 0.24, True), (32, 0.26, False), (33, 0.26, True), (33, 0.39, True), (33, 0.41, False), (14, 0.24, True)],
)
def test_overdispersion_is_allowed_for_where_chance_seldom_makes_so_much(
    length: int, seldom: float, allowed: bool
) -> None:
    """Of 100 charts 25 at most, with 20 degrees of freedom 40: Pearson's sum less the step's square, by the degrees."""
    season, freedom, score = fitted(np.full(length, 0.5)), length - 13, 1.5
    left = float(chi2.isf(seldom, freedom))
    found, degrees = overdispersion(differing(season, left + score**2), season, score)
    assert degrees == freedom
    assert found == pytest.approx(left / freedom if allowed else 1.0)


def test_a_month_that_cannot_vary_is_left_out() -> None:
    """None are expected of it, and it takes no degree of freedom."""
    variance = np.full(30, 20.0)
    variance[7] = 0.0
    season = fitted(variance)
    left = float(chi2.isf(0.01, 16))
    assert overdispersion(differing(season, left), season, 0.0) == (pytest.approx(left / 16), 16)


def test_without_a_month_to_spare_nothing_is_overdispersed() -> None:
    season = fitted(np.full(13, 20.0))
    assert overdispersion(differing(season, 1000.0), season, 0.0) == (1.0, 0)


def test_a_step_larger_than_all_that_differs_leaves_nothing_over() -> None:
    months = steady(24, np.zeros(24))
    assert overdispersion(months, fit_season(months), 50.0) == (1.0, 11)


@pytest.mark.parametrize("correlation", [0.3, 0.8])
def test_the_largest_of_three_neighbours_is_as_likely_as_their_normal_says(correlation: float) -> None:
    """Each depends on the one before it alone."""
    r = correlation
    three = multivariate_normal([0, 0, 0], [[1, r, r * r], [r, 1, r], [r * r, r, 1]], seed=1)
    inside = three.cdf(np.full(3, 2.0), lower_limit=np.full(3, -2.0))
    assert chance_of_largest(2.0, np.array([r, r])) == pytest.approx(1 - inside, abs=2e-5)


def test_neighbours_that_are_the_same_are_hardly_more_than_one() -> None:
    """A correlation of 1 counts as one of 0.995, and one below 0 as none."""
    assert chance_of_largest(2.5, np.ones(1)) == chance_of_largest(2.5, np.array([0.995]))
    assert chance_of_largest(2.5, np.array([-0.4])) == chance_of_largest(2.5, np.zeros(1))
    assert 2 * norm.sf(2.5) < chance_of_largest(2.5, np.ones(1)) < 2.5 * norm.sf(2.5)


def test_what_the_time_of_year_explains_is_no_step() -> None:
    """The second year is higher, and all its months are of one kind, those of the first of another."""
    count, kind = np.repeat([20.0, 60.0], 12), np.repeat([0, 1], 12)
    months = MonthCounts(count, np.ones(24), kind, np.ones((24, 1)), share=False)
    found = find_step(months, fit_season(months), np.zeros(24))
    assert found is not None
    assert found.place != 12
    assert abs(found.score) < 1
    short = MonthCounts(count[8:16], np.ones(8), kind[8:16], np.ones((8, 1)), share=False)
    assert find_step(short, fit_season(short), np.zeros(8)) is None


@pytest.mark.parametrize("usual", [0.3, 20.0])
def test_the_chance_of_a_step_is_that_of_the_largest_of_all_places(usual: float) -> None:
    """By the correlations of neighbouring places, from the fifth month to the fourth before the end."""
    draw = np.random.default_rng(8)
    months = MonthCounts(
        draw.poisson(usual, 36).astype(float), np.ones(36), np.arange(36) % 12, np.ones((36, 1)), share=False
    )
    season = fit_season(months)
    found = find_step(months, season, np.zeros(36))
    columns = np.array([np.arange(36) >= place for place in range(4, 33)], dtype=float).T
    scores, covariance = season.score(columns, months.count)
    errors = np.sqrt(np.diag(covariance))
    largest = int(np.argmax(np.abs(scores / errors)))
    neighbours = [covariance[i, i + 1] / errors[i] / errors[i + 1] for i in range(len(errors) - 1)]
    assert found is not None
    assert found.place == 4 + largest
    assert found.chance == pytest.approx(chance_of_largest(abs(found.score), np.array(neighbours)))


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
