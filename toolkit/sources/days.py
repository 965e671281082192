"""Days as people write them in England: day first, or ISO. Anything that is not one day is refused."""

from __future__ import annotations

import re
from datetime import date

from toolkit.sources.faults import Fault

__all__ = ["month_number", "parse_day"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_WORDS = re.compile(r"(?:[A-Za-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]+)[ -](\d{4}|\d{2})")
_LAST_OF_THIS_CENTURY = 68
"""The last year of two digits that is read as 20xx, as POSIX has it."""
_MONTH_NAMES = {name[:length]: number for number, name in enumerate(_MONTHS, 1) for length in (3, None)} | {"sept": 9}


def month_number(word: str) -> int:
    """1 to 12 for an English month or its first letters, whatever the machine's locale; 0 for another word."""
    return _MONTH_NAMES.get(word.casefold(), 0)


def parse_day(text: str, short_years: bool = False) -> date:
    """A day in one of the forms 2018-04-03, 3/4/2018, 03.04.2018 or 3rd April 2018; anything else is a ``Fault``.

    ``short_years`` takes years of two digits too, as exports of case systems have them: 00 to 68 are 2000 to 2068.

    >>> parse_day("03/04/2018").isoformat(), parse_day("09-Sep-21", short_years=True).isoformat()
    ('2018-04-03', '2021-09-09')
    """
    written = " ".join(text.split())
    try:
        if match := _ISO.fullmatch(written):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _NUMBERS.fullmatch(written)) and (year := _year(match[4], short_years)):
            return date(year, int(match[3]), int(match[1]))
        match = _WORDS.fullmatch(written)
        if match and (month := month_number(match[2])) and (year := _year(match[3], short_years)):
            return date(year, month, int(match[1]))
    except ValueError:
        raise Fault(f"'{text}' is not a day of the calendar", "write the day first, as 31/03/2019") from None
    raise Fault(f"'{text}' is not a date", "write it as 31/03/2019")


def _year(digits: str, short_years: bool) -> int:
    """The year; 0 where two digits are not enough."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return (year + (2000 if year <= _LAST_OF_THIS_CENTURY else 1900)) if short_years else 0
