"""From results to judgements: one row a measure, each word earned by a rule of ``marks`` and said in ``reasons``."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from toolkit.analysis import marks
from toolkit.analysis.grid import Cell, Grid, grid_of
from toolkit.analysis.marks import CANNOT
from toolkit.analysis.reasons import reason_for
from toolkit.analysis.setting import Setting
from toolkit.analysis.standing import standing
from toolkit.analysis.trends import recent_trend
from toolkit.frames import JUDGEMENTS
from toolkit.params import Break, Measure
from toolkit.sources import period_end, period_sort_key

__all__ = ["grids_of", "judgements_for"]

_NOTHING = Cell("", math.nan, math.nan, math.nan, math.nan, math.nan, "", "")


@dataclass(frozen=True)
class Compared:
    """What one judgement looks at: the newest figure, the baseline figure, and the break between them, if any."""

    now: Cell
    then: Cell
    parted: Break | None


def grids_of(measures: Iterable[Measure], results: pd.DataFrame) -> list[Grid]:
    """One grid a measure; build them once and judge as many authorities as you like."""
    rows = dict(iter(results.groupby("measure", sort=False)))
    return [grid_of(measure, rows.get(measure.id, results.iloc[:0])) for measure in measures]


def judgements_for(grids: Iterable[Grid], setting: Setting) -> pd.DataFrame:
    """JUDGEMENTS for the setting's authority, in the order of the grids."""
    rows = [_judged(grid, setting) for grid in grids]
    return JUDGEMENTS.checked(pd.DataFrame(rows)) if rows else JUDGEMENTS.empty()


def _judged(grid: Grid, setting: Setting) -> dict[str, Any]:
    compared = _compared(grid, setting)
    row = _figures(grid.measure, compared, setting) | standing(grid, compared.now, setting)
    bar = _bar(grid.measure, compared.now, setting)
    row |= _marks(grid, compared, setting)
    if bar:
        row |= _NOT_JUDGED | ({"target_status": "no target"} if row["target_status"] == "no target" else {})
    row["confidence"], doubts = _confidence(grid.measure, compared.now, setting)
    row["break"] = compared.parted.reason if compared.parted else ""
    row["doubts"] = "; ".join((*bar, *doubts))
    return row | {"reason": reason_for(grid.measure, row)}


_NOT_JUDGED = {
    "direction": CANNOT,
    "trend": CANNOT,
    "target_status": CANNOT,
    "versus_england": CANNOT,
    "versus_neighbours": CANNOT,
    "rank": np.nan,
    "rank_of": np.nan,
    "quartile_band": "",
}


def _compared(grid: Grid, setting: Setting) -> Compared:
    measure = grid.measure
    series = grid.series(setting.authority)
    known = [cell for cell in series if cell.known]
    now = known[-1] if known else series[-1] if series else _NOTHING
    label = setting.review.baseline_of(measure)
    then = grid.at(setting.authority, label) or replace(_NOTHING, period=label)
    return Compared(now, then, _break_between(measure, then.period, now.period))


def _break_between(measure: Measure, then: str, now: str) -> Break | None:
    """The newest break that parts the two periods; None where they can be compared."""
    if not then or not now:
        return None
    first, last = sorted(period_sort_key(label, measure.basis) for label in (then, now))
    between = [b for b in measure.breaks if first < period_sort_key(b.from_, measure.basis) <= last]
    return between[-1] if between else None


