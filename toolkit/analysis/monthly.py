"""A monthly measure as a chart: every month with its limits, and what it says for people.

Where counts are known, limits are exact and allow for the time of year (``counted_months``); else it is an XmR chart.
Limits are worked out again from each break and each month named in ``chart: rebase``. A phase with a hidden month is
not judged: months are hidden because they are unusual, so limits from the others would mislead. Nor is any month where
the data failed a critical check.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, NamedTuple

import numpy as np
import pandas as pd

from toolkit.analysis.codes import MonthCause, Variation
from toolkit.analysis.counted_months import chart_of_counts
from toolkit.analysis.spc import XmrOptions, assurance, classify_variation, xmr
from toolkit.frames import Frame
from toolkit.params import Measure, MonthlyChart
from toolkit.sources import period_before

__all__ = ["COUNTED", "MONTHS", "Month", "assurance_of_months", "clip_limit", "months_of"]

COUNTED, XMR = "counts", "xmr"
"""How limits were worked out."""


class Month(NamedTuple):
    """One month of a monthly measure, with its control limits."""

    period: Annotated[str, "label of the month, 2018-04; every month from the first to the last, gaps included"]
    value: Annotated[float, "value in the measure's unit; NaN where there is none"]
    marker: Annotated[str, "why there is no value: c, x, z, low, u; else ''"]
    phase: Annotated[float, "number of the phase, from 0; limits are worked out in each on its own"]
    mean: Annotated[float, "what is expected: of the month, or the mean of the phase; NaN where it is not judged"]
    low: Annotated[float, "lower limit"]
    high: Annotated[float, "upper limit"]
    cause: Annotated[str, "common cause, the rule that names the month, or why it is not judged; '' without a value"]
    side: Annotated[float, "1 where the cause is high or rising, -1 where it is low or falling, else 0"]
    reading: Annotated[str, "improvement or concern by polarity, high or low without one, else common cause"]
    since: Annotated[str, "first month of its level where that is a new one; else ''"]
    shift: Annotated[float, "how far that level is from the one before: points of a percentage, else per cent"]
    method: Annotated[str, "counts: exact limits by time of year; xmr: from the moving range"]


MONTHS = Frame("months", Month)
"""A row a month, in time order."""


def months_of(measure: Measure, results: pd.DataFrame, area: str, data_failed: bool = False) -> pd.DataFrame:
    """MONTHS of one area from RESULTS, protected or not; a month before the first figure or after the last has none.

    Where the ``data_failed`` a critical check, the figures are shown and none is judged.

    A measure on another basis is a ``ValueError``: yearly figures are never charted so.
    """
    if not measure.within_year:
        raise ValueError(
            f"charts with limits are for months and quarters, not for the basis '{measure.basis}' of {measure.id}"
        )
    mine = results[(results["measure"] == measure.id) & (results["area_code"] == area)].set_index("period")
    labels = list(_every_month(sorted(mine.index), measure.basis))
    if not labels:
        return MONTHS.empty()
    figures = mine[["value", "marker", "numerator", "denominator"]].reindex(labels)
    options = _options(measure, labels)
    hidden = (figures["marker"] == "c").to_numpy()
    phase = np.searchsorted(options.rebase, np.arange(len(labels)), side="right").astype(float)
    counted = chart_of_counts(measure, figures, phase)
    chart = xmr(figures["value"], options).assign(since="", shift=np.nan) if counted is None else counted
    table = chart.assign(period=labels, marker=figures["marker"].fillna("").to_numpy())
    table = table.assign(reading=classify_variation(table["side"], measure.polarity))
    table = table.assign(method=XMR if counted is None else COUNTED)
    if data_failed:
        return MONTHS.validate(_withdraw(table, np.full(len(table), True), MonthCause.DATA_FAILED))
    return MONTHS.validate(_withdraw(table, np.isin(phase, phase[hidden]), MonthCause.HIDDEN_MONTHS))


def _every_month(labels: Sequence[str], basis: str) -> Iterator[str]:
    """The labels with those in between that have no row."""
    if labels:
        yield labels[0]
    for earlier, later in pairwise(labels):
        between = [later]
        while (before := period_before(between[0], basis)) != earlier:
            between.insert(0, before)
        yield from between


def _options(measure: Measure, labels: list[str]) -> XmrOptions:
    """The measure's own rules; a phase that starts outside the series is none of it."""
    chosen = measure.chart or MonthlyChart()
    starts = tuple(labels.index(month) for month in measure.phases if month in labels[1:])
    return XmrOptions(run=chosen.run, trend=chosen.trend, screen=chosen.screen, rebase=starts)


def _withdraw(table: pd.DataFrame, where: np.ndarray, why: str) -> pd.DataFrame:
    """Without limits and causes in these rows, for this reason."""
    blank = {column: table[column].mask(where) for column in ("mean", "low", "high", "shift")}
    has_value = table["value"].notna()
    cause = table["cause"].mask(where & has_value, why).mask(~has_value, "")
    return table.assign(
        **blank,
        cause=cause,
        side=table["side"].mask(where, 0.0),
        since=table["since"].mask(where, ""),
        reading=table["reading"].mask(where | ~has_value, Variation.COMMON),
    )


def clip_limit(value: float, measure: Measure) -> float:
    """A limit cut to what the measure can be: 0 to 100 for a percentage, 0 and more for what is counted."""
    if math.isnan(value) or measure.unit in ("score", "pounds"):
        return value
    return min(100.0, max(0.0, value)) if measure.unit == "percent" else max(0.0, value)


def assurance_of_months(months: pd.DataFrame, target: float, measure: Measure) -> str:
    """Whether a target will be met if nothing changes: by the limits of the newest level's last twelve months."""
    if months.empty:
        return ""
    newest = months.iloc[-1]
    level = months[(months["phase"] == newest["phase"]) & (months["since"] == newest["since"])].iloc[-12:]
    limits = pd.DataFrame({"low": [level["low"].min()], "high": [level["high"].max()]})
    return assurance(limits, target, measure.polarity)
