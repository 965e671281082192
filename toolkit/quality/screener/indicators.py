"""What the metadata says of indicators (stage "Check meta"), and their cells (stage "Check indicators")."""

from __future__ import annotations

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.metadata import filled_for, meta_rows, stripped_alike
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Verdict, check, ignored

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
def check_meta_indicator_dp(pair: Pair) -> list[str]:
    """``indicator_dp`` is blank for filters."""
    return filled_for(pair, "indicator_dp", "Filter")


@check(result="WARNING")
def check_meta_ind_dp_set(pair: Pair) -> list[str]:
    """``indicator_dp`` is filled in for indicators."""
    rows = pair.meta.frame
    return meta_rows(pair, (rows["col_type"] == "Indicator") & (rows["indicator_dp"] == ""), "indicator_dp")


@check()
def check_meta_ind_dp_values(pair: Pair) -> list[str]:
    """``indicator_dp`` is blank or a whole number from 0."""
    given = pair.meta.frame["indicator_dp"]
    return meta_rows(pair, ~given.str.fullmatch(r"|[0-9]+(?:\.0+)?"), "indicator_dp")


@check()
def check_meta_ind_unit(pair: Pair) -> list[str]:
    """``indicator_unit`` is blank for filters."""
    return filled_for(pair, "indicator_unit", "Filter")


@check()
def check_meta_ind_unit_validation(pair: Pair) -> list[str]:
    """``indicator_unit`` is blank or one of the units that the service knows."""
    rows = pair.meta.frame
    known = rows["indicator_unit"].isin(["", *CONVENTION.units])
    return meta_rows(pair, (rows["col_type"] == "Indicator") & ~known, "indicator_unit")


@check()
def check_meta_indicator_grouping(pair: Pair) -> list[str]:
    """``indicator_grouping`` is blank for filters."""
    return filled_for(pair, "indicator_grouping", "Filter")


@check()
def indicator_group_stripped(pair: Pair) -> list[str] | Verdict:
    """Groupings of indicators stay different without all but letters and digits. (The older screener's check.)"""
    groupings = pair.described("indicator_grouping", "Indicator")
    if not groupings:
        return ignored("no_indicator_grouping")
    return pair.meta.where("indicator_grouping", stripped_alike(dict.fromkeys(groupings)))


@check()
def check_ind_invalid_entry(pair: Pair) -> list[str]:
    """No cell of an indicator is blank, ~ or :."""
    wrong = ("", *CONVENTION.symbols.legacy)
    return [place for name in pair.indicators for place in pair.data.symbols(name, wrong).values()]
