"""Hides small counts of a return's measures, and what would give them back, by the toolkit's rules of disclosure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator

import pandas as pd

from toolkit.disclosure import HIDDEN, Line, hidden_cells
from toolkit.disclosure.cells import is_small
from toolkit.disclosure.sums import cells_worked_out
from toolkit.sources.sen2.across import CountedCell, hidden_last, sums_across
from toolkit.sources.sen2.measures import ALL, Population, populations

__all__ = ["hide_counts", "lines_of", "protect", "protect_compared"]

Counts = dict[Hashable, float]
Through = dict[Hashable, list[Line]]


def protect(measured: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """MEASURED with counts from 1 to ``threshold`` − 1 blank and marked c, and others that would give them back.

    The sums of all populations count together, since one count is printed under several names. What is left when a
    part is taken from a whole is a count of people too. A percentage is hidden where either of its counts, or what is
    left, is. An average likewise.
    """
    counted = measured[measured["unit"] == "count"]
    cells = list(zip(counted["population"], counted["measure"], counted["topic"], counted["group"], strict=True))
    counts: Counts = dict(zip(cells, counted["value"].to_list(), strict=True))
    hidden = hide_counts(counts, lines_of(counts), threshold)
    rows = zip(measured["population"], measured["measure"], measured["topic"], measured["group"], strict=True)
    flags = pd.Series([_is_hidden(row, hidden) for row in rows], index=measured.index, dtype=bool)
    blank = {column: measured[column].mask(flags) for column in ("numerator", "denominator", "value")}
    return measured.assign(**blank, marker=measured["marker"].mask(flags, HIDDEN))


def lines_of(counts: Counts) -> list[Line]:
    """Every sum that a reader knows, within populations and across them; what is left over is added to ``counts``."""
    cells = [cell for cell in counts if isinstance(cell, tuple)]
    lines = [line for name, population in populations().items() for line in _lines(name, population, counts)]
    for total, parts, is_all in sums_across(cells):
        lines.extend([Line(total, parts)] if is_all else _sum(total, parts, counts))
    return [line for line in lines if counts[line.total] == sum(counts[part] for part in line.parts)]


def hide_counts(
    counts: Counts, lines: list[Line], threshold: int, also: Collection[Hashable] = frozenset()
) -> set[Hashable]:
    """Hides until no small count follows from all lines together; ``also`` is hidden whatever its size.

    What is left over is printed nowhere. A cell begins with its population and measure.
    """
    last = {cell for cell in counts if isinstance(cell, tuple) and cell[:2] in hidden_last()}
    small = {cell for cell, count in counts.items() if is_small(count, threshold)}
    through: Through = defaultdict(list)
    for line in lines:
        for cell in line.cells:
            through[cell].append(line)
    hidden = hidden_cells(counts, lines, threshold, last, also)
    while exposed := small & cells_worked_out(lines, counts, _least(lines, hidden)):
        more = {_beside(cell, through, hidden, counts) for cell in sorted(exposed, key=repr)}
        hidden = hidden_cells(counts, lines, threshold, last, also=hidden | more - {None})
    return hidden


def _least(lines: list[Line], hidden: set[Hashable]) -> dict[Hashable, int]:
    """What a reader does not know, and what it is at least."""
    return {
        cell: 0 if _is_rest(cell) else 1 for line in lines for cell in line.cells if cell in hidden or _is_rest(cell)
    }


def _is_rest(cell: Hashable) -> bool:
    return isinstance(cell, tuple) and cell[0] == "rest"


def _beside(cell: Hashable, through: Through, hidden: set[Hashable], counts: Counts) -> Hashable | None:
    """The smallest shown count in the lines of a cell or, where they have none, in the lines that touch those."""
    near, edge = {cell}, {cell}
    while edge:
        edge = {other for one in edge for line in through[one] for other in line.cells} - near
        near |= edge
        shown = [c for c in edge if c not in hidden and counts[c] > 0 and not _is_rest(c)]
        if shown:
            return min(shown, key=lambda c: (counts[c], repr(c)))
    return None


def _is_hidden(row: CountedCell, hidden: set[Hashable]) -> bool:
    name, measure_id, topic, group = row
    if measure_id in populations()[name].averages:
        return _is_average_hidden(row, hidden)
    share = populations()[name].shares.get(measure_id)
    if share is None:
        return row in hidden
    cells = [(name, count, topic, group) for count in (share.part, *share.wholes)]
    return any(cell in hidden for cell in (*cells, _rest(*cells[:2])))


def _is_average_hidden(row: CountedCell, hidden: set[Hashable]) -> bool:
    """Where its count is hidden, or what it has more than another average's: the two would give the mean of a few."""
    name, measure_id, *at = row
    averages = populations()[name].averages
    cell = (name, averages[measure_id].of, *at)
    return cell in hidden or any(("rest", *cell, other.of) in hidden for other in averages.values())


def _lines(name: str, population: Population, counts: Counts) -> Iterator[Line]:
    """The sums of one population: groups of a topic, counts that add up, and parts of a whole."""
    where = sorted({cell[2:] for cell in counts if isinstance(cell, tuple) and cell[0] == name and len(cell) == 4})
    for count in population.counts:
        for topic in population.topics:
            groups = tuple((name, count, topic, group) for of, group in where if of == topic)
            if groups:
                yield Line((name, count, ALL, ""), groups)
    pairs = {
        *population.parts,
        *((share.wholes[0], share.part) for share in population.shares.values() if len(share.wholes) == 1),
    }
    for at in where:
        for total, parts in population.sums:
            yield from _sum((name, total, *at), tuple((name, part, *at) for part in parts), counts)
        for whole, part in sorted(pairs):
            yield from _sum((name, whole, *at), ((name, part, *at),), counts)


def _sum(total: CountedCell, parts: tuple[CountedCell, ...], counts: Counts) -> Iterator[Line]:
    """The line of a sum, with what is left over as a cell of its own where something is."""
    left = counts[total] - sum(counts[part] for part in parts)
    if left < 0 or (len(parts) > 1 and left == 0):
        yield Line(total, parts)
        return
    rest = _rest(parts[-1], total) if len(parts) == 1 else ("rest", *total, *parts)
    counts[rest] = left
    yield Line(total, (*parts, rest))


def _rest(part: CountedCell, whole: CountedCell) -> Hashable:
    return ("rest", *whole, part[1])


def protect_compared(compared: pd.DataFrame, protected: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """COMPARED without what ``protected`` (MEASURED) hides, and without re-counts that move fewer than ``threshold``.

    How many people a re-count moves says how many are coded in one way: a small number is hidden like any other.
    What is published is public, and stays.
    """
    of_all = protected[(protected["topic"] == ALL) & (protected["marker"] == HIDDEN)]
    hidden = set(zip(of_all["population"], of_all["measure"], strict=True))
    rows = zip(compared["population"], compared["measure"], strict=True)
    own = pd.Series([row in hidden for row in rows], index=compared.index, dtype=bool)
    few = compared["moved"].between(1, threshold - 1)
    return compared.assign(
        local=compared["local"].mask(own),
        difference=compared["difference"].mask(own),
        recounted=compared["recounted"].mask(own | few),
        explains=compared["explains"] & ~(own | few),
        moved=compared["moved"].mask(own | few),
        marker=compared["marker"].mask(own | few, HIDDEN),
    )
