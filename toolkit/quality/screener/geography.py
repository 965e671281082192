"""Stages "Precheck geography" and "Check geography": levels, and the columns that each of them needs and allows."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.quality.screener.conventions import CONVENTION, Geography
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Check, Verdict, check, ignored
from toolkit.quality.screener.texts import texts_by_level

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
"""Authorities that ended before the nine-character codes have none."""
OUT_OF_USE = frozenset({"Planning area"})


@check()
def precheck_geog_level(pair: Pair) -> list[str]:
    """``geographic_level`` is one that the service knows."""
    return pair.data.where(LEVEL, set(pair.levels) - set(BY_LEVEL))


@check()
def precheck_geog_level_present(pair: Pair) -> list[str] | Verdict:
    """The columns that name the places of each level are there."""
    if pair.levels == [NATIONAL]:
        return ignored("all_national")
    present = [BY_LEVEL[level] for level in pair.levels if level in BY_LEVEL and level not in OUT_OF_USE]
    return [f"'{c}' for {place.level}" for place in present for c in place.columns if c not in pair.data.header]


@check()
def check_geog_level_completed(pair: Pair) -> list[str]:
    """On the rows of a level its columns are not blank, but ``new_la_code``, and those of planning areas."""
    present = [BY_LEVEL[level] for level in pair.levels if level not in OUT_OF_USE]
    needed = [(place, column) for place in present for column in place.columns if column not in MAY_BE_BLANK]
    return [p for place, column in needed if column in pair.data.header for p in _blanks(pair, place.level, column)]


def _blanks(pair: Pair, level: str, column: str) -> list[str]:
    at = pair.data.distinct(LEVEL, column).get((level, ""))
    return [] if at is None else [f"'{column}' for {level} (line {pair.data.line(at)})"]


@check()
def check_geog_ignored_rows(pair: Pair) -> list[str] | Verdict:
    """Rows of schools, providers, institutions and planning areas are left out, unless the file has nothing else."""
    left_out = [level for level in pair.levels if level in CONVENTION.ignored_levels]
    if set(CONVENTION.alone) <= set(left_out):
        return ["it has schools as well as providers"]
    if set(left_out) == set(pair.levels) and not set(left_out) & set(CONVENTION.alone):
        return [f"it has rows of {', '.join(left_out)} only"]
    if left_out and len(pair.levels) > 1:
        return Verdict("PASS", "rows_left_out", {"levels": ", ".join(left_out)})
    return []


def _together(pair: Pair, level: str) -> list[str] | Verdict:
    columns = BY_LEVEL[level].columns
    missing = [column for column in columns if column not in pair.data.header]
    if len(missing) == len(columns):
        return ignored("no_columns_of_level", level=level)
    return [f"'{column}'" for column in missing]


@check()
def check_geog_la_col_present(pair: Pair) -> list[str] | Verdict:
    """Where one of ``new_la_code``, ``old_la_code`` and ``la_name`` is, all are."""
    return _together(pair, LA)


@check()
def check_geog_region_col_present(pair: Pair) -> list[str] | Verdict:
    """Where one of ``region_code`` and ``region_name`` is, both are."""
    return _together(pair, REGIONAL)


def _region_for(name: str, level: str) -> Check:
    def test(pair: Pair) -> list[str] | Verdict:
        if level not in pair.levels:
            return ignored("no_rows_of_level", level=level)
        columns = BY_LEVEL[REGIONAL].columns
        missing = [f"there is no column '{column}'" for column in columns if column not in pair.data.header]
        return missing or [place for column in columns for place in _blanks(pair, level, column)]

    return Check(name, test, texts_by_level("region_named", level=level), "WARNING")


check_geog_region_for_la = _region_for("check_geog_region_for_la", LA)
check_geog_region_for_lad = _region_for("check_geog_region_for_lad", LAD)


@check()
def check_geog_overcompleted_cols(pair: Pair) -> list[str]:
    """A level's columns are blank but on its own rows and those of levels that lie within it."""
    checked = [place for place in CONVENTION.geography if place.level != NATIONAL]
    columns = [(place, c) for place in checked for c in place.columns if c not in pair.name_filter]
    return [text for place, c in columns if c in pair.data.header for text in _out_of_place(pair, place, c)]


def _out_of_place(pair: Pair, place: Geography, column: str) -> Iterator[str]:
    first: dict[str, int] = {}
    for (level, cell), at in pair.data.distinct(LEVEL, column).items():
        if cell and level not in (place.level, *place.also):
            first.setdefault(level, at)
    return (f"'{column}' on rows of the level {level} (line {pair.data.line(at)})" for level, at in first.items())
