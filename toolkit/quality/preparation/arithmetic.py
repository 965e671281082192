"""Steps that set one item against another: side by side, parts against totals, stock against flow, two sources."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.registry import ItemName, ItemNames, step
from toolkit.quality.preparation.time_series import periods_before

__all__: list[str] = []

CELL = ["area_code", "area_name", "area_level", "period", "basis", "breakdown"]


def wide(table: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """One row per area, period, basis and breakdown, one column per item; ``place`` names the rows it came from."""
    absent = sorted(set(items) - set(table["item"]))
    if absent:
        raise CannotCheckError(Found.NO_ITEM, items=absent)
    chosen = table[table["item"].isin(list(items))].drop_duplicates([*CELL, "item"])
    values = chosen.set_index([*CELL, "item"])["value"].unstack("item").reindex(columns=list(items))
    places = chosen.groupby(CELL)["place"].agg(lambda one: " and ".join(sorted(set(one))))
    return values.assign(place=places).reset_index()


@step("observations", *CELL, "place", "$items", keeps=False)
def side_by_side(table: pd.DataFrame, context: StepContext, *, items: ItemNames) -> pd.DataFrame:
    """A column for each of the ``items``, so that a rule can compare them for the same area and period."""
    cells = wide(table, items)
    _require_complete_row(cells, items)
    return cells


@step("observations", *CELL, "place", "$items", "usual_margin", keeps=False)
def usual_margin(table: pd.DataFrame, context: StepContext, *, items: ItemNames, at_least: int = 3) -> pd.DataFrame:
    """Two items side by side, and ``usual_margin``: the median over an area's periods of the first less the second.

    The same in every row of an area; NaN where fewer than ``at_least`` periods have both. One year in which a few
    pupils reverse the order does not reverse the median.
    """
    cells = side_by_side(table, context, items=items)
    first, second = items
    margin = cells.assign(usual_margin=cells[first] - cells[second]).groupby(["area_code", "basis", "breakdown"])
    median, periods = (margin["usual_margin"].transform(of) for of in ("median", "count"))
    return cells.assign(usual_margin=median.where(periods >= at_least))


def _require_complete_row(cells: pd.DataFrame, items: Sequence[str]) -> None:
    """Raise if no row has all items, as when their periods or breakdowns are labelled differently."""
    if not cells[list(items)].notna().all(axis=1).any():
        raise CannotCheckError(Found.ITEMS_NEVER_MEET, items=list(items))


@step("observations", *CELL, "place", "parts", "total", "excess", "difference", keeps=False)
def parts_and_total(table: pd.DataFrame, context: StepContext, *, parts: ItemNames, total: ItemName) -> pd.DataFrame:
    """``excess`` = the parts with a number less the total; ``difference`` = the same, NaN unless all parts have one."""
    cells = wide(table, [*parts, total])
    _require_complete_row(cells, [*parts, total])
    numbers = cells[list(parts)]
    cells = cells.assign(parts=numbers.sum(axis=1, min_count=1), total=cells[total])
    complete = numbers.notna().all(axis=1)
    excess = cells["parts"] - cells["total"]
    cells = cells.assign(excess=excess, difference=excess.where(complete))
    return cells[[*CELL, "place", "parts", "total", "excess", "difference"]]


@step("observations", *CELL, "place", "published", "worked_out", "difference", keeps=False)
def published_rate(
    table: pd.DataFrame, context: StepContext, *, published: ItemName, numerator: ItemNames, denominator: ItemNames
) -> pd.DataFrame:
    """``difference`` between a percentage as published and 100 × numerator ÷ denominator, in percentage points."""
    cells = wide(table, [published, *numerator, *denominator])
    _require_complete_row(cells, [published, *numerator, *denominator])
    above, below = (cells[list(items)].sum(axis=1, skipna=False) for items in (numerator, denominator))
    worked_out = 100 * above / below.where(below > 0)
    cells = cells.assign(published=cells[published], worked_out=worked_out)
    cells = cells.assign(difference=cells["published"] - worked_out)
    return cells[[*CELL, "place", "published", "worked_out", "difference"]]


@step("observations", *CELL, "place", "stock", "growth", "flow", "unexplained", keeps=False)
def stock_and_flow(table: pd.DataFrame, context: StepContext, *, stock: ItemName, flow: ItemName) -> pd.DataFrame:
    """For each January: the ``stock``, its ``growth`` since the January before, the ``flow`` of the year between, and
    ``unexplained``: growth beyond the flow, as a percentage of the stock before."""
    level = wide(table[table["basis"] == "January census"], [stock])
    level = level.assign(before=periods_before(level))
    earlier = level[["area_code", "breakdown", "period", stock]].rename(columns={"period": "before", stock: "earlier"})
    moved = wide(table[table["basis"] == "calendar year"], [flow])[["area_code", "breakdown", "period", flow]]
    moved = moved.rename(columns={"period": "before", flow: "flow"})
    on = ["area_code", "breakdown", "before"]
    both = level.merge(earlier, on=on, how="left").merge(moved, on=on, how="left")
    growth = both[stock] - both["earlier"]
    unexplained = 100 * (growth - both["flow"]) / both["earlier"].where(both["earlier"] > 0)
    return both.assign(stock=both[stock], growth=growth, unexplained=unexplained).drop(
        columns=["before", "earlier", stock]
    )


@step("observations", *CELL, "place", "points_moved", keeps=False)
def swaps(
    table: pd.DataFrame, context: StepContext, *, parts: ItemNames, total: ItemName, steady: float = 20.0
) -> pd.DataFrame:
    """``points_moved``: percentage points of the total that moved from one part to another since the period before.

    NaN in a first period, and where the total itself changed by more than ``steady`` percent.
    """
    cells = wide(table, [*parts, total])
    cells = cells.assign(before=periods_before(cells))
    shares = cells[list(parts)].div(cells[total].where(cells[total] > 0), axis=0) * 100
    now = cells[["area_code", "breakdown", "basis", "period", "before", total]].join(shares)
    key = ["area_code", "breakdown", "basis"]
    earlier = now.drop(columns="before").rename(columns={"period": "before"})
    both = now.merge(earlier, on=[*key, "before"], how="left", suffixes=("", " before"))
    moved = sum(((both[part] - both[f"{part} before"]).abs() for part in parts), start=pd.Series(0.0, both.index)) / 2
    change = (both[total] / both[f"{total} before"] - 1).abs() * 100
    return cells.assign(points_moved=moved.where(change <= steady)).drop(columns=["before", *parts, total])


@step("observations", "other_value", "percent_apart")
def other_source(
    table: pd.DataFrame, context: StepContext, *, item: ItemName, source: str, other_item: str
) -> pd.DataFrame:
    """``percent_apart``: the difference of ``item`` from ``other_item`` of another source, in percent of the latter.

    NaN where the other source has no figure for the same area, period and basis.
    """
    others = context.observations(source)
    others = others[(others["item"] == other_item) & others["value"].notna()]
    if others.empty:
        raise CannotCheckError(Found.NO_OTHER_ITEM, other=source, item=other_item)
    on = ["area_code", "period", "basis", "breakdown"]
    pairs = others.drop_duplicates(on)[[*on, "value"]].rename(columns={"value": "other_value"})
    compared = table[table["item"] == item].merge(pairs, on=on, how="left")
    other = compared["other_value"].where(compared["other_value"] != 0)
    return compared.assign(percent_apart=100 * (compared["value"] - other) / other)
