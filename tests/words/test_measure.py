"""Headlines: the worked examples, what a priority says, and what no sentence may say."""

import math
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

import sample_report as sample

from toolkit.frames import PUBLISHED_JUDGEMENTS, Judgement
from toolkit.sources import ComparatorSet
from toolkit.words.comparators import comparator_sentences
from toolkit.words.measure import chart_title, describe_chart, measure_sentence
from toolkit.words.priority import priority_sentence
from toolkit.words.quality import hidden_sentence, quality_sentence

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples/report/sentences.yaml").read_text("utf-8"))
MEASURE = sample.CATALOGUE["plans_within_20_weeks"]
CAUSES = re.compile(r"because|due to|thanks to|led to|caused|as a result|therefore|so that", re.IGNORECASE)


def judgement(given_row: dict[str, Any]) -> Judgement:
    return sample.judged(**{name: math.nan if value is None else value for name, value in given_row.items()})


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
            ["met", "missed", "likely", "possible", "unlikely", "not yet published", "no target", "cannot be judged"]
        ),
        "statutory_status": st.sampled_from(["met", "not met", "no duty", ""]),
        "marker": st.sampled_from(["", "c", "x", "z", "low", "u"]),
    }
)


@given(ROWS)
def test_no_sentence_claims_a_cause_or_says_nan(given_row: dict[str, Any]) -> None:
    """Whatever the judgement, its sentences end, name no cause and never print a missing number."""
    row = sample.judged(**given_row)
    for said in (measure_sentence(row, MEASURE), describe_chart(row, MEASURE, "Leicestershire")):
        assert said.endswith(".")
        assert not CAUSES.search(said)
        assert "nan" not in said.lower()
        assert ".." not in said


def test_a_priority_says_how_many_are_better_worse_missed_and_in_breach() -> None:
    """The sample priority: one of four better, one of two targets met, one duty missed, one figure hidden."""
    assert priority_sentence(sample.judgements()) == (
        "Of 4 measures, one is better and none is worse. Of 2 targets, one is met or likely to be and one is missed or "
        "unlikely to be met. One measure shows a legal duty that is not met. One measure has no figure."
    )


def test_a_target_that_may_be_met_is_counted_apart() -> None:
    """Neither with those that are met nor with those that are missed."""
    possible = sample.judged(target_status="possible", target=95.0, target_period="2018")
    missed = sample.judged(target_status="missed", target=95.0, target_period="2018")
    rows = pd.DataFrame([possible, missed], columns=list(PUBLISHED_JUDGEMENTS.columns))

    assert "2 targets, none is met or likely to be, one is possible, and one is missed or" in priority_sentence(rows)
    assert "It may meet the target of 95% by 2018." in measure_sentence(possible, MEASURE)
    assert "It missed the target of 95% by 2018." in measure_sentence(missed, MEASURE)


def test_a_priority_without_measures_or_targets_says_so() -> None:
    """Nothing to count is said in words."""
    rows = sample.judgements()
    assert priority_sentence(rows.iloc[:0]) == "There are no measures for this priority."
    assert "None has a target." in priority_sentence(rows[rows["target_status"] == "no target"])


def test_the_verdict_on_the_data_follows_from_the_checks() -> None:
    """A failed critical check makes a draft of the review; a warning does not."""
    rows = sample.findings()
    assert (
        quality_sentence(rows)
        == "The figures can be used. 1 of 2 checks of the data passed, 1 gave a warning and none failed critically."
    )
    failed = pd.concat([rows, rows.iloc[[0]].assign(outcome="error")])
    assert quality_sentence(failed).startswith(
        "The figures cannot be used yet: this review is a draft. 1 of 3 checks of the data passed"
    )


def test_notes_are_told_apart_from_warnings() -> None:
    """A check that only notes something is counted as a note, and one that was waived as waived."""
    rows = sample.findings()
    noted = pd.concat([rows, rows.iloc[[1]].assign(severity="info"), rows.iloc[[1]].assign(outcome="waived")])
    assert quality_sentence(noted) == (
        "The figures can be used. 1 of 4 checks of the data passed, 1 gave a warning, 1 gave a note, 1 was waived "
        "and none failed critically."
    )


def test_what_is_hidden_is_told_with_its_rule() -> None:
    """The public version says how many figures are hidden and why; the internal one says that none is."""
    told = hidden_sentence(3, 5, public=True)
    assert (
        "Counts from 1 to 4 are hidden, and so is any figure in the same table from which they could be worked out."
        in told
    )
    assert "Published shares are not" in told, "375 plans of which 371 were in time are both shown"
    assert "This hides 3 figures" in told
    assert "Nothing is hidden" in hidden_sentence(3, 5, public=False)


OLD = ComparatorSet("Set of 2021", date(2021, 4, 1), ("B", "C", "D"))
NEW = ComparatorSet("Set of 2025", date(2025, 5, 1), ("B", "F", "G"))


def test_a_set_of_similar_authorities_in_force_needs_no_word() -> None:
    """In an ordinary year nothing is said about the set."""
    assert comparator_sentences(OLD, None, (OLD.holds_from, OLD.title), date(2022, 4, 30)) == []


def test_a_set_issued_after_the_cut_off_is_said_to_be() -> None:
    """The demonstration's case: the set of 2021 in a review of 2019."""
    assert comparator_sentences(OLD, None, None, date(2019, 4, 30)) == [
        "Similar authorities are those of the set \u201cSet of 2021\u201d. It has been in force only "
        "since 1 April 2021, after the cut-off date of this review (30 April 2019)."
    ]


def test_a_set_that_holds_from_the_very_cut_off_was_in_force_then() -> None:
    """On the day itself it holds: nothing is to be said."""
    assert comparator_sentences(OLD, None, (OLD.holds_from, OLD.title), OLD.holds_from) == []


def test_a_set_that_was_replaced_is_said_to_be() -> None:
    """Whoever rolls a review forward and forgets the set is told on every page."""
    (said,) = comparator_sentences(OLD, None, (NEW.holds_from, NEW.title), date(2026, 4, 30))
    assert said.endswith("A newer set, \u201cSet of 2025\u201d, has been in force since 1 May 2025.")


def test_a_change_of_the_set_says_how_many_stay() -> None:
    """In the year of the change a reader learns how much of it there is."""
    (said,) = comparator_sentences(NEW, OLD, (NEW.holds_from, NEW.title), date(2026, 4, 30))
    assert "1 of 3 were in the set used before, \u201cSet of 2021\u201d" in said


def test_similar_authorities_that_ended_or_are_few_are_said_to_be() -> None:
    """A set whose areas have been abolished since then is no longer what it was, and a mean of one is no mean."""
    old = replace(OLD, ended={"Cumbria": date(2023, 3, 31), "Northamptonshire": date(2021, 3, 31)})
    gone, few = comparator_sentences(old, None, None, date(2026, 4, 30))
    assert gone == "Cumbria and Northamptonshire among them no longer exist and have no new figures."
    assert few == "There is only one similar authority, so its average is that authority’s own figure."
    assert comparator_sentences(OLD, None, None, date(2026, 4, 30)) == []
