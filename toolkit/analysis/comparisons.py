"""Figures against other figures: the comparison rules of Fingertips, and the neighbours' mean as DfE's LAIT has it.

Words: better, worse, similar, cannot be judged. Arrays are compared element
by element, and one element never changes another. A missing figure, limit or comparator, limits the wrong way round,
or the polarity "none" give "cannot be judged"; a polarity that is not a word of params is a ``ValueError``.
Source: fingertips-open, PholioVisualisationWS/Analysis (MIT); LAIT, R/lait_modules/mod_la_lvl_table.R (MIT).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.analysis.arrays import Array, Flags, Numbers, Words, check_polarity, choose_word, floats, only_where
from toolkit.analysis.codes import CANNOT
from toolkit.analysis.intervals import Estimate
from toolkit.params.words import Polarity

__all__ = [
    "CANNOT",
    "against_interval",
    "against_target",
    "against_value",
    "neighbour_mean",
]

_OPPOSITE = {"better": "worse", "worse": "better"}


def _all_known(*numbers: Array) -> Flags:
    flags: Flags = np.logical_and.reduce(np.broadcast_arrays(*(np.isfinite(n) for n in numbers)))
    return flags


def _floats(*columns: Numbers) -> tuple[Array, ...]:
    return tuple(floats(column) for column in columns)


def _judge(cases: Sequence[tuple[Flags, str]], sound: Flags, polarity: Polarity) -> Words:
    """The word of the first case that holds, where all numbers are ``sound``.

    The words are those for "high is good"; under "low is good" each becomes its opposite.
    """
    opposite = _OPPOSITE if check_polarity(polarity) == "low" else {}
    by_polarity = [(flags, opposite.get(word, word)) for flags, word in cases]
    return choose_word([(~sound | (polarity == "none"), CANNOT), *by_polarity], CANNOT)


def against_value(area: Estimate, other: Numbers, polarity: Polarity) -> Words:
    """One 95% interval against a value taken as exact: similar where the interval holds it, edges included.

    >>> str(against_value(Estimate(3.3, 3.2, 3.5), 3.0, "low"))
    'worse'
    """
    value, low, high, beside = _floats(*area, other)
    sound = _all_known(value, low, high, beside) & (low <= high)
    return _judge([(high < beside, "worse"), (low > beside, "better"), (sound, "similar")], sound, polarity)


def against_interval(area: Estimate, other: Estimate, polarity: Polarity) -> Words:
    """Two 95% intervals: similar where they overlap or touch."""
    value, low, high, beside, other_low, other_high = _floats(*area, *other)
    sound = _all_known(value, low, high, beside, other_low, other_high) & (low <= high) & (other_low <= other_high)
    return _judge([(high < other_low, "worse"), (low > other_high, "better"), (sound, "similar")], sound, polarity)


def against_target(value: Numbers, target: Numbers, polarity: Polarity) -> Words:
    """A value against a target: better at the target or past it, else worse."""
    mine, aim = _floats(value, target)
    past = mine <= aim if polarity == "low" else mine >= aim
    met, missed = ("worse", "better") if polarity == "low" else ("better", "worse")
    return _judge([(past, met), (~past, missed)], _all_known(mine, aim), polarity)


def neighbour_mean(values: Numbers) -> Array:
    """The plain mean of the neighbours' values, along the last axis, missing ones left out; NaN where none is known.

    It is not the rate of their summed counts, and is to be labelled so.

    >>> float(neighbour_mean([45.0, 60.0, np.nan]))
    52.5
    """
    given = floats(values)
    count = (~np.isnan(given)).sum(axis=-1)
    return np.asarray(np.nansum(given, axis=-1) / only_where(count > 0, count))[()]
