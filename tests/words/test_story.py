"""The sentences of the story: short, figure first, England and rank where they are known, an editor's word printed."""

import math
import re
from collections.abc import Callable
from typing import Any

import pytest

from toolkit.frames import STORY, StoryItem
from toolkit.params import Measure
from toolkit.review import Review
from toolkit.words.story import story_sentence, story_title

LONGEST = 25
"""Words of a sentence at most."""


def item(**given: Any) -> StoryItem:
    """A share that fell, with anything changed by name; what is not named is unknown."""
    blank = {name: math.nan if kind == "float64" else "" for name, (kind, _) in STORY.columns.items()}
    usual = {
        "measure": "m", "unit": "percent", "news": "law missed", "period": "2024", "value": 4.27, "numerator": 33.0,
        "denominator": 772.0, "year_before": "2023", "year_before_value": 6.0, "year_before_england": 50.3,
        "baseline_period": "2019", "baseline_value": 92.0, "floor": 100.0, "comparator_england": 46.4, "rank": 150.0,
        "rank_of": 151.0,
    }  # fmt: skip
    return StoryItem(**{name.rstrip("_"): value for name, value in (blank | usual | given).items()})


def measure(**given: Any) -> Measure:
    usual = {
        "id": "m", "priority": "1", "name": "Plans", "short_name": "Plans within 20 weeks", "why": "Why.",
        "unit": "percent", "decimals": 1, "polarity": "high", "basis": "calendar year", "source": "s", "value": "v",
    }  # fmt: skip
    return Measure.model_validate(usual | given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Plans within 20 weeks: 4.3% in 2024 (33 of 772), down from 6.0% in 2023. The law requires 100%. "
             "England: 46.4%. 150th of 151 authorities."),
        ({"news": "change since the baseline"}, "Plans within 20 weeks: 4.3% in 2024 (33 of 772), down from 92.0% in "
             "2019. England: 46.4%. 150th of 151 authorities."),
        ({"news": "change in a year", "rank": math.nan}, "Plans within 20 weeks: 4.3% in 2024 (33 of 772), down from "
             "6.0% in 2023. England went from 50.3% to 46.4%."),
        ({"year_before_value": 4.3, "comparator_england": math.nan, "rank": 1.0, "news": "outer rank"},
             "Plans within 20 weeks: 4.3% in 2024 (33 of 772), the same as in 2023. 1st of 151 authorities."),
        ({"value": math.nan}, ""),
    ],
)  # fmt: skip
def test_the_sentence_of_a_kind_of_news(given: dict[str, Any], says: str) -> None:
    assert story_sentence(item(**given), measure()) == says


def test_the_title_of_a_chart_says_what_its_figure_is_beside() -> None:
    """England where it has a figure, else the year before."""
    assert story_title(item(), measure()) == "Plans within 20 weeks: 4.3%; England 46.4%"
    alone = item(comparator_england=math.nan)
    assert story_title(alone, measure()) == "Plans within 20 weeks: 4.3%, down from 6.0% in 2023"


def test_without_polarity_the_rank_is_from_the_highest() -> None:
    assert story_sentence(item(rank=3.0, news="outer rank"), measure(polarity="none")).endswith(
        "3rd highest of 151 authorities."
    )


def test_the_editor_s_reason_is_printed_with_name_and_day() -> None:
    signed = {"override": "first", "override_name": "A. Head", "override_date": "2024-07-01"}
    says = story_sentence(item(**signed, override_reason="Families ask for it."), measure())

    assert says.endswith("Put first by A. Head on 1 July 2024: Families ask for it.")


@pytest.mark.parametrize("year", [2019, 2020, 2021])
def test_every_sentence_of_the_demonstration_is_short(year: int, opened: Callable[..., Review]) -> None:
    story = opened(year).frames.story
    sentences = [one for text in story["sentence"] for one in re.split(r"(?<=[.]) (?=[A-Z0-9])", text)]

    assert len(sentences) > 10
    assert [one for one in sentences if len(one.split()) > LONGEST] == []
