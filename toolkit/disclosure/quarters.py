"""Months that are too small to be shown, pooled into quarters where that hides nothing and gives nothing back.

A series has one form for its whole length, the same in every table and chart: months where none is small, else
quarters where none of those is small, else months of which some are hidden. Which it is depends on what readers have:
once quarters were printed there are no more months, and where some months were hidden there are no quarters, whose
sums would give those back.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd

from toolkit.disclosure.cells import Line, is_small
from toolkit.disclosure.sums import cells_worked_out
from toolkit.params.words import QUARTER, periods_a_year
from toolkit.sources import Period, parse_period

__all__ = ["GAPS", "MONTHS", "QUARTERS", "MonthForm", "SeriesOfPeople", "add_quarters", "form_of", "quarter_of"]

MONTHS, GAPS, QUARTERS = "months", "months, some hidden", "quarters"
"""The forms of a series."""


class MonthForm(NamedTuple):
    """The form in which a series was printed, and the last month that was printed in full: "" where none was."""

    form: str
    last: str = ""


@dataclass(frozen=True)
class SeriesOfPeople:
    """Counts by month that belong together: a column an item, a row a month, for one authority.

    ``parts`` are (whole, part) pairs of items: the rest of a whole is a count of people too. ``sums`` are the items
    that a measure adds up. ``years`` is (label, basis) → item → the total that is published beside the months.
    """

    counts: pd.DataFrame
    parts: Sequence[tuple[str, str]] = ()
    sums: Collection[tuple[str, ...]] = ()
    years: Mapping[tuple[str, str], Mapping[str, float]] = field(default_factory=dict)


def quarter_of(month: str) -> str:
    """Label of the quarter in which a month lies: ``quarter_of("2018-05")`` is "2018-Q2"."""
    return Period.containing(parse_period(month, "month").start, QUARTER).label


def form_of(
    series: SeriesOfPeople, threshold: int, before: Iterable[MonthForm] = (), can_be_pooled: bool = True
) -> MonthForm:
    """The form in which the series is shown; ``before`` are those in which reviews printed any of its items."""
    printed = list(before)
    last = max((form.last for form in printed), default="")
    if any(form.form == QUARTERS for form in printed):
        return MonthForm(QUARTERS, last)
    if any(form.form == GAPS for form in printed):
        return MonthForm(GAPS, last)
    if not _any_small(series, series.counts, threshold):
        return MonthForm(MONTHS, str(series.counts.index.max()) if len(series.counts) else last)
    quarters = _by_quarter(series.counts)
    whole = can_be_pooled and len(quarters) > 0 and not _any_small(series, quarters, threshold)
    fits = whole and not _small_worked_out(series, quarters, threshold, last)
    return MonthForm(QUARTERS if fits else GAPS, last)


def _any_small(series: SeriesOfPeople, counts: pd.DataFrame, threshold: int) -> bool:
    columns = [counts[item] for item in counts.columns]
    columns += [counts[whole] - counts[part] for whole, part in series.parts]
    columns += [counts[list(items)].sum(axis=1) for items in series.sums]
    return any(is_small(count, threshold) for column in columns for count in column)


def _by_quarter(counts: pd.DataFrame) -> pd.DataFrame:
    """The quarters of which every month is there."""
    groups = counts.groupby([quarter_of(month) for month in counts.index])
    return groups.sum()[groups.size() == 3]


def _small_worked_out(series: SeriesOfPeople, quarters: pd.DataFrame, threshold: int, last: str) -> bool:
    """Would quarters, years and the months up to ``last``, which readers have, give a small count back?"""
    months = series.counts.assign(**{f"{w} - {p}": series.counts[w] - series.counts[p] for w, p in series.parts})
    counts: dict[Hashable, float] = {(item, month): months[item][month] for item in months for month in months.index}
    lines = [Line((w, month), ((p, month), (f"{w} - {p}", month))) for w, p in series.parts for month in months.index]
    wholes: dict[tuple[str, str], dict[Any, float]] = {
        (str(label), QUARTER): dict(row) for label, row in quarters.to_dict("index").items()
    }
    wholes |= {key: dict(totals) for key, totals in series.years.items()}
    for (label, basis), totals in wholes.items():
        inside = months_within(months.index, label, basis)
        for item, total in totals.items() if inside else ():
            counts[item, label] = total
            lines.append(Line((item, label), tuple((item, month) for month in inside)))
    unknown: dict[Hashable, int] = {(item, month): 0 for item in months for month in months.index if month > last}
    worked_out = cells_worked_out(lines, counts, unknown)
    return any(is_small(counts[cell], threshold) for cell in worked_out)


def months_within(months: Iterable[str], label: str, basis: str) -> list[str]:
    """The months that lie in a longer period; none where one of them is missing."""
    whole = parse_period(label, basis)
    inside = [month for month in months if whole.start <= parse_period(month, "month").start <= whole.end]
    return inside if len(inside) * periods_a_year(basis) == 12 else []


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
