"""One measure in a few words: the sentence of a page or a paper, the title of its chart, what its chart shows.

Made from the judgement alone: what happened and against what, never why.
"""

from __future__ import annotations

import math

from toolkit.analysis.codes import Direction, Marker, StatutoryStatus, TargetStatus
from toolkit.analysis.precision import refine_decimals
from toolkit.analysis.trends import meaning_of
from toolkit.frames import Judgement
from toolkit.params import Measure
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.numbers import format_figure, format_move, format_period, format_target, reads_same

__all__ = ["chart_title", "describe_chart", "measure_sentence", "say_trend", "target_sentence"]


def measure_sentence(judgement: Judgement, measure: Measure, phrases: Phrases = REPORT) -> str:
    """One to three short sentences on one judgement, in the words of an audience.

    >>> measure_sentence(judgement, measure)  # doctest: +SKIP
    'Plans within 20 weeks: 98.9% in 2018, better than 91.0% in 2016. It meets the target of 95% by 2019.'
    """
    name = measure.short_name
    if math.isnan(judgement.value):
        duty = [phrases.say("measure_duty.hidden")] if judgement.statutory_status == StatutoryStatus.HIDDEN else []
        return " ".join([phrases.say("measure.sentence", name=name, what=_no_figure(judgement, phrases)), *duty])
    measure = refine_decimals(measure, judgement)
    what = _value(judgement, measure, phrases) + _since(judgement, measure, phrases)
    parts = [phrases.say("measure.sentence", name=name, what=what), target_sentence(judgement, measure, phrases)]
    if judgement.statutory_status in (StatutoryStatus.MET, StatutoryStatus.NOT_MET):
        parts.append(phrases.say(f"measure_duty.{StatutoryStatus(judgement.statutory_status).name.lower()}"))
    return " ".join(part for part in parts if part)


def target_sentence(judgement: Judgement, measure: Measure, phrases: Phrases = REPORT) -> str:
    """How the figure stands against its target; "" without one."""
    mark = TargetStatus(judgement.target_status)
    if mark == TargetStatus.NO_TARGET:
        return ""
    aim = format_target(judgement.target, measure.unit, measure.decimals)
    return phrases.say(f"measure_target.{mark.name.lower()}", aim=aim, by=format_period(judgement.target_period))


def chart_title(judgement: Judgement, measure: Measure) -> str:
    """The message of a chart: the measure and what happened to it, in a few words.

    >>> chart_title(judgement, measure)  # doctest: +SKIP
    'Plans within 20 weeks: better than in 2016'
    """
    if math.isnan(judgement.value):
        what = _no_figure(judgement)
    elif judgement.direction in _CHANGES:
        key = f"chart_title.{Direction(judgement.direction).name.lower()}"
        what = REPORT.say(key, baseline=format_period(judgement.baseline_period))
    else:
        what = _value(judgement, measure)
    return REPORT.say("chart_title.whole", name=measure.short_name, what=what)


def describe_chart(judgement: Judgement, measure: Measure, authority: str) -> str:
    """What a chart of the measure shows, for those who cannot see it: the authority, the target, England, others."""
    parts = []
    if not math.isnan(judgement.value):
        what = _value(judgement, measure) + _since(judgement, measure)
        parts.append(REPORT.say("measure.sentence", name=authority, what=what))
    compared = (("england", judgement.comparator_england), ("neighbours", judgement.comparator_neighbours))
    parts += [
        REPORT.say(f"chart_comparator.{who}", value=format_figure(value, measure.unit, measure.decimals))
        for who, value in compared
        if not math.isnan(value)
    ]
    parts.append(target_sentence(judgement, measure))
    return " ".join(part for part in parts if part) or REPORT.say("measure.nothing_to_show")


def say_trend(judgement: Judgement, measure: Measure) -> str:
    """The recent trend, and whether it is for the better: "increasing, getting worse"."""
    meaning = meaning_of(judgement.trend, measure.polarity)
    if meaning is None:
        return judgement.trend
    return REPORT.say(f"trend_word.{meaning.name.lower()}", trend=judgement.trend)


_CHANGES = (Direction.BETTER, Direction.WORSE, Direction.NO_CLEAR_CHANGE)
_MARKERS = {
    str(Marker.HIDDEN): "hidden",
    str(Marker.NOT_APPLICABLE): "not_applicable",
    str(Marker.ROUNDS_TO_ZERO): "rounds_to_zero",
}


def _no_figure(judgement: Judgement, phrases: Phrases = REPORT) -> str:
    if not judgement.marker:
        return phrases.say("measure_missing.not_yet")
    key = _MARKERS.get(judgement.marker, "not_available")
    when = phrases.say("measure_missing.when", period=format_period(judgement.period)) if judgement.period else ""
    return phrases.say(f"measure_missing.{key}", when=when)


def _value(judgement: Judgement, measure: Measure, phrases: Phrases = REPORT) -> str:
    value = format_figure(judgement.value, measure.unit, measure.decimals)
    return phrases.say("measure.figure", value=value, period=format_period(judgement.period))


def _since(judgement: Judgement, measure: Measure, phrases: Phrases = REPORT) -> str:
    """What happened since the baseline: nothing where there is no baseline figure that it may be compared with."""
    if math.isnan(judgement.baseline_value) or math.isnan(judgement.change):
        return ""
    value = format_figure(judgement.baseline_value, measure.unit, measure.decimals)
    before = phrases.say("measure.figure", value=value, period=format_period(judgement.baseline_period))
    if judgement.direction in _CHANGES:
        return phrases.say(f"measure_change.{Direction(judgement.direction).name.lower()}", before=before)
    if reads_same(judgement.value, judgement.baseline_value, measure.decimals):
        return phrases.say("measure_change.same", before=before)
    move = format_move(judgement.value, judgement.baseline_value, measure.unit, measure.decimals)
    return phrases.say("measure_change.moved", move=move, before=before)
