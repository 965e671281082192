"""Places against demand, and how far past projections of demand were out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.projection import FEWEST_YEARS
from toolkit.params import Measure
from toolkit.report.shown import Shown, sentence
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.numbers import format_figure

__all__ = ["places", "projection_errors"]


def places(rows: pd.DataFrame, roles: Mapping[str, Measure], illustrative: bool) -> Shown:
    """PLACES as a table: demand counted or projected, places, places taken, and places wanted."""
    shown = [_row(row) | {"illustrative": "illustrative" if illustrative else ""} for row in rows.to_dict("records")]
    columns: Columns = {
        "period": roles["demand"].basis.capitalize(),
        "demand": Column(roles["demand"].short_name, "number"),
        "capacity": Column(roles["capacity"].short_name, "number"),
        "occupied": Column(roles["occupied"].short_name, "number"),
        "occupancy": Column("Occupied", "number"),
        "per_hundred": Column("Places for every 100", "number"),
        "wanted": Column("Places wanted, if the share stays", "number", empty="counted, not projected"),
    }
    return table(pd.DataFrame(shown, columns=[*columns, "illustrative"]), "Places and demand", columns)


def _row(row: Mapping[Any, Any]) -> dict[str, Any]:
    projected = bool(row["projected"])
    demand = format_figure(row["demand"], "number", 0)
    if projected:
        demand = f"projected {demand} ({_span(row['low'], row['high'])})"
    wanted = f"{format_figure(row['wanted'], 'number', 0)} ({_span(row['wanted_low'], row['wanted_high'])})"
    return {
        "period": f"{row['period']} (places of {row['places_period']})",
        "demand": demand,
        "capacity": format_figure(row["capacity"], "number", 0),
        "occupied": format_figure(row["occupied"], "number", 0),
        "occupancy": format_figure(row["occupancy"], "percent", 1),
        "per_hundred": format_figure(row["per_hundred"], "number", 1),
        "wanted": wanted if projected and not math.isnan(row["wanted"]) else "",
    }


def _span(low: float, high: float) -> str:
    return f"{format_figure(low, 'number', 0)} to {format_figure(high, 'number', 0)}"


def projection_errors(errors: pd.DataFrame, caption: str) -> Shown:
    """BACKTEST as a table: what the method would have said of each past year, and how far out it was."""
    if errors.empty:
        why = f"no past year has {FEWEST_YEARS} comparable years in a row before it to project from"
        return sentence(f"{caption}: {why}.")
    rows = [
        {
            "year": f"{row['year']:.0f}",
            "from": f"{row['known_until']:.0f}",
            "error": _error(row),
            "projected": f"{format_figure(row['projected'], 'number', 0)} ({_span(row['low'], row['high'])})",
            "counted": format_figure(row["counted"], "number", 0),
            "held": "yes" if row["held"] else "no",
        }
        for row in errors.to_dict("records")
    ]
    columns: Columns = {
        "year": "Year",
        "error": Column("Error", "number"),
        "projected": Column("Projected then", "number"),
        "counted": Column("Counted", "number"),
        "held": "Was it inside the range?",
        "from": "From figures until",
    }
    return table(pd.DataFrame(rows, columns=list(columns)), caption, columns)


def _error(row: Mapping[Any, Any]) -> str:
    way = "too many" if row["error"] > 0 else "too few"
    percent = format_figure(abs(row["error_percent"]), "percent", 1)
    return f"{format_figure(abs(row['error']), 'number', 0)} {way} ({percent})"
