"""One measure's results as a grid of areas × periods, so that any number of authorities are judged from one table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.params import Measure
from toolkit.sources import period_sort_key

__all__ = ["Cell", "Grid", "grid_of"]


@dataclass(frozen=True)
class Cell:
    """One figure: its period, value, limits and counts (NaN where there is none), and why there is no value."""

    period: str
    value: float
    low: float
    high: float
    numerator: float
    denominator: float
    marker: str
    edition: str

    @property
    def known(self) -> bool:
        return not np.isnan(self.value)


@dataclass(frozen=True)
class Grid:
    """``cells[area code]`` is a dict of period → Cell; ``periods`` are in time order; ``local`` are the authorities."""

    measure: Measure
    periods: tuple[str, ...]
    cells: dict[str, dict[str, Cell]]
    local: frozenset[str]

    def series(self, area: str) -> list[Cell]:
        """The area's figures in time order, those without a value included."""
        row = self.cells.get(area, {})
        return [row[period] for period in self.periods if period in row]

    def at(self, area: str, period: str) -> Cell | None:
        return self.cells.get(area, {}).get(period)

    def value(self, area: str, period: str) -> float:
        """The area's value in the period, NaN where there is none."""
        cell = self.at(area, period)
        return cell.value if cell else float("nan")

    def values(self, areas: tuple[str, ...] | frozenset[str], period: str) -> list[float]:
        """Known values of ``areas`` in the period; areas without one are left out."""
        every = (self.value(area, period) for area in sorted(areas))
        return [value for value in every if not np.isnan(value)]


_COLUMNS = ["period", "value", "low", "high", "numerator", "denominator", "marker", "edition"]


def grid_of(measure: Measure, results: pd.DataFrame) -> Grid:
    """The grid of one measure from its own rows of RESULTS."""
    cells: dict[str, dict[str, Cell]] = {}
    columns = (results[column].to_list() for column in _COLUMNS)
    for area, *figures in zip(results["area_code"].to_list(), *columns, strict=True):
        cells.setdefault(area, {})[figures[0]] = Cell(*figures)
    periods = sorted(set(results["period"].to_list()), key=lambda label: period_sort_key(label, measure.basis))
    local = results.loc[results["area_level"] == "Local authority", "area_code"]
    return Grid(measure, tuple(periods), cells, frozenset(local.to_list()))
