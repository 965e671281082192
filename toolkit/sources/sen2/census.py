"""Census days of the collections, and ages as the collection counts them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from toolkit.errors import InputError, Problem

__all__ = ["CENSUS_DAYS", "age_on", "census_day", "school_year_start"]

CENSUS_DAYS = {
    2023: date(2023, 1, 19),
    2024: date(2024, 1, 18),
    2025: date(2025, 1, 16),
    2026: date(2026, 1, 15),
    2027: date(2027, 1, 21),
}
"""Collection → its day (witan.sen2; gov.uk guidance of September 2025)."""


def census_day(year: int, file: str) -> date:
    """The day of a collection; a year without one is an ``InputError``."""
    if year not in CENSUS_DAYS:
        years = f"{min(CENSUS_DAYS)} to {max(CENSUS_DAYS)}"
        what = f"there was no person-level collection of {year}"
        raise InputError(Problem(file, 0, what, f"the collections that can be read are {years}"))
    return CENSUS_DAYS[year]


def school_year_start(day: date) -> date:
    """31 August before ``day``: the day at which ages of plans in force are taken."""
    return date(day.year if (day.month, day.day) > (8, 31) else day.year - 1, 8, 31)


def age_on(births: pd.Series, days: pd.Series) -> pd.Series:
    """Whole years at ``days``; NaN where either is missing.

    >>> age_on(pd.Series(pd.to_datetime(["2015-08-31"])), pd.Series(pd.to_datetime(["2025-08-30"]))).tolist()
    [9.0]
    """
    before = (days.dt.month < births.dt.month) | ((days.dt.month == births.dt.month) & (days.dt.day < births.dt.day))
    years = (days.dt.year - births.dt.year).astype("float64")
    return pd.Series(years - before.astype("float64"), index=births.index)
