"""What differs between two reviews, worked out from the tables that they printed."""

from typing import Any

import pytest

from tests.refresh.printed import printed
from toolkit.frames import (
    ACTIONS,
    COMPARATORS,
    DECISIONS,
    DEFINITIONS,
    PLAN_CHANGES,
    PUBLISHED_JUDGEMENTS,
    REVISIONS,
    Frame,
    Statement,
)
from toolkit.refresh.printed_tables import PlanCell, Remark, ReviewDifference, ReviewFigure, ReviewTarget, WhatChanged
from toolkit.refresh.year_on_year import differences

DEFINED = {
    "measure": "m",
    "name": "Measure M",
    "short_name": "M",
    "unit": "percent",
    "decimals": 1.0,
    "polarity": "high",
}
JUDGED = {"measure": "m", "period": "2021", "value": 50.0, "direction": "better", "versus_england": "similar"}
Rows = dict[Frame[Any], list[dict[str, Any]]]


def found(then: Rows, now: Rows, about: str = "") -> list[ReviewDifference]:
    """The differences between the reviews of 2021 and 2022, of one subject where it is named."""
    return [one for one in differences(printed(2021, then), printed(2022, now)) if about in ("", one.about)]


def measure(judged: dict[str, Any] | None = None, defined: dict[str, Any] | None = None) -> Rows:
    """The tables of one measure."""
    return {PUBLISHED_JUDGEMENTS: [JUDGED | (judged or {})], DEFINITIONS: [DEFINED | (defined or {})]}


def figure(value: float, period: str = "2021", marker: str = "") -> ReviewFigure:
    return ReviewFigure(value, "percent", 1, marker, period)


@pytest.mark.parametrize(
    ("judged", "change", "now"),
    [
        ({}, WhatChanged.NO_NEWER_FIGURE, figure(50)),
        ({"period": "2022"}, WhatChanged.NEW_FIGURE, figure(50, "2022")),
        ({"value": 51.0}, WhatChanged.OLD_FIGURE_CHANGED, figure(51)),
    ],
)
def test_what_became_of_a_figure(judged: dict[str, Any], change: WhatChanged, now: ReviewFigure) -> None:
    (one,) = found(measure(), measure(judged | {"illustrative": "illustrative"}))

    assert one[:6] == ("value", "m", "M", change, figure(50), now)
    assert (one.notes, one.illustrative) == ((), "illustrative")


def test_a_figure_that_neither_review_has_is_none_that_changed() -> None:
    hidden = measure({"value": float("nan"), "marker": "c"})
    (same,), (gone,) = found(hidden, hidden), found(measure(), hidden)

    assert (same.change, same.now.marker) == (WhatChanged.NO_NEWER_FIGURE, "c")
    assert gone.change == WhatChanged.OLD_FIGURE_CHANGED


def test_marks_that_moved_stand_beside_the_figure() -> None:
    """In their order. Where what is counted is another thing they are not compared."""
    moved = {"versus_england": "worse", "direction": "worse", "confidence": "low"}
    (one,), (anew, redefined) = found(measure(), measure(moved)), found(measure(), measure(moved, {"source": "other"}))

    assert one.notes == (
        Statement(Remark.MARK_MOVED, {"mark": "direction", "was": "better", "now": "worse"}),
        Statement(Remark.MARK_MOVED, {"mark": "versus_england", "was": "similar", "now": "worse"}),
    )
    assert anew.notes == (Statement(Remark.DEFINED_ANEW),)
    assert redefined[:6] == ("definition", "m", "M", "source", "", "other")
    (kept, _) = found(measure(), measure(moved, {"caveats": "Mind."}))
    assert len(kept.notes) == 2, "a caveat changes nothing that is counted"


