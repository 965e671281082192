"""Two reviews compared table by table: which rows differ, in which order, and what is noted beside them."""

from typing import Any

import pandas as pd
import pytest

from toolkit.frames import (
    ACTIONS,
    COMPARATORS,
    DECISIONS,
    DEFINITIONS,
    PLAN_CHANGES,
    PUBLISHED_JUDGEMENTS,
    REVISIONS,
    Frame,
)
from toolkit.refresh.printed_tables import (
    PlanCell,
    PrintedTables,
    Remark,
    ReviewDifference,
    ReviewFigure,
    ReviewTarget,
    WhatChanged,
)
from toolkit.refresh.year_on_year import differences

NAN = float("nan")


def table(frame: Frame[Any], *rows: dict[str, Any]) -> pd.DataFrame:
    numbers = {name: NAN for name, (kind, _) in frame.columns.items() if kind == "float64"}
    flags = {name: False for name, (kind, _) in frame.columns.items() if kind == "bool"}
    return frame.of({**numbers, **flags, **row} for row in rows)


def judged(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {"measure": "m", "period": "2018", "value": 5.0, "basis": "calendar year", "direction": "better"}
    return table(PUBLISHED_JUDGEMENTS, *(usual | row for row in rows))


def defined(*rows: dict[str, Any]) -> pd.DataFrame:
    usual = {"measure": "m", "name": "Measure", "short_name": "M", "unit": "percent", "decimals": 1.0}
    return table(DEFINITIONS, *(usual | row for row in rows))


def review(year: int, **tables: pd.DataFrame) -> PrintedTables:
    return PrintedTables(year, tables)


def found(about: str, then: PrintedTables, now: PrintedTables) -> list[ReviewDifference]:
    return [one for one in differences(then, now) if one.about == about]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ({}, {}, WhatChanged.NO_NEWER_FIGURE),
        ({"value": NAN}, {"value": NAN}, WhatChanged.NO_NEWER_FIGURE),
        ({}, {"value": 6.0}, WhatChanged.OLD_FIGURE_CHANGED),
        ({}, {"value": NAN}, WhatChanged.OLD_FIGURE_CHANGED),
        ({"value": NAN}, {}, WhatChanged.OLD_FIGURE_CHANGED),
        ({}, {"period": "2019"}, WhatChanged.NEW_FIGURE),
    ],
)
def test_a_figure_is_new_changed_or_the_same(old: dict, new: dict, change: str):
    then, now = (review(1, judgements=judged(row), definitions=defined({})) for row in (old, new))

    (difference,) = found("value", then, now)

    assert (difference.subject, difference.name, difference.change) == ("m", "M", change)
    assert difference.notes == ()


def test_both_figures_are_shown_as_their_own_review_has_them():
    """Unit and decimals are those of each review's definition; a label of the later one stands on the row."""
    then = review(1, judgements=judged({"marker": "c", "value": 4.0}), definitions=defined({"unit": "number"}))
    later = judged({"period": "2019", "illustrative": "illustrative"})
    now = review(2, judgements=later, definitions=defined({"decimals": 2.0, "short_name": "New"}))

    (difference,) = found("value", then, now)

    assert difference.then == ReviewFigure(4.0, "number", 1, "c", "2018")
    assert difference.now == ReviewFigure(5.0, "percent", 2, "", "2019")
    assert (difference.name, difference.illustrative) == ("New", "illustrative")


@pytest.mark.parametrize("key", ["unit", "basis", "source", "value", "numerator", "denominator", "breakdown"])
def test_figures_of_another_definition_are_not_compared(key: str):
    """Whatever is counted otherwise: the row says so, and no mark is named as moved."""
    then = review(1, judgements=judged({}), definitions=defined({}))
    now = review(2, judgements=judged({"direction": "worse"}), definitions=defined({key: "other"}))

    (difference,) = found("value", then, now)

    assert [note.code for note in difference.notes] == [Remark.DEFINED_ANEW]


