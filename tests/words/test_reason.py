"""The reason of a judgement: every worked example of tests/examples/judgements.yaml says what it is to say."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))

from judgement_examples import CASES, judgements_in, measure_of

from toolkit.words.reason import with_reasons


def reason(case: dict[str, Any]) -> str:
    return str(with_reasons(judgements_in(case), {"m": measure_of(case)})["reason"].iloc[0])


@pytest.mark.parametrize("case", [case for case in CASES if "reason" in case], ids=lambda case: case["says"])
def test_worked_example(case: dict[str, Any]):
    assert case["reason"] in reason(case)


@pytest.mark.parametrize("case", [case for case in CASES if "unsaid" in case], ids=lambda case: case["says"])
def test_what_a_reason_leaves_out(case: dict[str, Any]):
    assert case["unsaid"] not in reason(case)


def test_a_baseline_before_the_authority_began_is_said_to_be_that():
    case = next(case for case in CASES if "reason" in case and " from " in case["reason"])
    row = judgements_in(case).assign(baseline_value=float("nan"), change=float("nan"), baseline_marker="no body")
    said = str(with_reasons(row, {"m": measure_of(case)})["reason"].iloc[0])

    assert f"In {row['baseline_period'].iloc[0]} the authority did not exist, so the change is not judged." in said


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_a_reason_is_whole_sentences(case: dict[str, Any]):
    """It begins and ends as a sentence does, and never prints a missing number or a name of the code."""
    said = reason(case)
    assert said.endswith(".")
    assert not any(fault in said for fault in ("nan", "..", ";", "  ", "{", "_"))
