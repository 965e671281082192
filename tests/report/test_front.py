"""The front page: each priority on one line, what changed, what is asked, the measures with their marks."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
import sample_report as sample
from reading import Read, read

from toolkit.frames import DECISIONS
from toolkit.params.strategy import Part
from toolkit.refresh import ChangesSince
from toolkit.report import front, glance
from toolkit.report.accessibility import AccessibilityStatement, accessibility_statement

QUIET = ChangesSince(
    (), (), (), (), (), pd.DataFrame({"measure": [], "period": [], "value_before": [], "value": []}), (), (), (), ()
)
GOVERNANCE = sample.GOVERNANCE
DUTIES = pd.Series(["not met"], index=["1"])


def cells(page: Read) -> list[list[str]]:
    """The rows of the first table, as text."""
    return [[cell.text for cell in row.inside if cell.name in ("td", "th")] for row in page.all("tr")]


def test_a_priority_is_one_line_of_counted_marks() -> None:
    """A Board member sees how many measures have each mark; nothing is folded into one word."""
    parts = {"#priority-1": Part(id="1", title="Working together", short="Together")}
    plan = sample.actions()
    plan = plan.assign(slipped_days=[61.0, *[0.0] * (len(plan) - 1)])
    page = read(glance.priorities(sample.judgements(), plan, parts, DUTIES).html)
    assert cells(page)[1] == [
        "1: Together",
        " 1 unlikely  1 met",
        " 1 better of 4",
        " 1 not met",
        " 1 late  1 at risk or without a date",
    ]
    assert page.one("a").attributes["href"] == "#priority-1"
    assert len(page.all("svg")) == 6, "every counted mark has its shape"
    assert "Illustrative" in page.one("caption").text


def test_a_priority_without_figures_or_actions_says_so() -> None:
    """An empty line would read as if all were well."""
    parts = {"#priority-9": Part(id="9", title="New", short="New")}
    page = read(glance.priorities(sample.judgements(), sample.actions(), parts, DUTIES).html)
    assert cells(page)[1] == ["9: New", " no target", "no measures", " no duty", "no actions"]


def said(page: Read) -> list[str]:
    return [line.text for line in page.all("li")]


def test_changes_name_a_few_and_count_the_rest() -> None:
    """Newly red, recovered and newly met measures are named with links; the plan and revisions are counted."""
    revised = pd.DataFrame(
        {"measure": ["mediation", "families_heard"], "period": ["2018", "2017/18"], "value_before": [12.0, 50.0],
         "value": [30.0, 51.0]}
    )  # fmt: skip
    found = replace(
        QUIET,
        newly_red=tuple(sample.CATALOGUE) * 2,
        recovered=("mediation",),
        unjudged=("families_heard",),
        revised=revised,
        added=("A1",),
    )
    page = read(front.changes(found, sample.CATALOGUE, 2019, {"mediation"}).html)
    assert said(page) == [
        "Illustrative  8 newly red: Plans within 20 weeks, Plans for ages 16 to 25, Families heard, Mediation cases "
        "and 4 more.",
        "Illustrative  1 no longer red: Mediation cases.",
        " 1 red before and not judged now: Families heard.",
        "Work plan: 1 new.",
        "Illustrative 2 older figures were revised. The largest revision: Mediation cases in 2018, from 12 to 30.",
    ]


def test_no_change_is_said() -> None:
    """A review in which nothing moved says so, and since when."""
    assert "has changed since the review of 2019" in front.changes(QUIET, sample.CATALOGUE, 2019).html


def decision(**given: Any) -> dict[str, Any]:
    """A proposal that nobody has answered, as far as it is not said otherwise."""
    usual = {"id": "D", "kind": "target", "subject": "plans", "authority": "board", "change": "raise"}
    return usual | {"status": "proposed", "escalate": False, "in_effect": "no"} | given


def recorded(**given: Any) -> dict[str, Any]:
    """One that the Board has taken and that holds."""
    taken = {
        "status": "accepted",
        "decided_on": "2019-05-14",
        "decided_by": "Board",
        "in_effect": "yes",
        "effective_on": "2019-05-14",
    }
    return decision(**taken | given)


def test_each_role_is_asked_for_its_own_decisions() -> None:
    """Cabinet and Board each find what they are to decide, by the name of the body, Cabinet first."""
    rows = [decision(), decision(authority="cabinet", subject="A<b>1"), decision(subject="x" * 10 + " word" * 20)]
    page = read(front.decisions_needed(sample.framed(DECISIONS, rows), GOVERNANCE, {"plans": "Plans"}, {}).html)
    assert said(page)[0] == "Cabinet, to decide: 1 proposal: A<b>1."
    assert said(page)[1].startswith("SEND Strategic Board, to decide: 2 proposals: Plans, xxxxxxxxxx word")
    assert "…" in said(page)[1], "a long name is cut on the front page"
    assert {link.attributes["href"] for link in page.all("a")} == {front.PROPOSALS}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"kind": "action", "change": "add", "status": "proposed"}, "new action for “Plans”"),
        (
            {
                "kind": "action",
                "change": "add",
                "subject": "9.9",
                "status": "accepted",
            },
            "Open a hub",
        ),
        ({"kind": "priority", "change": "reword", "subject": "9"}, "Old words"),
    ],
)
def test_what_is_to_be_decided_has_words(given: dict[str, str], told: str) -> None:
    """Neither a bare number nor a measure called an action: readers know what is put to them."""
    rows = sample.framed(DECISIONS, [decision(**given)])
    names = {"plans": "Plans", "9.9": "Open a hub", "9": "Old words"}
    assert said(read(front.decisions_needed(rows, GOVERNANCE, names, {}).html))[0].endswith(f": {told}.")


def test_what_has_been_decided_is_not_asked_again() -> None:
    """The Board is not asked for what it decided: it reads who decided what, and when; Cabinet's day is Cabinet's."""
    rows = [
        recorded(),
        recorded(
            authority="cabinet",
            escalate=True,
            put_to="cabinet",
            agreed_on="2019-06-25",
            effective_on="2019-06-25",
            subject="A1",
        ),
        decision(change="keep"),
    ]
    assert said(
        read(front.decisions_needed(sample.framed(DECISIONS, rows), GOVERNANCE, {"plans": "Plans"}, {}).html)
    ) == [
        "Nothing is left to decide.",
        "Decided by Board: 1 decision on 14 May 2019: Plans.",
        "Decided by Cabinet: 1 decision on 25 June 2019: A1.",
    ]


def test_a_decision_that_does_not_hold_yet_is_asked_of_who_may_take_it() -> None:
    """What the Board decided beyond its powers waits for Cabinet, and is not told as decided."""
    rows = sample.framed(
        DECISIONS, [recorded(escalate=True, put_to="cabinet", asked="cabinet", in_effect="no", effective_on="")]
    )
    found = said(read(front.decisions_needed(rows, GOVERNANCE, {"plans": "Plans"}, {}).html))
    assert found == ["Cabinet, to decide: 1 decision that waits for it: Plans."]


def test_what_stands_in_the_way_is_said_first_and_last() -> None:
    """Critical checks come before every decision; missing commentaries after them."""
    rows = sample.framed(DECISIONS, [decision()])
    found = said(read(front.decisions_needed(rows, GOVERNANCE, {}, {"critical": 2, "uncommented": 1}).html))
    assert found[0] == "First: correct the data.  2 critical checks failed: see data quality."
    assert found[-1] == "Workstream leads: 1 red measure has no commentary."


def test_a_review_that_asks_nothing_says_so() -> None:
    """An empty list would leave the reader looking for it."""
    assert "Nothing goes to" in front.decisions_needed(DECISIONS.empty(), GOVERNANCE, {}, {}).html


def test_the_statement_has_what_the_law_asks_for() -> None:
    """Regulation 8 wants what is not accessible, how to get it otherwise, whom to ask, and who enforces it."""
    page = read(
        accessibility_statement(AccessibilityStatement("Rutland", "Head of <Performance>", "2019-04-30", 8)).html
    )
    text = " ".join("".join(tag.text for tag in page.all(name)) for name in ("p", "li"))
    for words in ("AA", "Nobody has yet tested", "Ask for another format", "Equality Advisory", "No. 2", "axe-core"):
        assert words in text
    assert "contact the Head of <Performance> of Rutland" in text
    assert "30 April 2019" in text
    assert "an answer within 8 working days" in text
    assert page.all("h3")[0].text == "How accessible the pages are"
