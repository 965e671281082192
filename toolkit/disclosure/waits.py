"""Waits as they may leave: counts of people rounded, and no share from which a small number could be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

__all__ = ["WaitRule", "protected_curves", "protected_open_cases", "rows_to_show"]

_OUTCOMES = ["issued", "refused", "ended"]
_COUNTS = ["cases", *_OUTCOMES, "open"]
_SHARES = ["share", "low", "high", "issued_share", "refused_share", "ended_share", "waiting_share", "measured"]
_COHORT = ["measure", "cohort"]


class WaitRule(NamedTuple):
    """From 1 to ``threshold`` - 1 people are a small number; a cohort of fewer than ``fewest`` cases shows no share.

    ``first`` is measure → the weeks that are shown before others.
    """

    threshold: int
    fewest: int
    first: Mapping[str, tuple[int, ...]]


def rows_to_show(curves: pd.DataFrame, rule: WaitRule, before: pd.DataFrame | None = None) -> np.ndarray:
    """True for each row of WAIT_CURVES whose shares show no small number of people.

    Small may be those at an outcome, those who are left over, and those by whom a row differs from another one that is
    shown: of its cohort, or of the same cohort in the review before (``before``: the rows that it showed, exact).
    """
    shown = np.zeros(len(curves), dtype=bool)
    printed = {} if before is None else dict(list(before.groupby(_COHORT)))
    for place, rows in _by_cohort(curves):
        others = [printed[key][_OUTCOMES].to_numpy()] if (key := _key(rows)) in printed else []
        if rows["cases"].iloc[0] >= rule.fewest:
            shown[place] = _safe(rows, rule, np.vstack(others) if others else np.empty((0, len(_OUTCOMES))))
    return shown


def _by_cohort(curves: pd.DataFrame) -> Iterable[tuple[np.ndarray, pd.DataFrame]]:
    numbered = curves.assign(place=np.arange(len(curves)))
    return ((rows["place"].to_numpy(), rows) for _, rows in numbered.groupby(_COHORT, sort=False))


def _key(rows: pd.DataFrame) -> tuple[str, str]:
    return str(rows["measure"].iloc[0]), str(rows["cohort"].iloc[0])


def _safe(rows: pd.DataFrame, rule: WaitRule, printed: np.ndarray) -> np.ndarray:
    """Which rows of a cohort may be shown, looked at in the order in which they matter."""
    counts = rows[_OUTCOMES].to_numpy(dtype=float)
    left = rows["cases"].to_numpy(dtype=float) - counts.sum(axis=1)
    alone = ~_is_small(np.column_stack([counts, left]), rule.threshold).any(axis=1)
    first = rule.first[str(rows["measure"].iloc[0])]
    weeks = rows["weeks"].tolist()
    order = sorted(range(len(weeks)), key=lambda at: first.index(weeks[at]) if weeks[at] in first else len(first) + at)
    shown = np.zeros(len(rows), dtype=bool)
    for at in order:
        beside = np.vstack([counts[shown], printed])
        shown[at] = alone[at] and not _is_small(np.abs(beside - counts[at]), rule.threshold).any()
    return shown


def protected_curves(curves: pd.DataFrame, shown: np.ndarray, threshold: int) -> pd.DataFrame:
    """WAIT_CURVES with counts rounded to ``threshold``; NaN, and the marker c, where a row is not ``shown``."""
    counts = curves[_COUNTS]
    rounded = ((counts / threshold).round() * threshold).mask(_is_small(counts, threshold))
    left = curves.assign(**{name: rounded[name] for name in _COUNTS})
    left = left.assign(**{name: left[name].where(shown) for name in [*_SHARES, *_OUTCOMES]})
    return left.assign(marker=left["marker"].where(shown, "c"))


def protected_open_cases(cases: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """OPEN_CASES rounded to ``threshold``, a small number marked c, and without how long one of them has waited."""
    small = _is_small(cases["cases"], threshold)
    rounded = (cases["cases"] / threshold).round() * threshold
    return cases.assign(cases=rounded.mask(small), longest=np.nan, marker=cases["marker"].mask(small, "c"))


def _is_small(counts: pd.DataFrame | pd.Series | np.ndarray, threshold: int):  # type: ignore[no-untyped-def]
    return (counts > 0) & (counts < threshold)
