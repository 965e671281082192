"""Stage "Check harmonised": the names and items that the Department's harmonised standards lay down."""

from __future__ import annotations

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore

__all__ = [
    "check_harmonised_eth_char_grp",
    "check_harmonised_eth_char_vals",
    "check_harmonised_eth_vals",
    "check_harmonised_variables",
]

PAIRS = frozenset((major, minor) for major, minors in CONVENTION.ethnicity.items() for minor in minors)
MAJORS, MINORS = (frozenset(names) for names in zip(*PAIRS, strict=True))
MAJOR, MINOR = "ethnicity_major", "ethnicity_minor"
GROUP, ITEM = "characteristic_group", "characteristic"


@check()
def check_harmonised_variables(pair: Pair) -> list[ScreenerFault]:
    """A column named after SEN, ethnicity or a type of school or provider has a harmonised name."""
    names = dict.fromkeys([*pair.meta.values("col_name"), *pair.groups])
    wanted = {name: _harmonised_names(name) for name in names}
    return [fault("not_harmonised", name=name, names=choice) for name, choice in wanted.items() if choice]


def _harmonised_names(name: str) -> list[str]:
    """The names to choose from instead of ``name``; none if it is one of them, or not covered by the standards."""
    wanted = [one for text, names in CONVENTION.harmonised.items() if text in name.lower() for one in names]
    return [] if name in wanted else list(dict.fromkeys(wanted))


@check(result="WARNING")
def check_harmonised_eth_vals(pair: Pair) -> list[ScreenerFault] | Note:
    """Major and minor ethnic groups, as pairs if both columns are there, are those of the standard."""
    columns = [column for column in (MAJOR, MINOR) if column in pair.data.header]
    if not columns:
        return ignore("neither_column", first=MAJOR, second=MINOR)
    groups = {(MAJOR, MINOR): PAIRS, (MAJOR,): {(m,) for m in MAJORS}, (MINOR,): {(m,) for m in MINORS}}
    allowed = groups[tuple(columns)]
    return pair.data.faults_at({row: at for row, at in pair.data.distinct(*columns).items() if row not in allowed})


@check()
def check_harmonised_eth_char_grp(pair: Pair) -> list[ScreenerFault] | Note:
    """A ``characteristic_group`` about ethnicity has a standard name in it."""
    if GROUP not in pair.data.header:
        return ignore("no_column", column=GROUP)
    about = [group for group in pair.data.values(GROUP) if "ethnic" in group.lower()]
    return pair.data.faults_where(
        GROUP, (g for g in about if not any(name in g for name in CONVENTION.ethnicity_groups))
    )


@check(result="WARNING")
def check_harmonised_eth_char_vals(pair: Pair) -> list[ScreenerFault] | Note:
    """A ``characteristic`` in a group about ethnicity is a major or minor group of the standard."""
    if not {GROUP, ITEM} <= set(pair.data.header):
        return ignore("not_both_columns", first=GROUP, second=ITEM)
    about = {row: at for row, at in pair.data.distinct(GROUP, ITEM).items() if "ethnic" in row[0].lower()}
    return pair.data.faults_at({row: at for row, at in about.items() if row[1] not in MAJORS | MINORS})
