"""The shipped strategy is complete: what the Cabinet report promises stands in params."""

from collections import Counter
from pathlib import Path

import pytest

from toolkit.params import load_decisions, load_project, load_review

ROOT = Path(__file__).parents[2]
PROJECT = load_project(ROOT, 2020)
STRATEGY = PROJECT.strategy


def test_four_priorities_the_third_in_two_parts():
    """Priorities 1 to 4, reviewed as 1, 2, 3a, 3b and 4."""
    assert [priority.id for priority in STRATEGY.priorities] == ["1", "2", "3", "4"]
    assert [part.id for part in STRATEGY.reviewed_parts()] == ["1", "2", "3a", "3b", "4"]


def test_the_catalogue_is_large_enough_everywhere():
    """At least 30 measures, and at least 5 under each of the five."""
    counts = Counter(measure.priority for measure in PROJECT.active())

    assert counts.total() >= 30
    assert min(counts[part.id] for part in STRATEGY.reviewed_parts()) >= 5


def test_every_promised_communication_is_there():
    """Two newsletters, one event and one formal round of feedback a year; the refresh is first due in April 2019."""
    often = Counter(c.times_a_year for c in STRATEGY.communications)

    assert often[2] >= 1
    assert often[1] >= 3
    assert any("2019" in c.first for c in STRATEGY.communications)


def test_minor_changes_are_the_directors_and_major_ones_cabinets():
    """The report lets the Director make minor amendments and sends major changes to Cabinet."""
    assert {a.kind: a.authority for a in STRATEGY.amendments} == {"minor": "director", "major": "cabinet"}


def test_the_board_has_all_its_members():
    """Paragraph 16 names the Council's three departments, health bodies, schools, colleges and the parents' forum."""
    board = load_project(ROOT).governance.body("board")

    assert len(board.members) >= 10


def test_every_duty_of_paragraph_13_is_registered():
    """The report lists seven duties of the Children and Families Act 2014."""
    assert len([duty for duty in STRATEGY.duties if duty.paragraph.startswith("13")]) >= 7


@pytest.mark.parametrize("year", [2019, 2020])
def test_a_review_is_short_and_whole(year: int):
    """What changes each year fits on forty lines: cut-off, baseline, targets; each priority has its comment."""
    folder = ROOT / "params" / str(year)
    review = load_review(PROJECT, year)

    assert len((folder / "review.yaml").read_text(encoding="utf-8").splitlines()) <= 40
    assert review.cut_off.isoformat() == f"{year}-04-30"
    assert review.targets
    expected = {"overview", *(part.id for part in STRATEGY.reviewed_parts())}
    assert {path.stem for path in (folder / "commentary").glob("*.md")} == expected
    assert load_decisions(ROOT, year)
