"""How long cases wait, by the year in which they began."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from toolkit.frames.frame import Frame

__all__ = ["OPEN_CASES", "WAITS", "WAIT_CURVES", "OpenCases", "Wait"]


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

WAIT_CURVES = Frame("wait_curves", Wait, key=WAITS.key, title="Waits week by week, by the year in which cases began")
"""The shares of WAITS after each week, from the first on, for the chart."""


class OpenCases(NamedTuple):
    """Cases that are open on the cut-off date and have waited between so many and so many weeks."""

    measure: Annotated[str, "id of the measure that the wait belongs to"]
    over: Annotated[float, "weeks that they have waited longer than; -1: the newest are among them"]
    up_to: Annotated[float, "weeks that they have waited at most; NaN: no limit"]
    cases: Annotated[float, "cases that are open"]
    longest: Annotated[float, "weeks that the longest of them has waited; NaN in public"]
    marker: Annotated[str, "why there is no number: c hidden; else ''"]


OPEN_CASES = Frame("open_cases", OpenCases, key=("measure", "over"), title="Open cases by how long they have waited")
