"""Places against demand, and how far past projections of demand were out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.demand import BACKTEST, BacktestYear
from toolkit.analysis.place_demand import PLACES, PlacesYear
from toolkit.frames import DEMAND
from toolkit.params import Measure
from toolkit.report.shown import Shown, sentence
from toolkit.report.tables.table import ColumnFormat, column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["places", "projection_errors", "what_if"]


def places(rows: pd.DataFrame, roles: Mapping[str, Measure], illustrative: bool) -> Shown:
    """PLACES as a table: demand counted or projected, places, places taken, and places wanted."""
    shown = [_row(year) | {"illustrative": "illustrative" if illustrative else ""} for year in PLACES.rows(rows)]
    order = [role for role in ("demand", "capacity", "occupied") if role in roles]
    named = {role: ColumnFormat(roles[role].short_name, "number") for role in order}
    worked_out = ("occupancy", "per_hundred", "wanted") if "capacity" in roles else ()
    columns = {"period": ColumnFormat(roles["demand"].basis.capitalize()), **named}
    columns |= column_formats("places", worked_out, numbers=worked_out)
    return table(
        pd.DataFrame(shown, columns=[*columns, "illustrative"]),
        REPORT.say("table.places" if "capacity" in roles else "table.demand"),
        columns,
    )


def _row(year: PlacesYear) -> dict[str, Any]:
    demand = format_figure(year.demand, "number", 0)
    if year.projected:
        demand = REPORT.say("table.projected", demand=demand, range=_span(year.low, year.high))
    wanted = _with_range(year.wanted, year.wanted_low, year.wanted_high)
    return {
        "period": REPORT.say("table.places_period", period=year.period, places_period=year.places_period)
        if year.places_period
        else year.period,
        "demand": demand,
        "capacity": format_figure(year.capacity, "number", 0),
        "occupied": format_figure(year.occupied, "number", 0),
        "occupancy": format_figure(year.occupancy, "percent", 1),
        "per_hundred": format_figure(year.per_hundred, "number", 1),
        "wanted": wanted if year.projected and not math.isnan(year.wanted) else "",
    }


def what_if(rows: pd.DataFrame, roles: Mapping[str, Measure], illustrative: bool) -> Shown:
    """The assumptions of DEMAND as a table: what each year would need, and how many places there would be."""
    shown = [
        {
            "assumption": row.assumption,
            "period": row.period,
            "demand": format_figure(row.demand, "number", 0),
            "wanted": format_figure(row.wanted, "number", 0),
            "capacity": format_figure(row.capacity, "number", 0),
            "illustrative": "illustrative" if illustrative else "",
        }
        for row in DEMAND.rows(rows[rows["kind"] == "what if"])
    ]
    columns = column_formats("what_if", ("assumption",))
    columns["period"] = ColumnFormat(roles["demand"].basis.capitalize())
    columns |= {
        role: ColumnFormat(roles[role].short_name, "number") for role in ("demand", "capacity") if role in roles
    }
    if "capacity" in roles:
        columns |= column_formats("what_if", ("wanted",), numbers=("wanted",))
    caption = REPORT.say("table.what_if" if "capacity" in roles else "table.what_if_demand")
    return table(pd.DataFrame(shown, columns=[*columns, "illustrative"]), caption, columns)


def _span(low: float, high: float) -> str:
    return REPORT.say("table.range", low=format_figure(low, "number", 0), high=format_figure(high, "number", 0))


def _with_range(value: float, low: float, high: float) -> str:
    return REPORT.say("table.with_range", value=format_figure(value, "number", 0), range=_span(low, high))


def projection_errors(errors: pd.DataFrame, caption: str, fewest: int) -> Shown:
    """BACKTEST as a table: what the method would have said of each past year, and how far out it was."""
    if errors.empty:
        return sentence(REPORT.say("table.no_past_projection", caption=caption, fewest=fewest))
    rows = [
        {
            "year": f"{past.year:.0f}",
            "from": f"{past.known_until:.0f}",
            "error": _error(past),
            "projected": _with_range(past.projected, past.low, past.high),
            "counted": format_figure(past.counted, "number", 0),
            "held": REPORT.say("table.held" if past.held else "table.not_held"),
        }
        for past in BACKTEST.rows(errors)
    ]
    columns = column_formats(
        "projection_errors",
        ("year", "error", "projected", "counted", "held", "from"),
        numbers=("error", "projected", "counted"),
    )
    return table(pd.DataFrame(rows, columns=list(columns)), caption, columns)


def _error(past: BacktestYear) -> str:
    percent = format_figure(abs(past.error_percent), "percent", 1)
    key = "table.too_many" if past.error > 0 else "table.too_few"
    return REPORT.say(key, count=format_figure(abs(past.error), "number", 0), percent=percent)