def test_a_measure_that_only_one_review_has() -> None:
    """Its figure and its definition are added, or not shown any more and retired; the decision is named."""
    none: Rows = {PUBLISHED_JUDGEMENTS: [], DEFINITIONS: []}
    retired = {
        "id": "d",
        "kind": "measure",
        "subject": "m",
        "change": "retire",
        "status": "accepted",
        "in_effect": "yes",
    }
    made_up = measure({"illustrative": "illustrative"})

    value, definition = found(none, made_up)
    assert value[:6] == ("value", "m", "M", WhatChanged.ADDED, None, figure(50))
    assert definition[:7] == ("definition", "m", "M", WhatChanged.ADDED, None, "Measure M", ())
    value_gone, definition_gone = found(made_up | {DECISIONS: [retired]}, none)
    assert value_gone[:6] == ("value", "m", "M", WhatChanged.NO_LONGER_SHOWN, figure(50), None)
    assert (value.illustrative, value_gone.illustrative) == ("illustrative", "illustrative")
    assert definition_gone[:6] == ("definition", "m", "M", WhatChanged.RETIRED, "Measure M", None)
    assert definition_gone.notes == (Statement(Remark.DECISION, {"decision": "d", "year": 2021, "change": "retire"}),)


def test_of_breaks_only_those_that_one_review_has_are_shown() -> None:
    old, new = {"breaks": "from 2016: a; from 2018: b"}, {"breaks": "from 2018: b; from 2020: c"}
    (one,) = found(measure({}, old), measure({}, new), "definition")

    assert (one.change, one.then, one.now) == ("breaks", "from 2016: a", "from 2020: c")


def test_a_revised_figure_is_shown_with_its_note_and_the_marks_that_turn() -> None:
    about = {"measure": "m", "name": "M", "area": "England", "period": "2020", "kind": "revised", "unit": "percent"}
    revised = about | {
        "then_value": 40.0,
        "now_value": 41.0,
        "note": "Counted anew",
        "flips": "direction: worse, now better",
        "marker": "r",
    }
    (one,) = found({}, {REVISIONS: [revised], DEFINITIONS: [DEFINED | {"decimals": 2.0}]}, "revision")
    (plain,) = found({}, {REVISIONS: [about | {"illustrative": "illustrative"}]}, "revision")

    assert one[:4] == ("revision", "m", "M", "revised")
    assert (one.then, one.now) == (ReviewFigure(40, "percent", 2, "r"), ReviewFigure(41, "percent", 2, "r"))
    assert [tuple(note) for note in one.notes] == [
        (Remark.WRITTEN, {"text": "Counted anew"}),
        (Remark.MARK_MOVED, {"mark": "direction", "was": "worse", "now": "better"}),
    ]
    assert (one.period, one.area, one.illustrative) == ("2020", "England", "")
    assert (plain.then.decimals, plain.notes, plain.illustrative) == (1, (), "illustrative")


def similar(set_: str, *codes: str) -> Rows:
    return {
        COMPARATORS: [{"set": set_, "title": set_.title(), "area_code": c, "area_name": f"Area {c}"} for c in codes]
    }


def test_similar_authorities_join_and_leave() -> None:
    """Of another set it is said how many it keeps."""
    another, left, joined = found(similar("near", "A", "B"), similar("far", "B", "C"))

    assert another[:6] == ("comparators", "far", "", WhatChanged.ANOTHER_SET, "Near", "Far")
    assert another.notes == (Statement(Remark.KEPT_IN_SET, {"count": 1, "of": 2}),)
    assert left[1:4] == ("A", "Area A", WhatChanged.LEFT)
    assert joined[1:4] == ("C", "Area C", WhatChanged.JOINED)
    assert [one.change for one in found(similar("near", "A"), similar("near", "A", "B"))] == [WhatChanged.JOINED]
    assert [one.change for one in found({}, similar("near", "A"))] == [WhatChanged.ANOTHER_SET, WhatChanged.JOINED]


AIM = {"target": 60.0, "target_period": "2022", "target_status": "unlikely"}
EASED = AIM | {"target": 45.0, "target_status": "met", "direction": "worse"}
TARGET, LESS = ReviewTarget(60, "percent", 1, "2022"), ReviewTarget(45, "percent", 1, "2022")
UNDECIDED = Statement(Remark.NO_DECISION)


@pytest.mark.parametrize(
    ("then", "now", "change", "sides"),
    [
        ({}, AIM, WhatChanged.ADDED, (None, TARGET)),
        (AIM, {}, WhatChanged.TARGET_GONE, (TARGET, None)),
        (AIM, EASED | {"value": 44.0, "target_status": "missed"}, WhatChanged.TARGET_CHANGED, (TARGET, LESS)),
    ],
)
def test_a_target_that_changed(then: dict[str, Any], now: dict[str, Any], change: str, sides: tuple[Any, Any]) -> None:
    (one,) = found(measure(then), measure(now), "target")

    assert one[:6] == ("target", "m", "M", change, *sides)
    assert one.notes[0] == UNDECIDED
    assert found(measure(then), measure(then), "target") == []


