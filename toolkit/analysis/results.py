"""From observations to results: numerator, denominator, value and interval for every measure, area and period."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array, Flags, Words, choose_word
from toolkit.analysis.codes import FigureFault
from toolkit.analysis.intervals import EXACT_BELOW, wilson
from toolkit.analysis.rates import rate
from toolkit.frames import RESULTS
from toolkit.params import Measure
from toolkit.sources import count_after

__all__ = ["results_for"]


def results_for(measures: Iterable[Measure], observations: pd.DataFrame) -> pd.DataFrame:
    """RESULTS of ``measures`` from OBSERVATIONS, sorted by measure, area and period.

    A value is 100 × numerator ÷ denominator, with Wilson limits for a percent and Poisson limits for a rate, or what
    the publisher gives (method ``none``). A row that makes no sense (denominator 0, numerator above it, a count below
    0, a percentage beyond 0 to 100) keeps its counts, has no value, carries the marker z or x, and says its ``fault``;
    a sum with a part missing carries the part's marker. Two rows for one figure are a ``ValueError``.
    """
    observed, measures = _Observed(observations), list(measures)
    figures = [observed.figures(measure) for measure in measures]
    each = np.repeat(np.arange(len(measures)), [len(rows.place) for rows in figures])
    if not len(each):
        return RESULTS.empty()
    rows = _Figures(*(np.concatenate(column) for column in zip(*figures, strict=True)))
    table = observations[_ABOUT].take(rows.place).reset_index(drop=True)
    table = table.assign(**{name: getattr(rows, name) for name in ("value", "numerator", "denominator", "marker")})
    for column, name in {"measure": "id", "breakdown": "breakdown", "source": "source", "basis": "basis"}.items():
        words = np.array([getattr(measure, name) for measure in measures], dtype=object)
        table[column] = pd.Series(words[each], dtype="str")
    units = np.array([measure.unit for measure in measures])[each]
    given = np.array([bool(measure.value) for measure in measures])[each]
    return RESULTS.validate(_add_values(table, units, given).sort_values(["measure", "area_code", "period"]))


_ABOUT = ["area_code", "period", "area_name", "area_level", "published", "edition"]


class _Figures(NamedTuple):
    """Rows of results before anything is worked out; ``place`` is the observation that says where and when."""

    place: Any
    value: Any
    numerator: Any
    denominator: Any
    marker: Any


class _Side(NamedTuple):
    """What stands on one side of the line: its key (area and period), place, number and marker, a row a key."""

    key: Any
    place: Any
    value: Any
    marker: Any


_BETWEEN = "|"
"""Between the area and the period of a key, which is one text: Python keeps track of every pair, of no text."""


class _Observed:
    """Observations as columns, and the places of each item's rows, so that measures only look up what they want."""

    def __init__(self, observations: pd.DataFrame) -> None:
        self._places: dict[Any, Any] = observations.groupby(["source", "item"], sort=False).indices
        names = ("area_code", "period", "basis", "breakdown", "marker", "published")
        self._texts: dict[str, Any] = {name: observations[name].to_numpy(dtype=object) for name in names}
        self._keys = self._texts["area_code"] + _BETWEEN + self._texts["period"]
        self._value: Array = observations["value"].to_numpy(dtype="float64")

    def figures(self, measure: Measure) -> _Figures:
        """Every area and period of a measure: its value as published, or what stands above and below the line."""
        if measure.value:
            side = self._item(measure, measure.value)
            nothing = np.full(side.value.shape, np.nan)
            return _Figures(side.place, side.value, nothing, nothing, side.marker)
        return self._over(
            measure, self._sum(measure, measure.numerator_items), self._sum(measure, measure.denominator_items)
        )

    @staticmethod
    def _over(measure: Measure, above: _Side, below: _Side) -> _Figures:
        """What stands above the line beside what stands below it, which may be counted in a later period."""
        row = {key: place for place, key in enumerate(below.key)}
        below_at = np.array([row.get(key, -1) for key in _keys_below(measure, above.key)], dtype=np.intp)
        both, base = below_at >= 0, below_at[below_at >= 0]
        marker = np.where(above.marker[both] == "", below.marker[base], above.marker[both])
        count = above.value[both]
        return _Figures(above.place[both], np.full(count.shape, np.nan), count, below.value[base], marker)

    def _item(self, measure: Measure, item: str) -> _Side:
        """One item on its own basis and the measure's breakdown."""
        places = self._places.get((measure.source, item), np.array([], dtype=np.intp))
        texts = self._texts
        mine = (texts["basis"][places] == measure.basis_of(item)) & (texts["breakdown"][places] == measure.breakdown)
        places = places[mine]
        keys = self._keys[places]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{measure.id}: two rows of '{item}' for one area and period")
        return _Side(keys, places, self._value[places], texts["marker"][places])

    def _sum(self, measure: Measure, items: tuple[str, ...]) -> _Side:
        """Items added up by area and period; no sum, but a marker, where any of them has no number."""
        sides = [self._item(measure, item) for item in items]
        if len(sides) == 1:
            return sides[0]
        rows = pd.DataFrame({name: np.concatenate([getattr(side, name) for side in sides]) for name in _Side._fields})
        newest_first = self._texts["published"][rows["place"].to_numpy()].argsort(kind="stable")[::-1]
        by_key = rows.iloc[newest_first].groupby("key")
        total = by_key.agg(place=("place", "first"), value=("value", "sum"), numbers=("value", "count"))
        marker = by_key["marker"].max().to_numpy(dtype=object)
        whole = (total["numbers"] == len(items)).to_numpy()
        return _Side(
            total.index.to_numpy(dtype=object),
            total["place"].to_numpy(),
            total["value"].where(whole).to_numpy(),
            np.where(whole, "", np.where(marker == "", "x", marker)),
        )


