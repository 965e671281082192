"""Months are judged as the worked examples say, and in no case by figures that are hidden."""

import math
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from monthly_examples import CASES, measure_of, months_from, months_in, results_of

from toolkit.analysis.monthly import clip_limit, months_of

PLAIN = {"measure": {"polarity": "high"}}
figures = st.lists(st.integers(0, 100).map(str), min_size=13, max_size=30)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_example(case: dict):
    """The newest month is what the example says, and in the phase that it says."""
    months = months_in(case)
    newest = months[months["value"].notna()].iloc[-1]

    assert newest["cause"] == case["newest"]["cause"]
    assert newest["reading"] == case["newest"]["reading"]
    assert newest["phase"] == float(case["newest"].get("phase", newest["phase"]))


def test_a_month_without_a_row_is_a_gap():
    """The chart has every month from the first to the last, and none outside."""
    labels = ["2018-11", "2019-02"]

    months = months_of(measure_of(PLAIN), results_of(["50", "60"], labels), "A")

    assert months["period"].tolist() == ["2018-11", "2018-12", "2019-01", "2019-02"]
    assert months["value"].isna().tolist() == [False, True, True, False]
    assert months["marker"].tolist() == [""] * 4
    assert months["cause"].tolist()[1:3] == ["", ""]


@pytest.mark.parametrize(("start", "phases"), [("2018-02", 2), ("2018-01", 1), ("2017-12", 1), ("2020-01", 1)])
def test_a_phase_may_begin_with_the_second_month_and_not_outside_the_series(start: str, phases: int):
    """The first month begins the first phase whatever the measure says."""
    measure = measure_of({"measure": {"polarity": "high", "chart": {"rebase": [start]}}})

    months = months_of(measure, results_of(["50"] * 14, months_from("2018-01", 14)), "A")

    assert months["phase"].nunique() == phases
    assert months["phase"].tolist() == [0.0] * (1 if phases == 2 else 14) + [1.0] * (13 if phases == 2 else 0)


@pytest.mark.parametrize(
    ("unit", "value", "cut"),
    [
        ("percent", 120.0, 100.0),
        ("percent", 100.0, 100.0),
        ("percent", -1.0, 0.0),
        ("number", 120.0, 120.0),
        ("number", -1.0, 0.0),
        ("score", -1.0, -1.0),
        ("pounds", -1.0, -1.0),
    ],
)
def test_a_limit_is_cut_to_what_the_measure_can_be(unit: str, value: float, cut: float):
    """A share lies from 0 to 100, a count is never below 0; a score or an amount may be."""
    of = measure_of(PLAIN).model_copy(update={"unit": unit})

    assert clip_limit(value, of) == cut
    assert math.isnan(clip_limit(float("nan"), of))


def test_yearly_figures_are_never_charted_so():
    """An annual measure has too few months for limits to mean anything: it is refused."""
    yearly = measure_of(PLAIN).model_copy(update={"basis": "calendar year"})

    with pytest.raises(ValueError, match="not for the basis 'calendar year'"):
        months_of(yearly, results_of(["50"], ["2018"]), "A")


def test_an_area_without_figures_has_no_months():
    """Nothing is made up for an authority that the results do not hold."""
    assert months_of(measure_of(PLAIN), results_of(["50"], ["2018-01"]), "B").empty


@given(figures, st.integers(0, 12))
def test_no_limit_rests_on_a_phase_with_a_hidden_month(values: list[str], place: int):
    """Whatever the others are, one hidden month takes limits and causes from its whole phase."""
    values[place] = "c"

    months = months_of(measure_of(PLAIN), results_of(values, months_from("2018-01", len(values))), "A")

    assert months[["mean", "low", "high"]].isna().all(axis=None)
    assert set(months["reading"]) == {"common cause"}


@given(figures)
def test_polarity_turns_better_and_worse_and_nothing_else(values: list[str]):
    """The same months where low is good: improvement becomes concern, and the rest stays."""
    labels = months_from("2018-01", len(values))
    high, low = (
        months_of(measure_of({"measure": {"polarity": polarity}}), results_of(values, labels), "A")
        for polarity in ("high", "low")
    )

    turned = high["reading"].map({"improvement": "concern", "concern": "improvement", "common cause": "common cause"})
    assert turned.tolist() == low["reading"].tolist()
    assert high["cause"].tolist() == low["cause"].tolist()


@given(figures, figures)
def test_months_before_a_rebase_do_not_move_the_limits_after_it(before: list[str], after: list[str]):
    """A new phase is worked out from its own months alone."""
    labels = months_from("2015-01", len(before) + len(after))
    start = labels[len(before)]
    measure = measure_of({"measure": {"polarity": "high", "chart": {"rebase": [start]}}})

    both = months_of(measure, results_of([*before, *after], labels), "A").iloc[len(before) :]
    alone = months_of(measure, results_of(after, labels[len(before) :]), "A")

    columns = ["value", "mean", "low", "high", "cause", "side"]
    assert both[columns].reset_index(drop=True).equals(alone[columns])


@pytest.mark.parametrize("failed", [True, False])
def test_a_month_that_is_not_judged_lies_on_no_side(failed: bool):
    """Neither a limit, a side nor a word, where a month of the phase is hidden or the data failed."""
    figures = ["50"] * 13 + ["99", "50" if failed else "c"]
    months = months_of(measure_of(PLAIN), results_of(figures, months_from("2018-01", 15)), "A", data_failed=failed)
    assert months["side"].tolist() == [0.0] * 15
    assert months["reading"].tolist() == ["common cause"] * 15
    assert months[["mean", "low", "high"]].isna().all(axis=None)
    assert set(months["cause"][:14]) == {"data failed" if failed else "hidden months"}
