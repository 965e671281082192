"""This year's work plan beside last year's: nothing changes unseen."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from toolkit.evidence import frames_of
from toolkit.frames import ACTIONS, PLAN_CHANGES, Found, decode_statements
from toolkit.params import ActionDecision, Strategy, load_project
from toolkit.params.decisions import Decided
from toolkit.refresh import Lateness, PlanSettings, actions_for, plan_changes, plan_findings, with_dates_before
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
    return ACTIONS.validate(pd.DataFrame([empty | USUAL | row for row in rows], columns=list(ACTIONS.columns)))


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
    for words, sentence in zip(case.get("told", []), phrase_plan_changes(found)["sentence"], strict=False):
        assert words in sentence


def test_what_no_decision_explains_is_a_warning_to_who_leads(tiny: Path):
    """The finding names the action and what to do; what was decided passes."""
    found = plan_changes(plan({"id": "1"}, {"id": "2"}), plan({"id": "2", "lead": "Deputy"}), [])

    findings = plan_findings(found, load_project(tiny).strategy)

    assert findings["check"].tolist() == ["plan.dropped.1.action", "plan.new_lead.2.lead"]
    assert findings["outcome"].tolist() == ["fail", "fail"]
    assert set(findings["owner"]) == {"Head of SEND"}
    assert findings["code"].tolist() == [Found.DROPPED_UNEXPLAINED, Found.CHANGE_UNEXPLAINED]


def test_a_change_names_its_field_and_what_stood_there_before():
    """Of a new action the words it has now, of a lost one those it had, of one that never came that it is missing."""
    added = decision(subject="3", change="add", to={"action": "Go", "lead": "H", "due": "2019-07-31", "priority": "a"})
    rows = plan_changes(plan({"id": "1"}), plan({"id": "2", "illustrative": "illustrative"}), [added])

    columns = ["action", "priority", "change", "what", "before", "after", "decision", "explained", "illustrative"]
    assert rows[columns].to_numpy().tolist() == [
        ["1", "a", "dropped", "action", "Meet", "", "", "no", ""],
        ["2", "a", "new", "action", "", "Meet", "", "no", "illustrative"],
        ["3", "", "not as decided", "action", "to be added", "not in the plan", "d", "no", ""],
    ]
    assert rows["days"].isna().all()
    assert (rows["sentence"] == "").all()


@pytest.mark.parametrize(
    ("old", "new", "days"), [("2019-07-31", "2019-08-01", 1.0), ("2019-07-31", "2019-07-30", -1.0)]
)
def test_a_moved_date_counts_its_days(old: str, new: str, days: float):
    rows = plan_changes(plan({"id": "1", "due": old}), plan({"id": "1", "due": new}), [])

    assert rows[["what", "before", "after", "days"]].to_numpy().tolist() == [["due", old, new, days]]


def test_why_an_action_has_its_colour_names_the_move_and_its_decision():
    """By how many days, or what stood there where one of the two is no day; and the decision, where there is one."""
    move = decision(change="amend", to={"due": "2020-04-29"})
    old = _acted({"due": "2019-07-31"})
    for words, decisions, said in (
        ("2020-04-29", [move], ["moved.as_decided", 273, "d"]),
        ("2020-04-29", [], ["moved.without_decision", 273, ""]),
        ("ASAP", [], ["changed.without_decision", None, ""]),
        ("ASAP", [move], ["changed.against_decision", None, "d"]),
    ):
        new = _acted({"due": words})
        found = with_dates_before(new, old, plan_changes(old, new, decisions), Lateness(TODAY, 90))
        statement = next(s for s in decode_statements(found["delivery_reason"][0]) if s.code == said[0])
        assert [statement.code, statement.facts.get("count"), statement.facts["decision"]] == said


def test_a_silently_moved_action_says_how_late_it_is_by_the_day_that_was_agreed():
    """One day after the agreed day it is late by one; on the day itself it is not, nor where none was agreed."""
    for agreed, late in (("2020-04-29", 1), ("2020-04-30", None), ("ASAP", None)):
        old, new = _acted({"due": agreed}), _acted({"due": "2020-12-31"})
        found = with_dates_before(new, old, plan_changes(old, new, []), Lateness(TODAY, 90)).iloc[0]
        counts = [
            s.facts["count"] for s in decode_statements(found["delivery_reason"]) if s.code == "late_by_agreed_day"
        ]
        assert counts == ([late] if late else [])
        assert found["delivery_rag"] == "amber"


def test_a_change_that_was_decided_is_no_warning(tiny: Path):
    """It passes, and names the decision."""
    moved = decision(change="amend", to={"lead": "Deputy"})
    found = plan_changes(plan({"id": "1"}), plan({"id": "1", "lead": "Deputy"}), [moved])

    (row,) = plan_findings(found, load_project(tiny).strategy).to_dict("records")

    assert (row["check"], row["outcome"], row["code"]) == ("plan.new_lead.1.lead", "pass", Found.CHANGE_EXPLAINED)
    assert '"decision": "d"' in row["facts"]


def test_a_new_action_is_for_information_and_a_lost_one_is_a_warning(tiny: Path):
    """Each finding carries the change that it is about."""
    found = plan_changes(plan({"id": "1"}), plan({"id": "2"}), [])

    findings = plan_findings(found, load_project(tiny).strategy).set_index("check")

    assert findings["severity"].to_dict() == {"plan.dropped.1.action": "warning", "plan.new.2.action": "info"}
    assert findings["code"].tolist() == [Found.DROPPED_UNEXPLAINED, Found.NEW_UNEXPLAINED]
    assert set(findings["source"]) == {"work plan"}
    assert set(findings["column"]) == {"action"}
    assert set(findings["dimension"]) == {"consistency"}
    assert '"change": "dropped"' in findings.loc["plan.dropped.1.action", "facts"]


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
    settings = PlanSettings(words, Lateness(TODAY, 90), True)
    return actions_for(written, Strategy.model_construct(workstreams=()), settings)


def test_the_demonstration_shows_every_kind_of_change():
    """The plan of 2020 carries out what 2019 decided and in places departs from it unseen; both are shown."""
    found = frames_of(ROOT, 2020).plan_changes
    silent, decided = (set(found.loc[found["explained"] == how, "change"]) for how in ("no", "yes"))

    assert silent >= {"new", "dropped", "slipped", "re-scoped", "reworded", "not as decided"}
    assert decided >= {"new", "dropped", "slipped", "re-scoped", "reworded", "new lead"}


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [("2019-07-31", "2019-08-31", 31.0), ("2019-08-31", "2019-07-31", -31.0), ("2019-07-31", "2019-07-31", 0.0)],
)
def test_days_moved_count_from_the_date_of_the_plan_before(before: str, after: str, days: float):
    """Later is more than 0; the date of the plan before stands beside it."""
    usual = {"id": "1", "status": "in progress", "slipped_days": 0.0, "moved_days": 0.0, "delivery_rag": "green"}
    then, now = (ACTIONS.of([usual | {"due": due}]) for due in (before, after))

    (action,) = ACTIONS.rows(with_dates_before(now, then, PLAN_CHANGES.empty(), Lateness(date(2019, 4, 30), 90)))

    assert (action.due_before, action.moved_days) == (before, days)
