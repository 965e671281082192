"""How authorities move about the national level: bounce that does not last, drift that does, and the pull back.

For area i in year t, with d the figure less the national level of the year, on the scale of the model:

    d = a + e,   a = φ a(previous year) + w,   w ~ (0, q),   e ~ (0, R),   a(first) ~ (0, q/(1 − φ²))

R is the sampling variance plus noise; without denominators it is noise scaled by size. A break starts every area again.
This is Fay and Herriot's model with a time series of area effects: J. N. K. Rao and M. Yu (1994), Canadian Journal of
Statistics 22, 511–528. The filter is Kalman's (1960), whose gain is the shrinkage of a figure towards England.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.panel.grid import Panel

__all__ = ["Dynamics", "Filtered", "error_variance", "filter_panel", "log_densities"]

_SIZE_RATIO = (0.2, 5.0)


@dataclass(frozen=True)
class Dynamics:
    """The four numbers of a measure on its scale: variances of ``noise`` and ``drift``, ``persistence`` φ, exponent."""

    noise: float
    """Variance of the bounce from year to year that does not last, beyond sampling where that is known."""
    drift: float
    """Variance of the yearly change of level that does last, q."""
    persistence: float
    """φ: the share of a gap to England that is left after a year."""
    size_exponent: float = 0.0
    """Noise falls with size to this power (0, ½ or 1), where no denominators are published."""

    @property
    def spread(self) -> float:
        """Variance of true levels between authorities: q/(1 − φ²)."""
        return self.drift / (1 - self.persistence**2)

    def added_variance(self, years: int) -> float:
        """Variance that drift adds over some years: q (1 − φ^2h)/(1 − φ²)."""
        return self.spread * (1 - self.persistence ** (2 * years))


class Filtered(NamedTuple):
    """What was known after each year, for every area (rows) and year (columns), on the scale."""

    level: Array
    """The shrunk level relative to England, given the figures up to this year."""
    level_variance: Array
    innovation: Array
    """The figure less what the years before led to expect; NaN where there is no figure."""
    innovation_variance: Array
    error: Array
    """Variance of the figure about its level: sampling and noise."""


def error_variance(panel: Panel, dynamics: Dynamics) -> Array:
    """Variance R of each figure about its area's level: sampling + noise, the noise scaled by size if need be."""
    return np.asarray(panel.sampling + dynamics.noise * _size_factor(panel, dynamics.size_exponent)[:, None])


def _size_factor(panel: Panel, exponent: float) -> Array:
    if panel.size is None or exponent == 0 or not np.isfinite(panel.size).any():
        return np.ones(len(panel.areas))
    ratio = np.clip(np.nanmedian(panel.size) / panel.size, *_SIZE_RATIO)
    return np.asarray(np.where(np.isfinite(ratio), ratio, 1.0) ** exponent)


def filter_panel(panel: Panel, dynamics: Dynamics) -> Filtered:
    """Run the filter over the years; a missing year is a prediction without an update."""
    level, variance, innovation, total, error = (grid[:, 0].T for grid in _filter(panel, [dynamics]))
    known = np.isfinite(panel.deviation)
    return Filtered(level, variance, np.where(known, innovation, np.nan), total, error)


def _filter(panel: Panel, tries: Sequence[Dynamics]) -> tuple[Array, ...]:
    """The filter for several sets of numbers at once: level, its variance, innovation, its variance and R.

    Each has the shape years × tries × areas.
    """
    d = panel.deviation.T
    known, filled = np.isfinite(d), np.nan_to_num(d)
    error = np.array([error_variance(panel, one).T for one in tries]).transpose(1, 0, 2)
    phi, drift, spread = (
        np.array([[value] for value in values])
        for values in zip(*((one.persistence, one.drift, one.spread) for one in tries), strict=True)
    )
    shape = (len(d), len(tries), d.shape[1])
    levels, variances, innovations, totals = (np.empty(shape) for _ in range(4))
    for t in range(len(d)):
        if t and panel.span[t] == panel.span[t - 1]:
            level, variance = phi * levels[t - 1], phi**2 * variances[t - 1] + drift
        else:
            level, variance = np.zeros(shape[1:]), np.broadcast_to(spread, shape[1:])
        totals[t] = variance + error[t]
        innovations[t] = filled[t] - level
        gain = known[t] * variance / totals[t]
        levels[t] = level + gain * innovations[t]
        variances[t] = variance * (1 - gain)
    return levels, variances, innovations, totals, error


def log_densities(panel: Panel, tries: Sequence[Dynamics]) -> Array:
    """Log likelihood of the innovations, for each set of numbers: Student's t with 5 degrees of freedom.

    The t is scaled to the innovations' variance. t rather than normal because innovations of real panels have fat
    tails, which would otherwise pass for noise.
    """
    _, _, innovation, total, _ = _filter(panel, tries)
    terms = np.log(total) / 2 + 3 * np.log1p(innovation**2 / (3 * total))
    known = np.isfinite(panel.deviation).T
    return np.asarray(-(terms * known[:, None, :]).sum(axis=(0, 2)))
