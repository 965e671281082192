"""Stage "Check API": what keeps a file out of the public API. None of it stops a publication."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Verdict, check, ignored

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
NO_DICTIONARY = ignored("no_dictionary")


def _longer(texts: Iterable[str], limit: int) -> list[str]:
    return [text for text in texts if len(text) > limit]


def _long_cells(pair: Pair, columns: Iterable[str], limit: int) -> list[str]:
    present = [column for column in columns if column in pair.data.header]
    return [f"{p} in {c}" for c in present for p in pair.data.where(c, _longer(pair.data.values(c), limit))]


@check(result="WARNING")
def check_api_char_col_name(pair: Pair) -> list[str]:
    """Column names are no longer than the API takes."""
    return [f"'{name}' ({len(name)})" for name in _longer(pair.data.header, LIMITS.column_name)]


@check(result="WARNING")
def check_api_char_col_label(pair: Pair) -> list[str]:
    """Labels are no longer than the API takes."""
    return pair.meta.where("label", _longer(pair.meta.values("label"), LIMITS.label))


@check(result="WARNING")
def check_api_char_loc_code(pair: Pair) -> list[str]:
    """Codes of places are no longer than the API takes."""
    return _long_cells(pair, sorted(CODES), LIMITS.location_code)


@check(result="WARNING")
def check_api_char_filter_items(pair: Pair) -> list[str]:
    """Items of filters, filter groups and names of places are no longer than the API takes."""
    return _long_cells(pair, [*pair.filters_and_groups, *sorted(NAMES)], LIMITS.item)


@check(result="WARNING")
def check_data_dict_col_name(pair: Pair) -> list[str] | Verdict:
    """Columns that the metadata names are in the data dictionary, under the same ``col_type``."""
    if not pair.lookups.columns:
        return NO_DICTIONARY
    named = {"Filter": pair.filters_and_groups, "Indicator": pair.indicators}
    known = pair.lookups.columns
    return [f"'{name}'" for kind, names in named.items() for name in names if name not in known.get(kind, ())]


@check(result="WARNING")
def check_data_dict_fil_item(pair: Pair) -> list[str] | Verdict:
    """Items of filters that the data dictionary has are in it."""
    if not pair.lookups.columns:
        return NO_DICTIONARY
    items = pair.lookups.items
    covered = [name for name in pair.filters_and_groups if name in pair.lookups.columns.get("Filter", ())]
    if not covered:
        return ignored("no_filter_in_dictionary")
    unknown = {name: set(pair.data.values(name)) - items[name] for name in covered}
    return [f"{place} in {name}" for name in covered for place in pair.data.where(name, unknown[name])]
