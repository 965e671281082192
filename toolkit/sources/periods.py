"""Periods, typed by their basis: 2018 counted over a calendar year is not 2018 counted in January.

Everywhere in this project a period is written 2018, 2017/18 (academic and financial years), 2018-04 or 2018-Q2: its
label.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import get_args

from toolkit.errors import did_you_mean
from toolkit.params.words import QUARTER, PeriodBasis
from toolkit.sources.days import month_number
from toolkit.sources.faults import Fault

__all__ = ["BASES", "Period", "count_after", "parse_period", "period_before", "period_end", "period_sort_key"]

BASES: tuple[str, ...] = (*get_args(PeriodBasis), QUARTER)
_FIRST_MONTH_AND_LENGTH: dict[str, tuple[int, int]] = {
    "calendar year": (1, 12),
    "January census": (1, 1),
    "academic year": (9, 12),
    "financial year": (4, 12),
    "March": (3, 1),
    "month": (0, 1),
    QUARTER: (0, 3),
}


@dataclass(frozen=True)
class Period:
    """One period: its ``basis``, and the calendar ``year`` and ``month`` in which it starts.

    Periods of one basis are ordered in time. Comparing two bases is a ``TypeError``.
    """

    basis: str
    year: int
    month: int

    @property
    def label(self) -> str:
        if self.basis in ("academic year", "financial year"):
            return f"{self.year}/{(self.year + 1) % 100:02}"
        if self.basis == QUARTER:
            return f"{self.year}-Q{self.month // 3 + 1}"
        return f"{self.year}-{self.month:02}" if self.basis == "month" else str(self.year)

    @property
    def start(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """Last day. A January census and a March figure end with their month."""
        years, months = divmod(self.month - 1 + _FIRST_MONTH_AND_LENGTH[self.basis][1] - 1, 12)
        return date(self.year + years, months + 1, monthrange(self.year + years, months + 1)[1])

    def before(self, count: int = 1) -> Period:
        """The period ``count`` earlier in the same basis; a negative count goes forward."""
        if self.basis not in ("month", QUARTER):
            return Period(self.basis, self.year - count, self.month)
        length = _FIRST_MONTH_AND_LENGTH[self.basis][1]
        years, month = divmod(self.year * 12 + self.month - 1 - length * count, 12)
        return Period(self.basis, years, month + 1)

    def __lt__(self, other: Period) -> bool:
        if self.basis != other.basis:
            raise TypeError(f"{self.label} ({self.basis}) and {other.label} ({other.basis}) cannot be compared")
        return (self.year, self.month) < (other.year, other.month)

    def __gt__(self, other: Period) -> bool:
        return other < self

    def __le__(self, other: Period) -> bool:
        return not other < self

    def __ge__(self, other: Period) -> bool:
        return not self < other

    @classmethod
    def containing(cls, day: date, basis: str) -> Period:
        """The period in which ``day`` lies, or, on a basis with gaps (January census, March), the last before it."""
        length = _FIRST_MONTH_AND_LENGTH[basis][1]
        first = _FIRST_MONTH_AND_LENGTH[basis][0] or day.month - (day.month - 1) % length
        return cls(basis, day.year - (day.month < first), first)


_YEAR = re.compile(r"((?:19|20)\d\d)")
_SPAN = re.compile(r"((?:19|20)\d\d)(?: ?[/–-] ?)?(\d\d|(?:19|20)\d\d)")
_MONTH = re.compile(r"((?:19|20)\d\d)-(\d\d)")
_QUARTER = re.compile(r"((?:19|20)\d\d)-q([1-4])")
_NAMED = re.compile(r"(?:\d{1,2} )?([a-z]+)[ -]((?:19|20)\d\d)")
_NOTE = re.compile(r" ?[(\[](?:rev|revised|r|prov|provisional|p|final|ot|outturn)\.?[)\]]$")
_EXAMPLES: dict[str, str] = {
    "calendar year": "write 2018",
    "January census": "write 2018, or the school year it lies in, 2017/18",
    "academic year": "write 2017/18",
    "financial year": "write 2017/18",
    "March": "write 2018",
    "month": "write 2018-04",
    QUARTER: "write 2018-Q2",
}


@lru_cache(maxsize=4096)
def parse_period(text: str, basis: str) -> Period:
    """Read a label in any of the forms that publishers use; anything else is a ``Fault``.

    A note in brackets ("(Rev)", "(prov)", "(OT)") is dropped. Two years run together, or with / or - between, must
    follow on. A January census or a March figure may be named by the school or financial year that it lies in; a
    single year given for an academic or financial year is the one in which it ends, as results are reported.

    >>> [parse_period(text, "academic year").label for text in ("201718", "2017-18 (Rev)", "2018")]
    ['2017/18', '2017/18', '2017/18']
    """
    if basis not in BASES:
        raise Fault(f"unknown basis '{basis}'", did_you_mean(basis, BASES))
    written = _NOTE.sub("", " ".join(text.split()).casefold())
    inside = {"month": _month, QUARTER: _quarter}.get(basis)
    period = inside(written) if inside else _year(written, basis)
    if period is None:
        article = "an" if basis == "academic year" else "a"
        raise Fault(f"the period '{text}' is not {article} {basis}", _EXAMPLES[basis])
    return period


def _month(written: str) -> Period | None:
    if match := _MONTH.fullmatch(written):
        year, month = int(match[1]), int(match[2])
        return Period("month", year, month) if 1 <= month <= 12 else None
    match = _NAMED.fullmatch(written)
    month = month_number(match[1]) if match else 0
    return Period("month", int(match[2]), month) if match and month else None


def _quarter(written: str) -> Period | None:
    match = _QUARTER.fullmatch(written)
    return Period(QUARTER, int(match[1]), 3 * int(match[2]) - 2) if match else None


def _year(written: str, basis: str) -> Period | None:
    two_years = basis in ("academic year", "financial year")
    start = _FIRST_MONTH_AND_LENGTH[basis][0]
    if _YEAR.fullmatch(written):
        return Period(basis, int(written) - two_years, start)
    if span := _SPAN.fullmatch(written):
        first, last = int(span[1]), span[2]
        follows = str(first + 1)[-len(last) :] == last
        return Period(basis, first + (not two_years), start) if follows and basis != "calendar year" else None
    named = _NAMED.fullmatch(written)
    if named and basis in ("January census", "March") and month_number(named[1]) == start:
        return Period(basis, int(named[2]), start)
    return None


def period_end(label: str, basis: str) -> date:
    """Last day of a period: ``period_end("2017/18", "academic year")`` is 31 August 2018."""
    return parse_period(label, basis).end


def period_before(label: str, basis: str) -> str:
    """Label of the period before: ``period_before("2018-01", "month")`` is "2017-12"."""
    return parse_period(label, basis).before().label


def count_after(label: str, basis: str, stock: str) -> str:
    """Label of the first count on the basis ``stock`` after a period ends: what a flow of that period leaves behind.

    >>> count_after("2018", "calendar year", "January census")
    '2019'
    """
    end = parse_period(label, basis).end
    count = Period.containing(end, parse_period("2000", stock).basis)
    while count.end <= end:
        count = count.before(-1)
    return count.label


def period_sort_key(label: str, basis: str) -> tuple[int, date]:
    """A key that puts the periods of one basis in time order, and keeps the bases apart."""
    return BASES.index(parse_period(label, basis).basis), parse_period(label, basis).end
