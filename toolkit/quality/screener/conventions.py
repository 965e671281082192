"""What a data file of Explore Education Statistics must hold, read from ``conventions.yaml`` beside this module."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from toolkit.params.words import Listed
from toolkit.params.yaml import Params, read_yaml, validate

__all__ = ["CONVENTION", "OLDER_NAMES", "UNITS", "GeographicLevel", "is_unit", "looks_like_geography"]


class ConventionColumns(Params):
    """Columns that must be there, those that may be, and the words of ``col_type``."""

    data: Listed[str]
    meta: Listed[str]
    meta_optional: Listed[str]
    types: Listed[str]


class GeographicLevel(Params):
    """A geographic level. A column left empty does not exist for it; ``codes`` is a pattern, ``lookup`` a file name."""

    level: str
    name: str
    code: str = ""
    second: str = ""
    codes: str = ""
    lookup: str = ""
    also: Listed[str] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that name a place: code, name, second code."""
        return tuple(filter(None, (self.code, self.name, self.second)))


class TimeGroup(Params):
    """Time identifiers that may stand in one file, and how many digits their time periods have."""

    digits: int
    identifiers: Listed[str]


class NotApplicable(Params):
    """The code and the names of a place that does not apply."""

    code: str
    names: Listed[str]


class Symbols(Params):
    """Symbols written where there is no number, which should not be."""

    nulls: Listed[str]
    no_data: Listed[str]
    legacy: Listed[str]


class SizeLimits(Params):
    """The most items that a filter, and the most characters that a name, can have."""

    filter_items: int
    column_name: int
    label: int
    location_code: int
    item: int


class Convention(Params):
    """The whole of ``conventions.yaml``."""

    columns: ConventionColumns
    geography: Listed[GeographicLevel]
    ignored_levels: Listed[str]
    alone: Listed[str]
    listed_by_nobody: Listed[str]
    countries: Mapping[str, str]
    not_applicable: NotApplicable
    not_available: Mapping[str, str]
    looks_like_geography: Listed[str]
    time: Listed[TimeGroup]
    total: str
    totals_out_of_place: Listed[str]
    units: Listed[str]
    symbols: Symbols
    limits: SizeLimits
    smushed: Listed[str]
    discouraged_filters: Listed[str]
    harmonised: Mapping[str, Listed[str]]
    ethnicity: Mapping[str, Listed[str]]
    ethnicity_groups: Listed[str]


_HERE = Path(__file__).parent
CONVENTION = validate(read_yaml(_HERE / "conventions.yaml", _HERE), Convention)
OLDER_NAMES: Mapping[str, str] = read_yaml(_HERE / "older_names.yaml", _HERE).data
"""Check of the older screener → ours; several may map to one."""

UNITS = frozenset({*CONVENTION.columns.data, *(column for place in CONVENTION.geography for column in place.columns)})
"""Columns of observational units: time, level and places."""
_GEOGRAPHY = re.compile("|".join(CONVENTION.looks_like_geography), re.IGNORECASE)


def looks_like_geography(column: str) -> bool:
    """Whether the name is that of a geography column.

    >>> looks_like_geography("region_name"), looks_like_geography("gender")
    (True, False)
    """
    return _GEOGRAPHY.fullmatch(column) is not None


def is_unit(column: str) -> bool:
    """Whether a column says when and where, not what was counted."""
    return column in UNITS or looks_like_geography(column)
