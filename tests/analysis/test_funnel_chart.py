"""The funnel of all authorities: what is drawn, what is judged, and what is a part of the average."""

import numpy as np
import pytest
from grids import measure, rows_of
from scipy.stats import poisson

from toolkit.analysis import funnel_of
from toolkit.analysis.funnel_chart import FUNNEL, FUNNEL_LINES
from toolkit.analysis.funnels import average_proportion, variance_between_rates
from toolkit.analysis.marks import CANNOT


def authorities(**counts: tuple[float, float]) -> dict:
    return {
        area: {"2018": {"numerator": above, "denominator": below, "value": 100 * above / below if below else 0.0}}
        for area, (above, below) in counts.items()
    }


def standing(fewest: int, **counts: tuple[float, float]) -> dict[str, str]:
    funnel = funnel_of(measure(), rows_of(authorities(**counts)), "2018", fewest)
    return dict(zip(funnel.points["area_code"], funnel.points["standing"], strict=True))


def test_an_authority_is_judged_from_the_smallest_base_on():
    """With 10 as the smallest base, 9 is drawn and not judged, and 10 is judged."""
    found = standing(10, A=(4, 9), B=(5, 10), C=(500, 1000))
    assert found["A"] == CANNOT
    assert CANNOT not in (found["B"], found["C"])


def test_points_stand_in_the_order_of_their_base_then_of_their_code():
    funnel = funnel_of(measure(), rows_of(authorities(B=(5, 20), C=(9, 10), A=(5, 20))), "2018")
    assert funnel.points["area_code"].tolist() == ["C", "A", "B"]
    assert funnel.points["base"].tolist() == [10.0, 20.0, 20.0]
    assert funnel.points["value"].tolist() == [90.0, 25.0, 25.0]


def test_the_average_is_that_of_all_people_together():
    """(1 + 60) of (10 + 90): not the mean of 10% and 66.7%."""
    assert funnel_of(measure(), rows_of(authorities(A=(1, 10), B=(60, 90))), "2018").average == pytest.approx(61.0)


def test_the_average_of_rates_is_that_of_all_people_together():
    rate = measure(unit="rate per 100")
    found = funnel_of(rate, rows_of(authorities(A=(10, 1000), B=(30, 1000))), "2018")
    assert found.average == pytest.approx(2.0)


def test_what_is_hidden_of_another_year_or_level_or_without_a_base_is_no_point():
    rows = authorities(A=(5, 10), B=(5, 10))
    rows["H"] = {"2018": {"marker": "c", "denominator": 10.0}}
    rows["N"] = {"2018": {"value": 50.0, "denominator": 10.0}}
    rows["Z"] = {"2018": {"value": 0.0, "numerator": 0.0, "denominator": 0.0}}
    rows["E"] = {"2018": {"value": 50.0, "numerator": 5.0, "denominator": 10.0, "area_level": "National"}}
    rows["P"] = {"2017": {"value": 50.0, "numerator": 5.0, "denominator": 10.0}}
    assert funnel_of(measure(), rows_of(rows), "2018").points["area_code"].tolist() == ["A", "B"]


@pytest.mark.parametrize(
    ("unit", "counts", "points"),
    [
        ("percent", {"A": (5, 10), "B": (5, 10)}, 2),
        ("percent", {"A": (5, 10)}, 0),
        ("rate per 100", {"A": (5, 100), "B": (500, 10_000)}, 2),
        ("number", {"A": (5, 10), "B": (5, 10)}, 0),
    ],
)
def test_two_authorities_with_counts_make_a_funnel_of_shares_or_rates(unit: str, counts: dict, points: int):
    shape = {"unit": unit} if unit != "number" else {"unit": unit, "numerator": "", "denominator": "", "value": "v"}
    funnel = funnel_of(measure(**shape), rows_of(authorities(**counts)), "2018")
    assert len(funnel.points) == points
    assert (len(funnel.lines) > 0) == (points > 0)
    assert list(funnel.points.columns) == list(FUNNEL.columns)
    assert list(funnel.lines.columns) == list(FUNNEL_LINES.columns)


def test_the_lines_reach_from_the_smallest_base_to_the_largest_and_close_in():
    funnel = funnel_of(measure(), rows_of(authorities(A=(5, 10), B=(500, 1000))), "2018")
    for (level, side), line in funnel.lines.groupby(["level", "side"]):
        assert line["base"].iloc[[0, -1]].tolist() == pytest.approx([10, 1000]), (level, side)
        away = (line["value"] - funnel.average).abs()
        assert away.is_monotonic_decreasing, (level, side)
    assert set(funnel.lines["side"]) == {"low", "high"}
    outer, inner = funnel.lines["level"].max(), funnel.lines["level"].min()
    high = funnel.lines[funnel.lines["side"] == "high"].groupby("level")["value"].max()
    assert high[outer] > high[inner]


def test_an_authority_far_from_the_average_stands_out_and_one_near_it_does_not():
    usual = {f"U{place:02}": (480 + 2 * place, 1000) for place in range(20)}
    found = standing(0, A=(10, 1000), B=(500, 1000), C=(990, 1000), **usual)
    assert found["A"].startswith("far")
    assert found["C"].startswith("far")
    assert {found[name] for name in ("B", *usual)} == {"similar"}


