"""Stage "Check harmonised": the names and items that the Department's harmonised standards lay down."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import Verdict, check, ignored

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
def check_harmonised_variables(pair: Pair) -> list[str]:
    """A column named after SEN, ethnicity or a type of school or provider has a harmonised name."""
    names = dict.fromkeys([*pair.meta.values("col_name"), *pair.groups])
    return [f"'{name}' (one of {', '.join(wanted)})" for name in names if (wanted := _harmonised(name))]


def _harmonised(name: str) -> Iterable[str]:
    """The names to choose from in place of ``name``; none where it is one of them, or is not covered."""
    wanted = [
        harmonised for text, listed in CONVENTION.harmonised.items() if text in name.lower() for harmonised in listed
    ]
    return [] if name in wanted else dict.fromkeys(wanted)


@check(result="WARNING")
def check_harmonised_eth_vals(pair: Pair) -> list[str] | Verdict:
    """Major and minor ethnic groups, together where both columns are there, are those of the standard."""
    columns = [column for column in (MAJOR, MINOR) if column in pair.data.header]
    if not columns:
        return ignored("neither_column", first=MAJOR, second=MINOR)
    known = {(MAJOR, MINOR): PAIRS, (MAJOR,): {(m,) for m in MAJORS}, (MINOR,): {(m,) for m in MINORS}}[tuple(columns)]
    return pair.data.told({row: at for row, at in pair.data.distinct(*columns).items() if row not in known})


@check()
def check_harmonised_eth_char_grp(pair: Pair) -> list[str] | Verdict:
    """A ``characteristic_group`` about ethnicity has a standard name in it."""
    if GROUP not in pair.data.header:
        return ignored("no_column", column=GROUP)
    about = [group for group in pair.data.values(GROUP) if "ethnic" in group.lower()]
    return pair.data.where(GROUP, (g for g in about if not any(name in g for name in CONVENTION.ethnicity_groups)))


@check(result="WARNING")
def check_harmonised_eth_char_vals(pair: Pair) -> list[str] | Verdict:
    """A ``characteristic`` in a group about ethnicity is a major or minor group of the standard."""
    if not {GROUP, ITEM} <= set(pair.data.header):
        return ignored("not_both_columns", first=GROUP, second=ITEM)
    about = {row: at for row, at in pair.data.distinct(GROUP, ITEM).items() if "ethnic" in row[0].lower()}
    return pair.data.told({row: at for row, at in about.items() if row[1] not in MAJORS | MINORS})
