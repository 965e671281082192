"""From observations to results: numerator, denominator, value and interval for every measure, area and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from toolkit.analysis.intervals import wilson
from toolkit.frames import RESULTS
from toolkit.params import Measure
from toolkit.sources import count_after

__all__ = ["results_for"]

_KEY = ["area_code", "period"]
_ABOUT = ["area_name", "area_level", "published", "edition"]


def results_for(measures: Iterable[Measure], observations: pd.DataFrame) -> pd.DataFrame:
    """RESULTS of ``measures`` from OBSERVATIONS, sorted by measure, area and period.

    A value is 100 × numerator ÷ denominator with its 95% Wilson interval (method ``wilson``), or what the publisher
    gives (method ``none``). A row whose parts make no proportion (denominator 0, numerator above it, a count below 0)
    keeps its counts, has no value and carries the marker z or x; a sum with a part missing carries the part's marker.
    """
    by_item: dict[object, pd.DataFrame] = dict(iter(observations.groupby(["source", "item"], sort=False)))
    tables = [_result(measure, by_item) for measure in measures]
    filled = [table for table in tables if len(table)]
    if not filled:
        return RESULTS.empty()
    return RESULTS.checked(pd.concat(filled).sort_values(["measure", "area_code", "period"]))


def _result(measure: Measure, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    table = _published(measure, by_item) if measure.value else _worked_out(measure, by_item)
    return table.assign(measure=measure.id, breakdown=measure.breakdown, source=measure.source, basis=measure.basis)


def _rows(measure: Measure, item: str, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    """The observations of one item on its own basis and the measure's breakdown, one row an area and period."""
    rows = by_item.get((measure.source, item))
    if rows is None:
        return pd.DataFrame(columns=[*_KEY, *_ABOUT, "value", "marker"])
    return rows[(rows["basis"] == measure.basis_of(item)) & (rows["breakdown"] == measure.breakdown)]


def _published(measure: Measure, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    rows = _rows(measure, measure.value, by_item)[[*_KEY, *_ABOUT, "value", "marker"]]
    return rows.assign(numerator=np.nan, denominator=np.nan, low=np.nan, high=np.nan, method="none")


def _worked_out(measure: Measure, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    above = _sum(measure, measure.above, by_item)
    below = _sum(measure, measure.below, by_item)[[*_KEY, "value", "marker"]]
    counted = above.assign(counted_in=_counted_in(measure, above["period"]))
    both = counted.merge(
        below, left_on=["area_code", "counted_in"], right_on=_KEY, suffixes=("", "_below"), how="inner"
    )
    count, base = both["value"], both["value_below"]
    marker = both["marker"].mask(both["marker"] == "", both["marker_below"])
    marker = marker.mask((marker == "") & (base == 0), "z")
    percent = measure.unit == "percent"
    sound = (base > 0) & (count >= 0) & ((count <= base) if percent else True)
    marker = marker.mask((marker == "") & ~sound, "x")
    low, high = wilson(count.where(sound), base.where(sound)) if percent else (np.nan, np.nan)
    return both[[*_KEY, *_ABOUT]].assign(
        numerator=count,
        denominator=base,
        value=(100 * count / base.where(sound)).where(sound),
        low=100 * low,
        high=100 * high,
        method="wilson" if percent else "none",
        marker=marker,
    )


def _counted_in(measure: Measure, periods: pd.Series) -> pd.Series:
    """Per row: the period in which what stands below the line was counted."""
    if measure.denominator_basis is None:
        return periods
    labels = {label: count_after(label, measure.basis, measure.denominator_basis) for label in periods.unique()}
    return periods.map(labels)


def _sum(measure: Measure, items: tuple[str, ...], by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    """Items added up by area and period; no sum, but the marker, where any of them has no number."""
    parts = [_rows(measure, item, by_item) for item in items]
    if len(parts) == 1:
        return parts[0][[*_KEY, *_ABOUT, "value", "marker"]]
    stacked = pd.concat(parts)
    grouped = stacked.groupby(_KEY, sort=True)
    total = grouped.agg(
        **{column: (column, "first") for column in ("area_name", "area_level", "edition")},
        published=("published", "max"),
        value=("value", "sum"),
        numbers=("value", "count"),
        marker=("marker", "max"),
    ).reset_index()
    complete = total["numbers"] == len(items)
    missing = total["marker"].mask(total["marker"] == "", "x")
    return total.assign(value=total["value"].where(complete), marker=missing.where(~complete, ""))
