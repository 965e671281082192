"""Findings in words: every code has its phrases, and counts of people are said to be rounded."""

import pandas as pd
import pytest

from toolkit.frames import Found
from toolkit.words.bank import REPORT
from toolkit.words.findings import counts_in_words

OWN_TEXT = {"rule", "screener"}
"""Kinds of checks that each say what is tested: in the rule, or among the screener's phrases."""


def counts(failed: float, source: str = "cases") -> pd.DataFrame:
    return pd.DataFrame({"source": [source], "rows_checked": [212.0], "rows_failed": [failed]})


@pytest.mark.parametrize(
    ("failed", "said"), [(0, 0), (3, "fewer than 5"), (24, "about 25"), (1204, "about 1,205"), (float("nan"), None)]
)
def test_a_page_says_that_a_number_of_people_is_rounded(failed: float, said: str | int | None) -> None:
    """A few are "fewer than 5" and not "no data"; many are "about" so many; figures are counted as they are."""
    cell = counts_in_words(counts(failed), ["cases"], 5)["rows_failed"].iloc[0]

    assert pd.isna(cell) if said is None else cell == said
    assert counts_in_words(counts(3, "figures"), ["cases"], 5)["rows_failed"].to_list() == [3]


@pytest.mark.parametrize("found", Found)
def test_every_code_has_its_phrases(found: Found) -> None:
    """What was found has a sentence; what was tested has one too, unless the rule has its own."""
    assert f"finding.{found}.found" in REPORT
    assert (found.kind in OWN_TEXT) != (f"finding.{found.kind}.tested" in REPORT)


def test_every_phrase_of_a_finding_belongs_to_a_code() -> None:
    """A phrase that nothing leads to would be rewritten in vain."""
    codes = {f"finding.{found}" for found in Found}
    parts = {key.rpartition(".") for key in REPORT.phrases if key.startswith("finding.")}

    assert [f"{of}.{part}" for of, _, part in parts if part in ("found", "few", "do") and of not in codes] == []
