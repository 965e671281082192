"""Headlines: the worked examples, what a priority says, and what no sentence may say."""

import math
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import sample_report as sample
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.report.sentences import (
    chart_title,
    describe,
    hidden_sentence,
    measure_sentence,
    priority_sentence,
    quality_sentence,
)

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples/report/sentences.yaml").read_text("utf-8"))
MEASURE = sample.CATALOGUE["plans_within_20_weeks"]
CAUSES = re.compile(r"because|due to|thanks to|led to|caused|as a result|therefore|so that", re.IGNORECASE)


def judgement(given_row: dict[str, Any]) -> dict[str, Any]:
    return sample.judgement(**{name: math.nan if value is None else value for name, value in given_row.items()})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["case"])
def test_worked_examples(example: dict[str, Any]) -> None:
    """Each example of tests/examples/report/sentences.yaml is said as written there."""
    row = judgement(example["given"])
    assert measure_sentence(row, MEASURE) == example["sentence"]
    assert chart_title(row, MEASURE) == example["title"]


ROWS = st.fixed_dictionaries(
    {
        "value": st.sampled_from([math.nan, 0.0, 61.5, 98.9]),
        "baseline_value": st.sampled_from([math.nan, 61.5]),
        "change": st.sampled_from([math.nan, -1.0, 0.0, 37.4]),
        "target": st.sampled_from([math.nan, 95.0]),
        "direction": st.sampled_from(["better", "worse", "no clear change", "cannot be judged"]),
        "target_status": st.sampled_from(
            ["met", "on track", "off track", "not yet published", "no target", "cannot be judged"]
        ),
        "statutory_status": st.sampled_from(["met", "not met", "no duty", ""]),
        "marker": st.sampled_from(["", "c", "x", "z", "low", "u"]),
    }
)


@given(ROWS)
def test_no_sentence_claims_a_cause_or_says_nan(given_row: dict[str, Any]) -> None:
    """Whatever the judgement, its sentences end, name no cause and never print a missing number."""
    row = sample.judgement(**given_row)
    for said in (measure_sentence(row, MEASURE), describe(row, MEASURE, "Leicestershire")):
        assert said.endswith(".")
        assert not CAUSES.search(said)
        assert "nan" not in said.lower()
        assert ".." not in said


def test_a_priority_says_how_many_are_better_worse_on_track_and_in_breach() -> None:
    """The sample priority: one of four better, one of two targets met, one duty missed, one figure hidden."""
    assert priority_sentence(sample.judgements()) == (
        "Of 4 measures, one is better and none is worse. Of 2 targets, one is met or on track and one is off track. "
        "One legal duty is not met. One measure has no figure."
    )


def test_a_priority_without_measures_or_targets_says_so() -> None:
    """Nothing to count is said in words."""
    rows = sample.judgements()
    assert priority_sentence(rows.iloc[:0]) == "There are no measures for this priority."
    assert "None has a target." in priority_sentence(rows[rows["target_status"] == "no target"])


def test_the_verdict_on_the_data_follows_from_the_checks() -> None:
    """A failed critical check makes a draft of the review; a warning does not."""
    rows = sample.findings()
    assert quality_sentence(rows) == "Yes. 1 of 2 checks passed; 1 gave a warning and none failed critically."
    failed = pd.concat([rows, rows.iloc[[0]].assign(outcome="error")])
    assert quality_sentence(failed).startswith("Not yet: this review is a draft. 1 of 3 checks passed")


def test_what_is_hidden_is_told_with_its_rule() -> None:
    """The public version says how many figures are hidden and why; the internal one says that none is."""
    assert "Counts from 1 to 4 are hidden" in hidden_sentence(3, 5, public=True)
    assert "This hides 3 figures" in hidden_sentence(3, 5, public=True)
    assert "Nothing is hidden" in hidden_sentence(3, 5, public=False)
