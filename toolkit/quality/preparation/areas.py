"""Steps about areas: codes against names, expected areas, parts of a larger area."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.periods import days, ends
from toolkit.quality.preparation.registry import step
from toolkit.sources.geography import Level

__all__: list[str] = []

PERIOD = ["item", "basis", "breakdown", "period"]


@step("observations", "area_as_listed")
def area_as_listed(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``area_as_listed``: yes, or what differs from the list of areas: unknown_code, other_name, other_level."""
    listed = context.review.areas.drop_duplicates("area_code").set_index("area_code")[["area_name", "level"]]
    areas = listed.reindex(table["area_code"]).set_index(table.index)
    wrong = [areas["area_name"].isna(), areas["area_name"] != table["area_name"], areas["level"] != table["area_level"]]
    codes = np.select(wrong, ["unknown_code", "other_name", "other_level"], "yes")
    return table.assign(area_as_listed=pd.Series(codes, table.index, dtype="str"))


@step("observations", "days_after_abolition")
def area_in_force(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
    """``days_after_abolition``: from an area's abolition to the end of the period; NaN where the area still exists."""
    abolished = days(context.review.areas.drop_duplicates("area_code").set_index("area_code")["valid_to"])
    ended = abolished.reindex(table["area_code"]).set_axis(table.index)
    return table.assign(days_after_abolition=(ends(table) - ended).dt.days)


@step("observations", *PERIOD, "area_code", "place", "rows_found", "withheld_until", keeps=False)
def expected_areas(table: pd.DataFrame, context: StepContext, *, areas: list[str]) -> pd.DataFrame:
    """One row per item, period and expected area: ``rows_found`` in the table, 0 where the area is missing.

    Periods are those that any area has. An area is not expected in a period that ended before it was created. Where the
    file has a missing row, but published after the cut-off, ``place`` is that row's and ``withheld_until`` its day.
    """
    if not areas:
        raise CannotCheckError(Found.NO_SUCH_AREA)
    periods = table[PERIOD].drop_duplicates()
    wanted = periods.merge(pd.DataFrame({"area_code": pd.Series(areas, dtype="str")}), how="cross")
    created = days(context.review.areas.drop_duplicates("area_code").set_index("area_code")["valid_from"])
    started = created.reindex(wanted["area_code"]).set_axis(wanted.index)
    of_area = [*PERIOD, "area_code"]
    rows = table.groupby(of_area).agg(rows_found=("place", "size"), place=("place", "min")).reset_index()
    wanted = wanted.merge(rows, on=of_area, how="left").merge(_withheld_rows(context), on=of_area, how="left")
    wanted = wanted.assign(
        rows_found=wanted["rows_found"].fillna(0),
        place=wanted["place"].fillna(wanted["place_withheld"]).fillna(""),
        withheld_until=wanted["withheld_until"].where(wanted["place"].isna()).fillna(""),
    ).drop(columns="place_withheld")
    return wanted[(wanted["rows_found"] > 0) | ~(ends(wanted) < started).to_numpy()]


def _withheld_rows(context: StepContext) -> pd.DataFrame:
    """The rows of the file that were published after the cut-off, one an area and period: where, and on which day."""
    columns = [*PERIOD, "area_code", "place", "published"]
    withheld = context.tables.get(context.source, {}).get("withheld", pd.DataFrame(columns=columns, dtype="str"))
    return withheld.drop_duplicates(columns[:-2])[columns].set_axis(
        [*columns[:-2], "place_withheld", "withheld_until"], axis=1
    )


@step("observations", *PERIOD, "area_code", "area_name", "place", "parts", "whole", "percent_over", keeps=False)
def parts_of_area(table: pd.DataFrame, context: StepContext, *, parts: Level, whole: Level) -> pd.DataFrame:
    """One row per area of the level ``whole``: ``percent_over`` is by how much the areas of the level ``parts`` inside
    it add up to more than its own count. It cannot be above 0; it can be below, where not every part is listed."""
    region = context.review.areas.drop_duplicates("area_code").set_index("area_code")["region"]
    inside = table[table["area_level"] == parts]
    names = inside["area_code"].map(region) if whole == "Regional" else pd.Series("", inside.index)
    added = inside.assign(inside=names.to_numpy()).groupby([*PERIOD, "inside"])["value"].sum(min_count=1)
    outside = table[table["area_level"] == whole]
    outside = outside.assign(inside=outside["area_name"] if whole == "Regional" else "", whole=outside["value"])
    areas = outside.merge(added.rename("parts").reset_index(), on=[*PERIOD, "inside"], how="left")
    if areas.empty:
        raise CannotCheckError(Found.NO_SUCH_LEVEL, level=whole)
    over = 100 * (areas["parts"] - areas["whole"]) / areas["whole"].where(areas["whole"] > 0, 1)
    return areas.assign(percent_over=over)[
        [*PERIOD, "area_code", "area_name", "place", "parts", "whole", "percent_over"]
    ]
