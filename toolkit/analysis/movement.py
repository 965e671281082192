"""The change since the baseline: better or worse, of what kind, and how England moved over the same years.

Where a panel of authorities tells how far figures of this size move by themselves, that is the margin. Elsewhere two
figures with counts are tested against each other, and figures without counts have the tolerance of the measure. A
tolerance that a council has set is its policy, and decides ``direction`` where there are no counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from toolkit.analysis import marks
from toolkit.analysis.arrays import Flags, Words, choose_word
from toolkit.analysis.codes import CANNOT, Direction
from toolkit.analysis.differences import counts_differ
from toolkit.analysis.measure_grid import AreaFigures, MeasureGrid, Positions, order_of
from toolkit.analysis.panel.changes import MOVED_Z, Changes, judge_changes_since
from toolkit.analysis.panel.codes import ChangeKind
from toolkit.params.words import Polarity

__all__ = ["judge_change"]


def judge_change(grid: MeasureGrid, rows: Positions, now: AreaFigures, then: AreaFigures) -> dict[str, Any]:
    """The columns ``direction``, ``change_kind`` and ``judged_from`` of each row's figure against its baseline's.

    ``then`` is missing (NaN) where the two cannot be compared. ``grid`` is the whole measure: its panel is fitted once.
    """
    measure = grid.measure
    basis = grid.panel_model.basis
    direction, kind = marks.direction(now, then, measure).astype(object), _kind_alone(now, then, measure.unit)
    if basis.has_model:
        in_panel = np.isin(rows, grid.local) & now.known & then.known
        by_policy = np.isnan(now.low) & (measure.tolerance is not None)
        for pair in sorted(set(zip(now.period[in_panel], then.period[in_panel], strict=True))):
            mine = np.flatnonzero(in_panel & (now.period == pair[0]) & (then.period == pair[1]))
            changes = judge_changes_since(grid.panel_model, *(order_of(label, measure.basis) for label in pair))
            place = np.searchsorted(grid.local, rows[mine])
            kind[mine] = changes.kind[place]
            judged = ~by_policy[mine] & np.isfinite(changes.own_z[place])
            direction[mine] = np.where(judged, _direction(changes, measure.polarity)[place], direction[mine])
    return {"direction": direction, "change_kind": kind, "judged_from": np.full(rows.shape, basis.value, dtype=object)}


def _direction(changes: Changes, polarity: Polarity) -> Words:
    """Better or worse where a figure moved further than figures of its size do by themselves.

    A figure so surprising that an error is the first thing to rule out is neither.
    """
    moved: Flags = np.abs(changes.own_z) >= MOVED_Z
    good = (changes.own > 0) == (polarity == "high")
    cases = [
        (np.isnan(changes.own_z) | (changes.kind == ChangeKind.CHECK_FIGURE) | (polarity == "none"), CANNOT),
        (~moved, Direction.NO_CLEAR_CHANGE),
        (good, Direction.BETTER),
    ]
    return choose_word(cases, Direction.WORSE)


def _kind_alone(now: AreaFigures, then: AreaFigures, unit: str) -> Words:
    """The kind of a change that no panel can judge: "differs, no panel" at most, never "likely to last"."""
    counted = ~np.isnan(now.low) & ~np.isnan(then.low)
    differs = counts_differ(unit, (now.numerator, now.denominator), (then.numerator, then.denominator))
    cases = [(~counted, ChangeKind.CANNOT), (differs, ChangeKind.DIFFERS)]
    return choose_word(cases, ChangeKind.NO_CLEAR_MOVE).astype(object)