def test_marks_that_moved_are_named_with_what_they_were():
    """A target that is due and just missed is called so; marks that did not move are not named."""
    old = {"target_status": "met", "versus_england": "similar", "target_period": "2018"}
    new = {"target_status": "missed", "direction": "worse", "versus_england": "similar", "target_period": "2018"}
    then = review(1, judgements=judged(old), definitions=defined({}))
    now = review(2, judgements=judged(new), definitions=defined({"name": "Other", "caveats": "Mind."}))

    (difference,) = found("value", then, now)

    assert [tuple(note) for note in difference.notes] == [
        (Remark.MARK_MOVED, {"mark": "direction", "was": "better", "now": "worse"}),
        (Remark.MARK_MOVED, {"mark": "target_status", "was": "met", "now": "missed"}),
    ]


def test_a_measure_of_one_review_alone_is_added_or_no_longer_shown():
    """The later review's measures come first; each has one side only, and its own label and name."""
    then = review(
        1, judgements=judged({"measure": "old", "illustrative": "illustrative"}),
        definitions=defined({"measure": "old", "short_name": "Old"}),
    )  # fmt: skip
    now = review(2, judgements=judged({"measure": "new"}), definitions=defined({"measure": "new", "short_name": "New"}))

    added, gone = found("value", then, now)
    assert (added.subject, added.name, added.change, added.then, added.illustrative) == (
        "new",
        "New",
        "added",
        None,
        "",
    )
    assert (gone.subject, gone.name, gone.change, gone.now) == ("old", "Old", WhatChanged.NO_LONGER_SHOWN, None)
    assert gone.illustrative == "illustrative"
    assert gone.then == ReviewFigure(5.0, "percent", 1, "", "2018")

    new, retired = found("definition", then, now)
    assert (new.subject, new.name, new.change, new.then, new.now) == ("new", "New", "added", None, "Measure")
    assert (retired.subject, retired.name, retired.change) == ("old", "Old", "retired")
    assert (retired.then, retired.now) == ("Measure", None)


def test_each_column_of_a_definition_that_changed_has_a_row():
    """Of the list of breaks only what one of the two has is shown; decimals and the short name are no definition."""
    old = {"breaks": "from 2015: A; from 2016: B", "polarity": "high", "decimals": 0.0, "short_name": "Old"}
    new = {"breaks": "from 2016: B; from 2018: C; from 2019: D", "polarity": "low"}
    decision = {"id": "d1", "kind": "measure", "subject": "m", "change": "redefine", "status": "accepted"}
    then = review(2018, definitions=defined(old), decisions=table(DECISIONS, decision | {"in_effect": "yes"}))

    rows = found("definition", then, review(2019, definitions=defined(new)))

    assert [(one.subject, one.name, one.change, one.then, one.now) for one in rows] == [
        ("m", "M", "polarity", "high", "low"),
        ("m", "M", "breaks", "from 2015: A", "from 2018: C; from 2019: D"),
    ]
    about = {"decision": "d1", "year": 2018, "change": "redefine"}
    assert [[tuple(note) for note in one.notes] for one in rows] == [[(Remark.DECISION, about)]] * 2


def test_revisions_are_shown_with_their_notes():
    """Decimals of the measure, or one where it is not defined any more."""
    row = {
        "measure": "m", "name": "M", "kind": "revised", "area": "England", "period": "2017", "unit": "percent",
        "then_value": 4.0, "now_value": 5.0, "marker": "", "note": "Counted anew.", "flips": "", "illustrative": "x",
    }  # fmt: skip
    revisions = table(
        REVISIONS, row, row | {"measure": "n", "note": "", "flips": "target_status: met, now missed", "marker": "c"}
    )
    now = review(2, revisions=revisions, definitions=defined({"decimals": 0.0}))

    first, second = found("revision", review(1), now)

    assert first == ReviewDifference(
        "revision", "m", "M", "revised", ReviewFigure(4.0, "percent", 0, ""), ReviewFigure(5.0, "percent", 0, ""),
        ((Remark.WRITTEN, {"text": "Counted anew."}),), "x", "2017", "England", "revision",
    )  # fmt: skip
    assert second.then == ReviewFigure(4.0, "percent", 1, "c")
    assert [tuple(note) for note in second.notes] == [
        (Remark.MARK_MOVED, {"mark": "target_status", "was": "met", "now": "missed"})
    ]


