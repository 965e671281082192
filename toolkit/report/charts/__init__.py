"""Charts: one function a kind, each from a frame alone, each an SVG with a title, a description and its data.

``pen.py`` writes the SVG; a chart module works out where things go.
"""

from toolkit.report.charts.bars import Bar, bars
from toolkit.report.charts.capacity_and_demand import capacity_and_demand
from toolkit.report.charts.dumbbell import dumbbell
from toolkit.report.charts.figure import Caption
from toolkit.report.charts.funnel import funnel
from toolkit.report.charts.months import months
from toolkit.report.charts.series import SERIES
from toolkit.report.charts.sparkline import sparkline
from toolkit.report.charts.timeline import timeline
from toolkit.report.charts.trend import trend
from toolkit.report.charts.waits import WaitChart, waits

__all__ = [
    "SERIES",
    "Bar",
    "Caption",
    "WaitChart",
    "bars",
    "capacity_and_demand",
    "dumbbell",
    "funnel",
    "months",
    "sparkline",
    "timeline",
    "trend",
    "waits",
]
