"""What decisions leave in force: targets, baselines and actions of the next review, later wording and measures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from tests.refresh.powers import give_powers
from toolkit.params import Decision, Project, load_governance, load_project, load_review
from toolkit.refresh import (
    apply_decisions,
    bodies_put_to,
    effective_date,
    matter_of,
    measures_to_come,
    project_at,
    project_in_force,
    required_authority,
    takes_effect,
)

EXAMPLES_FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES = yaml.safe_load((EXAMPLES_FOLDER / "refresh_in_force.yaml").read_text(encoding="utf-8"))
DECISION: TypeAdapter[Decision] = TypeAdapter(Decision)


def decision(given: Mapping[str, Any], number: int = 0) -> Decision:
    usual = {
        "id": f"d{number}", "subject": "x", "reason": "So it is", "authority": "board",
        "decided": {"on": date(2022, 7, 1), "by": "Board"},
    }  # fmt: skip
    if given["kind"] == "target" and given["change"] in ("raise", "lower"):
        usual["to"] = {"value": 97, "by": "2022"}
    return DECISION.validate_python({**usual, **given})


@pytest.fixture
def project(tiny: Path) -> Project:
    give_powers(tiny)
    return load_project(tiny)


@pytest.mark.parametrize("case", EXAMPLES["holds"], ids=lambda case: case["says"])
def test_the_day_from_which_a_decision_is_in_effect(case: dict[str, Any], project: Project):
    one = decision({key: value for key, value in case.items() if key not in ("says", "from")})

    assert effective_date(one, project.governance, {}) == case["from"]
    assert takes_effect(one, project.governance, {}) == (case["from"] is not None)


@pytest.mark.parametrize("case", EXAMPLES["applied"], ids=lambda case: case["says"])
def test_what_decisions_leave_for_the_next_review(case: dict[str, Any], project: Project):
    review = load_review(project, 2022)
    review = review.model_copy(update={"baseline_exceptions": {"on_time": "2020", "plans": "2018"}})
    decisions = [decision(given, number) for number, given in enumerate(case["decisions"])]

    left = apply_decisions(review, decisions, project)

    assert {name: target.value for name, target in left.targets.items()} == case["targets"]
    assert left.baseline_exceptions == case.get("baselines", {"on_time": "2020", "plans": "2018"})
    assert [one.id for one in left.actions] == case.get("actions", [])
    assert [one.id for one in left.waiting] == case.get("waiting", [])


def test_a_part_is_reworded_and_its_priority_and_neighbours_stay(project: Project):
    """A wording that gives a title only leaves the short one as it was."""
    new = decision({"kind": "priority", "subject": "b1", "change": "reword", "to": {"title": "Hear families"}})

    a, b = project_in_force(project, [new], project.governance).strategy.priorities

    assert (a, b.title, b.short) == (project.strategy.priorities[0], "Listen and provide", "Listen and provide")
    assert [(part.id, part.title, part.short) for part in b.parts] == [
        ("b1", "Hear families", "Listening"),
        ("b2", "Provide places", "Places"),
    ]


def test_a_priority_is_reworded_and_its_parts_stay(project: Project):
    words = {"title": "Hear and provide", "short": "Hear"}
    new = decision({"kind": "priority", "subject": "b", "change": "reword", "to": words})

    _, b = project_in_force(project, [new], project.governance).strategy.priorities

    assert (b.title, b.short) == ("Hear and provide", "Hear")
    assert b.parts == project.strategy.priorities[1].parts


def test_a_retired_measure_keeps_its_file_and_a_redefined_one_its_other_keys(project: Project):
    """A decision about a measure that is not in the catalogue changes nothing."""
    decisions = [
        decision({"kind": "measure", "subject": "plans", "change": "retire"}),
        decision({"kind": "measure", "subject": "on_time", "change": "redefine", "to": {"short_name": "In time"}}),
        decision({"kind": "measure", "subject": "nowhere", "change": "retire"}),
    ]

    measures = project_in_force(project, decisions, project.governance).measures

    assert measures["plans"] == project.measures["plans"].model_copy(update={"status": "retired"})
    assert measures["on_time"] == project.measures["on_time"].model_copy(update={"short_name": "In time"})
    assert measures.keys() == project.measures.keys()


def test_what_is_not_in_effect_changes_neither_wording_nor_measures(project: Project):
    """The decision after one that waits is applied all the same."""
    waits = decision({"kind": "measure", "subject": "plans", "change": "retire", "authority": "cabinet"})
    follows = decision({"kind": "measure", "subject": "on_time", "change": "retire"})

    measures = project_in_force(project, [waits, follows], project.governance).measures

    assert (measures["plans"].status, measures["on_time"].status) == (project.measures["plans"].status, "retired")


@pytest.mark.parametrize(
    ("since", "until", "status"),
    [
        (None, None, "active"), ("2021-05-01", None, "active"), ("2022-06-30", None, "active"),
        ("2022-07-01", None, ""), (None, "2022-06-30", "active"), (None, "2022-06-29", "retired"),
        ("2022-07-01", "2022-08-01", ""),
    ],
)  # fmt: skip
def test_a_measure_is_judged_between_its_days(project: Project, since: str | None, until: str | None, status: str):
    """A cut-off before its first day leaves it out, one after its last day keeps its history."""
    days = {"since": since and date.fromisoformat(since), "until": until and date.fromisoformat(until)}
    plans = project.measures["plans"].model_copy(update=days)
    changed = replace(project, measures={**project.measures, "plans": plans})

    then = project_at(changed, date(2022, 6, 30)).measures

    assert (then["plans"].status if "plans" in then else "") == status
    assert then["on_time"].status == "active"
    assert list(measures_to_come(changed, date(2022, 6, 30))) == ([] if status else ["plans"])


@pytest.mark.parametrize("case", EXAMPLES["bodies"]["holds"], ids=lambda case: case["says"])
def test_what_several_bodies_must_agree_holds_from_the_last_of_them(case: dict[str, Any], tmp_path: Path):
    """Each has its day, and a decision that can be called in waits until it no longer can."""
    written = {key: value for key, value in EXAMPLES["bodies"].items() if key != "holds"}
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "governance.yaml").write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")
    governance = load_governance(tmp_path)
    one = decision({key: value for key, value in case.items() if key not in ("says", "from", "goes_to")})

    assert effective_date(one, governance, {}) == case["from"]
    assert [*bodies_put_to(one, required_authority(matter_of(one), governance, {}), governance)] == case["goes_to"]
