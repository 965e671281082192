"""The probability of reaching a target by a year, from what happened to authorities in the same place.

Centre: England's level, part of its trend, and the area's own gap as far as gaps last. Errors: those that the same
forecast made for all authorities at all past origins, with room for a national shock. It knows nothing of a council's
plans. Back-tests: ``benchmarks/panel_backtests.py``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Numbers, Words, choose_word, floats, only_where
from toolkit.analysis.codes import TargetStatus
from toolkit.analysis.panel.codes import Basis
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.model import PanelModel
from toolkit.analysis.panel.scales import to_scale
from toolkit.params.words import Polarity

__all__ = [
    "Forecast",
    "chance_words",
    "forecast",
    "national_trend",
    "printed_probability",
    "reach_probability",
    "target_probability",
]

LOWEST_FAR_AHEAD, FAR_AHEAD = 0.20, 3
"""Three years ahead no smaller number is printed: those were reached more often than they said."""
FEWEST_ERRORS = 100
SHOCK = 0.15
"""Standard deviation of the national shock of a year, as a share of the spread of the figures."""
_SHOCKS = 9


class Forecast(NamedTuple):
    """What the panel expects of every area some years ahead, on the scale of the model."""

    centre: Array
    scale: Array
    errors: Array
    """Past standardised errors of all areas, sorted; empty where there were fewer than 100 (then Student's t)."""
    shock: float
    """Standard deviation of the national shock."""


def national_trend(panel: Panel, t: int) -> tuple[float, float]:
    """England's trend at column t: mean of its last three yearly changes since the break, and variance of all."""
    known = np.flatnonzero(np.isfinite(panel.national[: t + 1]) & (panel.span[: t + 1] == panel.span[t]))
    if len(known) < 2:
        return 0.0, 0.0
    changes = np.diff(panel.national[known]) / np.diff(known)
    return float(changes[-3:].mean()), float(changes.var())


def _trend_weight(panel: Panel, t: int, ahead: int) -> float:
    """How much of England's trend went on in the past, shrunk to a half: ridge regression through the origin."""
    pairs = []
    for u in _origins(panel, t, ahead):
        trend, _ = national_trend(panel, u)
        pairs.append((panel.national[u + ahead] - panel.national[u], ahead * trend))
    moved, expected = np.array(pairs).T if pairs else (np.zeros(0), np.zeros(0))
    prior = 2 * ahead**2 * national_trend(panel, t)[1]
    below = float((expected**2).sum()) + prior
    return float(np.clip(((moved * expected).sum() + prior / 2) / below, 0, 1)) if below > 0 else 0.5


def _origins(panel: Panel, t: int, ahead: int) -> list[int]:
    """Past columns u with u + ahead ≤ t, no break between, and a national level at both ends."""
    level = np.isfinite(panel.national)
    return [u for u in range(t - ahead + 1) if panel.span[u] == panel.span[u + ahead] and level[u] and level[u + ahead]]


def _centre_and_scale(model: PanelModel, t: int, ahead: int) -> tuple[Array, Array]:
    panel, dynamics, filtered = model.panel, model.fitted, model.filtered
    phi = dynamics.persistence**ahead
    national = panel.others[:, t] + _trend_weight(panel, t, ahead) * ahead * national_trend(panel, t)[0]
    variance = phi**2 * filtered.level_variance[:, t] + dynamics.added_variance(ahead) + filtered.error[:, t]
    return np.asarray(national + phi * filtered.level[:, t]), np.sqrt(variance)


def forecast(model: PanelModel, year: int, ahead: int) -> Forecast:
    """The forecast made in ``year`` for ``ahead`` years later, from figures up to that year only.

    The first origin of a series counts among the past errors although its levels are hardly known: leaving it out made
    the probabilities worse, since series are short. A ``ValueError`` where there is no model.
    """
    panel, t = model.panel, model.panel.years.index(year)
    centre, scale = _centre_and_scale(model, t, ahead)
    past = []
    for u in _origins(panel, t, ahead):
        expected, spread = _centre_and_scale(model, u, ahead)
        past.append((panel.x[:, u + ahead] - expected) / spread)
    errors = np.array(past).ravel()
    errors = np.sort(errors[np.isfinite(errors)])
    spread_of_figures = float(np.nanstd(panel.deviation[:, t]))
    return Forecast(
        centre, scale, errors if len(errors) >= FEWEST_ERRORS else np.empty(0), SHOCK * ahead * spread_of_figures
    )


def reach_probability(made: Forecast, needed: Numbers, polarity: Polarity = "high") -> Array:
    """Probability that each area's figure is at least ``needed`` on the scale (at most, where polarity is "low")."""
    from scipy.special import ndtri, stdtr

    shocks = made.shock * ndtri((np.arange(_SHOCKS) + 0.5) / _SHOCKS)
    gap = ((floats(needed) - made.centre)[:, None] - shocks) / made.scale[:, None]
    if not len(made.errors):
        above = 1 - stdtr(5, gap * np.sqrt(5 / 3))
    else:
        count = len(made.errors) - np.searchsorted(made.errors, gap, side="right" if polarity == "low" else "left")
        above = (count + 0.5) / (len(made.errors) + 1)
    chance = np.where(np.isfinite(gap), above, np.nan).mean(axis=1)
    return np.asarray(1 - chance if polarity == "low" else chance)


def target_probability(model: PanelModel, target: Numbers, years: tuple[int, int], polarity: Polarity) -> Array:
    """Probability for each area of being at ``target`` (unit of the measure) or better; ``years`` = (now, by).

    NaN where nothing may be said: no full panel, no figure now, a date that is past, or no polarity.
    """
    panel, (year, by) = model.panel, years
    t = panel.years.index(year)
    if model.basis is not Basis.PANEL or by <= year or polarity == "none" or not np.isfinite(panel.national[t]):
        return np.full(len(panel.areas), np.nan)
    made = forecast(model, year, by - year)
    needed = np.broadcast_to(to_scale(target, panel.scale), made.centre.shape)
    chance = reach_probability(made, needed, polarity)
    return np.asarray(np.where(np.isfinite(panel.x[:, t]), chance, np.nan))


def chance_words(probability: Numbers, unlikely: float, likely: float) -> Words:
    """Likely above ``likely``, unlikely below ``unlikely``, else possible; without a probability cannot be judged."""
    p = floats(probability)
    cases = [
        (np.isnan(p), TargetStatus.CANNOT),
        (p > likely, TargetStatus.LIKELY),
        (p < unlikely, TargetStatus.UNLIKELY),
    ]
    return choose_word(cases, TargetStatus.POSSIBLE)


def printed_probability(probability: Numbers, ahead: Numbers) -> Array:
    """The probability where a number may be printed; NaN below 0.20 three or more years ahead (say "unlikely")."""
    p = floats(probability)
    return only_where((p >= LOWEST_FAR_AHEAD) | (floats(ahead) < FAR_AHEAD), p)