@pytest.mark.parametrize("kind", ["target", "measure"])
def test_what_an_eased_target_makes_met_is_a_difference_of_the_target(kind: str) -> None:
    """The mark of the target stands beside it, after the decision on the target, or else on the measure."""
    decided = {"id": "d", "kind": kind, "subject": "m", "change": "lower", "status": "accepted", "in_effect": "no"}
    value, target = found(measure(AIM) | {DECISIONS: [decided]}, measure(EASED))

    moved = Statement(Remark.MARK_MOVED, {"mark": "direction", "was": "better", "now": "worse"})
    assert value.notes == (moved,)
    assert target.notes == (
        Statement(Remark.DECISION_NOT_IN_FORCE, {"decision": "d", "year": 2021, "change": "lower"}),
        Statement(Remark.MARK_MOVED, {"mark": "target_status", "was": "unlikely", "now": "met"}),
    )


ACTION = {"id": "1", "action": "Meet", "lead": "Head", "due": "2022-07-31", "status": "in progress"}


def decision(change: str) -> dict[str, Any]:
    return {"id": "d", "kind": "action", "subject": "1", "change": change, "status": "accepted", "in_effect": "yes"}


def of_plan(then: dict[str, Any] | None, now: dict[str, Any] | None, change: str = "") -> list[ReviewDifference]:
    """The differences of one action between two plans, the earlier of which was decided on."""
    before: Rows = {ACTIONS: [ACTION | then] if then is not None else []}
    after: Rows = {ACTIONS: [ACTION | now] if now is not None else []}
    return found(before | {DECISIONS: [decision(change)] if change else []}, after)


@pytest.mark.parametrize(
    ("now", "change", "behind"),
    [
        ({"status": "paused"}, "pause", True),
        ({"status": "complete"}, "close", True),
        ({"status": "paused"}, "amend", False),
        ({"due": "2023-07-31"}, "amend", True),
        ({"due": "2023-07-31"}, "pause", False),
    ],
)
def test_a_decision_explains_only_the_change_that_it_is_about(now: dict[str, Any], change: str, behind: bool) -> None:
    """One that moves a date explains no new status."""
    (one,) = of_plan({}, now | {"illustrative": "illustrative"}, change)

    assert (one.about, one.subject, one.name, one.illustrative) == ("action", "1", "Meet", "illustrative")
    assert [note.code for note in one.notes] == [Remark.DECISION] * behind
    is_status = "status" in now
    assert (one.then, one.now) == (
        ("in progress", now["status"]) if is_status else (PlanCell("2022-07-31"), PlanCell("2023-07-31"))
    )


@pytest.mark.parametrize(
    ("then", "now", "change", "code"),
    [
        (None, {}, "add", Remark.DECISION),
        (None, {}, "amend", Remark.NO_DECISION),
        (None, {}, "", Remark.NO_DECISION),
        ({}, None, "close", Remark.DECISION),
        ({}, None, "merge", Remark.DECISION),
        ({}, None, "pause", Remark.NO_DECISION),
    ],
)
def test_an_action_that_is_new_or_gone_names_its_decision_or_that_there_is_none(
    then: dict[str, Any] | None, now: dict[str, Any] | None, change: str, code: Remark
) -> None:
    (one,) = of_plan(then, now, change)

    assert (one.then, one.now) == ((None, "in progress") if then is None else ("in progress", None))
    assert (one.name, [note.code for note in one.notes]) == ("Meet", [code])


def test_a_change_that_departs_from_its_decision_is_not_put_down_to_it() -> None:
    """The page of the work plan says of such a change that it is not explained."""
    moved = {"due": "2023-07-31"}
    departs = {"action": "1", "what": "due", "before": "2022-07-31", "after": "2023-07-31", "explained": "no"}
    then: Rows = {ACTIONS: [ACTION], DECISIONS: [decision("amend")]}
    (change,) = found(then, {ACTIONS: [ACTION | moved], PLAN_CHANGES: []})
    assert len(change.notes) == 1

    (one,) = found(then, {ACTIONS: [ACTION | moved], PLAN_CHANGES: [departs]})

    assert one.notes == ()