def _figures(measure: Measure, compared: Compared, setting: Setting) -> dict[str, Any]:
    """What was measured, now and at the baseline; a change only where the two can be compared."""
    now, then = compared.now, compared.then
    target = setting.review.targets.get(measure.id)
    return {
        "priority": measure.priority,
        "measure": measure.id,
        "name": measure.name,
        "unit": measure.unit,
        "basis": measure.basis,
        "source": measure.source,
        "edition": now.edition,
        "period": now.period,
        "value": now.value,
        "low": now.low,
        "high": now.high,
        "numerator": now.numerator,
        "denominator": now.denominator,
        "marker": now.marker,
        "baseline_period": then.period,
        "baseline_value": then.value,
        "baseline_marker": then.marker,
        "change": now.value - then.value if compared.parted is None and now.period != then.period else math.nan,
        "target": target.value if target else math.nan,
        "target_period": target.by if target else "",
        "statutory_floor": measure.statutory.floor if measure.statutory else math.nan,
        "illustrative": "illustrative" if measure.source in setting.illustrative else "",
    }


def _marks(grid: Grid, compared: Compared, setting: Setting) -> dict[str, Any]:
    measure, now, then = grid.measure, compared.now, compared.then
    comparable = compared.parted is None and now.period != then.period
    return {
        "direction": marks.direction(now, then, measure) if comparable else CANNOT,
        "trend": recent_trend(_since_break(grid, setting.authority), measure),
        "target_status": _target_status(measure, compared, setting),
        "statutory_status": marks.statutory_status(now, measure),
    }


def _since_break(grid: Grid, area: str) -> list[Cell]:
    """The area's figures from the newest break on: the only ones that may be trended."""
    basis = grid.measure.basis
    starts = [period_sort_key(b.from_, basis) for b in grid.measure.breaks]
    series = grid.series(area)
    latest = max((s for s in starts if series and s <= period_sort_key(series[-1].period, basis)), default=None)
    return [cell for cell in series if latest is None or period_sort_key(cell.period, basis) >= latest]


def _target_status(measure: Measure, compared: Compared, setting: Setting) -> str:
    target = setting.review.targets.get(measure.id)
    if target is None:
        return "no target"
    now, then = compared.now, compared.then
    if not now.known and not now.marker:
        return "not yet published"
    if now.known and then.period and _order(now.period, measure) <= _order(then.period, measure):
        return "not yet published"
    return marks.target_status(now, target.value, _expected(measure, compared, setting), measure)


def _order(label: str, measure: Measure) -> Any:
    return period_sort_key(label, measure.basis)


def _expected(measure: Measure, compared: Compared, setting: Setting) -> float:
    """Where the straight line from the baseline to the target stands in the newest period; never past the target."""
    target = setting.review.targets[measure.id]
    now, then = compared.now, compared.then
    if not now.known or not then.known or compared.parted is not None:
        return target.value
    start, here, due = (period_end(p, measure.basis).toordinal() for p in (then.period, now.period, target.by))
    share = min(1.0, (here - start) / (due - start)) if due > start else 1.0
    return then.value + share * (target.value - then.value)


def _bar(measure: Measure, now: Cell, setting: Setting) -> tuple[str, ...]:
    """Why nothing at all may be judged, in words; empty where judging is fair."""
    if measure.id in setting.critical:
        return ("its data failed a critical check, so nothing is judged",)
    if now.known and now.denominator < setting.minimum_base:
        fewest = f"fewer than {setting.minimum_base}"
        return (f"it rests on {fewest} people, too few to judge",)
    return ()


def _confidence(measure: Measure, now: Cell, setting: Setting) -> tuple[str, tuple[str, ...]]:
    """High, medium or low, with the doubts behind it."""
    warned = (said.rstrip(".") for said in setting.warnings.get(measure.id, ()))
    doubts = [f"a check on its data gave a warning ({said})" for said in warned]
    if measure.source in setting.illustrative:
        return "low", ("the figures are illustrative", *doubts)
    if measure.id in setting.critical or (now.known and now.denominator < setting.minimum_base):
        return "low", tuple(doubts)
    if not now.known:
        return "low", ("there is no figure", *doubts)
    if measure.value and measure.unit != "number":
        doubts.append("the publisher gives no counts, so chance cannot be worked out")
    return ("medium" if doubts else "high"), tuple(doubts)
