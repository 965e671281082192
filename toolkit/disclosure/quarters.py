"""Months that are too small to be shown, pooled into quarters where that hides nothing and gives nothing back.

A series has one form for its whole length, the same in every table and chart: months where none is small, else
quarters where none of those is small, else months of which some are hidden. It becomes quarters only while readers
have none of its months and no year that begins inside a quarter: less these, a quarter would give a month back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from toolkit.disclosure.cells import is_small
from toolkit.params.words import QUARTER
from toolkit.sources import Period, parse_period

__all__ = ["GAPS", "MONTHS", "QUARTERS", "SeriesOfPeople", "add_quarters", "form_of", "quarter_of"]

MONTHS, GAPS, QUARTERS = "months", "months, some hidden", "quarters"
"""The forms of a series."""

ALIGNED = ("calendar year", "financial year")
"""The bases of years that are made of whole quarters."""


@dataclass(frozen=True)
class SeriesOfPeople:
    """Counts by month that belong together: a column an item, a row a month, for one authority.

    ``parts`` are (whole, part) pairs of items: the rest of a whole is a count of people too. ``sums`` are the items
    that a measure adds up. ``bases`` are those of the longer periods whose totals are published too.
    """

    counts: pd.DataFrame
    parts: Sequence[tuple[str, str]] = ()
    sums: Collection[tuple[str, ...]] = ()
    bases: Collection[str] = ()


def quarter_of(month: str) -> str:
    """Label of the quarter in which a month lies: ``quarter_of("2018-05")`` is "2018-Q2"."""
    return Period.containing(parse_period(month, "month").start, QUARTER).label


def form_of(series: SeriesOfPeople, threshold: int, before: Iterable[str] = (), can_be_pooled: bool = True) -> str:
    """The form in which the series is shown; ``before`` are those in which reviews printed any of its items."""
    printed = set(before)
    if printed == {QUARTERS}:
        return QUARTERS
    if GAPS in printed:
        return GAPS
    if not _any_small(series, series.counts, threshold):
        return GAPS if QUARTERS in printed else MONTHS
    quarters = _by_quarter(series.counts)
    aligned = set(series.bases) <= set(ALIGNED)
    can_be_pooled = can_be_pooled and aligned and not printed
    return QUARTERS if can_be_pooled and len(quarters) and not _any_small(series, quarters, threshold) else GAPS


def _any_small(series: SeriesOfPeople, counts: pd.DataFrame, threshold: int) -> bool:
    columns = [counts[item] for item in counts.columns]
    columns += [counts[whole] - counts[part] for whole, part in series.parts]
    columns += [counts[list(items)].sum(axis=1) for items in series.sums]
    return any(is_small(count, threshold) for column in columns for count in column)


def _by_quarter(counts: pd.DataFrame) -> pd.DataFrame:
    """The quarters of which every month is there."""
    groups = counts.groupby([quarter_of(month) for month in counts.index])
    return groups.sum()[groups.size() == 3]


def add_quarters(observations: pd.DataFrame, items: Collection[tuple[str, str, str]]) -> pd.DataFrame:
    """OBSERVATIONS with a row a quarter for each (source, item, breakdown) of ``items``, where every month has a value.

    The last of its months says when it was published, and where.
    """
    mine = [key in items for key in zip(*(observations[c] for c in ("source", "item", "breakdown")), strict=True)]
    months = observations[pd.Series(mine, observations.index, dtype=bool) & (observations["basis"] == "month")]
    months = months[months["value"].notna()].sort_values("period", kind="stable")
    if months.empty:
        return observations
    months = months.assign(period=months["period"].map(quarter_of), basis=QUARTER)
    groups = months.groupby(["source", "item", "area_code", "breakdown", "period"], sort=False)
    complete = groups["value"].transform("size") == 3
    totals = months.assign(value=groups["value"].transform("sum"))[complete]
    newest = totals.drop_duplicates(["source", "item", "area_code", "breakdown", "period"], keep="last")
    return pd.concat([observations, newest], ignore_index=True)
