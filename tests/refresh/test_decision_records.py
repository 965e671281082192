"""What the table of decisions says of each: which proposal it answers, who had to take it, and whether it holds."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.refresh.powers import give_powers
from toolkit.frames import ACTIONS, Found
from toolkit.params import Decision, load_project, load_review
from toolkit.params.decisions import _Decisions
from toolkit.refresh import DecisionContext, Proposal, ProposalReason, decision_findings
from toolkit.refresh.decision_records import answers_to, decision_records, facts_about, with_dispositions

NUMBERS = {"slipped_days": 0.0, "moved_days": 0.0}
AGREED = {"body": "cabinet", "date": "2022-09-01"}
TAKEN = {"on": "2022-07-01", "by": "Head"}


def decided(*given: dict[str, Any]) -> list[Decision]:
    usual = {"kind": "action", "subject": "1.1", "reason": "So it is.", "authority": "board", "decided": TAKEN}
    numbered = ({"id": f"d{place}", **usual, **one} for place, one in enumerate(given))
    return list(_Decisions.model_validate({"decisions": tuple(numbered)}).decisions)


def context(tiny: Path, *actions: dict[str, Any]) -> DecisionContext:
    give_powers(tiny)
    project = load_project(tiny)
    plan = tuple(ACTIONS.rows(ACTIONS.of({**NUMBERS, **action} for action in actions)))
    return DecisionContext(project, load_review(project, 2022), plan)


def proposed(kind: str, subject: str, change: str) -> Proposal:
    return Proposal(kind, subject, change, ProposalReason.NOT_LATE)


LOWER = {"kind": "target", "subject": "on_time", "change": "lower", "to": {"value": 80, "by": 2022}}
MOVE = {"change": "amend", "to": {"due": "2022-12-31"}}


def test_decisions_stand_by_id_with_their_proposals_and_then_what_nobody_decided(tiny: Path):
    """Each proposal is answered once; what nobody answered comes last, in the order of the proposals."""
    one, two = decided({"id": "2", "change": "keep"}, {"id": "1", "subject": "1.2", "change": "keep"})
    asked = [proposed("action", "1.3", "pause"), proposed("action", "1.1", "amend"), proposed("target", "1.2", "keep")]

    records = decision_records([one, two], context(tiny), asked)

    assert [(r.codes.id, r.codes.status) for r in records] == [
        ("1", "accepted"),
        ("2", "refused"),
        ("proposal-action-1.3", "proposed"),
        ("proposal-target-1.2", "proposed"),
    ]
    assert [r.decision for r in records] == [two, one, None, None]
    assert [r.proposal for r in records] == [None, asked[1], asked[0], asked[2]]


def test_a_record_says_who_had_to_take_it_by_which_rules_and_when_it_was_taken(tiny: Path):
    """Every column of ids and days, for what went to Cabinet and for what the Director took."""
    lowered, moved = decided(
        {**LOWER, "authority": "cabinet", "put_to": AGREED, "illustrative": True},
        MOVE,
    )

    above, below = (record.codes for record in decision_records([lowered, moved], context(tiny)))

    assert {column: value for column, value in above._asdict().items() if value != ""} == {
        "id": "d0",
        "kind": "target",
        "subject": "on_time",
        "authority": "cabinet",
        "escalate": True,
        "illustrative": "illustrative",
        "change": "lower",
        "status": "accepted",
        "asked": "cabinet",
        "rules": "easier",
        "asked_because": "It promises less.",
        "paragraph": "19",
        "put_to": "cabinet",
        "agreed_on": "2022-09-01",
        "decided_on": "2022-07-01",
        "decided_by": "Head",
        "in_effect": "yes",
        "effective_on": "2022-09-01",
    }
    different = {"authority": "board", "escalate": False, "illustrative": "", "asked": "director", "rules": "small"}
    assert {key: getattr(below, key) for key in different} == different
    assert (below.put_to, below.agreed_on, below.paragraph, below.in_effect) == ("", "", "", "yes")
    assert below.effective_on == below.decided_on


def test_a_decision_that_two_bodies_must_agree_names_both_with_their_days(tiny: Path):
    """In the order of governance.yaml; the day of one that has not agreed is blank."""
    known = context(tiny)
    governance = known.project.governance
    bodies = tuple(one.model_copy(update={"on_report": one.id in ("board", "cabinet")}) for one in governance.bodies)
    project = replace(known.project, governance=governance.model_copy(update={"bodies": bodies}))
    (lowered,) = decided({**LOWER, "put_to": AGREED})

    (record,) = decision_records([lowered], DecisionContext(project, known.review))

    assert (record.codes.put_to, record.codes.agreed_on) == ("board;cabinet", ";2022-09-01")


def test_a_proposal_that_two_bodies_must_agree_names_both(tiny: Path):
    """Neither refers to the other, and the rule asks for both."""
    known = context(tiny)
    governance = known.project.governance
    bodies = tuple(one.model_copy(update={"escalates_to": ()}) for one in governance.bodies)
    rules = tuple(rule.model_copy(update={"authority": ("board", "cabinet")}) for rule in governance.rules)
    both = governance.model_copy(update={"bodies": bodies, "rules": rules})

    (record,) = decision_records(
        [],
        DecisionContext(replace(known.project, governance=both), known.review),
        [proposed("target", "on_time", "lower")],
    )

    assert record.codes.authority == "board;cabinet"


def test_what_cabinet_has_not_agreed_goes_to_it_and_does_not_hold(tiny: Path):
    """It escalates where a rule sends it to Cabinet, and where it is put down as Cabinet's own."""
    codes = [
        r.codes for r in decision_records(decided(LOWER, {"change": "keep", "authority": "cabinet"}), context(tiny))
    ]

    assert [(one.asked, one.escalate, one.in_effect) for one in codes] == [
        ("cabinet", True, "no"),
        ("", True, "no"),
    ]


