"""The parts of one measure's score, each from 0 to 1."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.analysis.codes import TargetStatus
from toolkit.analysis.setting import Setting
from toolkit.analysis.story_changes import Move, is_sure, move_size, reverses
from toolkit.analysis.story_codes import NewsKind, Tone
from toolkit.analysis.story_series import MeasureSeries, spread_of
from toolkit.frames import Judgement
from toolkit.params import Measure, StoryRule

__all__ = ["MeasureNews", "Parts", "Standing", "kind_of", "parts_of", "tone_of"]

_DECIMALS = 4
"""Parts are rounded to this, so that arithmetic on another machine changes no order."""


class Parts(NamedTuple):
    """In the order in which an equal share of the score names the news."""

    law: float = 0.0
    target: float = 0.0
    reversal: float = 0.0
    year: float = 0.0
    baseline: float = 0.0
    england: float = 0.0
    rank: float = 0.0
    similar: float = 0.0


_KINDS = {
    "law": NewsKind.LAW,
    "target": NewsKind.TARGET,
    "reversal": NewsKind.REVERSAL,
    "year": NewsKind.YEAR,
    "baseline": NewsKind.BASELINE,
    "england": NewsKind.ENGLAND,
    "rank": NewsKind.RANK,
    "similar": NewsKind.SIMILAR,
}


class Standing(NamedTuple):
    """Rank among the authorities that have a figure: 1 is best by polarity, or highest without one."""

    rank: float
    of: float


@dataclass(frozen=True)
class MeasureNews:
    """What the news of one measure is made from: its judgement, its figures, and what both are held against."""

    judgement: Judgement
    series: MeasureSeries
    setting: Setting
    rule: StoryRule

    @property
    def measure(self) -> Measure:
        return self.series.measure

    def move_from(self, then: str) -> Move:
        return Move(self.series, self.setting.authority, self.setting.england, then, self.judgement.period)

    @property
    def in_year(self) -> Move:
        return self.move_from(self.series.before(self.judgement.period, 1))

    @property
    def since_baseline(self) -> Move:
        return self.move_from(self.judgement.baseline_period)

    @property
    def others(self) -> list[float]:
        return list(self.series.others(self.setting.authority, self.judgement.period).values())

    @property
    def standing(self) -> Standing:
        """NaN with fewer other authorities than the rule wants."""
        value, others = self.judgement.value, self.others
        if math.isnan(value) or len(others) < self.rule.fewest_others or self.measure.unit == "number":
            return Standing(math.nan, math.nan)
        before = sum(other < value if self.measure.polarity == "low" else other > value for other in others)
        return Standing(1.0 + before, 1.0 + len(others))


def parts_of(news: MeasureNews) -> Parts:
    """The parts of the score of a measure that has a figure."""
    rule, own = news.rule, news.judgement
    spread = spread_of(news.others, rule.fewest_others)
    level = rule.no_polarity if news.measure.polarity == "none" else 1.0
    counted = news.measure.unit == "number"
    distances = [
        0.0 if counted else level * _away(own.value, other, spread * rule.far)
        for other in (own.comparator_england, own.comparator_neighbours)
    ]
    year, reversal = _change(news, news.in_year, rule.growth_in_year)
    since = news.since_baseline
    baseline = _change(news, since, rule.growth_since_baseline)[0] if since.then != news.in_year.then else 0.0
    parts = Parts(
        law=_law_missed(news),
        target=_target_missed(news, spread),
        reversal=float(reversal),
        year=year,
        baseline=baseline,
        england=distances[0],
        rank=level * _outer_rank(news.standing),
        similar=distances[1],
    )
    return Parts(*(round(part, _DECIMALS) for part in parts))


def _away(value: float, other: float, far: float) -> float:
    away = abs(value - other) / far
    return min(1.0, away) if math.isfinite(away) else 0.0


def _law_missed(news: MeasureNews) -> float:
    """Share of people for whom the duty was missed; 1 where the figure is no share."""
    statutory, value = news.measure.statutory, news.judgement.value
    if statutory is None:
        return 0.0
    short = value - statutory.floor if news.measure.polarity == "low" else statutory.floor - value
    if short <= 0:
        return 0.0
    return short / 100 if news.measure.unit == "percent" else 1.0


def _target_missed(news: MeasureNews, spread: float) -> float:
    """Distance from a target that is missed, or half of it where it is unlikely. Without others in usual moves."""
    own, rule = news.judgement, news.rule
    if own.target_status not in (TargetStatus.MISSED, TargetStatus.UNLIKELY):
        return 0.0
    if math.isnan(spread):
        spread = rule.usual_move if news.measure.unit in ("percent", "rate per 100") else math.nan
    whole = 1.0 if own.target_status == TargetStatus.MISSED else 0.5
    return whole * _away(own.value, own.target, spread * rule.far_from_target)


def _outer_rank(standing: Standing) -> float:
    """0 in the middle half of the ranks, 1 at either end."""
    if math.isnan(standing.rank):
        return 0.0
    place = (standing.rank - 0.5) / standing.of
    return max(0.0, 2 * abs(2 * place - 1) - 1)


def _change(news: MeasureNews, move: Move, growth: float) -> tuple[float, bool]:
    """Size of a change, and whether it turns: both nothing unless it is sure."""
    if not is_sure(move, news.rule, news.setting.minimum_base):
        return 0.0, False
    size = move_size(move, news.rule, growth)
    return size, reverses(move, size, news.rule)


def kind_of(parts: Parts, rule: StoryRule) -> NewsKind:
    """The part that makes most of the score; of equal ones the first of ``Parts``."""
    shares = {name: getattr(rule.weights, name) * part for name, part in parts._asdict().items()}
    most = max(shares, key=lambda name: shares[name])
    return _KINDS[most] if shares[most] > 0 else NewsKind.NONE


def tone_of(news: MeasureNews, kind: NewsKind) -> Tone:
    """Whether that news is good by the polarity of the measure."""
    if kind in (NewsKind.LAW, NewsKind.TARGET):
        return Tone.BAD
    polarity = news.measure.polarity
    if kind == NewsKind.RANK and polarity != "none":
        return Tone.GOOD if news.standing.rank < news.standing.of / 2 else Tone.BAD
    by = {
        NewsKind.ENGLAND: news.judgement.value - news.judgement.comparator_england,
        NewsKind.SIMILAR: news.judgement.value - news.judgement.comparator_neighbours,
        NewsKind.YEAR: news.in_year.own,
        NewsKind.REVERSAL: news.in_year.own,
        NewsKind.BASELINE: news.since_baseline.own,
    }.get(kind, 0.0)
    if polarity == "none" or not by or math.isnan(by):
        return Tone.NEITHER
    return Tone.GOOD if (by > 0) == (polarity == "high") else Tone.BAD
