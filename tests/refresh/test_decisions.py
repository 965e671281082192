"""Decisions of a refresh: what may be decided, who may decide it, and what it changes for the next review."""

import re
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import yaml

from tests.refresh.powers import give_powers
from toolkit.errors import InputError
from toolkit.evidence import frames_of, read_inputs
from toolkit.evidence.reading import project_of
from toolkit.frames import ACTIONS
from toolkit.params import PutTo, load_decisions, load_governance, load_project, load_review
from toolkit.refresh import DecisionContext, Matter, apply_decisions, contradictions, required_authority, takes_effect

ROOT = Path(__file__).parents[2]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "refresh_decisions.yaml").read_text(encoding="utf-8"))
PLAN = ("1.1", "1.2", "1.3")
NUMBERS = {"slipped_days": 0.0, "moved_days": 0.0}


def told(tiny: Path, written: str, approved: str = "", plan: tuple[str, ...] = PLAN) -> list[str]:
    """What is said of a decisions.yaml; the tiny project's plan has the actions 1.1 to 1.3."""
    if approved:
        with (tiny / "params" / "strategies" / "2020-2023" / "strategy.yaml").open("a", encoding="utf-8") as strategy:
            strategy.write(f"approved: {{by: Cabinet, on: {approved}}}\n")
    (tiny / "params" / "2022" / "decisions.yaml").write_text(written, encoding="utf-8")
    give_powers(tiny)
    project = load_project(tiny)
    try:
        actions = tuple(ACTIONS.rows(ACTIONS.of({"id": name} | NUMBERS for name in plan)))
        context = DecisionContext(project, load_review(project, 2022), actions)
        load_decisions(tiny, 2022, partial(contradictions, context=context))
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize("case", EXAMPLES["mistakes"], ids=lambda case: case["says"])
def test_a_decision_that_cannot_be_is_refused(case: dict, tiny: Path):
    """Every mistake is told with its line and what to do."""
    said = told(tiny, case["written"], case.get("approved", ""), tuple(case.get("plan", PLAN)))

    assert len(said) == len(case["told"]), said
    for problem, words in zip(said, case["told"], strict=True):
        assert words in problem
    if case.get("in full"):
        assert said == [f"params/2022/{words}" for words in case["told"]]


def test_the_plan_says_what_is_amended_from_what_to_what():
    """Date, wording and lead with old and new, in names and not in ids; how it closes and into what it merges."""
    decided = frames_of(ROOT, 2019).actions.set_index("id")["decided"]

    assert decided["1.3"] == "changed: due date from “31 March 2019” to “31 December 2019”"
    assert decided["2.4"] == (
        "changed: lead from “Head of SEND Assessment” to “Dispute Resolution Manager”; "
        "due date from “ASAP” to “31 October 2020”"
    )
    assert "wording from “Set up one shared record" in decided["1.4"]
    assert "to “Sign a data-sharing agreement" in decided["1.4"]
    assert (decided["2.1"], decided["1.1"]) == ("closed, as it is complete", "")
    assert decided["3a.5"].startswith("merged with “3a.1 ")


@pytest.mark.parametrize("year", [2019, 2020])
def test_old_and_new_wording_name_no_ids(year: int):
    """A reader of the two columns meets names of measures, workstreams and keys, not what files call them."""
    wordings = frames_of(ROOT, year).decisions[["old", "new"]].to_numpy().ravel()

    assert not [said for said in wordings if re.search(r"[a-z0-9]_[a-z]|\bcaveats\b", said)]


@pytest.mark.parametrize("case", EXAMPLES["rules"], ids=lambda case: case["says"])
def test_who_may_decide(case: dict, tiny: Path):
    """Of all rules that fit, the highest authority counts; without a rule nothing is asked."""
    give_powers(tiny)
    about = case["about"]
    matter = Matter(
        about["kind"], about["change"], about.get("subject", "x"),
        frozenset(about.get("fields", ())), tuple(about.get("scope", ())),
    )  # fmt: skip

    project = load_project(tiny)
    ruled = required_authority(matter, project.governance, project.measures)

    assert ([*ruled.bodies], [rule.id for rule in ruled.rules]) == (case["asks"], case["by"])


