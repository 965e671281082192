"""Easy words that no paper will print: their id is not in the review."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from toolkit.errors import did_you_mean
from toolkit.frames import FINDINGS, Finding, Found

__all__ = ["PAPERS", "easy_word_findings"]

PAPERS = "papers"
"""What findings about papers name as their source."""


def easy_word_findings(worded: Iterable[str], ids: Collection[str], year: int, owner: str) -> pd.DataFrame:
    """FINDINGS: a warning for each id of ``plain:`` that is not among ``ids``, so that a slip leaves nothing out.

    A warning and not an error: words may be written before their decision is recorded.
    """
    return FINDINGS.table(
        Finding(
            f"{PAPERS}.easy_words.{name}",
            severity="warning",
            outcome="fail",
            source=PAPERS,
            owner=owner,
            dimension="validity",
        ).with_code(
            Found.EASY_WORDS_UNUSED,
            {"name": name, "file": f"params/{year}/papers.yaml", "hint": did_you_mean(name, ids)},
        )
        for name in worded
        if name not in ids
    )
