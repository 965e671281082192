"""Small-number protection over the tables that leave: one set of hidden cells, applied to every table alike.

The rule is the same whoever published the figure: an exception for official statistics would be the hole through
which a local file leaves unprotected (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.analysis import Setting
from toolkit.disclosure.cells import Line, hidden_cells
from toolkit.params import Measure

__all__ = ["HIDDEN", "Protection", "protection_for"]

HIDDEN = "c"
"""Marker of a hidden figure; shown as [c]."""

HIDDEN_REASON = "The figures rest on few people and are hidden to protect them."

CELL = ["source", "item", "area_code", "period", "breakdown"]
_FIGURES = ["value", "low", "high", "numerator", "denominator"]


@dataclass(frozen=True)
class Protection:
    """What is hidden: cells of the observations, and (measure, area, period) of the results that rest on them."""

    cells: frozenset[Hashable]
    results_hidden: frozenset[tuple[str, str, str]]

    def observations(self, table: pd.DataFrame) -> pd.DataFrame:
        """The observations with hidden values blank and marked c."""
        hidden = _flags(table, [key in self.cells for key in _keys(table)])
        return table.assign(value=table["value"].mask(hidden), marker=table["marker"].mask(hidden, HIDDEN))

    def results(self, table: pd.DataFrame) -> pd.DataFrame:
        """The results with the value, limits and counts of hidden rows blank and marked c."""
        rows = zip(table["measure"], table["area_code"], table["period"], strict=True)
        hidden = _flags(table, [row in self.results_hidden for row in rows])
        blanked = {column: table[column].mask(hidden) for column in _FIGURES}
        return table.assign(**blanked, marker=table["marker"].mask(hidden, HIDDEN))

    def judgements(self, table: pd.DataFrame, setting: Setting) -> pd.DataFrame:
        """The judgements without any number that rests on a hidden one; the marks stay, the reason says why."""
        now = self._hides(table, "period", setting.authority)
        then = self._hides(table, "baseline_period", setting.authority)
        england = self._hides(table, "period", setting.england)
        region = self._hides(table, "period", setting.region)
        beside = self._gives_back(table, setting.neighbours)
        blanked = {column: table[column].mask(now) for column in _FIGURES}
        return table.assign(
            **blanked,
            baseline_value=table["baseline_value"].mask(then),
            change=table["change"].mask(now | then),
            comparator_england=table["comparator_england"].mask(england),
            comparator_region=table["comparator_region"].mask(region),
            comparator_neighbours=table["comparator_neighbours"].mask(beside),
            marker=table["marker"].mask(now, HIDDEN),
            reason=table["reason"].mask(now | then | england | beside, HIDDEN_REASON),
        )

    def _hides(self, table: pd.DataFrame, period: str, area: str) -> pd.Series:
        """Per row: is the area's figure in that period hidden?"""
        rows = zip(table["measure"], table[period], strict=True)
        return _flags(table, [(measure, area, label) in self.results_hidden for measure, label in rows])

    def _gives_back(self, table: pd.DataFrame, areas: tuple[str, ...]) -> pd.Series:
        """Per row: is exactly one of the areas hidden, so that their mean and the others would give it back?"""
        rows = zip(table["measure"], table["period"], strict=True)
        hidden = [sum((measure, area, label) in self.results_hidden for area in areas) for measure, label in rows]
        return _flags(table, [count == 1 for count in hidden])


def _flags(table: pd.DataFrame, flags: list[bool]) -> pd.Series:
    return pd.Series(flags, index=table.index, dtype=bool)


def _keys(table: pd.DataFrame) -> list[Hashable]:
    return list(zip(*(table[column] for column in CELL), strict=True))


