"""The projection of demand on every authority's plans, 2014 to 2022: how often its range held what was counted."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from toolkit.analysis.demand import backtest


@pytest.fixture(scope="module")
def plans(shared_file: Callable[[str], Path]) -> pd.DataFrame:
    """Plans and statements each January since the law of 2014, an authority a row and a year a column."""
    rows = pd.read_csv(shared_file("data/ees_ehcp_2022/sen2_age_caseload.csv"), dtype="str")
    rows = rows[(rows["geographic_level"] == "Local authority") & (rows["characteristic_age"] == "Total")]
    rows = rows.assign(
        year=rows["time_period"].astype("int64"), plans=pd.to_numeric(rows["Total_all"], errors="coerce")
    )
    table = rows[rows["year"] >= 2014].pivot_table(index="la_name", columns="year", values="plans").dropna()
    return table[(table > 0).all(axis=1)]


@pytest.fixture(scope="module")
def errors(plans: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([backtest(row.to_dict(), 3) for _, row in plans.iterrows()], ignore_index=True)


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_the_range_holds_what_it_promises(errors: pd.DataFrame, ahead: int):
    """A 95% range held at least 93 of 100 past counts, one, two and three years ahead."""
    found = errors[errors["year"] - errors["known_until"] == ahead]

    assert len(found) >= 140
    assert found["held"].mean() >= 0.93


def test_a_year_ahead_the_projection_is_near(errors: pd.DataFrame):
    """Half of the projections of the next January were within four in a hundred."""
    next_year = errors[errors["year"] - errors["known_until"] == 1]

    assert next_year["error_percent"].abs().median() <= 4
