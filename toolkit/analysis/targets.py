"""On the way to a target: where the line to it stands, whether a figure keeps up, and where its own line goes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from toolkit.analysis import marks
from toolkit.analysis.arrays import Array, Flags
from toolkit.analysis.grid import Figures, Grid, Places, order_of
from toolkit.analysis.projection import FEWEST_YEARS, TOO_FEW, Projection, project, project_percent, trajectory
from toolkit.params import Measure, Target
from toolkit.sources import period_end

__all__ = ["aimed", "outlook", "trajectories"]

NO_MARGIN = "no counts to project from"


@dataclass(frozen=True)
class Way:
    """A target, and the baseline that the way to it starts from: its period, and each authority's value then.

    ``start`` is NaN where the baseline is not known or cannot be compared with the newest figure.
    """

    target: Target
    baseline: str
    start: Array


def trajectories(now: Figures, way: Way, measure: Measure) -> Array:
    """Where the line from baseline through the milestones to the target stands in each newest period, in the unit.

    NaN where there is no such line yet: no newest figure, no start, or a period before the first milestone. The line
    is level where the baseline is at the target or past it.
    """
    target = way.target
    later = {_day(label, measure): value for label, value in target.milestones.items()}
    later[_day(target.by, measure)] = target.value
    first = _day(way.baseline, measure) if way.baseline else math.inf
    # A baseline that is past the target already is no start of a way down to it: the target is to be held.
    start_of_line = np.where(marks.reaches(way.start, target.value, measure), target.value, way.start)
    starts = np.where(first < min(later), start_of_line, np.nan)
    return np.array(
        [
            _on_the_line(_day(label, measure), later if math.isnan(start) else {first: start} | later)
            if known
            else np.nan
            for label, start, known in zip(now.period, starts, now.known, strict=True)
        ]
    )


def _on_the_line(when: float, points: Mapping[float, float]) -> float:
    if when >= max(points):
        return points[max(points)]
    return float(trajectory(when, points)) if len(points) > 1 else math.nan


def _day(label: str, measure: Measure) -> float:
    return float(period_end(label, measure.basis).toordinal())


def aimed(now: Figures, way: Way, waiting: Flags, measure: Measure) -> dict[str, Any]:
    """Target, trajectory and status; ``waiting`` marks authorities for which nothing newer than the baseline is out.

    A target that is ahead and has no line to it is met or cannot be judged.
    """
    target, line = way.target, trajectories(now, way, measure)
    status = marks.target_status(now, target.value, line, measure)
    return {
        "target": target.value,
        "target_period": target.by,
        "target_status": np.where(waiting, "not yet published", status),
        "trajectory": np.where(waiting, np.nan, line),
    }


def outlook(grid: Grid, at: tuple[Places, Places], target: Target) -> dict[str, Any]:
    """Where each authority's figures would be in the target's period if their line went on, and what that would mean.

    ``at`` are the rows and columns of the newest figures. Only figures that may be compared with the newest one are
    used, at least ``FEWEST_YEARS`` of them. "" where the target's period is not ahead.
    """
    found = [_ahead(grid, (int(row), int(column)), target) for row, column in zip(*at, strict=True)]
    lines = np.array([line if isinstance(line, Projection) else _NO_LINE for line in found]).reshape(-1, 3)
    reached = marks.reaches(lines[:, 1:], target.value, grid.measure).sum(axis=1)
    return {
        "outlook": [
            line if isinstance(line, str) else _BY_ENDS[ends] for line, ends in zip(found, reached, strict=True)
        ],
        **dict(zip(("outlook_value", "outlook_low", "outlook_high"), lines.T, strict=True)),
    }


_NO_LINE = Projection(math.nan, math.nan, math.nan)
_BY_ENDS = ("would miss it", "may or may not meet it", "would meet it")
"""What a projection means for the target, by how many of its two limits reach it."""


def _ahead(grid: Grid, at: tuple[int, int], target: Target) -> Projection | str:
    row, column = at
    measure, due = grid.measure, order_of(target.by, grid.measure.basis)
    if column < 0 or due <= grid.order[column] or measure.basis == "month":
        return ""
    chosen = np.flatnonzero((grid.era == grid.era[column]) & ~np.isnan(grid.numbers["value"][row, :-1]))
    if len(chosen) < FEWEST_YEARS:
        return TOO_FEW
    figures = grid.at(np.full(chosen.shape, row), chosen)
    return _projected(grid.order[chosen], figures, float(due), measure) or NO_MARGIN


def _projected(years: Any, figures: Figures, due: float, measure: Measure) -> Projection | None:
    """From counts where the figures are shares of them, else from the margins: their width is 3.92 standard errors."""
    if measure.unit == "percent" and not np.isnan(figures.denominator).any():
        return project_percent(years, figures.numerator, figures.denominator, due)
    margin = marks.margin_of(figures, measure)
    line = project(years, figures.value, ((margin.high - margin.low) / 3.92) ** 2, due)
    if line is None or measure.unit in ("score", "pounds"):
        return line
    most = 100.0 if measure.unit == "percent" else math.inf
    return Projection(*(min(most, max(0.0, end)) for end in line))
