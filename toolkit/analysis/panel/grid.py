"""A panel of one measure: its figures by authority and year, as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.analysis.arrays import Array
from toolkit.analysis.panel.scales import SMALLEST_BASE, ModelScale, sampling_variance, to_scale

__all__ = ["FEWEST_FOR_MEAN", "FEW_FOR_OWN_PART", "MIDDLE", "Panel", "panel_of"]

FEWEST_FOR_MEAN = 8
"""With fewer authorities in a year there is no national mean of that year."""

FEW_FOR_OWN_PART = 40
"""In a panel of fewer areas each is left out of the mean that it is compared with; in a larger one it hardly counts."""

_TRIM = 0.1
MIDDLE = 1 - 2 * _TRIM
"""The share of areas whose mean is the national level."""


@dataclass(frozen=True)
class Panel:
    """Figures of one measure: ``value`` and ``base`` have a row for each area and a column for each year.

    Years run without gaps; a year without figures is a column of NaN. ``base`` holds denominators, or is None where
    none are published; ``size`` is then each area's mean size (plans, pupils), NaN where not known. ``breaks`` are the
    years with which a new series starts. ``duplicated`` names the areas that have two figures for one year.
    """

    areas: tuple[str, ...]
    years: tuple[int, ...]
    value: Array
    scale: ModelScale = ModelScale.SHARE
    base: Array | None = None
    size: Array | None = None
    breaks: frozenset[int] = frozenset()
    duplicated: tuple[str, ...] = ()

    @cached_property
    def x(self) -> Array:
        """Figures on the scale of the model; NaN where missing or on fewer than ten people."""
        x = to_scale(self.value, self.scale)
        return x if self.base is None else np.asarray(np.where(self.base >= SMALLEST_BASE, x, np.nan))

    @cached_property
    def sampling(self) -> Array:
        """Sampling variance of each figure on the scale: 1/(4n) for shares with denominators, else 0 (not known)."""
        if self.base is None or self.scale is not ModelScale.SHARE:
            return np.zeros_like(self.value)
        return np.nan_to_num(sampling_variance(self.base))

    @property
    def has_counts(self) -> bool:
        """Whether sampling variance is known, so that "noise" means what goes beyond it."""
        return self.base is not None and self.scale is ModelScale.SHARE

    @cached_property
    def span(self) -> npt.NDArray[np.int64]:
        """The number of the unbroken series that each year belongs to."""
        return np.array([sum(b <= year for b in self.breaks if b > self.years[0]) for year in self.years])

    @cached_property
    def national(self) -> Array:
        """The national level of each year on the scale: the mean of the middle 80% of areas; NaN with fewer than 8."""
        return np.array([_trimmed_mean(column) for column in self.x.T])

    @cached_property
    def others(self) -> Array:
        """The national level that each area is compared with, a row an area: of few areas, the mean of the others.

        One of 20 areas makes up a twentieth of their mean, and would seem nearer to it than it is.
        """
        if len(self.areas) >= FEW_FOR_OWN_PART:
            return np.broadcast_to(self.national, self.x.shape)
        apart = (np.delete(self.x, i, axis=0) for i in range(len(self.areas)))
        rows = [[_trimmed_mean(column) for column in rest.T] for rest in apart]
        return np.array(rows).reshape(self.x.shape)

    @cached_property
    def deviation(self) -> Array:
        """Each figure less the level of the others in its year."""
        return np.asarray(self.x - self.others)

    def until(self, year: int) -> Panel:
        """What was known after this year: the columns up to it."""
        return self.between(self.years[0], year)

    def between(self, first: int, last: int) -> Panel:
        """The columns of the years from ``first`` to ``last``."""
        kept = [t for t, year in enumerate(self.years) if first <= year <= last]
        base = None if self.base is None else self.base[:, kept]
        return replace(self, years=tuple(self.years[t] for t in kept), value=self.value[:, kept], base=base)

    def some(self, rows: Iterable[int]) -> Panel:
        """The panel of these rows only."""
        kept = list(rows)
        base, size = (None if m is None else m[kept] for m in (self.base, self.size))
        return replace(self, areas=tuple(self.areas[i] for i in kept), value=self.value[kept], base=base, size=size)


def _trimmed_mean(column: Array) -> float:
    known = np.sort(column[np.isfinite(column)])
    cut = int(_TRIM * len(known))
    return float(known[cut : len(known) - cut].mean()) if len(known) >= FEWEST_FOR_MEAN else float("nan")


def panel_of(table: pd.DataFrame, scale: ModelScale = ModelScale.SHARE, breaks: Iterable[int] = ()) -> Panel:
    """The panel of a table with columns area, year, value and, where known, base (denominator) or size.

    Of an area with two figures for one year the first is kept and the area is named in ``duplicated``: such a measure
    is refused by the fit. Rows without a figure are left out, so an area without any has no row.
    """
    known = table.dropna(subset=["value"])
    twice = known[known.duplicated(["area", "year"], keep=False)]
    known = known.drop_duplicates(["area", "year"])
    years = range(int(known["year"].min()), int(known["year"].max()) + 1) if len(known) else range(0)
    areas = sorted(known["area"].unique())
    grids = {c: _grid(known, c, areas, years) for c in ("value", "base") if c in known}
    size = known.groupby("area")["size"].mean().reindex(areas).to_numpy(float) if "size" in known else None
    named = tuple(sorted(twice["area"].unique()))
    return Panel(
        tuple(areas), tuple(years), grids["value"], scale, grids.get("base"), size, frozenset(breaks), duplicated=named
    )


def _grid(known: pd.DataFrame, column: str, areas: list[str], years: range) -> Array:
    wide = known.pivot(index="area", columns="year", values=column)
    return np.asarray(wide.reindex(index=areas, columns=list(years)).to_numpy(float))
