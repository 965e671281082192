"""Figures and files that the next review waits for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from toolkit.params import Measure
from toolkit.refresh.awaited import AwaitedRelease, usual_months
from toolkit.sources import Source
from toolkit.words.bank import REPORT, join_and
from toolkit.words.numbers import format_date, format_period

__all__ = ["describe_awaited"]


def describe_awaited(one: AwaitedRelease, source: Source, measures: Mapping[str, Measure]) -> str:
    """What is awaited of its source, when it usually comes out, and which measures wait for it; each by its name."""
    state = REPORT.say(f"awaited.{one.state.replace(' ', '_')}", source=source.title, what=_what(one))
    line = f"{state}, {_when(one, usual_months(source))}" if one.state == "awaited" else state
    waiting = "; ".join(measures[name].short_name for name in one.measures)
    return REPORT.say("awaited.measures", line=line, measures=waiting) if waiting else line


def _what(one: AwaitedRelease) -> str:
    if one.since:
        periods = {"first": format_period(one.since), "last": format_period(one.period)}
        return REPORT.say("awaited.periods", basis=one.basis, **periods)
    if one.period:
        return REPORT.say("awaited.period", period=format_period(one.period), basis=one.basis)
    if one.last_edition:
        return REPORT.say("awaited.next_edition", edition=one.last_edition)
    return REPORT.say("awaited.first_edition")


def _when(one: AwaitedRelease, months: list[int]) -> str:
    """The month that the calendar gives, else those of the editions so far."""
    if one.expected:
        return REPORT.say("awaited.usually", month=format_period(one.expected))
    if not months:
        return REPORT.say("awaited.unknown_month")
    return REPORT.say("awaited.earlier_editions", months=join_and(_month(month) for month in months))


def _month(month: int) -> str:
    return format_date(date(2000, month, 1)).split()[1]
