"""The four marks of a judgement: each is a word, a shape and a colour, never a colour alone.

Are we achieving (target)? Are we getting better (direction)? Is the duty met? How sure are we (confidence)?
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping

import pandas as pd

from toolkit.analysis.codes import CANNOT
from toolkit.frames import Judgement
from toolkit.report.shown import Html, Shown, as_text
from toolkit.words.bank import REPORT
from toolkit.words.numbers import say_no_data

__all__ = ["count_marks", "draw_mark", "duty_mark", "label_of", "mark", "marks"]

# Shapes on a 16 × 16 grid. They are drawn, not typed, so that no missing font can turn them into a box.
_SHAPES = {
    "full": Html('<circle cx="8" cy="8" r="7"/>'),
    "half": Html(
        '<path d="M8 1a7 7 0 0 1 0 14z"/>'
        '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    ),
    "three-quarters": Html(
        '<path d="M8 1a7 7 0 1 1-7 7h7z"/>'
        '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    ),
    "diamond": Html('<path d="M8 0l8 8-8 8-8-8z"/>'),
    "half-diamond": Html(
        '<path d="M8 0l8 8-8 8z"/><path d="M8 1.5L1.5 8 8 14.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    ),
    "ring": Html('<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'),
    "up": Html('<path d="M8 1l7 13H1z"/>'),
    "down": Html('<path d="M8 15L1 2h14z"/>'),
    "level": Html('<path d="M1 5h14v6H1z"/>'),
    "dash": Html('<path d="M3 7h10v2H3z"/>'),
    "cross": Html('<path d="M3 1l5 5 5-5 2 2-5 5 5 5-2 2-5-5-5 5-2-2 5-5-5-5z"/>'),
    "tick": Html('<path d="M1 9l2-2 3 3 7-8 2 2-9 10z"/>'),
    "bars-3": Html('<path d="M1 11h4v4H1zM6 6h4v9H6zM11 1h4v14h-4z"/>'),
    "bars-2": Html(
        '<path d="M1 11h4v4H1zM6 6h4v9H6z"/><path d="M11.5 1.5h3v13h-3z" fill="none" stroke="currentColor"/>'
    ),
    "bars-1": Html(
        '<path d="M1 11h4v4H1z"/><path d="M6.5 6.5h3v8h-3zM11.5 1.5h3v13h-3z" fill="none" stroke="currentColor"/>'
    ),
}

_LOOKS = {
    "met": ("full", "good"),
    "missed": ("diamond", "bad"),
    "likely": ("three-quarters", "good"),
    "possible": ("half", "warn"),
    "unlikely": ("half-diamond", "bad"),
    "not yet published": ("ring", "quiet"),
    "no target": ("dash", "quiet"),
    "cannot be judged": ("ring", "quiet"),
    "better": ("up", "good"),
    "worse": ("down", "bad"),
    "no clear change": ("level", "quiet"),
    "similar": ("level", "quiet"),
    "duty: met": ("tick", "good"),
    "duty: not met": ("cross", "bad"),
    "duty: cannot be shown": ("ring", "warn"),
    "no duty": ("dash", "quiet"),
    "high": ("bars-3", "quiet"),
    "medium": ("bars-2", "quiet"),
    "low": ("bars-1", "bad"),
    "green": ("full", "good"),
    "amber": ("up", "warn"),
    "red": ("diamond", "bad"),
    "pass": ("tick", "good"),
    "fail": ("cross", "bad"),
    "waived": ("half", "warn"),
    "error": ("cross", "bad"),
    "critical": ("diamond", "bad"),
    "warning": ("up", "warn"),
    "info": ("ring", "quiet"),
    "on time": ("tick", "good"),
    "conforms": ("tick", "good"),
    "conforms in part": ("half", "warn"),
    "does not conform": ("cross", "bad"),
    "check overdue": ("up", "warn"),
    "not checked": ("ring", "warn"),
    "complete": ("tick", "good"),
    "draft": ("diamond", "bad"),
}


def mark(word: str, about: str = "") -> Shown:
    """``word`` with its shape. ``about`` tells apart words that two marks share: met (target) and met (duty).

    A word without a look of its own, such as "due 2019-03-31", is shown as plain text; "" as "no data".
    """
    return Shown(draw_mark(word, label_of(word, about), about) if word else as_text(say_no_data()))


def label_of(word: str, about: str = "") -> str:
    """What stands beside the shape of ``word``; a word without a look of its own stands for itself."""
    look = _look_of(word, about)
    return REPORT.say(f"mark_label.{re.sub('[^a-z]+', '_', look)}") if look else word


def _look_of(word: str, about: str) -> str:
    return next((look for look in (f"{about}: {word}", word) if look in _LOOKS), "")


def draw_mark(word: str, label: str, about: str = "") -> Html:
    """``label`` as HTML with the shape and colour of ``word``; a word without a look of its own is plain text."""
    look = _look_of(word, about)
    if not look:
        return as_text(label)
    shape, tone = _LOOKS[look]
    picture = Html('<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>').format(_SHAPES[shape])
    return Html('<span class="mark {}">{} {}</span>').format(tone, picture, label)


def count_marks(
    words: pd.Series, kinds: Iterable[str], about: str = "", labels: Mapping[str, str] | None = None
) -> Shown:
    """How many of ``words`` there are of each kind, each with its mark and its label (``labels``: kind → another one).

    A kind that there is none of is left out; where there is none at all, the page says so.
    """
    many, other = words.value_counts(), labels or {}
    counts = (
        draw_mark(
            kind, REPORT.say("mark_count", count=many[kind], label=other.get(kind) or label_of(kind, about)), about
        )
        for kind in kinds
        if kind in many
    )
    return Shown(Html(" ").join(counts) or as_text(REPORT.say("no_marks")))


def duty_mark(judgement: Judgement) -> Shown:
    """Whether a measure meets its legal duty; a figure that cannot show it says so."""
    unclear = not judgement.statutory_status and not math.isnan(judgement.value)
    return mark(CANNOT if unclear else judgement.statutory_status, "duty")


def marks(words: pd.Series) -> pd.Series:
    """Every word of a column as ``mark`` shows it."""
    return pd.Series([mark(word) for word in words], index=words.index, dtype=object)
