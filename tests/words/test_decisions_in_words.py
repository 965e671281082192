"""Decisions and proposals in the words that pages show: no reader meets the code of a change."""

from pathlib import Path
from typing import Any

import pytest

from tests.refresh.test_decision_records import MOVE, context, decided, proposed
from toolkit.frames import ACTIONS
from toolkit.refresh.decision_records import decision_records, with_dispositions
from toolkit.words.decisions import decisions_table, phrase_actions

ACTION = {"id": "1.1", "action": "Meet", "status": "in progress", "due": "2022-09-30", "lead": "Head"}
RAISE = {"kind": "target", "subject": "on_time", "change": "raise", "to": {"value": 97, "by": 2023}}


@pytest.mark.parametrize(
    ("change", "words"),
    [("keep", "to be kept as it is"), ("amend", "to be changed"), ("pause", "to be paused")],
)
def test_a_proposal_is_shown_in_words(tiny: Path, change: str, words: str):
    """What is proposed of an action stands under "What is proposed" until somebody has decided."""
    asked = context(tiny, ACTION)

    table = decisions_table(decision_records([], asked, [proposed("action", "1.1", change)]), asked)

    assert table[["change", "to", "proposed"]].to_numpy().tolist() == [[change, words, words]]


@pytest.mark.parametrize(
    ("decision", "before", "after"),
    [
        ({"change": "keep"}, "in progress, due 30 September 2022", "kept as it is"),
        (MOVE, "in progress, due 30 September 2022", "changed"),
        ({"change": "close", "as": "achieved"}, "in progress, due 30 September 2022", "closed, as it is complete"),
        (
            {"change": "pause", "until": "2023-03-31"},
            "in progress, due 30 September 2022",
            "paused until 31 March 2023",
        ),
        (RAISE, "95% by 2022", "97% by 2023"),
    ],
)
def test_a_decision_says_how_its_subject_stood_and_will_stand(
    tiny: Path, decision: dict[str, Any], before: str, after: str
):
    about = context(tiny, ACTION)

    (row,) = decisions_table(decision_records(decided(decision), about, []), about).to_dict("records")

    assert (row["from"], row["to"]) == (before, after)


def test_an_action_shows_what_was_decided_of_it_with_the_old_and_new_date(tiny: Path):
    """An amended date is shown as it was and as it will be; an action that nobody decided about shows nothing."""
    other = ACTION | {"id": "1.2", "action": "Write"}
    about, moved = context(tiny, ACTION, other), decided(MOVE)
    plan = with_dispositions(
        ACTIONS.of([ACTION | {"slipped_days": 0.0, "moved_days": 0.0} | row for row in ({}, other)]), moved
    )

    assert phrase_actions(plan, moved, about)["decided"].tolist() == [
        "changed: due date from “30 September 2022” to “31 December 2022”",
        "",
    ]
