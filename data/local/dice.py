"""Seeded choices that come out the same on every version of Python.

Only ``Random.random()`` is promised never to change for a given seed, so every other choice is built on it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

__all__ = ["Dice"]

Choice = TypeVar("Choice")


class Dice:
    """One stream of chance; each data set has its own seed, so changing one does not move another."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def happens(self, chance: float) -> bool:
        """True in ``chance`` of cases (0 to 1)."""
        return self._random() < chance

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both possible."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, options: Sequence[Choice]) -> Choice:
        """One of ``options``, all equally likely."""
        return options[self.between(0, len(options) - 1)]

    def weighted(self, weights: Mapping[Choice, float]) -> Choice:
        """One of the keys, as likely as its weight; the weights need not add up to anything."""
        left = self._random() * sum(weights.values())
        for option, weight in weights.items():
            left -= weight
            if left < 0:
                return option
        return option

    def some(self, options: Sequence[Choice], count: int) -> list[Choice]:
        """``count`` different ones of ``options``, in their own order."""
        if count > len(options):
            raise ValueError(f"{count} wanted, {len(options)} there: choose another seed or smaller totals")
        ranked = sorted(range(len(options)), key=lambda place: (self._random(), place))
        return [options[place] for place in sorted(ranked[:count])]
