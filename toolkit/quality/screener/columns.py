"""Stages "Precheck columns", "Precheck cross-file" and "Check columns": the names of the columns of both files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from toolkit.quality.screener.conventions import CONVENTION, is_unit
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import check

__all__ = [
    "check_col_ind_smushed",
    "check_col_names_spaces",
    "check_col_snake_case",
    "check_col_var_characteristic",
    "check_col_var_start",
    "duplicate_variable_names",
    "precheck_col_invalid_meta",
    "precheck_col_req_data",
    "precheck_col_req_meta",
    "precheck_col_to_rows",
    "precheck_cross_data_to_meta",
    "precheck_cross_meta_to_data",
]

COLUMNS = CONVENTION.columns


def _name_each(names: Iterable[str]) -> list[ScreenerFault]:
    return [fault("name", name=name) for name in dict.fromkeys(names)]


@check()
def precheck_col_req_meta(pair: Pair) -> list[ScreenerFault]:
    """The metadata has its eight mandatory columns."""
    return _name_each(column for column in COLUMNS.meta if column not in pair.meta.header)


@check()
def precheck_col_invalid_meta(pair: Pair) -> list[ScreenerFault]:
    """The metadata has no column but the mandatory and the optional ones, each once."""
    header, allowed = pair.meta.header, {*COLUMNS.meta, *COLUMNS.meta_optional}
    return _name_each(column for column in header if column not in allowed or header.count(column) > 1)


@check()
def precheck_col_req_data(pair: Pair) -> list[ScreenerFault]:
    """The data has its five mandatory columns."""
    return _name_each(column for column in COLUMNS.data if column not in pair.data.header)


@check()
def precheck_col_to_rows(pair: Pair) -> list[ScreenerFault]:
    """The metadata has no more rows than the data has columns besides the mandatory ones."""
    rows, columns = len(pair.meta.frame), len(pair.data.header) - len(COLUMNS.data)
    return [fault("rows_for_columns", rows=rows, columns=columns)] if rows > columns else []


@check()
def duplicate_variable_names(pair: Pair) -> list[ScreenerFault]:
    """No two columns of the data have one name. (The older screener's check.)"""
    counts = Counter(pair.data.header)
    return [fault("repeated_name", name=name, times=times) for name, times in counts.items() if times > 1]


@check()
def precheck_cross_meta_to_data(pair: Pair) -> list[ScreenerFault]:
    """Every ``col_name`` and ``filter_grouping_column`` is a column of the data."""
    missing = set(pair.meta.values("col_name") + pair.groups) - {*pair.data.header, ""}
    return pair.meta.faults_where("col_name", missing) or pair.meta.faults_where("filter_grouping_column", missing)


@check(result="WARNING")
def precheck_cross_data_to_meta(pair: Pair) -> list[ScreenerFault]:
    """A column is an observational unit, has one value only, or is named in the metadata."""
    described = {*pair.meta.values("col_name"), *pair.groups}
    others = [column for column in pair.data.header if column not in described and not is_unit(column)]
    return _name_each(column for column in others if len(pair.data.values(column)) > 1)


@check()
def check_col_names_spaces(pair: Pair) -> list[ScreenerFault]:
    """No column of the data has a space in its name."""
    return _name_each(column for column in pair.data.header if re.search(r"\s", column))


@check(result="WARNING")
def check_col_snake_case(pair: Pair) -> list[ScreenerFault]:
    """Columns of the data are named with lower-case letters, digits and underscores."""
    return _name_each(column for column in pair.data.header if not re.fullmatch(r"[a-z0-9_]*", column))


@check(result="WARNING")
def check_col_var_start(pair: Pair) -> list[ScreenerFault]:
    """Columns of the data have names that start with a lower-case letter."""
    return _name_each(column for column in pair.data.header if not re.match(r"[a-z]", column))


@check()
def check_col_ind_smushed(pair: Pair) -> list[ScreenerFault]:
    """No indicator's name holds a word such as 'female' or 'white' that belongs into a filter."""
    return pair.meta.faults_where("col_name", filter(_is_smushed, pair.indicators))


def _is_smushed(name: str) -> bool:
    return any(word in name.lower() for word in CONVENTION.smushed)


@check(result="WARNING")
def check_col_var_characteristic(pair: Pair) -> list[ScreenerFault]:
    """``characteristic`` and ``characteristic_group`` are not filters."""
    named = [*pair.meta.values("col_name"), *pair.groups]
    return _name_each(name for name in named if name in CONVENTION.discouraged_filters)
