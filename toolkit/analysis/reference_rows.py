"""England's row against the sum of its authorities: where it counts some that returned nothing, and what it is without.

A publisher's total may hold the people of an authority that sent no such figure. They are then counted below the line
and nowhere above it, or all in a residual category, and England's share is no share of anything.
"""

from __future__ import annotations

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.measure_grid import MeasureGrid, Positions
from toolkit.analysis.overdispersion import additive_overdispersion
from toolkit.analysis.panel.grid import FEWEST_FOR_MEAN
from toolkit.analysis.panel.scales import ModelScale, sampling_variance, to_scale

__all__ = ["england_to_compare"]

BEYOND = 3.09
"""Further from the rest than 1 authority in 500 would be, by the spread between authorities."""
LARGEST_REST = 0.1
"""Where authorities without a figure are more of England than this, their shares may well be what they seem."""


def england_to_compare(grid: MeasureGrid, england: Positions, columns: Positions) -> tuple[Array, Array]:
    """England's value of each column to compare with, and the published one where that is another (else NaN).

    Another only where the row does not add up (``_of_known``): then the share of all authorities that have a figure,
    rounded as it is printed. ``england`` are rows of the grid; −1 gives NaN.
    """
    published = grid.numbers["value"][england, columns]
    cells = list(zip(england.tolist(), columns.tolist(), strict=True))
    known_of = {cell: _of_known(grid, *cell) for cell in set(cells)}
    known = np.array([known_of[cell] for cell in cells])
    return np.where(np.isnan(known), published, known), np.where(np.isnan(known), np.nan, published)


def _of_known(grid: MeasureGrid, england: int, column: int) -> float:
    """The share of the authorities with a figure, where England's row holds others that cannot be what it says.

    The rest of England, its row less these authorities, is people of authorities without a figure. The row does not add
    up where the share of the rest is further from the others' mean than their spread and chance allow (3.09 standard
    deviations) and England's share without it lies outside England's own 95% interval. NaN elsewhere.
    """
    if england < 0 or column < 0 or grid.measure.unit != "percent":
        return float("nan")
    count, base, value = (grid.numbers[name][:, column] for name in ("numerator", "denominator", "value"))
    here = grid.local[np.isfinite(value[grid.local]) & (base[grid.local] > 0)]
    counted, people = float(count[here].sum()), float(base[here].sum())
    rest, of = float(count[england]) - counted, float(base[england]) - people
    if len(here) < FEWEST_FOR_MEAN or not 0 < of <= LARGEST_REST * base[england] or not 0 <= rest <= of:
        return float("nan")
    x, chance = to_scale(value[here], ModelScale.SHARE), np.nan_to_num(sampling_variance(base[here]))
    centre = float(to_scale(100 * counted / people, ModelScale.SHARE))
    spread = additive_overdispersion(x - centre, chance) + 1 / (4 * of)
    off = abs(float(to_scale(100 * rest / of, ModelScale.SHARE)) - centre) / np.sqrt(spread)
    known = 100 * counted / people
    low, high = (float(grid.numbers[name][england, column]) for name in ("low", "high"))
    return round(known, grid.measure.decimals) if off > BEYOND and not low <= known <= high else float("nan")
