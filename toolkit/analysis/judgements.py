"""From results to judgements: one row a measure, each code earned by a rule. ``words.with_reasons`` adds the reason.

Any number of authorities are judged at once: every rule works on arrays with one element an authority, so what one
authority costs falls as their number grows, and no row depends on who else is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit.analysis import marks
from toolkit.analysis.arrays import Array, Flags, Words
from toolkit.analysis.codes import BARS_ALL, Direction, Marker, Outlook, StatutoryStatus, TargetStatus, Trend, Versus
from toolkit.analysis.confidence import confidence, find_bars, newer_figure, next_figure
from toolkit.analysis.measure_grid import AreaFigures, MeasureGrid, Positions, grids_of, order_of
from toolkit.analysis.movement import judge_change
from toolkit.analysis.panel.codes import ChangeKind
from toolkit.analysis.panel.targets import chance_words
from toolkit.analysis.previous_year import change_on_previous_year, year_before
from toolkit.analysis.reference_rows import england_to_compare
from toolkit.analysis.setting import Setting
from toolkit.analysis.standing import standing
from toolkit.analysis.targets import Prospect, TargetPath, chance_of_target, judge_target, outlook, printed_chance
from toolkit.analysis.trends import recent_trend
from toolkit.frames import JUDGEMENTS, RESULTS
from toolkit.params import Measure

__all__ = ["judgements_for", "judgements_of_each"]


def judge(results: pd.DataFrame, setting: Setting, measures: Iterable[Measure]) -> pd.DataFrame:
    """JUDGEMENTS of ``measures`` from RESULTS, one row a measure in their order.

    Another margin is a measure with another ``tolerance``; other comparators or targets are another ``setting``.
    """
    return judgements_for(grids_of(measures, RESULTS.require(results, "review.results")), setting)


def judgements_for(grids: Iterable[MeasureGrid], setting: Setting) -> pd.DataFrame:
    """JUDGEMENTS for the setting's authority, in the order of the grids."""
    return judgements_of_each(grids, [setting])[0]


def judgements_of_each(grids: Iterable[MeasureGrid], settings: Sequence[Setting]) -> list[pd.DataFrame]:
    """JUDGEMENTS for the authority of each setting; the settings differ in authority, region and neighbours alone."""
    judged = [(grid.measure, _judge_measure(grid, settings)) for grid in grids]
    if not judged or not settings:
        return [JUDGEMENTS.empty() for _ in settings]
    columns = {
        name: np.array([_broadcast(row[name], len(settings), kind) for _, row in judged]).T.ravel()
        for name, (kind, _) in JUDGEMENTS.columns.items()
    }
    table = JUDGEMENTS.validate(pd.DataFrame(columns))
    each = len(judged)
    return [table.iloc[start : start + each].reset_index(drop=True) for start in range(0, len(table), each)]


def _broadcast(value: Any, authorities: int, kind: str) -> Any:
    """One value an authority, of the kind that the column has."""
    return np.broadcast_to(np.asarray(value, dtype="float64" if kind == "float64" else object), (authorities,))


@dataclass(frozen=True)
class Compared:
    """What is looked at, authority by authority: rows and columns of the newest figures, those, and the baseline's.

    ``break_reason`` is why the two cannot be compared, or "".
    """

    rows: Positions
    columns: Positions
    now: AreaFigures
    then: AreaFigures
    baseline: str
    break_reason: Sequence[str]

    @property
    def comparable(self) -> Flags:
        return np.asarray((np.array(self.break_reason) == "") & (self.now.period != self.baseline))


