"""Changes as news: which are sure, how large they are, and which turn a run or cross England's figure."""

import math
from typing import Any

import pandas as pd
import pytest
from grids import measure, rows_of
from stories import DUTY, ENGLAND, HERE, NUMBER, OTHERS, RULE, SCORE, move, series, spread_out

from toolkit.analysis.story_changes import is_sure, move_size, reverses
from toolkit.analysis.story_series import Count, series_by_measure, spread_of
from toolkit.params import StoryRule

RATE = {"unit": "rate per 100"}


def drifted(by: float, step: float) -> dict[str, dict[str, float]]:
    """Eight authorities whose figures changed by about as much, ``step`` apart."""
    return {code: {"2021": 40.0, "2022": 40 + now["2022"]} for code, now in spread_out(by, step).items()}


@pytest.mark.parametrize(
    ("before", "now", "others", "about", "sure"),
    [
        pytest.param((600, 1000), (700, 1000), {}, {}, True, id="ten points of a thousand"),
        pytest.param((25, 40), (20, 40), {}, {}, False, id="twelve points of forty"),
        pytest.param((100, 1000), (200, 1000), {}, RATE, True, id="twice the rate"),
        pytest.param((10, 1000), (11, 1000), drifted(0, 0.01), RATE, False, id="one more, whatever others did"),
        pytest.param(60.0, 65.0, {}, {}, False, id="without counts and others, a usual move"),
        pytest.param(60.0, 65.1, {}, {}, True, id="more than a usual move"),
        pytest.param(60.0, 65.1, {}, {"tolerance": 5.1}, False, id="within the measure's tolerance"),
        pytest.param(60.0, 54.8, {}, {"tolerance": 5.1}, True, id="a fall beyond the measure's tolerance"),
        pytest.param((25, 40), 80.0, drifted(0, 1), {}, True, id="no counts now: against others"),
        pytest.param(60.0, (32, 40), drifted(0, 1), {}, True, id="no counts before: against others"),
        pytest.param(60.0, 62.5, drifted(0, 1), {}, False, id="within the spread of others' changes"),
        pytest.param(60.0, 64.0, drifted(0, 1), {"tolerance": 4.5}, False, id="the wider of spread and tolerance"),
        pytest.param(60.0, 70.0, drifted(0, 0), SCORE, False, id="a score where no other authority differs"),
        pytest.param(60.0, 70.0, drifted(0, 1), SCORE, True, id="a score beyond the spread"),
        pytest.param(100_000.0, 105_000.0, {}, NUMBER, True, id="a count up by a twentieth"),
        pytest.param(100_000.0, 95_000.0, {}, NUMBER, True, id="a count down by a twentieth"),
        pytest.param(100_000.0, 104_999.0, {}, NUMBER, False, id="a count up by less"),
        pytest.param(200.0, 230.0, {}, NUMBER, False, id="a count that chance moves so"),
        pytest.param(200.0, 250.0, {}, NUMBER, True, id="a count that chance seldom moves so"),
        pytest.param(30.0, 90.0, {}, NUMBER, True, id="a count of enough people"),
        pytest.param(29.0, 90.0, {}, NUMBER, False, id="a count of too few people"),
        pytest.param(0.0, 90.0, {}, NUMBER, False, id="a count that grew from nothing"),
    ],
)
def test_which_changes_are_sure(before: Any, now: Any, others: Any, about: dict[str, Any], sure: bool) -> None:
    assert is_sure(move({"2021": before, "2022": now}, others, **about), RULE, 30) is sure


@pytest.mark.parametrize(
    "about", [{"breaks": [{"from": "2022", "reason": "Recorded in another way"}]}, {}], ids=["a break", "no figure"]
)
def test_nothing_is_sure_across_a_break_or_without_a_figure(about: dict[str, Any]) -> None:
    own = {"2021": (600, 1000), "2022": (100, 1000)} if about else {"2022": (100, 1000)}

    assert not is_sure(move(own, **about), RULE, 30)
    assert not is_sure(move(own, drifted(0, 1), **about, **SCORE), RULE, 30)


@pytest.mark.parametrize(("then", "now", "growth"), [(1.0, 3.0, 2.0), (0.5, 0.25, -0.5), (0.0, 3.0, math.nan)])
def test_growth_is_the_change_in_terms_of_the_value_before(then: float, now: float, growth: float) -> None:
    assert move({"2021": then, "2022": now}, **NUMBER).growth == pytest.approx(growth, nan_ok=True)


