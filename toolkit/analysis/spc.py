"""XmR charts of monthly series, as NHS England's "Making data count" draws them.

Limits are mean ± 2.66 × mean moving range, worked out in each phase on its own. Rules, the first that holds naming a
point: outside the limits; part of a trend; two of three beyond the warning line; part of a run on one side of the
mean. Repeated values neither break nor lengthen a trend, and points on the mean neither break nor lengthen a run; a
missing month breaks both, and no moving range crosses it. Source: NHSRplotthedots (MIT) for limits, rules and order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array, Flags, Numbers, Words, check_polarity, choose_word, floats
from toolkit.analysis.codes import Assurance, MonthCause, Variation
from toolkit.params.words import Polarity

__all__ = [
    "MINIMUM_POINTS",
    "XmrOptions",
    "assurance",
    "classify_variation",
    "part_of",
    "run_ends",
    "trend_ends",
    "two_of_three",
    "xmr",
]

MINIMUM_POINTS = 13
"""Fewest known points of a phase for limits to be shown."""

_LIMIT = 2.66
_SCREEN = 3.267


@dataclass(frozen=True)
class XmrOptions:
    """``rebase``: positions (from 0) where a new phase starts.

    ``screen`` leaves moving ranges of 3.267 times their mean and more out of the mean (NHSRplotthedots does, the Excel
    tools of Making data count do not). ``run`` and ``trend`` are the lengths of those rules.
    """

    run: int = 7
    trend: int = 7
    screen: bool = True
    rebase: tuple[int, ...] = ()
    minimum: int = MINIMUM_POINTS


def xmr(values: Numbers, options: XmrOptions | None = None) -> pd.DataFrame:
    """A row a point: value, phase (from 0), mean, low, high, cause (a ``MonthCause``), side.

    Values are in time order, one a month; a month without one is NaN and has the cause "". ``side`` is 1 where the
    cause is high or rising, −1 where it is low or falling, else 0. A phase of fewer than ``minimum`` known points is
    not judged: mean and limits are NaN, the cause is ``TOO_FEW_MONTHS``. A rebase outside the series is a
    ``ValueError``.
    """
    chosen, points = options or XmrOptions(), floats(values)
    starts = sorted({0, *chosen.rebase})
    if starts[0] < 0 or starts[-1] >= max(len(points), 1):
        raise ValueError(f"a phase must start within the series, not at {chosen.rebase}")
    phases = [
        _phase(points[start:stop], chosen).assign(phase=number)
        for number, (start, stop) in enumerate(zip(starts, [*starts[1:], len(points)], strict=True))
    ]
    return pd.concat(phases, ignore_index=True)[["value", "phase", "mean", "low", "high", "cause", "side"]]


def _phase(points: Array, options: XmrOptions) -> pd.DataFrame:
    if np.isfinite(points).sum() < options.minimum:
        blank = dict.fromkeys(("mean", "low", "high"), np.nan)
        return pd.DataFrame({"value": points, **blank, "cause": MonthCause.TOO_FEW_MONTHS, "side": 0})
    mean, step = _centre(points, options.screen)
    cause, side = _causes(points, (mean, step), options)
    return pd.DataFrame(
        {"value": points, "mean": mean, "low": mean - step, "high": mean + step, "cause": cause, "side": side}
    )


def _centre(points: Array, screen: bool) -> tuple[float, float]:
    """Mean, and the distance from it to a limit; NaN without two points side by side."""
    ranges = np.abs(np.diff(points))
    ranges = ranges[np.isfinite(ranges)]
    if screen and ranges.size and ranges.any():
        ranges = ranges[ranges < _SCREEN * ranges.mean()]
    given = points[np.isfinite(points)]
    mean = float(given.mean()) if given.size else np.nan
    return mean, _LIMIT * float(ranges.mean()) if ranges.size else np.nan


def _causes(points: Array, centre: tuple[float, float], options: XmrOptions) -> tuple[Sequence[str], Array]:
    """The first rule that names each point, and the side it names."""
    mean, step = centre
    away = points - mean
    away[np.isclose(points, mean, rtol=1e-12, atol=1e-12)] = 0.0
    side = np.sign(away)
    outside = np.abs(away) > step
    close = ~outside & (np.abs(away) > 2 / 3 * step)
    rising = _trend(points, options.trend)
    two = two_of_three(close, side) & close
    run = _run(side, options.run)
    which = np.select([outside, rising != 0, two, run], [1, 2, 3, 4], 0)
    sides = np.select([which == 2, which > 0], [rising, side], 0.0)
    causes = [_RULES[int(rule)][0 if up > 0 else 1] for rule, up in zip(which, sides, strict=True)]
    return [cause if given else "" for cause, given in zip(causes, np.isfinite(points), strict=True)], sides


_RULES = (
    (MonthCause.COMMON, MonthCause.COMMON),
    (MonthCause.ABOVE_LIMIT, MonthCause.BELOW_LIMIT),
    (MonthCause.RISING, MonthCause.FALLING),
    (MonthCause.TWO_HIGH, MonthCause.TWO_LOW),
    (MonthCause.RUN_ABOVE, MonthCause.RUN_BELOW),
)
"""The rules in order, each with the code of its upper and of its lower side."""


def classify_variation(side: Numbers, polarity: Polarity) -> Words:
    """What ``side`` means: improvement or concern by polarity, high or low without one, else common cause."""
    up, down = floats(side) > 0, floats(side) < 0
    readings = {
        "high": (Variation.IMPROVEMENT, Variation.CONCERN),
        "low": (Variation.CONCERN, Variation.IMPROVEMENT),
        "none": (Variation.HIGH, Variation.LOW),
    }
    return choose_word(list(zip((up, down), readings[check_polarity(polarity)], strict=True)), Variation.COMMON)


def run_ends(side: Numbers, length: int = 7) -> Flags:
    """True at points that end ``length`` points in a row on one side; ``side`` is 1, −1, or 0 on the mean."""
    sides = floats(side)
    ends = np.zeros(len(sides), dtype=bool)
    for last in range(length - 1, len(sides)):
        ends[last] = sides[last] != 0 and (sides[last - length + 1 : last + 1] == sides[last]).all()
    return ends


def trend_ends(values: Numbers, length: int = 7) -> Array:
    """1 at points that end ``length`` strictly rising values, −1 for falling ones, else 0."""
    points = floats(values)
    steps, ends = np.sign(np.diff(points)), np.zeros(len(points))
    for last in range(length - 1, len(ends)):
        window = steps[last - length + 1 : last]
        ends[last] = window[0] if abs(window.sum()) == length - 1 else 0.0
    return ends


def part_of(ends: Numbers, length: int = 7) -> Flags:
    """True at points within the ``length`` points up to one that ``run_ends`` or ``trend_ends`` marks."""
    marked = floats(ends) != 0
    return np.array([marked[first : first + length].any() for first in range(len(marked))], dtype=bool)


def two_of_three(close: Numbers, side: Numbers) -> Flags:
    """True at the three points of a window on one side of the mean of which at least two are ``close`` to a limit."""
    near, sides = floats(close) != 0, floats(side)
    flags = np.zeros(len(near), dtype=bool)
    for first in range(len(near) - 2):
        window = slice(first, first + 3)
        if near[window].sum() >= 2 and abs(sides[window].sum()) == 3:
            flags[window] = True
    return flags


def _run(side: Array, length: int) -> Flags:
    counted = side != 0
    flags = np.zeros(len(side), dtype=bool)
    flags[counted] = part_of(run_ends(side[counted], length), length)
    return flags


def _trend(points: Array, length: int) -> Array:
    """1 in a rising trend, −1 in a falling one, the later where two meet; a repeated value goes with the one before."""
    fresh = np.concatenate([[True], np.diff(points) != 0])[: len(points)]
    ends = trend_ends(points[fresh], length)
    direction: Array = np.zeros(len(ends))
    for last in np.flatnonzero(ends):
        direction[last - length + 1 : last + 1] = ends[last]
    return np.asarray(direction[np.cumsum(fresh) - 1])


def assurance(chart: pd.DataFrame, target: float, polarity: Polarity) -> str:
    """Whether the newest phase of ``xmr`` can be relied on to meet a target, by its limits.

    Always met or missed where the target lies outside them, sometimes met between; "" without limits, target or
    polarity.
    """
    low, high = (chart[column].iloc[-1] if len(chart) else np.nan for column in ("low", "high"))
    if check_polarity(polarity) == "none" or np.isnan([low, high, target]).any():
        return ""
    if low <= target <= high:
        return Assurance.SOMETIMES_MET
    return Assurance.ALWAYS_MET if (target < low) == (polarity == "high") else Assurance.ALWAYS_MISSED