def _judge_measure(grid: MeasureGrid, settings: Sequence[Setting]) -> dict[str, Any]:
    """The columns of one measure: a value for all authorities, or one value an authority."""
    measure, shared = grid.measure, settings[0]
    compared = _compare(grid, settings)
    now, at = compared.now, (compared.rows, compared.columns)
    newer = newer_figure(grid, *at)
    overtaken = newer["newer_period"] != ""
    bars = find_bars(measure, now, overtaken, shared)
    level, doubts = confidence(measure, (now, compared.then), bars, shared)
    well_based = grid.with_base(shared.minimum_base)
    coming, expected = next_figure(grid, shared)
    change = judge_change(grid, compared.rows, now, _comparable(well_based, compared))
    due = _is_due(grid, compared, shared)
    columns = {
        **_about(measure, shared),
        **_figures(compared, np.array([each.is_before(compared.baseline, measure.basis) for each in settings])),
        "invited": _count_invited(measure.source, now, shared),
        **standing(grid, now, at, settings),
        "england_change": _change_of_england(grid, compared, settings),
        **change,
        "trend": recent_trend(well_based, *at, shared.trend_years),
        **_towards_target((grid, well_based), compared, (due, change["direction"]), shared),
        "statutory_status": marks.statutory_status(now, measure),
        "previous_period": [year_before(label, measure.basis) for label in now.period],
        "previous_change": change_on_previous_year(well_based, *at),
        "next_period": coming,
        "next_expected": expected,
        "confidence": level,
        "doubts": doubts,
        **newer,
    }
    barred, all_barred = np.array(bars) != "", np.isin(np.array(bars), list(BARS_ALL))
    columns |= _withdraw(columns, barred, _NOT_JUDGED)
    columns |= _withdraw(columns, all_barred | (barred & ~due), {"target_status": TargetStatus.CANNOT})
    return columns | _withdraw(columns, all_barred, {"statutory_status": ""})


_NOT_JUDGED = {
    "direction": Direction.CANNOT,
    "change_kind": ChangeKind.CANNOT,
    "trend": Trend.CANNOT,
    "target_probability": np.nan,
    "outlook": Outlook.CANNOT,
    "outlook_value": np.nan,
    "outlook_low": np.nan,
    "outlook_high": np.nan,
    "versus_england": Versus.CANNOT,
    "versus_neighbours": Versus.CANNOT,
    "versus_neighbours_before": Versus.CANNOT,
    "versus_all": Versus.CANNOT,
    "rank": np.nan,
    "rank_of": np.nan,
    "rank_low": np.nan,
    "rank_high": np.nan,
    "quartile_band": "",
}
"""What stands in place of a judgement where nothing may be judged; a target that is due is met or missed even so."""

_NOTHING_TO_JUDGE = ("", TargetStatus.NO_TARGET, StatutoryStatus.NO_DUTY)


def _withdraw(columns: dict[str, Any], where: Flags, instead: dict[str, Any]) -> dict[str, Any]:
    """The columns of ``instead`` with its values ``where`` it holds; codes that judge nothing stay as they are."""
    changed: dict[str, Any] = {}
    for name, nothing in instead.items():
        given = np.asarray(columns[name])
        kept = ~where if given.dtype.kind == "f" else ~where | np.isin(given.astype(str), _NOTHING_TO_JUDGE)
        changed[name] = np.where(kept, given, nothing)
    return changed


def _compare(grid: MeasureGrid, settings: Sequence[Setting]) -> Compared:
    measure = grid.measure
    rows = grid.places(setting.authority for setting in settings)
    columns = grid.newest(rows)
    baseline = settings[0].review.baseline_of(measure)
    now = grid.at(rows, columns)
    then = grid.at(rows, np.full(rows.shape, grid.column(baseline)))
    reasons = {label: _break_between(measure, baseline, label) for label in set(now.period)}
    return Compared(rows, columns, now, then, baseline, [reasons[label] for label in now.period])


def _break_between(measure: Measure, then: str, now: str) -> str:
    """Why two periods cannot be compared: the reason of the newest break between them; "" where they can."""
    if not then or not now:
        return ""
    first, last = sorted(order_of(label, measure.basis) for label in (then, now))
    between = [b for b in measure.breaks if first < order_of(b.from_, measure.basis) <= last]
    return max(between, key=lambda b: order_of(b.from_, measure.basis)).reason if between else ""


def _comparable(grid: MeasureGrid, compared: Compared) -> AreaFigures:
    """The baseline figures, missing where they cannot be compared with the newest ones."""
    at = np.where(compared.comparable, grid.column(compared.baseline), -1)
    return grid.at(compared.rows, at)


