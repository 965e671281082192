"""Counts of people that a check looked at or failed, rounded, and hidden where small."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

__all__ = ["rounded_findings"]


def rounded_findings(findings: pd.DataFrame, people: Collection[str], small: int) -> pd.DataFrame:
    """FINDINGS with the counts of sources of ``people`` rounded to ``small``; NaN for 1 to ``small`` - 1.

    Two checks may look at groups that differ by a few children: exact counts would give those few away.
    """
    of_people = findings["source"].isin(list(people))
    counts = findings[["rows_checked", "rows_failed"]]
    rounded = (counts / small).round() * small
    rounded = rounded.mask((counts > 0) & (counts < small))
    return findings.assign(**{str(c): counts[c].mask(of_people, rounded[c]) for c in counts})
