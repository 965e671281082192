"""Counts ahead, such as plans in place: own growth drawn to England's, with the range of all authorities' past errors.

With Y the log of a count and h years ahead: Y + h (w own + (1 − w) England's), where own is the mean growth of the last
three years and w how much of a difference from the others went on in the past. What the same forecast missed by at its
last five origins makes the range: each authority's error less the median, by its size and by how far it was out before,
and the medians themselves, which all authorities share. It knows nothing of law or plans.
Why and how well: docs/decisions/demand.md; back-tests: ``benchmarks/panel_backtests.py``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, floats
from toolkit.analysis.panel.grid import Panel

__all__ = ["FEWEST_AREAS", "FEWEST_YEARS", "Ahead", "counts_ahead", "enough_for_growth"]

FEWEST_AREAS, FEWEST_YEARS = 30, 7
"""With seven years the ranges of plans held as often as with eight; requests, with six, had one of 98% of the count."""
OWN_YEARS, ORIGINS = 3, 5
_MISSES, _QUANTILES = 15, 80
_PRIOR_ERRORS, _MOST_OUT = 5.0, 3.0
_SURE_OF_NATION = 0.01
"""Growth of all authorities together is not foreseen better than this, however few origins it was missed at."""

_LEAST_VARIANCE = 1e-12
"""Of an error, so that growth that was never missed by anybody has a scale."""


class Ahead(NamedTuple):
    """The expected count of every authority some years ahead, with its 95% limits; NaN without three counts."""

    value: Array
    low: Array
    high: Array


def enough_for_growth(panel: Panel) -> bool:
    """Whether so many authorities and years are known, in one series, that past errors make a range."""
    known = np.isfinite(panel.x).sum(axis=0) >= FEWEST_AREAS
    return bool(len(known) and known[-1] and (known & (panel.span == panel.span[-1])).sum() >= FEWEST_YEARS)


def counts_ahead(panel: Panel, year: int, ahead: int) -> Ahead:
    """The counts ``ahead`` years after ``year``, from those up to it; ``panel`` is on the log scale.

    Needs ``enough_for_growth`` of the panel until that year, and a past origin of the horizon.
    """
    y, t = panel.x[:, : panel.years.index(year) + 1], panel.years.index(year)
    first = int(np.argmax(panel.span == panel.span[t]))
    y = y[:, first:]
    weight, last = _own_weight(y), y.shape[1] - 1
    centre = _centre(y, last, ahead, weight)
    past = range(max(1, last - ahead - ORIGINS + 1), last - ahead + 1)
    errors = np.array([y[:, u + ahead] - _centre(y, u, ahead, weight) for u in past])
    misses = np.nanmedian(errors, axis=1)
    size = _scale_of_size(errors - misses[:, None], np.array([y[:, u] for u in past]))
    standard = (errors - misses[:, None]) / size(np.array([y[:, u] for u in past]))
    apart, now = _own_scatter(standard)
    quantiles = np.nanquantile(standard / apart, (np.arange(_QUANTILES) + 0.5) / _QUANTILES)
    spread = np.sqrt((np.sum(misses**2) + 2 * ahead * _SURE_OF_NATION**2) / (len(misses) + 2))
    low, high = _limits(now * size(y[:, last]), quantiles, float(spread))
    return Ahead(*(np.exp(centre + side) for side in (0.0, low, high)))


def _own_scatter(standard: Array) -> tuple[Array, Array]:
    """How far each area was out beside others of its size, as of one of them: without each origin, and with all.

    Root mean square of its errors, drawn to 1 as by five more errors of 1; no error counts more than 3.
    """
    squares = np.minimum(np.nan_to_num(standard) ** 2, _MOST_OUT**2)
    total, count = squares.sum(axis=0), np.isfinite(standard).sum(axis=0)
    apart = (total - squares + _PRIOR_ERRORS) / (count - np.isfinite(standard) + _PRIOR_ERRORS)
    return np.sqrt(apart), np.sqrt((total + _PRIOR_ERRORS) / (count + _PRIOR_ERRORS))


def _own_growth(y: Array, t: int) -> Array:
    """Mean yearly growth up to column t, of three years or of all there are."""
    years = min(OWN_YEARS, t)
    return np.asarray((y[:, t] - y[:, t - years]) / years)


def _centre(y: Array, t: int, ahead: int, weight: float) -> Array:
    both = np.isfinite(y[:, t]) & np.isfinite(y[:, t - 1])
    nation = np.log(np.exp(y[both, t]).sum() / np.exp(y[both, t - 1]).sum())
    return np.asarray(y[:, t] + ahead * (weight * _own_growth(y, t) + (1 - weight) * nation))


def _own_weight(y: Array) -> float:
    """Σ own × next ÷ Σ own², of growth less the median of the year, cut to its 2% and 98% quantiles; from 0 to 1."""
    above = below = 0.0
    for t in range(1, y.shape[1] - 1):
        own, following = _from_median(_own_growth(y, t)), _from_median(y[:, t + 1] - y[:, t])
        both = np.isfinite(own) & np.isfinite(following)
        above += float((own[both] * following[both]).sum())
        below += float((own[both] ** 2).sum())
    return float(np.clip(above / below, 0, 1)) if below > 0 else 0.5


def _from_median(growth: Array) -> Array:
    apart = growth - np.nanmedian(growth)
    return np.asarray(np.clip(apart, *np.nanquantile(apart, [0.02, 0.98])))


class _Scale(NamedTuple):
    """Standard deviation of an error at a log count: √(constant + per_count ÷ count), never under ``least``²."""

    constant: float
    per_count: float
    least: float

    def __call__(self, log_count: Array) -> Array:
        return np.sqrt(np.maximum(self.constant + self.per_count * np.exp(-log_count), self.least))


def _scale_of_size(errors: Array, sizes: Array) -> _Scale:
    known = np.isfinite(errors) & np.isfinite(sizes)
    squares = errors[known] ** 2
    squares = np.minimum(squares, np.quantile(squares, 0.98))
    design = np.column_stack([np.ones(len(squares)), np.exp(-sizes[known])])
    constant, per_count = np.linalg.lstsq(design, squares, rcond=None)[0]
    return _Scale(float(constant), float(per_count), max(0.2 * float(squares.mean()), _LEAST_VARIANCE))


def _limits(scale: Array, standard: Array, spread: float) -> tuple[Array, Array]:
    """The 2.5% and 97.5% quantiles of own errors at each area's size, mixed with the miss of all together."""
    from scipy.special import ndtri

    nation = spread * ndtri((np.arange(_MISSES) + 0.5) / _MISSES)
    mixed = (floats(scale)[:, None, None] * standard[:, None] + nation).reshape(len(scale), -1)
    low, high = np.quantile(mixed, [0.025, 0.975], axis=1)
    return low, high
