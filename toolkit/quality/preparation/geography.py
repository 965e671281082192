"""Steps about areas: codes against names, areas that should be there, parts of a larger area."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.periods import days, ends
from toolkit.quality.preparation.registry import step

__all__: list[str] = []

PERIOD = ["item", "basis", "breakdown", "period"]
Level = Literal["Local authority", "Regional", "National"]


@step("observations", "area_as_listed")
def area_as_listed(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``area_as_listed``: yes, or what differs from the list of areas: unknown code, other name, other level."""
    listed = context.review.areas.drop_duplicates("area_code").set_index("area_code")[["area_name", "level"]]
    known = listed.reindex(table["area_code"]).set_index(table.index)
    wrong = [known["area_name"].isna(), known["area_name"] != table["area_name"], known["level"] != table["area_level"]]
    said = np.select(wrong, ["unknown code", "other name", "other level"], "yes")
    return table.assign(area_as_listed=pd.Series(said, table.index, dtype="str"))


@step("observations", "days_after_abolition")
def area_in_force(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``days_after_abolition``: from the day an area was abolished to the period's end; NaN where it still exists."""
    abolished = days(context.review.areas.drop_duplicates("area_code").set_index("area_code")["valid_to"])
    ended = abolished.reindex(table["area_code"]).set_axis(table.index)
    return table.assign(days_after_abolition=(ends(table) - ended).dt.days)


@step("observations", *PERIOD, "area_code", "place", "rows_found", keeps=False)
def expected_areas(table: pd.DataFrame, context: StepContext, *, areas: list[str]) -> pd.DataFrame:
    """A row an item, period and expected area: ``rows_found`` in the table, 0 where the area is missing.

    Periods are those that any area has. An area is not expected in a period that ended before it was created. Where a
    missing row is in the file and says that it was published after the cut-off, its ``place`` says so.
    """
    if not areas:
        raise CannotCheckError(Found.NO_SUCH_AREA)
    periods = table[PERIOD].drop_duplicates()
    wanted = periods.merge(pd.DataFrame({"area_code": pd.Series(areas, dtype="str")}), how="cross")
    created = days(context.review.areas.drop_duplicates("area_code").set_index("area_code")["valid_from"])
    started = created.reindex(wanted["area_code"]).set_axis(wanted.index)
    found = table.groupby([*PERIOD, "area_code"]).agg(rows_found=("place", "size"), place=("place", "min"))
    wanted = wanted.merge(found.reset_index(), on=[*PERIOD, "area_code"], how="left")
    wanted = wanted.assign(rows_found=wanted["rows_found"].fillna(0), place=wanted["place"].fillna(""))
    wanted = wanted.assign(place=wanted["place"].mask(wanted["place"] == "", _held_back(wanted, context)))
    return wanted[(wanted["rows_found"] > 0) | ~(ends(wanted) < started).to_numpy()]


def _held_back(wanted: pd.DataFrame, context: StepContext) -> pd.Series:
    """For each row that is wanted, where the file has it with a date of publication after the cut-off; else ""."""
    later = context.tables.get(context.source, {}).get("withheld")
    if later is None:
        return pd.Series("", wanted.index)
    said = later["place"] + ", published " + later["published"] + ", after the cut-off"
    known = later.assign(said=said).drop_duplicates([*PERIOD, "area_code"])[[*PERIOD, "area_code", "said"]]
    return wanted.merge(known, on=[*PERIOD, "area_code"], how="left")["said"].fillna("").set_axis(wanted.index)


@step("observations", *PERIOD, "area_code", "area_name", "place", "parts", "whole", "percent_over", keeps=False)
def parts_of_area(table: pd.DataFrame, context: StepContext, *, parts: Level, whole: Level) -> pd.DataFrame:
    """A row an area of the level ``whole``: ``percent_over`` is by how much the areas of the level ``parts`` inside it
    add up to more than its own count. More than 0 cannot be; less can, where not every part is listed."""
    region = context.review.areas.drop_duplicates("area_code").set_index("area_code")["region"]
    inside = table[table["area_level"] == parts]
    names = inside["area_code"].map(region) if whole == "Regional" else pd.Series("", inside.index)
    added = inside.assign(inside=names.to_numpy()).groupby([*PERIOD, "inside"])["value"].sum(min_count=1)
    outside = table[table["area_level"] == whole]
    outside = outside.assign(inside=outside["area_name"] if whole == "Regional" else "", whole=outside["value"])
    found = outside.merge(added.rename("parts").reset_index(), on=[*PERIOD, "inside"], how="left")
    if found.empty:
        raise CannotCheckError(Found.NO_SUCH_LEVEL, level=whole)
    over = 100 * (found["parts"] - found["whole"]) / found["whole"].where(found["whole"] > 0, 1)
    return found.assign(percent_over=over)[
        [*PERIOD, "area_code", "area_name", "place", "parts", "whole", "percent_over"]
    ]
