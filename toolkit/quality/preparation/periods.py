"""Steps that compare periods with dates: labels, publication, the cut-off, the calendar, the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.registry import step
from toolkit.sources.faults import read_distinct
from toolkit.sources.periods import Period, parse_period

__all__: list[str] = []


def period_of(label: str, basis: str) -> Period | None:
    """The period, or None where the label is not written as its basis is: 2018, 2017/18 or 2018-04."""
    try:
        period = parse_period(label, basis)
    except ValueError:
        return None
    return period if period.label == label else None


def ends(table: pd.DataFrame) -> pd.Series:
    """The last day of each row's period as a timestamp; NaT where the label does not fit."""
    periods, at = read_distinct(table, ["period", "basis"], period_of)
    days_of_end = pd.to_datetime(pd.Series([p.end if p else None for p in periods], dtype="object"))
    return days_of_end.astype("datetime64[s]").take(at).set_axis(table.index)


def days(text: pd.Series) -> pd.Series:
    """ISO dates as timestamps; NaT for anything else."""
    return pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")


@step("observations", "period_fits")
def period_form(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``period_fits``: yes where the label is written as its basis is (2018, 2017/18, 2018-04), else no."""
    fits = ends(table).notna().map({True: "yes", False: "no"})
    return table.assign(period_fits=fits.astype("str"))


@step("observations", "days_after_period", "days_before_cut_off", "published_read")
def publication(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """Days from the end of the period to its publication, and from there to the cut-off; below 0 in the wrong order.

    ``published_read`` is no where the date of publication is not a day, and blank where there is none.
    """
    published = days(table["published"])
    read = published.notna().map({True: "yes", False: "no"}).astype("str").mask(table["published"] == "", "")
    return table.assign(
        days_after_period=(published - ends(table)).dt.days,
        days_before_cut_off=(pd.Timestamp(context.review.cut_off) - published).dt.days,
        published_read=read,
    )


@step("observations", "bases_of_item")
def bases(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``bases_of_item``: how many bases of the item have as many rows as the row's own, or more; 1 on the usual one."""
    rows = table.groupby(["item", "basis"]).size()
    ranks = rows.groupby("item").rank(method="max", ascending=False).rename("bases_of_item").reset_index()
    return table.merge(ranks, on=["item", "basis"], how="left").set_index(table.index)


@step("observations", "item", "basis", "period", "place", "periods_behind", keeps=False)
def newest_period(
    table: pd.DataFrame, context: StepContext, *, known_gaps: Mapping[str, list[str]] | None = None
) -> pd.DataFrame:
    """One row per item: ``periods_behind``, how many periods after its newest one were due by the publication calendar.

    ``known_gaps`` (basis → periods that were never published) are not counted. Bases that are not in the calendar are
    left out.
    """
    calendar = context.review.calendar
    listed = calendar[calendar["source"] == context.source]
    lags = {str(basis): int(lag) for basis, lag in zip(listed["basis"], listed["lag_months"], strict=True)}
    newest = table.sort_values("period").groupby(["item", "basis"], as_index=False).last()
    newest = newest[newest["basis"].isin(list(lags))]
    if newest.empty:
        raise CannotCheckError(Found.NOT_IN_CALENDAR, source=context.source)
    cut_off, gaps = context.review.cut_off, known_gaps or {}
    due = {basis: _periods_due(cut_off, basis, lag, gaps.get(basis, [])) for basis, lag in lags.items()}
    behind = [_count_behind(p, b, due[b]) for p, b in zip(newest["period"], newest["basis"], strict=True)]
    return newest.assign(periods_behind=behind)[["item", "basis", "period", "place", "periods_behind"]]


def _count_behind(newest: str, basis: str, due: list[str]) -> float:
    return float(sum(label > newest for label in due)) if period_of(newest, basis) else float("nan")


def _periods_due(cut_off: date, basis: str, lag_months: int, known_gaps: list[str]) -> list[str]:
    """The twelve newest periods that were due by the cut-off, without known gaps. A period is due on the last day of
    the month that is ``lag_months`` after the month in which it ends."""
    period = parse_period(f"{cut_off.year}-12" if basis == "month" else str(cut_off.year + 1), basis)
    due: list[str] = []
    while len(due) < 12:
        if pd.Timestamp(period.end) + pd.offsets.MonthEnd(lag_months) <= pd.Timestamp(cut_off):
            due.append(period.label)
        period = period.before()
    return [label for label in due if label not in known_gaps]


@step("observations", "item", "basis", "period", "place", "baseline_numbers", keeps=False)
def baseline(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """One row per item of the authority: ``baseline_numbers``, its rows with a number at the review's baseline period
    of the item's basis.

    Items whose basis has no baseline, and those that only measures without a baseline use, are left out.
    """
    own = table[table["area_code"] == context.review.words.get("authority_code")]
    items = own[["item", "basis"]].drop_duplicates()
    items = items[items["basis"].isin(list(context.review.baseline))]
    wanted = items.assign(period=items["basis"].map(context.review.baseline).astype("str"))
    numbers = own.groupby(["item", "basis", "period"]).agg(baseline_numbers=("value", "count"), place=("place", "min"))
    joined = wanted.merge(numbers.reset_index(), on=["item", "basis", "period"], how="left")
    return joined.assign(baseline_numbers=joined["baseline_numbers"].fillna(0), place=joined["place"].fillna(""))