def similar(id_: str, *codes: str) -> pd.DataFrame:
    rows = ({"set": id_, "title": f"Set {id_}", "area_code": code, "area_name": code.lower()} for code in codes)
    return table(COMPARATORS, *rows)


def test_another_set_of_similar_authorities_says_how_many_stayed():
    then, now = (
        review(1, comparators=similar("s", "A", "B", "C")),
        review(2, comparators=similar("t", "B", "C", "D", "E")),
    )

    another, *areas = found("comparators", then, now)

    assert another[1:6] == ("t", "", WhatChanged.ANOTHER_SET, "Set s", "Set t")
    assert [tuple(note) for note in another.notes] == [(Remark.KEPT_IN_SET, {"count": 2, "of": 4})]
    assert [one[1:6] for one in areas] == [
        ("A", "a", "left", None, None),
        ("D", "d", "joined", None, None),
        ("E", "e", "joined", None, None),
    ]


def test_a_set_in_which_one_authority_changed_is_no_other_set():
    then, now = review(1, comparators=similar("s", "A", "B")), review(2, comparators=similar("s", "B"))

    assert [(one.subject, one.change) for one in found("comparators", then, now)] == [("A", "left")]
    assert found("comparators", now, now) == []


TARGET = {"target": 60.0, "target_period": "2020"}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ({}, TARGET, WhatChanged.ADDED),
        (TARGET, {}, WhatChanged.TARGET_GONE),
        (TARGET, TARGET | {"target": 70.0}, WhatChanged.TARGET_CHANGED),
        (TARGET, TARGET | {"target_period": "2021"}, WhatChanged.TARGET_CHANGED),
        (TARGET, TARGET, ""),
        ({}, {}, ""),
    ],
)
def test_a_target_is_added_gone_or_changed(old: dict, new: dict, change: str):
    then, now = (review(1, judgements=judged(row), definitions=defined({})) for row in (old, new))

    rows = found("target", then, now)

    assert [(one.subject, one.name, one.change) for one in rows] == ([("m", "M", change)] if change else [])
    for one in rows:
        assert one.then == (ReviewTarget(60.0, "percent", 1, "2020") if old else None)
        assert one.now == (ReviewTarget(new["target"], "percent", 1, new["target_period"]) if new else None)
        assert [note.code for note in one.notes] == [Remark.NO_DECISION]


@pytest.mark.parametrize(
    ("decided", "codes"),
    [
        ([("target", "m", "accepted", "yes")], [Remark.DECISION]),
        ([("target", "m", "refused", "no")], [Remark.DECISION_NOT_IN_FORCE]),
        ([("measure", "m", "accepted", "yes")], [Remark.DECISION]),
        ([("target", "m", "proposed", "no")], [Remark.NO_DECISION]),
        ([("target", "n", "accepted", "yes")], [Remark.NO_DECISION]),
        ([("action", "m", "accepted", "yes")], [Remark.NO_DECISION]),
        ([("target", "m", "proposed", "no"), ("target", "m", "accepted", "yes")], [Remark.DECISION]),
        ([("measure", "m", "refused", "no"), ("target", "m", "accepted", "yes")], [Remark.DECISION]),
    ],
)
def test_a_target_that_moved_names_the_decision_about_it_or_about_its_measure(decided: list, codes: list):
    """An open proposal is no decision, and a decision about something else is not named."""
    rows = [dict(zip(("kind", "subject", "status", "in_effect"), one, strict=True)) for one in decided]
    then = review(1, judgements=judged(TARGET), definitions=defined({}), decisions=table(DECISIONS, *rows))

    (difference,) = found("target", then, review(2, judgements=judged({}), definitions=defined({})))

    assert [note.code for note in difference.notes] == codes


