"""A work plan is read as it is written, and nothing in it is guessed."""

import math
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml

from toolkit.frames import ACTIONS, decode_statements
from toolkit.params import load_project
from toolkit.refresh import Lateness, PlanSettings, actions_for, day_of, delivery_rag, state_of
from toolkit.words.plan import describe_delivery, describe_notes

EXAMPLES = yaml.safe_load((Path(__file__).parents[1] / "examples" / "refresh.yaml").read_text(encoding="utf-8"))
ROWS = yaml.safe_load((Path(__file__).parents[1] / "examples" / "refresh_actions.yaml").read_text(encoding="utf-8"))
WORDS = {"complete": ["Done"], "complete and embedded": ["Complete – embedded"], "in progress": ["On-going"]}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("case", EXAMPLES["dates"], ids=lambda case: case["written"] or "blank")
def test_a_date_is_one_day_or_none(case: dict):
    """Day first, in the forms that councils type; 'end of Sept' stays words."""
    assert day_of(case["written"]) == _day(case["day"])


@pytest.mark.parametrize("case", EXAMPLES["delivery"], ids=lambda case: case["says"])
def test_delivery_colour(case: dict):
    """Green, amber or red on the day of the cut-off, by the policy's number of days."""
    lateness = Lateness(_day(case["today"]), case.get("red_after_days", 90))

    assert delivery_rag(case["state"], _day(case["due"]), lateness, case.get("own", "")) == case["colour"]


def test_the_plans_own_colour_is_told_where_it_is_the_worse(tiny: Path):
    """An action that is not late and that its plan calls red is red, and says why; an unknown word is noted."""
    row = {
        "id": "a.1", "action": "Do it", "lead": "Head", "due": "31/12/2022", "status": "On-going", "priority": "a",
        "workstream": "Plans", "measures": "", "rag": "Red", "hidden": False, "place": "",
    }  # fmt: skip
    settings = PlanSettings(WORDS, Lateness(date(2022, 6, 30), 90), True)
    plan = pd.DataFrame([row, row | {"id": "a.2", "rag": "A/G"}, row | {"id": "a.3", "rag": "Green"}])

    actions = actions_for(plan, load_project(tiny).strategy, settings)

    assert actions["delivery_rag"].tolist() == ["red", "green", "green"]
    reason = describe_delivery(actions["delivery_reason"][0])
    assert reason == "It is in progress and not yet due. The plan itself rates it red."
    notes = [describe_notes(cell) for cell in actions["note"]]
    assert notes == ["", "the plan's own rating, 'A/G', is not red, amber or green", ""]


def test_a_status_is_found_whatever_its_spelling():
    """Case, dashes and spaces do not matter; a word outside the map is not guessed."""
    assert state_of("complete - EMBEDDED", WORDS) == "complete and embedded"
    assert state_of("in progress", WORDS) == "in progress"
    assert state_of("nearly there", WORDS) == ""


@pytest.mark.parametrize("case", ROWS, ids=lambda case: case["says"])
def test_a_row_of_the_plan(case: dict, tiny: Path):
    """Each row of tests/examples/refresh_actions.yaml: its cells, why it has its colour, and what to know of it."""
    usual = {
        "id": "a.1", "action": "Do it", "lead": "Head", "priority": "a", "workstream": "plans", "measures": "on_time",
        "hidden": False, "place": "Sheet!row 5",
    }  # fmt: skip
    words = WORDS | {"complete": ["Done"], "not started": [], "paused": []}
    settings = PlanSettings(words, Lateness(date(2022, 6, 30), 90), True)

    (action,) = ACTIONS.rows(actions_for(pd.DataFrame([usual | case["row"]]), load_project(tiny).strategy, settings))

    assert {name: getattr(action, name) for name in case["expect"]} == case["expect"]
    assert [list(one) for one in decode_statements(action.delivery_reason)] == case["reasons"]
    assert [list(one) for one in decode_statements(action.note)] == case.get("notes", [])
    assert math.isnan(action.moved_days)


