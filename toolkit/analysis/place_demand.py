"""Places against demand: what is commissioned and taken, how demand grows, and how many places it would need."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import pandas as pd

from toolkit.analysis.demand import backtest, extrapolate, since_gap
from toolkit.analysis.projection import FEWEST_YEARS
from toolkit.frames import Frame
from toolkit.params import Measure
from toolkit.sources import Period, parse_period

__all__ = ["PLACES", "PlacesSeries", "PlacesYear", "places_of"]


class PlacesYear(NamedTuple):
    """Places and demand in one year."""

    period: Annotated[str, "label of the count of demand"]
    places_period: Annotated[str, "label of the period of places in which that count lies"]
    demand: Annotated[float, "those who may want a place: counted, or projected"]
    low: Annotated[float, "lower 95% limit of a projection; NaN for a count"]
    high: Annotated[float, "upper 95% limit of a projection"]
    projected: Annotated[bool, "demand is a projection"]
    capacity: Annotated[float, "places; NaN where not known yet"]
    occupied: Annotated[float, "places taken"]
    occupancy: Annotated[float, "places taken in percent of places"]
    per_hundred: Annotated[float, "places for every 100 of counted demand"]
    wanted: Annotated[float, "places wanted if the newest share of demand that has one stays as it is"]
    wanted_low: Annotated[float, "the same for the lower limit of demand"]
    wanted_high: Annotated[float, "the same for the upper limit"]


PLACES = Frame("places", PlacesYear)
"""A row a count of demand or a year of its projection, in time order."""


@dataclass(frozen=True)
class PlacesSeries:
    """What a page shows: PLACES, the BACKTEST of the projection, the share used and the period it is of.

    ``share`` is per 100 of demand; NaN where no period has both figures. ``comparable`` is how many comparable years
    in a row there were to project from, ``fewest`` how many it takes.
    """

    table: pd.DataFrame
    errors: pd.DataFrame
    share: float
    share_period: str
    comparable: int
    fewest: int

    @property
    def too_few(self) -> bool:
        return not self.table["projected"].any()


def places_of(
    roles: Mapping[str, Measure], results: pd.DataFrame, area: str, ahead: int, *, fewest: int = FEWEST_YEARS
) -> PlacesSeries:
    """``roles`` maps capacity, occupied and demand to their measures; ``results`` are RESULTS, protected or not.

    ``ahead``: how many years are projected, from ``fewest`` comparable counts at least.
    """
    figures = {role: _figures(measure, results, area) for role, measure in roles.items()}
    counts = _comparable(roles["demand"], figures["demand"])
    rows = [_row(period, roles, figures) | {"demand": value} for period, value in figures["demand"].items()]
    for step in range(1, ahead + 1):
        line = extrapolate(list(counts.values()), step, fewest)
        if line:
            projected = {"demand": line.value, "low": line.low, "high": line.high, "projected": True}
            rows.append(_row(max(counts).before(-step), roles, figures) | projected)
    share, share_period = _share(rows)
    return PlacesSeries(
        PLACES.validate(_add_shares(pd.DataFrame(rows, columns=_GIVEN), share)),
        backtest({period.end.year: value for period, value in counts.items()}, ahead, fewest),
        share,
        share_period,
        len(counts),
        fewest,
    )


KnownFigures = dict[Period, float]
"""Known figures of one measure and area, in time order."""


def _figures(measure: Measure, results: pd.DataFrame, area: str) -> KnownFigures:
    mine = results[(results["measure"] == measure.id) & (results["area_code"] == area) & results["value"].notna()]
    by_period = {parse_period(p, measure.basis): v for p, v in zip(mine["period"], mine["value"], strict=True)}
    return {period: by_period[period] for period in sorted(by_period)}


_GIVEN = ["period", "places_period", "demand", "low", "high", "projected", "capacity", "occupied"]
_WANTED = {"wanted": "demand", "wanted_low": "low", "wanted_high": "high"}


def _add_shares(table: pd.DataFrame, share: float) -> pd.DataFrame:
    projected = table["projected"].astype("bool")
    return table.assign(
        occupancy=100 * table["occupied"] / table["capacity"],
        per_hundred=(100 * table["capacity"] / table["demand"]).mask(projected),
        **{name: (table[of] * share / 100).where(projected) for name, of in _WANTED.items()},
    )


def _comparable(measure: Measure, figures: KnownFigures) -> KnownFigures:
    """The figures since the newest break, and since the newest missing year."""
    breaks = [parse_period(b.from_, measure.basis) for b in measure.breaks]
    start = max((b for b in breaks if figures and b <= max(figures)), default=None)
    since = {period.end.year: period for period in figures if start is None or period >= start}
    return {since[year]: figures[since[year]] for year in since_gap({y: figures[p] for y, p in since.items()})}


def _row(period: Period, roles: Mapping[str, Measure], figures: Mapping[str, KnownFigures]) -> dict[str, Any]:
    """The places of the period in which ``period`` ends, without demand."""
    capacity = roles["capacity"].basis
    held_in = Period.containing(period.end, capacity)
    return {
        "period": period.label,
        "places_period": held_in.label,
        "projected": False,
        "capacity": figures["capacity"].get(held_in, math.nan),
        "occupied": figures["occupied"].get(held_in, math.nan),
    }


def _share(rows: list[dict[str, Any]]) -> tuple[float, str]:
    """Places taken for every 100 of demand in the newest period that has both, and that period."""
    both = [row for row in rows if not row["projected"] and row["demand"] > 0 and not math.isnan(row["occupied"])]
    return (100 * both[-1]["occupied"] / both[-1]["demand"], both[-1]["period"]) if both else (math.nan, "")
