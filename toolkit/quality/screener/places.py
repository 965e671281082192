"""Stage "Check geography": codes against names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from toolkit.quality.screener.conventions import CONVENTION, Geography
from toolkit.quality.screener.geography import BY_LEVEL, LEVEL
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Check, Verdict, check, ignored
from toolkit.quality.screener.sheet import Distinct
from toolkit.quality.screener.texts import texts_by_level

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
"""Code and name of what is no place, allowed at every level."""
COUNTRIES: Mapping[str, frozenset[tuple[str, ...]]] = {"National": frozenset(CONVENTION.countries.items())}
LISTED = ("National", "Regional", "Local authority")
LEVELS = ", ".join(CONVENTION.listed_by_nobody)
NAMED_APART = tuple(
    place
    for place in CONVENTION.geography
    if place.code and place.level not in (*LISTED, "Institution", "Planning area")
)
"""Levels where a place that is not available is looked for."""


def _combos(name: str, level: str) -> Check:
    """The check that the codes and names of one level go together."""
    place = BY_LEVEL[level]
    words = " and ".join((", ".join(place.columns[:-1]), place.columns[-1]))
    texts = texts_by_level("columns_together", columns=words)
    return Check(name, lambda pair: _wrong_places(pair, place), texts, "FAIL")


check_geog_country_combos = _combos("check_geog_country_combos", "National")
check_geog_region_combos = _combos("check_geog_region_combos", "Regional")
check_geog_ward_combos = _combos("check_geog_ward_combos", "Ward")
check_geog_pcon_combos = _combos("check_geog_pcon_combos", "Parliamentary constituency")
check_geog_lad_combos = _combos("check_geog_lad_combos", "Local authority district")
check_geog_lep_combos = _combos("check_geog_lep_combos", "Local enterprise partnership")
check_geog_lsip_combos = _combos("check_geog_lsip_combos", "Local skills improvement plan area")
check_geog_eda_combos = _combos("check_geog_eda_combos", "English devolved area")
check_geog_la_combos = _combos("check_geog_la_combos", "Local authority")


def _wrong_places(pair: Pair, place: Geography) -> list[str] | Verdict:
    if any(column not in pair.data.header for column in place.columns):
        return ignored("incomplete_columns", level=place.level)
    rows = _looked_at(pair, place)
    if known := COUNTRIES.get(place.level, frozenset()) | pair.lookups.places.get(place.level, frozenset()):
        return pair.data.told({row: at for row, at in rows.items() if row not in known and not _nowhere(row)})
    if not place.codes:
        return ignored("no_list", level=place.level)
    wrong = pair.data.told(_malformed(place, rows))
    return wrong or Verdict("PASS", "names_not_compared", {"code": place.code})


def _looked_at(pair: Pair, place: Geography) -> Distinct:
    """Rows of the level itself, and the others that name a place of it; not available is no place.

    A country is named on every row. Local authorities are judged where they have a three-digit code: some have none.
    """
    column = 1 + place.columns.index(place.second or place.code)
    own = {"National": pair.levels, "Local authority": []}.get(place.level, [place.level])
    first: dict[tuple[str, ...], int] = {}
    for row, at in pair.data.distinct(LEVEL, *place.columns).items():
        if row[1] != UNKNOWN["code"] and (row[column] or row[0] in own):
            first.setdefault(row[1:], at)
    return first


def _nowhere(row: tuple[str, ...]) -> bool:
    """Whether a row says that its place is none: z as every code, and a name that goes with it."""
    return row[:2] in EVERYWHERE and all(code == NOWHERE.code for code in row[2:])


def _malformed(place: Geography, rows: Distinct) -> Distinct:
    """Where nobody gave a list: codes without the form of their level, without a name, or with two."""
    places = {row: at for row, at in rows.items() if not _nowhere(row)}
    names = Counter(code for code, _ in places)
    form = re.compile(place.codes)
    right = {(code, name) for code, name in places if name and names[code] == 1 and form.fullmatch(code)}
    return {row: at for row, at in places.items() if row not in right}


def _one_to_one(pair: Pair, of: int) -> list[str] | Verdict:
    """Places of the levels without a national list whose code (``of`` 0) or name (1) has more than one of the other."""
    present = [BY_LEVEL[level] for level in CONVENTION.listed_by_nobody if level in pair.levels]
    wrong: list[str] = []
    for place in present:
        found = pair.data.distinct(LEVEL, place.code, place.name).items()
        own = {row[1:]: at for row, at in found if row[0] == place.level and all(row) and row[1] != UNKNOWN["code"]}
        times = Counter(row[of] for row in own)
        wrong += pair.data.told({row: at for row, at in own.items() if times[row[of]] > 1})
    return wrong if present else ignored("no_rows_of_levels", levels=LEVELS)


@check()
def check_geog_other_dupes(pair: Pair) -> list[str] | Verdict:
    """The name of an opportunity area, MAT or sponsor goes with one code."""
    return _one_to_one(pair, of=1)


@check()
def check_geog_other_code_dupes(pair: Pair) -> list[str] | Verdict:
    """The code of an opportunity area, MAT or sponsor goes with one name."""
    return _one_to_one(pair, of=0)


def _not_available(pair: Pair, given: int) -> list[str] | Verdict:
    """Places that are 'not available' by their code (``given`` 0) or name (1), and not by the other."""
    present = [place for place in NAMED_APART if place.level in pair.levels]
    wrong: list[str] = []
    for place in present:
        rows = pair.data.distinct(place.code, place.name)
        wrong += pair.data.told({r: at for r, at in rows.items() if r[given] == NOT_HERE[given] and r != NOT_HERE})
    return wrong if present else ignored("no_rows_of_other_levels")


@check()
def check_geog_na(pair: Pair) -> list[str] | Verdict:
    """The code x goes with the name 'Not available'."""
    return _not_available(pair, given=0)


@check()
def check_geog_na_code(pair: Pair) -> list[str] | Verdict:
    """The name 'Not available' goes with the code x."""
    return _not_available(pair, given=1)
