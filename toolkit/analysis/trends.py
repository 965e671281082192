"""The recent trend of a yearly measure, by the rule of Fingertips (Office for Health Improvement and Disparities).

Yearly figures in a row, oldest first, of one unbroken definition: five, or as many as params/policy.yaml says. There is
a trend only where its chi-squared exceeds ``SIGNIFICANT`` and its sign survives leaving out each year in turn. The
functions on arrays take the years along the last axis, so a matrix of areas × years is worked out at once, each area on
its own. Source: Fingertips public health technical guidance, "trend markers"; TrendMarkerCalculator.cs of
fingertips-open and FingertipsNext (MIT).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, Words, choose_word, floats, only_where
from toolkit.analysis.codes import Direction, Trend
from toolkit.analysis.intervals import Limits
from toolkit.analysis.measure_grid import MeasureGrid, Positions
from toolkit.params import Policy
from toolkit.params.words import Polarity

__all__ = [
    "SIGNIFICANT",
    "YEARS",
    "TrendTest",
    "meaning_of",
    "percent_trend",
    "proportion_trend",
    "recent_trend",
    "weighted_trend",
]

YEARS = Policy().trend_years
"""Number of newest years that a trend uses, unless the policy says otherwise."""

SIGNIFICANT = 9.54953570608324
"""Chi-squared with one degree of freedom that chance exceeds once in 500 (99.8%)."""

_WIDTHS = 3.92
"""Width of a 95% interval in standard errors: 2 × 1.96."""


class TrendTest(NamedTuple):
    """Chi-squared, slope a year (in the figure's unit; in shares for proportions), and the marker.

    The marker is increasing, decreasing, no change or cannot be calculated; the numbers are NaN for the last.
    """

    chi_squared: Array
    slope: Array
    marker: Words


def weighted_trend(value: Numbers, limits: Limits) -> TrendTest:
    """Trend of figures with 95% limits: the line weighted by 1 ÷ ((high − low) ÷ 3.92)², left-out years alike.

    χ² = slope² ÷ its variance. Cannot be calculated where a figure or a limit is missing, or an interval has no width
    (its weight would be infinite). Shapes: (…, years) in, (…) out; fewer than four years are a ``ValueError``.
    """
    values, low, high = _yearly(value), _yearly(limits.low), _yearly(limits.high)
    sound = _every(np.isfinite(values) & (high > low))
    points = only_where(sound[..., None], values)
    weights = (_WIDTHS / only_where(sound[..., None], high - low)) ** 2
    slope, variance = _line(points, weights)
    holds = _sign_holds(slope, points, weights)
    return _trend(slope, slope**2 / variance, holds, sound)


def proportion_trend(count: Numbers, base: Numbers) -> TrendTest:
    """Trend of counts over their bases: the Cochran–Armitage χ² for trend (R's ``prop.trend.test``).

    The signs are those of plain lines through the log odds. Cannot be calculated where a count or base is missing, or
    a count is not between 0 and its base (log odds are infinite at both ends). Shapes as in ``weighted_trend``.
    """
    counts, bases = _yearly(count), _yearly(base)
    sound = _every((counts > 0) & (counts < bases))
    x, n = only_where(sound[..., None], counts), only_where(sound[..., None], bases)
    slope, spread = _line(x / n, n)
    pooled = x.sum(axis=-1) / n.sum(axis=-1)
    log_odds = np.log(x / (n - x))
    holds = _sign_holds(slope, log_odds, np.ones_like(log_odds))
    return _trend(slope, slope**2 / (spread * pooled * (1 - pooled)), holds, sound)


def percent_trend(counts: tuple[Numbers, Numbers], value: Numbers, limits: Limits) -> Words:
    """The marker for percentages of (count, base): that of ``proportion_trend``, which keeps to 0.2% of false alarms.

    Where a year has none or all of its base, log odds cannot tell, and the marker is that of ``weighted_trend``
    (docs/decisions/trends.md).
    """
    of_shares = proportion_trend(*counts).marker
    return np.where(of_shares == Trend.NOT_CALCULATED, weighted_trend(value, limits).marker, of_shares)


_FEWEST = 4
"""Years: without any one of them a line through three is left."""


def _yearly(numbers: Numbers) -> Array:
    years = floats(numbers)
    if years.ndim == 0 or years.shape[-1] < _FEWEST:
        raise ValueError(f"a recent trend takes at least {_FEWEST} yearly figures, not an array of shape {years.shape}")
    return years


def _every(years: Flags) -> Flags:
    return np.asarray(years.all(axis=-1))


def _line(points: Array, weights: Array) -> tuple[Array, Array]:
    """Slope of the weighted line through points at t = 1, 2, 3 …, and its variance where weights are 1 ÷ variance."""
    t = np.arange(1.0, points.shape[-1] + 1)
    total = weights.sum(axis=-1)
    t_mean = (weights * t).sum(axis=-1) / total
    apart = t - t_mean[..., None]
    spread = (weights * apart**2).sum(axis=-1)
    return (weights * apart * points).sum(axis=-1) / spread, 1 / spread


def _sign_holds(slope: Array, points: Array, weights: Array) -> Flags:
    """True where the line without any one year slopes the same way as ``slope``."""
    every_year_but_one = ~np.eye(points.shape[-1], dtype=bool)
    without = weights[..., None, :] * every_year_but_one
    slopes, _ = _line(np.broadcast_to(points[..., None, :], without.shape), without)
    level = np.abs(points).max(axis=-1)[..., None] * 1e-12  # a slope under this is rounding: equal years are level
    return _every(np.sign(np.where(np.abs(slopes) > level, slopes, 0.0)) == np.sign(slope)[..., None])


def _trend(slope: Array, chi_squared: Array, holds: Flags, sound: Flags) -> TrendTest:
    """The marker beside the numbers, which are NaN already where they are not ``sound``."""
    clear = holds & (chi_squared > SIGNIFICANT)
    cases = [
        (~sound, Trend.NOT_CALCULATED),
        (clear & (slope > 0), Trend.INCREASING),
        (clear, Trend.DECREASING),
    ]
    return TrendTest(chi_squared, slope, choose_word(cases, Trend.NO_CHANGE))


def meaning_of(trend: str, polarity: Polarity) -> Direction | None:
    """Whether a rise or a fall is better or worse; None where it is neither.

    >>> meaning_of("increasing", "low"), meaning_of("increasing", "none"), meaning_of("no change", "low")
    (<Direction.WORSE: 'worse'>, None, None)
    """
    if trend not in (Trend.INCREASING, Trend.DECREASING) or polarity == "none":
        return None
    return Direction.BETTER if (trend == Trend.INCREASING) == (polarity == "high") else Direction.WORSE


def recent_trend(grid: MeasureGrid, rows: Positions, columns: Positions, span: int = YEARS) -> list[str]:
    """The trend code of each row's ``span`` of years up to the column in ``columns``, or why there is none.

    The years follow one another without a gap and without a break; a missing year is never bridged.
    """
    measure = grid.measure
    if measure.within_year:
        return [Trend.NOT_YEARLY] * len(rows)
    places = (columns[:, None] + np.arange(1 - span, 1)).clip(min=-1)
    years = {name: grid.numbers[name][rows[:, None], places] for name in _NEEDED}
    complete = _in_a_row(grid, columns, span) & _every(~np.isnan(years["value"]))
    limits = Limits(years["low"], years["high"])
    if measure.unit == "percent":
        marker = percent_trend((years["numerator"], years["denominator"]), years["value"], limits)
    else:
        marker = weighted_trend(years["value"], limits).marker
    return [str(word) if whole else Trend.TOO_FEW_YEARS for word, whole in zip(marker, complete, strict=True)]


_NEEDED = ("value", "low", "high", "numerator", "denominator")


def _in_a_row(grid: MeasureGrid, columns: Positions, span: int) -> Flags:
    """True where the columns up to each are that many years in a row of one era."""
    first = columns - (span - 1)
    return np.asarray((first >= 0) & (grid.columns_before(columns, span - 1) == first))
