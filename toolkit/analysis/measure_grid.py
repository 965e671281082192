"""One measure's results as a grid of areas × periods, so that any number of authorities are judged at once.

Every matrix has one row and one column more than there are areas and periods: they hold nothing, and −1 points there.
An area or a period that is not known is therefore no special case: its figure is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.analysis.arrays import Array, Flags
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.model import PanelModel, fit_panel
from toolkit.analysis.panel.scales import ModelScale
from toolkit.params import Measure
from toolkit.params.words import periods_a_year
from toolkit.sources import parse_period

__all__ = ["AreaFigures", "MeasureGrid", "Positions", "era_of", "grids_of", "order_of"]

Positions: TypeAlias = npt.NDArray[np.intp]
"""Rows or columns of a grid; −1 where there is none."""

_Texts: TypeAlias = npt.NDArray[np.object_]
_NUMBERS = ("value", "low", "high", "low_998", "high_998", "numerator", "denominator")
_TEXTS = ("marker", "edition", "fault")
_SCALES = {
    "percent": ModelScale.SHARE,
    "rate per 100": ModelScale.SHARE,
    "number": ModelScale.LOG,
    "pounds": ModelScale.LOG,
    "score": ModelScale.SCORE,
}
"""Unit → the scale on which the panel of a measure is modelled."""


@dataclass(frozen=True)
class AreaFigures:
    """One figure an authority: values, 95% and 99.8% limits and counts (NaN where there is none), in one order.

    ``marker`` and ``fault`` say why there is no value. Every array has one element an authority.
    """

    period: _Texts
    value: Array
    low: Array
    high: Array
    low_998: Array
    high_998: Array
    numerator: Array
    denominator: Array
    marker: _Texts
    edition: _Texts
    fault: _Texts
    reach: Array
    """How far such a figure moves by itself (95%), in the unit, by the national panel; NaN without one."""

    @property
    def known(self) -> Flags:
        return np.isfinite(self.value)


@dataclass(frozen=True)
class MeasureGrid:
    """One measure: ``rows`` is area code → row; ``periods`` are the columns in time order; ``local`` the authorities.

    ``order`` numbers the columns' periods so that one follows another where the numbers do; ``era`` counts the breaks
    of the measure up to each: only figures of one era may be compared.
    """

    measure: Measure
    rows: Mapping[str, int]
    periods: tuple[str, ...]
    order: npt.NDArray[np.int64]
    era: npt.NDArray[np.int64]
    numbers: Mapping[str, Array]
    texts: Mapping[str, _Texts]
    given: Flags
    local: Positions
    panel_model: PanelModel
    """The model of all authorities with figures here (rows ``local``), or the reason why there is none."""

    def places(self, areas: Iterable[str]) -> Positions:
        """The rows of areas, −1 for one without figures."""
        return np.array([self.rows.get(area, -1) for area in areas], dtype=np.intp)

    def at(self, rows: Positions, columns: Positions) -> AreaFigures:
        """The figure of each row in its column."""
        picked: dict[str, Any] = {name: matrix[rows, columns] for name, matrix in self.numbers.items()}
        picked |= {name: matrix[rows, columns] for name, matrix in self.texts.items()}
        labels = np.array([*self.periods, ""], dtype=object)
        return AreaFigures(period=labels[columns], **picked)

    def newest(self, rows: Positions) -> Positions:
        """The column of each row's newest figure with a value, else of its newest row without one, else −1."""
        with_value = _last(~np.isnan(self.numbers["value"][rows]))
        return np.where(with_value >= 0, with_value, _last(self.given[rows]))

    @cached_property
    def published(self) -> int:
        """The column of the newest period that is out: some authority has a value in it, or one that cannot be shown.

        A row that says only "not available" does not count: publishers list years that are not out yet. −1 for none.
        """
        here = self.local
        out = ~np.isnan(self.numbers["value"][here])
        marker = self.texts["marker"][here]
        out |= (marker == "c") | (marker == "low") | (self.texts["fault"][here] != "")
        return int(_last(np.atleast_2d(out.any(axis=0)))[0])

    def with_base(self, minimum: int) -> MeasureGrid:
        """The grid without the figures of fewer people than that; none of them is compared or trended."""
        few = self.numbers["denominator"] < minimum
        return replace(self, numbers={name: np.where(few, np.nan, numbers) for name, numbers in self.numbers.items()})

    def column(self, label: str) -> int:
        return self.periods.index(label) if label in self.periods else -1

    def columns_before(self, columns: Positions, ago: int) -> Positions:
        """The column ``ago`` periods before each, in the same era; −1 where that period is not among the columns."""
        places = {(order, era): column for column, (order, era) in enumerate(zip(self.order, self.era, strict=True))}
        before = [places.get((self.order[c] - ago, self.era[c]), -1) if c >= 0 else -1 for c in columns]
        return np.array(before, dtype=np.intp)


