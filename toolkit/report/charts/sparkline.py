"""A word-sized line chart: the shape of a series, for use beside its figure in text or in a table."""

from __future__ import annotations

import pandas as pd

from toolkit.params import Measure
from toolkit.report.charts.series import AUTHORITY, runs, usual_step
from toolkit.report.shown import Html, Shown, as_attribute, as_text
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure, format_period

__all__ = ["sparkline"]

_WIDE, _HIGH = 120, 28


def sparkline(series: pd.DataFrame, measure: Measure) -> Shown:
    """The authority's line of SERIES, without axes, cut at breaks; its label gives the first and the last figure.

    Example: ``sparkline(series, measure)``
    """
    mine = series[series["line"] == AUTHORITY]
    parts = runs(mine, measure.breaks, usual_step(mine["period"]))
    if not parts:
        return Shown(as_text(REPORT.say("chart.sparkline.no_figures")))
    points = [point for part in parts for point in part]
    lines = Html("").join(_line([_pixel(point, points) for point in part]) for part in parts)
    across, down = _pixel(points[-1], points)
    svg = Html(
        '<svg class="spark" role="img" aria-label="{label}" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
        ' fill="none" stroke="#12436d">{lines}<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="#12436d"/></svg>'
    )
    label = as_attribute(_label(mine, measure))
    return Shown(svg.format(label=label, wide=_WIDE, high=_HIGH, lines=lines, across=across, down=down))


def _label(mine: pd.DataFrame, measure: Measure) -> str:
    """Such as "Plans within 20 weeks: from 61.1% in 2014 to 98.9% in 2017"."""
    figures = mine[mine["value"].notna()].sort_values("period")
    written = [
        REPORT.say("table.figure", value=format_figure(value, measure.unit, measure.decimals), period=format_period(at))
        for value, at in zip(figures["value"], figures["period"], strict=True)
    ]
    key = "chart.sparkline.described" if len(written) > 1 else "chart.sparkline.one_figure"
    return REPORT.say(key, name=measure.short_name, first=written[0], last=written[-1])


def _pixel(point: tuple[float, float], points: list[tuple[float, float]]) -> tuple[float, float]:
    first, last = points[0][0], points[-1][0]
    low, high = min(value for _, value in points), max(value for _, value in points)
    across = (point[0] - first) / ((last - first) or 1)
    down = (high - point[1]) / (high - low) if high > low else 0.5
    return 5 + across * (_WIDE - 10), 5 + down * (_HIGH - 10)


def _line(pixels: list[tuple[float, float]]) -> Html:
    if len(pixels) == 1:
        return Html('<circle cx="{:.1f}" cy="{:.1f}" r="1.5" fill="#12436d"/>').format(*pixels[0])
    drawn = " ".join(f"{across:.1f},{down:.1f}" for across, down in pixels)
    return Html('<polyline points="{}" stroke-width="2"/>').format(drawn)
