"""Steps that set one item against another: side by side, parts against totals, stock against flow, two sources."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.registry import Item, Items, step
from toolkit.quality.preparation.series import before_of

__all__: list[str] = []

CELL = ["area_code", "area_name", "area_level", "period", "basis", "breakdown"]


def wide(table: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """A row an area, period, basis and breakdown; a column an item; ``place`` names the rows it came from."""
    absent = sorted(set(items) - set(table["item"]))
    if absent:
        raise CannotCheckError(Found.NO_ITEM, items=absent)
    chosen = table[table["item"].isin(list(items))].drop_duplicates([*CELL, "item"])
    values = chosen.set_index([*CELL, "item"])["value"].unstack("item").reindex(columns=list(items))
    places = chosen.groupby(CELL)["place"].agg(lambda found: " and ".join(sorted(set(found))))
    return values.assign(place=places).reset_index()


@step("observations", *CELL, "place", "$items", keeps=False)
def side_by_side(table: pd.DataFrame, context: StepContext, *, items: Items) -> pd.DataFrame:
    """A column for each of the ``items``, so that a rule can compare them within the same area and period."""
    found = wide(table, items)
    _some_complete(found, items)
    return found


@step("observations", *CELL, "place", "$items", "usual_margin", keeps=False)
def usual_margin(table: pd.DataFrame, context: StepContext, *, items: Items, at_least: int = 3) -> pd.DataFrame:
    """Two items side by side, and ``usual_margin``: the median over an area's periods of the first less the second.

    The same in every row of an area; NaN where fewer than ``at_least`` periods have both. A year in which few pupils
    turn the order round does not turn the median.
    """
    found = side_by_side(table, context, items=items)
    first, second = items
    margin = found.assign(usual_margin=found[first] - found[second]).groupby(["area_code", "basis", "breakdown"])
    median, known = (margin["usual_margin"].transform(of) for of in ("median", "count"))
    return found.assign(usual_margin=median.where(known >= at_least))


def _some_complete(found: pd.DataFrame, items: Sequence[str]) -> None:
    """Items that never meet, because a period or a breakdown is labelled another way, must not pass in silence."""
    if not found[list(items)].notna().all(axis=1).any():
        raise CannotCheckError(Found.ITEMS_NEVER_MEET, items=list(items))


@step("observations", *CELL, "place", "parts", "total", "excess", "difference", keeps=False)
def parts_and_total(table: pd.DataFrame, context: StepContext, *, parts: Items, total: Item) -> pd.DataFrame:
    """``excess`` = known parts less the total; ``difference`` = the same, NaN unless every part has a number."""
    found = wide(table, [*parts, total])
    _some_complete(found, [*parts, total])
    added = found[list(parts)]
    found = found.assign(parts=added.sum(axis=1, min_count=1), total=found[total])
    complete = added.notna().all(axis=1)
    excess = found["parts"] - found["total"]
    return found.assign(excess=excess, difference=excess.where(complete))


@step("observations", *CELL, "place", "published", "worked_out", "difference", keeps=False)
def published_rate(
    table: pd.DataFrame, context: StepContext, *, published: Item, numerator: Items, denominator: Items
) -> pd.DataFrame:
    """``difference`` between a percentage as published and 100 × numerator ÷ denominator, in percentage points."""
    found = wide(table, [published, *numerator, *denominator])
    _some_complete(found, [published, *numerator, *denominator])
    above, below = (found[list(items)].sum(axis=1, skipna=False) for items in (numerator, denominator))
    worked_out = 100 * above / below.where(below > 0)
    found = found.assign(published=found[published], worked_out=worked_out)
    return found.assign(difference=found["published"] - worked_out)


@step("observations", *CELL, "place", "stock", "growth", "flow", "unexplained", keeps=False)
def stock_and_flow(table: pd.DataFrame, context: StepContext, *, stock: Item, flow: Item) -> pd.DataFrame:
    """For each January: the ``stock``, its ``growth`` since the January before, the ``flow`` of the year between, and
    ``unexplained``: growth that the flow cannot have made, as a percentage of the stock before."""
    level = wide(table[table["basis"] == "January census"], [stock])
    level = level.assign(before=before_of(level))
    earlier = level[["area_code", "breakdown", "period", stock]].rename(columns={"period": "before", stock: "earlier"})
    moved = wide(table[table["basis"] == "calendar year"], [flow])[["area_code", "breakdown", "period", flow]]
    moved = moved.rename(columns={"period": "before", flow: "flow"})
    on = ["area_code", "breakdown", "before"]
    found = level.merge(earlier, on=on, how="left").merge(moved, on=on, how="left")
    growth = found[stock] - found["earlier"]
    unexplained = 100 * (growth - found["flow"]) / found["earlier"].where(found["earlier"] > 0)
    found = found.assign(stock=found[stock], growth=growth, unexplained=unexplained)
    return found.drop(columns=["before", "earlier", stock])


@step("observations", *CELL, "place", "points_moved", keeps=False)
def swaps(
    table: pd.DataFrame, context: StepContext, *, parts: Items, total: Item, steady: float = 20.0
) -> pd.DataFrame:
    """``points_moved``: percentage points of the total that changed category since the period before.

    NaN in a first period, and where the total itself changed by more than ``steady`` percent.
    """
    found = wide(table, [*parts, total])
    found = found.assign(before=before_of(found))
    shares = found[list(parts)].div(found[total].where(found[total] > 0), axis=0) * 100
    now = found[["area_code", "breakdown", "basis", "period", "before", total]].join(shares)
    key = ["area_code", "breakdown", "basis"]
    earlier = now.drop(columns="before").rename(columns={"period": "before"})
    both = now.merge(earlier, on=[*key, "before"], how="left", suffixes=("", " before"))
    moved = sum(((both[part] - both[f"{part} before"]).abs() for part in parts), start=pd.Series(0.0, both.index)) / 2
    change = (both[total] / both[f"{total} before"] - 1).abs() * 100
    return found.assign(points_moved=moved.where(change <= steady)).drop(columns=["before", *parts, total])


@step("observations", "other_value", "percent_apart")
def other_source(
    table: pd.DataFrame, context: StepContext, *, item: Item, source: str, other_item: str
) -> pd.DataFrame:
    """``percent_apart``: how far the ``item`` is from ``other_item`` of another source, in percent of that one.

    NaN where the other source has no figure for the same area, period and basis.
    """
    others = context.observations(source)
    others = others[(others["item"] == other_item) & others["value"].notna()]
    if others.empty:
        raise CannotCheckError(Found.NO_OTHER_ITEM, other=source, item=other_item)
    on = ["area_code", "period", "basis", "breakdown"]
    pairs = others.drop_duplicates(on)[[*on, "value"]].rename(columns={"value": "other_value"})
    found = table[table["item"] == item].merge(pairs, on=on, how="left")
    other = found["other_value"].where(found["other_value"] != 0)
    return found.assign(percent_apart=100 * (found["value"] - other) / other)
