"""Where a row stands, in words: a line of a file, or a row of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.words.bank import REPORT, join_and

__all__ = ["describe_places"]

_ROW_OF_SHEET = re.compile(r"(.+)!row (\d+)")
_TOGETHER = re.compile(r"(?<=\d) and ")
"""Between two places; the name of a sheet may hold "and" too."""
_LINE_OF_FILE = re.compile(r"(.+?):(?:row )?(\d+)")


def describe_places(places: Iterable[str]) -> str:
    """Several places, each sheet or file named once; places of rows that belong together stay together.

    >>> describe_places(["Actions!row 8", "Actions!row 11", "Actions!row 14", "a.csv:12"])
    "sheet 'Actions', rows 8, 11 and 14; a.csv, line 12"
    """
    groups: dict[tuple[str, str], list[str]] = {}
    for place in places:
        of, number = _split(place)
        groups.setdefault(of, []).append(number or place)
    return "; ".join(_describe_group(kind, name, numbers) for (kind, name), numbers in groups.items())


def _split(place: str) -> tuple[tuple[str, str], str]:
    """What a place is in ("sheet" or "file", its name), and the number of its row; a place of its own without one."""
    if match := _ROW_OF_SHEET.fullmatch(place):
        return ("sheet", match[1]), match[2]
    if (match := _LINE_OF_FILE.fullmatch(place)) and not _TOGETHER.search(place):
        return ("file", match[1]), match[2]
    return ("", place), ""


def _describe_group(kind: str, name: str, numbers: list[str]) -> str:
    if not kind:
        return _describe_together(name)
    return REPORT.say(f"place.{kind}", name=name, count=len(numbers), rows=join_and(numbers))


def _describe_together(place: str) -> str:
    """The place of a row, as readers give it; the places of rows that belong together; another text as it is.

    >>> _describe_together("2 Voice and choice!row 8"), _describe_together("a.csv:12 and a.csv:19")
    ("sheet '2 Voice and choice', row 8", 'a.csv, line 12 and a.csv, line 19')
    """
    return REPORT.say("place.and").join(_describe_one(part) for part in _TOGETHER.split(place))


def _describe_one(place: str) -> str:
    if match := _ROW_OF_SHEET.fullmatch(place):
        return REPORT.say("place.sheet", name=match[1], count=1, rows=match[2])
    if match := _LINE_OF_FILE.fullmatch(place):
        return REPORT.say("place.file", name=match[1], count=1, rows=match[2])
    return place
