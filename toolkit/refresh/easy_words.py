"""Easy words that no paper will print: those for an id that nothing in the review has."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from toolkit.errors import did_you_mean
from toolkit.frames import FINDINGS

__all__ = ["PAPERS", "easy_word_findings"]

PAPERS = "papers"
"""What findings about papers name as their source."""


def easy_word_findings(worded: Iterable[str], known: Collection[str], year: int, owner: str) -> pd.DataFrame:
    """FINDINGS: a warning for each id of ``plain:`` that is not ``known``, so that nothing is left out by a slip.

    It is no refusal: words may be written before the decision that they tell is recorded.
    """
    return FINDINGS.of(
        {
            "check": f"{PAPERS}.easy_words.{name}",
            "severity": "warning",
            "outcome": "fail",
            "source": PAPERS,
            "rows_checked": 1.0,
            "rows_failed": 1.0,
            "message": f"Easy words are for something that the review tells. Failed: nothing is called '{name}'.",
            "owner": owner,
            "action": f"Under plain: in params/{year}/papers.yaml or params/papers.yaml, {did_you_mean(name, known)}; "
            "or record the decision that they tell.",
            "dimension": "validity",
        }
        for name in worded
        if name not in known
    )
