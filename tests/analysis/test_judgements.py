"""Each word of a judgement is earned by a rule; tests/examples/judgements.yaml shows every rule at work."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from grids import grid
from grids import measure as grid_measure
from hypothesis import given, settings
from hypothesis import strategies as st
from judgement_examples import CASES, judge, measure_of, observations_of, review_of

from toolkit.analysis import Setting, grids_of, judgements_for, judgements_of_each, results_for
from toolkit.analysis import judge as judge_results
from toolkit.analysis.marks import direction, keeps_up, statutory_status
from toolkit.frames import OBSERVATIONS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_worked_example(case: dict[str, Any]):
    """What the example says is what the judgement says."""
    row = judge(case)

    for column, expected in case["judgement"].items():
        if expected is None:
            assert math.isnan(row[column]), column
        else:
            assert row[column] == (pytest.approx(expected) if isinstance(expected, float) else expected), column


@settings(max_examples=40, deadline=None)
@given(st.integers(30, 3000), st.integers(0, 3000), st.integers(30, 3000), st.integers(0, 3000))
def test_turning_the_polarity_round_turns_the_word_round(n: int, x: int, m: int, y: int):
    """Better where high is good is worse where low is good; no clear change stays what it is."""
    case = {"figures": {"2016": f"{min(x, n)} of {n}", "2018": f"{min(y, m)} of {m}"}, "baseline": "2016"}
    words = {
        p: judge({**case, "measure": {"polarity": p, "basis": "calendar year"}})["direction"] for p in ("high", "low")
    }

    turned = {"better": "worse", "worse": "better", "no clear change": "no clear change"}
    assert words["low"] == turned[words["high"]]


@settings(max_examples=40, deadline=None)
@given(st.integers(30, 500), st.data())
def test_a_value_lies_inside_its_interval(n: int, data: st.DataObject):
    """Whatever the counts, the interval holds the value and stays between 0 and 100."""
    x = data.draw(st.integers(0, n))
    row = judge(
        {
            "measure": {"polarity": "high", "basis": "calendar year"},
            "figures": {"2018": f"{x} of {n}"},
            "baseline": "2016",
        }
    )

    assert 0 <= row["low"] <= row["value"] <= row["high"] <= 100


def test_the_same_figures_in_another_order_give_the_same_judgement():
    """Rows may come in any order."""
    case = next(case for case in CASES if "others" in case)
    turned = {
        **case,
        "others": dict(reversed(case["others"].items())),
        "figures": dict(reversed(case["figures"].items())),
    }

    assert str(judge(case)) == str(judge(turned))


FIGURES = st.dictionaries(
    st.sampled_from(["2014", "2015", "2016", "2017", "2018"]),
    st.tuples(st.integers(0, 120), st.integers(0, 100)).map(lambda pair: f"{pair[0]} of {pair[1]}"),
    min_size=1,
)


@settings(max_examples=40, deadline=None)
@given(FIGURES, FIGURES)
def test_another_area_moves_no_interval_and_no_word_about_the_area_alone(mine: dict[str, str], theirs: dict[str, str]):
    """Whoever else reports, an area's own figures, limits and change stay as they are."""
    case = {"measure": {"polarity": "high", "basis": "calendar year"}, "figures": mine, "baseline": "2016"}
    alone, among = judge(case), judge({**case, "others": {"D": theirs}})

    for column in ("period", "value", "low", "high", "low_998", "high_998", "change", "previous_change"):
        assert str(alone[column]) == str(among[column]), column


@settings(max_examples=40, deadline=None)
@given(FIGURES)
def test_no_table_ever_says_nan(figures: dict[str, str]):
    """Counts above their base, bases of nobody, missing years: a cell is empty or says something."""
    row = judge(
        {
            "measure": {"polarity": "low", "basis": "calendar year", "tolerance": 2},
            "figures": figures,
            "baseline": "2016",
            "target": {"value": 10, "by": "2019", "milestones": {"2017": 20}},
        }
    )

    assert "nan" not in pd.DataFrame([row]).to_csv().lower()


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCD"), FIGURES, min_size=1))
def test_an_authority_is_judged_alike_alone_and_among_others(figures: dict[str, dict[str, str]]):
    """Judging many at once is a way of saving time, and changes nothing."""
    measure = measure_of({"measure": {"polarity": "high", "basis": "calendar year"}, "figures": {"2018": "1 of 2"}})
    grids = grids_of([measure], results_for([measure], observations_of(figures, measure)))
    review = review_of({"baseline": "2016", "target": {"value": 80, "by": "2019"}}, measure)
    settings_ = [Setting(area, "E", "", ("B", "C"), review, minimum_base=30) for area in "ABCD"]

    for setting, together in zip(settings_, judgements_of_each(grids, settings_), strict=True):
        pd.testing.assert_frame_equal(together, judgements_for(grids, setting))


