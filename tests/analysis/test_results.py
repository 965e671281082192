"""Figures that make no sense have no value and say why; the limits of what is possible are possible."""

import math
from typing import Any

import pandas as pd
import pytest
from grids import measure

from toolkit.analysis import results_for
from toolkit.frames import OBSERVATIONS

NAN = math.nan


def row(of: Any, **items: float) -> dict[str, Any]:
    """The one result of a measure from the items of one area and year."""
    empty = {name: "" for name, (kind, _) in OBSERVATIONS.columns.items() if kind == "str"}
    about = {"source": "s", "area_code": "A", "period": "2018", "basis": "calendar year", "breakdown": "Total"}
    rows = [empty | about | {"item": item, "value": value} for item, value in items.items()]
    observations = OBSERVATIONS.validate(pd.DataFrame(rows, columns=list(OBSERVATIONS.columns)))
    (found,) = results_for([of], observations).to_dict("records")
    return found


PUBLISHED = measure(numerator=(), denominator=(), value="share")


@pytest.mark.parametrize(("value", "sound"), [(0.0, True), (100.0, True), (-0.1, False), (100.1, False), (50.0, True)])
def test_a_published_percentage_lies_from_0_to_100(value: float, sound: bool) -> None:
    found = row(PUBLISHED, share=value)
    assert (found["fault"] == "") == sound
    assert math.isnan(found["value"]) != sound


@pytest.mark.parametrize(
    ("above", "below", "sound"),
    [(0, 1, True), (1, 1, True), (2, 1, False), (-1, 1, False), (0, 0, False), (1, -1, False), (math.inf, 1, False)],
)
def test_a_share_has_from_none_to_all_of_a_base_that_is_somebody(above: float, below: float, sound: bool) -> None:
    found = row(measure(), above=above, below=below)
    assert (found["fault"] == "") == sound
    assert math.isnan(found["value"]) != sound


@pytest.mark.parametrize(("value", "sound"), [(0.0, True), (-1.0, False), (1e9, True)])
def test_a_number_of_things_is_not_below_none(value: float, sound: bool) -> None:
    found = row(measure(unit="number", numerator=(), denominator=(), value="things"), things=value)
    assert (found["fault"] == "") == sound


def test_a_rate_may_have_more_events_than_people() -> None:
    found = row(measure(unit="rate per 100"), above=3, below=2)
    assert (found["fault"], found["value"]) == ("", 150.0)


@pytest.mark.parametrize(
    ("unit", "above", "method"),
    [("percent", 5, "wilson"), ("rate per 100", 9, "exact Poisson"), ("rate per 100", 10, "Byar")],
)
def test_the_method_of_the_interval_is_named(unit: str, above: float, method: str) -> None:
    found = row(measure(unit=unit), above=above, below=100)
    assert found["method"] == method
    assert found["low_998"] < found["low"] < found["value"] == above < found["high"] < found["high_998"]


def test_a_published_value_has_no_method_and_no_interval() -> None:
    found = row(PUBLISHED, share=50.0)
    assert found["method"] == "none"
    assert [found["low"], found["high"]] == pytest.approx([NAN, NAN], nan_ok=True)


@pytest.mark.parametrize(
    ("above", "below", "fault", "marker"),
    [
        (0, 0, "empty base", "z"),
        (2, 1, "above base", "x"),
        (-1, 1, "below zero", "x"),
        (1, -1, "below zero", "x"),
        (math.inf, 1, "not finite", "x"),
        (1, 2, "", ""),
    ],
)
def test_a_figure_that_makes_no_sense_has_its_code_and_marker(above: float, below: float, fault: str, marker: str):
    found = row(measure(), above=above, below=below)
    assert (found["fault"], found["marker"]) == (fault, marker)
    assert (found["numerator"], found["denominator"]) == (above, below)


def test_a_percentage_out_of_range_has_its_code() -> None:
    assert row(PUBLISHED, share=100.5)["fault"] == "out of range"


@pytest.mark.parametrize(("more", "value", "marker"), [(2.0, 3.0, ""), (NAN, NAN, "x")])
def test_a_sum_of_items_needs_every_one_of_them(more: float, value: float, marker: str) -> None:
    """A part without a number leaves no sum, and the figure counts as not available."""
    found = row(measure(numerator=("above", "more")), above=1.0, more=more, below=100.0)
    assert (found["value"], found["marker"]) == (pytest.approx(value, nan_ok=True), marker)


def results(of: Any, *rows: dict[str, Any]) -> pd.DataFrame:
    """The results of a measure from rows of observations; what a row is silent about is as usual."""
    empty = {name: "" for name, (kind, _) in OBSERVATIONS.columns.items() if kind == "str"}
    about = {"source": "s", "area_code": "A", "period": "2018", "basis": "calendar year", "breakdown": "Total"}
    full = [empty | about | row for row in rows]
    return results_for([of], OBSERVATIONS.validate(pd.DataFrame(full, columns=list(OBSERVATIONS.columns))))


def test_only_rows_of_the_measures_own_breakdown_and_basis_are_read() -> None:
    """Boys, and the same item counted by school year, are other figures."""
    found = results(
        measure(numerator=("above",), denominator=("below",)),
        {"item": "above", "value": 1.0},
        {"item": "above", "value": 7.0, "breakdown": "Boys"},
        {"item": "above", "value": 8.0, "basis": "academic year"},
        {"item": "below", "value": 10.0},
    )
    assert list(found["value"]) == [10.0]


def test_an_area_without_a_base_takes_that_of_no_other() -> None:
    """B has no base, and C has none of its count: neither has a result."""
    found = results(
        measure(),
        *({"item": "above", "value": 1.0, "area_code": area} for area in "ABD"),
        *({"item": "below", "value": 10.0 + at, "area_code": area} for at, area in enumerate("ACD")),
    )
    assert found.set_index("area_code")["denominator"].to_dict() == {"A": 10.0, "D": 12.0}


def test_a_base_may_be_counted_in_the_january_after_the_year() -> None:
    """The flow of 2018 stands over the stock of January 2019."""
    of = measure(denominator_basis="January census", unit="rate per 100")
    found = results(
        of,
        {"item": "above", "value": 5.0},
        {"item": "below", "value": 50.0, "basis": "January census", "period": "2019"},
        {"item": "below", "value": 40.0, "basis": "January census", "period": "2018"},
    )
    assert found[["period", "value"]].to_numpy().tolist() == [["2018", 10.0]]


def test_a_sum_says_where_its_newest_part_was_published() -> None:
    """Whichever part comes first."""
    for first, second in (("2019-05-01", "2019-03-01"), ("2019-03-01", "2019-05-01")):
        found = results(
            measure(numerator=("above", "more")),
            {"item": "above", "value": 1.0, "published": first, "edition": first},
            {"item": "more", "value": 2.0, "published": second, "edition": second},
            {"item": "below", "value": 10.0, "published": "2019-01-01", "edition": "old"},
        )
        assert found[["value", "published", "edition"]].to_numpy().tolist() == [[30.0, "2019-05-01", "2019-05-01"]]
