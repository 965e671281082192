"""Trajectories, recent trends, projections and charts behave as the worked examples say."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from grids import grid, measure
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.intervals import Limits, floats
from toolkit.analysis.projection import Projection, project, project_percent, trajectory
from toolkit.analysis.spc import XmrOptions, assurance, xmr
from toolkit.analysis.trends import proportion_trend, recent_trend, weighted_trend
from toolkit.params import Measure

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples/analysis/over_time.yaml").read_text(encoding="utf-8"))
NAN = float("nan")


def cases(kind: str) -> Any:
    return pytest.mark.parametrize("case", EXAMPLES[kind], ids=lambda case: case["says"])


def number(given_: Any) -> float:
    return NAN if given_ == "none" else float(given_)


def trend(figures: dict[Any, Any], within: float, of: Measure) -> str:
    """The recent trend of one area's figures, each with limits ``within`` of it."""
    rows = {}
    for period, figure in figures.items():
        value = number(figure)
        rows[str(period)] = {"value": value, "low": value - within, "high": value + within}
    figures_of = grid(of, {"A": rows})
    row = figures_of.places(["A"])
    return recent_trend(figures_of, row, figures_of.newest(row))[0]


class TestTrajectory:
    @cases("trajectories")
    def test_worked_example(self, case: dict):
        """What should have been reached in a year is what the example says."""
        for year, expected in case["expected"].items():
            assert trajectory(year, case["points"]) == pytest.approx(number(expected), nan_ok=True)

    @given(st.floats(0, 100), st.floats(0, 100), st.floats(2016, 2020))
    def test_a_trajectory_stays_between_its_baseline_and_its_target(self, base: float, target: float, when: float):
        """A straight line never asks for more than its target or less than its baseline."""
        expected = trajectory(when, {2016: base, 2020: target})

        assert min(base, target) - 1e-9 <= expected <= max(base, target) + 1e-9

    @pytest.mark.parametrize("points", [{}, {2016: 60.0}, {2016: 60.0, 2020: NAN}, {NAN: 60.0, 2020: 90.0}])
    def test_a_trajectory_without_two_ends_is_refused(self, points: dict):
        """No baseline figure, or no target, is an error, not a flat line."""
        with pytest.raises(ValueError, match="needs a baseline and a target"):
            trajectory(2018, points)


class TestRecentTrend:
    @cases("trends")
    def test_worked_example(self, case: dict):
        """The trend, or why there is none, is what the example says."""
        assert trend(case["figures"], number(case["within"]), measure(case["polarity"])) == case["trend"]

    def test_each_year_counts_alike_when_one_is_left_out(self):
        """The lines without one year go through log odds that are not weighted by how many people stand behind them."""
        counts, bases = [60, 181, 9, 50, 147], [320, 280, 22, 300, 700]

        assert str(proportion_trend(counts, bases).marker) == "decreasing"

    def test_academic_years_follow_on(self):
        """2014/15 to 2018/19 are five years in a row."""
        years = {f"{y}/{y - 1999}": 50 + 5 * (y - 2014) for y in range(2014, 2019)}

        assert trend(years, 2, measure("high", "academic year")) == "increasing"

    def test_months_are_not_trended(self):
        """Five months are no five years."""
        months = {f"2018-0{m}": 50 + 5 * m for m in range(1, 6)}

        assert trend(months, 2, measure("high", "month")) == "not yearly"

    def test_no_figures_have_no_trend(self):
        """An area that never reported is not an error."""
        assert trend({}, 2, measure("high")) == "too few years"


def projected(case: dict) -> Projection | None:
    years = list(case["counts"])
    return project_percent(years, list(case["counts"].values()), case["base"], case["to"])


