"""The sentence on a priority: each number in it is counted, and it says of duties only what is known."""

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

import sample_report as sample

from toolkit.frames import JUDGEMENTS
from toolkit.words.bank import REPORT
from toolkit.words.priority import priority_sentence


def sentence(*duties: str) -> str:
    """Of a priority whose measures have these legal statuses."""
    rows = [sample.judgement(measure=f"m{at}", statutory_status=status) for at, status in enumerate(duties)]
    return priority_sentence(pd.DataFrame(rows, columns=list(JUDGEMENTS.columns)))


@pytest.mark.parametrize(
    ("duties", "all_met"),
    [
        (["met"], True), (["met", "met"], True), (["met", "no duty"], True),
        (["no duty"], False), (["no duty", "no duty"], False), (["cannot be judged"], False),
        (["cannot be judged", "no duty"], False), (["not met", "met"], False), (["not met"], False),
    ],
)  # fmt: skip
def test_duties_are_met_only_where_there_is_one_and_none_is_missed(duties: list[str], all_met: bool) -> None:
    """Nothing is said of duties of a priority that has none, or none that can be checked."""
    assert (REPORT.say("priority.duties_met") in sentence(*duties)) == all_met


@pytest.mark.parametrize(
    ("duties", "missed"), [(["not met", "met"], 1), (["not met", "not met", "no duty"], 2), (["met"], 0)]
)
def test_missed_duties_are_counted(duties: list[str], missed: int) -> None:
    said = [REPORT.say("priority.duties_missed", count=count) in sentence(*duties) for count in (1, 2)]
    assert said == [missed == 1, missed == 2]