@pytest.mark.parametrize("taken", ["director", "board", "cabinet"])
def test_a_higher_authority_may_always_decide(taken: str):
    """Cabinet may take what the Board may; never the other way round."""
    assert [load_governance(ROOT).may_take(taken, asked) for asked in ([], ["director"], ["board"], ["cabinet"])] == {
        "director": [True, True, False, False],
        "board": [True, True, True, False],
        "cabinet": [True, True, True, True],
    }[taken]


def test_the_first_review_left_the_targets_of_the_second():
    """What 2019 decided about targets is what 2020 measures against; nothing else moved."""
    before = read_inputs(ROOT, 2019)

    left = apply_decisions(before.year, before.recorded, before.project)

    assert left.targets == load_review(load_project(ROOT, 2020), 2020).targets
    assert not left.waiting


def test_the_second_review_changes_the_strategy_for_the_third(tmp_path: Path):
    """A priority is reworded, a measure redefined, one retired and one added: for 2021, and not for 2020.

    So it is where no other strategy follows by then.
    """
    shutil.copytree(ROOT / "params", tmp_path / "params", ignore=shutil.ignore_patterns("2021", "2021-2024"))
    now, then = project_of(tmp_path, 2020), project_of(tmp_path, 2021)

    assert now.strategy.priorities[3].title != then.strategy.priorities[3].title
    assert "personal_budget_rate" in now.measures
    assert then.measures["personal_budget_rate"].caveats != now.measures["personal_budget_rate"].caveats
    assert {m.id for m in now.active()} - {m.id for m in then.active()} == {"mediation_followed_by_appeal_rate"}
    assert {m.id for m in then.active()} - {m.id for m in now.active()} == {"local_requests_refused_rate"}


def test_what_waits_for_cabinet_is_not_in_effect():
    """A lowered target without a Cabinet date stays as it was, and is listed as waiting."""
    review = read_inputs(ROOT, 2020)
    waits = [d.model_copy(update={"put_to": ()}) if d.id == "2020-09" else d for d in review.recorded]

    left = apply_decisions(review.year, waits, review.project)

    assert [d.id for d in left.waiting] == ["2020-09"]
    assert left.targets["level_2_by_19_ehc_plan"] == review.year.targets["level_2_by_19_ehc_plan"]


@pytest.mark.parametrize(("met", "holds"), [(None, False), (date(2020, 6, 23), True)])
def test_what_cabinet_takes_holds_from_its_meeting_even_where_no_rule_sent_it_there(met: date | None, holds: bool):
    """A decision that is put down as Cabinet's own has no effect until Cabinet has met."""
    (kept,) = [d for d in load_decisions(ROOT, 2020) if d.id == "2020-10"]
    its_own = kept.model_copy(update={"authority": "cabinet", "put_to": (PutTo(body="cabinet", date=met),)})
    ruleless = load_governance(ROOT).model_copy(update={"rules": ()})

    assert takes_effect(its_own, ruleless, {}) == holds


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("action", {"keep", "amend", "close achieved", "close embedded", "close superseded", "merge", "pause", "add"}),
        ("target", {"keep", "raise", "lower", "re-base", "retire"}),
        ("measure", {"add", "redefine", "retire"}),
        ("priority", {"reword"}),
    ],
)
def test_the_demonstration_holds_every_kind_of_decision(kind: str, changes: set[str]):
    """The refresh of 2020 changes what 2019 left in every way that there is; a major change has been to Cabinet."""
    decisions = [d for d in load_decisions(ROOT, 2020) if d.kind == kind]

    assert {f"{d.change} {getattr(d, 'as_', None) or ''}".strip() for d in decisions} >= changes
    assert any(d.put_to for d in load_decisions(ROOT, 2020) if d.authority == "cabinet")
