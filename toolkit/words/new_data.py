"""What a page or a paper says of old data, of an authority that is new, or of a strategy whose term has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.frames import Judgement
from toolkit.quality import OldSource
from toolkit.words.bank import REPORT, Phrases, join_and
from toolkit.words.numbers import format_date, format_period

__all__ = [
    "count_old_sources",
    "describe_figure_date",
    "describe_new_body",
    "describe_old_sources",
    "describe_term_ended",
]

_NAMED = 3
"""How many sources are named in one line; the rest are counted."""


def describe_old_sources(old: Sequence[OldSource], phrases: Phrases = REPORT) -> str:
    """Which sources had nothing new in the year of the review, and of when their newest data are; "" where all had.

    >>> plan = OldSource("plan", "Work plan", "work_plan", date(2019, 4, 30), 12, critical=False, illustrative=False)
    >>> describe_old_sources([plan]).split(". ")[0]
    'One source has no new data for the year of this review: Work plan (30 April 2019)'
    """
    if not old:
        return ""
    listed = join_and(phrases.say("old_data.source", title=one.title, last=format_date(one.last)) for one in old)
    kinds = join_and(dict.fromkeys(phrases.say(f"old_data.kind.{one.kind}") for one in old))
    oldest = format_period(min(one.last for one in old).isoformat()[:7])
    words = [phrases.say("old_data.said", count=len(old), sources=listed, kinds=kinds, oldest=oldest)]
    if grave := sum(one.critical for one in old):
        words.append(phrases.say("old_data.draft", count=grave))
    return " ".join(filter(None, words))


def count_old_sources(titles: Sequence[str]) -> str:
    """How many sources had nothing new in the year of a review, and the first of them by name; "" where all had.

    >>> count_old_sources(["Work plan", "Survey", "Absence", "Places", "Quotes"])
    '5 sources have no new data for the year of this review: Work plan; Survey; Absence; and 2 more'
    """
    if not titles:
        return ""
    more = len(titles) - _NAMED
    named = "; ".join([*titles[:_NAMED], *([REPORT.say("old_data.more", count=more)] if more > 0 else [])])
    return REPORT.say("old_data.counted", count=len(titles), sources=named)


def describe_new_body(name: str, began: date, followed: Sequence[str]) -> str:
    """That the authority did not exist before a day, and whose figures stand beside its own for earlier periods.

    >>> describe_new_body("Cumberland", date(2023, 4, 1), [])
    'Cumberland did not exist before April 2023, so it has no figures of its own for earlier periods.'
    """
    words = [REPORT.say("new_body.began", name=name, month=format_period(began.isoformat()[:7]))]
    if followed:
        words.append(REPORT.say("new_body.followed", names=join_and(followed)))
    return " ".join(words)


def describe_term_ended(title: str, last: date, phrases: Phrases = REPORT) -> str:
    """Say that the term of the strategy has ended, and that no other strategy is in force."""
    return phrases.say("term_ended", title=title, last=format_date(last), year=str(last.year))


def describe_figure_date(judgement: Judgement) -> str:
    """The period of a figure, and the day of its source where that had nothing new in the year of the review."""
    period = format_period(judgement.period)
    if not judgement.as_of:
        return REPORT.say("table.in_period", period=period)
    return REPORT.say("table.in_period_as_of", period=period, last=format_date(judgement.as_of))
