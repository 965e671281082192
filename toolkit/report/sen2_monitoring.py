"""The quarter's figures that a council can copy into its report on local reform: its own, by our own list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from toolkit.params.yaml import read_yaml
from toolkit.sources.sen2 import ALL, MEASURED, Measured, Window
from toolkit.words.bank import Phrases

__all__ = ["monitoring_lines", "monitoring_table"]

SEN2 = Phrases("sen2")


class _Part(NamedTuple):
    heading: str
    measures: tuple[str, ...]


@cache
def _parts() -> tuple[_Part, ...]:
    path = Path(__file__).with_name("sen2_monitoring.yaml")
    return tuple(_Part(part["heading"], tuple(part["measures"])) for part in read_yaml(path, path.parents[2]).data)


def monitoring_table(measured: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Part, figure, value, numerator and denominator of each line, from MEASURED that has been protected."""
    rows = {row.measure: row for row in MEASURED.rows(measured[measured["topic"] == ALL])}
    lines = [
        (SEN2.say(f"sen2.monitoring.heading.{part.heading}"), window.label, *_cells(rows[name]))
        for part in _parts()
        for name in part.measures
    ]
    columns = ["part", "period", "figure", "value", "numerator", "denominator", "marker"]
    return pd.DataFrame(lines, columns=columns)


def _cells(row: Measured) -> tuple[str, float, float, float, str]:
    return row.name, row.value, row.numerator, row.denominator, row.marker


def monitoring_lines(measured: pd.DataFrame, window: Window) -> Iterator[str]:
    """The figures of the monitoring form as lines for a terminal."""
    rows = {row.measure: row for row in MEASURED.rows(measured[measured["topic"] == ALL])}
    yield ""
    yield SEN2.say("sen2.monitoring.title", period=window.label)
    yield SEN2.say("sen2.monitoring.ours")
    for part in _parts():
        yield SEN2.say(f"sen2.monitoring.heading.{part.heading}")
        for name in part.measures:
            yield SEN2.say("sen2.monitoring.line", name=rows[name].name, figure=_figure(rows[name]))


def _figure(row: Measured) -> str:
    if row.marker:
        return f"[{row.marker}]"
    return f"{row.value:,.0f}" if row.unit == "count" else f"{row.value:.1f}{'%' if row.unit == 'percent' else ''}"
