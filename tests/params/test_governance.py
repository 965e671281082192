"""The bodies of the strategy: who ranks above whom, what they are called, and what is refused."""

from pathlib import Path

import pytest

from toolkit.errors import InputError
from toolkit.params import load_decisions, load_governance, load_project

ROOT = Path(__file__).parents[2]
DECISION = """- id: "1"
  kind: target
  subject: on_time
  change: raise
  to: {value: 99, by: 2022}
  reason: It is met.
  authority: %s
  decided: {on: 2022-07-01}
"""


def refused(read: object, *given: object) -> str:
    with pytest.raises(InputError) as error:
        read(*given)  # type: ignore[operator]
    return str(error.value)


def test_a_body_has_a_full_name_and_a_short_one():
    """Headings take the full name; running text takes the short one, with a capital letter to begin a sentence."""
    governance = load_governance(ROOT)

    assert governance.name("board") == "SEND Strategic Board"
    assert (governance.short("board"), governance.short("board", start=True)) == ("the Board", "The Board")
    assert governance.short("cabinet") == governance.name("cabinet") == "Cabinet"


def test_the_order_of_those_that_decide_is_their_rank():
    """The lowest decides where no rule asks for more; major changes go to the highest; others decide nothing."""
    governance = load_governance(ROOT)

    assert governance.deciding == ("director", "board", "cabinet")
    assert (governance.lowest, governance.on_report) == ("director", ("cabinet",))
    assert governance.above("director") == ("board", "cabinet")


def test_texts_name_bodies_by_id(tiny: Path):
    """The three forms of a name, in any text of the strategy, the rules and the decisions."""
    with (tiny / "params" / "governance.yaml").open("a", encoding="utf-8") as governance:
        governance.write(
            '  - {id: r, when: {}, authority: board, reason: "{Board} hears {cabinet}, not {board.name}."}\n'
            '  - {id: s, when: {}, authority: board, reason: "{Board.full} or {monitor.bare}: {approver}"}\n'
        )

    *_, one, other = load_governance(tiny).rules

    assert one.reason == "The Board hears Cabinet, not Strategic Board."
    assert other.reason == "The Strategic Board or Board: Cabinet"


def test_a_text_that_names_no_body_is_refused_at_its_line(tiny: Path):
    """With the body that was meant."""
    strategy = tiny / "params" / "strategies" / "2020-2023" / "strategy.yaml"
    strategy.write_text(strategy.read_text(encoding="utf-8").replace("Head of Performance", '"{bord}"'))

    line = strategy.read_text(encoding="utf-8").splitlines().index('contact: "{bord}"') + 1
    what = f"{line}: '{{bord}}' names no body of params/governance.yaml (did you mean 'board'?)"
    assert f"params/strategies/2020-2023/strategy.yaml:{what}" in refused(load_project, tiny)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("  - {id: board, decides: true}\n", "governance.yaml:2: the key 'name' is missing (add it)"),
        ("  - {id: board, name: ' ', decides: true}\n", "governance.yaml:2: 'name' must not be empty"),
        (
            "  - {id: board, name: B, decide: true}\n",
            "governance.yaml:2: unknown key 'decide' (did you mean 'decides'?)",
        ),
        ("  - {id: board, name: B}\n", "governance.yaml:1: no body decides"),
        (
            "  - {id: b, name: B, decides: true}\n  - {id: b, name: C}\n",
            "governance.yaml:3: there are two bodies with the id 'b'",
        ),
    ],
)
def test_a_body_that_cannot_be_is_refused(tiny: Path, written: str, told: str):
    """A body without a name is found before anything runs."""
    (tiny / "params" / "governance.yaml").write_text(f"bodies:\n{written}", encoding="utf-8")

    assert told in refused(load_project, tiny)


def test_a_project_without_governance_is_refused(tiny: Path):
    """Nobody could decide, and no page could name who did."""
    (tiny / "params" / "governance.yaml").unlink()

    assert "params/governance.yaml: the file is missing" in refused(load_project, tiny)


def test_only_bodies_that_decide_take_decisions(tiny: Path):
    """Decisions and amendments are held against the same list."""
    (tiny / "params" / "2022" / "decisions.yaml").write_text(DECISION % "bord", encoding="utf-8")
    with (tiny / "params" / "strategies" / "2020-2023" / "strategy.yaml").open("a", encoding="utf-8") as strategy:
        strategy.write("amendments: [{kind: minor, authority: directer, after: a talk}]\n")

    decided = refused(load_decisions, tiny, 2022)
    assert "decisions.yaml:7: 'authority' cannot be 'bord' (did you mean 'board'?)" in decided
    assert "'authority' cannot be 'directer'" in refused(load_project, tiny)


