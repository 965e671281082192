"""Stage "Check API": what keeps a file out of the public API. None of it stops a publication."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore

__all__ = [
    "check_api_char_col_label",
    "check_api_char_col_name",
    "check_api_char_filter_items",
    "check_api_char_loc_code",
    "check_data_dict_col_name",
    "check_data_dict_fil_item",
]

LIMITS = CONVENTION.limits
CODES = frozenset(column for place in CONVENTION.geography for column in (place.code, place.second) if column)
NAMES = frozenset(place.name for place in CONVENTION.geography)
NO_DICTIONARY = ignore("no_dictionary")


def _longer(texts: Iterable[str], limit: int) -> list[str]:
    return [text for text in texts if len(text) > limit]


def _long_cells(pair: Pair, columns: Iterable[str], limit: int) -> list[ScreenerFault]:
    present = [column for column in columns if column in pair.data.header]
    return [one for c in present for one in pair.data.faults_in(c, _longer(pair.data.values(c), limit))]


@check(result="WARNING")
def check_api_char_col_name(pair: Pair) -> list[ScreenerFault]:
    """Column names are no longer than the API takes."""
    names = _longer(pair.data.header, LIMITS.column_name)
    return [fault("long_name", name=name, length=len(name)) for name in names]


@check(result="WARNING")
def check_api_char_col_label(pair: Pair) -> list[ScreenerFault]:
    """Labels are no longer than the API takes."""
    return pair.meta.faults_where("label", _longer(pair.meta.values("label"), LIMITS.label))


@check(result="WARNING")
def check_api_char_loc_code(pair: Pair) -> list[ScreenerFault]:
    """Codes of places are no longer than the API takes."""
    return _long_cells(pair, sorted(CODES), LIMITS.location_code)


@check(result="WARNING")
def check_api_char_filter_items(pair: Pair) -> list[ScreenerFault]:
    """Items of filters, filter groups and names of places are no longer than the API takes."""
    return _long_cells(pair, [*pair.filters_and_groups, *sorted(NAMES)], LIMITS.item)


@check(result="WARNING")
def check_data_dict_col_name(pair: Pair) -> list[ScreenerFault] | Note:
    """Columns that the metadata names are in the data dictionary, under the same ``col_type``."""
    if not pair.lookups.columns:
        return NO_DICTIONARY
    named = {"Filter": pair.filters_and_groups, "Indicator": pair.indicators}
    dictionary = pair.lookups.columns
    unknown = [name for kind, names in named.items() for name in names if name not in dictionary.get(kind, ())]
    return [fault("name", name=name) for name in unknown]


@check(result="WARNING")
def check_data_dict_fil_item(pair: Pair) -> list[ScreenerFault] | Note:
    """Items of filters that the data dictionary has are in it."""
    if not pair.lookups.columns:
        return NO_DICTIONARY
    items = pair.lookups.items
    covered = [name for name in pair.filters_and_groups if name in pair.lookups.columns.get("Filter", ())]
    if not covered:
        return ignore("no_filter_in_dictionary")
    unknown = {name: set(pair.data.values(name)) - items[name] for name in covered}
    return [one for name in covered for one in pair.data.faults_in(name, unknown[name])]
