"""Steps about the dates of records: one row per case, answer, school or action."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd

from toolkit.quality.context import StepContext
from toolkit.quality.preparation.registry import ColumnName, ColumnNames, step
from toolkit.quality.preparation.words import texts
from toolkit.sources.days import parse_day

__all__: list[str] = []


def as_days(column: pd.Series) -> pd.Series:
    """A column of dates as timestamps: days in the forms in which people write them; NaT for any other text."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return column
    read = {text: _read_day(text) for text in column.dropna().unique()}
    return pd.to_datetime(pd.Series([read.get(text) for text in column], column.index, dtype="object"))


def _read_day(text: object) -> date | None:
    try:
        return parse_day(str(text))
    except ValueError:
        return None


@step("records", "days")
def days_between(table: pd.DataFrame, context: StepContext, *, first: ColumnName, then: ColumnName) -> pd.DataFrame:
    """``days`` from one date to another, below 0 where they are in the wrong order; NaN where either is blank."""
    return table.assign(days=(as_days(table[then]) - as_days(table[first])).dt.days)


@step("records", "days_before_cut_off")
def days_before_cut_off(table: pd.DataFrame, context: StepContext, *, date: ColumnName) -> pd.DataFrame:
    """``days_before_cut_off``: below 0 where the date lies after the review's cut-off."""
    return table.assign(days_before_cut_off=(pd.Timestamp(context.review.cut_off) - as_days(table[date])).dt.days)


@step("records", "days_before_cut_off")
def latest_before_cut_off(table: pd.DataFrame, context: StepContext, *, among: ColumnNames) -> pd.DataFrame:
    """``days_before_cut_off`` of the latest of these dates of the row, below 0 where it lies after the cut-off."""
    latest = pd.DataFrame({column: as_days(table[column]) for column in among}).max(axis=1)
    return table.assign(days_before_cut_off=(pd.Timestamp(context.review.cut_off) - latest).dt.days)


@step("records", "age")
def age_on(table: pd.DataFrame, context: StepContext, *, born: ColumnName, on: ColumnName) -> pd.DataFrame:
    """``age`` in whole years on the day in the column ``on``; NaN where either is blank."""
    first, day = as_days(table[born]), as_days(table[on])
    before_birthday = (day.dt.month * 100 + day.dt.day) < (first.dt.month * 100 + first.dt.day)
    return table.assign(age=day.dt.year - first.dt.year - before_birthday)


@step("records", "date_read")
def date_read(table: pd.DataFrame, context: StepContext, *, date: ColumnName) -> pd.DataFrame:
    """``date_read``: yes, no (there is text that is not a possible date) or blank."""
    blank = table[date].isna() | (texts(table[date]).str.strip() == "")
    if "problems" in table.columns:
        blank &= ~table["problems"].str.contains(rf"(?:^|; ){re.escape(date)}: ", regex=True)
    codes = as_days(table[date]).notna().map({True: "yes", False: "no"}).astype("str").mask(blank, "blank")
    return table.assign(date_read=codes)


@step("records", "year")
def year_of(table: pd.DataFrame, context: StepContext, *, date: ColumnName) -> pd.DataFrame:
    """``year`` of the date; NaN where it is blank or not a day."""
    return table.assign(year=as_days(table[date]).dt.year)


@step("records", "weekday")
def weekday(table: pd.DataFrame, context: StepContext, *, date: ColumnName) -> pd.DataFrame:
    """``weekday``: 1 for Monday to 7 for Sunday; NaN where the date is blank."""
    return table.assign(weekday=as_days(table[date]).dt.day_of_week + 1)


@step("records", "percent_same_day")
def days_repeated(table: pd.DataFrame, context: StepContext, *, date: ColumnName, at_least: int = 50) -> pd.DataFrame:
    """``percent_same_day``: the share of dated rows with the row's day; NaN where fewer than ``at_least`` have one.

    A day that stands for many is one that was typed for want of the true one, or that of a transfer between systems.
    """
    read = as_days(table[date])
    share = 100 * read.groupby(read).transform("size") / max(int(read.notna().sum()), 1)
    return table.assign(percent_same_day=share if read.notna().sum() >= at_least else float("nan"))


@step("records", "month", "place", "rows_in_month", "percent_of_usual", keeps=False, counts="month")
def rows_by_month(table: pd.DataFrame, context: StepContext, *, date: ColumnName, at_least: int = 20) -> pd.DataFrame:
    """One row per month from the first date to the last: ``rows_in_month``, 0 for a month without rows.

    ``percent_of_usual`` is that number in percent of the median of the twelve months before and after; NaN in the first
    and the last month, of which a part may be missing, and where fewer than ``at_least`` are usual.
    """
    months = as_days(table[date]).dropna().dt.to_period("M")
    every = pd.period_range(months.min(), months.max(), freq="M") if len(months) else pd.PeriodIndex([], freq="M")
    count = months.value_counts().reindex(every, fill_value=0).astype("float64")
    usual = count.rolling(25, center=True, min_periods=6).median()
    percent = (100 * count / usual.where(usual >= at_least)).to_numpy(copy=True)
    percent[:1] = percent[-1:] = float("nan")
    names = pd.Series([str(month) for month in every], dtype="str")
    return pd.DataFrame(
        {"month": names, "place": "", "rows_in_month": count.to_numpy().astype("int64"), "percent_of_usual": percent}
    )


@step("records", "days_since_newest", "place", keeps=False, counts="newest_row")
def newest_row(table: pd.DataFrame, context: StepContext, *, date: ColumnName) -> pd.DataFrame:
    """One row: ``days_since_newest``, from the newest date in the column to the cut-off."""
    newest = as_days(table[date]).max()
    return pd.DataFrame({"days_since_newest": [(pd.Timestamp(context.review.cut_off) - newest).days], "place": [""]})
