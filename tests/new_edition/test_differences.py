"""What an edition says otherwise than the one before it, told figure by figure."""

import math

from hypothesis import given
from hypothesis import strategies as st

from toolkit.frames import OBSERVATIONS
from toolkit.frames.figures import Observation
from toolkit.new_edition.differences import differences_of

WHOSE = ("E1", "E0")


def figure(period: str, value: float, area: str = "E1", marker: str = "") -> Observation:
    about = ("plans", "a", "issued", area, f"Area {area}", "Local authority", period, "calendar year", "Total")
    return Observation(*about, value, marker, "2022-01-01", f"a.csv:{period}{area}")


def compare(before: list[Observation], now: list[Observation]):
    return differences_of(OBSERVATIONS.table(before), OBSERVATIONS.table(now), WHOSE)


def test_the_same_figures_differ_in_nothing() -> None:
    same = [figure("2020", 5), figure("2021", math.nan, marker="c")]
    found = compare(same, same)
    assert (found.rows, found.periods, found.revised, found.gone) == ((2, 2), (), (), 0)


def test_new_periods_come_in_order_and_are_no_revision() -> None:
    found = compare([figure("2020", 5)], [figure("2022", 7), figure("2021", 6), figure("2020", 5)])
    assert (found.periods, found.revised) == (("2021", "2022"), ())


def test_the_authority_s_own_revisions_come_first_and_are_counted() -> None:
    before = [figure("2020", 5, "E9"), figure("2020", 50, "E0"), figure("2020", 5)]
    now = [figure("2020", 6, "E9"), figure("2020", 51, "E0"), figure("2020", 5.5)]
    found = compare(before, now)
    assert [(one.area, one.before, one.now) for one in found.revised] == [
        ("Area E1", "5", "5.5"),
        ("Area E0", "50", "51"),
        ("Area E9", "5", "6"),
    ]
    assert found.revised_here == 1


def test_a_figure_that_becomes_a_marker_or_gets_one_is_revised() -> None:
    before = [figure("2020", 5), figure("2021", math.nan, marker="c")]
    now = [figure("2020", math.nan, marker="x"), figure("2021", 4)]
    assert [(one.before, one.now) for one in compare(before, now).revised] == [("5", "x"), ("c", "4")]


def test_figures_that_are_gone_are_counted_with_their_periods() -> None:
    found = compare([figure("2019", 1), figure("2020", 2), figure("2020", 3, "E9")], [figure("2020", 2)])
    assert (found.gone, found.gone_from) == (2, ("2019", "2020"))


values = st.dictionaries(st.sampled_from(["2018", "2019", "2020", "2021"]), st.integers(0, 3), max_size=4)


@given(values, values)
def test_every_figure_is_new_the_same_revised_or_gone(before: dict[str, int], now: dict[str, int]) -> None:
    found = compare([figure(*pair) for pair in before.items()], [figure(*pair) for pair in now.items()])
    assert set(found.periods) == set(now) - set(before)
    assert {one.period for one in found.revised} == {p for p in before.keys() & now if before[p] != now[p]}
    assert set(found.gone_from) == set(before) - set(now)
