"""A measure with too few figures for a line, as bars: the authority, England, similar authorities and the target."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from toolkit.frames import Judgement
from toolkit.params import Measure
from toolkit.report.charts.bars import Bar, bars
from toolkit.report.charts.figure import Caption
from toolkit.report.charts.series import AUTHORITY, ENGLAND, SERIES, SeriesPoint, place_of, series_table
from toolkit.report.shown import Shown
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period, format_target

__all__ = ["FEWEST", "newest_figures"]

FEWEST = 3
"""Figures of the authority from which a line says more than bars do."""


def newest_figures(series: pd.DataFrame, judgement: Judgement, measure: Measure, caption: Caption) -> Shown:
    """SERIES with fewer than ``FEWEST`` figures of the authority; ``caption`` is that of its line chart."""
    return bars(list(_bars(series, judgement, measure)), caption, series_table(series, measure))


def _bars(series: pd.DataFrame, judgement: Judgement, measure: Measure) -> Iterator[Bar]:
    counted = (measure.unit == "number") & (series["line"] == ENGLAND)
    drawn = series[series["value"].notna() & ~counted]
    known = sorted(SERIES.rows(drawn), key=lambda point: place_of(point.period), reverse=True)
    mine = [point for point in known if point.line == AUTHORITY]
    for number, point in enumerate(mine):
        yield _bar(point, measure, main=number == 0)
    others: dict[str, SeriesPoint] = {}
    for point in known:
        if point.line != AUTHORITY:
            others.setdefault(point.line, point)
    for point in others.values():
        yield _bar(point, measure, main=False)
    if not math.isnan(judgement.target):
        name = REPORT.say("chart.target_in", period=format_period(judgement.target_period))
        yield Bar(name, judgement.target, format_target(judgement.target, measure.unit, measure.decimals), main=False)


def _bar(point: SeriesPoint, measure: Measure, main: bool) -> Bar:
    name = REPORT.say("chart.name_in", name=point.name, period=format_period(point.period))
    return Bar(name, point.value, format_figure(point.value, measure.unit, measure.decimals), main)
