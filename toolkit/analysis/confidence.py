"""How far a figure can be trusted, when nothing may be judged, and when the next one comes out; in codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from toolkit.analysis.arrays import Flags
from toolkit.analysis.codes import Confidence, Doubt
from toolkit.analysis.measure_grid import AreaFigures, MeasureGrid, Positions
from toolkit.analysis.setting import Setting
from toolkit.params import Measure
from toolkit.params.words import QUARTER
from toolkit.sources import parse_period

__all__ = ["confidence", "find_bars", "newer_figure", "next_figure"]


def newer_figure(grid: MeasureGrid, rows: Positions, columns: Positions) -> dict[str, Any]:
    """Where authorities have figures for a newer period than this one's newest: that period, and why it has none.

    An older figure is shown with its year, and is never judged as if it were the newer one. "" where it is the newest.
    """
    newest = grid.published
    figures = grid.at(rows, np.full(rows.shape, newest))
    older = (columns >= 0) & (columns < newest)
    newer = {"newer_period": figures.period, "newer_marker": figures.marker, "newer_fault": figures.fault}
    return {name: np.where(older, given, "") for name, given in newer.items()}


def find_bars(measure: Measure, now: AreaFigures, overtaken: Flags, setting: Setting) -> list[str]:
    """The doubt that bars judging, authority by authority; "" where judging is fair.

    ``overtaken`` is True where other authorities have a newer figure.
    """
    if measure.id in setting.critical:
        return [Doubt.DATA_FAILED] * len(overtaken)
    if measure.within_year:
        barred, doubt = now.known, Doubt.SINGLE_QUARTER if measure.basis == QUARTER else Doubt.SINGLE_MONTH
    else:
        barred, doubt = now.known & (now.denominator < setting.minimum_base), Doubt.FEW_PEOPLE
    return [
        Doubt.NEWER_MISSING if late else doubt if here else "" for late, here in zip(overtaken, barred, strict=True)
    ]


def confidence(
    measure: Measure, figures: tuple[AreaFigures, AreaFigures], bars: Sequence[str], setting: Setting
) -> tuple[list[str], list[str]]:
    """Confidence of each authority's figure, and the doubts behind it, joined by ";".

    ``figures`` are the newest ones and those of the baseline; ``bars`` are from ``find_bars``.
    """
    (now, then), least = figures, setting.minimum_base
    warned = [Doubt.CHECK_WARNING] if measure.id in setting.warnings else []
    made_up = [Doubt.ILLUSTRATIVE] if measure.source in setting.illustrative else []
    levels, doubts = [], []
    for bar, has_value, limit, base in zip(bars, now.known, now.low, then.denominator, strict=True):
        grave: list[str] = [*([bar] if bar else []), *made_up, *([] if has_value or made_up else [Doubt.NO_FIGURE])]
        uncounted = bool(has_value and np.isnan(limit) and measure.value and measure.unit != "number") and not grave
        others = [
            *warned,
            *([Doubt.THIN_BASELINE] if base < least else []),
            *([Doubt.NO_COUNTS] if uncounted else []),
        ]
        levels.append(Confidence.LOW if grave else Confidence.MEDIUM if others else Confidence.HIGH)
        doubts.append(";".join([*grave, *others]))
    return [str(level) for level in levels], doubts


def next_figure(grid: MeasureGrid, setting: Setting) -> tuple[str, str]:
    """The first period that no authority has a figure for yet, and the month in which figures like it come out.

    The month is a label (2019-04) where the calendar gives it, else the measure's own ``published_in``, else "".
    """
    measure = grid.measure
    if grid.published < 0:
        return "", measure.published_in
    period = parse_period(grid.periods[grid.published], measure.basis).before(-1)
    lag = setting.calendar.get((measure.source, measure.basis))
    if lag is None:
        return period.label, measure.published_in
    return period.label, parse_period(f"{period.end.year}-{period.end.month:02}", "month").before(-lag).label
