"""The terms of statistics that a page uses, each in plain words, so that no reader has to know them."""

from __future__ import annotations

import re
from html import unescape

__all__ = ["GLOSSES", "words_used"]

GLOSSES = {
    "percentage point": "The difference between two percentages: from 60% to 65% is 5 percentage points.",
    "baseline": "The figure from before the strategy, or from its start, that change is counted from.",
    "chance alone": "Figures go up and down a little by themselves. A change counts only if it is bigger than that.",
    "margin": "How far a figure may be off, or may move, before the review calls it better or worse.",
    "interval": "The range in which the true figure most likely lies. Fewer people make it wider.",
    "similar authorities": "The councils whose areas are most like this one, as the government lists them.",
    "average": "All the figures added up and divided by how many there are.",
    "projection": "The line of past figures, drawn on into years to come. It is no promise.",
    "per 100": "How many there would be if there were 100 in all.",
    "illustrative": "Made up, to show how the review works.",
    "rank": "The place in a list of all councils. 1 is the best.",
    "quartile": "A quarter of all councils. Band A is the best quarter, band D the worst.",
    "How sure": "High, medium or low: it depends on how many people a figure rests on, and on what the checks found.",
}
"""Term as the page has it → its gloss."""

_TAGS = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)


def words_used(html: str) -> list[tuple[str, str]]:
    """(term, gloss) of every term that the page's text has, in the order of ``GLOSSES``.

    >>> words_used("<p>Up 3 percentage points.</p>")[0][0]
    'percentage point'
    """
    text = unescape(_TAGS.sub(" ", html))
    return [(term, gloss) for term, gloss in GLOSSES.items() if re.search(rf"\b{term}", text, re.IGNORECASE)]