class TestProjection:
    @cases("projections")
    def test_worked_example(self, case: dict):
        """The range for the year after, in percent, is what the example says."""
        found = projected(case)

        if case["between"] == "none":
            assert found is None
        else:
            assert [round(found.low, 1), round(found.high, 1)] == case["between"]
            assert round(found.value, 1) == case.get("value", round(found.value, 1))

    @given(st.lists(st.integers(0, 300), min_size=5, max_size=10), st.integers(0, 3))
    def test_a_projection_lies_in_its_own_range_and_between_0_and_100(self, counts: list, further: int):
        """low ≤ value ≤ high, none of them below 0% or above 100%."""
        years = np.arange(2010, 2010 + len(counts))

        found = project_percent(years, counts, 300, years[-1] + 1 + further)

        assert 0 <= found.low <= found.value <= found.high <= 100

    @given(st.lists(st.integers(1, 299), min_size=5, max_size=8), st.randoms(use_true_random=False))
    def test_the_order_of_years_does_not_matter(self, counts: list, random):
        """Rows in any order give the same projection."""
        rows = list(enumerate(counts, start=2010))
        shuffled = rows[:]
        random.shuffle(shuffled)

        one, other = (project_percent(*zip(*given_, strict=True), 300, 2020) for given_ in (rows, shuffled))

        assert one == pytest.approx(other)

    def test_a_year_without_a_figure_is_no_year(self):
        """Five years of which one has no count are four: too few."""
        assert project_percent(range(2014, 2019), [150, 160, NAN, 170, 180], 300, 2019) is None
        assert project_percent(range(2014, 2019), [150, 160, 170, 170, 180], [300, 300, 0, 300, 300], 2019) is None

    @pytest.mark.parametrize(
        ("years", "to"), [([2014, 2015, 2016, 2017, 2018], 2018), ([2014, 2014, 2016, 2017, 2018], 2019)]
    )
    def test_what_is_no_future_of_one_series_is_refused(self, years: list, to: int):
        """A year that is already there, or one year twice, is an error."""
        with pytest.raises(ValueError, match="one figure a year to a later year"):
            project(years, [1.0, 2.0, 3.0, 4.0, 5.0], [1.0] * 5, to)

    def test_figures_on_a_line_keep_their_chance_alone(self):
        """Without more scatter than chance the reach is 1.96 standard errors of the line and of the next figure."""
        found = project(range(1, 6), [10.0, 20.0, 30.0, 40.0, 50.0], [4.0] * 5, 6)

        assert found.value == pytest.approx(60)
        assert found.high - found.value == pytest.approx(1.959964 * np.sqrt(4 * (1 / 5 + 9 / 10 + 1)))

    def test_the_newest_year_adds_its_own_chance(self):
        """A newest year of few people widens the range by its own variance, wherever the other years stand."""
        found = project(range(1, 6), [10.0, 20.0, 30.0, 40.0, 50.0], [4.0, 4.0, 4.0, 4.0, 100.0], 6)

        weights = np.array([0.25, 0.25, 0.25, 0.25, 0.01])
        middle = np.average(np.arange(1, 6), weights=weights)
        line = 1 / weights.sum() + (6 - middle) ** 2 / (weights * (np.arange(1, 6) - middle) ** 2).sum()
        assert found.high - found.value == pytest.approx(1.959964 * np.sqrt(line + 100))


NOISE = [50.0, 54, 49, 52, 47, 53, 50, 55, 48, 51, 49, 52, 50, 54, 47]


class TestXmr:
    def test_a_series_under_thirteen_points_is_not_judged(self):
        """Twelve months have no limits and no signals; the thirteenth brings them."""
        short, long = xmr(NOISE[:12]), xmr(NOISE[:13])

        assert short[["mean", "low", "high"]].isna().all(axis=None)
        assert set(short["cause"]) == {"too few months"}
        assert long[["mean", "low", "high"]].notna().all(axis=None)

    def test_a_new_phase_has_limits_of_its_own(self):
        """After a change of method nothing is measured against the limits before it."""
        chart = xmr([*NOISE, *(value + 30 for value in NOISE)], XmrOptions(rebase=(len(NOISE),)))

        assert set(chart["cause"]) == {"common cause"}
        assert chart.groupby("phase")["mean"].first().diff().iloc[1] == pytest.approx(30)
        assert "common cause" not in set(xmr([*NOISE, *(value + 30 for value in NOISE)])["cause"])

    @pytest.mark.parametrize("start", [-1, len(NOISE)])
    def test_a_phase_outside_the_series_is_refused(self, start: int):
        """A rebase point that is no point of the series is an error in params."""
        with pytest.raises(ValueError, match="a phase must start within the series"):
            xmr(NOISE, XmrOptions(rebase=(start,)))

    def test_run_lengths_are_what_they_are_set_to(self):
        """Six points on one side are a signal where the rule says six, and none where it says seven."""
        six = [*NOISE, *[53.0, 54, 53, 54, 53, 54], 46, 45, 46, 45]

        assert "run above the mean" in set(xmr(six, XmrOptions(run=6))["cause"])
        assert "run above the mean" not in set(xmr(six)["cause"])

    def test_a_month_without_a_figure_breaks_runs_and_is_never_bridged(self):
        """Three points either side of a gap make no run of six, and no moving range crosses the gap."""
        low, high = [1.0, 2.0] * 7, [9.0, 8.0] * 3
        broken = xmr([*low, *high[:3], NAN, *high[3:]], XmrOptions(run=6))
        whole = xmr([*low, *high], XmrOptions(run=6))

        assert set(whole["cause"].iloc[14:]) & {"run above the mean", "above the upper limit"}
        assert "run above the mean" not in set(broken["cause"])
        assert broken["cause"].iloc[17] == ""
        ranges = np.abs(np.diff(floats(broken["value"])))
        assert np.isnan(ranges).sum() == 2

    def test_a_series_that_never_moves_has_no_width_and_no_signal(self):
        """Every month the same: limits on the mean, nothing outside them."""
        chart = xmr([80.0] * 15)

        assert (chart[["mean", "low", "high"]] == 80).all(axis=None)
        assert set(chart["cause"]) == {"common cause"}

    def test_an_empty_series_is_an_empty_chart(self):
        """A project that has just begun has no months yet."""
        chart = xmr([])

        assert len(chart) == 0
        assert assurance(chart, 50.0, "high") == ""

    @pytest.mark.parametrize(("target", "polarity", "said"), [
        (10.0, "high", "consistently met"),
        (10.0, "low", "consistently missed"),
        (51.0, "high", "sometimes met"),
        (90.0, "high", "consistently missed"),
        (90.0, "low", "consistently met"),
        (90.0, "none", ""),
        (NAN, "high", ""),
    ])  # fmt: skip
    def test_assurance_says_whether_a_target_can_be_relied_on(self, target: float, polarity: str, said: str):
        """By where the target lies to the newest limits, for either polarity."""
        assert assurance(xmr(NOISE), target, polarity) == said


