"""Grids: periods stand in the order of time, and a figure that rests on too few people counts for nothing."""

import math

import numpy as np
import pandas as pd
import pytest
from grids import grid, measure, rows_of

from toolkit.analysis.measure_grid import era_of, grids_of, order_of


def test_months_stand_in_the_order_of_time_within_a_year_and_across_one():
    """The words for months sort otherwise than their numbers; the last before January is December."""
    shuffled = {"2019-01": 4.0, "2018-12": 3.0, "2018-02": 1.0, "2018-11": 2.0}
    months = grid(measure(basis="month"), {"A": {period: {"value": value} for period, value in shuffled.items()}})
    assert months.periods == ("2018-02", "2018-11", "2018-12", "2019-01")
    assert months.numbers["value"][0, :4].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert np.diff(months.order).tolist() == [9, 1, 1]


@pytest.mark.parametrize(
    ("label", "basis", "number"),
    [
        ("2018", "calendar year", 2018),
        ("2017/18", "academic year", 2017),
        ("2018-01", "month", 24216),
        ("2018-12", "month", 24227),
        ("2019-01", "month", 24228),
    ],
)
def test_periods_of_a_basis_are_numbered_without_gaps(label: str, basis: str, number: int):
    assert order_of(label, basis) == number


def test_the_period_before_is_looked_for_by_its_number_and_in_the_same_era():
    """After a break nothing before it is compared; a year that is missing is not jumped over."""
    broken = measure(breaks=[{"from": "2018", "reason": "A new definition."}])
    years = {"A": {year: {"value": 1.0} for year in ("2014", "2016", "2017", "2018", "2019")}}
    found = grid(broken, years)
    columns = np.arange(5, dtype=np.intp)
    assert found.columns_before(columns, 1).tolist() == [-1, -1, 1, -1, 3]
    assert found.columns_before(columns, 2).tolist() == [-1, 0, -1, -1, -1]
    assert [era_of(label, broken) for label in ("2017", "2018", "2019")] == [0, 1, 1]
    assert found.panel_model.panel.span.tolist() == [0, 0, 0, 0, 1, 1], "the panel of 2014 to 2019 has the break too"


def test_no_column_has_none_before_it():
    found = grid(measure(), {"A": {"2017": {"value": 1.0}, "2018": {"value": 2.0}}})
    assert found.columns_before(np.array([-1, 0, 1], dtype=np.intp), 1).tolist() == [-1, -1, 0]


def test_the_newest_figure_has_a_value_unless_none_has():
    """Area A: the newest year is missing; B: no year has a value; C has no row at all."""
    found = grid(
        measure(),
        {
            "A": {"2016": {"value": 1.0}, "2017": {"value": 2.0}, "2018": {"marker": "x"}},
            "B": {"2016": {"marker": "x"}, "2017": {"marker": "c"}},
        },
    )
    assert found.newest(found.places(["A", "B", "C"])).tolist() == [1, 1, -1]


@pytest.mark.parametrize(
    ("last", "published"),
    [
        ({"value": 5.0}, 1),
        ({"marker": "c"}, 1),
        ({"marker": "low"}, 1),
        ({"fault": "two figures"}, 1),
        ({"marker": "x"}, 0),
    ],
)
def test_a_period_is_out_when_a_figure_of_it_is_there_or_cannot_be_shown(last: dict, published: int):
    """What is only "not available" is listed by publishers before it is out."""
    found = grid(measure(), {"A": {"2017": {"value": 1.0}, "2018": last}})
    assert found.published == published


def test_nothing_is_out_where_no_figure_is():
    assert grid(measure(), {"A": {"2017": {"marker": "x"}}}).published == -1


def test_a_figure_rests_on_enough_people_from_the_smallest_base_on():
    bases = {"2016": 9.0, "2017": 10.0, "2018": 11.0}
    found = grid(measure(), {"A": {year: {"value": 50.0, "denominator": base} for year, base in bases.items()}})
    kept = found.with_base(10)
    assert np.isnan(kept.numbers["value"][0, :3]).tolist() == [True, False, False]
    assert np.isnan(kept.numbers["denominator"][0, :3]).tolist() == [True, False, False]


def test_a_figure_without_a_base_is_not_thin():
    found = grid(measure(), {"A": {"2018": {"value": 50.0, "denominator": math.nan}}})
    assert found.with_base(10).numbers["value"][0, 0] == 50.0


def test_two_rows_for_one_area_and_period_are_an_error():
    rows = rows_of({"A": {"2018": {"value": 1.0}}})
    with pytest.raises(ValueError, match="m: two rows for one area and period"):
        grids_of([measure()], pd.concat([rows, rows]))


def test_only_local_authorities_are_ranked_among_themselves():
    found = grid(
        measure(),
        {"E": {"2018": {"value": 1.0, "area_level": "National"}}, "A": {"2018": {"value": 2.0}}},
    )
    assert found.local.tolist() == [found.rows["A"]]


def test_each_figure_is_read_in_the_column_beside_its_row():
    found = grid(measure(), {"A": {"2017": {"value": 1.0}, "2018": {"value": 2.0}}, "B": {"2018": {"value": 3.0}}})
    read = found.at(found.places(["B", "A", "A"]), np.array([found.column("2018"), 0, -1], dtype=np.intp))
    assert read.value[:2].tolist() == [3.0, 1.0]
    assert np.isnan(read.value[2])
    assert read.period.tolist() == ["2018", "2017", ""]
    assert found.column("2020") == -1