def two_part_share(markers: dict[str, str]) -> str:
    """The marker of a share of "one" and "two" in "all", of which those in ``markers`` have no number."""
    parts = {"numerator": ["one", "two"], "denominator": "all"}
    measure = measure_of({"figures": {}, "measure": {"polarity": "high", "basis": "calendar year", **parts}})
    rows = [
        {"item": item, "value": math.nan if item in markers else number, "marker": markers.get(item, "")}
        for item, number in (("one", 20.0), ("two", 30.0), ("all", 100.0))
    ]
    fixed = {"area_code": "A", "area_name": "A", "area_level": "Local authority", "period": "2018", "source": "s"}
    fixed |= {"edition": "1", "breakdown": "Total", "published": "2019-01-01", "place": "", "basis": "calendar year"}
    table = OBSERVATIONS.validate(pd.DataFrame(rows).assign(**fixed))
    return str(results_for([measure], table).iloc[0]["marker"])


@pytest.mark.parametrize("part", ["one", "two", "all"])
@pytest.mark.parametrize("marker", ["c", "x", "z"])
def test_a_share_without_one_of_its_parts_says_why(part: str, marker: str):
    """A hidden part leaves the share hidden, an absent one leaves it absent, above the line and below it."""
    assert two_part_share({part: marker}) == marker
    assert two_part_share({}) == ""


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 10_000), st.integers(0, 3))
def test_a_difference_of_exactly_the_tolerance_is_within_it(value: int, tolerance: int, decimals: int):
    """Whatever binary makes of the decimals, up or down."""
    scale = 10**decimals
    measure = {"polarity": "high", "basis": "calendar year", "tolerance": tolerance / scale, "unit": "score"}
    for now, then in ((value, value + tolerance), (value + tolerance, value)):
        figures = {"2016": then / scale, "2018": now / scale}
        case = {"measure": {**measure, "value": "value"}, "figures": figures, "baseline": "2016"}
        assert judge(case)["direction"] == "no clear change"


def test_a_funnel_needs_forty_authorities_with_counts():
    """Forty authorities, one of them far off: far worse. Thirty-nine: no word at all."""
    others = {f"X{number}": {"2018": "500 of 1000"} for number in range(39)}
    case = {
        "measure": {"polarity": "high", "basis": "calendar year"},
        "figures": {"2018": "300 of 1000"},
        "baseline": "2016",
    }

    assert judge({**case, "others": others})["versus_all"] == "far worse"
    assert (
        judge({**case, "others": others, "measure": {**case["measure"], "polarity": "low"}})["versus_all"]
        == "far better"
    )
    assert (
        judge({**case, "others": others, "measure": {**case["measure"], "unit": "rate per 100"}})["versus_all"]
        == "far worse"
    )
    assert (
        judge({**case, "others": others, "measure": {**case["measure"], "polarity": "none"}})["versus_all"]
        == "cannot be judged"
    )
    assert judge({**case, "figures": {"2018": "495 of 1000"}, "others": others})["versus_all"] == "similar"
    assert judge({**case, "others": dict(list(others.items())[1:])})["versus_all"] == ""


def test_a_judgement_says_what_it_is_about():
    case = {"figures": {"2016": "10 of 20", "2018": "12 of 20"}, "baseline": "2016"}
    row = judge({**case, "measure": {"polarity": "high", "basis": "calendar year"}})
    about = ("priority", "measure", "name", "unit", "basis", "source", "illustrative", "edition")
    assert [row[name] for name in about] == ["1", "m", "Measure", "percent", "calendar year", "s", "", "1"]
    assert (row["numerator"], row["denominator"], row["baseline_value"], row["change"]) == (12, 20, 50, 10)


def test_a_target_without_a_polarity_cannot_be_judged():
    """Nothing is better or worse, however far the figure lies from the target."""
    case = {"figures": {"2016": "100 of 200", "2018": "160 of 200"}, "baseline": "2016"}
    aim = {"target": {"value": 90, "by": "2018"}}
    row = judge({**case, **aim, "measure": {"polarity": "none", "basis": "calendar year"}})
    assert row["target_status"] == "cannot be judged"


@pytest.mark.parametrize(
    ("polarity", "line", "word"),
    [("high", 60.0, "unlikely"), ("high", 51.0, "possible"), ("low", 40.0, "unlikely"), ("low", 49.5, "possible")],
)
def test_a_figure_keeps_up_where_its_margin_reaches_the_line(polarity: str, line: float, word: str):
    """Between 49 and 51 of a hundred; at the edge it does."""
    made = grid(grid_measure(polarity), {"A": {"2018": {"value": 50.0, "low": 49.0, "high": 51.0}}})
    now = made.at(made.places(["A"]), made.places(["A"]) * 0)
    assert keeps_up(now, np.array([line]), grid_measure(polarity)).tolist() == [word]
    assert keeps_up(now, np.array([np.nan]), grid_measure(polarity)).tolist() == ["cannot be judged"]


