"""Demand for places: counted, projected, and what stated assumptions would make of it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from toolkit.frames.frame import Frame

__all__ = ["DEMAND", "DemandRow"]


class DemandRow(NamedTuple):
    """Demand and places of one period, as counted, as projected, or under one assumption."""

    measure: Annotated[str, "id of the measure of demand"]
    kind: Annotated[str, "counted, projected or what if (an assumption, never a forecast)"]
    assumption: Annotated[str, "what is assumed; '' for what is counted or projected"]
    period: Annotated[str, "label of the count of demand"]
    demand: Annotated[float, "those who may want a place"]
    low: Annotated[float, "lower 95% limit of a projection; else blank"]
    high: Annotated[float, "upper 95% limit of a projection; else blank"]
    capacity: Annotated[float, "places; of an assumption the newest number known, and those it adds"]
    wanted: Annotated[float, "places wanted if the newest share of demand that has one stays as it is"]
    wanted_low: Annotated[float, "the same for the lower limit of demand"]
    wanted_high: Annotated[float, "the same for the upper limit"]
    judged_from: Annotated[str, "national panel, own growth or assumption; '' for what is counted"]
    source: Annotated[str, "source of the count of demand"]


DEMAND = Frame(
    "demand", DemandRow, title="Demand: those who may want a place, counted, projected, and under stated assumptions"
)
