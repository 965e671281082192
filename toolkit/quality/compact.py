"""Makes large tables small: rows that a rule cannot tell apart are validated once.

Great Expectations carries whole columns through every rule; here it is given one row of each kind, side by side for
all rules, and the results are carried back to all rows. Which rows are alike depends on the rule: for a range
those on the same side of its limits, for a comparison of two columns those with the same one larger, for a rule about
repeats those that are not repeated, else those with the same values. A rule about an average still sees every row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.quality.batch import Batch, ConfiguredExpectation, Validation
from toolkit.quality.rules import blanks

__all__ = ["Compact", "compact"]

_EXTREMES = ("expect_column_max_to_be_between", "expect_column_min_to_be_between")
_BY_SET = (*_EXTREMES, "_unique_value_count_to_be_between", "_distinct_values_to_")
"""Rules about a column as a whole that depend on its different values alone."""
_RANGE = "expect_column_values_to_be_between"
_LARGER = "expect_column_pair_values_a_to_be_greater_than_b"
_ONCE = ("expect_column_values_to_be_unique", "expect_compound_columns_to_be_unique")
Codes = NDArray[Any]
Kinds = tuple[Codes, int]
"""For each row of which kind it is, from 0, and how many kinds there are."""
_KindsOf = Callable[[str], Kinds]
_Block = tuple[dict[str, str], Codes, bool]
"""Columns with their new names, the positions of their rows, and whether they are padded with blanks."""


@dataclass(frozen=True)
class Compact:
    """``values``: expectations run on one row of each kind; ``rest``: those run on all rows. ``kinds`` is by check."""

    values: Batch
    rest: Batch
    kinds: Mapping[str, Kinds]

    def expand(self, check: str, validation: Validation) -> Validation:
        """The validation of all rows, from that of one row of each kind."""
        if not validation.rows:
            return validation
        codes, many = self.kinds[check]
        bad = np.zeros(many, dtype=bool)
        at = np.asarray(validation.rows)
        bad[np.where(at < many, at, 0)] = True  # positions beyond the last kind repeat the first
        return Validation(validation.outcome, tuple(np.flatnonzero(bad[codes]).tolist()), validation.observed)


def compact(batch: Batch) -> Compact:
    """Split a batch in two. An expectation keeps all rows where it can tell nearly every row from every other."""
    table = batch.table
    of_values = cache(lambda column: _of_values(table, column))
    expectations, kinds = {}, {}
    blocks: list[_Block] = []
    for check, configured in batch.expectations.items():
        if not _can_be_compacted(configured, table):
            continue
        codes, many = _kinds(configured, table, of_values)
        if many > len(table) // 4:
            continue
        names = {column: f"{column} {len(blocks)}" for column in configured.columns}
        expectations[check] = ConfiguredExpectation(configured.expectation, _rename_columns(configured, names))
        kinds[check] = codes, many
        blocks.append((names, _first_positions(codes, many), configured.expectation.name in _ONCE))
    rest = {check: configured for check, configured in batch.expectations.items() if check not in expectations}
    return Compact(Batch(_side_by_side(table, blocks), expectations), Batch(table, rest), kinds)


def _can_be_compacted(configured: ConfiguredExpectation, table: pd.DataFrame) -> bool:
    name = configured.expectation.name
    if not set(configured.columns) <= set(table.columns):
        return False
    if configured.expectation.kind != "rows":
        return any(end in name for end in _BY_SET)
    return "mostly" not in configured.arguments and not (name in _ONCE and "ignore_row_if" in configured.arguments)


def _kinds(configured: ConfiguredExpectation, table: pd.DataFrame, of_values: _KindsOf) -> Kinds:
    name, columns = configured.expectation.name, configured.columns
    if name in _ONCE:
        return _of_repeats(columns, of_values)
    if configured.expectation.judges_blanks:
        return _number(blanks(table[columns[0]]))
    numbers = [table[column].to_numpy() for column in columns if _is_number(table[column])]
    limits = [configured.arguments.get(limit) for limit in ("min_value", "max_value")]
    if name == _RANGE and numbers and not any(isinstance(limit, str) for limit in limits):
        return _of_sides(numbers[0], [limit for limit in limits if limit is not None])
    if name == _LARGER and len(numbers) == 2:
        return _of_sides(numbers[0], [numbers[1]])
    if name in _EXTREMES and numbers:
        return _of_sides(numbers[0], [np.fmin.reduce(numbers[0]), np.fmax.reduce(numbers[0])])
    return reduce(_both, (of_values(column) for column in columns))


def _is_number(column: pd.Series) -> bool:
    return isinstance(column.dtype, np.dtype) and column.dtype.kind in "fi"


def _of_sides(numbers: Codes, limits: list[Any]) -> Kinds:
    """Numbers by whether they are below, at or above each limit, and those with either missing."""
    missing = reduce(np.logical_or, (each != each for each in limits), numbers != numbers)
    sides = ((numbers >= limit).astype(np.uint8) + (numbers > limit) for limit in limits)
    return reduce(_both, map(_number, (missing, *sides)))


def _of_values(table: pd.DataFrame, column: str) -> Kinds:
    """Blanks are one value, "" or missing."""
    codes, values = pd.factorize(table[column], use_na_sentinel=False)
    blank = np.flatnonzero(pd.isna(values) | (values == ""))
    if len(blank) > 1:
        codes[np.isin(codes, blank)] = blank[0]
    return _number(codes)


def _number(kinds: Any) -> Kinds:
    codes, different = pd.factorize(kinds)
    return codes, len(different)


def _both(one: Kinds, other: Kinds) -> Kinds:
    return _number(one[0].astype(np.int64) * other[1] + other[0])


def _of_repeats(columns: list[str], of_values: _KindsOf) -> Kinds:
    """Rows whose values occur once are one kind; every other row is a kind of its own."""
    again = pd.Series(reduce(_both, (of_values(column) for column in columns))[0]).duplicated(keep=False).to_numpy()
    return _number(np.where(again, np.cumsum(again, dtype=np.int32), 0))


def _first_positions(codes: Codes, many: int) -> Codes:
    """The position of the first row of each kind."""
    first = np.zeros(many, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first


def _rename_columns(configured: ConfiguredExpectation, names: Mapping[str, str]) -> dict[str, Any]:
    """The expectation's arguments, with the columns under their new ``names``."""
    given = dict(configured.arguments)
    for argument in configured.expectation.columns:
        if argument in given:
            value = given[argument]
            several = isinstance(value, list | tuple)
            given[argument] = [names[column] for column in value] if several else names[value]
    return given


def _side_by_side(table: pd.DataFrame, blocks: list[_Block]) -> pd.DataFrame:
    """One row of each kind for each expectation. Shorter columns are padded: with their own first row, which changes
    nothing, or with blanks, which an expectation of uniqueness passes over."""
    longest = max((len(first) for _, first, _ in blocks), default=0)
    columns: dict[str, pd.Series] = {}
    for names, first, blank in blocks:
        at = np.concatenate([first, np.full(longest - len(first), first[0])])
        for column, new in names.items():
            columns[new] = table[column].take(at).reset_index(drop=True)
            if blank:
                columns[new] = columns[new].where(np.arange(longest) < len(first))
    return pd.DataFrame(columns)
