"""Places among all areas: ranks and quartile bands as DfE's LAIT has them.

Order of rows never matters, and a missing value takes no place and moves no other. The polarity says which end is
best; under "none" nothing has a place.
"""

from __future__ import annotations

import numpy as np

from toolkit.analysis.arrays import Array, Numbers, Words, check_polarity, choose_word, floats, only_where
from toolkit.params.words import Polarity

__all__ = ["QUARTERS", "quartile_bands", "quartile_edges", "ranks"]

QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where the quartile edges lie: the least value, three quartiles, the greatest."""


def ranks(values: Numbers, polarity: Polarity) -> Array:
    """1 is best, ties take the smallest; NaN for a missing value, and for all under the polarity "none".

    >>> ranks([10.0, 20.0, 20.0, 40.0], "high").tolist()
    [4.0, 2.0, 2.0, 1.0]
    """
    given = floats(values)
    if check_polarity(polarity) == "none":
        return np.full_like(given, np.nan)
    costs = given if polarity == "low" else -given
    ordered = np.sort(costs[~np.isnan(costs)])
    return only_where(~np.isnan(given), 1.0 + np.searchsorted(ordered, costs, side="left"))


def quartile_edges(values: Numbers) -> Array:
    """Least, quartiles and greatest of the known values, five numbers (R's type 7); NaN where none is known."""
    given = floats(values)
    present = given[~np.isnan(given)]
    return np.quantile(present, QUARTERS) if present.size else np.full(len(QUARTERS), np.nan)


def quartile_bands(values: Numbers, edges: Numbers, polarity: Polarity) -> Words:
    """A (best quarter) to D for each value by ``quartile_edges``; "" for a missing value or the polarity "none".

    A value on an edge falls in the quarter below it, whichever end is best: on the lower quartile it is A where low is
    good and D where high is. A value outside the edges, or beside a missing one, is a ``ValueError`` (LAIT: "Error").
    """
    given, cuts = floats(values), floats(edges)
    if check_polarity(polarity) == "none":
        return np.full(given.shape, "")[()]
    quarters = [
        (lower <= given if first else lower < given) & (given <= upper)
        for first, lower, upper in zip((True, False, False, False), cuts, cuts[1:], strict=False)
    ]
    missing = np.isnan(given)
    if not np.logical_or.reduce([missing, *quarters]).all():
        raise ValueError(f"values outside the quartile edges {cuts.tolist()}, or an edge is missing")
    letters = "ABCD" if polarity == "low" else "DCBA"
    return choose_word([(missing, ""), *zip(quarters[:3], letters, strict=False)], letters[3])
