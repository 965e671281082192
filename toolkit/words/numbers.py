"""Numbers as people say them, and the markers that stand where there is no number."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from toolkit.analysis.codes import Marker
from toolkit.words.bank import REPORT, Phrases

__all__ = [
    "MARKERS",
    "explain_marker",
    "format_change",
    "format_date",
    "format_figure",
    "format_in_100",
    "format_move",
    "format_period",
    "format_target",
    "reads_same",
    "say_no_data",
    "say_span",
]

MARKERS = ("c", "low", "u", "x", "z")
"""Shorthand of the Government Analysis Function, in the order in which a page explains it."""


def say_no_data() -> str:
    """What stands where there is no figure and nothing says why."""
    return REPORT.say("numbers.no_data")


def explain_marker(marker: str) -> str:
    """What a marker means.

    >>> explain_marker("c")
    'hidden to protect people'
    """
    return REPORT.say(f"marker.{marker}")


def format_figure(value: float, unit: str, decimals: int, marker: str = "") -> str:
    """A value with its unit, or the marker in brackets where there is no value.

    >>> format_figure(98.876, "percent", 1), format_figure(1.0, "score", 0), format_figure(math.nan, "pounds", 0, "c")
    ('98.9%', '1 point', '[c]')
    """
    if math.isnan(value):
        return REPORT.say("numbers.no_body") if marker == Marker.NO_BODY else f"[{marker}]" if marker else say_no_data()
    number = _plain(abs(value), decimals)
    sign = "\u2212" if value < 0 and float(number.replace(",", "")) else ""
    count = 1 if number == "1" else 2  # 1.0 points, 1 point
    figure = sign + REPORT.say(f"figure.{unit.replace(' ', '_')}", count=count, number=number)
    return f"{figure} [{marker}]" if marker else figure


def format_target(value: float, unit: str, decimals: int) -> str:
    """A target or a duty, which people set in whole numbers: without decimals where it has none.

    >>> format_target(95.0, "percent", 1), format_target(92.5, "percent", 1)
    ('95%', '92.5%')
    """
    return (
        format_figure(value, unit, 0 if value == round(value) else decimals) if not math.isnan(value) else say_no_data()
    )


def format_change(change: float, unit: str, decimals: int, marker: str = "") -> str:
    """A change in words: up or down, and by how much; percentages change by percentage points.

    >>> format_change(-1.13, "percent", 1), format_change(0.01, "number", 0)
    ('down 1.1 percentage points', 'no change')
    """
    if math.isnan(change):
        return f"[{marker}]" if marker else say_no_data()
    if not float(_plain(abs(change), decimals).replace(",", "")):
        return REPORT.say("numbers.no_change")
    amount = format_figure(abs(change), "points" if unit == "percent" else unit, decimals)
    return REPORT.say("numbers.up" if change > 0 else "numbers.down", amount=amount)


def format_move(value: float, before: float, unit: str, decimals: int) -> str:
    """The change between two numbers as they are said, so that a reader who subtracts finds the same.

    >>> format_move(6.65, 5.96, "percent", 1), format_move(6.04, 5.96, "percent", 1)
    ('up 0.7 percentage points', 'no change')
    """
    if math.isnan(value) or math.isnan(before):
        return say_no_data()
    return format_change(_as_shown(value, decimals) - _as_shown(before, decimals), unit, decimals)


def reads_same(value: float, before: float, decimals: int) -> bool:
    """Whether two numbers are the same as they are shown.

    >>> reads_same(6.04, 5.96, 1), reads_same(6.06, 5.96, 1)
    (True, False)
    """
    return _as_shown(value, decimals) == _as_shown(before, decimals)


def _as_shown(value: float, decimals: int) -> float:
    return float(f"{value:.{decimals}f}")


def format_in_100(percent: float, phrases: Phrases = REPORT) -> str:
    """A percentage for readers who do not use percentages: people in every 100, in whole numbers.

    >>> format_in_100(98.26), format_in_100(0.3)
    ('about 98 in every 100', 'fewer than 1 in every 100')
    """
    if 0 < percent < 0.5:
        return phrases.say("numbers.fewer_than_one_in")
    number = _plain(percent, 0)
    share = number if percent == round(percent) else phrases.say("numbers.about", number=number)
    return phrases.say("numbers.one_in", share=share)


def format_date(given: date | str) -> str:
    """A day in words; text that is not an ISO date comes back as it is.

    >>> format_date("2019-04-30"), format_date("Spring term")
    ('30 April 2019', 'Spring term')
    """
    try:
        day = date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return str(given)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def format_period(label: str) -> str:
    """The label of a period in words: a month or quarter by its months, every other label as it is.

    >>> format_period("2018-04"), format_period("2018-Q2"), format_period("2017/18")
    ('April 2018', 'April to June 2018', '2017/18')
    """
    year, _, month = label.partition("-")
    if month.startswith("Q"):
        last = 3 * int(month[1:])
        return REPORT.say("numbers.quarter", first=_MONTHS[last - 3], last=_MONTHS[last - 1], year=year)
    return f"{_MONTHS[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else label


def say_span(periods: Iterable[str]) -> str:
    """The first and the last period: 2016 to 2018; one alone where both are the same.

    >>> say_span(["2016", "2018"]), say_span(["2018", "2018"])
    ('2016 to 2018', '2018')
    """
    first, *rest = list(dict.fromkeys(format_period(period) for period in periods)) or [""]
    return REPORT.say("chart.span", first=first, last=rest[-1]) if rest else first


# Not strftime: its month names follow the machine's locale.
_MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
_MONTHS += ["August", "September", "October", "November", "December"]


def _plain(size: float, decimals: int) -> str:
    return f"{size:,.{decimals}f}"
