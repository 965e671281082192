"""Numbers, flags and words as arrays: what the statistics take and give, and the few steps they share.

Statistics take scalars, lists, arrays or Series, and give arrays of the broadcast shape: a plain number or word where
everything given is a scalar. NaN is a missing number and stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from toolkit.params.words import Polarity

__all__ = ["Array", "Flags", "Numbers", "Words", "checked_polarity", "floats", "only_where", "worded"]

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


def worded(cases: Sequence[tuple[Any, str]], otherwise: str) -> Words:
    """The word of the first case whose flag holds, element by element.

    >>> worded([(np.array([True, False]), "low")], "high").tolist()
    ['low', 'high']
    """
    flags, words = zip(*cases, strict=True)
    said: Words = np.select(list(np.broadcast_arrays(*flags)), list(words), otherwise)[()]
    return said


def checked_polarity(polarity: Polarity) -> Polarity:
    """``polarity`` itself where it is high, low or none; else a ``ValueError``."""
    if polarity not in get_args(Polarity):
        raise ValueError(f"polarity must be one of {', '.join(get_args(Polarity))}, not {polarity!r}")
    return polarity