def changed(own: tuple[float, float], england: tuple[float, float] | None = None, **about: Any) -> float:
    """Size of a change that counts as sure, without other authorities."""
    others = {ENGLAND: dict(zip(("2021", "2022"), england, strict=True))} if england else {}
    return move_size(move(dict(zip(("2021", "2022"), own, strict=True)), others, **about), RULE, 0.3)


def test_the_size_of_a_change_is_counted_against_england_s() -> None:
    """A usual move is 5 points, and three of them count as 1."""
    assert changed((60, 69)) == pytest.approx(0.6)
    assert changed((60, 69), (50, 53)) == pytest.approx(0.4)
    assert changed((69, 60), (50, 53)) == pytest.approx(0.8)
    assert changed((20, 60)) == 1
    assert changed((20, 60), **SCORE) == 0, "nothing says how far such scores move"
    assert changed((60, 69), (50, math.nan)) == pytest.approx(0.6), "England's figure is not known"


def test_the_size_of_a_change_of_a_count_is_its_growth() -> None:
    assert changed((100, 115), (1000, 2000), **NUMBER) == pytest.approx(0.5)
    assert changed((100, 85), **NUMBER) == pytest.approx(0.5)
    assert changed((100, 300), **NUMBER) == 1


def test_the_spread_of_others_stands_for_a_usual_move() -> None:
    """Eight changes a point apart: their interquartile range is 3.5 points."""
    size = move_size(move({"2021": 60.0, "2022": 61.0}, drifted(0, 1)), RULE, 0.3)

    assert size == pytest.approx(1 / (3.5 / 1.349) / 3)


@pytest.mark.parametrize(
    ("before", "now", "size"),
    [
        pytest.param(98, 92, 1, id="from 2 to 8 short: four times"),
        pytest.param(92, 98, 1, id="from 8 to 2 short"),
        pytest.param(98, 93, math.log(3.5) / math.log(4), id="five points are enough"),
        pytest.param(98, 93.1, 0, id="less than five points"),
        pytest.param(100, 94, 1, id="a shortfall of nothing counts as half a point"),
    ],
)
def test_a_shortfall_from_a_duty_is_news_by_its_factor(before: float, now: float, size: float) -> None:
    """England moved by as much, so that only the shortfall is news."""
    assert changed((before, now), (before, now), statutory=DUTY) == pytest.approx(size)
    assert changed((before, now), (before, now)) == 0, "without a duty"


def test_a_shortfall_of_nothing_counts_as_half_a_point() -> None:
    both = {"2021": 100.0, "2022": 94.0}

    size = move_size(move(both, {ENGLAND: both}, statutory=DUTY), StoryRule(law_fold=144), 0.3)

    assert size == pytest.approx(0.5), "twelve times, of a hundred and forty-four"


def test_the_larger_of_both_counts() -> None:
    assert changed((98, 92), (98, 94), statutory=DUTY) == 1
    assert changed((90, 78), statutory=DUTY) == pytest.approx(0.8)


@pytest.mark.parametrize(
    ("figures", "turns"),
    [
        pytest.param((50, 55, 60, 52), True, id="up, up, down"),
        pytest.param((60, 55, 50, 58), True, id="down, down, up"),
        pytest.param((50, 50.5, 51, 50.5), True, id="by little"),
        pytest.param((50, 55, 60, 65), False, id="up three times"),
        pytest.param((50, 50.5, 51, 51.5), False, id="up three times by little"),
        pytest.param((50, 60, 55, 62), False, id="up and down before"),
        pytest.param((50, 60, 55, 52), False, id="up, down, down"),
        pytest.param((50, 50, 60, 52), False, id="one move before"),
        pytest.param((50, 50.9, 51, 51), False, id="no move now"),
        pytest.param((54, 55, 54.5, 56), False, id="up and down by little"),
    ],
)
def test_a_change_after_a_run_of_two_turns_it(figures: tuple[float, ...], turns: bool) -> None:
    own = dict(zip(("2019", "2020", "2021", "2022"), figures, strict=True))

    assert reverses(move(own), 1.0, StoryRule()) is turns


