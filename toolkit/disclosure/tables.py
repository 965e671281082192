"""Small-number protection over the tables that leave: one set of hidden cells, applied to every table alike.

The rule is the same whoever published the figure: an exception for official statistics would be the hole through
which a local file leaves unprotected (docs/decisions).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from toolkit.analysis import Setting, reason_for
from toolkit.disclosure.cells import Line, hidden_cells, is_small
from toolkit.params import Measure
from toolkit.sources import count_after

__all__ = ["HIDDEN", "Protection", "Rule", "hide_small", "protection_for"]

HIDDEN = "c"
"""Marker of a hidden figure; shown as [c]."""

CELL = ["source", "item", "area_code", "period", "breakdown"]
_FIGURES = ["value", "low", "high", "low_998", "high_998", "numerator", "denominator"]
_LINE_ON = ["outlook_value", "outlook_low", "outlook_high"]


@dataclass(frozen=True)
class Rule:
    """Counts from 1 to ``threshold`` − 1 are hidden. In ``person_level`` sources, the council's own rows of people, so
    is a share whose rest is that small: 98 of 100 shows that two were not."""

    threshold: int
    person_level: frozenset[str] = frozenset()


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

    def judgements(self, table: pd.DataFrame, setting: Setting, measures: Mapping[str, Measure]) -> pd.DataFrame:
        """The judgements without any number that rests on a hidden one; the marks stay, the reasons are said anew."""
        now = self._hides(table, "period", setting.authority)
        then = self._hides(table, "baseline_period", setting.authority)
        before = self._hides(table, "previous_period", setting.authority)
        behind = self._hides_any(table, setting.authority)
        england = self._hides(table, "period", setting.england)
        region = self._hides(table, "period", setting.region)
        beside, beside_before = self._give_back(table, setting.neighbours, setting.neighbours_before)
        hidden = {
            **dict.fromkeys(_FIGURES, now),
            **dict.fromkeys(["rank", "rank_of"], now),
            **dict.fromkeys(_LINE_ON, now | behind),
            "baseline_value": then,
            "change": now | then,
            "previous_change": now | before,
            "trajectory": then,
            "comparator_england": england,
            "comparator_region": region,
            "comparator_neighbours": beside,
            "comparator_neighbours_before": beside_before,
        }
        protected = table.assign(
            **{column: table[column].mask(flags) for column, flags in hidden.items()},
            baseline_marker=table["baseline_marker"].mask(then, HIDDEN),
            marker=table["marker"].mask(now, HIDDEN),
            fault=table["fault"].mask(now, ""),
            quartile_band=table["quartile_band"].mask(now, ""),
        )
        reasons = [reason_for(measures[row["measure"]], row) for row in protected.to_dict("records")]
        return protected.assign(reason=reasons)

    def _hides(self, table: pd.DataFrame, period: str, area: str) -> pd.Series:
        """Per row: is the area's figure in that period hidden?"""
        rows = zip(table["measure"], table[period], strict=True)
        return _flags(table, [(measure, area, label) in self.results_hidden for measure, label in rows])

    def _hides_any(self, table: pd.DataFrame, area: str) -> pd.Series:
        """Per row: is any figure of the area hidden, in any period? What is worked out from several rests on it."""
        hidden = {measure for measure, code, _ in self.results_hidden if code == area}
        return table["measure"].isin(list(hidden))

    def _give_back(
        self, table: pd.DataFrame, areas: tuple[str, ...], before: tuple[str, ...]
    ) -> tuple[pd.Series, pd.Series]:
        """Per row: would the mean of ``areas``, or that of the set ``before``, give a hidden figure back?

        One does where exactly one of its areas is hidden. Two means shown together do where the sets differ in exactly
        one hidden area: then the mean of the set before is left out.
        """
        rows = list(zip(table["measure"], table["period"], strict=True))
        now, then, apart = (
            self._one_hidden(rows, part) for part in (areas, before, tuple(set(areas) ^ set(before)) if before else ())
        )
        return _flags(table, now), _flags(table, [old or other for old, other in zip(then, apart, strict=True)])

    def _one_hidden(self, rows: list[tuple[str, str]], areas: tuple[str, ...]) -> list[bool]:
        hidden = self.results_hidden
        return [sum((measure, area, label) in hidden for area in areas) == 1 for measure, label in rows]


