"""Where an area stands: funnels that allow for true spread, ranges for ranks, and a family of similar areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, floats, only_where
from toolkit.analysis.overdispersion import additive_overdispersion
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.model import PanelModel
from toolkit.analysis.panel.scales import SMALLEST_BASE, to_scale
from toolkit.params.words import Polarity

__all__ = [
    "FAR_Z",
    "RankRange",
    "family_z",
    "far_from_average",
    "in_one_quarter",
    "rank_ranges",
    "ranks_of_year",
    "standings",
]

FAR_Z = 3.09
"""Beyond this an area is far from the average of all: 0.1% on each side, were all areas drawn from one spread."""
_NODES = 25


def far_from_average(deviation: Numbers, sampling: Numbers) -> Flags:
    """Whether each area lies beyond a funnel that allows for spread: |d| ÷ √(s² + τ²) > 3.09. False where not known."""
    d, s2 = floats(deviation), floats(sampling)
    total = s2 + additive_overdispersion(d, s2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.abs(d) / np.sqrt(total) > FAR_Z)


class RankRange(NamedTuple):
    """The ranks that the data allow an area; 1 is best. NaN where it has no figure."""

    low: Array
    high: Array


def rank_ranges(level: Numbers, variance: Numbers, polarity: Polarity = "high", confidence: float = 0.95) -> RankRange:
    """Ranges of the true rank of every area, from levels known up to these variances.

    Over 25 equal-probability values of the area's own level: the number of areas above it is a sum of independent
    chances Φ((a_j − x)/√P_j), taken as normal with its mean and variance; the range is read from the mixture. 1 is the
    highest level, or the lowest where polarity is "low". Deterministic counterpart of the ranks of H. Goldstein and
    D. J. Spiegelhalter (1996), JRSS A 159, 385–443.
    """
    from scipy.special import ndtr, ndtri

    signed = -floats(level) if polarity == "low" else floats(level)
    known = np.isfinite(signed) & np.isfinite(floats(variance))
    low, high = (np.full(len(known), np.nan) for _ in range(2))
    if not known.any():
        return RankRange(low, high)
    a, sd = signed[known], np.sqrt(np.maximum(floats(variance)[known], 1e-12))
    nodes = a[:, None] + sd[:, None] * ndtri((np.arange(_NODES) + 0.5) / _NODES)
    above = ndtr((a[None, None, :] - nodes[:, :, None]) / sd)
    one = np.arange(len(a))
    above[one, :, one] = 0.0
    mean, spread = 1 + above.sum(axis=2), np.sqrt((above * (1 - above)).sum(axis=2) + 1e-12)
    ranks = np.arange(1, len(a) + 1)
    reached = ndtr((ranks + 0.5 - mean[:, :, None]) / spread[:, :, None]).mean(axis=1)
    tail = (1 - confidence) / 2
    low[known] = _first_reached(reached, tail)
    high[known] = _first_reached(reached, 1 - tail)
    return RankRange(low, high)


def _first_reached(reached: Array, share: float) -> Array:
    """The first rank whose cumulative probability is at least ``share``; the last rank where none is."""
    hit = reached >= share
    return np.asarray(np.where(hit.any(axis=1), hit.argmax(axis=1) + 1, reached.shape[1]), dtype=np.float64)


def in_one_quarter(ranks: RankRange) -> Array:
    """The quarter (1 to 4) that holds an area's whole range of ranks; NaN where it reaches over two: no band then."""
    count = np.isfinite(ranks.low).sum()
    first, last = (np.ceil(4 * rank / max(count, 1)) for rank in ranks)
    return np.asarray(np.where(first == last, first, np.nan))


def standings(model: PanelModel, year: int, polarity: Polarity = "high") -> RankRange:
    """Ranges of rank in a year by the model's shrunk levels; areas without a figure of that year have none."""
    panel, t = model.panel, model.panel.years.index(year)
    level = np.where(np.isfinite(panel.x[:, t]), panel.others[:, t] + model.filtered.level[:, t], np.nan)
    return rank_ranges(*_with_small(panel, t, level, model.filtered.level_variance[:, t]), polarity)


def _with_small(panel: Panel, t: int, level: Array, variance: Array) -> tuple[Array, Array]:
    """Levels and variances, those of areas too small for the model too: they are ranked, by their own figures alone."""
    if panel.base is None:
        return level, variance
    small = np.isfinite(panel.value[:, t]) & (panel.base[:, t] > 0) & (panel.base[:, t] < SMALLEST_BASE)
    own = 1 / (4 * only_where(small, panel.base[:, t]))
    return np.where(small, to_scale(panel.value[:, t], panel.scale), level), np.where(small, own, variance)


def ranks_of_year(panel: Panel, year: int, polarity: Polarity = "high") -> RankRange:
    """Ranges of rank from the figures of one year alone, where no model is fitted: NaN without counts.

    Each figure is drawn to the mean of all as far as chance and the spread between areas (``additive_overdispersion``)
    share its distance from it.
    """
    t = panel.years.index(year)
    x, sampling = panel.x[:, t], panel.sampling[:, t]
    known = np.isfinite(x) & (sampling > 0)
    if known.sum() < 3:
        return RankRange(np.full(len(x), np.nan), np.full(len(x), np.nan))
    mean = x[known].mean()
    between = additive_overdispersion(x - mean, sampling)
    kept = between / (between + only_where(known, sampling))
    return rank_ranges(*_with_small(panel, t, mean + kept * (x - mean), kept * sampling), polarity)


def family_z(model: PanelModel, area: str, family: Sequence[str], year: int) -> float:
    """z of an area against the mean of the k areas like it: variance R + (spread + mean R) ÷ k, spread from the panel.

    Taking the mean as exact calls an average area different 8 to 50% of the time (n = 60 to 5,000); this 5%. The area
    itself is left out. NaN where it or all of its family have no figure.
    """
    panel, t = model.panel, model.panel.years.index(year)
    d, error = panel.deviation[:, t], model.filtered.error[:, t]
    one = panel.areas.index(area)
    inside = np.isin(panel.areas, list(family)) & np.isfinite(d)
    inside[one] = False
    if not inside.any():
        return float("nan")
    variance = error[one] + (model.fitted.spread + error[inside].mean()) / inside.sum()
    return float((d[one] - d[inside].mean()) / np.sqrt(variance))
