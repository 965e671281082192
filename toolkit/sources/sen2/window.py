"""The period that flows are counted in, and the day on which plans in force are."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from toolkit.errors import InputError, Problem
from toolkit.sources.sen2.assemble import Header

__all__ = ["Window", "window_of"]


@dataclass(frozen=True)
class Window:
    """First and last day of the period; ``stock_day`` is the census day for the year of the return."""

    label: str
    first: date
    last: date
    stock_day: date

    @property
    def is_year(self) -> bool:
        """Whether it is a whole calendar year, or as much of it as an extract holds."""
        return self.label == str(self.first.year)


_FORM = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})))?", re.IGNORECASE)


def window_of(text: str, header: Header) -> Window:
    """The period that a text names: 2025, 2025-Q3 or 2025-07; "" is the calendar year of the return.

    A period of which the return holds only part, or none, is an ``InputError``.
    """
    year = header.year - 1
    if text in ("", str(year)):
        return Window(str(year), date(year, 1, 1), min(date(year, 12, 31), header.census_day), header.census_day)
    match = _FORM.fullmatch(text)
    if not match or (match[3] and not 1 <= int(match[3]) <= 12):
        raise InputError(
            Problem(text, 0, "this is no period", "write a year, a quarter or a month: 2025, 2025-Q3, 2025-07")
        )
    if int(match[1]) != year:
        what = f"the return of the {header.year} collection holds what happened in {year}"
        raise InputError(Problem(text, 0, what, f"ask for a quarter or a month of {year}, or give another return"))
    first, last = (int(match[2]) * 3 - 2, int(match[2]) * 3) if match[2] else (int(match[3]), int(match[3]))
    end = date(year, last, calendar.monthrange(year, last)[1])
    if end > header.census_day:
        what = f"the extract was taken on {header.census_day.isoformat()}, before the period ends"
        raise InputError(Problem(text, 0, what, "ask for an earlier period, or take the extract again"))
    return Window(text.upper(), date(year, first, 1), end, end)