def test_a_leap_is_screened_out_of_the_mean_range_although_a_value_is_repeated():
    """Ranges of 0, of 1 and one leap of 50: the leap is over 3.267 times their mean and does not widen the limits."""
    values = [10.0, 10.0, *[11.0, 10.0] * 6, 60.0, 61.0, 60.0]
    screened, whole = (xmr(values, XmrOptions(screen=screen)).iloc[0] for screen in (True, False))
    assert screened["high"] - screened["mean"] == pytest.approx(2.66 * 14 / 15)
    assert whole["high"] - whole["mean"] == pytest.approx(2.66 * 64 / 16)


def test_the_slope_of_a_trend_is_the_change_in_a_year():
    """Five figures that rise by 2 a year; shares that rise by 0.1; nothing where a year is missing."""
    values = np.array([10.0, 12.0, 14.0, 16.0, 18.0])
    assert weighted_trend(values, Limits(values - 1, values + 1)).slope == pytest.approx(2.0)
    assert proportion_trend([30, 40, 50, 60, 70], [100] * 5).slope == pytest.approx(0.1)
    values[2] = np.nan
    assert np.isnan(weighted_trend(values, Limits(values - 1, values + 1)).slope)
    assert np.isnan(proportion_trend([30, 40, np.nan, 60, 70], [100] * 5).slope)


def test_a_figure_without_chance_is_left_out_of_a_projection():
    """Its weight would be infinite: six figures, one with a variance of 0, are five."""
    years, values = [2013, 2014, 2015, 2016, 2017, 2018], [10.0, 12.0, 13.0, 15.0, 16.0, 18.0]
    six = project(years, values, [1.0, 1.0, 0.0, 1.0, 1.0, 1.0], 2020)
    five = project([*years[:2], *years[3:]], [*values[:2], *values[3:]], [1.0] * 5, 2020)
    assert six == five
    assert project(years[1:], values[1:], [0.0, 1.0, 1.0, 1.0, 1.0], 2020) is None


def test_the_variance_of_a_share_is_that_of_all_years_together_with_half_a_case_added():
    """(Σ count + ½) ÷ (Σ base + 1): of 5 in 100 and so on."""
    years, counts, bases = np.arange(2014, 2019), np.array([2.0, 3, 2, 4, 3]), np.array([100.0, 110, 120, 130, 140])
    pooled = (counts.sum() + 0.5) / (bases.sum() + 1)
    line = project(years, 100 * counts / bases, 10_000 * pooled * (1 - pooled) / bases, 2019)
    assert line is not None
    assert project_percent(years, counts, bases, 2019) == pytest.approx((line.value, max(0.0, line.low), line.high))


def test_a_year_of_one_case_is_a_year_to_project_from():
    """A base of 1 is a base: without that year there are four, too few."""
    years, counts, bases = [2014, 2015, 2016, 2017, 2018], [1, 20, 25, 30, 35], [1, 100, 100, 100, 100]
    assert project_percent(years, counts, bases, 2019) is not None
    assert project_percent(years, counts, [0, 100, 100, 100, 100], 2019) is None