def test_authorities_that_differ_among_themselves_are_seldom_far_from_the_average():
    """Shares from 30% to 70% of 5,000 people each are all beyond chance; none is beyond the spread between them."""
    spread = {f"U{place:02}": (1500 + 50 * place, 5000) for place in range(40)}
    found = standing(0, **spread)
    assert not {word for word in found.values() if word.startswith("far")}
    lines = funnel_of(measure(), rows_of(authorities(**spread)), "2018").lines
    inner = lines[(lines["level"] == 0.95) & (lines["side"] == "high")]["value"]
    assert (inner > 65).all()


def test_one_person_counts_in_the_average_of_shares():
    assert average_proportion([1.0, 5.0], [1.0, 9.0]) == pytest.approx(0.6)


def test_authorities_where_nothing_happened_count_in_how_far_rates_lie_apart():
    """Ten without any event and ten with twenty differ by more than chance; ten of one kind do not."""
    none, many = [0.0] * 10, [20.0] * 10

    assert variance_between_rates(none + many, [100.0] * 20) > 0.01
    assert variance_between_rates(many, [100.0] * 10) == 0
    assert variance_between_rates([*many, -1.0, 5.0], [100.0] * 11 + [0.0]) == 0, "what makes no rate is left out"


def test_the_lines_of_a_rate_lie_where_its_number_of_events_would_just_be_unusual():
    """On each line the events that belong to a point have, at the average, the chance that the line leaves out."""
    rate = measure(unit="rate per 100")
    funnel = funnel_of(rate, rows_of(authorities(A=(20, 1000), B=(400, 20_000))), "2018")
    lines = funnel.lines
    assert funnel.average == pytest.approx(2.0)
    assert lines["base"].between(1000, 20_000).all()
    for (level, side), line in lines.groupby(["level", "side"]):
        events = (line["value"] * line["base"] / 100).round().to_numpy()
        expected = (line["base"] * 2.0 / 100).to_numpy()
        outside = poisson.cdf(events, expected) if side == "low" else poisson.sf(events - 1, expected)
        assert outside == pytest.approx((1 - level) / 2, rel=1e-6), (level, side)
    high = lines[(lines["side"] == "high") & (lines["level"] == 0.95)]
    assert high["base"].max() > 15_000
    assert high["base"].min() < 1500


def test_the_lines_of_a_rate_are_drawn_closely():
    """Enough points lie between the smallest and the largest authority for a curve."""
    rate = measure(unit="rate per 100")
    funnel = funnel_of(rate, rows_of(authorities(A=(20, 1000), B=(400, 20_000))), "2018")

    assert (funnel.lines.groupby(["level", "side"]).size() >= 20).all()


def test_an_authority_of_one_person_is_a_point():
    funnel = funnel_of(measure(), rows_of(authorities(A=(1, 1), B=(500, 1000))), "2018")

    assert funnel.points["base"].tolist() == [1.0, 1000.0]


@pytest.mark.parametrize(
    ("polarity", "high", "low"), [("high", "far better", "far worse"), ("low", "far worse", "far better")]
)
def test_a_rate_is_compared_with_that_of_all_people_together(polarity: str, high: str, low: str):
    """2% of all: 2% of many is similar, 10% and next to nothing stand out, each in its direction."""
    rate = measure(polarity, unit="rate per 100")
    usual = {f"U{place:02}": (1900 + 10 * place, 100_000) for place in range(20)}
    counts = {"A": (2000, 100_000), "B": (100, 1000), "C": (1, 5000)}

    points = funnel_of(rate, rows_of(authorities(**counts, **usual)), "2018").points.set_index("area_code")

    assert points.loc[["A", "B", "C"], "standing"].to_dict() == {"A": "similar", "B": high, "C": low}
    assert set(points.loc[list(usual), "standing"]) == {"similar"}


def test_no_word_is_said_where_neither_direction_is_good():
    points = funnel_of(measure("none"), rows_of(authorities(A=(5, 10), B=(500, 1000))), "2018").points

    assert points["standing"].tolist() == [CANNOT, CANNOT]


def test_the_lines_of_rates_go_through_sixty_numbers_of_events_up_to_twice_those_of_the_largest():
    """2 in 100 of 100,000 people are 2,000 events: the lines go through 1 to 4,000, closer at the start."""
    rows = rows_of(authorities(A=(20, 1_000), B=(2_000, 100_000)))
    lines = funnel_of(measure(unit="rate per 100"), rows, "2018").lines
    events = set((lines["base"] * lines["value"] / 100).round().astype(int))
    assert events <= set(np.geomspace(1, 4_000, 60).round().astype(int))
    assert len(events) > 20


def test_the_average_of_shares_counts_every_point():
    found = funnel_of(measure(), rows_of(authorities(A=(10, 1000), B=(50, 1000))), "2018")
    assert found.average == pytest.approx(3.0)


@pytest.mark.parametrize("unit", ["percent", "rate per 100"])
def test_the_rows_of_points_and_lines_are_numbered_through(unit: str):
    funnel = funnel_of(measure(unit=unit), rows_of(authorities(A=(20, 1_000), B=(400, 20_000))), "2018")
    for table in (funnel.points, funnel.lines):
        assert table.index.tolist() == list(range(len(table)))


def test_the_lines_of_shares_lie_alike_on_both_sides_of_the_average():
    """Where neither is cut at 0 or 100, midway between the two lines is the average of all, 50.0."""
    funnel = funnel_of(measure(), rows_of(authorities(A=(500, 1000), B=(5000, 10_000))), "2018")
    low, high = (funnel.lines[funnel.lines["side"] == side]["value"].to_numpy() for side in ("low", "high"))
    assert (low + high) / 2 == pytest.approx(50.0)