@pytest.mark.parametrize(
    ("before", "now", "size", "unit", "crosses"),
    [
        pytest.param(45, 60, 0.6, {}, True, id="from below to above"),
        pytest.param(55, 40, 0.6, {}, True, id="from above to below"),
        pytest.param(49.9, 50.2, 0.6, {}, True, id="just across"),
        pytest.param(45, 60, 0.5, {}, False, id="not large"),
        pytest.param(45, 60, 0.6, NUMBER, False, id="a count"),
        pytest.param(50, 60, 0.6, {}, False, id="from England's own figure"),
        pytest.param(45, 50, 0.6, {}, False, id="to England's own figure"),
        pytest.param(50.2, 50.4, 0.6, {}, False, id="above before and after"),
    ],
)
def test_a_large_change_may_cross_england(
    before: float, now: float, size: float, unit: dict[str, Any], crosses: bool
) -> None:
    england = {ENGLAND: {"2021": 50, "2022": 50}}

    assert reverses(move({"2021": before, "2022": now}, england, **unit), size, StoryRule()) is crosses


def test_england_moves_too() -> None:
    """The authority stays where it is, and England passes it."""
    assert reverses(move({"2021": 55, "2022": 56}, {ENGLAND: {"2021": 50, "2022": 60}}), 0.6, StoryRule())


@pytest.mark.parametrize(
    ("basis", "period", "years", "before"),
    [
        ("calendar year", "2022", 1, "2021"),
        ("calendar year", "2022", 2, "2020"),
        ("month", "2022-03", 1, "2021-03"),
        ("month", "2022-03", 2, "2020-03"),
        ("calendar year", "", 1, ""),
    ],
)
def test_the_period_some_years_before(basis: str, period: str, years: int, before: str) -> None:
    assert series({}, basis=basis).before(period, years) == before


def test_no_period_lies_before_a_break() -> None:
    broken = series({}, breaks=[{"from": "2021", "reason": "Recorded in another way"}])

    assert (broken.before("2022", 1), broken.before("2022", 2)) == ("2021", "")
    assert (broken.comparable("2021", "2022"), broken.comparable("2020", "2022")) == (True, False)
    assert not broken.comparable("", "2022")
    assert not broken.comparable("2022", "")


def test_others_are_the_other_authorities_in_the_same_period() -> None:
    first, second, third = OTHERS[:3]
    figures = {
        HERE: {"2021": 1.0, "2022": 2.0},
        ENGLAND: {"2021": 3.0, "2022": 4.0},
        second: {"2021": 10.0, "2022": 13.0},
        first: {"2021": 20.0, "2022": 18.0},
        third: {"2022": 30.0},
    }

    assert series(figures).others(HERE, "2022") == {first: 18, second: 13, third: 30}
    assert series(figures).changes_of_others(HERE, "2021", "2022") == [-2, 3]


@pytest.mark.parametrize(
    ("values", "spread"),
    [
        pytest.param([1, 2, 3, 4, 5, 6, 7, 8], 3.5 / 1.349, id="interquartile range"),
        pytest.param([1, 2, 3, 4, 5, 6, 7, 8, math.nan], 3.5 / 1.349, id="one unknown"),
        pytest.param([1, 2, 3, 4, 5, 6, 7, math.nan], math.nan, id="seven known of eight wanted"),
        pytest.param([5] * 8, math.nan, id="all alike"),
        pytest.param([5] * 9 + [15], 3 / 2, id="all alike but one: half the standard deviation"),
        pytest.param([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], 0.35 / 1.349, id="less than one apart"),
    ],
)
def test_how_far_authorities_lie_apart(values: list[float], spread: float) -> None:
    assert spread_of(values, 8) == pytest.approx(spread, nan_ok=True)


def test_the_story_looks_at_figures_of_enough_people() -> None:
    """A base of 30 is enough; figures without a base are looked at; an area without any figure is an authority too."""
    table = rows_of(
        {
            HERE: {"2022": {"value": 50.0, "numerator": 15.0, "denominator": 30.0}},
            OTHERS[0]: {"2022": {"value": 40.0}, "2021": {"value": 100.0, "numerator": 29.0, "denominator": 29.0}},
            OTHERS[1]: {"2022": {"denominator": 90.0}},
            ENGLAND: {"2022": {"value": 55.0, "numerator": 550.0, "denominator": 1000.0}},
        }
    )
    table["area_level"] = table["area_level"].mask(table["area_code"] == ENGLAND, "National")
    found = series_by_measure(pd.concat([table, table.assign(measure="other")]), [measure(), measure(id="none")], 30)

    assert found["m"].at(HERE, "2022") == Count(50, 15, 30)
    assert set(found["m"].figures) == {(HERE, "2022"), (OTHERS[0], "2022"), (ENGLAND, "2022")}
    assert found["m"].local == {HERE, *OTHERS[:2]}
    assert not found["none"].figures