def test_a_trend_of_shares_is_that_of_their_counts():
    """Of 10,000 people the counts say that the rise is no chance; the same shares with limits that are wide do not."""
    five = {
        str(year): {"value": 50.0 + rise, "low": 20.0 + rise, "high": 80.0 + rise}
        | {"numerator": 100 * (50.0 + rise), "denominator": 10_000.0}
        for rise, year in enumerate(range(2014, 2019))
    }
    found = {}
    for unit in ("percent", "rate per 100"):
        made = grid(measure(unit=unit), {"A": five})
        rows = made.places(["A"])
        found[unit] = recent_trend(made, rows, made.newest(rows))
    assert found == {"percent": ["increasing"], "rate per 100": ["no change"]}


def test_no_figures_have_no_line_and_no_trend():
    """Neither is an error: there is nothing to say."""
    none = [np.nan] * 5
    assert project([], [], [], 2020) is None
    assert project(range(2014, 2019), none, [1.0] * 5, 2010) is None
    test = weighted_trend(none, Limits(np.array(none), np.array(none)))
    assert str(test.marker) == "cannot be calculated"
    assert np.isnan([test.chi_squared, test.slope]).all()
    shares = proportion_trend(none, none)
    assert str(shares.marker) == "cannot be calculated"
    assert np.isnan([shares.chi_squared, shares.slope]).all()


@pytest.mark.parametrize("to", [2017, 2018])
def test_a_year_that_is_out_is_not_projected_though_others_are_missing(to: int):
    """2016 has no figure; the newest is that of 2018."""
    with pytest.raises(ValueError, match="a later year"):
        project(range(2013, 2019), [1.0, 2.0, 3.0, np.nan, 5.0, 6.0], [1.0] * 6, to)


@pytest.mark.parametrize(
    ("break_", "gap", "word"),
    [
        (None, None, "increasing"),
        ("2016", None, "too few years"),
        (None, "2016", "too few years"),
        ("2014", None, "increasing"),
        ("2015", None, "too few years"),
    ],
)
def test_a_trend_takes_five_years_in_a_row_of_one_definition(break_: str | None, gap: str | None, word: str):
    """A break with the first of the five years parts none of them; a later one does, or a year left out."""
    five = {
        str(year): {"value": 10.0 * rise, "numerator": 100.0 * rise, "denominator": 1000.0, "low": 9.0 * rise}
        | {"high": 11.0 * rise}
        for rise, year in enumerate(range(2014, 2019), start=1)
        if str(year) != gap
    }
    if gap:
        five["2013"] = five["2014"]
    made = grid(measure(breaks=[{"from": break_, "reason": "New"}] if break_ else []), {"A": five, "B": {}})
    rows = made.places(["A", "nowhere"])
    assert recent_trend(made, rows, made.newest(rows)) == [word, "too few years"]


def test_the_years_of_a_trend_are_the_newest_five_and_no_sixth():
    """Four years are too few, five enough, and before the newest five nothing counts."""
    years = {
        str(year): {"value": 50.0, "numerator": 500.0, "denominator": 1000.0, "low": 47.0, "high": 53.0}
        for year in range(2013, 2019)
    }
    made = grid(measure(), {"A": years})
    rows, columns = np.zeros(6, dtype=np.intp), np.arange(6)
    assert recent_trend(made, rows, columns) == ["too few years"] * 4 + ["no change"] * 2


def test_a_figure_with_a_wide_interval_weighs_less_in_a_trend():
    """The line and its variance are those of least squares weighted by 1 ÷ standard error, as numpy works it out."""
    values, errors = np.array([10.0, 12.0, 13.0, 17.0, 30.0]), np.array([1.0, 2.0, 1.0, 0.5, 4.0])
    (slope, _), covariance = np.polyfit(np.arange(5), values, 1, w=1 / errors, cov="unscaled")
    found = weighted_trend(values, Limits(values - 1.96 * errors, values + 1.96 * errors))
    assert found.slope == pytest.approx(slope)
    assert found.chi_squared == pytest.approx(slope**2 / covariance[0, 0])


@pytest.mark.parametrize("missing", ["value", "low", "high", "width"])
def test_a_trend_needs_every_figure_with_limits_that_lie_apart(missing: str):
    values = np.array([10.0, 12.0, 14.0, 16.0, 18.0])
    low, high = values - 1, values + 1
    {"value": values, "low": low, "high": high, "width": high}[missing][1] = low[1] if missing == "width" else np.nan
    assert str(weighted_trend(values, Limits(low, high)).marker) == "cannot be calculated"