def _keys_below(measure: Measure, keys: Iterable[str]) -> Iterable[str]:
    """The keys of the counts below the line that belong to keys above it."""
    basis = measure.denominator_basis
    if basis is None:
        return keys
    pairs = [key.split(_BETWEEN) for key in keys]
    labels = {period: count_after(period, measure.basis, basis) for period in {period for _, period in pairs}}
    return [f"{area}{_BETWEEN}{labels[period]}" for area, period in pairs]


def _add_values(table: pd.DataFrame, units: Words, given: Flags) -> pd.DataFrame:
    """All rows of all measures at once: values from counts, limits, and no value where a figure makes no sense.

    ``given`` marks the rows whose value is the publisher's.
    """
    count, base, value, marker = (table[name].to_numpy() for name in ("numerator", "denominator", "value", "marker"))
    fault = _faults((count, base, value), units)
    counted = ~given & (fault == "") & (base > 0)
    low, high = _limits((count, base), units, counted, 0.95)
    low_998, high_998 = _limits((count, base), units, counted, 0.998)
    poisson = np.where(count < EXACT_BELOW, "exact Poisson", "Byar")
    worked_out = 100 * count / np.where(counted, base, np.nan)
    return table.assign(
        value=np.where(given, np.where(fault == "", value, np.nan), worked_out),
        low=low,
        high=high,
        low_998=low_998,
        high_998=high_998,
        method=np.where(given, "none", np.where(units == "percent", "wilson", poisson)),
        marker=np.where((marker == "") & (fault != ""), np.where(fault == FigureFault.EMPTY_BASE, "z", "x"), marker),
        fault=fault,
    )


def _limits(counts: tuple[Array, Array], units: Words, counted: Flags, level: float) -> tuple[Array, Array]:
    """Limits at one level, in the unit: Wilson's for shares, Poisson's for rates, NaN for what is not counted."""
    low, high = np.full((2, len(units)), np.nan)
    shares, rates = counted & (units == "percent"), counted & (units == "rate per 100")
    count, base = counts
    low[shares], high[shares] = (100 * limit for limit in wilson(count[shares], base[shares], level))
    _, low[rates], high[rates] = rate(count[rates], base[rates], confidence=level)
    return low, high


def _faults(numbers: tuple[Array, Array, Array], units: Words) -> Words:
    """Why the figure of each row makes no sense; "" where it does, or where there is none."""
    count, base, value = numbers
    percent, whole = units == "percent", np.isin(units, ["number", "rate per 100"])
    cases = [
        (np.isinf(count) | np.isinf(base) | np.isinf(value), FigureFault.NOT_FINITE),
        ((count < 0) | (base < 0) | (whole & (value < 0)), FigureFault.BELOW_ZERO),
        (base == 0, FigureFault.EMPTY_BASE),
        (percent & (count > base), FigureFault.ABOVE_BASE),
        (percent & ((value < 0) | (value > 100)), FigureFault.OUT_OF_RANGE),
    ]
    return choose_word(cases, "")
