"""Lines that a report writer puts under a table, such as "End of report" and "Total: 2339": not rows of the table."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.sources.grid import Grid

__all__ = ["footer_lines", "note_on_footer", "without_footer"]

_BEGINS = re.compile(
    r"(?:end of (?:report|file|extract|data|list)|(?:grand |sub-?)?totals?\b|count\b|(?:number of )?(?:rows|records)\b"
    r"|\d[\d,]* (?:rows?|records?)\b|report (?:run|produced|generated|created)\b"
    r"|(?:run|printed|produced|generated) (?:on|by|at)\b|page \d+)",
    re.IGNORECASE,
)


def footer_lines(grid: Grid, header_row: int) -> list[int]:
    """The lines at the end of the grid with such words in their first cell that fill at most half of the columns.

    A line above a row of the table is never among them.
    """
    width = next((len(row) for line, row in zip(grid.lines, grid.rows, strict=True) if line == header_row), 0)
    lines: list[int] = []
    for line, row in zip(reversed(grid.lines), reversed(grid.rows), strict=True):
        filled = [cell for cell in row if cell.strip()]
        if line <= header_row or (filled and not _is_footer(filled, width)):
            break
        if filled:
            lines.insert(0, line)
    return lines


def _is_footer(filled: list[str], width: int) -> bool:
    return len(filled) <= max(1, width // 2) and bool(_BEGINS.match(filled[0].strip(" *-=")))


def without_footer(grid: Grid, header_row: int) -> Grid:
    """The grid without these lines."""
    left_out = set(footer_lines(grid, header_row))
    if not left_out:
        return grid
    kept = [(row, line) for row, line in zip(grid.rows, grid.lines, strict=True) if line not in left_out]
    return replace(grid, rows=[row for row, _ in kept], lines=[line for _, line in kept])


def note_on_footer(grid: Grid, header_row: int) -> str:
    """The sentence on what was left out; "" where nothing was. The lines are not quoted: they may name a person."""
    lines = footer_lines(grid, header_row)
    if not lines:
        return ""
    return f"left out, because not part of the table: line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