def test_a_decision_is_taken_by_its_authority_unless_it_says_by_whom(tiny: Path):
    """So that nobody types the name of the Board thirty times."""
    decisions = tiny / "params" / "2022" / "decisions.yaml"
    decisions.write_text(DECISION % "board", encoding="utf-8")
    assert [d.decided.by for d in load_decisions(tiny, 2022)] == ["Strategic Board"]

    decisions.write_text((DECISION % "board").replace("2022-07-01}", "2022-07-01, by: Chair of the Board}"))
    assert [d.decided.by for d in load_decisions(tiny, 2022)] == ["Chair of the Board"]


def test_other_bodies_than_the_three_may_decide(tiny: Path):
    """A council with a committee in place of a Cabinet changes this file and its own rules."""
    (tiny / "params" / "governance.yaml").write_text(
        "bodies:\n  - {id: officer, name: Chief Officer, decides: true}\n"
        "  - {id: committee, name: Policy Committee, decides: true}\n"
        "rules:\n  - {id: r, when: {kind: target}, authority: committee, reason: It sets them.}\n",
        encoding="utf-8",
    )
    (tiny / "params" / "2022" / "decisions.yaml").write_text(DECISION % "committee", encoding="utf-8")

    governance = load_project(tiny).governance

    assert governance.may_take("committee", ["officer"])
    assert not governance.may_take("officer", ["committee"])
    assert [d.decided.by for d in load_decisions(tiny, 2022)] == ["Policy Committee"]


PUT_TO = """- id: "1"
  kind: target
  subject: on_time
  change: raise
  to: {value: 99, by: 2022}
  reason: It is met.
  authority: board
  decided: {on: 2022-07-01, consulted: lead_membr}
  put_to:
    - {body: cabinett, date: 2022-09-01}
    - {body: board, date: 2022-09-01}
    - {body: cabinet, date: 2022-09-02}
"""


def test_what_is_put_to_whom_is_held_against_the_bodies(tiny: Path):
    """An unknown body, one that decides on no report, and a day on which it does not meet: each with the nearest."""
    governance = tiny / "params" / "governance.yaml"
    text = governance.read_text(encoding="utf-8")
    text = text.replace("on_report: true", "on_report: true, meetings: {dates: [2022-09-01, 2022-10-06]}")
    governance.write_text(text, encoding="utf-8")
    (tiny / "params" / "2022" / "decisions.yaml").write_text(PUT_TO, encoding="utf-8")

    told = refused(load_decisions, tiny, 2022)

    assert "decisions.yaml:8: 'consulted' cannot be 'lead_membr' (did you mean 'lead_member'?)" in told
    assert "decisions.yaml:10: no report is put to 'cabinett' (did you mean 'cabinet'?)" in told
    assert "decisions.yaml:11: no report is put to 'board' (use one of: cabinet)" in told
    assert "decisions.yaml:12: Cabinet does not meet on 2022-09-02 (did you mean '2022-09-01'?)" in told


@pytest.mark.parametrize(
    ("state", "becomes", "told"),
    [
        (
            "  - {state: published, by: director, after: [cabinet noted, cabinet approved]}",
            "  - {state: published, by: director, after: cabinet noted}",
            "no state leads from 'cabinet approved' to 'published', the last: there is a gap in the order after it",
        ),
        (
            "  - {state: cabinet approved, by: cabinet, after: board reviewed}",
            "  - {state: cabinet approved, by: cabinet, after: board reviewed, unless_escalated: true}",
            "a review with a decision that goes to a higher body cannot reach 'published', the last state "
            "(add a state before it without 'unless_escalated', or name another under its 'after')",
        ),
        (
            "  - {state: cabinet noted, by: cabinet, unless_escalated: true}",
            "  - {state: cabinet noted, by: cabinet, unless_escalated: true, after: published}",
            "'after' leads in a circle: published → cabinet noted → published (remove one of them)",
        ),
    ],
    ids=["a gap", "closed to what is escalated", "a circle"],
)
def test_signatures_that_lead_to_no_end_are_refused(tiny: Path, state: str, becomes: str, told: str):
    """Whatever the review decides, its last state must be within reach, and come last."""
    written = (ROOT / "params" / "governance.yaml").read_text(encoding="utf-8")
    assert state in written
    (tiny / "params" / "governance.yaml").write_text(written.replace(state, becomes), encoding="utf-8")

    with pytest.raises(InputError) as error:
        load_governance(tiny)
    assert told in str(error.value)
