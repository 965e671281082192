"""Where the authority stands beside England, its region, its statistical neighbours and every other authority."""

from __future__ import annotations

import math
from typing import Any

from toolkit.analysis import marks
from toolkit.analysis.grid import Cell, Grid
from toolkit.analysis.quantiles import quartile_bands, quartile_edges, ranks
from toolkit.analysis.setting import Setting
from toolkit.params.words import Polarity

__all__ = ["standing"]

BANDED = 40
"""Fewest authorities for which quarters are named: among ten, a quarter is two or three of them."""


def standing(grid: Grid, now: Cell, setting: Setting) -> dict[str, Any]:
    """Comparators of the newest period, the words beside them, rank and band; all from the same period and basis.

    The neighbours' figure is the plain mean of their values, missing ones left out, as DfE's Local Authority
    Interactive Tool works it out; it is not the rate of their summed counts.
    """
    england = grid.value(setting.england, now.period)
    neighbours = grid.values(setting.neighbours, now.period)
    mean = sum(neighbours) / len(neighbours) if neighbours else math.nan
    return {
        "comparator_england": england,
        "comparator_region": grid.value(setting.region, now.period),
        "comparator_neighbours": mean,
        "versus_england": marks.versus(now, england, grid.measure),
        "versus_neighbours": marks.versus(now, mean, grid.measure),
    } | _place(grid, now)


def _place(grid: Grid, now: Cell) -> dict[str, Any]:
    """Rank (1 is best; ties take the smallest) and quarter among the authorities with a value in the period."""
    values = grid.values(grid.local, now.period)
    polarity = grid.measure.polarity
    if polarity == "none" or not now.known or len(values) < 2:
        return {"rank": math.nan, "rank_of": math.nan, "quartile_band": ""}
    ranked = ranks(values, polarity)
    return {
        "rank": float(ranked[values.index(now.value)]),
        "rank_of": float(len(values)),
        "quartile_band": _band(values, now.value, polarity) if len(values) >= BANDED else "",
    }


def _band(values: list[float], value: float, polarity: Polarity) -> str:
    return str(quartile_bands(value, quartile_edges(values), polarity))
