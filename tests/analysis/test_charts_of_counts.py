"""The chart of months with counts, row by row: which figures count, and what a row holds."""

import math
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from monthly_examples import measure_of, months_from

from toolkit.analysis.counted_months import chart_of_counts, counts_of
from toolkit.params import Measure

NAN = math.nan


def numbers() -> Measure:
    return measure_of({"measure": {"polarity": "none"}}).model_copy(
        update={"unit": "number", "value": "v", "numerator": (), "denominator": ()}
    )


def shares() -> Measure:
    return measure_of({"measure": {"polarity": "high"}})


def months(values: list[float], above: list[float] | None = None, below: list[float] | None = None) -> pd.DataFrame:
    """Figures by label of the month from January 2016."""
    given = {"value": values, "marker": "", "numerator": above or NAN, "denominator": below or NAN}
    return pd.DataFrame(given, index=months_from("2016-01", len(values)))


def test_whole_numbers_are_counts_of_one_month_each() -> None:
    """A month without a figure has neither a count nor an exposure."""
    count, base = counts_of(numbers(), months([3.0, NAN, 0.0])) or ()
    assert list(count) == pytest.approx([3.0, NAN, 0.0], nan_ok=True)
    assert list(base) == pytest.approx([1.0, NAN, 1.0], nan_ok=True)


def test_a_number_with_a_fraction_makes_none_of_them_counts() -> None:
    assert counts_of(numbers(), months([3.0, 4.5, 5.0])) is None


def test_shares_have_the_counts_that_stand_behind_every_figure() -> None:
    """A base of one person is a base; a month without a figure needs none."""
    count, base = counts_of(shares(), months([100.0, NAN, 0.0], [1.0, 5.0, 0.0], [1.0, 9.0, 4.0])) or ()
    assert list(count) == pytest.approx([1.0, NAN, 0.0], nan_ok=True)
    assert list(base) == pytest.approx([1.0, NAN, 4.0], nan_ok=True)


@pytest.mark.parametrize(
    ("above", "below"),
    [([1.0, NAN], [2.0, 2.0]), ([1.0, 1.0], [2.0, 0.0]), ([1.0, 1.0], [2.0, NAN])],
    ids=["no count", "nobody", "no base"],
)
def test_one_figure_without_counts_makes_none_of_them_counts(above: list[float], below: list[float]) -> None:
    assert counts_of(shares(), months([50.0, 50.0], above, below)) is None
    assert chart_of_counts(shares(), months([50.0, 50.0], above, below), np.zeros(2)) is None


USUAL = [20.0, 22.0, 18.0, 21.0, 19.0, 20.0] * 4


@pytest.mark.parametrize(
    ("odd", "cause", "side"), [(60.0, "above the upper limit", 1.0), (0.0, "below the lower limit", -1.0)]
)
def test_a_row_holds_the_months_level_limits_and_cause(odd: float, cause: str, side: float) -> None:
    """Twenty a month, one month apart: it alone has a cause and a side."""
    values = USUAL * 2
    values[20] = odd
    chart = chart_of_counts(numbers(), months(values), np.zeros(48))
    assert chart is not None
    others = chart.drop(index=20)
    assert (chart["cause"][20], chart["side"][20]) == (cause, side)
    assert set(others["cause"]) == {"common cause"}
    assert set(others["side"]) == {0.0}
    assert (others["low"] < others["value"]).all()
    assert (others["value"] < others["high"]).all()
    assert set(chart["since"]) == {""}
    assert chart["shift"].isna().all()


def test_a_month_without_a_figure_has_an_empty_row() -> None:
    """Nothing is common or too few about it."""
    values = [*USUAL, NAN]
    row = chart_of_counts(numbers(), months(values), np.zeros(25)).iloc[-1]  # type: ignore[union-attr]
    assert (row["cause"], row["since"], row["side"]) == ("", "", 0.0)
    assert math.isnan(row["mean"])


def test_with_under_two_years_no_month_is_judged() -> None:
    """Each row says so, with neither level nor limits."""
    chart = chart_of_counts(numbers(), months(USUAL[:23]), np.zeros(23))
    assert chart is not None
    assert set(chart["cause"]) == {"too few months"}
    assert chart[["mean", "low", "high", "shift"]].isna().all(axis=None)
    assert set(chart["since"]) == {""}
    assert set(chart["side"]) == {0.0}


def test_the_level_of_a_share_is_in_per_cent() -> None:
    """Nine of ten in each of 24 months."""
    chart = chart_of_counts(shares(), months([90.0] * 24, [45.0] * 24, [50.0] * 24), np.zeros(24))
    assert chart is not None
    assert chart["mean"].to_numpy() == pytest.approx(np.full(24, 90.0), abs=0.5)


def test_a_new_level_names_its_first_month_and_its_size() -> None:
    """Requests double in January 2018."""
    values = [*USUAL, *(2 * value for value in USUAL[:12])]
    chart = chart_of_counts(numbers(), months(values), np.zeros(36))
    assert chart is not None
    new = chart.iloc[24:]
    assert set(new["since"]) == {"2018-01"}
    assert set(new["cause"]) == {"higher level"}
    assert new["shift"].to_numpy() == pytest.approx(np.full(12, 100.0), abs=10)
    assert set(chart["since"].iloc[:24]) == {""}
