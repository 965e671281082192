"""How long cases wait, by the year in which they began."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from toolkit.frames.frame import Frame

__all__ = ["WAITS", "Wait"]


class Wait(NamedTuple):
    """Cases of one cohort after so many weeks, those still open among them."""

    measure: Annotated[str, "id of the measure that the wait belongs to"]
    cohort: Annotated[str, "calendar year in which the cases began"]
    weeks: Annotated[float, "weeks since they began"]
    cases: Annotated[float, "cases that began in the year, up to the cut-off"]
    issued: Annotated[float, "cases that had come to their end, such as a plan, within these weeks"]
    refused: Annotated[float, "cases that were refused within these weeks"]
    ended: Annotated[float, "cases that were withdrawn, or ended otherwise, within these weeks"]
    open: Annotated[float, "cases that are still open and have waited longer than these weeks"]
    share: Annotated[float, "of cases that are not refused or ended, per cent within these weeks (Kaplan–Meier)"]
    low: Annotated[float, "lower 95% limit of the share"]
    high: Annotated[float, "upper 95% limit of the share"]
    issued_share: Annotated[float, "of all cases, per cent at their end within these weeks (cumulative incidence)"]
    refused_share: Annotated[float, "of all cases, per cent refused within these weeks"]
    ended_share: Annotated[float, "of all cases, per cent withdrawn or ended otherwise within these weeks"]
    waiting_share: Annotated[float, "of all cases, per cent still waiting after these weeks"]
    measured: Annotated[float, "the measure's own figure for the year, where these weeks are its limit"]
    marker: Annotated[str, "why there is no share: c hidden, x too few have waited so long; else ''"]


WAITS = Frame(
    "waits",
    Wait,
    key=("measure", "cohort", "weeks"),
    title="Waits by the year in which cases began, with those that are still open",
)
