"""The texts of a file as values: days, yes or no, codes, numbers that are names. What cannot be read is not guessed.

No value of a person is ever part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.sources.days import month_number

__all__ = ["UNREADABLE", "DayOrder", "day_order", "parse_day", "read_values"]

UNREADABLE = "\0"
"""Stands for a value that cannot be read."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_EXPORT = re.compile(r"(\d{4})-([A-Za-z]{3,9})-(\d{1,2})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_SERIAL = re.compile(r"(\d{4,5})(?:\.0+)?")
_WHOLE = re.compile(r"(\d+)\.0+")
_POWER = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,2}")
_FLAGS = {
    "0": "0", "false": "0", "no": "0", "n": "0", "0.0": "0",
    "1": "1", "true": "1", "yes": "1", "y": "1", "1.0": "1",
}  # fmt: skip
_EXCEL_BEGINS = date(1899, 12, 30)
_SERIALS = range(7_000, 60_000)
"""Serial numbers of Excel that are days from 1919 to 2064."""

DayOrder = str
"""'day first', 'month first', or '' where days with slashes could be either."""


def day_order(texts: Iterable[str]) -> DayOrder:
    """In which order 03/04/2025 is meant, as proven by the other days of the file; '' where they do not prove it.

    >>> day_order(["03/04/2025", "28/04/2025"]), day_order(["03/04/2025"])
    ('day first', '')
    """
    matches = [match for text in texts if (match := _SLASHED.fullmatch(text.strip()))]
    first = any(int(match[1]) > 12 for match in matches)
    second = any(int(match[2]) > 12 for match in matches)
    if first == second:
        return ""
    return "day first" if first else "month first"


def parse_day(text: str, order: DayOrder = "", serial: bool = False) -> date | None:
    """The day that a text gives, or None where it is none. ``serial``: numbers are days of Excel.

    >>> parse_day("2022-Sep-28 00:00:00"), parse_day("03/04/2025", "day first")
    (datetime.date(2022, 9, 28), datetime.date(2025, 4, 3))
    """
    text = text.strip()
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _EXPORT.fullmatch(text):
            return date(int(match[1]), month_number(match[2]), int(match[3]))
        if order and (match := _SLASHED.fullmatch(text)):
            first, second = int(match[1]), int(match[2])
            return date(int(match[3]), *((second, first) if order == "day first" else (first, second)))
        if serial and (match := _SERIAL.fullmatch(text)) and int(match[1]) in _SERIALS:
            return _EXCEL_BEGINS + timedelta(days=int(match[1]))
    except ValueError:
        return None
    return None


def read_values(kind: str, texts: pd.Series, order: DayOrder = "", serial: bool = False) -> tuple[pd.Series, pd.Series]:
    """The values of a column and which of them could not be read (and are blank now)."""
    stripped = texts.str.strip()
    if kind == "day":
        return _days(stripped, order, serial)
    reader: Callable[[str], str] = _READERS[kind]
    values = stripped.map({text: reader(text) for text in stripped.unique()}).astype("str")
    bad = values == UNREADABLE
    return values.mask(bad, ""), bad


def _days(texts: pd.Series, order: DayOrder, serial: bool) -> tuple[pd.Series, pd.Series]:
    unique = texts.unique()
    read = {text: parse_day(text, order, serial) for text in unique if text}
    stamps: dict[str, np.datetime64] = {text: np.datetime64(day, "s") for text, day in read.items() if day}
    nothing = np.datetime64("NaT", "s")
    values: npt.NDArray[np.datetime64] = np.array([stamps.get(text, nothing) for text in texts], dtype="datetime64[s]")
    days = pd.Series(values, index=texts.index)
    return days, days.isna() & (texts != "")


def _text(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    whole = _WHOLE.fullmatch(text)
    return (whole[1] if whole else " ".join(text.split())).upper()


def _digits(text: str) -> str:
    """A number that is a name: 100001.0 and 1.00001E5, as Excel writes it, are 100001."""
    if whole := _WHOLE.fullmatch(text):
        return whole[1]
    if _POWER.fullmatch(text):
        number = float(text)
        return str(int(number)) if number.is_integer() else UNREADABLE
    return text.replace(" ", "")


def _la(text: str) -> str:
    return _digits(text)


def _flag(text: str) -> str:
    return _FLAGS.get(text.casefold(), UNREADABLE) if text else ""


_READERS: dict[str, Callable[[str], str]] = {
    "text": _text, "code": _code, "digits": _digits, "la": _la, "flag": _flag,
}  # fmt: skip
