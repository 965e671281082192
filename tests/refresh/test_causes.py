"""What a difference between two reviews is due to: one cause each."""

from typing import Any

import pytest

from tests.refresh.printed import printed
from toolkit.analysis.codes import RevisionKind
from toolkit.frames import COMPARATORS, DECISIONS, DEFINITIONS, PUBLISHED_JUDGEMENTS, REVISIONS, Judgement, Statement
from toolkit.refresh.causes import Cause, cause_of, is_moved_by_target
from toolkit.refresh.printed_tables import PrintedTables, Remark, ReviewDifference, WhatChanged

NAN = float("nan")


def review(decided: dict[str, Any] | None = None, defined: dict[str, Any] | None = None, **more: Any) -> PrintedTables:
    """A review of one measure, ``m``, and what it printed about it."""
    return printed(
        2022,
        {
            DEFINITIONS: [{"measure": "m", "polarity": "high"} | (defined or {})],
            PUBLISHED_JUDGEMENTS: [{"measure": "m", "baseline_period": more.get("since", "2016")}],
            COMPARATORS: [{"area_code": code} for code in more.get("similar", ["A", "B"])],
            REVISIONS: [{"measure": name} for name in more.get("revised", [])],
            DECISIONS: [decided] if decided else [],
        },
    )


def differs(about: str = "value", change: str = "", *notes: Statement, **more: Any) -> ReviewDifference:
    return ReviewDifference(about, "m", "M", change, more.get("then", "1"), more.get("now", "2"), notes)


def moved(*marks: str) -> list[Statement]:
    return [Statement(Remark.MARK_MOVED, {"mark": mark}) for mark in marks]


RETIRED = {"id": "d", "kind": "measure", "subject": "m", "change": "retire", "status": "accepted", "in_effect": "yes"}


@pytest.mark.parametrize(
    ("decided", "cause"),
    [
        (RETIRED, Cause.DECISION),
        (None, Cause.DEFINITION),
        (RETIRED | {"in_effect": "no"}, Cause.DEFINITION),
        (RETIRED | {"subject": "other"}, Cause.DEFINITION),
        (RETIRED | {"kind": "target"}, Cause.DEFINITION),
    ],
)
@pytest.mark.parametrize("gone", ["then", "now"])
def test_a_measure_that_only_one_review_has_was_decided_on_or_defined_otherwise(
    decided: dict[str, Any] | None, cause: Cause, gone: str
) -> None:
    """By a decision of the earlier review that is in effect."""
    assert cause_of(differs(**{gone: None}), review(decided), review()) == cause


SIMILAR = review(similar=["A", "C"])


@pytest.mark.parametrize(
    ("one", "now", "cause"),
    [
        (differs("value", WhatChanged.NEW_FIGURE), review(), Cause.NEW_FIGURE),
        (differs("value", WhatChanged.NEW_FIGURE), review(revised=["m"]), Cause.NEW_FIGURE),
        (differs("value", WhatChanged.NEW_FIGURE, Statement(Remark.DEFINED_ANEW)), review(), Cause.DEFINITION),
        (differs("value", WhatChanged.OLD_FIGURE_CHANGED), review(revised=["m"]), Cause.REVISION),
        (differs("value", WhatChanged.OLD_FIGURE_CHANGED), review(revised=["other"]), Cause.METHOD),
        (differs("value", WhatChanged.NO_NEWER_FIGURE), review(), None),
        (differs("value", WhatChanged.NO_NEWER_FIGURE, Statement(Remark.NO_DECISION)), SIMILAR, None),
        (differs("value", "", *moved("versus_neighbours")), SIMILAR, Cause.COMPARATOR),
        (differs("value", "", *moved("versus_neighbours", "versus_neighbours_before")), SIMILAR, Cause.COMPARATOR),
        (differs("value", "", *moved("versus_neighbours", "direction")), SIMILAR, Cause.METHOD),
        (differs("value", "", *moved("versus_neighbours")), review(), Cause.METHOD),
        (differs("value", "", *moved("direction")), review(revised=["m"]), Cause.REVISION),
        (differs("value", "", *moved("direction")), review(since="2017"), Cause.DEFINITION),
        *(
            (differs("value", "", *moved("direction")), review(defined={column: "other"}), Cause.DEFINITION)
            for column in ("polarity", "duty", "tolerance", "breaks")
        ),
        (differs("value", "", *moved("direction")), review(defined={"caveats": "other"}), Cause.METHOD),
        (differs("revision", RevisionKind.REDEFINED), review(), Cause.DEFINITION),
        (differs("revision", RevisionKind.REVISED), review(), Cause.REVISION),
        (differs("comparators", WhatChanged.JOINED), review(), Cause.COMPARATOR),
        (differs("definition", "unit"), review(), Cause.DEFINITION),
        (differs("target", WhatChanged.TARGET_CHANGED), review(), Cause.TARGET),
        (differs("target", WhatChanged.TARGET_CHANGED, Statement(Remark.DECISION)), review(), Cause.DECISION),
        (differs("action", WhatChanged.ADDED, Statement(Remark.NO_DECISION)), review(), Cause.WORK_PLAN),
        (differs("action", WhatChanged.ADDED, Statement(Remark.DECISION)), review(), Cause.DECISION),
    ],
)  # fmt: skip
def test_each_difference_has_one_cause(one: ReviewDifference, now: PrintedTables, cause: Cause | None) -> None:
    """A mark that moved is due to the set of authorities, a revision, the definition, or else the method."""
    assert cause_of(one, review(), now) == cause


@pytest.mark.parametrize(
    ("then", "now", "polarity", "by_target"),
    [
        pytest.param(("missed", 90.0, "2021"), ("met", 80.0, "2021"), "high", True, id="lowered, and met by that"),
        pytest.param(("missed", 85.0, "2021"), ("met", 80.0, "2021"), "high", False, id="it meets the old one too"),
        pytest.param(("met", 80.0, "2021"), ("missed", 90.0, "2021"), "high", True, id="raised, and missed by that"),
        pytest.param(("met", 86.0, "2021"), ("missed", 90.0, "2021"), "high", False, id="it misses the old one too"),
        pytest.param(("missed", 85.0, "2021"), ("met", 90.0, "2021"), "low", False, id="low: it meets the old one too"),
        pytest.param(("missed", 80.0, "2021"), ("met", 90.0, "2021"), "low", True, id="low: met since it was eased"),
        pytest.param(("missed", 80.0, "2021"), ("missed", 90.0, "2021"), "high", False, id="the answer is the same"),
        pytest.param(("missed", 90.0, "2021"), ("met", 90.0, "2021"), "high", False, id="the target is the same"),
        pytest.param(("missed", 90.0, "2021"), ("met", 90.0, "2022"), "high", True, id="put off, and met since"),
        pytest.param(("missed", 90.0, "2021"), ("likely", 90.0, "2023"), "high", True, id="put off, and likely now"),
        pytest.param(("no target", NAN, ""), ("met", 80.0, "2021"), "high", True, id="set for the first time"),
        pytest.param(("no target", NAN, ""), ("missed", 90.0, "2021"), "high", True, id="set, and missed"),
    ],
)
def test_whether_the_answer_about_a_target_is_due_to_the_target(
    then: tuple[str, float, str], now: tuple[str, float, str], polarity: str, by_target: bool
) -> None:
    """The newer figure is 85."""

    def judged(status: str, target: float, by: str) -> Judgement:
        given = {"target_status": status, "target": target, "target_period": by, "value": 85.0}
        (row,) = review().judgements.values()
        return row._replace(**given)

    assert is_moved_by_target(judged(*then), judged(*now), polarity) is by_target
