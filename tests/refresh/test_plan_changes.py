"""This year's work plan beside last year's: nothing changes unseen."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.evidence import frames_of
from toolkit.frames import ACTIONS, Found
from toolkit.params import ActionDecision, Strategy, load_project
from toolkit.params.decisions import Decided
from toolkit.refresh import Lateness, actions_for, plan_changes, plan_findings, with_dates_before
from toolkit.words.plan import describe_delivery, phrase_plan_changes

ROOT = Path(__file__).parents[2]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "refresh_plan_changes.yaml").read_text(encoding="utf-8"))
MOVED = yaml.safe_load((ROOT / "tests" / "examples" / "refresh.yaml").read_text(encoding="utf-8"))["moved"]
TODAY = date(2020, 4, 30)
USUAL = {"action": "Meet", "lead": "Head", "due": "2019-07-31", "status": "in progress", "priority": "a"}
DECIDED = {
    "reason": "So it is.",
    "authority": "board",
    "decided": Decided.model_validate({"on": "2019-05-14", "by": "Board"}),
}


def plan(*rows: dict) -> pd.DataFrame:
    empty = {name: "" for name, (kind, _) in ACTIONS.columns.items() if kind == "str"}
    return ACTIONS.checked(pd.DataFrame([empty | USUAL | row for row in rows], columns=list(ACTIONS.columns)))


def decision(**given_: object) -> ActionDecision:
    return ActionDecision.model_validate({"id": "d", "kind": "action", "subject": "1", **DECIDED, **given_})


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_what_changed(case: dict):
    """Each change has its name, and a decision explains it or does not."""
    before = plan({"id": "1", **case["before"]}) if case.get("before") is not None else plan()
    after = plan({"id": "1", **case["after"]}) if case.get("after") is not None else plan()
    decisions, agreed = ([decision(**case[key])] if key in case else [] for key in ("decided", "agreed"))

    found = plan_changes(before, after, decisions, agreed)

    assert [f"{change}: {how}" for change, how in zip(found["change"], found["explained"], strict=True)] == case[
        "found"
    ]
    for words, sentence in zip(case.get("told", []), phrase_plan_changes(found)["said"], strict=False):
        assert words in sentence


def test_what_no_decision_explains_is_a_warning_to_who_leads(tiny: Path):
    """The finding names the action and what to do; what was decided passes."""
    found = plan_changes(plan({"id": "1"}, {"id": "2"}), plan({"id": "2", "lead": "Deputy"}), [])

    findings = plan_findings(found, load_project(tiny).strategy)

    assert findings["check"].tolist() == ["plan.dropped.1.action", "plan.new_lead.2.lead"]
    assert findings["outcome"].tolist() == ["fail", "fail"]
    assert set(findings["owner"]) == {"Head of SEND"}
    assert findings["found"].tolist() == [Found.DROPPED_UNEXPLAINED, Found.CHANGE_UNEXPLAINED]


@given(st.lists(st.sampled_from(["1", "2", "3", "4", "5"]), unique=True))
def test_a_plan_has_not_changed_since_itself(ids: list[str]):
    """The same plan twice shows nothing, whatever the spelling of its days."""
    one = plan(*({"id": name} for name in ids))

    assert plan_changes(one, one.assign(due="31/7/2019"), []).empty


@pytest.mark.parametrize("case", MOVED, ids=lambda case: case["says"])
def test_a_moved_date_makes_no_action_punctual(case: dict):
    """The colour follows a date that a decision gave; one that was put off silently is amber at least, with why."""
    before, after = (_acted(case.get(side, {})) for side in ("before", "after"))
    decided, agreed = (
        [decision(change="amend", to={"due": case[key]})] if key in case else [] for key in ("decided", "agreed")
    )

    changes = plan_changes(before, after, decided, agreed)
    action = with_dates_before(after, before, changes, Lateness(TODAY, 90)).iloc[0]

    assert action["delivery_rag"] == case["colour"], action["delivery_reason"]
    assert case["because"] in describe_delivery(action["delivery_reason"])
    assert action["due_before"] == before["due"][0]


def _acted(cells: dict) -> pd.DataFrame:
    row = {"id": "1", "action": "Meet", "lead": "Head", "due": "2019-07-31", "status": "in progress", "priority": "a"}
    written = pd.DataFrame([row | {"workstream": "Plans", "measures": "", **cells}])
    words = {state: [] for state in ("in progress", "complete")}
    settings = {"status_words": words, "lateness": Lateness(TODAY, 90), "illustrative": True}
    return actions_for(written, Strategy.model_construct(workstreams=()), settings)


def test_the_demonstration_shows_every_kind_of_change():
    """The plan of 2020 carries out what 2019 decided and in places departs from it unseen; both are shown."""
    found = frames_of(ROOT, 2020).plan_changes
    silent, decided = (set(found.loc[found["explained"] == how, "change"]) for how in ("no", "yes"))

    assert silent >= {"new", "dropped", "slipped", "re-scoped", "reworded", "not as decided"}
    assert decided >= {"new", "dropped", "slipped", "re-scoped", "reworded", "new lead"}
