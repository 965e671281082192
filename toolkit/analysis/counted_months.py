"""Months of which the counts are known, on a chart: exact limits by time of year in place of an XmR chart's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array, Flags
from toolkit.analysis.codes import MonthCause
from toolkit.analysis.month_limits import CountedMonths, Fewest, fewest_for, judge_months
from toolkit.analysis.season import MonthCounts
from toolkit.params import Measure

__all__ = ["chart_of_counts", "counts_of"]


def counts_of(measure: Measure, figures: pd.DataFrame) -> tuple[Array, Array] | None:
    """Counts and bases of months, NaN where there is none; ``None`` where the figures are not counts.

    A number of things is a count where every figure is a whole number; its base is 1 a month.
    """
    value = figures["value"].to_numpy(dtype=float)
    if measure.unit == "number":
        known = value[np.isfinite(value)]
        return (value, np.where(np.isfinite(value), 1.0, np.nan)) if (known == np.round(known)).all() else None
    count, base = (figures[name].where(figures["value"].notna()).to_numpy(dtype=float) for name in _PARTS)
    counted = np.isfinite(count) & (base > 0)
    return (count, base) if counted[np.isfinite(value)].all() else None


_PARTS = ("numerator", "denominator")


def chart_of_counts(measure: Measure, figures: pd.DataFrame, phase: Array) -> pd.DataFrame | None:
    """A row a month, as ``spc.xmr`` gives, with ``since`` and ``shift``; ``None`` where the counts are not known.

    ``figures``: value, marker, numerator and denominator by label of the month or quarter. Phases with a hidden one
    take no part.
    """
    counts = counts_of(measure, figures)
    if counts is None:
        return None
    count, base = counts
    hidden = np.isin(phase, phase[(figures["marker"] == "c").to_numpy()])
    judged = _mask_judged(np.isfinite(count) & ~hidden, phase, fewest_for(measure.basis))
    blank = dict.fromkeys(("mean", "low", "high", "shift"), np.nan)
    chart = pd.DataFrame({"value": figures["value"].to_numpy(), "phase": phase, **blank})
    chart = chart.assign(cause=np.where(np.isfinite(count), MonthCause.TOO_FEW_MONTHS, ""), side=0.0, since="")
    if judged.any():
        calendar = np.array([int(label.partition("-")[2].removeprefix("Q")) for label in figures.index])[judged]
        levels = np.column_stack([phase[judged] == number for number in np.unique(phase[judged])]).astype(float)
        months = MonthCounts(count[judged], base[judged], calendar, levels, measure.unit == "percent")
        limits = judge_months(months, phase[judged])
        per = (1.0 if measure.unit == "number" else 100.0) / months.base
        labels = np.array(figures.index, dtype=object)[judged]
        for name, column in _columns(months.count, limits, per, labels).items():
            chart.loc[judged, name] = column
    return chart


def _mask_judged(known: Flags, phase: Array, fewest: Fewest) -> Flags:
    """The months of phases that are long enough, if there are enough of them together."""
    long = [number for number in np.unique(phase) if (known & (phase == number)).sum() >= fewest.in_phase]
    judged = known & np.isin(phase, long)
    return judged if judged.sum() >= fewest.in_all else np.zeros(len(known), dtype=bool)


def _columns(count: Array, limits: CountedMonths, per: Array, labels: Array) -> dict[str, Array]:
    """What the chart says of judged months; a month outside its limits is that first."""
    outside = np.where(count > limits.high, 1.0, np.where(count < limits.low, -1.0, 0.0))
    new_level = limits.side != 0
    cause = np.select(
        [outside > 0, outside < 0, limits.side > 0, limits.side < 0],
        [MonthCause.ABOVE_LIMIT, MonthCause.BELOW_LIMIT, MonthCause.HIGHER_LEVEL, MonthCause.LOWER_LEVEL],
        MonthCause.COMMON,
    )
    return {
        "mean": limits.expected * per,
        "low": limits.low * per,
        "high": limits.high * per,
        "cause": cause,
        "side": np.where(outside != 0, outside, limits.side),
        "since": np.where(new_level, labels[limits.level], ""),
        "shift": np.where(new_level, limits.shift, np.nan),
    }
