"""The news of a measure in short sentences: the figure and since when, then what it is held against."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from toolkit.analysis.story_codes import NewsKind
from toolkit.frames import STORY, StoryItem
from toolkit.params import Measure
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date, format_figure, format_period, format_target, reads_same

__all__ = ["say_rank", "story_news", "story_sentence", "story_title", "with_sentences"]

_IN_A_YEAR = (NewsKind.YEAR, NewsKind.REVERSAL)


def with_sentences(story: pd.DataFrame, measures: Mapping[str, Measure]) -> pd.DataFrame:
    """STORY with each item in words, in the column ``sentence``."""
    rows = STORY.rows(story)
    return story.assign(sentence=[story_sentence(item, measures[item.measure]) for item in rows])


def story_sentence(item: StoryItem, measure: Measure) -> str:
    """The name of the measure and its news; "" where there is no figure.

    >>> story_sentence(item, measure)  # doctest: +SKIP
    'Plans within 20 weeks: 4.3% in 2024 (33 of 772), down from 6.0% in 2023. The law requires 100%. England: 46.4%.'
    """
    if math.isnan(item.value):
        return ""
    return REPORT.say("story.sentence", name=measure.short_name, news=story_news(item, measure))


def story_news(item: StoryItem, measure: Measure) -> str:
    """What happened, then the law or the target, England and the rank."""
    return " ".join(_sentences(item, measure))


def story_title(item: StoryItem, measure: Measure) -> str:
    """The news as the title of a chart: the figure beside England, or else beside that of before.

    >>> story_title(item, measure)  # doctest: +SKIP
    'Plans within 20 weeks: 4.3%; England 46.4%'
    """
    facts = {"name": measure.short_name, "figure": _say(item.value, measure)}
    if measure.unit != "number" and not math.isnan(item.comparator_england):
        return REPORT.say("story.title_beside_england", england=_say(item.comparator_england, measure), **facts)
    return REPORT.say("story.title", since=_since(item, measure), **facts)


def _sentences(item: StoryItem, measure: Measure) -> Iterator[str]:
    facts = {"figure": _say(item.value, measure), "period": format_period(item.period), "counts": _counts(item)}
    yield REPORT.say("story.figure", since=_since(item, measure), **facts)
    if item.news == NewsKind.LAW:
        yield REPORT.say("story.law", floor=format_target(item.floor, measure.unit, measure.decimals))
    if item.news == NewsKind.TARGET:
        aim = format_target(item.target, measure.unit, measure.decimals)
        yield REPORT.say("story.target", aim=aim, by=format_period(item.target_period))
    yield from _beside_others(item, measure)
    if item.override:
        day = format_date(item.override_date)
        key = "story.put_first" if item.override == "first" else "story.left_out"
        yield REPORT.say(key, name=item.override_name, day=day, reason=item.override_reason.rstrip("."))


def _say(value: float, measure: Measure) -> str:
    return format_figure(value, measure.unit, measure.decimals)


def _counts(item: StoryItem) -> str:
    if math.isnan(item.numerator) or math.isnan(item.denominator):
        return ""
    return REPORT.say("story.counts", part=f"{item.numerator:,.0f}", whole=f"{item.denominator:,.0f}")


def _since(item: StoryItem, measure: Measure) -> str:
    """The figure of a year before, or of the baseline where that is the news or nothing else is known."""
    from_baseline = item.news == NewsKind.BASELINE or math.isnan(item.year_before_value)
    before, then = (
        (item.baseline_value, item.baseline_period) if from_baseline else (item.year_before_value, item.year_before)
    )
    if math.isnan(before) or then == item.period:
        return ""
    if reads_same(item.value, before, measure.decimals):
        return REPORT.say("story.same", then=format_period(then))
    key = "story.up" if item.value > before else "story.down"
    return REPORT.say(key, before=_say(before, measure), then=format_period(then))


def _beside_others(item: StoryItem, measure: Measure) -> Iterator[str]:
    """England, with its own change where a change is the news; similar authorities where they are; the rank."""
    if measure.unit == "number":
        return
    england = item.comparator_england
    if item.news in _IN_A_YEAR and not math.isnan(england) and not math.isnan(item.year_before_england):
        yield _england_in_a_year(item, measure)
    elif not math.isnan(england):
        yield REPORT.say("story.england", value=_say(england, measure))
    if item.news == NewsKind.SIMILAR:
        yield REPORT.say("story.similar", value=_say(item.comparator_neighbours, measure))
    if not math.isnan(item.rank):
        yield _rank(item, measure)


def _england_in_a_year(item: StoryItem, measure: Measure) -> str:
    now, before = item.comparator_england, item.year_before_england
    if reads_same(now, before, measure.decimals):
        return REPORT.say("story.england_same", value=_say(now, measure))
    return REPORT.say("story.england_moved", before=_say(before, measure), value=_say(now, measure))


def _rank(item: StoryItem, measure: Measure) -> str:
    if item.rank == 1 and measure.polarity == "none":
        return REPORT.say("story.rank_highest_first", of=f"{item.rank_of:.0f}")
    key = "story.rank_highest" if measure.polarity == "none" else "story.rank_best"
    return REPORT.say(key, rank=say_rank(int(item.rank)), of=f"{item.rank_of:.0f}")


def say_rank(number: int) -> str:
    """
    >>> say_rank(1), say_rank(12), say_rank(103)
    ('1st', '12th', '103rd')
    """
    last = {1: "first", 2: "second", 3: "third"}.get(number % 10 if number % 100 not in (11, 12, 13) else 0, "fourth")
    return REPORT.say(f"ordinal.{last}", number=number)