def test_a_paragraph_that_two_rules_name_is_named_once(tiny: Path):
    """Both rules and both reasons are given."""
    both = decided({**LOWER, "scope": ["spend"], "put_to": AGREED})
    known = context(tiny)
    governance = known.project.governance
    rules = tuple(rule.model_copy(update={"paragraph": "19"}) for rule in governance.rules)
    project = replace(known.project, governance=governance.model_copy(update={"rules": rules}))
    known = DecisionContext(project, known.review)

    (codes,) = (record.codes for record in decision_records(both, known))

    assert (codes.rules, codes.paragraph) == ("easier;money", "19")
    assert codes.asked_because == "It promises less. There is none."


@pytest.mark.parametrize(
    ("kind", "change", "subject", "authority", "escalate"),
    [
        ("target", "lower", "on_time", "cabinet", True),
        ("action", "pause", "1.1", "director", False),
        ("action", "keep", "1.1", "director", False),
    ],
)
def test_a_proposal_that_nobody_answered_says_who_would_decide(
    kind: str, change: str, subject: str, authority: str, escalate: bool, tiny: Path
):
    """The body that the rules require, or else the lowest; it is not in effect."""
    (record,) = decision_records([], context(tiny), [proposed(kind, subject, change)])

    assert record.codes.id == f"proposal-{kind}-{subject}"
    assert (record.codes.authority, record.codes.escalate) == (authority, escalate)
    assert (record.codes.change, record.codes.in_effect, record.codes.illustrative) == (change, "no", "")
    assert (record.subject, record.about) == (subject, kind)


def test_a_proposal_about_a_made_up_plan_is_made_up(tiny: Path):
    """One made-up action is enough."""
    known = context(tiny, {"id": "1.1"}, {"id": "1.2", "illustrative": "illustrative"})

    (record,) = decision_records([], known, [proposed("action", "1.1", "keep")])

    assert record.codes.illustrative == "illustrative"


def test_a_new_action_is_about_its_measure_until_it_is_decided(tiny: Path):
    """A proposal names the measure that lacks an action; a decision names the action."""
    new = {"action": "Do it", "lead": "Head", "due": "2022-12-31", "priority": "a", "measures": ["on_time"]}
    (decision,) = decided({"subject": "9.1", "change": "add", "to": new})
    asked = [proposed("action", name, "add") for name in ("on_time", "rated_good")]

    answered, open_ = decision_records([decision], context(tiny), asked)

    assert (answered.about, answered.subject, answered.proposal) == ("action", "9.1", asked[0])
    assert (open_.about, open_.subject) == ("measure", "rated_good")


