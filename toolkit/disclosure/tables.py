"""Small-number protection over the tables that leave: one set of hidden cells, applied to every table alike.

The rule is the same whoever published the figure: an exception for official statistics would be the hole through
which a local file leaves unprotected (docs/decisions).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from toolkit.analysis import Setting
from toolkit.analysis.codes import CANNOT, Confidence, Outlook, StatutoryStatus, TargetStatus, Trend
from toolkit.analysis.standing import BANDED
from toolkit.disclosure.cells import Line, hidden_cells, is_small
from toolkit.params import Measure
from toolkit.params.words import QUARTER
from toolkit.sources import count_after, parse_period

__all__ = ["HIDDEN", "Protection", "SuppressionRule", "hide_groups", "hide_small", "protection_for"]

HIDDEN = "c"
"""Marker of a hidden figure; shown as [c]."""

_MARKS_WHEN_SUPPRESSED = {"trend": Trend.CANNOT, "quartile_band": "", "confidence": Confidence.LOW}
"""Marks shown for a suppressed figure."""
_MARKS_IF_GIVEN = ("versus_neighbours_before", "versus_all")
"""Marks that are empty where nothing is compared, and stay so."""

_FEWEST_TOGETHER = 3
"""Hidden figures whose sum gives none of them away."""

CELL = ["source", "item", "area_code", "period", "breakdown"]
_FIGURES = ["value", "low", "high", "low_998", "high_998", "numerator", "denominator"]
_LINE_ON = ["outlook_value", "outlook_low", "outlook_high", "target_probability"]


@dataclass(frozen=True)
class SuppressionRule:
    """Counts from 1 to ``threshold`` − 1 are hidden.

    ``person_level`` are the sources with a row for each person, each with (whole, part) pairs of its items. Their
    parts are also hidden where the rest is small (98 of 100 shows that two were not), and a month or quarter where the
    year and the others would give it back. ``printed`` are the counts that earlier reviews showed: hidden last.
    ``of_returns`` are cells that are hidden whatever their size, and so is each sum that one is added to.
    """

    threshold: int
    person_level: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    printed: frozenset[Hashable] = frozenset()
    of_returns: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class Protection:
    """What is hidden: cells of the observations, and (measure, area, period) of the results worked out from them.

    ``shown`` are the counts that are not hidden, for the reviews that follow.
    """

    cells: frozenset[Hashable]
    results_hidden: frozenset[tuple[str, str, str]]
    shown: frozenset[Hashable] = frozenset()

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
        """The judgements without any number worked out from a hidden one, or a mark that would give it away."""
        now = self._hides(table, "period", setting.authority)
        then = self._hides(table, "baseline_period", setting.authority)
        before = self._hides(table, "previous_period", setting.authority)
        behind = self._hides_any(table, setting.authority)
        england = self._hides(table, "period", setting.england) | self._singles_out(table)
        england_then = self._hides(table, "baseline_period", setting.england)
        region = self._hides(table, "period", setting.region)
        hidden = {
            **dict.fromkeys(_FIGURES, now),
            **dict.fromkeys(["rank", "rank_of"], now | self._places(table)),
            **dict.fromkeys(["rank_low", "rank_high"], behind | self._places(table)),
            **dict.fromkeys(_LINE_ON, behind),
            "baseline_value": then,
            "change": now | then,
            "previous_change": now | before,
            "trajectory": then,
            "comparator_england": england,
            "england_published": england,
            "england_change": england | england_then,
            "comparator_region": region,
            "comparator_neighbours": self._gives_back(table, setting.neighbours),
            "comparator_neighbours_before": self._gives_back(table, setting.neighbours_before),
        }
        return table.assign(
            **{column: table[column].mask(flags) for column, flags in hidden.items()},
            baseline_marker=table["baseline_marker"].mask(then, HIDDEN),
            marker=table["marker"].mask(now, HIDDEN),
            fault=table["fault"].mask(now, ""),
            outlook=table["outlook"].mask(behind & ~table["outlook"].isin(["", Outlook.TOO_FEW_YEARS]), CANNOT),
            **{column: table[column].mask(now, word) for column, word in _MARKS_WHEN_SUPPRESSED.items()},
            **{column: table[column].mask(now & (table[column] != ""), CANNOT) for column in _MARKS_IF_GIVEN},
            direction=table["direction"].mask(now | then, CANNOT),
            change_kind=table["change_kind"].mask(behind, CANNOT),
            versus_england=table["versus_england"].mask(now | england, CANNOT),
            versus_neighbours=table["versus_neighbours"].mask(now | hidden["comparator_neighbours"], CANNOT),
            statutory_status=table["statutory_status"].mask(
                now & (table["statutory_status"] != StatutoryStatus.NO_DUTY), StatutoryStatus.HIDDEN
            ),
            target_status=table["target_status"].mask(now & (table["target_status"] != TargetStatus.NO_TARGET), CANNOT),
        )

    def _hides(self, table: pd.DataFrame, period: str, area: str) -> pd.Series:
        """Per row: is the area's figure in that period hidden?"""
        rows = zip(table["measure"], table[period], strict=True)
        return _flags(table, [(measure, area, label) in self.results_hidden for measure, label in rows])

    def _places(self, table: pd.DataFrame) -> pd.Series:
        """Per row: is any area hidden among so few that a rank would say on which side of a shown figure it lies?"""
        hidden = {(measure, label) for measure, _, label in self.results_hidden}
        rows = zip(table["measure"], table["period"], strict=True)
        return _flags(table, [row in hidden for row in rows]) & (table["rank_of"] < BANDED)

    def _singles_out(self, table: pd.DataFrame) -> pd.Series:
        """Per row: would England without some authorities give one or two hidden figures back?"""
        hidden = Counter((measure, label) for measure, _, label in self.results_hidden)
        rows = zip(table["measure"], table["period"], strict=True)
        few = _flags(table, [0 < hidden[row] < _FEWEST_TOGETHER for row in rows])
        return few & table["england_published"].notna()

    def _hides_any(self, table: pd.DataFrame, area: str) -> pd.Series:
        """Per row: is any figure of the area hidden, in any period? What is worked out from several depends on it."""
        hidden = {measure for measure, code, _ in self.results_hidden if code == area}
        return table["measure"].isin(list(hidden))

    def _gives_back(self, table: pd.DataFrame, areas: tuple[str, ...]) -> pd.Series:
        """Per row: is any of the areas hidden, so that their mean and the others would give it back?"""
        rows = zip(table["measure"], table["period"], strict=True)
        hidden = [any((measure, area, label) in self.results_hidden for area in areas) for measure, label in rows]
        return _flags(table, hidden)


