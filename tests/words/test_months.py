"""The words of a chart of months: the worked examples, and what no sentence may say."""

import math
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))
sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

import sample_report as sample
from monthly_examples import CASES, measure_of, months_in

from toolkit.analysis.monthly import MONTHS, Month
from toolkit.words.months import months_sentences, months_title, say_month

CAUSES = re.compile(r"\b(because|due to|thanks to|led to|caused|as a result|therefore|so that)\b", re.IGNORECASE)


def said(case: dict) -> str:
    target = float(case["target"]) if "target" in case else math.nan
    return " ".join(months_sentences(months_in(case), sample.judged(target=target), measure_of(case)))


def said_of(month: Month, cause: str) -> str:
    return say_month(month._replace(cause=cause, reading="common cause"), measure_of(CASES[0]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_example(case: dict):
    """Title and sentences are as tests/examples/analysis/monthly.yaml says."""
    assert months_title(months_in(case), measure_of(case)) == case["title"]
    for words in case["says"]:
        assert words in said(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_no_sentence_claims_a_cause_and_no_title_is_long(case: dict):
    """A chart says what happened, in a title of at most ten words."""
    assert not CAUSES.search(said(case))
    assert len(months_title(months_in(case), measure_of(case)).split()) <= 10


def test_without_limits_no_target_is_promised():
    """Nothing is said of a target where there are too few months, hidden ones, or data that failed."""
    for case in CASES:
        if case["newest"]["cause"] in ("too few months", "hidden months", "data failed"):
            assert "target" not in said({**case, "target": "50"})


def test_each_month_of_the_table_has_its_words():
    """No rule is shown in the words of the code."""
    case = next(case for case in CASES if "Seven months" in case["case"])
    words = [say_month(month, measure_of(case)) for month in MONTHS.rows(months_in(case))]

    assert words[0] == "as usual"
    assert words[-1] == "worse than usual: run of 7 months below the mean"
    last = MONTHS.rows(months_in(case))[-1]
    assert said_of(last, "") == "no figure"
    for cause in ("too few months", "hidden months", "data failed"):
        assert said_of(last, cause) == "not judged"


def test_nothing_is_said_of_no_months():
    """A measure without figures has a title that says so, and no sentence."""
    empty = months_in(CASES[0]).iloc[:0]
    assert months_title(empty, measure_of(CASES[0])) == "Monthly: no figures"
    assert months_sentences(empty, sample.judged(), measure_of(CASES[0])) == []
