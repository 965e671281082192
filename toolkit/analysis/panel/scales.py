"""The scale on which a measure is modelled, and the sampling variance of a figure on it.

Shares are modelled as arcsin √p, whose sampling variance 1/(4n) does not depend on the share; counts and pounds as
logarithms; scores as they are.
Source: M. F. Freeman and J. W. Tukey (1950), Annals of Mathematical Statistics 21, 607–611 (arcsine, as Anscombe 1948).
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from toolkit.analysis.arrays import Array, Numbers, floats, only_where

__all__ = ["SMALLEST_BASE", "ModelScale", "sampling_variance", "swing", "to_scale", "to_unit"]

SMALLEST_BASE = 10
"""Figures on fewer people take no part in a fit and are not judged by the panel."""


class ModelScale(StrEnum):
    """How a measure's figures are modelled."""

    SHARE = "share"
    """Percentages from 0 to 100: arcsin √(v/100)."""
    LOG = "log"
    """Counts and pounds, above 0: log v."""
    SCORE = "score"
    """Scores, as they are."""


def to_scale(value: Numbers, scale: ModelScale) -> Array:
    """Figures in the unit of the measure on the scale of the model; NaN outside its range.

    >>> round(float(to_scale(50, ModelScale.SHARE)), 4)
    0.7854
    """
    v = floats(value)
    if scale is ModelScale.SHARE:
        return np.arcsin(np.sqrt(only_where((v >= 0) & (v <= 100), v) / 100))
    if scale is ModelScale.LOG:
        return np.log(only_where(v > 0, v))
    return v


def to_unit(x: Numbers, scale: ModelScale) -> Array:
    """Back from the scale of the model to the unit of the measure; shares stay between 0 and 100."""
    y = floats(x)
    if scale is ModelScale.SHARE:
        return np.asarray(100 * np.sin(np.clip(y, 0, np.pi / 2)) ** 2)
    return np.exp(y) if scale is ModelScale.LOG else y


def swing(value: Numbers, margin: Numbers, scale: ModelScale) -> Array:
    """A margin on the scale as a margin in the unit at this figure: half of g(x + e) − g(x − e)."""
    x, e = to_scale(value, scale), floats(margin)
    return np.asarray((to_unit(x + e, scale) - to_unit(x - e, scale)) / 2)


def sampling_variance(base: Numbers) -> Array:
    """Variance of arcsin √p from ``base`` people: 1/(4n), at shares of 0 and 1 too; NaN under ``SMALLEST_BASE``."""
    n = floats(base)
    return np.asarray(1 / (4 * only_where(n >= SMALLEST_BASE, n)))
