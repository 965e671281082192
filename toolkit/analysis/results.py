"""From observations to results: numerator, denominator, value and interval for every measure, area and period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array, Flags, Words, worded
from toolkit.analysis.intervals import EXACT_BELOW, wilson
from toolkit.analysis.rates import rate
from toolkit.frames import RESULTS
from toolkit.params import Measure
from toolkit.sources import count_after

__all__ = ["NOBODY", "results_for"]

NOBODY = "nobody was counted below the line"
_TURNED_ROUND = "more were counted above the line than below it"
_BELOW_ZERO = "a count cannot be below zero"
_NO_PERCENTAGE = "a percentage lies between 0 and 100"


def results_for(measures: Iterable[Measure], observations: pd.DataFrame) -> pd.DataFrame:
    """RESULTS of ``measures`` from OBSERVATIONS, sorted by measure, area and period.

    A value is 100 × numerator ÷ denominator, with Wilson limits for a percent and Poisson limits for a rate, or what
    the publisher gives (method ``none``). A row that makes no sense (denominator 0, numerator above it, a count below
    0, a percentage beyond 0 to 100) keeps its counts, has no value, carries the marker z or x, and says its ``fault``;
    a sum with a part missing carries the part's marker. Two rows for one figure are a ``ValueError``.
    """
    observed = _Observed(observations)
    measures = list(measures)
    figures = [observed.figures(measure) for measure in measures]
    each = np.repeat(np.arange(len(measures)), [len(rows) for rows in figures])
    if not len(each):
        return RESULTS.empty()
    places, *numbers, markers = zip(*chain.from_iterable(figures), strict=True)
    table = observations[_ABOUT].take(np.array(places)).reset_index(drop=True)
    for column, values in zip(("value", "numerator", "denominator"), numbers, strict=True):
        table[column] = np.array(values, dtype="float64")
    table["marker"] = np.array(markers, dtype=object)
    for column, name in {"measure": "id", "breakdown": "breakdown", "source": "source", "basis": "basis"}.items():
        words = np.array([getattr(measure, name) for measure in measures], dtype=object)
        table[column] = pd.Series(words[each], dtype="str")
    units = np.array([measure.unit for measure in measures])[each]
    given = np.array([bool(measure.value) for measure in measures])[each]
    return RESULTS.checked(_valued(table, units, given).sort_values(["measure", "area_code", "period"]))


_ABOUT = ["area_code", "period", "area_name", "area_level", "published", "edition"]
_Figure = tuple[int, float, float, float, str]
"""Place of the observation that says where and when, value, numerator, denominator and marker of one row."""
_Cells = dict[tuple[str, str], tuple[int, float, str]]
"""Area and period → place, value and marker."""


class _Observed:
    """Observations as columns, and the places of each item's rows, so that measures only look up what they want."""

    def __init__(self, observations: pd.DataFrame) -> None:
        self._places: dict[Any, Any] = observations.groupby(["source", "item"], sort=False).indices
        names = ("area_code", "period", "basis", "breakdown", "marker", "published")
        self._texts = {name: observations[name].to_numpy(dtype=object) for name in names}
        self._value: Array = observations["value"].to_numpy(dtype="float64")

    def figures(self, measure: Measure) -> list[_Figure]:
        """Every area and period of a measure: its value as published, or what stands above and below the line."""
        if measure.value:
            found = self._item(measure, measure.value).values()
            return [(place, value, np.nan, np.nan, marker) for place, value, marker in found]
        return list(self._over(measure, self._sum(measure, measure.above), self._sum(measure, measure.below)))

    @staticmethod
    def _over(measure: Measure, above: _Cells, below: _Cells) -> Iterator[_Figure]:
        """What stands above the line beside what stands below it, which may be counted in a later period."""
        counted_in: dict[str, str] = {}
        for (area, period), (place, count, marker) in above.items():
            if period not in counted_in:
                basis = measure.denominator_basis
                counted_in[period] = count_after(period, measure.basis, basis) if basis else period
            if (area, counted_in[period]) in below:
                _, base, other = below[area, counted_in[period]]
                yield place, np.nan, count, base, marker or other

    def _item(self, measure: Measure, item: str) -> _Cells:
        """Place, value and marker of one item on its own basis and the measure's breakdown, by area and period."""
        places = self._places.get((measure.source, item), np.array([], dtype=np.intp))
        texts = self._texts
        mine = (texts["basis"][places] == measure.basis_of(item)) & (texts["breakdown"][places] == measure.breakdown)
        places = places[mine]
        keys = zip(texts["area_code"][places], texts["period"][places], strict=True)
        rows = zip(places.tolist(), self._value[places].tolist(), texts["marker"][places], strict=True)
        found = dict(zip(keys, rows, strict=True))
        if len(found) < len(places):
            raise ValueError(f"{measure.id}: two rows of '{item}' for one area and period")
        return found

    def _sum(self, measure: Measure, items: tuple[str, ...]) -> _Cells:
        """Items added up by area and period; no sum, but a marker, where any of them has no number."""
        parts = [self._item(measure, item) for item in items]
        if len(parts) == 1:
            return parts[0]
        sums = {}
        for key in sorted(set().union(*parts)):
            rows = [part[key] for part in parts if key in part]
            place = max((place for place, _, _ in rows), key=lambda place: str(self._texts["published"][place]))
            whole = len(rows) == len(items) and not any(np.isnan(value) for _, value, _ in rows)
            marker = "" if whole else max(marker for _, _, marker in rows) or "x"
            sums[key] = (place, sum(value for _, value, _ in rows) if whole else np.nan, marker)
        return sums


def _valued(table: pd.DataFrame, units: Words, given: Flags) -> pd.DataFrame:
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
        marker=np.where((marker == "") & (fault != ""), np.where(fault == NOBODY, "z", "x"), marker),
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
        ((count < 0) | (base < 0) | (whole & (value < 0)), _BELOW_ZERO),
        (base == 0, NOBODY),
        (percent & (count > base), _TURNED_ROUND),
        (percent & ((value < 0) | (value > 100)), _NO_PERCENTAGE),
    ]
    return worded(cases, "")
