"""Reads comparator sets: which areas an area is compared with, closest first, and from which day the set applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.words import Day, Listed
from toolkit.params.yaml import Params, read_yaml, validate
from toolkit.sources.areas import load_areas
from toolkit.sources.faults import Fault, problems_by_fault, read_all, read_distinct
from toolkit.sources.geography import Areas
from toolkit.sources.grid import Table
from toolkit.sources.opening import open_grid, open_source
from toolkit.sources.reading import OpenedFile
from toolkit.sources.source import Source

__all__ = [
    "COMPARATORS",
    "ComparatorSet",
    "NeighboursSource",
    "comparator_set",
    "comparator_set_in_force",
    "comparator_set_used_on",
    "load_neighbours",
    "neighbours_of",
]

COMPARATORS = "data/reference/comparators"


class NeighbourColumns(Params):
    """Headers of a long list (one row per area and neighbour, with its rank) or of a wide one (one row per area)."""

    area: str
    neighbour: str = ""
    rank: str = ""
    neighbours: Listed[str] = ()

    @model_validator(mode="after")
    def _long_or_wide(self) -> Self:
        if bool(self.neighbours) == bool(self.neighbour) or bool(self.neighbour) != bool(self.rank):
            raise ValueError("give either 'neighbour' and 'rank', or 'neighbours', the headers from the closest on")
        return self


class NeighboursSource(Source):
    """``data/reference/comparators/<set>/source.yaml``. The set applies to reviews from ``holds_from`` on."""

    reader: Literal["neighbours"]
    holds_from: Day
    columns: NeighbourColumns
    sheet: str = ""
    header_row: int = Field(default=1, ge=1)


@dataclass(frozen=True)
class ComparatorSet:
    """The areas that one area is compared with, closest first, and the day from which the set applies."""

    title: str
    holds_from: date
    areas: tuple[str, ...]


def load_neighbours(project: Path, set_id: str, areas: Areas | None = None) -> dict[str, list[str]]:
    """A comparator set: code of each area → codes of its neighbours, closest first, all as in force today."""
    source = _load_source(project, set_id)
    reading = open_source(project, source, date.max)
    assert reading is not None  # every edition is public by then
    areas = areas or load_areas(project)
    pairs = pd.concat(read_all(partial(_pairs, source, areas, file) for file in reading.files))
    closest_first = pairs.sort_values(["area", "rank"], kind="stable")
    return {str(area): list(group) for area, group in closest_first.groupby("area")["neighbour"]}


def _load_source(project: Path, set_id: str) -> NeighboursSource:
    folder = f"{COMPARATORS}/{set_id}"
    if not (project / folder / "source.yaml").is_file():
        sets = [path.parent.name for path in (project / COMPARATORS).glob("*/source.yaml")]
        raise InputError(Problem(folder, 0, f"there is no comparator set '{set_id}'", did_you_mean(set_id, sets)))
    document = read_yaml(project / folder / "source.yaml", project)
    source = validate(document, NeighboursSource, id=set_id, folder=folder)
    if problems := list(source.check(document)):
        raise InputError(problems)
    return source


def comparator_set(project: Path, set_id: str, code: str) -> ComparatorSet:
    """One set as it applies to one area; an ``InputError`` where there is no such set, or none for the area."""
    areas = tuple(neighbours_of(project, set_id, code))
    source = _load_source(project, set_id)
    return ComparatorSet(source.title, source.holds_from, areas)


def comparator_set_in_force(project: Path, day: date) -> tuple[date, str] | None:
    """The newest set of the project that applies on a day: from when, and its title; None if there was none yet."""
    sets = (_load_source(project, path.parent.name) for path in (project / COMPARATORS).glob("*/source.yaml"))
    return max(((each.holds_from, each.title) for each in sets if each.holds_from <= day), default=None)


def comparator_set_used_on(project: Path, day: date, used: str) -> str:
    """Id of the set for a review with that cut-off: the newest that holds then, unless ``used`` is newer still."""
    sets = [_load_source(project, path.parent.name) for path in sorted((project / COMPARATORS).glob("*/source.yaml"))]
    since = next((each.holds_from for each in sets if each.id == used), date.min)
    newer = [(each.holds_from, each.id) for each in sets if since < each.holds_from <= day]
    return max(newer)[1] if newer else used


def neighbours_of(project: Path, set_id: str, code: str) -> list[str]:
    """The neighbours of one area, closest first; an ``InputError`` where the set has none for it."""
    areas = load_areas(project)
    every = load_neighbours(project, set_id, areas)
    area = areas.find(code)
    if area.code not in every:
        what = f"the comparator set '{set_id}' has no neighbours of {area.name}"
        raise InputError(Problem(f"{COMPARATORS}/{set_id}", 0, what, "add them, or name another set in review.yaml"))
    return every[area.code]


def _pairs(source: NeighboursSource, areas: Areas, file: OpenedFile) -> pd.DataFrame:
    """``area``, ``neighbour`` and ``rank`` of each pair in one file."""
    table = Table.of(open_grid(file, source.sheet), source.header_row, source.rename)
    headers = source.columns
    if headers.neighbours:
        wide = table.frame({"area": headers.area} | {str(n): h for n, h in enumerate(headers.neighbours, 1)})
        ranks = [str(n) for n in range(1, len(headers.neighbours) + 1)]
        pairs = wide.melt(["area", "file", "line", "sheet"], ranks, "rank", "neighbour")
    else:
        pairs = table.frame({"area": headers.area, "neighbour": headers.neighbour, "rank": headers.rank})
    pairs = pairs[pairs["neighbour"] != ""].reset_index(drop=True)
    read, at = read_distinct(pairs, ["area", "neighbour", "rank"], partial(_pair, areas))
    problems = list(problems_by_fault(read, at, pairs))
    repeats = pd.DataFrame(read if not problems else [], columns=["area", "neighbour", "rank"])
    for area, neighbour in repeats.loc[repeats.duplicated(["area", "neighbour"]), ["area", "neighbour"]].to_numpy():
        what = f"{areas.find(neighbour).name} appears twice among the neighbours of {areas.find(area).name}"
        problems.append(Problem(file.shown, 0, what, "keep one"))
    if problems:
        raise InputError(problems)
    return repeats


def _pair(areas: Areas, area: str, neighbour: str, rank: str) -> tuple[str, str, int]:
    if not rank.isdecimal():
        raise Fault(f"the rank '{rank}' is not a whole number", "number the neighbours from 1, the closest")
    return areas.look_up(area).code, areas.look_up(neighbour).code, int(rank)
