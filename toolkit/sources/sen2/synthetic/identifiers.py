"""Identifiers that pass the checks of form and belong to nobody: authority 999, postcodes of ZZ99, schools of 9999."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache

from toolkit.sources.sen2.groups import placement_kinds
from toolkit.sources.sen2.identifiers import uln_check_digit, upn_check_letter

__all__ = ["postcode", "school", "schools", "uln", "upn"]

_FIRST_URN = 999_900


def upn(number: int) -> str:
    """The number-th pupil number of authority 999; at most 9,999,999 of them."""
    digits = f"999{4000 + number // 1000 % 6000:04d}{24 + number // 6_000_000:02d}{number % 1000:03d}"
    return upn_check_letter(digits) + digits


def uln(number: int) -> str:
    """A learner number whose check digit is right; the few that have none are stepped over."""
    start = 999_000_000 + number
    while (digit := uln_check_digit(f"{start:09d}")) is None:
        start += 500_000
    return f"{start:09d}{digit}"


def postcode(number: int) -> str:
    """A postcode of the area ZZ, which does not exist on the ground."""
    return f"ZZ99 {number % 10}ZZ"


@cache
def schools() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Kind of placement → (URN, type) of the invented schools of that kind, two of each type."""
    urn, made = _FIRST_URN, {}
    for kind, about in placement_kinds().items():
        made[kind] = tuple((str(urn + 2 * at + twin), name) for at, name in enumerate(about.types) for twin in (0, 1))
        urn += 2 * len(about.types)
    return made


def school(kind: str, dice: random.Random) -> str:
    """The URN of one of the invented schools of a kind."""
    return dice.choice(schools()[kind])[0]
