"""From values to pixels: a linear scale with round numbers as ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from toolkit.words.numbers import format_figure

__all__ = ["Scale", "scale_for"]


@dataclass(frozen=True)
class Scale:
    """Maps ``low``…``high`` to the pixels ``start``…``end``; ``ticks`` are (value, label)."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...] = ()

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def scale_for(values: list[float], unit: str, pixels: tuple[float, float], ticks: int = 4) -> Scale:
    """A scale that holds all ``values`` (NaN left out), with about ``ticks`` ticks; percentages stay in 0 to 100.

    >>> [label for _, label in scale_for([61.0, 98.9], "percent", (200, 0)).ticks]
    ['60%', '70%', '80%', '90%', '100%']
    """
    finite = [value for value in values if not math.isnan(value)]
    low, high = min(finite), max(finite)
    spread = (high - low) or max(abs(high) * 0.1, 1.0)
    low, high = (low, high) if high > low else (low - spread / 2, high + spread / 2)
    step = _step((high - low) / ticks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if unit == "percent":
        first, last = max(first, 0), min(last, math.floor(100 / step + 1e-9))
    if unit == "number" and min(finite) >= 0:
        first, low = max(first, 0), max(low, 0.0)
    at = [place * step for place in range(first, last + 1)]
    decimals = next(places for places in range(12) if all(abs(round(value, places) - value) < 1e-9 for value in at))
    signed = unit if unit in ("percent", "pounds") else "number"  # "points" on every tick would crowd the picture
    labelled = tuple((value, format_figure(value, signed, decimals)) for value in at)
    return Scale(min(at[0], low), max(at[-1], high), *pixels, labelled)


def _step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 × a power of ten at or above ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
