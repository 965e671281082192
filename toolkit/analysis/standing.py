"""How an authority compares with England, its region, its statistical neighbours and every other authority."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from toolkit.analysis import marks
from toolkit.analysis.arrays import Array, Words
from toolkit.analysis.codes import Versus
from toolkit.analysis.comparisons import neighbour_mean
from toolkit.analysis.funnels import (
    proportion_significance,
    rate_significance,
    variance_between_rates,
    variance_between_shares,
)
from toolkit.analysis.marks import CANNOT
from toolkit.analysis.measure_grid import AreaFigures, MeasureGrid, Positions, order_of
from toolkit.analysis.panel.standing import RankRange, family_z, in_one_quarter, ranks_of_year, standings
from toolkit.analysis.quantiles import quartile_bands, quartile_edges, ranks
from toolkit.analysis.reference_rows import england_to_compare
from toolkit.analysis.setting import Setting
from toolkit.params import Measure, Policy

__all__ = ["BANDED", "against_all", "rate_of_all", "standing"]

BANDED = Policy().comparison_authorities
"""Fewest authorities for which quarters and funnels are drawn, unless the policy says otherwise."""

Z_95 = 1.96
"""Beyond this a difference from areas like it is no chance: one time in twenty it is."""

_VERSUS = {
    "High (0.001)": ("far better", "far worse"),
    "High (0.025)": ("better", "worse"),
    "Not significant": ("similar", "similar"),
    "Low (0.025)": ("worse", "better"),
    "Low (0.001)": ("far worse", "far better"),
    "": ("", ""),
}
"""Label of a funnel → its code where high is good, and where low is; none where its counts make no sense."""


def standing(
    grid: MeasureGrid, now: AreaFigures, at: tuple[Positions, Positions], settings: Sequence[Setting]
) -> dict[str, Any]:
    """Comparators of the newest period, the comparisons with them, rank and band; all from the same period and basis.

    ``at`` are the rows and columns of ``now``. The neighbours' figure is the plain mean of their values, as DfE's
    Local Authority Interactive Tool works it out; it is not the rate of their summed counts.
    """
    columns = at[1]
    values = grid.numbers["value"]
    england, published = england_to_compare(grid, grid.places(setting.england for setting in settings), columns)
    neighbours = _means(grid, [setting.neighbours for setting in settings], columns)
    before = _means(grid, [setting.neighbours_before for setting in settings], columns)
    families = [(setting.authority, setting.neighbours) for setting in settings]
    families_before = [(setting.authority, setting.neighbours_before) for setting in settings]
    changed = [bool(setting.neighbours_before) for setting in settings]
    return {
        "comparator_england": england,
        "england_published": published,
        "comparator_region": values[grid.places(setting.region for setting in settings), columns],
        "comparator_neighbours": neighbours,
        "comparator_neighbours_before": before,
        "versus_england": marks.versus(now, england, grid.measure),
        "versus_neighbours": _versus_family(grid, now, neighbours, families),
        "versus_neighbours_before": np.where(changed, _versus_family(grid, now, before, families_before), ""),
    } | _places(grid, at, settings[0].comparison_authorities)


def _means(grid: MeasureGrid, circles: Sequence[Sequence[str]], columns: Positions) -> Array:
    """The mean of each circle of areas in the column of each authority."""
    most = max(map(len, circles), default=0)
    row = grid.rows.get
    rows = np.array(
        [[row(area, -1) for area in areas] + [-1] * (most - len(areas)) for areas in circles], dtype=np.intp
    )
    return neighbour_mean(grid.numbers["value"][rows, columns[:, None]])


def _versus_family(
    grid: MeasureGrid, now: AreaFigures, means: Array, families: Sequence[tuple[str, Sequence[str]]]
) -> Words:
    """Better, worse or similar of each area (``now``) against ``means``, those of the areas like it (area, the others).

    With a panel the mean is that of a few areas drawn from all, and its own chance counts. Without one, or where the
    council sets the margin, the mean is taken as exact.
    """
    measure, model = grid.measure, grid.panel_model
    word = np.array(marks.versus(now, means, measure), dtype=object)
    if not model.basis.has_model or measure.polarity == "none":
        return word
    by_policy = np.isnan(now.low) & (measure.tolerance is not None)
    in_panel = np.isin([area for area, _ in families], model.panel.areas)
    for one in np.flatnonzero(in_panel & now.known & np.isfinite(means) & ~by_policy):
        area, others = families[int(one)]
        z = family_z(model, area, others, order_of(str(now.period[one]), measure.basis))
        if np.isfinite(z):
            better = (z > 0) == (measure.polarity == "high")
            word[one] = Versus.SIMILAR if abs(z) < Z_95 else Versus.BETTER if better else Versus.WORSE
    return word


def _places(grid: MeasureGrid, at: tuple[Positions, Positions], fewest: int) -> dict[str, Any]:
    """What an authority is among all of them, worked out once for each period that somebody's newest figure is in.

    ``fewest``: authorities for quarters and funnels.
    """
    rows, columns = at
    places: dict[str, Any] = {
        "rank": np.full(rows.shape, np.nan),
        "rank_of": np.full(rows.shape, np.nan),
        "rank_low": np.full(rows.shape, np.nan),
        "rank_high": np.full(rows.shape, np.nan),
        "quartile_band": np.full(rows.shape, "", dtype=object),
        "versus_all": np.full(rows.shape, "", dtype=object),
    }
    for column in np.unique(columns):
        mine = columns == column
        for name, every in _among(grid, int(column), fewest).items():
            places[name][mine] = every[rows[mine]]
    return places


def _among(grid: MeasureGrid, column: int, fewest: int) -> dict[str, Any]:
    """Rank (1 is best; ties take the smallest), quarter and funnel of every row of the grid in one period."""
    polarity, local = grid.measure.polarity, grid.local
    values = grid.numbers["value"][local, column]
    ranked = int((~np.isnan(values)).sum())
    rank = ranks(values, polarity) if ranked > 1 else np.full(values.shape, np.nan)
    ranges = _rank_ranges(grid, column)
    many = ranked >= fewest
    band = quartile_bands(values, quartile_edges(values), polarity) if many else np.full(values.shape, "")
    band = np.where(np.isfinite(ranges.low) & np.isnan(in_one_quarter(ranges)), "", band)
    return {
        "rank": _spread(grid, rank, np.nan),
        "rank_of": _spread(grid, np.where(np.isnan(rank), np.nan, ranked), np.nan),
        "rank_low": _spread(grid, ranges.low, np.nan),
        "rank_high": _spread(grid, ranges.high, np.nan),
        "quartile_band": _spread(grid, band.astype(object), ""),
        "versus_all": _spread(grid, _funnel(grid, column, fewest).astype(object), ""),
    }


def _rank_ranges(grid: MeasureGrid, column: int) -> RankRange:
    """The ranks that the figures of one period allow each authority; NaN without a panel or counts, or a polarity."""
    measure, model = grid.measure, grid.panel_model
    nothing = np.full(grid.local.shape, np.nan)
    if column < 0 or measure.polarity == "none" or measure.within_year:
        return RankRange(nothing, nothing)
    year = int(grid.order[column])
    return (
        standings(model, year, measure.polarity)
        if model.basis.has_model
        else ranks_of_year(model.panel, year, measure.polarity)
    )


def _spread(grid: MeasureGrid, of_local: Any, nothing: Any) -> Any:
    """The authorities' values on all rows of the grid."""
    every = np.full(len(grid.rows) + 1, nothing, dtype=of_local.dtype)
    every[grid.local] = of_local
    return every


