"""Targets: where the line from the baseline to a target is, whether a figure keeps up, and where its own line goes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from toolkit.analysis import marks
from toolkit.analysis.arrays import Array, Flags
from toolkit.analysis.codes import Outlook, TargetStatus
from toolkit.analysis.measure_grid import AreaFigures, MeasureGrid, Positions, order_of
from toolkit.analysis.panel.targets import printed_probability, target_probability
from toolkit.analysis.projection import Projection, project, project_percent, trajectory
from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import Measure, Target
from toolkit.sources import period_end, period_sort_key

__all__ = [
    "TargetPath",
    "chance_of_target",
    "has_reached",
    "is_due",
    "judge_target",
    "outlook",
    "read_target_status",
    "target_mark",
    "target_marks",
    "trajectories",
]


@dataclass(frozen=True)
class TargetPath:
    """A target and its baseline: the period, and each authority's value then.

    ``start`` is NaN where the baseline is not known or cannot be compared with the newest figure.
    """

    target: Target
    baseline: str
    start: Array


def trajectories(now: AreaFigures, path: TargetPath, measure: Measure) -> Array:
    """Where the line from baseline through the milestones to the target stands in each newest period, in the unit.

    NaN where there is no such line yet: no newest figure, no start, or a period before the first milestone. The line
    is level where the baseline already meets the target.
    """
    target = path.target
    later = {_day(label, measure): value for label, value in target.milestones.items()}
    later[_day(target.by, measure)] = target.value
    first = _day(path.baseline, measure) if path.baseline else math.inf
    # If the baseline already meets the target, the task is to hold it.
    start_of_line = np.where(marks.reaches(path.start, target.value, measure), target.value, path.start)
    starts = np.where(first < min(later), start_of_line, np.nan)
    return np.array(
        [
            _on_the_line(_day(label, measure), later if math.isnan(start) else {first: start} | later)
            if has_value
            else np.nan
            for label, start, has_value in zip(now.period, starts, now.known, strict=True)
        ]
    )


def _on_the_line(when: float, points: Mapping[float, float]) -> float:
    if when >= max(points):
        return points[max(points)]
    return float(trajectory(when, points)) if len(points) > 1 else math.nan


def _day(label: str, measure: Measure) -> float:
    return float(period_end(label, measure.basis).toordinal())


def judge_target(now: AreaFigures, path: TargetPath, waiting: Flags, measure: Measure) -> dict[str, Any]:
    """Target, trajectory and status; ``waiting`` marks authorities for which nothing newer than the baseline is out.

    A target that is ahead and has no line to it is met or cannot be judged.
    """
    target, line = path.target, trajectories(now, path, measure)
    status = marks.target_status(now, target.value, line, measure)
    return {
        "target": target.value,
        "target_period": target.by,
        "target_status": np.where(waiting, TargetStatus.NOT_YET_PUBLISHED, status),
        "trajectory": np.where(waiting, np.nan, line),
    }


def outlook(grid: MeasureGrid, at: tuple[Positions, Positions], target: Target, fewest: int) -> dict[str, Any]:
    """Where each authority's figures would be in the target's period if their line went on, and what that would mean.

    ``at`` are the rows and columns of the newest figures. Only figures that may be compared with the newest one are
    used, at least ``fewest`` years of them. "" where the target's period is not ahead.
    """
    ahead = [_ahead(grid, (int(row), int(column)), target, fewest) for row, column in zip(*at, strict=True)]
    lines = np.array([line if isinstance(line, Projection) else _NO_LINE for line in ahead]).reshape(-1, 3)
    reaching = marks.reaches(lines[:, 1:], target.value, grid.measure).sum(axis=1)
    return {
        "outlook": [
            line if isinstance(line, str) else _BY_ENDS[ends] for line, ends in zip(ahead, reaching, strict=True)
        ],
        **dict(zip(("outlook_value", "outlook_low", "outlook_high"), lines.T, strict=True)),
    }


def chance_of_target(grid: MeasureGrid, at: tuple[Positions, Positions], target: Target) -> Array:
    """Probability (to two decimals) that each authority's figure meets its target by the target's period, from what
    happened to authorities in the same place; NaN without a full panel or where that period is not ahead.

    It knows nothing of a council's plans. Three years ahead nothing under 0.2 is given, since that came true too often.
    """
    (rows, columns), measure, model = at, grid.measure, grid.panel_model
    chance = np.full(rows.shape, np.nan)
    due = order_of(target.by, measure.basis)
    for column in np.unique(columns[(columns >= 0) & np.isin(rows, grid.local)]):
        year = int(grid.order[column])
        if model.basis.has_model and due > year:
            of_all = target_probability(model, target.value, (year, due), measure.polarity)
            mine = np.flatnonzero((columns == column) & np.isin(rows, grid.local))
            chance[mine] = printed_probability(of_all, due - year)[np.searchsorted(grid.local, rows[mine])]
    return np.asarray(np.round(chance, 2))


_NO_LINE = Projection(math.nan, math.nan, math.nan)
_BY_ENDS = (Outlook.WOULD_MISS, Outlook.MAY_MEET, Outlook.WOULD_MEET)
"""What a projection means for the target, by how many of its two limits reach it."""


def _ahead(grid: MeasureGrid, at: tuple[int, int], target: Target, fewest: int) -> Projection | str:
    row, column = at
    measure, due = grid.measure, order_of(target.by, grid.measure.basis)
    if column < 0 or due <= grid.order[column] or measure.basis == "month":
        return ""
    chosen = np.flatnonzero((grid.era == grid.era[column]) & ~np.isnan(grid.numbers["value"][row, :-1]))
    if len(chosen) < fewest:
        return Outlook.TOO_FEW_YEARS
    figures = grid.at(np.full(chosen.shape, row), chosen)
    return _project_line(grid.order[chosen], figures, float(due), measure, fewest) or Outlook.NO_COUNTS


def _project_line(years: Any, figures: AreaFigures, due: float, measure: Measure, fewest: int) -> Projection | None:
    """From counts where the figures are shares of them, else from the margins: their width is 3.92 standard errors."""
    if measure.unit == "percent" and not np.isnan(figures.denominator).any():
        return project_percent(years, figures.numerator, figures.denominator, due, fewest)
    margin = marks.margin_of(figures, measure)
    line = project(years, figures.value, ((margin.high - margin.low) / 3.92) ** 2, due, fewest)
    if line is None or measure.unit in ("score", "pounds"):
        return line
    most = 100.0 if measure.unit == "percent" else math.inf
    return Projection(*(min(most, max(0.0, end)) for end in line))


def is_due(judgement: Judgement) -> bool:
    """Whether the period of the figure is the one by which the target was to be met, or a later one."""
    return has_reached(judgement.period, judgement.target_period, judgement.basis)


def has_reached(period: str, due: str, basis: str) -> bool:
    """Whether a period is the one by which something is due, or a later one; never where either is ""."""
    return bool(period and due) and period_sort_key(period, basis) >= period_sort_key(due, basis)


def target_mark(judgement: Judgement) -> str:
    """The mark on the target as people read it: "just short" where it is due and missed by no more than the margin.

    The table of judgements calls that "on track", since its vocabulary is fixed; no reader would.
    """
    return read_target_status(judgement.target_status, judgement.period, judgement.target_period, judgement.basis)


def read_target_status(status: str, period: str, due: str, basis: str) -> str:
    """The status of a target as people read it (see ``target_mark``), from cells of judgements.csv.

    ``period`` is that of the figure, ``due`` that of the target.
    """
    is_over = status == TargetStatus.ON_TRACK and has_reached(period, due, basis)
    return TargetStatus.JUST_SHORT if is_over else status


def target_marks(judgements: pd.DataFrame) -> pd.Series:
    """``target_mark`` of each row of JUDGEMENTS."""
    marks = [target_mark(judgement) for judgement in JUDGEMENTS.rows(judgements)]
    return pd.Series(marks, index=judgements.index, dtype="str")
