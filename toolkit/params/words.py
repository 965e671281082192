"""The words that params may use, typed: bases of periods, units, polarities, and text that may look like a number."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field

__all__ = [
    "QUARTER",
    "Day",
    "Identifier",
    "Listed",
    "PeriodBasis",
    "Polarity",
    "Unit",
    "Word",
    "periods_a_year",
]

PeriodBasis = Literal["calendar year", "January census", "academic year", "financial year", "March", "month"]
QUARTER = "quarter"
"""A basis that nobody chooses: months that are pooled, where some of them are too small to be shown."""

Unit = Literal["percent", "number", "score", "rate per 100", "pounds"]
Polarity = Literal["high", "low", "none"]

Item = TypeVar("Item")


def periods_a_year(basis: str) -> int:
    """12 for months, 4 for quarters, else 1."""
    return {"month": 12, QUARTER: 4}.get(basis, 1)


def _as_word(given: Any) -> Any:
    return str(given) if isinstance(given, int | float) and not isinstance(given, bool) else given


def _as_day(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        raise ValueError("must be a date such as 2019-04-30")
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise ValueError("must be a day of the calendar, written as 2019-04-30") from None


def _as_tuple(given: Any) -> Any:
    return tuple(given) if isinstance(given, list) else given


Word = Annotated[str, BeforeValidator(_as_word)]
"""Text that a person may write without quotes although it looks like a number: 2018, 1."""

Day = Annotated[date, BeforeValidator(_as_day)]
"""A day, written 2019-04-30."""

Identifier = Annotated[str, BeforeValidator(_as_word), Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$")]
"""A name that can be a file name and an anchor: letters, digits, _ . -"""

Listed = Annotated[tuple[Item, ...], BeforeValidator(_as_tuple)]
"""A YAML list, kept as a tuple so that params never change once read."""