def test_judge_gives_the_same_rows_from_results_as_from_grids():
    case = {"figures": {"2016": "10 of 20", "2018": "12 of 20"}, "baseline": "2016"}
    of = measure_of({**case, "measure": {"polarity": "high", "basis": "calendar year"}})
    results = results_for([of], observations_of({"A": case["figures"]}, of))
    setting = Setting("A", "E", "R", (), review_of(case, of), minimum_base=10)
    pd.testing.assert_frame_equal(
        judge_results(results, setting, [of]), judgements_for(grids_of([of], results), setting)
    )
    (row,) = judge_results(results, setting, [of]).to_dict("records")
    assert (row["target_status"], row["target_period"], row["outlook"]) == ("no target", "", "")


@pytest.mark.parametrize(
    ("value", "counts_exceptions", "status"),
    [(95.0, False, "met"), (94.9, False, "not met"), (94.9, True, ""), (math.nan, False, ""), (math.nan, True, "")],
)
def test_a_duty_is_met_without_margin_or_not_and_unknown_without_a_figure(
    value: float, counts_exceptions: bool, status: str
):
    duty = {"duty": "A duty", "reference": "A law", "floor": 95, "exceptions_counted": counts_exceptions}
    of = grid_measure(statutory=duty)
    made = grid(of, {"A": {"2018": {"value": value, "low": value - 1, "high": value + 1}}})
    now = made.at(made.places(["A"]), made.places(["A"]) * 0)
    assert statutory_status(now, of).tolist() == [status]
    assert statutory_status(now, grid_measure()).tolist() == ["no duty"]


def test_a_judgement_of_made_up_figures_says_so_and_of_a_survey_how_many_were_invited():
    """0 where nobody counted who was invited; nothing for another source."""
    case = {"figures": {"2018": "12 of 40"}, "baseline": "2016"}
    of = measure_of({**case, "measure": {"polarity": "high", "basis": "calendar year"}})
    results = results_for([of], observations_of({"A": case["figures"]}, of))
    review = review_of(case, of)
    for known, invited in (
        ({"s": {"2018": 120}}, 120),
        ({"s": {"2017": 120}}, 0),
        ({"other": {"2018": 120}}, math.nan),
    ):
        setting = Setting("A", "E", "R", (), review, minimum_base=10, illustrative=frozenset({"s"}), invited=known)
        row = judge_results(results, setting, [of]).iloc[0]
        assert row["invited"] == pytest.approx(invited, nan_ok=True)
        assert (row["illustrative"], row["confidence"], row["doubts"]) == ("illustrative", "low", "illustrative")


@pytest.mark.parametrize(
    ("now", "then", "word"),
    [
        ({"value": 50.0, "low": 45.0, "high": 55.0}, {"value": 57.0}, "worse"),
        ({"value": 50.0, "low": 45.0, "high": 55.0}, {"value": 54.0}, "no clear change"),
        ({"value": 50.0}, {"value": 57.0, "low": 52.0, "high": 62.0}, "worse"),
        ({"value": 50.0}, {"value": 52.0, "low": 51.0, "high": 53.0}, "no clear change"),
        ({"value": 50.0}, {"value": 47.0}, "no clear change"),
        ({"value": 50.0}, {"value": 46.0}, "better"),
    ],
)
def test_where_one_figure_has_no_counts_the_baseline_must_lie_outside_the_margin_of_the_newest(
    now: dict[str, float], then: dict[str, float], word: str
):
    """The margin is the newest figure's interval, or else the tolerance of 3."""
    of = grid_measure(tolerance=3)
    made = grid(of, {"A": {"2016": then, "2018": now}})
    rows = made.places(["A"])
    figures = [made.at(rows, np.array([made.column(year)])) for year in ("2018", "2016")]
    assert direction(*figures, of).tolist() == [word]


def test_where_nothing_may_be_judged_what_judges_nothing_stays():
    """29 people are too few to judge: no target is still no target, no duty no duty, and no quarter is given."""
    case = {"figures": {"2016": "10 of 100", "2018": "12 of 29"}, "baseline": "2016"}
    row = judge({**case, "measure": {"polarity": "high", "basis": "calendar year"}})
    assert (row["direction"], row["trend"], row["versus_england"]) == ("cannot be judged",) * 3
    assert (row["target_status"], row["outlook"], row["statutory_status"]) == ("no target", "", "no duty")
    assert (row["versus_all"], row["quartile_band"], row["versus_neighbours_before"]) == ("", "", "")
    assert math.isnan(row["rank"])