def test_an_action_that_left_or_joined_has_its_status_and_the_decision():
    """Without one the row says so; both plans' labels are kept."""
    usual = {"status": "paused", "due": "2019-07-31", "lead": "Head"}
    decision = {
        "id": "d1",
        "kind": "action",
        "subject": "1",
        "change": "close",
        "status": "accepted",
        "in_effect": "yes",
    }
    before = table(ACTIONS, usual | {"id": "1", "action": "Meet", "illustrative": "illustrative"})
    after = table(ACTIONS, usual | {"id": "2", "action": "Write", "status": "not started"})

    then = review(2018, actions=before, decisions=table(DECISIONS, decision))
    gone, new = found("action", then, review(2019, actions=after))

    assert gone[1:6] == ("1", "Meet", "dropped", "paused", None)
    assert [note.code for note in gone.notes] == [Remark.DECISION]
    assert gone.illustrative == "illustrative"
    assert new[1:6] == ("2", "Write", "new", None, "not started")
    assert [note.code for note in new.notes] == [Remark.NO_DECISION]


def test_an_action_that_changed_has_a_row_for_its_state_and_each_field():
    usual = {"id": "1", "status": "paused", "due": "2019-07-31", "action": "Meet", "lead": "Head"}
    then = review(1, actions=table(ACTIONS, usual))
    later = usual | {"status": "in progress", "due": "2019-09-30", "lead": "Chair", "illustrative": "illustrative"}

    state, due, lead = found("action", then, review(2, actions=table(ACTIONS, later)))

    assert state[1:6] == ("1", "Meet", WhatChanged.ANOTHER_STATE, "paused", "in progress")
    assert due[3:6] == ("slipped", PlanCell("2019-07-31"), PlanCell("2019-09-30"))
    assert lead[3:6] == ("new lead", PlanCell("Head"), PlanCell("Chair"))
    assert {one.illustrative for one in (state, due, lead)} == {"illustrative"}
    assert found("action", then, then) == []


def test_a_measure_that_was_defined_and_not_judged_had_no_figure():
    then, now = review(1, definitions=defined({})), review(2, judgements=judged({}), definitions=defined({}))

    (difference,) = found("value", then, now)

    assert (difference.change, difference.then) == (WhatChanged.ADDED, None)
    assert found("definition", then, now) == []


def revised(kind: str = "revised") -> pd.DataFrame:
    return table(REVISIONS, {"measure": "m", "kind": kind, "then_value": 4.0, "now_value": 5.0})


def decided(kind: str, in_effect: str = "yes") -> pd.DataFrame:
    row = {"id": "d1", "kind": kind, "subject": "m", "change": "raise", "status": "accepted", "in_effect": in_effect}
    return table(DECISIONS, row)


WORSE = {"direction": "worse"}


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        pytest.param({}, {}, "", id="nothing has changed"),
        pytest.param({}, {"judgements": judged({"period": "2019"} | WORSE)}, "new_figure", id="a later period"),
        pytest.param({}, {"judgements": judged({"value": 9.0}), "revisions": revised()}, "revision", id="revised"),
        pytest.param({}, {"judgements": judged({"value": 9.0})}, "method", id="another number for no other reason"),
        pytest.param({}, {"definitions": defined({"numerator": "x"})}, "definition", id="counted otherwise"),
        pytest.param(
            {}, {"judgements": judged(WORSE), "definitions": defined({"tolerance": "3"})}, "definition", id="tolerance"
        ),
        pytest.param({}, {"judgements": judged(WORSE | {"baseline_period": "2017"})}, "definition", id="baseline"),
        pytest.param(
            {}, {"judgements": judged(WORSE), "definitions": defined({"caveats": "Mind."})}, "method", id="a caveat"
        ),
        pytest.param({}, {"judgements": judged(WORSE), "revisions": revised()}, "revision", id="an average revised"),
        pytest.param(
            {"comparators": similar("s", "A")},
            {"judgements": judged({"versus_neighbours": "worse"}), "comparators": similar("t", "B")},
            "comparator",
            id="another set",
        ),
        pytest.param(
            {"comparators": similar("s", "A")},
            {"judgements": judged(WORSE), "comparators": similar("t", "B")},
            "method",
            id="another set moves no direction",
        ),
    ],
)
def test_each_difference_of_a_figure_has_one_cause(old: dict[str, Any], new: dict[str, Any], cause: str):
    """The first that can explain it, from a new figure to the method."""
    usual = {"judgements": judged({}), "definitions": defined({})}
    (difference,) = found("value", review(2018, **(usual | old)), review(2019, **(usual | new)))
    assert difference.cause == cause


