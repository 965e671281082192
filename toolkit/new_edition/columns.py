"""What the columns of an unknown extract look like: days, numbers, few words or text; and which may be about people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault
from toolkit.sources.markers import read_amount

__all__ = ["ROLES", "LikelyColumn", "header_row_of", "likely_column", "likely_role"]

MOST = 0.8
"""The share of a column's cells that must be days, or numbers, for the column to be one of them."""
FEW_WORDS = 12
"""A column with at most so many different words is a list."""
_PEOPLE = re.compile(
    r"\b(?:(?:fore|sur|first|last|full|child|pupil|parent)? ?name|dob|birth|upn|uln|nhs|address|postcode|e-?mail|phone|"
    r"mobile|(?:pupil|person|child|client|student)(?: ref| id| number|$))",
    re.IGNORECASE,
)
ROLES: tuple[tuple[str, str, str], ...] = (
    ("birth", "date", r"\b(?:dob|birth)"),
    ("request", "date", r"\b(?:request|referr?al|received)"),
    ("decided", "date", r"\bdeci"),
    ("issued", "date", r"\b(?:issued?|final)"),
    ("decision", "text", r"\b(?:agreed|decision to assess|assess\?)"),
    ("outcome", "text", r"\boutcome"),
    ("need", "text", r"\bneed"),
    ("setting", "text", r"\b(?:placement|setting|provision type)"),
    ("locality", "text", r"\b(?:localit|area|district|team)"),
    ("person", "text", r"\b(?:upn|(?:pupil|person|child|client|student) (?:ref|id|number))"),
    ("reference", "text", r"\b(?:case|reference|ref\b|record)"),
)
"""Role of the suite ``cases``, the type of its column, and what its header may say."""


@dataclass(frozen=True)
class LikelyColumn:
    """``kind`` is date, number or text; ``examples`` are cells as written; ``unread`` are the lines and cells that are
    no day, or no number, where most are; ``words`` are all the words of a list."""

    header: str
    kind: str
    examples: tuple[str, ...]
    unread: tuple[tuple[int, str], ...] = ()
    words: tuple[str, ...] = ()
    filled: int = 0
    about_people: bool = False


def header_row_of(rows: Sequence[Sequence[str]]) -> int:
    """The place of the row that has the headers: the first that fills as many cells as most rows, all different."""
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows[:50]]
    widest = max(widths, default=0)
    for place, (row, width) in enumerate(zip(rows, widths, strict=False)):
        named = [cell.strip() for cell in row if cell.strip()]
        if (
            width >= MOST * widest
            and len(set(named)) == len(named)
            and not any(_reads(parse_day_short, c) for c in named)
        ):
            return place
    return 0


def parse_day_short(text: str) -> Any:
    """A day, with years of two digits too."""
    return parse_day(text, short_years=True)


def likely_column(header: str, cells: Sequence[tuple[int, str]]) -> LikelyColumn:
    """What a column looks like; ``cells`` are the line and the text of each."""
    filled = [(line, text.strip()) for line, text in cells if text.strip()]
    about_people = bool(_PEOPLE.search(header))
    distinct = tuple(dict.fromkeys(text for _, text in filled))
    readers: tuple[tuple[str, Callable[[str], Any]], ...] = (("date", parse_day_short), ("number", read_amount))
    for kind, read in readers:
        unread = [(line, text) for line, text in filled if not _reads(read, text)]
        if kind == "number" and all(re.fullmatch(r"0\d+", text) for _, text in filled[:20]):
            continue  # a reference with zeros in front is no amount
        if filled and len(unread) <= (1 - MOST) * len(filled):
            return LikelyColumn(header, kind, distinct[:3], tuple(unread), (), len(filled), about_people)
    words = distinct if 0 < len(distinct) <= FEW_WORDS and len(filled) > 2 * len(distinct) else ()
    return LikelyColumn(header, "text", distinct[:3], (), words, len(filled), about_people)


def likely_role(column: LikelyColumn) -> str:
    """The role that the header suggests for the suite ``cases``; "" where it suggests none."""
    plain = re.sub(r"[_\W]+", " ", column.header.casefold())
    return next((role for role, kind, words in ROLES if kind == column.kind and re.search(words, plain)), "")


def _reads(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except Fault:
        return False
    return True
