"""Has the level of a monthly series changed? The largest score of a step, against what chance alone would make of it.

The scores of all places where a step could be are one Gaussian process. How large the largest of them gets by chance is
worked out from the correlations of neighbours, place after place (a Markov chain, exact without a season), on a grid.
Sources: James, James and Siegmund 1987 (tests for a change-point); Glaz and Johnson 1984 (products of neighbours).
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.season import MonthCounts, Season

__all__ = ["EDGE", "LargestStep", "chance_of_largest", "find_step", "overdispersion"]

EDGE = 4
"""Fewest known months of a phase on each side of a step."""

_NODES = 81
_EXPLAINED = 1e-9
"""Variance of the score of a step, in cases, that levels and calendar months explain altogether."""
_DOUBT, _DOUBT_LATER, _LATER = 0.25, 0.40, 20
"""Months that differ by more than counts do are allowed for where chance makes them differ so less often than this.

The second is for 20 degrees of freedom and more (three years): by then it costs little power. Chosen by simulation.
"""


class LargestStep(NamedTuple):
    """The largest step: its ``place`` (the first month of the new level), its score in standard errors, its chance."""

    place: int
    score: float
    chance: float
    column: Array
    spread: float
    """How many times the variance of counts the months have; 1 where that may be chance."""


def find_step(months: MonthCounts, season: Season, phase: Array) -> LargestStep | None:
    """The largest step within a phase; ``None`` where no phase has room for one. ``phase``: number of each month."""
    from scipy.special import ndtri, stdtr

    columns, places = _columns(months, phase)
    if not len(places):
        return None
    scores, covariance = season.score(columns, months.count)
    usable = np.diag(covariance) > _EXPLAINED
    if not usable.any():
        return None
    columns, places, scores = columns[:, usable], places[usable], scores[usable]
    errors = np.sqrt(np.diag(covariance))[usable]
    z = scores / errors
    correlation = covariance[np.ix_(usable, usable)] / np.outer(errors, errors)
    best = int(np.argmax(np.abs(z)))
    spread, freedom = overdispersion(months, season, float(z[best]))
    size = abs(float(z[best])) / np.sqrt(spread)
    if spread > 1:
        size = float(-ndtri(stdtr(freedom, -size)))
    chance = chance_of_largest(size, np.diag(correlation, 1))
    return LargestStep(int(places[best]), float(np.sign(z[best])) * size, chance, columns[:, best], spread)


def _columns(months: MonthCounts, phase: Array) -> tuple[Array, Array]:
    """A column for each place where a step could be: 1 from there to the end of its phase."""
    places = [
        place
        for place in range(len(phase))
        if (phase[:place] == phase[place]).sum() >= EDGE and (phase[place:] == phase[place]).sum() >= EDGE
    ]
    number = np.arange(len(phase))
    columns = [(number >= place) & (phase == phase[place]) for place in places]
    return np.array(columns, dtype=float).reshape(len(places), len(phase)).T, np.array(places, dtype=int)


def overdispersion(months: MonthCounts, season: Season, score: float) -> tuple[float, int]:
    """How many times their variance the months vary, a step left out, and the degrees of freedom; at least 1."""
    from scipy.stats import chi2

    known = season.variance > 0
    squares = ((months.count - season.expected) ** 2)[known] / season.variance[known]
    freedom = int(known.sum()) - np.linalg.matrix_rank(season.design) - 1
    left = float(squares.sum()) - score**2
    if freedom < 1 or chi2.sf(left, freedom) >= (_DOUBT if freedom < _LATER else _DOUBT_LATER):
        return 1.0, freedom
    return left / freedom, freedom


@cache
def _legendre() -> tuple[Array, Array]:
    """Nodes and weights of Gauss and Legendre on −1 to 1."""
    return np.polynomial.legendre.leggauss(_NODES)


def chance_of_largest(size: float, correlations: Array) -> float:
    """Chance that any of a row of standard normal scores is beyond ±``size``, by the correlations of neighbours."""
    from scipy.special import ndtr

    nodes, weights = (size * part for part in _legendre())
    inside = weights * np.exp(-(nodes**2) / 2) / np.sqrt(2 * np.pi)
    for correlation in np.clip(correlations, 0.0, 0.995):
        left = np.sqrt(1 - correlation**2)
        steps = (nodes[:, None] - correlation * nodes[None, :]) / left
        kernel = np.exp(-(steps**2) / 2)  # its constant cancels in the next line
        kernel *= (ndtr((size - correlation * nodes) / left) - ndtr((-size - correlation * nodes) / left)) / np.maximum(
            weights @ kernel, 1e-300
        )
        inside = weights * (kernel @ inside)
    return max(0.0, float(1 - inside.sum()))