def _flags(table: pd.DataFrame, flags: list[bool]) -> pd.Series:
    return pd.Series(flags, index=table.index, dtype=bool)


def _keys(table: pd.DataFrame) -> list[Hashable]:
    return list(zip(*(table[column] for column in CELL), strict=True))


def protection_for(
    observations: pd.DataFrame, measures: Iterable[Measure], region_of: Mapping[str, str], rule: SuppressionRule
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
    own = counts_table[counts_table["source"].isin(list(rule.person_level))]
    lines = [*_area_lines(counts_table, region_of), *_breakdown_lines(counts_table), *_month_lines(own)]
    lines.extend(_rest_lines(own, rule.person_level, counts))
    worked_out = _WorkedOut(counts_table, counts, rule.of_returns)
    lines.extend(line for measure in measures for line in worked_out.lines(measure))
    hidden = hidden_cells(counts, lines, rule.threshold, rule.printed, also=rule.of_returns)
    results_hidden = {row for row, cells in worked_out.rests_on.items() if any(cell in hidden for cell in cells)}
    return Protection(frozenset(hidden), frozenset(results_hidden), frozenset(counts.keys() - hidden))


def _count_items(measure: Measure) -> tuple[str, ...]:
    if measure.value:
        return (measure.value,) if measure.unit == "number" else ()
    return (*measure.numerator_items, *measure.denominator_items)


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


def _month_lines(own: pd.DataFrame) -> Iterator[Line]:
    """Each year as the sum of its months, or of its quarters."""
    series = ["source", "item", "area_code", "breakdown"]
    years = dict(list(own[own["basis"].isin(_YEARS)].groupby(series)))
    for basis in ("month", QUARTER):
        for key, part in own[own["basis"] == basis].groupby(series, sort=True):
            if key in years:
                lengths = zip(years[key]["period"], years[key]["basis"], strict=True)
                yield from _lines_of_parts(key, part["period"], basis, lengths)


_YEARS = ("calendar year", "academic year", "financial year")


def _lines_of_parts(
    series: tuple[Hashable, ...], labels: Iterable[str], basis: str, wholes: Iterable[tuple[str, str]]
) -> Iterator[Line]:
    """Each of ``wholes`` (label, basis) as the sum of the months or quarters in it; one without a row is none."""
    source, item, area, breakdown = series
    parts = [(parse_period(label, basis), label) for label in sorted(labels)]
    for whole, kind in wholes:
        period = parse_period(whole, kind)
        inside = [label for part, label in parts if period.start <= part.start and part.end <= period.end]
        if inside:
            cells = tuple((source, item, area, label, breakdown) for label in inside)
            yield Line((source, item, area, whole, breakdown), cells)


def _rest_lines(
    own: pd.DataFrame, parts_of: Mapping[str, Sequence[tuple[str, str]]], counts: dict[Hashable, float]
) -> Iterator[Line]:
    """A whole as a part and the rest, which is a count of people too; adds the rests to ``counts``."""
    for source, area, period, breakdown in sorted(set(zip(*(own[c] for c in _WHERE), strict=True))):
        for whole, part in parts_of[source]:
            cells = [(source, item, area, period, breakdown) for item in (whole, part)]
            if all(cell in counts for cell in cells):
                rest = ("rest", *cells[0], part)
                counts[rest] = counts[cells[0]] - counts[cells[1]]
                yield Line(cells[0], (cells[1], rest))


_WHERE = ["source", "area_code", "period", "breakdown"]


@dataclass
class _WorkedOut:
    """The cells that measures add to those of ``table``: the sums of their items."""

    table: pd.DataFrame
    counts: dict[Hashable, float]
    of_returns: frozenset[Hashable] = frozenset()
    rests_on: dict[tuple[str, str, str], list[Hashable]] = field(default_factory=dict)
    """(measure, area, period) → the cells that the result is worked out from."""

    def lines(self, measure: Measure) -> Iterator[Line]:
        """The sums inside one measure, area by area and period by period."""
        upper = (measure.value,) if measure.value else measure.numerator_items
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
        below, below_line = _side(
            ("below", *key), _cells(measure, measure.denominator_items, area, counted_in), self.counts
        )
        yield from (line for line in (above_line, below_line) if line)
        self.rests_on[key] = [cell for cell in (above, below) if cell is not None and cell in self.counts]
        added = _cells(measure, upper, area, period) + _cells(measure, measure.denominator_items, area, counted_in)
        self.rests_on[key] += [cell for cell in added if cell in self.of_returns]


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


def hide_groups(boxes: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """BOXES with ``comments`` blank and marked c wherever one box of a group and priority is small, or so is the rest.

    All boxes of that group and priority are then blank: they add up to a number in another table.
    """
    same = boxes.groupby(["group", "priority"])[["comments", "of"]].transform("sum")
    small = pd.Series(False, boxes.index)
    for comments, of in ((boxes["comments"], boxes["of"]), (same["comments"], same["of"])):
        small |= pd.Series([is_small(n, threshold) for n in comments], boxes.index, dtype=bool)
        small |= pd.Series([is_small(n, threshold) for n in of - comments], boxes.index, dtype=bool)
    hidden = small.groupby([boxes["group"], boxes["priority"]]).transform("any").astype(bool)
    marker = hidden.map({True: HIDDEN, False: ""})
    return boxes.assign(comments=boxes["comments"].mask(hidden), marker=marker)


def hide_small(table: pd.DataFrame, whole: str, part: str, threshold: int) -> pd.DataFrame:
    """Counts of which ``part`` counts some of ``whole``: small ones blank, and the part where the rest is small.

    Rows with a hidden count are marked c.
    """
    small = pd.DataFrame({c: [is_small(count, threshold) for count in table[c]] for c in (whole, part)}, table.index)
    rest = pd.Series([is_small(count, threshold) for count in table[whole] - table[part]], table.index, dtype=bool)
    hidden = {whole: small[whole].astype(bool), part: small[part].astype(bool) | rest}
    marker = (hidden[whole] | hidden[part]).map({True: HIDDEN, False: ""})
    return table.assign(**{column: table[column].mask(flags) for column, flags in hidden.items()}, marker=marker)
