"""Demand carried on: the worked examples, what always holds, and how far out past projections were."""

import math
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.demand import backtest, extrapolate, since_gap

CASES = yaml.safe_load((Path(__file__).parents[1] / "examples/analysis/demand.yaml").read_text(encoding="utf-8"))
counts = st.lists(st.floats(1, 1e5), min_size=5, max_size=12)
PLANS = {2014: 2772.0, 2015: 2770.0, 2016: 2995.0, 2017: 3350.0, 2018: 3703.0, 2019: 4222.0, 2020: 4751.0, 2021: 5288.0}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_worked_example(case: dict):
    """The projection and its range are as written in tests/examples/analysis/demand.yaml."""
    found = extrapolate(case["counts"], case["ahead"])

    if case["projected"] == "none":
        assert found is None
    else:
        assert found == pytest.approx((case["projected"], case["low"], case["high"]), abs=0.06)


@given(counts, st.integers(1, 4))
def test_a_range_holds_its_projection_and_widens_with_time(values: list[float], ahead: int):
    """The further ahead, the less is known, and never less than nothing is projected."""
    near, far = extrapolate(values, ahead), extrapolate(values, ahead + 1)

    assert near is not None
    assert far is not None
    assert 0 <= near.low <= near.value * (1 + 1e-9)
    assert near.value <= near.high * (1 + 1e-9)
    assert far.high / far.low >= near.high / near.low * (1 - 1e-9)


@given(counts, st.floats(0.1, 10))
def test_counting_in_another_unit_changes_nothing_but_the_unit(values: list[float], factor: float):
    """Twice as many people everywhere give twice the projection."""
    assert extrapolate([factor * value for value in values], 2) == pytest.approx(
        [factor * end for end in extrapolate(values, 2) or ()], rel=1e-6
    )


def test_a_projection_of_the_past_or_of_today_is_refused():
    """There is nothing to project less than a year ahead."""
    with pytest.raises(ValueError, match="at least one year ahead"):
        extrapolate([1, 2, 3, 4, 5], 0)


def test_only_the_years_since_a_gap_are_used():
    """A missing year is never bridged."""
    assert list(since_gap({2010: 1.0, 2011: 2.0, 2013: 3.0, 2014: math.nan, 2015: 4.0, 2016: 5.0})) == [2015, 2016]
    assert since_gap({}) == {}


def test_past_projections_are_made_from_what_was_known_then():
    """Every year with five before it is projected from those years alone, and the error is what was missed."""
    errors = backtest(PLANS, 2)

    assert [(row.year, row.known_until) for row in errors.itertuples()] == [
        (2019, 2018), (2020, 2019), (2020, 2018), (2021, 2020), (2021, 2019),
    ]  # fmt: skip
    first = errors.iloc[0]
    then = extrapolate([PLANS[year] for year in range(2014, 2019)], 1)
    assert then is not None
    assert first["projected"] == pytest.approx(then.value)
    assert first["error"] == pytest.approx(then.value - 4222)
    assert first["error_percent"] == pytest.approx(100 * (then.value - 4222) / 4222)
    assert bool(first["held"])


def test_too_few_years_leave_nothing_to_look_back_on():
    """With five counts there is a projection, but no past one to check."""
    assert backtest({year: PLANS[year] for year in range(2014, 2019)}, 3).empty


def test_of_several_gaps_the_newest_counts():
    """2010, 2012, 2014 and 2016: three gaps, and one year since the last."""
    assert since_gap({2010: 1.0, 2012: 2.0, 2014: 3.0, 2016: 4.0, 2017: 5.0}) == {2016: 4.0, 2017: 5.0}
