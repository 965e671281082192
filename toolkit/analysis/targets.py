"""Targets: met or missed once they are due; ahead, likely or not by the panel, or by an area's own figures alone."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.analysis import marks
from toolkit.analysis.arrays import Array, Flags, Words, choose_word
from toolkit.analysis.codes import Direction, Outlook, TargetStatus
from toolkit.analysis.measure_grid import AreaFigures, MeasureGrid, Positions, order_of
from toolkit.analysis.panel.targets import printed_probability, target_probability
from toolkit.analysis.projection import Projection, project, project_percent, trajectory
from toolkit.frames import Judgement
from toolkit.params import Measure, Target
from toolkit.sources import period_end, period_sort_key

__all__ = [
    "Prospect",
    "TargetPath",
    "chance_of_target",
    "is_due",
    "judge_target",
    "outlook",
    "printed_chance",
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


@dataclass(frozen=True)
class Prospect:
    """What is known of each authority's way to a target.

    ``waiting``: nothing newer than the baseline is out. ``due``: the newest figure is of the target's period or later.
    ``by_panel``: likely, possible or unlikely by the national panel, or "cannot be judged". ``direction``: the change
    since the baseline.
    """

    waiting: Flags
    due: Flags
    by_panel: Words
    direction: Words


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


def judge_target(now: AreaFigures, path: TargetPath, prospect: Prospect, measure: Measure) -> dict[str, Any]:
    """Target, trajectory and status.

    A target that is due is met or missed. One that is ahead and not met is judged by the panel; without one by the
    area's own figures: possible where they keep up with the line to the target and are clearly better than at the
    baseline; unlikely where they do not keep up, and without counts only where they are clearly worse. They never make
    a target likely.
    """
    target, line = path.target, trajectories(now, path, measure)
    alone = marks.keeps_up(now, line, measure)
    needed = np.where(alone == TargetStatus.POSSIBLE, Direction.BETTER, Direction.WORSE)
    by_counts = (alone == TargetStatus.UNLIKELY) & ~np.isnan(now.low)
    unproven = (prospect.direction != needed) & ~by_counts
    cases = [
        (prospect.waiting, TargetStatus.NOT_YET_PUBLISHED),
        (~now.known | (measure.polarity == "none"), TargetStatus.CANNOT),
        (marks.reaches(now.value, target.value, measure), TargetStatus.MET),
        (prospect.due, TargetStatus.MISSED),
    ]
    ahead = np.where(unproven, TargetStatus.CANNOT, alone)
    ahead = np.where(prospect.by_panel == TargetStatus.CANNOT, ahead, prospect.by_panel)
    status = choose_word(cases, "")
    return {
        "target": target.value,
        "target_period": target.by,
        "target_status": np.where(status == "", ahead, status),
        "trajectory": np.where(prospect.waiting, np.nan, line),
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

    It knows nothing of a council's plans. ``printed_chance`` says which of these may be printed.
    """
    (rows, columns), measure, model = at, grid.measure, grid.panel_model
    chance = np.full(rows.shape, np.nan)
    due = order_of(target.by, measure.basis)
    for column in np.unique(columns[(columns >= 0) & np.isin(rows, grid.local)]):
        year = int(grid.order[column])
        if model.basis.has_model and due > year:
            of_all = target_probability(model, target.value, (year, due), measure.polarity)
            mine = np.flatnonzero((columns == column) & np.isin(rows, grid.local))
            chance[mine] = of_all[np.searchsorted(grid.local, rows[mine])]
    return np.asarray(np.round(chance, 2))


def printed_chance(chance: Array, grid: MeasureGrid, columns: Positions, target: Target) -> Array:
    """The probabilities that may be printed: three years ahead none under 0.2, since those came true too often."""
    due = order_of(target.by, grid.measure.basis)
    return printed_probability(chance, due - np.append(grid.order, due)[columns])


_NO_LINE = Projection(math.nan, math.nan, math.nan)
_BY_ENDS = (Outlook.WOULD_MISS, Outlook.MAY_MEET, Outlook.WOULD_MEET)
"""What a projection means for the target, by how many of its two limits reach it."""


def _ahead(grid: MeasureGrid, at: tuple[int, int], target: Target, fewest: int) -> Projection | str:
    row, column = at
    measure, due = grid.measure, order_of(target.by, grid.measure.basis)
    if column < 0 or due <= grid.order[column] or measure.within_year:
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
    period, due, basis = judgement.period, judgement.target_period, judgement.basis
    return bool(period and due) and period_sort_key(period, basis) >= period_sort_key(due, basis)
