"""How much a change is news: its size against England and other authorities, whether it is sure, whether it turns."""

from __future__ import annotations

import math
from dataclasses import dataclass

from toolkit.analysis.differences import counts_differ
from toolkit.analysis.story_series import Count, MeasureSeries, spread_of
from toolkit.params import StoryRule

__all__ = ["Move", "is_sure", "move_size", "reverses"]

_COUNTED = ("percent", "rate per 100")


@dataclass(frozen=True)
class Move:
    """The change of one authority's figure between two periods, beside England's over the same."""

    series: MeasureSeries
    area: str
    england: str
    then: str
    now: str

    @property
    def before(self) -> Count:
        return self.series.at(self.area, self.then)

    @property
    def after(self) -> Count:
        return self.series.at(self.area, self.now)

    @property
    def own(self) -> float:
        return self.after.value - self.before.value

    @property
    def of_england(self) -> float:
        """England's change in the unit; 0 where it is not known."""
        change = self.series.at(self.england, self.now).value - self.series.at(self.england, self.then).value
        return change if math.isfinite(change) else 0.0

    @property
    def known(self) -> bool:
        return self.series.comparable(self.then, self.now) and math.isfinite(self.own)

    @property
    def growth(self) -> float:
        """Change ÷ the value before; NaN where that is not above 0."""
        return self.own / self.before.value if self.before.value > 0 else math.nan

    def spread(self, rule: StoryRule) -> float:
        """Spread of the changes of other authorities; for shares without others the rule's usual move."""
        among = spread_of(self.series.changes_of_others(self.area, self.then, self.now), rule.fewest_others)
        if math.isnan(among) and self.series.measure.unit in _COUNTED:
            return rule.usual_move
        return among


def is_sure(move: Move, rule: StoryRule, minimum_base: int) -> bool:
    """Whether the change is more than chance: counts are tested, others must exceed the spread of such changes.

    A count of people must have moved by ``sure_growth`` and more than chance moves it, from a base worth counting.
    """
    measure, before, after = move.series.measure, move.before, move.after
    if not move.known:
        return False
    if measure.unit == "number":
        if not abs(move.growth) >= rule.sure_growth or before.value < minimum_base:
            return False
        return _counts_moved("rate", Count(after.value, after.value, 1), before)
    if measure.unit in _COUNTED and math.isfinite(before.numerator) and math.isfinite(after.numerator):
        return _counts_moved(measure.unit, after, before)
    margin = max((m for m in (move.spread(rule), measure.tolerance or math.nan) if math.isfinite(m)), default=math.inf)
    return abs(move.own) > margin


def _counts_moved(unit: str, after: Count, before: Count) -> bool:
    """Whether two figures differ by more than chance; of counts without a base the two counts themselves."""
    now, then = (after.numerator, after.denominator), (before.numerator, before.denominator)
    if unit == "rate":
        then = (before.value, 1)
    return bool(counts_differ(unit, now, then))


def move_size(move: Move, rule: StoryRule, growth: float) -> float:
    """Size of a sure change from 0 to 1: against England's, in spreads of such changes; of a count, its ``growth``."""
    if move.series.measure.unit == "number":
        return min(1.0, abs(move.growth) / growth)
    spread = move.spread(rule)
    against = abs(move.own - move.of_england) / spread / rule.far if math.isfinite(spread) else 0.0
    return min(1.0, max(against, _shortfall_fold(move, rule)))


def _shortfall_fold(move: Move, rule: StoryRule) -> float:
    """By what factor the shortfall from a legal duty moved, where it moved by enough points."""
    statutory = move.series.measure.statutory
    if statutory is None or abs(move.own) < rule.law_points:
        return 0.0
    now, then = (max(abs(statutory.floor - figure.value), 0.5) for figure in (move.after, move.before))
    return abs(math.log(now / then)) / math.log(rule.law_fold)


def reverses(move: Move, size: float, rule: StoryRule) -> bool:
    """Whether a sure change turns a run of two moves, or, beyond ``crossing``, carries the figure across England's."""
    series, own = move.series, move.own
    earlier = [series.at(move.area, series.before(move.then, years)).value for years in (1, 2)]
    first, second = move.before.value - earlier[0], earlier[0] - earlier[1]
    if first * second > 0 and first * own < 0:
        return True
    sides = [series.at(move.area, p).value - series.at(move.england, p).value for p in (move.then, move.now)]
    return size > rule.crossing and series.measure.unit != "number" and sides[0] * sides[1] < 0
