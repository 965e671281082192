"""Months of which the counts are known: exact limits by time of year, and levels that have changed."""

import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import multivariate_normal, norm

sys.path.insert(0, str(Path(__file__).parent))

from monthly_examples import measure_of, months_from, results_of

from toolkit.analysis.month_limits import judge_months
from toolkit.analysis.monthly import assurance_of_months, months_of
from toolkit.analysis.season import MonthCounts, fit_season
from toolkit.analysis.spc import xmr
from toolkit.analysis.steps import chance_of_largest
from toolkit.params import Measure

SCHOOL_YEAR = np.array([1.1, 1.1, 1.15, 0.95, 1.1, 1.05, 0.9, 0.5, 0.75, 1.2, 1.3, 0.9])
"""Requests of each month beside the average one."""

REQUESTS = [
    *(57, 66, 48, 51, 57, 52, 54, 25, 32, 59, 75, 43),
    *(61, 44, 77, 48, 65, 59, 63, 28, 47, 63, 64, 41),
    *(83, 101, 95, 74, 97, 94, 66, 33, 51, 102, 105, 57),
    *(92, 91, 98, 70, 96, 105, 86, 31, 67, 88, 119, 69),
    *(94, 68, 101),
]
"""Requests by month, January 2016 to March 2020, on a new level from January 2018."""


def counted() -> Measure:
    """A number of requests by month."""
    plain = measure_of({"measure": {"polarity": "none"}})
    return plain.model_copy(update={"unit": "number", "value": "v", "numerator": (), "denominator": ()})


def share(polarity: str = "high") -> Measure:
    return measure_of({"measure": {"polarity": polarity}})


def of_counts(figures: list[float | str], measure: Measure | None = None) -> pd.DataFrame:
    return months_of(measure or counted(), results_of([*map(str, figures)], months_from("2016-01", len(figures))), "A")


def of_shares(above: list[int], below: list[int], measure: Measure | None = None) -> pd.DataFrame:
    results = results_of(
        [str(100 * a / b) for a, b in zip(above, below, strict=True)], months_from("2016-01", len(above))
    )
    values = 100 * np.array(above) / np.array(below)
    results = results.assign(value=values, marker="", numerator=np.float64(above), denominator=np.float64(below))
    return months_of(measure or share(), results, "A")


def since(months: pd.DataFrame) -> set[str]:
    return {*months["since"]} - {""}


def anything(count: np.ndarray, base: np.ndarray | None = None) -> bool:
    """Whether a chart of these months shows anything."""
    length = len(count)
    months = MonthCounts(
        count.astype(float),
        np.ones(length) if base is None else base.astype(float),
        np.arange(length) % 12,
        np.ones((length, 1)),
        base is not None,
    )
    found = judge_months(months, np.zeros(length))
    return bool((found.level >= 0).any() or ((months.count < found.low) | (months.count > found.high)).any())


def test_an_april_of_half_the_usual_requests_stands_out() -> None:
    """34 after Aprils of 51, 48, 74 and 70 is below its limit, and no other month is: an August of 31 is not."""
    measure = Measure.model_validate({**counted().model_dump(by_alias=True), "chart": {"rebase": ["2018-01"]}})
    months = of_counts([*REQUESTS, 34], measure)
    assert months.loc[months["reading"] != "common cause", "period"].tolist() == ["2020-04"]
    assert months["cause"].iloc[-1] == "below the lower limit"
    assert months["low"].iloc[-1] > 34
    assert months.loc[months["period"] == "2019-08", "mean"].item() < 40
    assert set(months["method"]) == {"counts"}


def test_a_lasting_rise_is_found_with_its_month_and_its_size() -> None:
    """Without being told, the chart finds the new level of January 2018, give or take months, and its size."""
    months = of_counts([*REQUESTS])
    (start,) = since(months)
    assert "2017-10" <= start <= "2018-04"
    newest = months.iloc[-1]
    assert newest["cause"] == "higher level"
    assert newest["reading"] == "high"
    assert 40 < newest["shift"] < 65
    assert months.loc[months["period"] < start, "side"].eq(0).all()


def test_a_fall_of_a_share_is_a_concern_where_high_is_good_and_improvement_where_low_is() -> None:
    """97% falls to 80%: the level of the last ten months is lower, by some 17 points."""
    above, below = [39, 38, 39, 40] * 6 + [32] * 10, [40] * 34
    for polarity, reading in (("high", "concern"), ("low", "improvement")):
        months = of_shares(above, below, share(polarity))
        assert since(months) == {"2018-01"}
        assert months["reading"].iloc[-1] == reading
        assert months["shift"].iloc[-1] == pytest.approx(-17.5, abs=1.5)
        assert months[["low", "high"]].stack().between(0, 100).all()


def test_a_season_alone_is_no_signal_and_hides_none() -> None:
    """Augusts of half the requests are expected; a January of as many stands out, where an XmR chart is silent."""
    figures = [*np.round(70 * np.tile(SCHOOL_YEAR, 3))]
    assert (of_counts([int(f) for f in figures])["reading"] == "common cause").all()
    months = [*figures, 0.5 * figures[0]]
    assert of_counts([*map(int, months)])["side"].iloc[-1] == -1
    assert xmr(months)["side"].iloc[-1] == 0


def test_chance_gives_at_most_five_charts_in_a_hundred_a_signal() -> None:
    """Two years of some 70 a month under a school year, and of some 95% of 30: nothing changes (seeded)."""
    draw = np.random.default_rng(20200430)
    counts = draw.poisson(70 * np.tile(SCHOOL_YEAR, 2), (80, 24))
    shares = draw.binomial(30, 0.95, (40, 24))
    assert np.mean([anything(row) for row in counts]) <= 0.05
    assert np.mean([anything(row, np.full(24, 30)) for row in shares]) <= 0.05