def _funnel(grid: MeasureGrid, column: int, fewest: int) -> Words:
    """How far each authority lies from the average of all of them, beyond what chance gives one of its size.

    "" where fewer than ``fewest`` authorities have counts.
    """
    measure = grid.measure
    count, base = (grid.numbers[name][grid.local, column] for name in ("numerator", "denominator"))
    if ((count >= 0) & (base > 0)).sum() < fewest or measure.unit not in ("percent", "rate per 100"):
        return np.full(count.shape, "")
    return against_all(measure, count, base)


def against_all(measure: Measure, count: Array, base: Array) -> Words:
    """The word of each authority's share or rate against all of them together; "" where its counts make no sense.

    Beyond chance and beyond the spread that there is between authorities: about 2 in 100 are far from the average.
    """
    if measure.unit == "percent":
        labels = proportion_significance(count, base, variance_between_shares(count, base))
    else:
        labels = rate_significance(count, base, rate_of_all(count, base), variance_between_rates(count, base))
    if measure.polarity == "none":
        return np.where(labels == "", labels, CANNOT)
    return np.array([_VERSUS[str(label)][measure.polarity == "low"] for label in labels])


def rate_of_all(count: Array, base: Array) -> float:
    """Σ count ÷ Σ base per 1, over the areas where both are sound."""
    sound = (count >= 0) & (base > 0)
    return float(count[sound].sum() / base[sound].sum())
