"""Where a row stands, in words: a line of a file, or a row of a sheet."""

from __future__ import annotations

import re

from toolkit.words.bank import REPORT

__all__ = ["describe_place"]

_ROW_OF_SHEET = re.compile(r"(.+)!row (\d+)")
_TOGETHER = re.compile(r"(?<=\d) and ")
"""Between two places; the name of a sheet may hold "and" too."""
_LINE_OF_FILE = re.compile(r"(.+?):(?:row )?(\d+)")


def describe_place(place: str) -> str:
    """The place of a row, as readers give it; the places of rows that belong together; another text as it is.

    >>> describe_place("2 Voice and choice!row 8"), describe_place("a.csv:12 and a.csv:19")
    ("sheet '2 Voice and choice', row 8", 'a.csv, line 12 and a.csv, line 19')
    """
    return REPORT.say("place.and").join(_describe_one(part) for part in _TOGETHER.split(place))


def _describe_one(place: str) -> str:
    if match := _ROW_OF_SHEET.fullmatch(place):
        return REPORT.say("place.sheet", sheet=match[1], row=match[2])
    if match := _LINE_OF_FILE.fullmatch(place):
        return REPORT.say("place.file", file=match[1], line=match[2])
    return place
