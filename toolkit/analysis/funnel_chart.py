"""Every authority's figure by its size, with the lines that few pass: what a funnel chart shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array
from toolkit.analysis.funnels import (
    LEVELS,
    average_proportion,
    proportion_limits,
    rate_limits,
    rate_lines,
    variance_between_rates,
    variance_between_shares,
)
from toolkit.analysis.intervals import Limits
from toolkit.analysis.marks import CANNOT
from toolkit.analysis.standing import against_all, rate_of_all
from toolkit.frames import Frame
from toolkit.params import Measure

__all__ = ["FUNNEL", "FUNNEL_LINES", "Funnel", "FunnelLimits", "FunnelPoint", "funnel_of"]


class FunnelPoint(NamedTuple):
    """One authority in a funnel plot."""

    area_code: Annotated[str, "nine-character code of the authority"]
    name: Annotated[str, "its name"]
    base: Annotated[float, "count below the line: its size"]
    value: Annotated[float, "its figure, in the measure's unit"]
    standing: Annotated[str, "far better, better, similar, worse, far worse than all together; cannot be judged"]


FUNNEL = Frame("funnel", FunnelPoint)
"""A row an authority with counts that may be shown, in the order of their size."""


class FunnelLimits(NamedTuple):
    """Control limits of a funnel plot at one base."""

    level: Annotated[float, "confidence of the pair of lines: 0.95 or 0.998"]
    side: Annotated[str, "low or high"]
    base: Annotated[float, "size"]
    value: Annotated[float, "where the line lies at that size, in the measure's unit"]


FUNNEL_LINES = Frame("funnel_lines", FunnelLimits)
"""Points of the four lines, each in the order of size."""

_POINTS = 60
"""Points of a line: it bends most where authorities are small, so they lie closer there."""


@dataclass(frozen=True)
class Funnel:
    """FUNNEL, FUNNEL_LINES and the figure of all authorities together, in the measure's unit."""

    points: pd.DataFrame
    lines: pd.DataFrame
    average: float


def funnel_of(measure: Measure, results: pd.DataFrame, period: str, fewest: int = 0) -> Funnel:
    """``results`` are RESULTS, protected or not; what is hidden is neither a point nor a part of the average.

    One whose base is below ``fewest`` is drawn and not judged. Without two authorities that have counts, and for
    measures that are no share or rate, the funnel is empty.
    """
    mine = results[(results["measure"] == measure.id) & (results["period"] == period)]
    mine = mine[(mine["area_level"] == "Local authority") & (mine["denominator"] > 0) & mine["value"].notna()]
    mine = mine[mine["numerator"].notna()].sort_values(["denominator", "area_code"])
    count, base = mine["numerator"].to_numpy(float), mine["denominator"].to_numpy(float)
    if len(mine) < 2 or measure.unit not in ("percent", "rate per 100"):
        return Funnel(FUNNEL.empty(), FUNNEL_LINES.empty(), float("nan"))
    points = pd.DataFrame(
        {
            "area_code": mine["area_code"].to_numpy(),
            "name": mine["area_name"].to_numpy(),
            "base": base,
            "value": mine["value"].to_numpy(float),
            "standing": np.where(base < fewest, CANNOT, against_all(measure, count, base).astype(str)),
        }
    )
    average = 100 * (count.sum() / base.sum())
    lines = _share_lines if measure.unit == "percent" else _rate_lines
    return Funnel(FUNNEL.validate(points), FUNNEL_LINES.validate(lines(count, base)), float(average))


def _share_lines(count: Array, base: Array) -> pd.DataFrame:
    sizes, between = _sizes(base), variance_between_shares(count, base)
    average = average_proportion(count, base)
    return _lines(sizes, {level: proportion_limits(average, sizes, level, between) for level in LEVELS})


def _rate_lines(count: Array, base: Array) -> pd.DataFrame:
    between, average = variance_between_rates(count, base), rate_of_all(count, base)
    if not between:
        return _exact_rate_lines(100 * average, base)
    sizes = _sizes(base)
    limits = {level: rate_limits(average, sizes, level, between) for level in LEVELS}
    return _lines(sizes, {level: Limits(100 * pair.low, 100 * pair.high) for level, pair in limits.items()})


def _sizes(base: Array) -> Array:
    return np.asarray(np.geomspace(base.min(), base.max(), _POINTS))


def _lines(sizes: Array, limits: Mapping[float, Limits]) -> pd.DataFrame:
    parts = [_line(level, side, sizes, getattr(pair, side)) for level, pair in limits.items() for side in pair._fields]
    return pd.concat(parts, ignore_index=True)


def _exact_rate_lines(average: float, base: Array) -> pd.DataFrame:
    """The lines of a rate by chance alone go through counts of events; the size that belongs to each follows."""
    most = max(10.0, 2 * base.max() * average / 100)
    events = np.unique(np.geomspace(1, most, _POINTS).round())
    parts = []
    for level in LEVELS:
        for side, (rate, size) in zip(("low", "high"), rate_lines(events, average, level), strict=True):
            within = size == size.clip(base.min(), base.max())
            parts.append(_line(level, side, size[within], rate[within]))
    return pd.concat(parts, ignore_index=True)


def _line(level: float, side: str, base: Array, value: Array) -> pd.DataFrame:
    return pd.DataFrame({"level": level, "side": side, "base": base, "value": value})
