"""Stages "Precheck geography" and "Check geography": levels, and the columns that each of them needs and allows."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.quality.screener.conventions import CONVENTION, GeographicLevel
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, ScreenerCheck, check, ignore

__all__ = [
    "check_geog_ignored_rows",
    "check_geog_la_col_present",
    "check_geog_level_completed",
    "check_geog_overcompleted_cols",
    "check_geog_region_col_present",
    "check_geog_region_for_la",
    "check_geog_region_for_lad",
    "precheck_geog_level",
    "precheck_geog_level_present",
]

BY_LEVEL = {place.level: place for place in CONVENTION.geography}
LEVEL = "geographic_level"
NATIONAL, REGIONAL, LA, LAD = "National", "Regional", "Local authority", "Local authority district"
MAY_BE_BLANK = frozenset({"new_la_code"})
"""Authorities abolished before the nine-character codes have none."""
OUT_OF_USE = frozenset({"Planning area"})


@check()
def precheck_geog_level(pair: Pair) -> list[ScreenerFault]:
    """``geographic_level`` is one that the service knows."""
    return pair.data.faults_where(LEVEL, set(pair.levels) - set(BY_LEVEL))


@check()
def precheck_geog_level_present(pair: Pair) -> list[ScreenerFault] | Note:
    """The columns that name the places of each level are there."""
    if pair.levels == [NATIONAL]:
        return ignore("all_national")
    present = [BY_LEVEL[level] for level in pair.levels if level in BY_LEVEL and level not in OUT_OF_USE]
    missing = [(c, place.level) for place in present for c in place.columns if c not in pair.data.header]
    return [fault("column_of_level", column=column, level=level) for column, level in missing]


@check()
def check_geog_level_completed(pair: Pair) -> list[ScreenerFault]:
    """The columns of a level are not blank on its rows, except ``new_la_code`` and those of planning areas."""
    present = [BY_LEVEL[level] for level in pair.levels if level not in OUT_OF_USE]
    needed = [(place, column) for place in present for column in place.columns if column not in MAY_BE_BLANK]
    return [one for place, column in needed if column in pair.data.header for one in _blanks(pair, place.level, column)]


def _blanks(pair: Pair, level: str, column: str) -> list[ScreenerFault]:
    at = pair.data.distinct(LEVEL, column).get((level, ""))
    return [] if at is None else [fault("blank_for_level", column=column, level=level, line=pair.data.line(at))]


@check()
def check_geog_ignored_rows(pair: Pair) -> list[ScreenerFault] | Note:
    """Rows of schools, providers, institutions and planning areas are left out, unless the file has only those."""
    left_out = [level for level in pair.levels if level in CONVENTION.ignored_levels]
    if set(CONVENTION.alone) <= set(left_out):
        return [fault("schools_and_providers")]
    if set(left_out) == set(pair.levels) and not set(left_out) & set(CONVENTION.alone):
        return [fault("only_levels", levels=left_out)]
    if left_out and len(pair.levels) > 1:
        return Note("PASS", "rows_left_out", {"levels": left_out})
    return []


def _incomplete_columns(pair: Pair, level: str) -> list[ScreenerFault] | Note:
    columns = BY_LEVEL[level].columns
    missing = [column for column in columns if column not in pair.data.header]
    if len(missing) == len(columns):
        return ignore("no_columns_of_level", level=level)
    return [fault("name", name=column) for column in missing]


@check()
def check_geog_la_col_present(pair: Pair) -> list[ScreenerFault] | Note:
    """If one of ``new_la_code``, ``old_la_code`` and ``la_name`` is a column, all are."""
    return _incomplete_columns(pair, LA)


@check()
def check_geog_region_col_present(pair: Pair) -> list[ScreenerFault] | Note:
    """If one of ``region_code`` and ``region_name`` is a column, both are."""
    return _incomplete_columns(pair, REGIONAL)


def _region_check(name: str, level: str) -> ScreenerCheck:
    def test(pair: Pair) -> list[ScreenerFault] | Note:
        if level not in pair.levels:
            return ignore("no_rows_of_level", level=level)
        columns = BY_LEVEL[REGIONAL].columns
        missing = [fault("no_column", column=column) for column in columns if column not in pair.data.header]
        return missing or [one for column in columns for one in _blanks(pair, level, column)]

    return ScreenerCheck(name, test, "WARNING", "region_named", {"level": level})


check_geog_region_for_la = _region_check("check_geog_region_for_la", LA)
check_geog_region_for_lad = _region_check("check_geog_region_for_lad", LAD)


@check()
def check_geog_overcompleted_cols(pair: Pair) -> list[ScreenerFault]:
    """The columns of a level are blank, except on its own rows and those of levels within it."""
    checked = [place for place in CONVENTION.geography if place.level != NATIONAL]
    columns = [(place, c) for place in checked for c in place.columns if c not in pair.name_filter]
    return [one for place, c in columns if c in pair.data.header for one in _out_of_place(pair, place, c)]


def _out_of_place(pair: Pair, place: GeographicLevel, column: str) -> Iterator[ScreenerFault]:
    first: dict[str, int] = {}
    for (level, cell), at in pair.data.distinct(LEVEL, column).items():
        if cell and level not in (place.level, *place.also):
            first.setdefault(level, at)
    places = {level: pair.data.line(at) for level, at in first.items()}
    return (fault("other_level", column=column, level=level, line=line) for level, line in places.items())
