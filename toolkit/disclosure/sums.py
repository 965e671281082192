"""Which hidden cells follow from all lines together: subtraction in one line is only the simplest way."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from toolkit.disclosure.cells import Line

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["cells_worked_out"]

_ZERO = 1e-7


def cells_worked_out(
    lines: Collection[Line], counts: Mapping[Hashable, float], least: Mapping[Hashable, int]
) -> set[Hashable]:
    """Those of the cells of ``least`` that have only one value possible, given all others and that every line adds up.

    ``least`` says what each is at least, as a reader knows: 1 for a hidden count, since a count of 0 is shown.
    """
    from scipy.sparse import csr_array

    names = sorted(least, key=repr)
    order = {cell: at for at, cell in enumerate(names)}
    rows = [line for line in sorted(set(lines), key=repr) if any(cell in order for cell in line.cells)]
    inside = [
        (at, order[cell], 1.0 if cell == line.total else -1.0)
        for at, line in enumerate(rows)
        for cell in line.cells
        if cell in order
    ]
    if not inside:
        return set()
    at, cells, signs = (np.array(values) for values in zip(*inside, strict=True))
    matrix = csr_array((signs, (at, cells)), shape=(len(rows), len(order)))
    at_least = np.array([counts[cell] <= least[cell] for cell in names])
    moves = ~at_least
    moves[at_least] = _can_grow(matrix, at_least)
    still = ~moves
    still[moves] = _stays_unchanged(matrix[:, moves])
    return {cell for cell, fixed in zip(names, still, strict=True) if fixed}


def _can_grow(matrix: csr_array, at_least: np.ndarray) -> np.ndarray:
    """Which of the cells that are as small as they can be could be more, every line as it was: one linear programme.

    Their growth is counted up to 1 each, so that the best change lets every one grow that can.
    """
    from scipy.optimize import linprog
    from scipy.sparse import hstack

    few, cells = int(at_least.sum()), matrix.shape[1]
    gain = np.concatenate([np.zeros(cells), -np.ones(few)])
    bounds = [*((0, None) if least else (None, None) for least in at_least), *[(0, 1)] * few]
    both = hstack([matrix, matrix[:, at_least]], format="csr")
    best = linprog(gain, A_eq=both, b_eq=np.zeros(matrix.shape[0]), bounds=bounds, method="highs")
    return np.asarray(best.x)[cells:] > 0.5


def _stays_unchanged(matrix: csr_array) -> np.ndarray:
    """A change at random, with its part that breaks lines taken away: what it does not change cannot change."""
    from scipy.sparse.linalg import lsmr

    change = np.random.default_rng(1).uniform(1, 2, matrix.shape[1])
    change -= lsmr(matrix, matrix @ change, atol=1e-13, btol=1e-13, conlim=0, maxiter=20 * len(change))[0]
    return np.abs(change) < _ZERO
