"""Steps about an item as a whole, or its values one by one: totals, missing numbers, fractions, units."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pandas as pd

from toolkit.frames import Found
from toolkit.params.words import Unit
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.registry import step
from toolkit.quality.preparation.time_series import OF_AN_ITEM

__all__: list[str] = []

UNITS = frozenset(get_args(Unit))


@step("observations")
def newest_rows(table: pd.DataFrame, context: StepContext, *, area: str) -> pd.DataFrame:
    """The newest row of each item, basis and breakdown of one area."""
    return table[table["area_code"] == area].sort_values("period").groupby(OF_AN_ITEM, as_index=False).tail(1)


@step("observations", "item", "place", "percent_missing", keeps=False)
def missing_shares(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """One row per item: ``percent_missing``, the share of local authorities without a number in its newest period.

    Those with z (not applicable) are left out.
    """
    own = table[(table["area_level"] == "Local authority") & (table["marker"] != "z")]
    own = own[own["period"] == own.groupby(["item", "basis"])["period"].transform("max")]
    missing = own.assign(missing=100.0 * own["value"].isna()).groupby("item")
    return missing.agg(percent_missing=("missing", "mean"), place=("place", "min")).reset_index()


@step("observations", "item", "place", "total_rows", keeps=False)
def totals(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """One row per item: ``total_rows``, how many of its rows are for the total and not for a breakdown."""
    total = table.assign(total=table["breakdown"] == "Total").groupby("item")
    return total.agg(total_rows=("total", "sum"), place=("place", "min")).reset_index()


@step("observations", "fraction")
def fractions(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``fraction``: what is left of the value after the point; NaN where there is no number."""
    return table.assign(fraction=np.mod(table["value"], 1))


@step("observations", "item", "place", "largest", keeps=False)
def largest(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """One row per item: ``largest``, its highest value."""
    return table.groupby("item").agg(largest=("value", "max"), place=("place", "min")).reset_index()


@step("observations", "points_outside")
def nation_among_areas(table: pd.DataFrame, context: StepContext, *, at_least: int = 5) -> pd.DataFrame:
    """The rows for England: ``points_outside``, how far the value lies outside the range of the local authorities.

    0 inside it; NaN where fewer than ``at_least`` authorities have a number.
    """
    by = [*OF_AN_ITEM, "period"]
    areas = table[table["area_level"] == "Local authority"].groupby(by)["value"]
    spread = areas.agg(lowest="min", highest="max", numbers="count").reset_index()
    nation = table[table["area_level"] == "National"].merge(spread, on=by, how="left")
    if nation.empty:
        raise CannotCheckError(Found.NO_COUNTRY)
    below, above = nation["lowest"] - nation["value"], nation["value"] - nation["highest"]
    outside = below.clip(lower=0) + above.clip(lower=0)
    outside = outside.where(nation["numbers"] >= at_least)
    return nation.assign(points_outside=outside).drop(columns=["lowest", "highest", "numbers"])


@step("observations", "unit_fits")
def stated_unit(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``unit_fits``: whether the row's measures can take its item in the unit that it states: yes, no, or none where
    the cell is empty; blank where the file has no such column."""
    if "unit" not in table.columns:
        return table.assign(unit_fits="")
    facts = context.review.sources.get(context.source)
    units = facts.units if facts else {}
    fits = [unit.casefold() in units.get(item, UNITS) for item, unit in zip(table["item"], table["unit"], strict=True)]
    codes = np.where(table["unit"] == "", "none", np.where(fits, "yes", "no"))
    return table.assign(unit_fits=pd.Series(codes, table.index, dtype="str"))
