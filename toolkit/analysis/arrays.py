"""Numbers, flags and words as arrays: what the statistics take and return, and the few steps they share.

Statistics take scalars, lists, arrays or Series, and return arrays of the broadcast shape: a plain number or word
where every argument is a scalar. A missing number is NaN and stays NaN.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from toolkit.params.words import Polarity

__all__ = ["Array", "Flags", "Numbers", "Words", "check_polarity", "choose_word", "floats", "only_where"]

Array: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Words: TypeAlias = npt.NDArray[np.str_]
Numbers: TypeAlias = npt.ArrayLike


def floats(numbers: Numbers) -> Array:
    """Numbers as float64. None becomes NaN; text that is no number is a ``ValueError``."""
    return np.asarray(numbers, dtype=np.float64)


def only_where(sound: Flags, numbers: Numbers) -> Array:
    """Numbers where ``sound``, NaN elsewhere."""
    kept: Array = np.where(sound, floats(numbers), np.nan)[()]
    return kept


def choose_word(cases: Sequence[tuple[Any, str]], otherwise: str) -> Words:
    """The word of the first case whose flag holds, element by element.

    >>> choose_word([(np.array([True, False]), "low")], "high").tolist()
    ['low', 'high']
    """
    flags, words = zip(*cases, strict=True)
    chosen: Words = np.select(list(np.broadcast_arrays(*flags)), list(words), otherwise)[()]
    return chosen


def check_polarity(polarity: Polarity) -> Polarity:
    """``polarity`` itself where it is high, low or none; else a ``ValueError``."""
    if polarity not in get_args(Polarity):
        raise ValueError(f"polarity must be one of {', '.join(get_args(Polarity))}, not {polarity!r}")
    return polarity