def test_what_is_no_figure_has_its_cause_by_what_it_is_about():
    """A decision in effect goes before the definition, the target and the plan; a new measure is a definition."""
    usual = {"judgements": judged({}), "definitions": defined({})}
    then = review(2018, **usual, comparators=similar("s", "A"))
    redefined = defined({"caveats": "Mind."})
    now = review(2019, **usual | {"definitions": redefined}, comparators=similar("t", "B"), revisions=revised())
    assert {one.cause for one in found("definition", then, now)} == {"definition"}
    assert {one.cause for one in found("comparators", then, now)} == {"comparator"}
    assert {one.cause for one in found("revision", then, now)} == {"revision"}
    counted = review(2019, **usual, revisions=revised("counted otherwise"))
    assert {one.cause for one in found("revision", then, counted)} == {"definition"}
    decided_then = review(2018, **usual, decisions=decided("measure"))
    assert {one.cause for one in found("definition", decided_then, now)} == {"decision"}
    assert {one.cause for one in found("value", review(2018), now)} == {"definition"}
    later = review(2019, **usual | {"judgements": judged(TARGET)})
    assert {one.cause for one in found("target", then, later)} == {"target"}


def test_a_change_of_the_plan_has_a_cause_of_its_own():
    """A status, a date, a lead, an action added or ended: the work plan, unless a decision in effect made it."""
    numbers = {"slipped_days": 0.0, "moved_days": float("nan")}
    first = {"id": "m", "action": "Meet", "lead": "Head", "due": "2019-07-31", "status": "in progress"}
    ended = first | {"id": "2", "action": "Write"}
    moved = first | {"lead": "Deputy", "due": "2020-07-31", "status": "paused"}
    plan = ACTIONS.of([first | numbers, ended | numbers])
    later = review(2019, actions=ACTIONS.of([moved | numbers, first | {"id": "3", "action": "Call"} | numbers]))

    undecided = found("action", review(2018, actions=plan), later)

    assert [one.cause for one in undecided] == ["work_plan"] * 5


@pytest.mark.parametrize(
    ("change", "in_effect", "due_to_it"),
    [
        ("amend", "yes", {"new lead", "slipped"}),
        ("pause", "yes", {"another_state"}),
        ("close", "yes", {"another_state"}),
        ("keep", "yes", set()),
        ("add", "yes", set()),
        ("amend", "no", set()),
    ],
)
def test_a_decision_is_the_cause_of_what_it_decided_about_alone(change: str, in_effect: str, due_to_it: set[str]):
    """To amend an action explains its fields and not its status, to pause it its status and not its date."""
    first = {"id": "m", "action": "Meet", "lead": "Head", "due": "2019-07-31", "status": "in progress"}
    moved = first | {"lead": "Deputy", "due": "2020-07-31", "status": "paused"}
    rows = decided("action", in_effect).assign(change=change)
    then = review(2018, actions=table(ACTIONS, first), decisions=rows)

    changed = found("action", then, review(2019, actions=table(ACTIONS, moved)))

    assert {one.change for one in changed} == {"new lead", "slipped", "another_state"}
    assert {one.change for one in changed if one.cause == "decision"} == due_to_it
    assert {one.cause for one in changed if one.change not in due_to_it} <= {"work_plan"}


