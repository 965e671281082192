"""The codes of the panel model: on what basis a measure is judged, and what its changes are called."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Basis", "ChangeKind"]


class Basis(StrEnum):
    """On what a measure's judgements rest. All but ``PANEL`` are stated fallbacks."""

    PANEL = "national panel"
    FEW_AUTHORITIES = "few authorities"
    """15 to 29 authorities: the model holds well enough for "moved", not for "likely to last"."""
    SHORT_PANEL = "short panel"
    """Three years since the break: "moved" only, and no probability."""
    THIS_YEAR_ONLY = "this year only"
    """One or two years since the break: standing from the spread of one year, change from a test of the difference."""
    NO_PANEL = "no panel"
    """Fewer than 15 authorities: the rules of a single series."""
    NO_VARIATION = "no variation"
    """Every authority has the same figure in every year (all zeros): nothing to fit."""
    DUPLICATED = "duplicated authorities"
    """An authority has two figures for one year: the measure is refused and the authorities are named."""

    @property
    def has_model(self) -> bool:
        """Whether a model is fitted, so that margins and "moved" can be given."""
        return self in (Basis.PANEL, Basis.FEW_AUTHORITIES, Basis.SHORT_PANEL)


class ChangeKind(StrEnum):
    """What may be said of a change since an earlier year, national movement taken out."""

    LIKELY_TO_LAST = "likely to last"
    MOVED = "moved"
    """More than an authority of this size bounces."""
    CHECK_FIGURE = "check the figure"
    """The figure is so far from what was expected that an error is the first thing to rule out."""
    NO_CLEAR_MOVE = "no clear move"
    DIFFERS = "differs, no panel"
    """The two figures differ by more than sampling allows; how much such a figure bounces is not known."""
    CANNOT = "cannot be judged"