def _flags(table: pd.DataFrame, flags: list[bool]) -> pd.Series:
    return pd.Series(flags, index=table.index, dtype=bool)


def _keys(table: pd.DataFrame) -> list[Hashable]:
    return list(zip(*(table[column] for column in CELL), strict=True))


def protection_for(
    observations: pd.DataFrame, measures: Iterable[Measure], region_of: Mapping[str, str], rule: Rule
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
    worked_out = _WorkedOut(counts_table, counts, rule)
    lines.extend(line for measure in measures for line in worked_out.lines(measure))
    hidden = hidden_cells(counts, lines, rule.threshold)
    results_hidden = {row for row, cells in worked_out.rests_on.items() if any(cell in hidden for cell in cells)}
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


@dataclass
class _WorkedOut:
    """The cells that measures add to those of ``table``: sums of items, and what is left of a denominator."""

    table: pd.DataFrame
    counts: dict[Hashable, float]
    rule: Rule
    rests_on: dict[tuple[str, str, str], list[Hashable]] = field(default_factory=dict)
    """(measure, area, period) → the cells that the result is worked out from."""

    def lines(self, measure: Measure) -> Iterator[Line]:
        """The sums inside one measure, area by area and period by period."""
        upper = (measure.value,) if measure.value else measure.above
        mine = self.table[(self.table["source"] == measure.source) & (self.table["breakdown"] == measure.breakdown)]
        mine = mine[mine["item"].isin(upper) & (mine["basis"] == measure.basis)]
        for area, period in sorted(set(zip(mine["area_code"], mine["period"], strict=True))):
            yield from self._of_one(measure, (measure.id, str(area), str(period)), upper)

    def _of_one(self, measure: Measure, key: tuple[str, str, str], upper: tuple[str, ...]) -> Iterator[Line]:
        _, area, period = key
        counted_in = period
        if measure.denominator_basis:
            counted_in = count_after(period, measure.basis, measure.denominator_basis)
        above, above_line = _side(("above", *key), _cells(measure, upper, area, period), self.counts)
        below, below_line = _side(("below", *key), _cells(measure, measure.below, area, counted_in), self.counts)
        yield from (line for line in (above_line, below_line) if line)
        self.rests_on[key] = [cell for cell in (above, below) if cell is not None and cell in self.counts]
        if measure.source in self.rule.person_level and above in self.counts and below in self.counts:
            rest = ("rest", *key)
            self.counts[rest] = self.counts[below] - self.counts[above]
            yield Line(below, (above, rest))


def _cells(measure: Measure, items: tuple[str, ...], area: str, period: str) -> tuple[Hashable, ...]:
    return tuple((measure.source, item, area, period, measure.breakdown) for item in items)


def _side(total: Hashable, cells: tuple[Hashable, ...], counts: dict[Hashable, float]) -> tuple[Hashable, Line | None]:
    """The cell of one side of the line, and the sum that makes it where several items are added up."""
    if len(cells) == 1:
        return cells[0], None
    if not cells or not all(cell in counts for cell in cells):
        return None, None
    counts[total] = sum(counts[cell] for cell in cells)
    return total, Line(total, cells)


def hide_small(table: pd.DataFrame, columns: list[str], threshold: int) -> pd.DataFrame:
    """A table of counts that no total stands beside: small ones blank, their rows marked c."""
    small = table[columns].apply(lambda column: column.map(lambda count: is_small(count, threshold))).astype(bool)
    marker = small.any(axis=1).map({True: HIDDEN, False: ""})
    return table.assign(**{column: table[column].mask(small[column]) for column in columns}, marker=marker)
