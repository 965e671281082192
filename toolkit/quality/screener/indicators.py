"""What the metadata says of indicators (stage "Check meta"), and their cells (stage "Check indicators")."""

from __future__ import annotations

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.fault import ScreenerFault
from toolkit.quality.screener.metadata import alike_when_stripped, meta_rows, rows_filled_in
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore

__all__ = [
    "check_ind_invalid_entry",
    "check_meta_ind_dp_set",
    "check_meta_ind_dp_values",
    "check_meta_ind_unit",
    "check_meta_ind_unit_validation",
    "check_meta_indicator_dp",
    "check_meta_indicator_grouping",
    "indicator_group_stripped",
]


@check()
def check_meta_indicator_dp(pair: Pair) -> list[ScreenerFault]:
    """``indicator_dp`` is blank for filters."""
    return rows_filled_in(pair, "indicator_dp", "Filter")


@check(result="WARNING")
def check_meta_ind_dp_set(pair: Pair) -> list[ScreenerFault]:
    """``indicator_dp`` is filled in for indicators."""
    rows = pair.meta.frame
    return meta_rows(pair, (rows["col_type"] == "Indicator") & (rows["indicator_dp"] == ""), "indicator_dp")


@check()
def check_meta_ind_dp_values(pair: Pair) -> list[ScreenerFault]:
    """``indicator_dp`` is blank or a whole number from 0."""
    given = pair.meta.frame["indicator_dp"]
    return meta_rows(pair, ~given.str.fullmatch(r"|[0-9]+(?:\.0+)?"), "indicator_dp")


@check()
def check_meta_ind_unit(pair: Pair) -> list[ScreenerFault]:
    """``indicator_unit`` is blank for filters."""
    return rows_filled_in(pair, "indicator_unit", "Filter")


@check()
def check_meta_ind_unit_validation(pair: Pair) -> list[ScreenerFault]:
    """``indicator_unit`` is blank or one of the units that the service knows."""
    rows = pair.meta.frame
    is_unit = rows["indicator_unit"].isin(["", *CONVENTION.units])
    return meta_rows(pair, (rows["col_type"] == "Indicator") & ~is_unit, "indicator_unit")


@check()
def check_meta_indicator_grouping(pair: Pair) -> list[ScreenerFault]:
    """``indicator_grouping`` is blank for filters."""
    return rows_filled_in(pair, "indicator_grouping", "Filter")


@check()
def indicator_group_stripped(pair: Pair) -> list[ScreenerFault] | Note:
    """Groupings of indicators still differ when only letters and digits are kept. (The older screener's check.)"""
    groupings = pair.values_of("indicator_grouping", "Indicator")
    if not groupings:
        return ignore("no_indicator_grouping")
    return pair.meta.faults_where("indicator_grouping", alike_when_stripped(dict.fromkeys(groupings)))


@check()
def check_ind_invalid_entry(pair: Pair) -> list[ScreenerFault]:
    """No cell of an indicator is blank, ~ or :."""
    wrong = ("", *CONVENTION.symbols.legacy)
    return [one for name in pair.indicators for one in pair.data.symbols(name, wrong).values()]
