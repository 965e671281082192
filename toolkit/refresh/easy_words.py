"""Easy words that no paper will print: those for an id that nothing in the review has."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from toolkit.errors import did_you_mean
from toolkit.frames import FINDINGS, Found, finding

__all__ = ["PAPERS", "easy_word_findings"]

PAPERS = "papers"
"""What findings about papers name as their source."""


def easy_word_findings(worded: Iterable[str], known: Collection[str], year: int, owner: str) -> pd.DataFrame:
    """FINDINGS: a warning for each id of ``plain:`` that is not ``known``, so that nothing is left out by a slip.

    It is no refusal: words may be written before the decision that they tell is recorded.
    """
    return FINDINGS.table(
        finding(
            f"{PAPERS}.easy_words.{name}",
            Found.EASY_WORDS_UNUSED,
            facts={"name": name, "file": f"params/{year}/papers.yaml", "hint": did_you_mean(name, known)},
            outcome="fail",
            source=PAPERS,
            owner=owner,
            dimension="validity",
        )
        for name in worded
        if name not in known
    )
