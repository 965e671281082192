"""Numbers as people say them, and the markers that stand where there is no number."""

from __future__ import annotations

import math
from datetime import date

__all__ = ["MARKERS", "NO_DATA", "say", "say_aim", "say_change", "say_date", "say_in_100", "say_move", "say_period"]

NO_DATA = "no data"

MARKERS = {
    "c": "hidden to protect individuals",
    "low": "more than zero, but rounds to zero",
    "u": "low reliability: use with care",
    "x": "not available",
    "z": "not applicable",
}
"""Shorthand of the Government Analysis Function, in the words that explain it."""

_AFTER = {"percent": "%", "points": " percentage points", "score": " points", "rate per 100": " per 100"}


def say(value: float, unit: str, decimals: int, marker: str = "") -> str:
    """A value with its unit, or the marker in brackets where there is no value.

    >>> say(98.876, "percent", 1), say(4222.0, "number", 0), say(math.nan, "pounds", 0, "c")
    ('98.9%', '4,222', '[c]')
    """
    if math.isnan(value):
        return f"[{marker}]" if marker else NO_DATA
    number = _plain(abs(value), decimals)
    sign = "\u2212" if value < 0 and float(number.replace(",", "")) else ""
    said = sign + ("£" if unit == "pounds" else "") + number + _AFTER.get(unit, "")
    return f"{said} [{marker}]" if marker else said


def say_aim(value: float, unit: str, decimals: int) -> str:
    """A target or a duty, which people set in whole numbers: without decimals where it has none.

    >>> say_aim(95.0, "percent", 1), say_aim(92.5, "percent", 1)
    ('95%', '92.5%')
    """
    return say(value, unit, 0 if value == round(value) else decimals) if not math.isnan(value) else NO_DATA


def say_change(change: float, unit: str, decimals: int, marker: str = "") -> str:
    """A change in words: up or down, and by how much; percentages change by percentage points.

    >>> say_change(-1.13, "percent", 1), say_change(0.01, "number", 0)
    ('down 1.1 percentage points', 'no change')
    """
    if math.isnan(change):
        return f"[{marker}]" if marker else NO_DATA
    if not float(_plain(abs(change), decimals).replace(",", "")):
        return "no change"
    amount = say(abs(change), "points" if unit == "percent" else unit, decimals)
    return f"{'up' if change > 0 else 'down'} {amount}"


def say_move(value: float, before: float, unit: str, decimals: int) -> str:
    """The change between two numbers as they are said, so that a reader who subtracts finds the same.

    >>> say_move(6.65, 5.96, "percent", 1), say_move(6.04, 5.96, "percent", 1)
    ('up 0.7 percentage points', 'no change')
    """
    if math.isnan(value) or math.isnan(before):
        return NO_DATA
    now, then = (float(f"{number:.{decimals}f}") for number in (value, before))
    return say_change(now - then, unit, decimals)


def say_in_100(percent: float) -> str:
    """A percentage for readers who do not use percentages: people in every 100, in whole numbers.

    >>> say_in_100(98.26), say_in_100(0.3)
    ('about 98 in every 100', 'fewer than 1 in every 100')
    """
    if 0 < percent < 0.5:
        return "fewer than 1 in every 100"
    return f"{'' if percent == round(percent) else 'about '}{_plain(percent, 0)} in every 100"


def say_date(given: date | str) -> str:
    """A day in words; text that is not an ISO date comes back as it is.

    >>> say_date("2019-04-30"), say_date("Spring term")
    ('30 April 2019', 'Spring term')
    """
    try:
        day = date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return str(given)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_period(label: str) -> str:
    """The label of a period in words: a month by its name, every other label as it is.

    >>> say_period("2018-04"), say_period("2017/18")
    ('April 2018', '2017/18')
    """
    year, dash, month = label.partition("-")
    return f"{_MONTHS[int(month) - 1]} {year}" if dash and month.isdigit() else label


# Not strftime: its month names follow the machine's locale.
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]


def _plain(size: float, decimals: int) -> str:
    return f"{size:,.{decimals}f}"