def _change_of_england(grid: MeasureGrid, compared: Compared, settings: Sequence[Setting]) -> Array:
    """England's own change over the same periods, in the unit; NaN where it or the authority's cannot be compared."""
    england = grid.places(setting.england for setting in settings)
    then = np.full(england.shape, grid.column(compared.baseline))
    now, before = (england_to_compare(grid, england, columns)[0] for columns in (compared.columns, then))
    return np.where(compared.comparable, now - before, np.nan)


def _about(measure: Measure, shared: Setting) -> dict[str, Any]:
    """What does not depend on the authority."""
    return {
        "priority": measure.priority,
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "basis": measure.basis,
        "source": measure.source,
        "statutory_floor": measure.statutory.floor if measure.statutory else np.nan,
        "illustrative": "illustrative" if measure.source in shared.illustrative else "",
        "as_of": shared.as_of.get(measure.source, ""),
    }


def _figures(compared: Compared, before: Flags) -> dict[str, Any]:
    """What was measured, now and at the baseline; a change only where the two can be compared.

    ``before``: where the baseline lies before the authority began.
    """
    now, then = compared.now, compared.then
    return {
        **{name: getattr(now, name) for name in _OF_NOW},
        "baseline_period": compared.baseline,
        "baseline_value": then.value,
        "baseline_marker": np.where(then.known | ~before, then.marker, Marker.NO_BODY),
        "change": np.where(compared.comparable, now.value - then.value, np.nan),
        "break": compared.break_reason,
    }


def _count_invited(source: str, now: AreaFigures, shared: Setting) -> list[float]:
    """How many people were invited to answer a survey: 0 where that is unknown, NaN where the source is no survey."""
    if source not in shared.invited:
        return [np.nan] * len(now.period)
    return [float(shared.invited[source].get(label, 0)) for label in now.period]


_OF_NOW = (
    *("period", "value", "low", "high", "low_998", "high_998", "numerator", "denominator"),
    *("marker", "edition", "fault"),
)


def _towards_target(
    grids: tuple[MeasureGrid, MeasureGrid], compared: Compared, known: tuple[Flags, Words], shared: Setting
) -> dict[str, Any]:
    """``grids``: the measure, and the same without figures on few people; ``known``: is the target due, direction.

    A probability takes the place of a straight line.
    """
    (whole, grid), (due, direction) = grids, known
    target = shared.review.targets.get(grid.measure.id)
    if target is None:
        return {**_NO_TARGET, "target_period": "", "outlook": "", "target_status": TargetStatus.NO_TARGET}
    path = TargetPath(target, compared.baseline, _comparable(grid, compared).value)
    at = (compared.rows, compared.columns)
    chance = chance_of_target(whole, at, target)
    words = chance_words(chance, shared.target_unlikely, shared.target_likely)
    judged = judge_target(compared.now, path, Prospect(_waiting(grid, compared), due, words, direction), grid.measure)
    line = outlook(grid, at, target, shared.projection_years)
    printed = {"target_probability": printed_chance(chance, whole, compared.columns, target)}
    return judged | printed | line | _withdraw(line, ~np.isnan(chance), _NO_OUTLOOK)


def _is_due(grid: MeasureGrid, compared: Compared, shared: Setting) -> Flags:
    """True where the newest figure is of the period by which the target was to be met, or of a later one."""
    target = shared.review.targets.get(grid.measure.id)
    order = np.append(grid.order, np.iinfo(np.int64).min)[compared.columns]
    none = np.full(order.shape, False)
    return none if target is None else np.asarray(order >= order_of(target.by, grid.measure.basis))


_NO_OUTLOOK = {"outlook": "", "outlook_value": np.nan, "outlook_low": np.nan, "outlook_high": np.nan}

_NO_TARGET = dict.fromkeys(
    ("target", "trajectory", "target_probability", "outlook_value", "outlook_low", "outlook_high"), np.nan
)


def _waiting(grid: MeasureGrid, compared: Compared) -> Flags:
    """True where nothing newer than the baseline is published."""
    now, start = compared.now, compared.baseline
    order = np.append(grid.order, np.iinfo(np.int64).min)[compared.columns]
    old = order <= order_of(start, grid.measure.basis) if start else np.full(order.shape, False)
    return np.asarray((~now.known & (now.marker == "")) | (now.known & old))
