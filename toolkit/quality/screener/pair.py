"""A data file with its metadata file, and what the metadata says of the data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.lookups import Lookups
from toolkit.quality.screener.sheet import Sheet

__all__ = ["Pair"]

ALONE_NAMES = frozenset(place.name for place in CONVENTION.geography if place.level in CONVENTION.alone)
"""school_name and provider_name: allowed as the one filter of a file."""


@dataclass(frozen=True, eq=False)
class Pair:
    """The two files of a data set. Lists are in the order of the metadata and have no blank."""

    data: Sheet
    meta: Sheet
    lookups: Lookups

    def values_of(self, column: str, col_type: str) -> list[str]:
        """The values of a column of the metadata in the rows of one ``col_type``, blanks left out."""
        rows = self.meta.frame
        texts = rows[column][(rows["col_type"] == col_type) & (rows[column] != "")]
        return texts.to_list()

    @cached_property
    def filters(self) -> list[str]:
        """The filters' columns."""
        return self.values_of("col_name", "Filter")

    @cached_property
    def indicators(self) -> list[str]:
        """The indicators' columns."""
        return self.values_of("col_name", "Indicator")

    @cached_property
    def groups(self) -> list[str]:
        """The columns that group the items of filters, each once. NULL and NA name none: another check reports them."""
        return [
            text for text in self.meta.values("filter_grouping_column") if text not in ("", *CONVENTION.symbols.nulls)
        ]

    @cached_property
    def filters_and_groups(self) -> list[str]:
        """Both, each once."""
        return list(dict.fromkeys([*self.filters, *self.groups]))

    @cached_property
    def name_filter(self) -> frozenset[str]:
        """The names of schools or providers, where they are the only filter, or the grouping of the only one."""
        named = ALONE_NAMES.intersection(self.filters_and_groups)
        return named if len(self.filters) == 1 else frozenset()

    @cached_property
    def levels(self) -> list[str]:
        """The geographic levels in the data."""
        return self.data.values("geographic_level")
