"""Stages "Precheck filters" and "Check filters": the items of filters and of the columns that group them."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.quality.screener.conventions import CONVENTION, UNITS, is_unit
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore

__all__ = [
    "check_filter_blanks",
    "check_filter_defaults",
    "check_filter_group_level",
    "check_filter_item_limit",
    "check_filter_ob_total",
    "check_filter_whitespace",
    "precheck_filter_not_singular",
]

NONE = ignore("no_filters")
LIMIT = CONVENTION.limits.filter_items


@check()
def precheck_filter_not_singular(pair: Pair) -> list[ScreenerFault] | Note:
    """Every filter has at least two different items."""
    one = (name for name in pair.filters if len(pair.data.values(name)) < 2)
    return pair.meta.faults_where("col_name", one) if pair.filters else NONE


@check(result="WARNING")
def check_filter_defaults(pair: Pair) -> list[ScreenerFault] | Note:
    """'Total', or what ``filter_default`` says, is an item of every filter and of every group column."""
    wanted = {**dict.fromkeys(pair.filters_and_groups, CONVENTION.total), **_defaults(pair)}
    lacking = {name: item for name, item in wanted.items() if item not in pair.data.values(name)}
    return [fault("item", item=item, column=name) for name, item in lacking.items()] if wanted else NONE


def _defaults(pair: Pair) -> dict[str, str]:
    if "filter_default" not in pair.meta.header:
        return {}
    rows = pair.meta.frame[["col_name", "filter_default"]].itertuples(index=False, name=None)
    return {name: item for name, item in rows if item and name in pair.filters}


@check()
def check_filter_group_level(pair: Pair) -> list[ScreenerFault] | Note:
    """A group column has no more different values than the filter that it groups."""
    named = pair.meta.frame[["col_name", "filter_grouping_column"]].itertuples(index=False, name=None)
    grouped = {name: group for name, group in named if group in pair.groups and name in pair.filters}
    counts = {n: (len(pair.data.values(n)), len(pair.data.values(g))) for n, g in grouped.items()}
    wrong = [
        fault("more_groups", name=name, items=items, groups=groups, group=grouped[name])
        for name, (items, groups) in counts.items()
        if items < groups
    ]
    return wrong if grouped else ignore("no_grouped_filter")


@check()
def check_filter_item_limit(pair: Pair) -> list[ScreenerFault] | Note:
    """No filter has more items than the service can take."""
    counts = {name: len(pair.data.values(name)) for name in pair.filters}
    wrong = [fault("many_items", name=name, items=count) for name, count in counts.items() if count > LIMIT]
    return wrong if counts else NONE


@check()
def check_filter_whitespace(pair: Pair) -> list[ScreenerFault]:
    """Items of filters and names and codes of places have no space before or after."""
    places = [column for column in pair.data.header if column in UNITS]
    names = dict.fromkeys([*pair.filters_and_groups, *places])
    return [one for name in names for one in pair.data.faults_in(name, _padded_values(pair, name))]


def _padded_values(pair: Pair, name: str) -> Iterator[str]:
    return (value for value in pair.data.values(name) if value != value.strip())


@check()
def check_filter_ob_total(pair: Pair) -> list[ScreenerFault]:
    """Columns of time and place have no totals, but the name of schools or providers that is the only filter."""
    columns = [column for column in pair.data.header if is_unit(column) and column not in pair.name_filter]
    return [one for column in columns for one in pair.data.faults_in(column, CONVENTION.totals_out_of_place)]


@check()
def check_filter_blanks(pair: Pair) -> list[ScreenerFault] | Note:
    """No cell of a filter or a group column is blank."""
    names = pair.filters_and_groups
    return [one for name in names for one in pair.data.faults_in(name, [""])] if names else NONE
