"""The story of a review: the news of every measure, scored by size and sureness, in the order in which it is listed.

Pure functions of RESULTS and JUDGEMENTS. Worked out from protected ones, it says nothing that they do not say.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import pandas as pd

from toolkit.analysis.codes import Doubt
from toolkit.analysis.setting import Setting
from toolkit.analysis.story_codes import Omission
from toolkit.analysis.story_order import order_of_story
from toolkit.analysis.story_parts import MeasureNews, Parts, kind_of, parts_of, tone_of
from toolkit.analysis.story_series import series_by_measure
from toolkit.frames import JUDGEMENTS, STORY, Judgement
from toolkit.params import Measure, StoryRule

__all__ = ["story_of"]


def story_of(
    results: pd.DataFrame, judgements: pd.DataFrame, setting: Setting, measures: Sequence[Measure]
) -> pd.DataFrame:
    """STORY from RESULTS and JUDGEMENTS of ``measures``, by place, then by score, then in the order of the strategy.

    ``sentence`` stays empty until ``toolkit.words.story`` fills it.
    """
    catalogue = {measure.id: measure for measure in measures}
    series = series_by_measure(results, measures, setting.minimum_base)
    rows = [
        _row(MeasureNews(judgement, series[judgement.measure], setting, setting.story), catalogue)
        for judgement in JUDGEMENTS.rows(judgements)
    ]
    return STORY.of(order_of_story(rows, catalogue, setting))


def _row(news: MeasureNews, catalogue: Mapping[str, Measure]) -> dict[str, Any]:
    why_not = _why_not_scored(news.judgement)
    parts = Parts() if why_not else parts_of(news)
    weight, sureness = weight_of(news.measure, catalogue, news.rule), _sureness(news)
    kind = kind_of(parts, news.rule)
    return {
        **_figures(news),
        "place": math.nan,
        "news": kind,
        "tone": tone_of(news, kind),
        "score": round(weight * sureness * _weigh(parts, news.rule), 4),
        "law": parts.law,
        "target_miss": parts.target,
        "england": parts.england,
        "similar": parts.similar,
        "outer_rank": parts.rank,
        "year": parts.year,
        "since_baseline": parts.baseline,
        "reversal": parts.reversal,
        "weight": weight,
        "sureness": sureness,
        "omitted": why_not,
    }


def _weigh(parts: Parts, rule: StoryRule) -> float:
    """The parts by their weights, added one by one: ``sum`` of Python 3.12 rounds in another way than that of 3.11."""
    return reduce(add, (getattr(rule.weights, name) * part for name, part in parts._asdict().items()), 0.0)


def _why_not_scored(judgement: Judgement) -> str:
    """Why nothing can be said of a measure; "" where something can."""
    doubts = judgement.doubt_codes
    if math.isnan(judgement.value):
        return Omission.NO_FIGURE
    if Doubt.DATA_FAILED in doubts:
        return Omission.DATA_FAILED
    return Omission.FEW_PEOPLE if Doubt.FEW_PEOPLE in doubts else ""


def weight_of(measure: Measure, catalogue: Mapping[str, Measure], rule: StoryRule) -> float:
    """How much news of a measure counts: what it, or the one it is reconciled with, says itself; else by its kind."""
    same = catalogue.get(measure.reconciles_with, measure)
    for weight in (measure.news.weight, same.news.weight):
        if weight is not None:
            return weight
    if measure.within_year:
        return rule.month_weight
    if measure.statutory:
        return rule.duty_weight
    return rule.counted_weight if measure.numerator or measure.unit == "number" else rule.uncounted_weight


def _sureness(news: MeasureNews) -> float:
    """How far the figure can be relied on, whatever chance says: recording, checks and age."""
    rule, doubts = news.rule, news.judgement.doubt_codes
    counted = math.isfinite(news.judgement.numerator) or news.measure.unit == "number"
    sure = 1.0 if counted else rule.without_counts
    if news.measure.news.recording_moves:
        sure = min(sure, rule.recording)
    if _leaps(news):
        sure = min(sure, rule.doubtful)
    if Doubt.CHECK_WARNING in doubts:
        sure *= rule.check_warning
    if Doubt.NEWER_MISSING in doubts:
        sure *= rule.out_of_date
    return round(sure, 4)


def _leaps(news: MeasureNews) -> bool:
    """Whether a figure moved so far that an error comes first: see ``doubtful`` of the rule.

    A share of exactly zero is as often a box that nobody filled in; a legal duty is judged all the same.
    """
    now, then = news.judgement.value, news.in_year.before.value
    if news.measure.unit == "number":
        return then >= news.setting.minimum_base and not then / 4 <= now <= 4 * then
    if news.measure.unit not in ("percent", "rate per 100") or news.measure.statutory:
        return False
    moves = news.measure.news.recording_moves and not math.isnan(then)
    return 0 in (now, then) or (moves and not then / 3 < now < 3 * then)


def _figures(news: MeasureNews) -> dict[str, Any]:
    """The figures that a sentence needs; a figure of before only where it can be compared."""
    own, year, since = news.judgement, news.in_year, news.since_baseline
    before = year.series.at(year.england, year.then).value if year.known else math.nan
    return {
        "priority": own.priority,
        "measure": own.measure,
        "name": news.measure.short_name,
        "unit": own.unit,
        "period": own.period,
        "value": own.value,
        "numerator": own.numerator,
        "denominator": own.denominator,
        "year_before": year.then if year.known else "",
        "year_before_value": year.before.value if year.known else math.nan,
        "year_before_england": before,
        "baseline_period": own.baseline_period,
        "baseline_value": since.before.value if since.known else math.nan,
        "floor": own.statutory_floor,
        "target": own.target,
        "target_period": own.target_period,
        "comparator_england": own.comparator_england,
        "comparator_neighbours": own.comparator_neighbours,
        "rank": news.standing.rank,
        "rank_of": news.standing.of,
        "source": own.source,
        "illustrative": own.illustrative,
    }
