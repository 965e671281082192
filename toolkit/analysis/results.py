"""From observations to results: numerator, denominator, value and interval for every measure, area and period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Words, worded
from toolkit.analysis.intervals import EXACT_BELOW, wilson
from toolkit.analysis.rates import rate
from toolkit.frames import RESULTS
from toolkit.params import Measure
from toolkit.sources import count_after

__all__ = ["results_for"]

_KEY = ["area_code", "period"]
_ABOUT = ["area_name", "area_level", "published", "edition"]
_READ = [*_KEY, *_ABOUT, "value", "marker"]

NOBODY = "nobody was counted below the line"
_TURNED_ROUND = "more were counted above the line than below it"
_BELOW_ZERO = "a count cannot be below zero"
_NO_PERCENTAGE = "a percentage lies between 0 and 100"


def results_for(measures: Iterable[Measure], observations: pd.DataFrame) -> pd.DataFrame:
    """RESULTS of ``measures`` from OBSERVATIONS, sorted by measure, area and period.

    A value is 100 × numerator ÷ denominator, with Wilson limits for a percent and Poisson limits for a rate, or what
    the publisher gives (method ``none``). A row that makes no sense (denominator 0, numerator above it, a count below
    0, a percentage beyond 0 to 100) keeps its counts, has no value, carries the marker z or x, and says its ``fault``;
    a sum with a part missing carries the part's marker.
    """
    by_item: dict[object, pd.DataFrame] = dict(iter(observations.groupby(["source", "item"], sort=False)))
    tables = [_read(measure, by_item) for measure in measures]
    filled = [table for table in tables if len(table)]
    if not filled:
        return RESULTS.empty()
    return RESULTS.checked(_valued(pd.concat(filled)).sort_values(["measure", "area_code", "period"]))


def _read(measure: Measure, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    """What was published or counted for one measure: _READ with numerator, denominator and what the measure is."""
    if measure.value:
        table = _rows(measure, measure.value, by_item)[_READ].assign(numerator=np.nan, denominator=np.nan)
    else:
        table = _counted(measure, by_item)
    about = {"breakdown": measure.breakdown, "source": measure.source, "basis": measure.basis, "unit": measure.unit}
    return table.assign(measure=measure.id, **about, published_value=bool(measure.value))


def _rows(measure: Measure, item: str, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    """The observations of one item on its own basis and the measure's breakdown, one row an area and period."""
    rows = by_item.get((measure.source, item))
    if rows is None:
        return pd.DataFrame(columns=_READ)
    return rows[(rows["basis"] == measure.basis_of(item)) & (rows["breakdown"] == measure.breakdown)]


def _counted(measure: Measure, by_item: Mapping[object, pd.DataFrame]) -> pd.DataFrame:
    """What stands above and below the line, side by side; no value yet."""
    above = _sum(measure, measure.above, by_item)
    below = _sum(measure, measure.below, by_item)[[*_KEY, "value", "marker"]]
    counted = above.assign(counted_in=_counted_in(measure, above["period"]))
    both = counted.merge(
        below, left_on=["area_code", "counted_in"], right_on=_KEY, suffixes=("", "_below"), how="inner"
    )
    marker = both["marker"].mask(both["marker"] == "", both["marker_below"])
    return both[_READ].assign(value=np.nan, marker=marker, numerator=both["value"], denominator=both["value_below"])


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
        return parts[0][_READ]
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


def _valued(table: pd.DataFrame) -> pd.DataFrame:
    """All rows of all measures at once: values from counts, limits, and no value where a figure makes no sense."""
    count, base = table["numerator"].to_numpy(dtype="float64"), table["denominator"].to_numpy(dtype="float64")
    fault = _faults(table)
    percent, per_100 = ((table["unit"] == unit).to_numpy() for unit in ("percent", "rate per 100"))
    sound = ((fault == "") & (base > 0))
    share = wilson(np.where(percent & sound, count, np.nan), base)
    widest = wilson(np.where(percent & sound, count, np.nan), base, 0.998)
    events = np.where(per_100 & sound, count, np.nan)
    crude, crudest = rate(events, base), rate(events, base, confidence=0.998)
    marker = table["marker"].to_numpy(dtype=object)
    unmarked = (marker == "") & (fault != "")
    counted = ~table["published_value"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(counted, np.where(sound, 100 * count / base, np.nan), table["value"])
    poisson = np.where(count < EXACT_BELOW, "exact Poisson", "Byar")
    return table.assign(
        value=np.where(fault == "", value, np.nan),
        low=np.where(percent, 100 * share.low, crude.low),
        high=np.where(percent, 100 * share.high, crude.high),
        low_998=np.where(percent, 100 * widest.low, crudest.low),
        high_998=np.where(percent, 100 * widest.high, crudest.high),
        method=np.where(counted & percent, "wilson", np.where(counted & per_100, poisson, "none")),
        marker=np.where(unmarked, np.where(fault == NOBODY, "z", "x"), marker),
        fault=fault,
    ).drop(columns=["unit", "published_value"])


def _faults(table: pd.DataFrame) -> Words:
    """Why each row's figure makes no sense; "" where it does, or where there is none."""
    count, base, value = (table[column].to_numpy(dtype="float64") for column in ("numerator", "denominator", "value"))
    percent = (table["unit"] == "percent").to_numpy()
    counts = table["unit"].isin(["number", "rate per 100"]).to_numpy()
    return worded(
        [
            ((count < 0) | (base < 0) | (counts & (value < 0)), _BELOW_ZERO),
            (base == 0, NOBODY),
            (percent & (count > base), _TURNED_ROUND),
            (percent & ((value < 0) | (value > 100)), _NO_PERCENTAGE),
        ],
        "",
    )
