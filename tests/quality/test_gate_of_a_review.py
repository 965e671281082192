"""The gate as a whole review meets it: what a waiver must be to let a critical failure pass, and what a check counts
that could not be made."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.evidence import frames_of, judge_again
from toolkit.frames import FINDINGS
from toolkit.review import Review, open_review
from toolkit.review.published import publish

Opened = Callable[..., Review]

RULES = """\
use: [figures]
rules:
  - id: plausible
    severity: {severity}
    dimension: accuracy
    say: No authority issues more than {most} plans a year.
    do: Ask the publisher.
    where: {{item: issued, area_level: Local authority}}
    expectation: expect_column_values_to_be_between
    arguments: {{column: {column}, max_value: {most}}}
"""
WAIVER = """\
- check: plans.plausible
  source: plans
  reason: The publisher has confirmed the figures.
  approver: Director
  expires: "{expires}"
"""
NEVER, TWICE = 1000, 205
COMPLETE, DRAFT = 0, 1
FAILING = ("figures.csv:7", "figures.csv:12")


def checked(
    project: Path, waiver: str = "", most: int = TWICE, column: str = "value", severity: str = "critical"
) -> int:
    """The exit status of ``annual-review check`` where the source has a rule of its own that fails in two rows."""
    text = RULES.format(severity=severity, most=most, column=column)
    (project / "data" / "published" / "plans" / "checks.yaml").write_text(text, encoding="utf-8")
    if waiver:
        (project / "params" / "2022" / "waivers.yaml").write_text(waiver, encoding="utf-8")
    return CliRunner().invoke(cli, ["check", "2022", "--project", str(project)]).exit_code


def failed(project: Path) -> dict[str, str]:
    """Check → severity of what failed or could not be made."""
    found = frames_of(project, 2022).findings
    bad = found[found["outcome"].isin(["fail", "error"])]
    return dict(zip(bad["check"], bad["severity"], strict=True))


def rows(*places: str) -> str:
    listed = ", ".join(f'"{place}"' for place in places)
    return WAIVER.format(expires="2022-12-31") + f"  rows: [{listed}]\n"


def test_without_a_waiver_it_is_a_draft_and_the_measures_are_not_judged(tiny: Path) -> None:
    """The command ends with 1, and what rests on the source has no mark."""
    assert checked(tiny) == DRAFT
    assert failed(tiny) == {"plans.plausible": "critical"}
    judged = frames_of(tiny, 2022).judgements.set_index("measure")
    assert judged.loc["on_time", ["direction", "statutory_status"]].to_list() == ["cannot be judged", ""]


@pytest.mark.parametrize("waiver", [WAIVER.format(expires="2022-12-31"), rows(*FAILING)], ids=["all rows", "both rows"])
def test_a_waiver_that_covers_it_makes_the_review_complete(waiver: str, tiny: Path) -> None:
    """Somebody in charge has answered for it, so the measures are judged again."""
    assert checked(tiny, waiver) == COMPLETE
    assert failed(tiny) == {}
    assert frames_of(tiny, 2022).judgements.set_index("measure").loc["on_time", "statutory_status"] == "not met"


def test_a_waiver_of_fewer_rows_than_fail_lets_nothing_pass(tiny: Path) -> None:
    """A row that nobody has answered for keeps the review a draft."""
    assert checked(tiny, rows(FAILING[0])) == DRAFT
    assert failed(tiny) == {"plans.plausible": "critical"}


def test_a_waiver_that_has_expired_fails_beside_what_it_was_for(tiny: Path) -> None:
    """A permission does not outlive its day."""
    assert checked(tiny, WAIVER.format(expires="2022-06-29")) == DRAFT
    assert failed(tiny) == {"plans.plausible": "critical", "waivers.expired": "critical"}


def test_a_waiver_that_nothing_needs_makes_a_draft(tiny: Path) -> None:
    """It would let the next failure pass unseen."""
    assert checked(tiny, WAIVER.format(expires="2022-12-31"), most=NEVER) == DRAFT
    assert failed(tiny) == {"waivers.unused": "critical"}


@pytest.mark.parametrize(
    ("severity", "counts", "status"),
    [("critical", "critical", DRAFT), ("warning", "warning", COMPLETE), ("info", "warning", COMPLETE)],
)
def test_a_check_that_cannot_be_made_is_never_a_mere_note(severity: str, counts: str, status: int, tiny: Path) -> None:
    """What nobody could look at counts as its rule says, and as a warning at least."""
    assert checked(tiny, column="marker", severity=severity) == status
    assert failed(tiny) == {"plans.plausible": counts}


def shown(project: Path) -> list[str]:
    """The table of what failed on the page on data quality: its headings, then its rows, as text."""
    html = open_review(project, 2022, "internal").findings_failed().html
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in re.findall("(?s)<tr.*?</tr>", html)]


def test_the_page_shows_what_a_failure_touches_before_who_mends_it(tiny: Path) -> None:
    """A reader sees the measures without scrolling to the side, and the critical failure first."""
    checked(tiny)

    head, first = shown(tiny)[:2]

    assert head.startswith("What was checked and found Outcome How serious Measures affected Source")
    assert "Failed: 2 of" in first
    assert "fail critical Standard , On time , Plans Tiny plans" in first


def test_the_page_shows_what_was_waived_last(tiny: Path) -> None:
    """Nobody has to unfold all checks to learn that a critical one was let pass, by whom and until when."""
    checked(tiny, WAIVER.format(expires="2022-12-31"))

    last = shown(tiny)[-1]

    assert "Waived until 2022-12-31 by Director: The publisher has confirmed the figures. waived critical" in last


@pytest.fixture(scope="module")
def failed_critically(opened: Opened) -> Review:
    """The demonstration, where the data of two measures on the page of priority 3b failed a critical check."""
    review = opened(2020, "public")
    finding = {"check": "a.b", "severity": "critical", "outcome": "fail", "source": "s"}
    measures = "requests_received_monthly;plans_in_place"
    found = FINDINGS.of([finding | {"rows_checked": 9.0, "rows_failed": 1.0, "measures": measures}])
    return Review(publish(judge_again(review.evidence, found), "public"))


def test_no_month_is_judged_of_data_that_failed_critically(failed_critically: Review) -> None:
    """The chart shows its figures, without limits, and says why nothing is said of them."""
    page = failed_critically.trends("3b").html

    assert "Requests, monthly: data failed a check, so not judged" in page
    assert "no limits are drawn and no month is judged" in page
    assert "Nothing stands out" not in page


def test_no_places_are_worked_out_from_data_that_failed_critically(failed_critically: Review) -> None:
    """Nobody plans places on a count that must first be put right."""
    page = failed_critically.further("3b").html

    assert "This was not worked out, because the data failed a critical check: Plans in place." in page
    assert "projected" not in page


def test_what_was_waived_is_printed(tiny: Path) -> None:
    """Whoever runs the checks reads what was let pass, until when, by which role and why."""
    checked(tiny, WAIVER.format(expires="2022-12-31"))

    printed = CliRunner().invoke(cli, ["check", "2022", "--project", str(tiny)]).output

    [told] = [line for line in printed.splitlines() if line.startswith("WAIVED")]
    assert told.startswith("WAIVED plans plans.plausible (critical): No authority issues more than 205 plans a year.")
    assert told.endswith("Waived until 2022-12-31 by Director: The publisher has confirmed the figures.")
