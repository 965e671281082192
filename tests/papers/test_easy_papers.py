"""Easy read and the young people's page can be read by a child of nine."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import textstat

from toolkit.report.papers import Paper, TemplateFacts, compose, sections_of
from toolkit.report.papers.template_rows import Naming, decisions
from toolkit.review import Review
from toolkit.review.pages.papers import words
from toolkit.words.bank import phrases_for

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
EASY = ["easy_read", "young_people"]
OLDEST = 9
"""Years of age. Flesch-Kincaid gives a school grade of the United States; children start grade 1 at six."""
MOST_WORDS = 15


def decision_rows(review: Review, as_at: date, **changed: object) -> list[dict[str, str]]:
    """The rows of decisions as an easy paper of that day has them; ``changed`` are columns of DECISIONS."""
    evidence = review.evidence
    naming = Naming({}, evidence.inputs.project.governance, as_at, phrases_for("easy_read"))
    return decisions(evidence.decisions.assign(**changed), evidence.inputs.recorded, naming)


def lines_of(paper: Paper) -> list[str]:
    """What is said, line by line; quotes are people's own words and are left as they are."""
    return [text for piece in paper.pieces if piece.kind not in ("picture", "quotes") for text in piece.texts]


@pytest.mark.parametrize("name", EASY)
def test_reading_age_is_nine_at_most(review: Review, name: str) -> None:
    """Nobody needs more schooling than a child of nine to read it."""
    text = "\n".join(re.sub(r"([^.?!:])$", r"\1.", line) for line in lines_of(review.compose_paper(name)))
    age = textstat.flesch_kincaid_grade(text) + 5
    assert age <= OLDEST, f"{name}: reading age {age:.1f}"


@pytest.mark.parametrize("name", EASY)
def test_one_idea_a_line(review: Review, name: str) -> None:
    """Each line is one sentence, and short."""
    for line in lines_of(review.compose_paper(name)):
        assert len(line.split()) <= MOST_WORDS, line
        assert not re.search(r"[.?!] +\S", line), f"two sentences: {line}"
        assert ";" not in line


@pytest.mark.parametrize("name", EASY)
def test_every_line_begins_with_a_capital(review: Review, name: str) -> None:
    """A fact put in front of a sentence does not leave it beginning small."""
    for line in lines_of(review.compose_paper(name)):
        assert line[0].isupper() or line[0].isdigit(), line


@pytest.mark.parametrize("name", EASY)
def test_every_section_has_a_picture_that_is_described(review: Review, name: str) -> None:
    """A reader who cannot read finds the section by its picture, one who cannot see by its description."""
    paper = review.compose_paper(name)
    headings = [piece for piece in paper.pieces if piece.kind == "heading"]
    html = review.paper(name).html
    assert html.count('class="picture" role="img" aria-label="') == len(headings) > 0


@pytest.mark.parametrize("name", EASY)
@pytest.mark.parametrize("worded", [True, False])
def test_a_lowered_target_is_told_as_one_that_is_easier(review: Review, name: str, worded: bool) -> None:
    """Whatever the year's own words say of it, and where they leave it out."""
    rows = decision_rows(review, date(2018, 1, 1))
    (lowered,) = [row["id"] for row in rows if row["change"] == "lower"]
    plain = {lowered: ("We want a new goal for this.",)} if worded else {}
    said = TemplateFacts(words(review.evidence.inputs) | {"as_at": "today"}, {"decisions": rows}, plain)
    lines = lines_of(compose(review.evidence.inputs.papers.form(name), said))
    at = lines.index("The new goal is easier to reach.")
    assert lines[at - 1] == ("We want a new goal for this." if worded else "We want to change one of our goals.")
    assert lines.count("The new goal is easier to reach.") == 1
    assert lines[at + 1].startswith("The Cabinet is asked on")


@pytest.mark.parametrize("name", EASY)
@pytest.mark.parametrize(("as_at", "told"), [("2020-05-20", False), ("2020-05-21", True)])
def test_what_is_decided_after_the_papers_day_is_not_told_yet(
    name: str, as_at: str, told: bool, opened: Opened
) -> None:
    """The pause of 21 May is no news on 20 May; what goes to Cabinet in June is told as asked on both days."""
    review = opened(2020)
    rows = decision_rows(review, date.fromisoformat(as_at))
    inputs = review.evidence.inputs
    said = TemplateFacts(words(inputs) | {"as_at": as_at}, {"decisions": rows}, inputs.papers.plain)
    lines = lines_of(compose(inputs.papers.form(name), said))
    assert ("This has stopped due to the virus." in lines) == told
    assert lines.count("The Cabinet is asked on 23 June 2020.") == 2


def test_what_is_red_is_not_told_as_going_well(review: Review) -> None:
    """A target that is met does not make good a legal duty that is not: it stands under what must get better."""
    sections = {section[0].texts[0]: section[1:] for section in sections_of(review.compose_paper("easy_read"))}
    well, better = (
        "\n".join(text for piece in sections[heading] for text in piece.texts)
        for heading in ("What is going well?", "What must get better?")
    )
    assert "plans must be on time" in better
    assert "plans must be on time" not in well
    assert "did well" in well or "said that it helps" in well
    assert "We got to our goal here." in well
    assert "not got to our goals" not in well


@pytest.mark.parametrize(
    ("as_at", "told"), [("2019-06-24", "The Cabinet is asked on"), ("2019-06-25", "The Cabinet said yes on")]
)
def test_whether_cabinet_has_said_yes_is_told_as_of_the_papers_day(review: Review, as_at: str, told: str) -> None:
    """A decision is only told as made where Cabinet met by the day that the paper speaks from."""
    rows = decision_rows(
        review,
        date.fromisoformat(as_at),
        put_to="cabinet",
        agreed_on="2019-06-25",
        effective_on="2019-06-25",
        escalate=True,
    )
    inputs = review.evidence.inputs
    said = TemplateFacts(words(inputs) | {"as_at": as_at}, {"decisions": rows}, inputs.papers.plain)
    for name in EASY:
        lines = lines_of(compose(review.evidence.inputs.papers.form(name), said))
        assert {line for line in lines if line.startswith("The Cabinet")} == {f"{told} 25 June 2019."}
