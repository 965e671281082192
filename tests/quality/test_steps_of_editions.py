"""Steps that look at an edition as a whole, or at the dates of its rows: values worked out by hand."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest
from quality_examples import example_context, figures

from toolkit.quality import SourceFacts
from toolkit.quality.context import StepContext
from toolkit.quality.preparation import STEPS

AREAS = ("Leicestershire", "Derbyshire", "Lincolnshire")


def step(name: str, table: pd.DataFrame, last: Mapping[str, pd.DataFrame] | None = None, **given: Any) -> pd.DataFrame:
    context = StepContext(example_context({"here": SourceFacts("Us")}), "here", {"here": dict(last or {})})
    return STEPS[name].prepare(table, context, **given)


def series(values: Sequence[float | str], areas: Sequence[str] = AREAS) -> pd.DataFrame:
    """The same values in each area, from 2014 on; a place a row."""
    rows = [
        {"area": area, "period": str(2014 + year), "value": value}
        for area in areas
        for year, value in enumerate(values)
    ]
    table = figures(rows)
    return table.assign(place=[f"a.csv:{line:02}" for line in range(2, len(table) + 2)])


@pytest.mark.parametrize(
    ("values", "times"),
    [
        ([100, 110, 121, 133.1], 1),
        ([100, 110, 121, 1331], 10),
        ([100, 110, 121, 13.31], 10),
        ([100, 150], 1.5),
        ([100, 50], 2),
        ([1, 1, 1, 0.5], 2),
        ([0, 100, 110, 121], 1),
        ([0, 100, 0, 100, 110], 1.1),
    ],
)
def test_a_common_change_is_that_beyond_the_usual_one(values: list[float], times: float) -> None:
    """Of a rise of 10% a year; up or down; without years before it, the change itself."""
    table = series(values)
    (row,) = step("common_change", table, at_least=3).to_dict("records")

    newest = str(2013 + len(values))
    assert row["times_changed"] == pytest.approx(times)
    assert (row["period"], row["item"]) == (newest, table["item"][0])
    assert row["place"] == table.loc[table["period"] == newest, "place"].min()


def test_a_common_change_needs_enough_authorities() -> None:
    assert len(step("common_change", series([10, 20]), at_least=3)) == 1
    assert step("common_change", series([10, 20]), at_least=4).empty
    assert step("common_change", series([10, 20], [*AREAS[:2], "England"]), at_least=3).empty


@pytest.mark.parametrize(
    ("last", "now", "gone"),
    [
        (["a", "b", "c", "d"], ["a", "b", "e"], [50.0]),
        (["a", "b", "c", "d"], ["a", "b", "c", "d", "e"], [0.0]),
        (["a", "", "b"], ["a"], [50.0]),
        (["a"], ["b", ""], [100.0]),
        ([], ["a"], []),
        ([""], ["a"], []),
    ],
)
def test_cases_gone_are_a_share_of_those_of_the_last_edition(
    last: list[str], now: list[str], gone: list[float]
) -> None:
    """Blank references do not count; without a last edition there is no row."""
    before = {"last records": pd.DataFrame({"reference": pd.Series(last, dtype="str")})}
    found = step("cases_gone", pd.DataFrame({"reference": now}), before, reference="reference")

    assert found["percent_gone"].tolist() == gone
    assert found["place"].tolist() == [""] * len(gone)


def test_the_newest_period_of_each_item_and_basis_says_how_long_it_took() -> None:
    """2017 ended 151 days before the end of May 2018; of two days of one period the earlier counts."""
    rows = [
        {"item": "a", "period": "2016", "published": "2017-05-31"},
        {"item": "a", "period": "2017", "published": "2018-06-30"},
        {"item": "a", "period": "2017", "published": "2018-05-31", "area": "Derbyshire"},
        {"item": "a", "period": "2016/17", "basis": "academic year", "published": "2017-12-31"},
        {"item": "b", "period": "2016", "published": "2017-01-10"},
    ]
    found = step("newest_published", figures(rows)).set_index(["item", "basis"])

    assert found["days_until_published"].to_dict() == {
        ("a", "academic year"): 122,
        ("a", "calendar year"): 151,
        ("b", "calendar year"): 10,
    }
    assert found["period"].tolist() == ["2016/17", "2017", "2016"]


def dated(counts: Sequence[int]) -> pd.DataFrame:
    """So many rows in each month from January 2018 on."""
    months = pd.period_range("2018-01", periods=len(counts), freq="M")
    days = [f"{month}-15" for month, count in zip(months, counts, strict=True) for _ in range(count)]
    return pd.DataFrame({"day": pd.to_datetime([*days, ""], errors="coerce")})


def test_a_month_is_compared_with_the_usual_one_of_the_year_around_it() -> None:
    """Of 20 rows a month: half, and none; the first and the last month may not be whole."""
    found = step("rows_by_month", dated([20, 20, 10, 20, 0, 20, 20, 20]), date="day")

    assert found["rows_in_month"].tolist() == [20, 20, 10, 20, 0, 20, 20, 20]
    assert found["month"].tolist()[:2] == ["2018-01", "2018-02"]
    percents = found["percent_of_usual"].tolist()
    assert percents[1:-1] == [100, 50, 100, 0, 100, 100]
    assert math.isnan(percents[0])
    assert math.isnan(percents[-1])
    assert found["place"].unique().tolist() == [""]


@pytest.mark.parametrize(
    ("counts", "known"), [([20] * 6, 4), ([20] * 5, 0), ([19] * 6, 0), ([20] * 13 + [40] * 13, 24), ([], 0)]
)
def test_a_month_needs_six_months_and_enough_rows(counts: list[int], known: int) -> None:
    found = step("rows_by_month", dated(counts), date="day")

    assert len(found) == len(counts)
    assert found["percent_of_usual"].notna().sum() == known


def test_the_usual_month_is_that_of_twelve_months_before_and_after() -> None:
    """Of 26 months the 13th sees the first 25, the 14th the last 25."""
    found = step("rows_by_month", dated([20] * 13 + [40] * 13), date="day")["percent_of_usual"]

    assert (found[12], found[13]) == (100, 100)
    assert (found[1], found[24]) == (100, 100)


@pytest.mark.parametrize(("at_least", "percents"), [(4, [50.0, 50.0, 25.0, 25.0]), (5, [])])
def test_a_day_has_a_share_of_the_dated_rows(at_least: int, percents: list[float]) -> None:
    days = pd.to_datetime(["2018-01-01", "2018-01-01", "2018-01-02", "2018-01-03", None])
    found = step("days_repeated", pd.DataFrame({"day": days}), date="day", at_least=at_least)

    assert found["percent_same_day"].dropna().tolist() == percents


def test_without_a_dated_row_no_day_has_a_share() -> None:
    days = pd.to_datetime(pd.Series([None, None], dtype="object"))
    assert step("days_repeated", pd.DataFrame({"day": days}), date="day", at_least=0)["percent_same_day"].isna().all()


@pytest.mark.parametrize(("before", "now", "flow", "unexplained"), [(100, 130, 20, 10), (1, 2, 1, 0), (0, 5, 3, None)])
def test_growth_beyond_the_flow_is_a_share_of_the_stock_before(
    before: float, now: float, flow: float, unexplained: float | None
) -> None:
    """Nothing is a share of none."""
    rows = [
        {"item": "stock", "period": "2018", "basis": "January census", "value": before},
        {"item": "stock", "period": "2019", "basis": "January census", "value": now},
        {"item": "flow", "period": "2018", "basis": "calendar year", "value": flow},
    ]
    found = step("stock_and_flow", figures(rows), stock="stock", flow="flow").set_index("period")

    assert found.loc["2019", "growth"] == now - before
    share = found.loc["2019", "unexplained"]
    assert math.isnan(share) if unexplained is None else share == unexplained


def test_nothing_is_no_level_to_compare() -> None:
    """An authority without any is neither above nor below the others."""
    values = {"Essex": 0, "Kent": 10, "Devon": 10, "Leicestershire": 20, "Derbyshire": 10, "Lincolnshire": 10}
    rows = [
        {"area": area, "period": year, "value": v} for area, v in values.items() for year in ("2015", "2016", "2017")
    ]
    found = step("level_among_areas", figures(rows)).set_index("area_name")["times_off"].round(9)

    assert found["Essex"].isna().all()
    assert set(found["Leicestershire"]) == {2}
    assert set(found["Kent"]) == {1}