def protection_for(
    observations: pd.DataFrame, measures: Iterable[Measure], region_of: Mapping[str, str], threshold: int
) -> Protection:
    """Work out what must be hidden in ``observations`` (OBSERVATIONS) and in the results of ``measures``.

    Counts are the items that the catalogue puts above or below a line, and values whose unit is a number.
    """
    measures = list(measures)
    counted = {(m.source, item) for m in measures for item in _count_items(m)}
    is_count = [pair in counted for pair in zip(observations["source"], observations["item"], strict=True)]
    counts_table = observations[
        pd.Series(is_count, index=observations.index, dtype=bool) & observations["value"].notna()
    ]
    counts: dict[Hashable, float] = dict(zip(_keys(counts_table), counts_table["value"].to_list(), strict=True))
    lines = [*_area_lines(counts_table, region_of), *_breakdown_lines(counts_table)]
    rested: dict[tuple[str, str, str], list[Hashable]] = {}
    for measure in measures:
        lines.extend(_measure_lines(measure, counts_table, counts, rested))
    hidden = hidden_cells(counts, lines, threshold)
    results_hidden = {row for row, cells in rested.items() if any(cell in hidden for cell in cells)}
    return Protection(frozenset(hidden), frozenset(results_hidden))


def _count_items(measure: Measure) -> tuple[str, ...]:
    if measure.value:
        return (measure.value,) if measure.unit == "number" else ()
    return (*measure.above, *measure.below)


def _area_lines(table: pd.DataFrame, region_of: Mapping[str, str]) -> Iterator[Line]:
    """England as the sum of its regions, each region as the sum of its authorities."""
    over = table["area_code"].map(region_of).fillna("")
    nation = table.loc[table["area_level"] == "National", "area_code"]
    parent = over.mask(table["area_level"] == "Regional", nation.iloc[0] if len(nation) else "")
    children = table.assign(parent=parent.mask(table["area_level"] == "National", ""))
    children = children[children["parent"] != ""]
    for (source, item, period, breakdown, above), part in children.groupby(
        ["source", "item", "period", "breakdown", "parent"], sort=True
    ):
        cells = tuple((source, item, area, period, breakdown) for area in part["area_code"])
        yield Line((source, item, above, period, breakdown), cells)


def _breakdown_lines(table: pd.DataFrame) -> Iterator[Line]:
    """Total as the sum of the groups of each topic."""
    groups = table[table["breakdown"] != "Total"]
    topic = groups["breakdown"].str.split(": ").str[0]
    for (source, item, area, period, _), part in groups.groupby(
        [groups["source"], groups["item"], groups["area_code"], groups["period"], topic], sort=True
    ):
        cells = tuple((source, item, area, period, breakdown) for breakdown in part["breakdown"])
        yield Line((source, item, area, period, "Total"), cells)


def _measure_lines(
    measure: Measure,
    table: pd.DataFrame,
    counts: dict[Hashable, float],
    rested: dict[tuple[str, str, str], list[Hashable]],
) -> Iterator[Line]:
    """The sums inside one measure; adds its worked-out cells to ``counts`` and what each result rests on to ``rested``.

    The rest (below the line minus above it) is a count of people too: 98 of 100 shows that two were not.
    """
    mine = table[(table["source"] == measure.source) & (table["breakdown"] == measure.breakdown)]
    mine = mine[mine["item"].isin(measure.items)]
    for (area, period), _ in mine.groupby(["area_code", "period"], sort=True):
        key = (measure.id, str(area), str(period))
        above, above_line = _side(measure, "above", key, counts)
        below, below_line = _side(measure, "below", key, counts)
        yield from (line for line in (above_line, below_line) if line)
        rested[key] = [cell for cell in (above, below) if cell is not None and cell in counts]
        if above in counts and below in counts:
            rest = ("rest", *key)
            counts[rest] = counts[below] - counts[above]
            yield Line(below, (above, rest))


def _side(
    measure: Measure, side: str, key: tuple[str, str, str], counts: dict[Hashable, float]
) -> tuple[Hashable, Line | None]:
    """The cell of one side of the line, and the sum that makes it where several items are added up."""
    _, area, period = key
    items = measure.above if side == "above" else measure.below
    if measure.value:
        items = (measure.value,) if side == "above" else ()
    cells = tuple((measure.source, item, area, period, measure.breakdown) for item in items)
    if len(cells) == 1:
        return cells[0], None
    if not cells or not all(cell in counts for cell in cells):
        return None, None
    total = (side, *key)
    counts[total] = float(np.sum([counts[cell] for cell in cells]))
    return total, Line(total, cells)
