"""The front page in plain words: its reading age, and a gloss for each term of statistics."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from toolkit.report.glossary import glosses, words_used
from toolkit.review import Review

ROOT = Path(__file__).parents[2]
Opened = Callable[..., Review]
REPEATED = re.compile(r"<svg.*?</svg>|<caption.*?</caption>|<summary.*?</summary>", re.DOTALL)
PROSE = re.compile(r"<(p|li|td)\b[^>]*>(.*?)</\1>", re.DOTALL)


def reading_age(text: str) -> float:
    """Years of age: the Flesch-Kincaid grade (0.39 words a sentence + 11.8 syllables a word - 15.59) plus 5."""
    import textstat

    return float(textstat.flesch_kincaid_grade(text)) + 5


def sentences(html: str) -> list[str]:
    """What is read as prose: paragraphs, lines of lists, cells of six words or more. No name is taken out or changed.

    Names of measures, bodies and laws count as they stand, so that the figure is what a reader meets.
    """
    found = [(name, " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())) for name, text in PROSE.findall(html)]
    kept = [text for name, text in found if name != "td" or len(text.split()) >= 6]
    return [text if text.endswith((".", "?", "!", ":")) else f"{text}." for text in kept if text]


@pytest.mark.slow
@pytest.mark.parametrize("year", [2019, 2020])
def test_a_reader_of_twelve_can_read_the_front_page(year: int, opened: Opened) -> None:
    """The front page, the decisions and the annexes of both years have a reading age of at most 12."""
    review = opened(year)
    parts = [review.story(), review.what_moved(), review.what_to_decide(), review.actions_and_responses()]
    parts += [review.next_targets(), review.cautions(), review.main_measures(), review.overview(), review.changes()]
    parts += [review.requests(), review.commentary("overview"), review.decisions()]
    parts += [review.duties(), review.quality(), review.suppression(), review.accessibility()]
    pages = {"all": parts, "the brief": parts[:7], "accessibility statement": parts[-1:]}
    ages = {name: reading_age("\n".join(sentences(REPEATED.sub("", "".join(p.html for p in shown)))))
            for name, shown in pages.items()}  # fmt: skip
    assert all(age <= 12 for age in ages.values()), ages


def test_long_words_are_not_plain() -> None:
    """The measure itself can fail: a sentence of long words is far above 12."""
    assert reading_age("Statistically heterogeneous multidisciplinary commissioning necessitates reconciliation.") > 20


def test_each_gloss_is_plain() -> None:
    """What explains a term is not harder than the term."""
    assert reading_age("\n".join(meaning for _, meaning in glosses())) <= 12


def test_a_page_explains_the_terms_it_uses_and_no_others() -> None:
    """A term in the text is glossed; one that is only inside a drawing or a tag is not."""
    html = '<p class="rank">Up 3 <b>percentage points</b> by chance alone.</p><svg><title>margin</title></svg>'
    assert [term for term, _ in words_used(html)] == ["percentage point", "chance alone"]
