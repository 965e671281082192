"""What the sheets of all workbooks have in common: cells as text, and merged cells filled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

__all__ = ["fill_merged", "text_of"]

MergedRange = tuple[int, int, int, int]
"""Top, left, bottom and right of a merged cell, counted from 0, the last ones included."""


def text_of(value: Any) -> str:
    """A cell's value as a person reads it: days as 2019-03-31, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()


def fill_merged(
    rows: list[list[str]], ranges: Iterable[MergedRange]
) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """Write the text of each merged cell into all its cells, as a reader sees it.

    Returns the lines that one merged cell fills, which are headings, and the cells (line, position) that repeat what
    a merged cell says on a line above.
    """
    headings, repeated = set(), set()
    for top, left, bottom, right in sorted(ranges):
        text = rows[top][left]
        for row in range(top, bottom + 1):
            beside = [cell for cell in rows[row][:left] + rows[row][right + 1 :] if cell]
            rows[row][left : right + 1] = [text] * (right + 1 - left)
            if right > left and not beside:
                headings.add(row + 1)
            if row > top:
                repeated |= {(row + 1, column) for column in range(left, right + 1)}
    return frozenset(headings), frozenset(repeated)
