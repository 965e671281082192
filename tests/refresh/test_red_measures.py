"""What is red on any mark, what was written of it, and what is being done."""

import itertools
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from toolkit.frames import ACTIONS, JUDGEMENTS, Frame
from toolkit.params import Strategy, load_project
from toolkit.refresh import commentary_findings, is_red, red_measures
from toolkit.refresh.red_measures import actions_for_measure
from toolkit.words.findings import with_words

GREY = {"target_status": "met", "direction": "no clear change", "statutory_status": "no duty", "confidence": "low"}
RED = [
    ("target_status", "missed"),
    ("target_status", "unlikely"),
    ("direction", "worse"),
    ("statutory_status", "not met"),
]


def framed(frame: Frame, *rows: dict[str, Any]) -> pd.DataFrame:
    empty = {name: "" for name, (kind, _) in frame.columns.items() if kind == "str"}
    return frame.validate(pd.DataFrame([empty | row for row in rows], columns=list(frame.columns)))


def judgements(*rows: dict[str, Any]) -> pd.DataFrame:
    return framed(
        JUDGEMENTS, *({"priority": "a", "measure": "on_time", "name": "On time", **GREY, **row} for row in rows)
    )


@pytest.mark.parametrize("marks", [c for n in (1, 2, 3) for c in itertools.combinations(RED, n)])
def test_one_red_mark_is_enough(marks: tuple[tuple[str, str], ...]):
    """Target, change and duty each bring a measure to the exceptions."""
    assert is_red(judgements(dict(marks))).tolist() == [True]


def test_low_confidence_alone_is_not_red():
    """A figure of which we are unsure is not a bad figure."""
    assert is_red(judgements({})).tolist() == [False]


def test_actions_are_those_that_name_the_measure():
    """Names are whole: 'plans' does not find 'plans_in_time'."""
    plan = framed(
        ACTIONS, {"id": "1", "measures": "plans_in_time; heard"}, {"id": "2", "measures": "plans"}, {"id": "3"}
    )

    assert actions_for_measure(plan, "plans")["id"].tolist() == ["2"]
    assert actions_for_measure(plan, "heard")["id"].tolist() == ["1"]


def test_a_red_measure_comes_with_its_commentary_and_actions():
    """What is not red does not come; what nobody wrote is empty."""
    rows = judgements({"direction": "worse"}, {"measure": "plans"}, {"measure": "heard", "target_status": "missed"})
    plan = framed(ACTIONS, {"id": "1", "measures": "on_time"})

    first, second = red_measures(rows, plan, {"on_time": "We know.", "plans": "All well."})

    assert (first.judgement.measure, first.commentary, first.actions["id"].tolist()) == ("on_time", "We know.", ["1"])
    assert (second.judgement.measure, second.commentary, len(second.actions)) == ("heard", "", 0)


def test_a_missing_commentary_is_a_warning_to_who_leads(tiny: Path):
    """The finding names the measure, what is red, the file to write and the lead of the workstream."""
    rows = judgements({"direction": "worse", "statutory_status": "not met"}, {"measure": "plans"})

    found = commentary_findings(rows, {"on_time": "  \n"}, load_project(tiny).strategy, 2022)

    (finding,) = with_words(found).to_dict("records")
    assert (finding["check"], finding["severity"], finding["outcome"]) == ("commentary.on_time", "warning", "fail")
    assert finding["owner"] == "Head of SEND"
    assert "'On time' is worse and short of its legal duty" in finding["message"]
    assert "params/2022/commentary/measures/on_time.md" in finding["action"]


def test_no_commentary_is_asked_of_who_leads_something_else(tiny: Path):
    """The lead of a workstream answers for the priorities that it serves, and for no other."""
    found = commentary_findings(judgements({"direction": "worse", "priority": "b1"}), {}, serves(tiny, "a"), 2022)
    also = commentary_findings(judgements({"direction": "worse", "priority": "b1"}), {}, serves(tiny, "b1"), 2022)

    assert [*found["owner"], *also["owner"]] == ["", "Head of SEND"]


def serves(tiny: Path, priority: str) -> Strategy:
    """The tiny strategy with its one workstream in the service of one priority."""
    strategy = load_project(tiny).strategy
    (stream,) = strategy.workstreams
    return strategy.model_copy(update={"workstreams": (stream.model_copy(update={"priorities": (priority,)}),)})


def test_a_written_commentary_passes(tiny: Path):
    """Once it is written there is nothing to do."""
    found = commentary_findings(judgements({"direction": "worse"}), {"on_time": "x"}, load_project(tiny).strategy, 2022)

    assert with_words(found)[["outcome", "rows_failed", "action"]].to_numpy().tolist() == [["pass", 0.0, ""]]


def test_nothing_red_needs_no_commentary(tiny: Path):
    """A review in which all is well has no such finding."""
    assert commentary_findings(judgements({}), {}, load_project(tiny).strategy, 2022).empty
