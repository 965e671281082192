"""Easy read and the young people's page can be read by a child of nine."""

import re

import pytest
import textstat

from toolkit.report.papers import Paper
from toolkit.review import Review

EASY = ["easy_read", "young_people"]
OLDEST = 9
"""Years of age. Flesch-Kincaid gives a school grade of the United States; children start grade 1 at six."""
MOST_WORDS = 15


def lines_of(paper: Paper) -> list[str]:
    """What is said, line by line; quotes are people's own words and are left as they are."""
    return [text for piece in paper.pieces if piece.kind not in ("picture", "quotes") for text in piece.texts]


@pytest.mark.parametrize("name", EASY)
def test_reading_age_is_nine_at_most(review: Review, name: str) -> None:
    """Nobody needs more schooling than a child of nine to read it."""
    text = "\n".join(re.sub(r"([^.?!:])$", r"\1.", line) for line in lines_of(review.composed(name)))
    age = textstat.flesch_kincaid_grade(text) + 5
    assert age <= OLDEST, f"{name}: reading age {age:.1f}"


@pytest.mark.parametrize("name", EASY)
def test_one_idea_a_line(review: Review, name: str) -> None:
    """Each line is one sentence, and short."""
    for line in lines_of(review.composed(name)):
        assert len(line.split()) <= MOST_WORDS, line
        assert not re.search(r"[.?!] +\S", line), f"two sentences: {line}"
        assert ";" not in line


@pytest.mark.parametrize("name", EASY)
def test_every_line_begins_with_a_capital(review: Review, name: str) -> None:
    """A fact put in front of a sentence does not leave it beginning small."""
    for line in lines_of(review.composed(name)):
        assert line[0].isupper() or line[0].isdigit(), line


@pytest.mark.parametrize("name", EASY)
def test_every_section_has_a_picture_that_is_described(review: Review, name: str) -> None:
    """A reader who cannot read finds the section by its picture, one who cannot see by its description."""
    paper = review.composed(name)
    headings = [piece for piece in paper.pieces if piece.kind == "heading"]
    html = review.paper(name).html
    assert html.count('class="picture" role="img" aria-label="') == len(headings) > 0
