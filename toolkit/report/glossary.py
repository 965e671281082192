"""The terms of statistics that a page uses, each in plain words, so that no reader has to know them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from toolkit.words.bank import REPORT

__all__ = ["TERMS", "glosses", "words_used"]

TERMS = (
    "percentage_point",
    "baseline",
    "chance_alone",
    "margin",
    "interval",
    "similar_authorities",
    "average",
    "projection",
    "per_100",
    "illustrative",
    "rank",
    "quartile",
    "how_sure",
)
"""The terms that are explained, in this order, each with its phrases ``term`` and ``meaning``."""

_TAGS = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)


def glosses() -> Iterator[tuple[str, str]]:
    """(term as a page has it, what it means), in the order of ``TERMS``."""
    for term in TERMS:
        yield REPORT.say(f"glossary.{term}.term"), REPORT.say(f"glossary.{term}.meaning")


def words_used(html: str) -> list[tuple[str, str]]:
    """(term, meaning) of every term that the page's text has, in the order of ``TERMS``.

    >>> words_used("<p>Up 3 percentage points.</p>")[0][0]
    'percentage point'
    """
    text = unescape(_TAGS.sub(" ", html))
    return [(term, meaning) for term, meaning in glosses() if re.search(rf"\b{re.escape(term)}", text, re.IGNORECASE)]
