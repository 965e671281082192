"""Steps about a new edition as a whole: faults that all areas share, and what the last edition said."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.quality.context import StepContext
from toolkit.quality.preparation.periods import publication
from toolkit.quality.preparation.registry import ColumnName, step
from toolkit.quality.preparation.time_series import OF_AN_ITEM, with_previous
from toolkit.quality.preparation.words import texts

__all__: list[str] = []

LAST = "last"
"""The table of the last edition beside that of the one in use: ``last observations`` or ``last records``."""


@step("observations", *OF_AN_ITEM, "period", "place", "times_changed", keeps=False)
def common_change(table: pd.DataFrame, context: StepContext, *, at_least: int = 20) -> pd.DataFrame:
    """One row per item: ``times_changed``, by what factor the usual authority's newest figure is higher or lower than
    its change in other periods would make it.

    A factor that all areas share, such as a tenth or another unit, shows in no comparison between them. NaN where fewer
    than ``at_least`` authorities have two numbers above 0 in a row.
    """
    own = with_previous(table[table["area_level"] == "Local authority"].reset_index(drop=True))
    both = own[(own["value"] > 0) & (own["previous"] > 0)]
    both = both.assign(change=np.log(both["value"] / both["previous"]))
    medians = both.groupby([*OF_AN_ITEM, "period"]).agg(change=("change", "median"), areas=("change", "size"))
    medians = medians[medians["areas"] >= at_least].reset_index()
    newest = own.groupby(OF_AN_ITEM)["period"].max().rename("newest").reset_index()
    medians = medians.merge(newest, on=OF_AN_ITEM)
    before = medians[medians["period"] < medians["newest"]].groupby(OF_AN_ITEM)["change"].median().rename("usual")
    now = medians[medians["period"] == medians["newest"]].merge(before.reset_index(), on=OF_AN_ITEM, how="left")
    times = np.exp((now["change"] - now["usual"].fillna(0)).abs())
    places = table.groupby([*OF_AN_ITEM, "period"])["place"].min().reset_index()
    return now.assign(times_changed=times).merge(places, on=[*OF_AN_ITEM, "period"])[
        [*OF_AN_ITEM, "period", "place", "times_changed"]
    ]


@step("observations", "item", "basis", "period", "place", "days_until_published", keeps=False)
def newest_published(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """One row per item: ``days_until_published``, from the end of its newest period to its publication."""
    table = publication(table, context)
    newest = table[table["period"] == table.groupby(["item", "basis"])["period"].transform("max")]
    of_item = newest.groupby(["item", "basis", "period"])
    days = of_item.agg(days_until_published=("days_after_period", "min"), place=("place", "min"))
    return days.reset_index()[["item", "basis", "period", "place", "days_until_published"]]


@step("observations", "item", "basis", "place", "percent_revised", "percent_gone", keeps=False, compares_editions=True)
def against_last_edition(table: pd.DataFrame, context: StepContext, *, at_least: int = 20) -> pd.DataFrame:
    """One row per item that the last edition has: of its figures, ``percent_revised`` have another value now, and
    ``percent_gone`` are no longer there. NaN with fewer than ``at_least`` figures; no row without a last edition."""
    key = ["item", "area_code", "period", "basis", "breakdown"]
    last = context.tables.get(context.source, {}).get(f"{LAST} observations", table.iloc[:0])
    both = last[[*key, "value", "place"]].merge(table[[*key, "value"]], on=key, how="left", suffixes=("", "_now"))
    there = both.merge(table[key].assign(kept=True), on=key, how="left")["kept"].notna().to_numpy()
    same = (both["value"] == both["value_now"]) | (both["value"].isna() & both["value_now"].isna())
    compared_figures = both.assign(gone=100.0 * ~there, revised=100.0 * (there & ~same.to_numpy()))
    shares = compared_figures.groupby(["item", "basis"]).agg(
        place=("place", "min"),
        percent_revised=("revised", "mean"),
        percent_gone=("gone", "mean"),
        rows=("gone", "size"),
    )
    few = shares["rows"] < at_least
    shares = shares.assign(**{name: shares[name].mask(few) for name in ("percent_revised", "percent_gone")})
    return shares.reset_index().drop(columns="rows")


@step("records", "place", "percent_gone", keeps=False, counts="newest_row", compares_editions=True)
def cases_gone(table: pd.DataFrame, context: StepContext, *, reference: ColumnName) -> pd.DataFrame:
    """One row: ``percent_gone``, the share of the references of the last edition that are not in this one; no row
    without a last edition."""
    last = context.tables.get(context.source, {}).get(f"{LAST} records", table.iloc[:0])
    known, before = set(texts(table[reference])), set(texts(last[reference])) - {""}
    shares = [100.0 * len(before - known) / len(before)] if before else []
    return pd.DataFrame({"place": pd.Series([""] * len(shares), dtype="str"), "percent_gone": shares}, dtype=None)
