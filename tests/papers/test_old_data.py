"""Old data and a strategy whose term has ended are named on the front page and in every paper, before anything else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from toolkit.params import Policy
from toolkit.quality import NewestData, new_data_findings, year_before
from toolkit.report.papers import Paper
from toolkit.review import Review

FORMS = sorted(path.stem for path in (Path(__file__).parents[2] / "params" / "papers").glob("*.yaml"))
SAID = {
    "easy_read": "Some of our numbers are old. The oldest are from April 2018.",
    "families": "The oldest is from April 2018.",
}
ENDED = {"easy_read": "There is no new plan yet.", "families": "There is no new one yet."}
"""What each audience reads; the others read the words of the front page."""


@pytest.fixture(scope="module")
def late(opened: Callable[..., Review]) -> Review:
    """The review of 2020 made after the term of its strategy, from a work plan of 2018 and a survey of 2019."""
    frames = opened(2020).frames
    inputs = frames.inputs
    last = inputs.project.strategy.term.last_day + timedelta(days=1)
    newest = [
        NewestData("work_plan", "SEND work plan", "work_plan", date(2018, 4, 30), "Lead", True),
        NewestData("survey", "Survey of parents", "survey", date(2019, 4, 30), "Lead", True),
    ]
    old = new_data_findings(newest, year_before(last), last, Policy())
    inputs = replace(inputs, year=inputs.year.model_copy(update={"cut_off": last}))
    findings = pd.concat([frames.evidence.findings, old], ignore_index=True)
    return Review(replace(frames, evidence=replace(frames.evidence, inputs=inputs, findings=findings)))


def test_the_front_page_names_each_old_source_with_its_day(late: Review) -> None:
    """And says that the review is a draft for one of them, and that the strategy has ended."""
    page = str(late.cautions().html)
    assert "2 sources have no new data for the year of this review: SEND work plan (30 April 2018) and" in page
    assert "Survey of parents (30 April 2019)" in page
    assert "One of them is older than the policy allows." in page
    assert page.index("SEND work plan (30 April 2018)") < page.index("illustrative")
    assert "No other strategy is in force." in str(late.story().html)


@pytest.mark.parametrize("name", FORMS)
def test_every_paper_says_so_first_in_the_words_of_its_audience(late: Review, name: str) -> None:
    """A reader of any paper meets it before the first figure."""
    audience = late.frames.inputs.papers.form(name).audience
    said = texts(late.compose_paper(name, "spring"))
    first = next(number for number, text in enumerate(said) if SAID.get(audience, "(30 April 2018)") in text)
    assert first <= 12
    assert any(ENDED.get(audience, "No other strategy is in force.") in text for text in said[first:])


def test_a_review_of_new_data_says_nothing(opened: Callable[..., Review]) -> None:
    """The demonstration's review of 2020 has new data of every source."""
    review = opened(2020)
    assert "no new data" not in str(review.cautions().html)
    assert not any("no new data" in text for name in FORMS for text in texts(review.compose_paper(name, "spring")))


def texts(paper: Paper) -> list[str]:
    """The texts of a paper in reading order."""
    return [text for piece in paper.pieces for text in piece.texts]
