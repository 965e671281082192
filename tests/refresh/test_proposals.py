"""What is proposed, what people make of it, and what their decisions lack."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from toolkit.evidence import frames_of
from toolkit.frames import ACTIONS, PUBLISHED_JUDGEMENTS, Frame
from toolkit.params import ActionDecision, Decision, Policy, load_project
from toolkit.params.decisions import Decided
from toolkit.refresh import (
    Evidence,
    Proposal,
    ProposalInputs,
    ProposalReason,
    TopTheme,
    decision_findings,
    proposals,
    status_of,
    top_themes,
)
from toolkit.refresh.voices import CODED
from toolkit.review import Review
from toolkit.words.proposals import EvidenceTexts, describe_evidence, describe_proposal

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "refresh_proposals.yaml").read_text(encoding="utf-8"))
ACTION = {
    "id": "1",
    "status": "in progress",
    "lead": "Head",
    "due": "2019-07-31",
    "delivery_rag": "green",
    "slipped_days": 0.0,
}
JUDGED = {
    "measure": "on_time", "name": "On time", "period": "2021", "target_period": "2022", "priority": "a",
    "target_status": "likely", "direction": "no clear change", "statutory_status": "no duty", "reason": "So it is.",
    "value": 90.0, "target": 95.0, "basis": "calendar year",
}  # fmt: skip
DECIDED = {
    "reason": "So it is.",
    "authority": "board",
    "decided": Decided.model_validate({"on": "2019-05-14", "by": "Board"}),
}


def framed(frame: Frame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    empty = {name: "" for name, (kind, _) in frame.columns.items() if kind == "str"}
    return frame.validate(pd.DataFrame([empty | row for row in rows], columns=list(frame.columns)))


WAITS = TopTheme("Survey", "2021", "Waits", 12, 40)


def inputs(tiny: Path, actions: list[dict[str, Any]], judged: list[dict[str, Any]]) -> ProposalInputs:
    plan = framed(ACTIONS, [ACTION | row for row in actions])
    return ProposalInputs(
        framed(PUBLISHED_JUDGEMENTS, [JUDGED | row for row in judged]),
        plan,
        load_project(tiny).measures,
        {"a": WAITS},
        Policy(),
    )


@pytest.mark.parametrize("case", EXAMPLES["actions"], ids=lambda case: case["says"])
def test_what_becomes_of_an_action(case: dict, tiny: Path):
    """The first rule that fits an action says what is proposed."""
    given = inputs(tiny, case["plan"], [case.get("measure", {})])

    found = proposals(given)[0]

    assert describe_proposal(found, given.measures) == case["proposed"]
    assert case.get("because", found.reason) == found.reason
    assert case.get("days") == found.facts.get("count")
    assert (found.change == "close") == case["proposed"].startswith("to be closed")


@pytest.mark.parametrize("case", EXAMPLES["targets"], ids=lambda case: case["says"])
def test_what_becomes_of_a_target(case: dict, tiny: Path):
    """The first rule that fits a target says what is proposed."""
    given = inputs(tiny, [], [case["judged"]])

    (found,) = proposals(given)

    assert (found.kind, describe_proposal(found, given.measures)) == ("target", case["proposed"])
    assert case.get("because", found.reason) == found.reason


def test_a_proposal_carries_its_evidence(tiny: Path):
    """Delivery, where a red measure stands and what comments speak of are beside the proposal."""
    late = {"measures": "on_time", "priority": "a", "delivery_rag": "amber", "slipped_days": 9.0}
    late |= {"delivery_reason": "9 days past its due date."}
    given = inputs(tiny, [late], [{"direction": "worse"}])

    (found, *_) = proposals(given)

    assert found.evidence == Evidence(True, ("on_time",), WAITS)
    assert describe_evidence(found, EvidenceTexts.of(given.judgements, given.actions), given.measures) == (
        "9 days past its due date. On time: 90.0% in 2021 (target likely, worse). "
        "Survey of 2021: 12 of 40 comments mention “Waits”."
    )


@pytest.mark.parametrize(
    ("plan", "facts"),
    [
        ([{"status": "paused", "measures": "on_time"}, {"id": "2", "measures": "on_time"}], {"other": "2"}),
        ([{"status": "not started", "measures": "on_time"}, {"id": "2", "measures": "on_time"}], {"other": "2"}),
        ([{"delivery_rag": "red"}], {"colour": "red"}),
        ([{"slipped_days": 12.0}], {"count": 12}),
        ([{"moved_days": 366.0}], {"count": 366}),
        ([{}], {}),
    ],
)
def test_a_proposal_names_the_facts_of_its_reason(plan: list[dict], facts: dict, tiny: Path):
    """The other action, the colour or the number of days that its sentence needs."""
    assert dict(proposals(inputs(tiny, plan, [{}]))[0].facts) == facts


def test_an_action_rests_on_its_red_measures_or_else_on_its_first(tiny: Path):
    """Two that are not red are not both named; all that are red are; one that is not judged is passed over."""
    action = {"measures": "unknown; on_time; rated_good; plans"}
    judged = [{"measure": name} for name in ("plans", "on_time", "rated_good")]

    calm, *_ = proposals(inputs(tiny, [action], judged))
    red, *_ = proposals(inputs(tiny, [action], [judged[0], *({**one, "direction": "worse"} for one in judged[1:])]))

    assert calm.evidence.measures == ("on_time",)
    assert red.evidence.measures == ("on_time", "rated_good")
    assert (calm.kind, calm.subject, calm.evidence.delivery) == ("action", "1", True)


def test_comments_are_evidence_on_a_target_that_falls_short_alone(tiny: Path):
    """Each target rests on its own measure; what families say of its priority is shown where it falls short."""
    judged = [
        {"target_status": "unlikely"},
        {"measure": "rated_good"},
        {"measure": "plans", "target_status": "no target"},
    ]

    late, going = proposals(inputs(tiny, [], judged))

    assert (late.subject, late.evidence) == ("on_time", Evidence(False, ("on_time",), WAITS))
    assert (going.subject, going.evidence) == ("rated_good", Evidence(False, ("rated_good",), None))


@pytest.mark.parametrize(
    ("england", "low", "raised"), [(94.0, "low", 94.0), (96.0, "low", None), (95.0, "low", None), (94.0, "high", None)]
)
def test_england_is_better_in_the_direction_that_is_good(england: float, low: str, raised: float | None, tiny: Path):
    """Where less is better, a lower figure of England is the harder target."""
    given = inputs(tiny, [], [{"target_status": "met", "period": "2022", "comparator_england": england}])
    given.measures["on_time"] = given.measures["on_time"].model_copy(update={"polarity": low})

    (found,) = proposals(given)

    assert found.change == "raise"
    assert (None if math.isnan(found.value) else found.value) == raised


@pytest.mark.parametrize(
    ("judged", "change", "reason"),
    [
        ({"fault": "above base"}, "redefine", ProposalReason.IMPLAUSIBLE),
        ({"period": "", "value": math.nan}, "retire", ProposalReason.NO_FIGURE),
        ({"value": math.nan}, None, None),
        ({"period": ""}, None, None),
        ({}, None, None),
    ],
)
def test_a_measure_without_usable_figures_is_named(judged: dict, change: str | None, reason: Any, tiny: Path):
    """Figures that make no sense, or none ever; a figure that is only hidden this year is neither."""
    found = [p for p in proposals(inputs(tiny, [], [{"target_status": "no target", **judged}])) if p.kind == "measure"]

    assert [(p.subject, p.change, p.reason, p.evidence) for p in found] == (
        [("on_time", change, reason, Evidence(False, ("on_time",)))] if change else []
    )


def test_a_red_measure_that_nobody_acts_on_calls_for_an_action(tiny: Path):
    """An action that is done does not count; one under way does."""
    done, going = ({"measures": "on_time", "status": state} for state in ("complete", "in progress"))

    without = [p.subject for p in proposals(inputs(tiny, [done], [{"direction": "worse"}])) if p.change == "add"]
    helped = [p.subject for p in proposals(inputs(tiny, [going], [{"direction": "worse"}])) if p.change == "add"]

    assert (without, helped) == (["on_time"], [])


@pytest.mark.parametrize(
    ("plan", "marks", "called"),
    [
        ([{"status": "not started", "measures": "on_time"}], {"direction": "worse"}, False),
        ([{"status": "paused", "measures": "on_time"}], {"direction": "worse"}, True),
        ([{"measures": "plans"}], {"target_status": "unlikely"}, True),
        ([{"measures": "plans"}], {}, False),
        ([], {"direction": "worse"}, False),
    ],
)
def test_when_a_measure_calls_for_an_action(plan: list[dict], marks: dict, called: bool, tiny: Path):
    """It is red and no action that is under way or to come moves it; where there is no plan, nothing is asked."""
    found = [p for p in proposals(inputs(tiny, plan, [marks])) if p.change == "add"]

    expected = ("action", "on_time", ProposalReason.RED_WITHOUT_ACTION, Evidence(False, ("on_time",), WAITS))
    assert [(p.kind, p.subject, p.reason, p.evidence) for p in found] == ([expected] if called else [])


@pytest.mark.parametrize(
    ("plan", "marks", "called"),
    [
        ([], {}, True),
        ([], {"direction": "better"}, False),
        ([{"measures": "plans"}], {"direction": "better"}, True),
        ([{"measures": "on_time"}], {}, False),
        ([], {"statutory_status": "met", "direction": "worse"}, False),
    ],
)
def test_a_missed_duty_calls_for_an_action_even_without_a_plan(plan: list, marks: dict, called: bool, tiny: Path):
    """The law is asked about wherever nobody works on it, unless there is no plan and it gets better by itself."""
    found = [
        p.reason for p in proposals(inputs(tiny, plan, [{"statutory_status": "not met", **marks}])) if p.change == "add"
    ]
    assert found == ([ProposalReason.DUTY_WITHOUT_ACTION] if called else [])


def test_what_an_earlier_review_closed_is_not_proposed_again(tiny: Path):
    """Only once the plan too says that it is finished."""
    given = inputs(tiny, [{"id": "1", "status": "closed"}, {"id": "2", "status": "in progress"}], [{}])
    found = proposals(replace(given, closed=frozenset({"1", "2"})))
    assert [p.subject for p in found if p.kind == "action"] == ["2"]


@pytest.mark.parametrize("case", EXAMPLES["answers"], ids=lambda case: case["says"])
def test_what_became_of_a_proposal(case: dict):
    """Accepted, changed or refused follows from what was decided; nobody types it."""
    proposal = Proposal("action", "1", case["proposed"], ProposalReason.NOT_LATE, how=case.get("how", ""))
    decision = ActionDecision.model_validate(
        {"id": "d", "kind": "action", "subject": "1", **DECIDED, **case["decided"]}
    )

    assert status_of(proposal, decision) == case["status"]


def test_a_hidden_count_of_comments_says_nothing():
    """What is hidden for its small number is in no evidence."""
    coded = pd.DataFrame(
        {
            "survey": ["S", "S"], "round": ["2019", "2019"], "theme": ["Waits", "Kind"], "priority": ["a", "b"],
            "comments": [12.0, float("nan")], "of": [40.0, 40.0], "share": [30.0, float("nan")],
            "illustrative": ["", ""],
        }
    )  # fmt: skip

    assert top_themes(CODED.validate(coded)) == {"a": TopTheme("S", "2019", "Waits", 12, 40)}


def test_the_theme_that_most_comments_of_the_newest_round_speak_of():
    """The largest share, then by name; no comment, an older round and what is not coded are left out."""
    rows = [
        ("S", "2018", "Waits", "a", 30.0, 60.0),
        ("T", "2019", "Kind", "a", 12.0, 40.0),
        ("T", "2019", "Calm", "a", 12.0, 40.0),
        ("U", "2019", "Calm", "a", 12.0, 40.0),
        ("S", "2019", "Waits", "a", 14.0, 70.0),
        ("S", "2019", "Money", "b", 0.0, 70.0),
        ("S", "2019", "Places", "c", 1.0, 70.0),
        ("S", "2019", "Not coded", "", 20.0, 70.0),
    ]
    coded = pd.DataFrame(rows, columns=["survey", "round", "theme", "priority", "comments", "of"])

    found = top_themes(CODED.validate(coded.assign(share=100 * coded["comments"] / coded["of"], illustrative="")))

    assert found == {"a": TopTheme("T", "2019", "Calm", 12, 40), "c": TopTheme("S", "2019", "Places", 1, 70)}


def _failing(change: str, **update: Any) -> list[str]:
    review = frames_of(ROOT, 2020)
    changed: list[Decision] = [d.model_copy(update=update) for d in review.inputs.recorded if d.id == change]
    findings = decision_findings(changed, review.decision_context)
    return findings.loc[findings["outcome"] == "fail", "check"].tolist()


def test_an_escalated_decision_without_a_cabinet_date_is_a_finding():
    """A lowered target that Cabinet has not seen is a warning, and so is one that the Board took itself."""
    assert _failing("2020-09") == []
    assert _failing("2020-09", put_to=()) == ["decision.cabinet.2020-09"]
    assert _failing("2020-09", authority="board") == ["decision.authority.2020-09"]


def test_the_director_consults_before_a_minor_amendment():
    """The Director may move a date after consulting the Lead Member, and says so."""
    alone = Decided.model_validate({"on": "2020-05-21", "by": "Director"})

    assert _failing("2020-03") == []
    assert _failing("2020-03", decided=alone) == ["decision.consulted.2020-03"]


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_table_shows_decided_and_undecided(year: int, opened: Opened):
    """Every proposal is answered by a decision or listed as proposed, once, and its subject has a name."""
    frames = opened(year).frames
    rows = frames.decided

    assert set(rows["subject"]) <= set(frames.names)

    assert rows["id"].is_unique
    assert set(rows["status"]) == {"proposed", "accepted", "changed", "refused"}
    assert (rows.loc[rows["status"] == "proposed", "decided_on"] == "").all()
    assert (rows["in_effect"].eq("yes") | rows["status"].eq("proposed")).all()
