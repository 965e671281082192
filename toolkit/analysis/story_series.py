"""One measure's figures by area and period, as the story looks at them, and how far authorities lie apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array
from toolkit.analysis.measure_grid import era_of
from toolkit.params import Measure
from toolkit.params.words import periods_a_year
from toolkit.sources import parse_period

__all__ = ["Count", "MeasureSeries", "series_by_measure", "spread_of"]

_IQR_OF_NORMAL = 1.349
"""Interquartile range of a normal distribution, in standard deviations."""


class Count(NamedTuple):
    """A figure with its counts; NaN where there are none."""

    value: float
    numerator: float
    denominator: float


_NOTHING = Count(np.nan, np.nan, np.nan)


@dataclass(frozen=True)
class MeasureSeries:
    """``figures`` is (area, period) → figure, without those of too few people; ``local`` are the authorities."""

    measure: Measure
    figures: Mapping[tuple[str, str], Count]
    local: frozenset[str]

    def at(self, area: str, period: str) -> Count:
        return self.figures.get((area, period), _NOTHING)

    def before(self, period: str, years: int) -> str:
        """The period some years before; "" where a break lies between the two."""
        if not period:
            return ""
        basis = self.measure.basis
        label = parse_period(period, basis).before(years * periods_a_year(basis)).label
        return label if self.comparable(label, period) else ""

    def comparable(self, then: str, now: str) -> bool:
        """Whether no break of the measure lies between two periods."""
        return bool(then and now) and era_of(then, self.measure) == era_of(now, self.measure)

    def others(self, area: str, period: str) -> dict[str, float]:
        """Values of all authorities but one in a period."""
        known = {code: figure.value for (code, label), figure in self.figures.items() if label == period}
        return {code: known[code] for code in sorted(known) if code in self.local and code != area}

    def changes_of_others(self, area: str, then: str, now: str) -> list[float]:
        """What the value of every other authority changed by."""
        before, after = self.others(area, then), self.others(area, now)
        return [after[code] - before[code] for code in after if code in before]


def spread_of(values: Iterable[float], fewest: int) -> float:
    """Interquartile range ÷ 1.349, and at least half the standard deviation; NaN for fewer values than that, or none.

    >>> round(spread_of([1, 2, 3, 4, 5, 6, 7, 8], 8), 2)
    2.59
    """
    known: Array = np.array([value for value in values if np.isfinite(value)])
    if len(known) < fewest:
        return float("nan")
    low, high = np.quantile(known, [0.25, 0.75])
    spread = max((high - low) / _IQR_OF_NORMAL, known.std() / 2)
    return float(spread) if spread > 0 else float("nan")


def series_by_measure(
    results: pd.DataFrame, measures: Iterable[Measure], minimum_base: int
) -> dict[str, MeasureSeries]:
    """Measure → its figures, from RESULTS; figures of fewer people than ``minimum_base`` are left out."""
    known = results[results["value"].notna() & ~(results["denominator"] < minimum_base)]
    local = frozenset(results.loc[results["area_level"] == "Local authority", "area_code"])
    rows: dict[str, dict[tuple[str, str], Count]] = {}
    columns = ("measure", "area_code", "period", "value", "numerator", "denominator")
    for name, area, period, *numbers in zip(*(known[c].to_list() for c in columns), strict=True):
        rows.setdefault(name, {})[area, period] = Count(*numbers)
    return {m.id: MeasureSeries(m, rows.get(m.id, {}), local) for m in measures}
