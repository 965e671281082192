"""How long cases wait, counting those that are still open: Kaplan–Meier shares, and cumulative incidence.

A figure "of plans issued" has no case that is still open, so it falls only once late plans come out. Of a cohort of
requests, the share within some weeks counts an open case as long as it has waited. Refused and ended cases leave the
Kaplan–Meier share (it is of those that would come to their end), and are outcomes of their own in the cumulative
incidence. Sources: Kaplan and Meier (1958), JASA 53, 457–481; Aalen and Johansen (1978); limits on log(−log S) with
Greenwood's variance, Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, 1.4.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.intervals import Estimate, wilson

__all__ = ["ENDED", "FEWEST_AT_RISK", "ISSUED", "OPEN", "REFUSED", "Incidence", "incidence", "share_within"]

OPEN, ISSUED, REFUSED, ENDED = 0, 1, 2, 3
"""How a case stands: its end has come, it was refused, it ended otherwise, or it is open."""

FEWEST_AT_RISK = 10
"""Fewest cases that must have waited so long; with fewer, and cases that have not, nothing is said."""

_Z = 1.959963984540054


class Incidence(NamedTuple):
    """Of all cases, the shares (0 to 1) at each outcome by some day, and of those still waiting."""

    issued: float
    refused: float
    ended: float
    waiting: float


class _Table(NamedTuple):
    """A row a day on which something happened: cases at risk just before it, and how many had each outcome."""

    at_risk: Array
    outcomes: Array
    """A column for each of ISSUED, REFUSED and ENDED."""


def share_within(days: Array, state: Array, limit: float) -> Estimate:
    """Share (0 to 1) of cases that have come to their end within ``limit`` days, with 95% limits.

    ``days``: how long each case took, or has waited; ``state``: OPEN, ISSUED, REFUSED or ENDED. NaN where fewer than
    ``FEWEST_AT_RISK`` have waited so long while others have not had the time, and where all left before. The limits of
    none are Wilson's for those that waited so long, and those of all for the cases that came to their end.

    >>> share_within(np.repeat([5.0, 30.0], 10), np.full(20, ISSUED), 20).value.item()
    0.5
    """
    if not _can_tell(days, state, limit):
        return Estimate(*np.full(3, np.nan))
    table = _life_table(days, state, limit)
    issued, left = table.outcomes[:, 0], table.at_risk
    waiting = float(np.prod(1 - issued / left))
    if waiting in (0.0, 1.0):
        cases = float(issued.sum() if waiting == 0.0 else (days >= limit).sum())
        share = (1 - waiting) if cases else np.nan
        return Estimate(np.asarray(share), *wilson((1 - waiting) * cases, cases))
    error = np.sqrt((issued / (left * (left - issued))).sum()) / abs(np.log(waiting))
    low, high = (1 - waiting ** np.exp(sign * _Z * error) for sign in (-1, 1))
    return Estimate(np.asarray(1 - waiting), np.asarray(low), np.asarray(high))


def incidence(days: Array, state: Array, limit: float) -> Incidence:
    """Of all cases, the shares at each outcome within ``limit`` days (Aalen–Johansen); NaN as for ``share_within``."""
    if not _can_tell(days, state, limit):
        return Incidence(np.nan, np.nan, np.nan, np.nan)
    table = _life_table(days, state, limit)
    waiting = np.cumprod(1 - table.outcomes.sum(axis=1) / table.at_risk)
    before = np.concatenate([[1.0], waiting[:-1]]) if len(waiting) else waiting
    shares = (before[:, None] * table.outcomes / table.at_risk[:, None]).sum(axis=0)
    issued, refused, ended = map(float, shares)
    return Incidence(issued, refused, ended, float(waiting[-1]) if len(waiting) else 1.0)


def _can_tell(days: Array, state: Array, limit: float) -> bool:
    """Whether enough cases have waited as long as ``limit``, or none is open that has not."""
    too_young = (state == OPEN) & (days < limit)
    return bool(len(days)) and (not too_young.any() or int((days >= limit).sum()) >= FEWEST_AT_RISK)


def _life_table(days: Array, state: Array, limit: float) -> _Table:
    happened = (state != OPEN) & (days <= limit)
    moments, place = np.unique(days[happened], return_inverse=True)
    outcomes = np.zeros((len(moments), 3))
    np.add.at(outcomes, (place, state[happened] - 1), 1.0)
    return _Table(len(days) - np.searchsorted(np.sort(days), moments).astype(float), outcomes)