def test_what_the_later_review_found_to_be_without_a_decision_is_due_to_the_plan():
    """The date was decided and the lead was not: the table of changes of the plan says so, by action and field."""
    first = {"id": "m", "action": "Meet", "lead": "Head", "due": "2019-07-31", "status": "in progress"}
    moved = first | {"lead": "Deputy", "due": "2020-07-31"}
    lead = {"action": "m", "change": "new lead", "what": "lead", "before": "Head", "after": "Deputy"}
    due = {"action": "m", "change": "slipped", "what": "due", "before": "2019-07-31", "after": "2020-07-31"}
    known = table(PLAN_CHANGES, lead | {"explained": "no"}, due | {"explained": "yes", "decision": "d1"})
    then = review(2018, actions=table(ACTIONS, first), decisions=decided("action").assign(change="amend"))

    changed = found("action", then, review(2019, actions=table(ACTIONS, moved), plan_changes=known))

    assert {one.change: one.cause for one in changed} == {"new lead": "work_plan", "slipped": "decision"}


@pytest.mark.parametrize(
    ("change", "gone", "cause"), [("merge", True, "decision"), ("amend", True, "work_plan"), ("add", False, "decision")]
)
def test_an_action_ends_or_begins_by_a_decision_to_end_or_add_it(change: str, gone: bool, cause: str):
    plan = table(ACTIONS, {"id": "m", "action": "Meet", "status": "in progress"})
    before, after = ({"actions": plan}, {}) if gone else ({}, {"actions": plan})
    then = review(2018, **before, decisions=decided("action").assign(change=change))

    (difference,) = found("action", then, review(2019, **after))

    assert difference.cause == cause


def test_a_target_that_was_to_be_kept_and_moved_has_no_decision():
    """A decision to keep a target does not explain that it is another one."""
    then = review(2018, judgements=judged(TARGET), definitions=defined({}), decisions=decided("target"))
    kept = review(
        2018, judgements=judged(TARGET), definitions=defined({}), decisions=decided("target").assign(change="keep")
    )
    now = review(2019, judgements=judged(TARGET | {"target": 70.0}), definitions=defined({}))

    assert [one.cause for one in found("target", then, now)] == ["decision"]
    assert [(one.cause, one.notes[0].code) for one in found("target", kept, now)] == [("target", Remark.NO_DECISION)]


DUE_2019 = {"target": 60.0, "target_period": "2019"}


@pytest.mark.parametrize(
    ("was", "now", "of_target"),
    [
        pytest.param(
            DUE_2019, {"target": 50.0, "value": 55.0, "target_status": "met"}, True, id="met by an easier one"
        ),
        pytest.param(DUE_2019, {"target": 50.0, "value": 65.0, "target_status": "met"}, False, id="met either way"),
        pytest.param(DUE_2019, {"target": 50.0, "value": 60.0, "target_status": "met"}, False, id="met to the digit"),
        pytest.param(
            DUE_2019, {"target": 70.0, "value": 65.0, "target_status": "missed"}, True, id="missed a harder one"
        ),
        pytest.param(
            DUE_2019, {"target": 70.0, "value": 55.0, "target_status": "missed"}, False, id="missed either way"
        ),
        pytest.param(DUE_2019, {"value": 65.0, "target_status": "met"}, False, id="the same target"),
        pytest.param({}, {"target": 60.0, "target_status": "unlikely"}, True, id="the first target"),
    ],
)
@pytest.mark.parametrize("polarity", ["high", "low"])
def test_an_answer_about_a_target_goes_with_the_figure_or_with_the_target_that_moved(
    was: dict[str, Any], now: dict[str, Any], of_target: bool, polarity: str
):
    """With the target where the newer figure would have met, or missed, the old one otherwise; lower may be better."""
    sign = 1 if polarity == "high" else -1
    old, new = (
        {name: sign * value if name in ("target", "value") else value for name, value in side.items()}
        for side in (was | {"target_status": "no target" if not was else "likely"}, was | {"period": "2019"} | now)
    )
    new.setdefault("target_period", "2019")
    definition = defined({"polarity": polarity})
    then = review(2018, judgements=judged(old), definitions=definition, decisions=decided("target"))
    later = review(2019, judgements=judged(new), definitions=definition)

    (value,) = found("value", then, later)
    moved = [one for one in found("target", then, later) if Remark.MARK_MOVED in [note.code for note in one.notes]]

    assert value.cause == "new_figure"
    assert (Remark.MARK_MOVED in [note.code for note in value.notes]) != of_target
    assert [one.cause for one in moved] == ["decision"] * of_target
