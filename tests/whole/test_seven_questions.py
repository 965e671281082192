"""Seven questions that a Board member asks, answered from the text of the front page alone."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from toolkit.review import Review

pytestmark = pytest.mark.slow
Opened = Callable[..., Review]

QUESTIONS = {
    "is the 20-week duty met, and since when": (
        r"Plans within 20 weeks.{0,160}(Not fully met in any year from|Met every year since)"
    ),
    "which things got worse": r"What got worse (\S.{10,200}? from \S+.{0,30} in \d{4}.*?){2}What got better",
    "what is the Board asked to decide, by when": (
        r"Who decides, and when .*?(\d{1,2} \w+ \d{4}|no meeting date set)"
        r"|Nothing is left to decide|No decision is proposed"
    ),
    "what should not be relied on": r"What should you not rely on\?.*\d+ of \d+ measures can be compared with",
    "what did families say and what was done": (
        r"What families said, and what was done .*?(Most common theme|Nobody was asked)"
    ),
    "which actions are late and whose": (
        r"Late actions .*?(days late \(due .*?Lead: \w+|No action is past|no work plan)"
    ),
    "what are next year's targets": (
        r"next year’s targets\? \S.*?: \S+.*? by \d{4}.*?; latest \S+|No measure has a target"
    ),
}


def text_of(html: str) -> str:
    """A page as its words, without its drawings."""
    plain = re.sub(r"<svg.*?</svg>|<details.*?</details>|<(style|script|template).*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]+>", " ", plain)).split()).replace(" :", ":").replace(" .", ".")


def front_page(review: Review) -> str:
    """The front page of a review in words, without running its notebook."""
    parts = {
        "": review.story(),
        "What got worse, and what got better?": review.what_moved(),
        "What are you asked to decide?": review.what_to_decide(),
        "Which actions are late?": review.actions_and_responses(),
        "What are next year’s targets?": review.next_targets(),
        "What should you not rely on?": review.cautions(),
    }
    return text_of(" ".join(f"<h2>{heading}</h2> {shown.html}" for heading, shown in parts.items()))


def unanswered(page: str) -> list[str]:
    return [question for question, answer in QUESTIONS.items() if not re.search(answer, page, re.DOTALL)]


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_demonstration_answers(year: int, opened: Opened) -> None:
    """The best year and the year after."""
    assert unanswered(front_page(opened(year))) == []


def test_an_authority_of_2025_answers(example_2025: Path) -> None:
    """Published figures alone: no work plan, no survey, and the page says so."""
    page = text_of((example_2025 / "outputs" / "2025" / "index.html").read_text(encoding="utf-8"))
    assert unanswered(page) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_that_counts_marks_answers_nothing(question: str) -> None:
    """The questions can go unanswered: this is what the front page used to say."""
    assert question in unanswered("1 off track, 1 met; 1 worse of 8; 4 not met. 8 proposals. Yes. 684 of 686 passed.")
