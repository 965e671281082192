"""Stage "Check meta": the columns that group the items of filters."""

from __future__ import annotations

from toolkit.quality.screener.fault import ScreenerFault
from toolkit.quality.screener.metadata import alike_when_stripped, rows_filled_in
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore

__all__ = [
    "check_meta_fil_grp",
    "check_meta_fil_grp_dupe",
    "check_meta_fil_grp_is_fil",
    "check_meta_fil_grp_match",
    "check_meta_fil_grp_stripped",
]

NONE = ignore("no_grouping_column")


@check()
def check_meta_fil_grp(pair: Pair) -> list[ScreenerFault]:
    """``filter_grouping_column`` is blank for indicators."""
    return rows_filled_in(pair, "filter_grouping_column", "Indicator")


@check()
def check_meta_fil_grp_dupe(pair: Pair) -> list[ScreenerFault] | Note:
    """No column groups two filters."""
    named = pair.meta.frame["filter_grouping_column"]
    return (
        pair.meta.faults_where("filter_grouping_column", set(named[named.duplicated()]) - {""}) if pair.groups else NONE
    )


@check(result="WARNING")
def check_meta_fil_grp_is_fil(pair: Pair) -> list[ScreenerFault] | Note:
    """Every grouping column has a row of its own."""
    without = set(pair.groups) - set(pair.meta.values("col_name"))
    return pair.meta.faults_where("filter_grouping_column", without) if pair.groups else NONE


@check()
def check_meta_fil_grp_match(pair: Pair) -> list[ScreenerFault] | Note:
    """Every grouping column is a column of the data."""
    missing = set(pair.groups) - set(pair.data.header)
    return pair.meta.faults_where("filter_grouping_column", missing) if pair.groups else NONE


@check()
def check_meta_fil_grp_stripped(pair: Pair) -> list[ScreenerFault] | Note:
    """The groups in the data still differ when only letters and digits are kept."""
    present = [group for group in pair.groups if group in pair.data.header]
    alike = {group: alike_when_stripped(pair.data.values(group)) for group in present}
    return [one for group in present for one in pair.data.faults_where(group, alike[group])] if pair.groups else NONE