def _last(flags: Flags) -> Positions:
    """The place of the last flag of each row that holds; −1 where none does."""
    from_the_end = flags[:, ::-1].argmax(axis=1)
    return np.where(flags.any(axis=1), flags.shape[1] - 1 - from_the_end, -1)


def order_of(label: str, basis: str) -> int:
    """The number of a period among those of its basis: 2018 and 2017/18 are 2018 and 2017; a month counts months."""
    period, parts = parse_period(label, basis), periods_a_year(basis)
    return period.year * parts + (period.month - 1) * parts // 12 if parts > 1 else period.year


def era_of(label: str, measure: Measure) -> int:
    """How many of the measure's breaks lie at or before a period."""
    here = order_of(label, measure.basis)
    return sum(order_of(b.from_, measure.basis) <= here for b in measure.breaks)


def grids_of(measures: Iterable[Measure], results: pd.DataFrame) -> list[MeasureGrid]:
    """One grid a measure, from RESULTS; build them once and judge as many authorities as you like.

    Two rows for one measure, area and period are a ``ValueError``.
    """
    columns: dict[str, Any] = {name: results[name].to_numpy() for name in _NUMBERS}
    columns |= {name: results[name].to_numpy(dtype=object) for name in ("area_code", "area_level", "period", *_TEXTS)}
    places = results.groupby("measure", sort=False).indices
    nowhere = np.array([], dtype=np.intp)
    return [_grid(m, {name: c[places.get(m.id, nowhere)] for name, c in columns.items()}) for m in measures]


def _grid(measure: Measure, results: Mapping[str, Any]) -> MeasureGrid:
    """The grid of one measure from the columns of its rows."""
    area, areas = pd.factorize(results["area_code"], sort=True)
    labels = results["period"]
    periods = sorted(set(labels), key=lambda label: order_of(label, measure.basis))
    place = {label: column for column, label in enumerate(periods)}
    column = np.array([place[label] for label in labels], dtype=np.intp)
    shape = (len(areas) + 1, len(periods) + 1)
    given = np.zeros(shape, dtype=bool)
    given[area, column] = True
    if given.sum() != len(labels):
        raise ValueError(f"{measure.id}: two rows for one area and period")
    order = np.array([order_of(label, measure.basis) for label in periods], dtype=np.int64)
    numbers = {name: _matrix(results[name], shape, (area, column), np.nan) for name in _NUMBERS}
    local = np.unique(area[results["area_level"] == "Local authority"])
    figures = {name: numbers[name][local, :-1] for name in ("value", "denominator")}
    model = _panel_model(measure, order, tuple(str(areas[row]) for row in local), figures)
    return MeasureGrid(
        measure,
        {str(code): row for row, code in enumerate(areas)},
        tuple(periods),
        order,
        np.array([era_of(label, measure) for label in periods], dtype=np.int64),
        numbers | {"reach": _reach(model, order, local, shape)},
        {name: _matrix(results[name], shape, (area, column), "") for name in _TEXTS},
        given,
        local,
        model,
    )


def _panel_model(
    measure: Measure, order: npt.NDArray[np.int64], areas: tuple[str, ...], figures: Mapping[str, Array]
) -> PanelModel:
    """The model of the authorities' figures; months have none. Years between two periods are columns of NaN."""
    rows, yearly = len(areas), len(order) > 0 and not measure.within_year
    years = np.arange(order[0], order[-1] + 1) if yearly else np.array([], dtype=np.int64)
    at = np.searchsorted(years, order) if yearly else np.array([], dtype=np.intp)
    value, base = (np.full((rows, len(years)), np.nan) for _ in range(2))
    if yearly:
        value[:, at], base[:, at] = figures["value"], figures["denominator"]
    scale = _SCALES[measure.unit]
    counted = scale is ModelScale.SHARE and bool(np.isfinite(base).any())
    breaks = frozenset(order_of(b.from_, measure.basis) for b in measure.breaks)
    return fit_panel(Panel(areas, tuple(map(int, years)), value, scale, base if counted else None, breaks=breaks))


def _reach(model: PanelModel, order: npt.NDArray[np.int64], local: Positions, shape: tuple[int, int]) -> Array:
    reach = np.full(shape, np.nan)
    if model.basis.has_model:
        columns = np.searchsorted(np.array(model.panel.years), order)
        reach[local[:, None], np.arange(len(order))] = model.reach()[:, columns]
    return reach


def _matrix(values: Any, shape: tuple[int, int], at: tuple[Any, Any], nothing: float | str) -> Any:
    matrix = np.full(shape, nothing, dtype=values.dtype)
    matrix[at] = values
    return matrix
