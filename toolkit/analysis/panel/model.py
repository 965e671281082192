"""One model per measure, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.panel.codes import Basis
from toolkit.analysis.panel.dynamics import Dynamics, Filtered, filter_panel
from toolkit.analysis.panel.fitting import fit_dynamics, overall_variance
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.scales import swing, to_unit

__all__ = ["PanelModel", "basis_of", "fit_panel"]

FULL_PANEL, FEW, FULL_YEARS, SHORT_YEARS = 30, 15, 4, 3
"""A full panel has 30 authorities and 4 years or more; with fewer than 15 authorities or 3 years there is no panel."""
NO_VARIATION_BELOW = 1e-10
"""A variance, on the scale of the model, that is taken for none."""


@dataclass(frozen=True)
class PanelModel:
    """A measure's panel with its basis and, where there is one, its fitted model (``dynamics``, else None)."""

    panel: Panel
    basis: Basis
    dynamics: Dynamics | None

    @cached_property
    def filtered(self) -> Filtered:
        """Levels and surprises of every area and year; a ``ValueError`` where no model was fitted."""
        return filter_panel(self.panel, self.fitted)

    @property
    def fitted(self) -> Dynamics:
        """The four numbers; a ``ValueError`` where no model was fitted."""
        if self.dynamics is None:
            raise ValueError(f"there is no panel model here: {self.basis}")
        return self.dynamics

    def shrunk(self) -> tuple[Array, Array, Array]:
        """Level of every area and year with its 95% limits, in the unit of the measure (empirical Bayes)."""
        centre = self.panel.others + self.filtered.level
        reach = 1.96 * np.sqrt(self.filtered.level_variance)
        level, low, high = (to_unit(x, self.panel.scale) for x in (centre, centre - reach, centre + reach))
        return level, low, high

    def reach(self, confidence_z: float = 1.96) -> Array:
        """How far each figure moves by itself: z √R, in the unit at the figure; a row an area, a column a year."""
        return swing(self.panel.value, confidence_z * np.sqrt(self.filtered.error), self.panel.scale)

    def margin(self, year: int, confidence_z: float = 1.96) -> Array:
        """How far each area's change over a year may go by bounce alone: z √(2R), in the unit at its figure."""
        t = self.panel.years.index(year)
        reach = confidence_z * np.sqrt(2 * self.filtered.error[:, t])
        return swing(self.panel.value[:, t], reach, self.panel.scale)


def basis_of(panel: Panel) -> Basis:
    """What the panel allows, by the number of areas and of years since the last break."""
    known = np.isfinite(panel.x)
    if panel.duplicated:
        return Basis.DUPLICATED
    if not len(panel.years) or known.sum(axis=0).max(initial=0) < FEW:
        return Basis.NO_PANEL
    if overall_variance(panel) < NO_VARIATION_BELOW:
        return Basis.NO_VARIATION
    years = int(((known.sum(axis=0) >= FEW) & (panel.span == panel.span[-1])).sum())
    if years < SHORT_YEARS:
        return Basis.THIS_YEAR_ONLY
    if known.sum(axis=0).max() < FULL_PANEL:
        return Basis.FEW_AUTHORITIES
    return Basis.PANEL if years >= FULL_YEARS else Basis.SHORT_PANEL


def fit_panel(panel: Panel) -> PanelModel:
    """The model of a measure, or its stated fallback; never an error for what a panel may hold."""
    basis = basis_of(panel)
    return PanelModel(panel, basis, fit_dynamics(panel) if basis.has_model else None)