def test_a_plan_that_is_real_has_no_label(tiny: Path):
    row = {"id": "a", "action": "x", "lead": "y", "due": "", "status": "", "priority": "a", "workstream": "Else",
           "measures": ""}  # fmt: skip
    settings = PlanSettings(WORDS, Lateness(date(2022, 6, 30), 90), False)

    (action,) = ACTIONS.rows(actions_for(pd.DataFrame([row]), load_project(tiny).strategy, settings))

    assert (action.illustrative, action.workstream) == ("", "Else")


def test_rows_without_an_id_are_not_the_same_action(tiny: Path):
    row = {"id": "", "action": "x", "lead": "y", "due": "31/12/2022", "status": "Done", "priority": "a",
           "workstream": "Plans", "measures": ""}  # fmt: skip
    settings = PlanSettings(WORDS, Lateness(date(2022, 6, 30), 90), True)

    actions = actions_for(pd.DataFrame([row, row]), load_project(tiny).strategy, settings)

    assert [decode_statements(cell) for cell in actions["note"]] == [[], []]


def test_what_cannot_be_read_is_kept_and_noted(tiny: Path):
    """A due date that is not a day, an unknown status and a missing lead stay as written, each with a note."""
    row = {
        "id": "a.1", "action": "Do it", "lead": "", "due": "ASAP", "status": "nearly there", "priority": "a",
        "workstream": "PLANS", "measures": "on_time", "hidden": True, "place": "Sheet!row 5",
    }  # fmt: skip
    settings = PlanSettings(WORDS, Lateness(date(2022, 6, 30), 90), True)

    action = actions_for(pd.DataFrame([row]), load_project(tiny).strategy, settings).iloc[0]

    assert (action["due"], action["status"], action["workstream"]) == ("ASAP", "nearly there", "w1")
    for words in ("'ASAP' is not an exact date", "'nearly there' is not in the list", "it has no lead", "hidden"):
        assert words in describe_notes(action["note"])


def test_two_actions_with_one_id_are_both_kept_and_noted(tiny: Path):
    """Neither is lost, and each says that there is another."""
    row = {
        "id": "a.1", "action": "Do it", "lead": "Head", "due": "31/12/2022", "status": "Done", "priority": "a",
        "workstream": "Plans", "measures": "", "hidden": False, "place": "Sheet!row 5",
    }  # fmt: skip
    settings = PlanSettings(WORDS, Lateness(date(2022, 6, 30), 90), True)
    plan = pd.DataFrame([row, row | {"action": "Do that"}, row | {"id": "a.2"}])

    actions = actions_for(plan, load_project(tiny).strategy, settings)

    assert [describe_notes(cell) for cell in actions["note"]] == ["another action has the same id"] * 2 + [""]


@pytest.mark.parametrize(
    ("state", "due", "slipped", "because"),
    [
        ("in progress", date(2019, 3, 31), 30, "It is 30 days past its due date."),
        ("complete", date(2018, 3, 31), 0, "It is complete."),
        ("in progress", date(2019, 5, 31), 0, "It is in progress and not yet due."),
        ("in progress", None, 0, "No exact due date has been agreed, so it is not known whether it is late."),
    ],
)
def test_a_colour_comes_with_its_reason(tiny: Path, state: str, due: date | None, slipped: int, because: str):
    """How many days late, or why that cannot be told."""
    row = {
        "id": "a.1", "action": "Do it", "lead": "Head", "due": due.isoformat() if due else "Q3", "status": state,
        "priority": "a", "workstream": "Plans", "measures": "", "hidden": False, "place": "", "mitigation": "Ask.",
    }  # fmt: skip
    settings = PlanSettings(WORDS, Lateness(date(2019, 4, 30), 90), True)

    action = actions_for(pd.DataFrame([row]), load_project(tiny).strategy, settings).iloc[0]

    assert (action["slipped_days"], action["mitigation"]) == (slipped, "Ask.")
    assert describe_delivery(action["delivery_reason"]) == because