def test_a_rise_of_a_quarter_six_months_ago_is_found_in_seven_charts_of_ten() -> None:
    """At 70 a month, in two years, under a school year (seeded)."""
    draw = np.random.default_rng(20200430)
    rise = np.where(np.arange(24) >= 18, 1.25, 1.0)
    found = [anything(row) for row in draw.poisson(70 * np.tile(SCHOOL_YEAR, 2) * rise, (80, 24))]
    assert np.mean(found) >= 0.65


def test_less_than_two_years_are_not_judged() -> None:
    """With 23 months a season cannot be told from a change."""
    assert set(of_counts(REQUESTS[:23])["cause"]) == {"too few months"}
    assert of_counts(REQUESTS[:23])[["mean", "low", "high"]].isna().all(axis=None)
    assert set(of_counts(REQUESTS[:24])["cause"]) == {"common cause"}


def test_a_phase_is_judged_from_six_months_on_and_takes_its_season_from_the_years_before() -> None:
    """After a break five months are too few; six have limits, and a low August among them is expected."""
    for length, cause in ((5, "too few months"), (6, "common cause")):
        about = {**counted().model_dump(by_alias=True), "breaks": [{"from": "2018-04", "reason": "new system"}]}
        months = of_counts([*REQUESTS[:24], "x", "x", "x", *REQUESTS[27 : 27 + length]], Measure.model_validate(about))
        assert months["cause"].iloc[-1] == cause
    august = months[months["period"] == "2018-08"]
    assert august["mean"].item() < 0.7 * months.loc[months["period"] == "2018-07", "mean"].item()


def test_a_hidden_month_takes_limits_from_its_phase_alone() -> None:
    """What is hidden takes no part in the season of the other phases either."""
    about = {**counted().model_dump(by_alias=True), "chart": {"rebase": ["2018-01"]}}
    measure = Measure.model_validate(about)
    months = of_counts([*REQUESTS[:30], "c", *REQUESTS[31:]], measure)
    assert set(months.loc[months["phase"] == 1, "cause"]) == {"hidden months", ""}
    assert months.loc[months["phase"] == 1, ["mean", "low", "high"]].isna().all(axis=None)
    alone = of_counts(REQUESTS[:24])
    assert months["mean"].iloc[:24].tolist() == pytest.approx(alone["mean"].tolist())


@pytest.mark.parametrize(
    "figures",
    [[0] * 30, [5] * 30, [0] * 29 + [1], [1, 0] * 15, [10**6] * 24, [3] + [0] * 40, ["x"] * 10 + [4] * 24],
)
def test_odd_series_are_judged_without_a_fault(figures: list) -> None:
    """No events, the same each month, an event once: limits are finite, and nothing stands out by mistake."""
    months = of_counts(figures)
    known = months["value"].notna()
    assert np.isfinite(months.loc[known, ["mean", "low", "high"]]).all(axis=None)
    assert (months["reading"] == "common cause").sum() >= known.sum() - 1


@pytest.mark.parametrize(("above", "below"), [(40, 40), (0, 40), (1, 1), (0, 1)])
def test_shares_of_all_or_none_have_limits(above: int, below: int) -> None:
    """Where every case succeeds or none does, nothing stands out and limits stay between 0 and 100."""
    months = of_shares([above] * 30, [below] * 30)
    assert (months["reading"] == "common cause").all()
    assert months[["low", "mean", "high"]].stack().between(0, 100).all()


def test_figures_that_are_no_counts_keep_their_xmr_chart() -> None:
    """A number with decimals, or a percentage without counts, has limits from its moving range."""
    assert set(of_counts([2.5, 3.5] * 12)["method"]) == {"xmr"}
    assert set(of_counts([90, 91] * 12, share())["method"]) == {"xmr"}


def test_a_target_is_promised_only_by_the_limits_of_the_newest_level() -> None:
    """At 80% since a fall, a target of 99.9% is missed in every month and one of 85% in some."""
    months = of_shares([39, 38, 39, 40] * 6 + [320] * 24, [40] * 24 + [400] * 24)
    assert assurance_of_months(months, 99.9, share()) == "consistently missed"
    assert assurance_of_months(months, 80.0, share()) == "sometimes met"
    assert assurance_of_months(months, math.nan, share()) == ""
    assert assurance_of_months(months.iloc[:0], 80.0, share()) == ""


def test_the_largest_of_independent_scores_is_as_likely_as_arithmetic_says() -> None:
    """Without correlation 1 − (1 − p)ᵏ; with it less; two of them as the bivariate normal says."""
    single = 2 * norm.sf(2.8)
    assert chance_of_largest(2.8, np.zeros(16)) == pytest.approx(1 - (1 - single) ** 17, rel=1e-6)
    assert single < chance_of_largest(2.8, np.full(16, 0.95)) < chance_of_largest(2.8, np.full(16, 0.5))
    both = multivariate_normal([0, 0], [[1, 0.9], [0.9, 1]])
    inside = both.cdf([2, 2]) - both.cdf([-2, 2]) - both.cdf([2, -2]) + both.cdf([-2, -2])
    assert chance_of_largest(2.0, np.array([0.9])) == pytest.approx(1 - inside, abs=1e-4)


def test_one_level_expects_the_average_of_each_calendar_month() -> None:
    """Without a step the fit is no more than averages, each pulled by half a request."""
    count = np.array(REQUESTS[:36], dtype=float)
    months = MonthCounts(count, np.ones(36), np.arange(36) % 12, np.ones((36, 1)), False)
    expected = (count.reshape(3, 12).sum(axis=0) + 0.5) / 3
    assert fit_season(months).expected.tolist() == pytest.approx([*np.tile(expected, 3)])
