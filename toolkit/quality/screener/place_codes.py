"""Stage "Check geography": codes against names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from toolkit.quality.screener.conventions import CONVENTION, GeographicLevel
from toolkit.quality.screener.fault import ScreenerFault
from toolkit.quality.screener.geographic_levels import BY_LEVEL, LEVEL
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, ScreenerCheck, check, ignore
from toolkit.quality.screener.sheet import Distinct

__all__ = [
    "check_geog_country_combos",
    "check_geog_eda_combos",
    "check_geog_la_combos",
    "check_geog_lad_combos",
    "check_geog_lep_combos",
    "check_geog_lsip_combos",
    "check_geog_na",
    "check_geog_na_code",
    "check_geog_other_code_dupes",
    "check_geog_other_dupes",
    "check_geog_pcon_combos",
    "check_geog_region_combos",
    "check_geog_ward_combos",
]

NOWHERE, UNKNOWN = CONVENTION.not_applicable, CONVENTION.not_available
NOT_HERE = (UNKNOWN["code"], UNKNOWN["name"])
EVERYWHERE = frozenset((NOWHERE.code, name) for name in NOWHERE.names)
"""Codes and names that stand for no place, allowed at every level."""
COUNTRIES: Mapping[str, frozenset[tuple[str, ...]]] = {"National": frozenset(CONVENTION.countries.items())}
LISTED = ("National", "Regional", "Local authority")
NAMED_APART = tuple(
    place
    for place in CONVENTION.geography
    if place.code and place.level not in (*LISTED, "Institution", "Planning area")
)
"""Levels at which a place can be 'not available'."""


def _combos(name: str, level: str) -> ScreenerCheck:
    """The check that the codes and names of one level go together."""
    place = BY_LEVEL[level]
    facts = {"columns": list(place.columns)}
    return ScreenerCheck(name, lambda pair: _wrong_places(pair, place), "FAIL", "columns_together", facts)


check_geog_country_combos = _combos("check_geog_country_combos", "National")
check_geog_region_combos = _combos("check_geog_region_combos", "Regional")
check_geog_ward_combos = _combos("check_geog_ward_combos", "Ward")
check_geog_pcon_combos = _combos("check_geog_pcon_combos", "Parliamentary constituency")
check_geog_lad_combos = _combos("check_geog_lad_combos", "Local authority district")
check_geog_lep_combos = _combos("check_geog_lep_combos", "Local enterprise partnership")
check_geog_lsip_combos = _combos("check_geog_lsip_combos", "Local skills improvement plan area")
check_geog_eda_combos = _combos("check_geog_eda_combos", "English devolved area")
check_geog_la_combos = _combos("check_geog_la_combos", "Local authority")


def _wrong_places(pair: Pair, place: GeographicLevel) -> list[ScreenerFault] | Note:
    if any(column not in pair.data.header for column in place.columns):
        return ignore("incomplete_columns", level=place.level)
    rows = _rows_to_check(pair, place)
    if listed := COUNTRIES.get(place.level, frozenset()) | pair.lookups.places.get(place.level, frozenset()):
        return pair.data.faults_at({row: at for row, at in rows.items() if row not in listed and not _is_nowhere(row)})
    if not place.codes:
        return ignore("no_list", level=place.level)
    wrong = pair.data.faults_at(_malformed_rows(place, rows))
    return wrong or Note("PASS", "names_not_compared", {"code": place.code})


def _rows_to_check(pair: Pair, place: GeographicLevel) -> Distinct:
    """Rows of the level itself, and others that name a place of it; 'not available' is not a place.

    Every row names a country. Local authorities are checked where they have a three-digit code, which some do not.
    """
    column = 1 + place.columns.index(place.second or place.code)
    own = {"National": pair.levels, "Local authority": []}.get(place.level, [place.level])
    first: dict[tuple[str, ...], int] = {}
    for row, at in pair.data.distinct(LEVEL, *place.columns).items():
        if row[1] != UNKNOWN["code"] and (row[column] or row[0] in own):
            first.setdefault(row[1:], at)
    return first


def _is_nowhere(row: tuple[str, ...]) -> bool:
    """Whether a row is about no place: z as every code, and a name that goes with it."""
    return row[:2] in EVERYWHERE and all(code == NOWHERE.code for code in row[2:])


def _malformed_rows(place: GeographicLevel, rows: Distinct) -> Distinct:
    """Without a list to compare with: codes that do not have the form of their level, have no name, or have two."""
    places = {row: at for row, at in rows.items() if not _is_nowhere(row)}
    names = Counter(code for code, _ in places)
    form = re.compile(place.codes)
    right = {(code, name) for code, name in places if name and names[code] == 1 and form.fullmatch(code)}
    return {row: at for row, at in places.items() if row not in right}


def _one_to_one(pair: Pair, of: int) -> list[ScreenerFault] | Note:
    """Places of the levels without a national list whose code (``of`` 0) or name (1) has more than one of the other."""
    present = [BY_LEVEL[level] for level in CONVENTION.listed_by_nobody if level in pair.levels]
    wrong: list[ScreenerFault] = []
    for place in present:
        rows = pair.data.distinct(LEVEL, place.code, place.name).items()
        own = {row[1:]: at for row, at in rows if row[0] == place.level and all(row) and row[1] != UNKNOWN["code"]}
        times = Counter(row[of] for row in own)
        wrong += pair.data.faults_at({row: at for row, at in own.items() if times[row[of]] > 1})
    return wrong if present else ignore("no_rows_of_levels", levels=list(CONVENTION.listed_by_nobody))


@check()
def check_geog_other_dupes(pair: Pair) -> list[ScreenerFault] | Note:
    """The name of an opportunity area, MAT or sponsor goes with one code."""
    return _one_to_one(pair, of=1)


@check()
def check_geog_other_code_dupes(pair: Pair) -> list[ScreenerFault] | Note:
    """The code of an opportunity area, MAT or sponsor goes with one name."""
    return _one_to_one(pair, of=0)


def _not_available(pair: Pair, given: int) -> list[ScreenerFault] | Note:
    """Places that are 'not available' by their code (``given`` 0) or name (1), and not by the other."""
    present = [place for place in NAMED_APART if place.level in pair.levels]
    wrong: list[ScreenerFault] = []
    for place in present:
        rows = pair.data.distinct(place.code, place.name)
        wrong += pair.data.faults_at({r: at for r, at in rows.items() if r[given] == NOT_HERE[given] and r != NOT_HERE})
    return wrong if present else ignore("no_rows_of_other_levels")


@check()
def check_geog_na(pair: Pair) -> list[ScreenerFault] | Note:
    """The code x goes with the name 'Not available'."""
    return _not_available(pair, given=0)


@check()
def check_geog_na_code(pair: Pair) -> list[ScreenerFault] | Note:
    """The name 'Not available' goes with the code x."""
    return _not_available(pair, given=1)
