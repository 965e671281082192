"""Stage "Check meta": the columns that group the items of filters."""

from __future__ import annotations

from toolkit.quality.screener.metadata import filled_for, stripped_alike
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Verdict, check, ignored

__all__ = [
    "check_meta_fil_grp",
    "check_meta_fil_grp_dupe",
    "check_meta_fil_grp_is_fil",
    "check_meta_fil_grp_match",
    "check_meta_fil_grp_stripped",
]

NONE = ignored("no_grouping_column")


@check()
def check_meta_fil_grp(pair: Pair) -> list[str]:
    """``filter_grouping_column`` is blank for indicators."""
    return filled_for(pair, "filter_grouping_column", "Indicator")


@check()
def check_meta_fil_grp_dupe(pair: Pair) -> list[str] | Verdict:
    """No column groups two filters."""
    named = pair.meta.frame["filter_grouping_column"]
    return pair.meta.where("filter_grouping_column", set(named[named.duplicated()]) - {""}) if pair.groups else NONE


@check(result="WARNING")
def check_meta_fil_grp_is_fil(pair: Pair) -> list[str] | Verdict:
    """Every grouping column has a row of its own."""
    without = set(pair.groups) - set(pair.meta.values("col_name"))
    return pair.meta.where("filter_grouping_column", without) if pair.groups else NONE


@check()
def check_meta_fil_grp_match(pair: Pair) -> list[str] | Verdict:
    """Every grouping column is a column of the data."""
    missing = set(pair.groups) - set(pair.data.header)
    return pair.meta.where("filter_grouping_column", missing) if pair.groups else NONE


@check()
def check_meta_fil_grp_stripped(pair: Pair) -> list[str] | Verdict:
    """The groups in the data stay different without all but letters and digits."""
    present = [group for group in pair.groups if group in pair.data.header]
    alike = {group: stripped_alike(pair.data.values(group)) for group in present}
    return [place for group in present for place in pair.data.where(group, alike[group])] if pair.groups else NONE