@pytest.mark.parametrize(
    ("given", "subject", "answers"),
    [
        ({"change": "leave out", "subject": "on_time"}, "on_time", True),
        ({"change": "leave out", "subject": "on_time"}, "rated_good", False),
        ({"change": "keep", "subject": "on_time"}, "on_time", False),
        ({"kind": "measure", "subject": "on_time", "change": "retire"}, "on_time", False),
    ],
)
def test_what_answers_the_proposal_of_a_new_action(given: dict[str, Any], subject: str, answers: bool):
    """An action for the measure, or one that leaves it out; nothing else about the same id."""
    assert answers_to(proposed("action", subject, "add"), decided(given)[0]) is answers


def test_actions_carry_what_was_decided_of_them():
    """Nothing stands with an action of which nothing was decided; a decision about a measure is not about an action."""
    plan = ACTIONS.of({**NUMBERS, "id": name} for name in ("1.1", "1.2", "1.3"))
    made = decided(
        {"change": "close", "as": "achieved"},
        {"subject": "1.2", "kind": "measure", "change": "retire"},
        {"subject": "1.3", "change": "leave out"},
    )

    assert with_dispositions(plan, made)["disposition"].tolist() == ["close", "", ""]


def found_about(decision: Decision, known: DecisionContext) -> dict[str, tuple[str, str]]:
    rows = decision_findings([decision], known)
    return dict(zip(rows["check"], zip(rows["code"], rows["outcome"], strict=True), strict=True))


def test_what_a_minor_change_is_checked_for(tiny: Path):
    """Whoever takes it where the Director may consults; the Board that takes it instead does not have to."""
    director = {**MOVE, "authority": "director"}
    known = context(tiny)
    alone, asked, board = (
        found_about(decided(one)[0], known)
        for one in (director, {**director, "decided": {**TAKEN, "consulted": "lead_member"}}, MOVE)
    )

    taken = {"decision.authority.d0": (Found.DECIDED_WITH_AUTHORITY, "pass")}
    assert alone == taken | {"decision.consulted.d0": (Found.NOT_CONSULTED, "fail")}
    assert asked == taken | {"decision.consulted.d0": (Found.CONSULTED, "pass")}
    assert board == taken


def test_what_a_major_change_is_checked_for(tiny: Path):
    """That who took it might, and that Cabinet has a date; what Cabinet takes of itself needs its date too."""
    known = context(tiny)

    assert found_about(decided(LOWER)[0], known) == {
        "decision.authority.d0": (Found.DECIDED_WITHOUT_AUTHORITY, "fail"),
        "decision.cabinet.d0": (Found.BODY_NOT_AGREED, "fail"),
    }
    assert found_about(decided({**MOVE, "authority": "cabinet", "put_to": AGREED})[0], known) == {
        "decision.authority.d0": (Found.DECIDED_WITH_AUTHORITY, "pass"),
        "decision.cabinet.d0": (Found.BODY_AGREED, "pass"),
    }


def test_a_finding_names_the_bodies_and_the_reasons(tiny: Path):
    """The body that had to take it, or the lowest; the one that has not agreed; whom to consult; the rules' reasons."""
    known = context(tiny)
    lowered, kept = (decision_findings(decided(one), known).iloc[0] for one in (LOWER, {"change": "keep"}))
    waits = decision_findings(decided(LOWER), known).iloc[1]
    moved = decision_findings(decided({**MOVE, "authority": "director"}), known).iloc[1]

    assert (lowered["owner"], lowered["source"], lowered["dimension"]) == ("Head", "decisions", "validity")
    assert '"body": "Cabinet"' in lowered["facts"]
    assert '"reasons": [["It promises less.", "19"]]' in lowered["facts"]
    assert '"body": "the Director"' in kept["facts"]
    assert '"body": "Cabinet"' in waits["facts"]
    assert '"consult": "the Lead Member"' in moved["facts"]


def test_facts_name_a_measure_by_its_short_name_and_an_action_by_its_id(tiny: Path):
    """And the file of the review in which the decision stands."""
    known = context(tiny)

    assert facts_about(decided(LOWER)[0], known) == {
        "id": "d0",
        "kind": "target",
        "name": "On time",
        "change": "lower",
        "file": "params/2022/decisions.yaml",
    }
    assert facts_about(decided({"change": "keep"})[0], known)["name"] == "1.1"
