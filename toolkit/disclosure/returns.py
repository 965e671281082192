"""Which counts of a return may not be seen, whichever table of a review prints them: all its sums count together."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache

import pandas as pd

from toolkit.disclosure.cells import Line
from toolkit.disclosure.sen2 import hide_counts, lines_of
from toolkit.sources.sen2 import CENSUS, MONTH, counted_cell

__all__ = ["suppress_in_returns"]

_KEY = ["source", "item", "area_code", "period", "breakdown"]
Counted = tuple[tuple[str, str, str, float], ...]
"""Item, breakdown, month ("" for the year and the census day) and count."""


def suppress_in_returns(observations: pd.DataFrame, threshold: int) -> frozenset[Hashable]:
    """Cells (source, item, area, period, breakdown) of returns that are hidden or would give a hidden one back.

    ``observations`` has every count of each return, also those that no measure uses: what one review leaves out another
    may print, or ``annual-review sen2``, which hides the same.
    """
    months = observations["period"].where(observations["basis"] == MONTH, "")
    year = observations["period"].str[:4].astype(int) - (observations["basis"] == CENSUS)
    hidden: set[Hashable] = set()
    for _, rows in observations.assign(month=months).groupby(["source", "area_code", year], sort=True):
        counted = rows[["item", "breakdown", "month", "value"]].itertuples(index=False, name=None)
        of_return = _suppress_in_return(tuple(counted), threshold)
        keys = zip(*(rows[column] for column in _KEY), rows["month"], strict=True)
        hidden |= {key[:-1] for key in keys if (key[1], key[4], key[5]) in of_return}
    return frozenset(hidden)


@lru_cache(maxsize=16)
def _suppress_in_return(counted: Counted, threshold: int) -> frozenset[tuple[str, str, str]]:
    """Item, breakdown and month of what is hidden in one return. Several reviews ask for the same."""
    cells = {(item, words, month): counted_cell(item, words) for item, words, month, _ in counted}
    counts: dict[Hashable, float] = {cells[item, words, ""]: n for item, words, month, n in counted if not month}
    lines = lines_of(counts)
    hidden = hide_counts(counts, lines, threshold)
    by_month: dict[str, dict[Hashable, float]] = {}
    for item, words, month, count in counted:
        if month:
            by_month.setdefault(month, {})[cells[item, words, month]] = count
    if by_month:
        lines.extend(_lines_of_months(by_month, counts))
        hidden = hide_counts(counts, lines, threshold, also=hidden)
    return frozenset(key for key, cell in cells.items() if (cell if not key[2] else (*cell, key[2])) in hidden)


def _lines_of_months(by_month: dict[str, dict[Hashable, float]], counts: dict[Hashable, float]) -> Iterator[Line]:
    """The sums within each month, and the year as the sum of its months where it is; ``counts`` gains their counts."""
    for month, part in by_month.items():
        for line in lines_of(part):
            yield Line(_in_month(line.total, month), tuple(_in_month(cell, month) for cell in line.parts))
        counts.update({_in_month(cell, month): count for cell, count in part.items()})
    for cell in sorted({cell for part in by_month.values() for cell in part}, key=repr):
        months = tuple(_in_month(cell, month) for month, part in by_month.items() if cell in part)
        if cell in counts and counts[cell] == sum(counts[month] for month in months):
            yield Line(cell, months)


def _in_month(cell: Hashable, month: str) -> Hashable:
    return (*cell, month) if isinstance(cell, tuple) else cell
