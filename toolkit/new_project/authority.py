"""The authority that a new project reviews, from the areas and comparator sets of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache

import annual_review_pack

from toolkit.errors import InputError, Problem
from toolkit.sources import Areas, load_areas
from toolkit.sources.faults import Fault
from toolkit.sources.geography import Area
from toolkit.sources.neighbours import load_neighbours

__all__ = ["NEIGHBOURS", "PACK", "ReviewedAuthority", "find_authority"]

PACK = annual_review_pack.FOLDER
NEIGHBOURS = "dfe_2025_05"
"""The comparator set of the pack."""


@dataclass(frozen=True)
class ReviewedAuthority:
    """An authority of today: its code, region, neighbours (names, the closest first), and whom it followed and when."""

    name: str
    code: str
    region: str
    neighbours: tuple[str, ...]
    predecessors: tuple[str, ...]
    began: date | None


@cache
def _areas() -> Areas:
    return load_areas(PACK)


def find_authority(name_or_code: str) -> ReviewedAuthority:
    """The local authority of that name or code, whichever form it is in.

    An ``InputError`` gives the nearest names of one that is unknown, and the successors of one that has ended.
    """
    areas = _areas()
    try:
        area = areas.look_up(name_or_code)
    except Fault:
        raise InputError(
            Problem("--authority", 0, f"there is no authority '{name_or_code}'", _near(name_or_code))
        ) from None
    if area.level != "Local authority":
        what = f"{area.name} is a {'country' if area.level == 'National' else 'region'}, not a local authority"
        raise InputError(Problem("--authority", 0, what, "name one local authority"))
    if area.valid_to:
        raise InputError(_describe_end(area, areas))
    neighbours = load_neighbours(PACK, NEIGHBOURS, areas).get(area.code, [])
    return ReviewedAuthority(
        name=area.name,
        code=area.code,
        region=area.region,
        neighbours=tuple(areas.find(code).name for code in neighbours),
        predecessors=tuple(one.name for one in areas.predecessors(area)),
        began=areas.began(area),
    )


def _near(name: str) -> str:
    """The nearest names, with those that begin with or hold what was written."""
    names = [area.name for area in _areas().records if area.level == "Local authority" and area.valid_to is None]
    lower = {one.lower(): one for one in names}
    inside = [one for one in names if name.strip() and name.strip().lower() in one.lower()]
    close = [lower[one] for one in get_close_matches(name.lower(), lower, n=3, cutoff=0.6)]
    near = list(dict.fromkeys([*inside, *close]))[:5]
    return (
        f"did you mean {' or '.join(near)}?"
        if near
        else "see the names in the Department for Education's list of local authorities"
    )


def _describe_end(area: Area, areas: Areas) -> Problem:
    assert area.valid_to is not None
    successors = [one.name for one in areas.successors(area)]
    day = f"{area.valid_to.day} {area.valid_to:%B %Y}"
    what = f"{area.name} ended on {day}"
    return Problem("--authority", 0, what, f"its area now belongs to {' and '.join(successors)}; review one of them")
