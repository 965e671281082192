"""WAITS as they may leave: counts of people rounded, and no share from which a small number could be worked out."""

from __future__ import annotations

import pandas as pd

__all__ = ["protected_waits"]

_OUTCOMES = ["issued", "refused", "ended"]
_COUNTS = ["cases", *_OUTCOMES, "open"]
_SHARES = ["share", "low", "high", "issued_share", "refused_share", "ended_share", "waiting_share", "measured"]


def protected_waits(waits: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """WAITS with counts rounded to ``threshold``; NaN, and the marker c, where one is from 1 to ``threshold`` - 1.

    Small may also be those who are left over, and those who joined between two rows of a cohort: then both rows are
    hidden, so that no difference between them shows a few people.
    """
    cohorts = [waits["measure"], waits["cohort"]]
    outcomes = waits[_OUTCOMES].assign(waiting=waits["cases"] - waits[_OUTCOMES].sum(axis=1))
    joined = _is_small(waits[_OUTCOMES].groupby(cohorts).diff(), threshold).any(axis=1)
    before = joined.groupby(cohorts).shift(-1, fill_value=False)
    hidden = _is_small(outcomes, threshold).any(axis=1) | joined | before
    counts = waits[_COUNTS]
    rounded = ((counts / threshold).round() * threshold).mask(_is_small(counts, threshold))
    shown = waits.assign(**{name: rounded[name] for name in _COUNTS})
    shown = shown.assign(**{name: shown[name].mask(hidden) for name in [*_SHARES, *_OUTCOMES]})
    return shown.assign(marker=shown["marker"].mask(hidden, "c"))


def _is_small(counts: pd.DataFrame, threshold: int) -> pd.DataFrame:
    return (counts > 0) & (counts < threshold)
