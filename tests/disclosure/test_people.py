"""What findings say of people: to the nearest few, and nothing below."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.disclosure.people import rounded_findings


def findings(checked: float, failed: float, source: str = "cases") -> pd.DataFrame:
    return pd.DataFrame({"source": [source], "rows_checked": [checked], "rows_failed": [failed]})


def test_a_few_people_are_not_counted() -> None:
    """Three failing rows of people have no number; of figures they have."""
    assert rounded_findings(findings(212, 3), ["cases"], 5)["rows_failed"].isna().all()
    assert rounded_findings(findings(212, 3, "figures"), ["cases"], 5)["rows_failed"].to_list() == [3]


def test_nobody_is_said_as_nobody() -> None:
    """No failing row stays none."""
    assert rounded_findings(findings(212, 0), ["cases"], 5).to_numpy().tolist() == [["cases", 210, 0]]


@given(st.integers(0, 500), st.integers(1, 4))
def test_two_counts_do_not_give_away_what_lies_between(many: int, more: int) -> None:
    """What two checks looked at differs by nothing or by at least five, whatever the few between them are."""
    one, other = (rounded_findings(findings(n, 0), ["cases"], 5)["rows_checked"].iloc[0] for n in (many, many + more))

    assert pd.isna(one) or pd.isna(other) or (other - one) in (0, 5)


@pytest.mark.parametrize(("failed", "shown"), [(1, None), (4, None), (5, 5.0), (7, 5.0), (8, 10.0)])
def test_from_one_to_four_there_is_no_number_and_from_five_the_nearest_five(failed: int, shown: float | None) -> None:
    """One is not said as none."""
    (found,) = rounded_findings(findings(212, failed), ["cases"], 5)["rows_failed"]

    assert (None if pd.isna(found) else found) == shown
