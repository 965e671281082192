"""Lines over time: a hidden neighbour takes the mean's figure out, since the mean and the others would give it back."""

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from grids import measure, rows_of

from toolkit.analysis import Setting, ages_of, coverage_of, series_of
from toolkit.frames import OBSERVATIONS
from toolkit.params import ReviewYear

NAN = math.nan
REVIEW = ReviewYear.model_construct()
SETTING = Setting("A", "E", "R", ("N1", "N2"), REVIEW, minimum_base=10)


def lines(figures: dict) -> pd.DataFrame:
    rows = rows_of(figures)
    named = rows.assign(area_name="the name of " + rows["area_code"])
    return series_of(measure(), named, SETTING).set_index(["line", "period"])


def test_the_neighbours_line_is_the_plain_mean_of_their_values():
    found = lines({"N1": {"2018": {"value": 10.0}}, "N2": {"2018": {"value": 20.0}}, "X": {"2018": {"value": 90.0}}})
    row = found.loc["neighbours", "2018"]
    assert (row["value"], row["marker"], row["name"]) == (15.0, "", "")
    assert math.isnan(row["low"])
    assert math.isnan(row["high"])


def test_a_hidden_neighbour_hides_the_mean_of_its_period_and_of_no_other():
    found = lines(
        {
            "N1": {"2017": {"value": 10.0}, "2018": {"value": 10.0}},
            "N2": {"2017": {"value": 20.0}, "2018": {"value": NAN, "marker": "c"}},
        }
    ).loc["neighbours"]
    assert found.loc["2017", ["value", "marker"]].tolist() == [15.0, ""]
    assert math.isnan(found.loc["2018", "value"])
    assert found.loc["2018", "marker"] == "c"


@pytest.mark.parametrize("marker", ["x", "low", "z"])
def test_a_neighbour_that_has_no_figure_is_left_out_of_the_mean(marker: str):
    found = lines({"N1": {"2018": {"value": 10.0}}, "N2": {"2018": {"value": NAN, "marker": marker}}})
    assert found.loc["neighbours", "2018"][["value", "marker"]].tolist() == [10.0, ""]


def test_where_no_neighbour_has_a_figure_the_mean_is_not_available():
    row = lines({"N1": {"2018": {"value": NAN, "marker": "x"}}}).loc["neighbours", "2018"]
    assert math.isnan(row["value"])
    assert row["marker"] == "x"


def test_lines_come_in_the_order_authority_england_neighbours():
    found = lines(
        {"N1": {"2018": {"value": 1.0}}, "E": {"2018": {"value": 2.0}}, "A": {"2018": {"value": 3.0, "low": 2.5}}}
    )
    assert found.index.tolist() == [("authority", "2018"), ("England", "2018"), ("neighbours", "2018")]
    assert found["value"].tolist() == [3.0, 2.0, 1.0]
    assert found["name"].tolist() == ["the name of A", "the name of E", ""]
    assert found["low"].tolist()[0] == 2.5


def test_figures_of_another_measure_are_in_no_line():
    rows = rows_of({"A": {"2018": {"value": 3.0}}})
    rows = pd.concat([rows, rows.assign(measure="other", value=9.0)])
    assert series_of(measure(), rows, SETTING)["value"].tolist() == [3.0]


def lines_of_a_new_body(unit: str) -> pd.DataFrame:
    """A began in April 2018 and followed B; B has figures up to the end of 2017."""
    figures = {
        "A": {"2018": {"value": 30.0}},
        "B": {"2016": {"value": 10.0}, "2017": {"value": 20.0}},
        "E": {year: {"value": 50.0} for year in ("2016", "2017", "2018")},
    }
    rows = rows_of(figures)
    new = replace(SETTING, began=date(2018, 4, 1), followed=("B",))
    given = measure().model_copy(update={"unit": unit})
    return series_of(given, rows.assign(area_name="the name of " + rows["area_code"]), new).set_index(
        ["line", "period"]
    )


def test_before_a_body_began_its_own_line_says_so_and_the_one_that_it_followed_has_a_line():
    found = lines_of_a_new_body("percent")

    assert found.loc["authority", "marker"].to_dict() == {"2016": "no body", "2017": "no body", "2018": ""}
    assert found.loc["authority", "name"].unique().tolist() == ["the name of A"]
    assert found.loc["before 1", "value"].to_dict() == {"2016": 10.0, "2017": 20.0}


def test_a_count_of_the_body_before_is_of_another_area_and_has_no_line():
    found = lines_of_a_new_body("number")

    assert found.loc["authority", "marker"].tolist() == ["no body", "no body", ""]
    assert set(found.index.get_level_values("line")) == {"authority", "England"}


def observed(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    empty = {name: "" for name, (kind, _) in OBSERVATIONS.columns.items() if kind == "str"}
    given = [
        empty | {"area_code": "A", "source": source, "basis": basis, "period": period, "value": value}
        for source, basis, period, value in rows
    ]
    frame = pd.DataFrame(given, columns=list(OBSERVATIONS.columns))
    return OBSERVATIONS.validate(pd.concat([frame, frame.assign(area_code="B")]))


TITLES = {"s2": "Second", "s1": "First", "s3": "Never read"}
SEEN = (
    ("s1", "calendar year", "2017", 1.0),
    ("s1", "calendar year", "2018", 1.0),
    ("s1", "calendar year", "2018", NAN),
    ("s2", "academic year", "2017/18", 1.0),
    ("s2", "calendar year", "2016", 1.0),
)


def test_coverage_counts_the_authoritys_figures_by_the_year_in_which_they_end():
    found = coverage_of(observed(*SEEN), "A", TITLES)
    assert found.index.tolist() == ["Second", "First"]
    assert found.columns.tolist() == [2016, 2017, 2018]
    assert (found.index.name, found.columns.name) == ("source", "year")
    assert found.loc["First"].fillna(0).tolist() == [0, 1, 1]
    assert found.loc["Second"].fillna(0).tolist() == [1, 0, 1]


def test_the_age_of_a_source_is_that_of_its_newest_period_of_each_basis():
    """To 30 April 2019: 2018 ended four months ago, the school year 2017/18 eight months."""
    found = ages_of(observed(*SEEN), "A", TITLES, date(2019, 4, 30))
    assert found.index.tolist() == ["Second", "First"]
    assert found.loc["First", "calendar year"] == 4
    assert found.loc["Second", "calendar year"] == 28
    assert found.loc["Second", "academic year"] == 8
    assert math.isnan(found.loc["First", "academic year"])


def test_an_authority_without_figures_has_no_coverage_and_no_ages():
    assert coverage_of(observed(*SEEN), "nobody", TITLES).empty
    assert ages_of(observed(*SEEN), "nobody", TITLES, date(2019, 4, 30)).empty


def test_the_neighbours_line_has_no_row_for_a_period_that_none_of_them_has():
    found = lines({"A": {"2017": {"value": 1.0}, "2018": {"value": 2.0}}, "N1": {"2018": {"value": 5.0}}})
    assert found.index.tolist() == [("authority", "2017"), ("authority", "2018"), ("neighbours", "2018")]
    assert list(found.columns) == ["name", "value", "low", "high", "marker"]


def test_the_age_of_a_month_that_ends_after_the_cut_off_is_below_none():
    seen = ("s1", "month", "2019-05", 1.0), ("s1", "month", "2019-03", 1.0)
    assert ages_of(observed(*seen), "A", TITLES, date(2019, 4, 30)).to_numpy().tolist() == [[-1]]
