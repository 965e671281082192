"""Places against demand: what is commissioned and taken, how demand grows, and how many places it would need."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import pandas as pd

from toolkit.analysis.demand import extrapolate, since_gap, try_projection
from toolkit.analysis.panel.codes import Basis
from toolkit.analysis.panel.grid import Panel, panel_of
from toolkit.analysis.panel.growth import counts_ahead, enough_for_growth
from toolkit.analysis.panel.scales import ModelScale
from toolkit.analysis.projection import FEWEST_YEARS, Projection
from toolkit.frames import DEMAND, Frame
from toolkit.params import Assumption, Measure
from toolkit.sources import Period, parse_period

__all__ = ["PLACES", "PlacesSeries", "PlacesYear", "demand_of", "places_of"]


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
    in a row there were to project from, ``fewest`` how many it takes. ``by_panel``: the projection is that of all
    authorities (``panel.growth``), not of the authority's own growth alone.
    """

    table: pd.DataFrame
    errors: pd.DataFrame
    share: float
    share_period: str
    comparable: int
    fewest: int
    by_panel: bool = False

    @property
    def too_few(self) -> bool:
        return not self.table["projected"].any()


def places_of(
    roles: Mapping[str, Measure], results: pd.DataFrame, area: str, ahead: int, *, fewest: int = FEWEST_YEARS
) -> PlacesSeries:
    """``roles`` maps capacity, occupied and demand to their measures, or demand alone; ``results`` are RESULTS.

    ``ahead``: how many years are projected, from ``fewest`` comparable counts at least.
    """
    figures = {role: _figures(measure, results, area) for role, measure in roles.items()}
    counts = _comparable(roles["demand"], figures["demand"])
    by_year = {period.end.year: value for period, value in counts.items()}
    project = _Projector(_panel(roles["demand"], results), area, fewest)
    rows = [_row(period, roles, figures) | {"demand": value} for period, value in figures["demand"].items()]
    for step in range(1, ahead + 1):
        line = project(by_year, step)
        if line:
            projected = {"demand": line.value, "low": line.low, "high": line.high, "projected": True}
            rows.append(_row(max(counts).before(-step), roles, figures) | projected)
    share, share_period = _share(rows)
    return PlacesSeries(
        PLACES.validate(_add_shares(pd.DataFrame(rows, columns=_GIVEN), share)),
        try_projection(by_year, ahead, project),
        share,
        share_period,
        len(counts),
        fewest,
        project.by_panel(by_year),
    )


def demand_of(measure: Measure, series: PlacesSeries, assumptions: Iterable[Assumption]) -> pd.DataFrame:
    """DEMAND: PLACES as it is, and the projected years again under each assumption."""
    about = {"measure": measure.id, "source": measure.source}
    basis = Basis.PANEL.value if series.by_panel else "own growth"
    years = list(PLACES.rows(series.table))
    rows = [{name: getattr(year, name) for name in _SHARED} | about | _of_kind(year, basis) for year in years]
    for one in assumptions:
        rows += [about | row for row in _under(one, years, series.share)]
    return DEMAND.validate(pd.DataFrame(rows, columns=list(DEMAND.columns)))


_SHARED = ("period", "demand", "low", "high", "capacity", "wanted", "wanted_low", "wanted_high")


def _of_kind(year: PlacesYear, basis: str) -> dict[str, str]:
    kind, judged_from = ("projected", basis) if year.projected else ("counted", "")
    return {"kind": kind, "assumption": "", "judged_from": judged_from}


def _under(one: Assumption, years: list[PlacesYear], share: float) -> Iterator[dict[str, Any]]:
    """The projected years with the demand that is assumed, or projected, and the newest places with those that open."""
    counted = [year for year in years if not year.projected]
    places = next((year.capacity for year in reversed(years) if not math.isnan(year.capacity)), math.nan)
    for ahead, year in enumerate((year for year in years if year.projected), 1):
        demand = year.demand if one.growth is None else counted[-1].demand * (1 + one.growth / 100) ** ahead
        opened = one.places if one.places and one.opens and int(year.period[:4]) >= one.opens else 0.0
        yield {
            "kind": "what if",
            "assumption": one.title,
            "period": year.period,
            "demand": demand,
            "low": math.nan if one.growth is not None else year.low,
            "high": math.nan if one.growth is not None else year.high,
            "capacity": places + opened,
            "wanted": demand * share / 100,
            "wanted_low": math.nan if one.growth is not None else year.wanted_low,
            "wanted_high": math.nan if one.growth is not None else year.wanted_high,
            "judged_from": "assumption",
        }


@dataclass(frozen=True)
class _Projector:
    """Projects an area's counts: by the panel where it holds enough authorities and years, else by own growth."""

    panel: Panel
    area: str
    fewest: int

    def by_panel(self, known: Mapping[int, float]) -> bool:
        """Whether the panel of what was known by the newest of these years is enough, and holds the area."""
        newest = max(known, default=0)
        held = self.area in self.panel.areas and newest in self.panel.years and len(known) >= self.fewest
        return held and enough_for_growth(self.panel.until(newest))

    def __call__(self, known: Mapping[int, float], ahead: int) -> Projection | None:
        if not self.by_panel(known):
            return extrapolate(list(known.values()), ahead, self.fewest)
        row = self.panel.areas.index(self.area)
        return Projection(*(float(side[row]) for side in counts_ahead(self.panel, max(known), ahead)))


def _panel(measure: Measure, results: pd.DataFrame) -> Panel:
    """The counts of all authorities on the log scale, by the year in which each was made."""
    mine = results[(results["measure"] == measure.id) & (results["area_level"] == "Local authority")]
    years = {label: parse_period(label, measure.basis).end.year for label in mine["period"].unique()}
    table = pd.DataFrame({"area": mine["area_code"], "year": mine["period"].map(years), "value": mine["value"]})
    breaks = [parse_period(b.from_, measure.basis).end.year for b in measure.breaks]
    return panel_of(table, ModelScale.LOG, breaks)


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
    held_in = Period.containing(period.end, roles["capacity"].basis) if "capacity" in roles else None
    places = {role: figures[role].get(held_in, math.nan) if held_in else math.nan for role in ("capacity", "occupied")}
    return {"period": period.label, "places_period": held_in.label if held_in else "", "projected": False, **places}


def _share(rows: list[dict[str, Any]]) -> tuple[float, str]:
    """Places taken for every 100 of demand in the newest period that has both, and that period."""
    both = [row for row in rows if not row["projected"] and row["demand"] > 0 and not math.isnan(row["occupied"])]
    return (100 * both[-1]["occupied"] / both[-1]["demand"], both[-1]["period"]) if both else (math.nan, "")
