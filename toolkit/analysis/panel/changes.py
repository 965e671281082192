"""What may be said of a change since an earlier year, with England's movement and chance told apart from it.

The words belong to the change relative to England. On the scale of the model, with d the figure less the national
level: z = (d_t − d_b) ÷ √(R_t + R_b) asks whether an area of this size bounces that far; the filter asks whether at
least half of the move will still be there next year; the surprise is the last one-step error ÷ its standard deviation.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array, Words, choose_word, only_where
from toolkit.analysis.panel.codes import Basis, ChangeKind
from toolkit.analysis.panel.grid import FEW_FOR_OWN_PART, MIDDLE
from toolkit.analysis.panel.model import PanelModel
from toolkit.analysis.panel.scales import to_unit

__all__ = [
    "CHECK_BEYOND",
    "Changes",
    "judge_changes_since",
]

MOVED_Z = 1.96
LASTING_PROBABILITY = 0.70
"""What the words "likely to last" mean, and what their back-test in docs/methods.md is of: no policy of a council."""
HIGHEST_PROBABILITY = 0.90
"""Above this the probability overclaims (printed .95, came true .76)."""
CHECK_BEYOND = 4.0


class Changes(NamedTuple):
    """Changes of all areas since a year: ``own`` = ``national`` + ``relative``, in the unit of the measure."""

    own: Array
    national: Array
    """What England's movement alone would have done to this area's figure."""
    relative: Array
    z: Array
    own_z: Array
    """z of the area's own change, England's movement left in."""
    half_stands: Array
    """Probability that at least half of the relative change is still there next year, at most 0.90."""
    surprise: Array
    kind: Words


def judge_changes_since(model: PanelModel, year: int, since: int) -> Changes:
    """Judge the change of every area from ``since`` to ``year``; "cannot be judged" across a break or without figures.

    Over two years or more a move also counts as lasting that both of the last two years show.
    With few authorities or a short panel, "moved" is the strongest result. A ``ValueError`` where there is no model.
    """
    panel = model.panel
    t, b = panel.years.index(year), panel.years.index(since)
    z, unbroken = _relative_z(model, (t, b)), panel.span[t] == panel.span[b]
    half_stands = _half_stands(model, t, b)
    surprise = model.filtered.innovation[:, t] / np.sqrt(model.filtered.innovation_variance[:, t])
    lasting = (np.abs(z) >= MOVED_Z) & (half_stands >= LASTING_PROBABILITY)
    before = _relative_z(model, (t - 1, b))  # nothing where that is the same year
    lasting |= (np.abs(z) >= MOVED_Z) & (np.abs(before) >= MOVED_Z) & (np.sign(z) == np.sign(before))
    cases = [
        (~np.isfinite(z) | ~unbroken, ChangeKind.CANNOT.value),
        (np.abs(surprise) > CHECK_BEYOND, ChangeKind.CHECK_FIGURE.value),
        (lasting & (model.basis is Basis.PANEL), ChangeKind.LIKELY_TO_LAST.value),
        (np.abs(z) >= MOVED_Z, ChangeKind.MOVED.value),
    ]
    kind = choose_word(cases, ChangeKind.NO_CLEAR_MOVE.value)
    own, national = _in_units(model, t, b)
    judged = np.full(len(z), unbroken)
    own_z = _change_z(model, model.panel.x, (t, b))
    parts = (own, national, own - national, z, own_z, half_stands, surprise)
    own, national, relative, z, own_z, half_stands, surprise = (only_where(judged, part) for part in parts)
    return Changes(own, national, relative, z, own_z, half_stands, surprise, kind)


def _change_z(model: PanelModel, figures: Array, columns: tuple[int, int]) -> Array:
    """Change of ``figures`` between the columns (now, before) ÷ how far figures of this size move by themselves."""
    (t, b), error = columns, model.filtered.error
    return np.asarray((figures[:, t] - figures[:, b]) / np.sqrt(error[:, t] + error[:, b]))


def _relative_z(model: PanelModel, columns: tuple[int, int]) -> Array:
    """The change beside the others' ÷ how far it goes by itself; the mean of few others bounces too."""
    count = len(model.panel.areas)
    others = 1 / (MIDDLE * (count - 1)) if count < FEW_FOR_OWN_PART else 0.0
    return np.asarray(_change_z(model, model.panel.deviation, columns) / np.sqrt(1 + others))


def _half_stands(model: PanelModel, t: int, b: int) -> Array:
    from scipy.special import stdtr

    d, filtered, dynamics = model.panel.deviation, model.filtered, model.fitted
    phi = dynamics.persistence
    ahead = phi * filtered.level[:, t] - (d[:, t] + d[:, b]) / 2
    spread = np.sqrt(phi**2 * filtered.level_variance[:, t] + dynamics.drift + filtered.error[:, t])
    standardised = np.sign(d[:, t] - d[:, b]) * ahead / spread
    return np.asarray(np.minimum(stdtr(5, standardised * np.sqrt(5 / 3)), HIGHEST_PROBABILITY))


def _in_units(model: PanelModel, t: int, b: int) -> tuple[Array, Array]:
    panel = model.panel
    own = panel.value[:, t] - panel.value[:, b]
    carried = to_unit(panel.x[:, b] + panel.national[t] - panel.national[b], panel.scale)
    return np.asarray(own), np.asarray(carried - panel.value[:, b])
