"""The lists that the screener compares a file with: places with their codes, and the data dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.quality.screener.conventions import CONVENTION, GeographicLevel
from toolkit.quality.screener.sheet import Sheet
from toolkit.sources import Areas

__all__ = ["Lookups", "lookups_from_areas", "read_lookups"]

DICTIONARY = "data-dictionary.csv"
LookupKey = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Lookups:
    """``places``: level → the codes and names that go together, in the order of the level's columns. A level without
    a list is judged by the form of its codes. ``columns``: col_type → names; ``items``: filter → its values.
    """

    places: Mapping[str, frozenset[LookupKey]] = field(default_factory=dict)
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    items: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_lookups(folder: Path) -> Lookups:
    """The lists of a folder: ``las.csv``, ``regions.csv``, ``country.csv`` and the others that ``conventions.yaml``
    names, with the columns of a data file, and ``data-dictionary.csv``. Any of them may be absent, but not all.
    """
    listed = {place.level: folder / place.lookup for place in CONVENTION.geography if place.lookup}
    by_level = {place.level: place for place in CONVENTION.geography}
    places = {level: _places(path, by_level[level]) for level, path in listed.items() if path.is_file()}
    if not places:
        names = ", ".join(sorted(path.name for path in listed.values()))
        raise InputError(Problem(folder.name, 0, "the folder has no list of places", f"put one of these in: {names}"))
    return _with_dictionary(places, folder / DICTIONARY)


def lookups_from_areas(areas: Areas) -> Lookups:
    """England, the regions and the local authorities of ``data/reference/areas``, under every code they have had."""
    places: dict[str, set[LookupKey]] = {}
    for area in areas.records:
        old = (area.old_code or CONVENTION.not_available["code"],) if area.level == "Local authority" else ()
        places.setdefault(area.level, set()).add((area.code, area.name, *old))
    return Lookups({level: frozenset(of_level) for level, of_level in places.items()})


def _places(path: Path, level: GeographicLevel) -> frozenset[LookupKey]:
    rows = Sheet(path).rows_of(level.columns)
    return frozenset(rows.itertuples(index=False, name=None))


def _with_dictionary(places: Mapping[str, frozenset[LookupKey]], path: Path) -> Lookups:
    if not path.is_file():
        return Lookups(places)
    rows = Sheet(path).rows_of(["col_type", "col_name", "filter_item", "col_name_parent", "filter_item_parent"])
    parents = rows[["col_type", "col_name_parent", "filter_item_parent"]].set_axis(rows.columns[:3], axis=1)
    both = pd.concat([rows[rows.columns[:3]], parents])
    both = both[both["col_name"] != ""]
    return Lookups(places, _sets(both, "col_type", "col_name"), _sets(both, "col_name", "filter_item"))


def _sets(rows: pd.DataFrame, by: str, of: str) -> dict[str, frozenset[str]]:
    return {str(key): frozenset(values) for key, values in rows.groupby(by)[of]}
