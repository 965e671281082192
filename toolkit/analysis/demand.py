"""Demand ahead: a yearly count projected at its own growth, and how far past projections were out.

Method, stated so that anyone can check it: the yearly growth in percent of the comparable years is averaged (on the
log scale) and applied from the newest count on. Its 95% interval is Student's t on how much that growth has varied,
widening with every year ahead: s √(h + h² ÷ n) for h years from n yearly changes. It holds no view on causes.
Why this and not a straight line: docs/decisions/demand.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd

from toolkit.analysis.intervals import t_quantile
from toolkit.analysis.projection import FEWEST_YEARS, Projection
from toolkit.frames import Frame

__all__ = ["BACKTEST", "BacktestYear", "backtest", "extrapolate", "since_gap", "try_projection"]


class BacktestYear(NamedTuple):
    """A past projection against what happened."""

    year: Annotated[float, "year that was projected"]
    known_until: Annotated[float, "newest year that the projection was made from"]
    projected: Annotated[float, "what it would have said"]
    low: Annotated[float, "lower 95% limit"]
    high: Annotated[float, "upper 95% limit"]
    counted: Annotated[float, "what was counted then"]
    error: Annotated[float, "projected minus counted"]
    error_percent: Annotated[float, "the error in percent of what was counted"]
    held: Annotated[bool, "the interval held what was counted"]


BACKTEST = Frame("backtest", BacktestYear)
"""A row a past projection, by year and by how far ahead it was."""


def extrapolate(counts: Sequence[float], ahead: int, fewest: int = FEWEST_YEARS) -> Projection | None:
    """The count ``ahead`` years after the newest of ``counts`` (one a year, oldest first), with its 95% limits.

    None under ``fewest`` counts, or where one is not above 0. ``ahead`` under 1 is a ``ValueError``.

    >>> [round(end) for end in extrapolate([100, 110, 121, 133.1, 146.41], 1)]
    [161, 161, 161]
    """
    if ahead < 1:
        raise ValueError("project at least one year ahead")
    if len(counts) < fewest or not all(count > 0 and math.isfinite(count) for count in counts):
        return None
    growth = np.diff(np.log(counts))
    n = len(growth)
    middle = math.log(counts[-1]) + ahead * growth.mean()
    reach = float(t_quantile(n - 1)) * growth.std(ddof=1) * math.sqrt(ahead + ahead**2 / n)
    return Projection(*(float(math.exp(middle + side)) for side in (0.0, -reach, reach)))


def since_gap(counts: Mapping[int, float]) -> dict[int, float]:
    """The newest years without a gap or a missing count between them, oldest first."""
    years = sorted(year for year, count in counts.items() if math.isfinite(count))
    starts = [later for earlier, later in pairwise(years) if later - earlier > 1]
    return {year: counts[year] for year in years if not starts or year >= starts[-1]}


def backtest(counts: Mapping[int, float], ahead: int, fewest: int = FEWEST_YEARS) -> pd.DataFrame:
    """BACKTEST: every count of the past that at least ``fewest`` earlier ones could have projected.

    ``counts`` are comparable years in a row (``since_gap``); each is projected from all years up to 1 … ``ahead``
    before it, as it would have been then.
    """
    return try_projection(counts, ahead, lambda known, step: extrapolate(list(known.values()), step, fewest))


def try_projection(
    counts: Mapping[int, float], ahead: int, project: Callable[[dict[int, float], int], Projection | None]
) -> pd.DataFrame:
    """BACKTEST of any projection from the counts known by a year and the years ahead; None where it makes none."""
    years = sorted(counts)
    rows = []
    for year in years:
        for step in range(1, ahead + 1):
            then = project({y: counts[y] for y in years if y <= year - step}, step)
            if then is not None:
                rows.append(_row(year, year - step, then, counts[year]))
    return BACKTEST.validate(pd.DataFrame(rows)) if rows else BACKTEST.empty()


def _row(year: int, known_until: int, then: Projection, counted: float) -> dict[str, float | bool]:
    return {
        "year": float(year),
        "known_until": float(known_until),
        "projected": then.value,
        "low": then.low,
        "high": then.high,
        "counted": counted,
        "error": then.value - counted,
        "error_percent": 100 * (then.value - counted) / counted,
        "held": bool(then.low <= counted <= then.high),
    }
