"""Reads comparator sets: which areas an area is compared with, closest first, and from which day the set applies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
from toolkit.sources.geography import Area, Areas
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
    """The areas that one area is compared with, closest first, and the day from which the set applies.

    ``ended``: name → last day of those that no longer exist.
    """

    title: str
    holds_from: date
    areas: tuple[str, ...]
    ended: Mapping[str, date] = field(default_factory=dict)

    def members_ended_by(self, day: date) -> list[str]:
        """Names of the areas that had ended before a day."""
        return [name for name, last in self.ended.items() if last < day]


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
    members = map(load_areas(project).find, areas)
    ended = {area.name: area.valid_to for area in members if area.valid_to}
    return ComparatorSet(source.title, source.holds_from, areas, ended)


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
    pairs = _listed_pairs(source, Table.of(open_grid(file, source.sheet), source.header_row, source.rename))
    pairs = pairs[~pairs["neighbour"].isin(_NOBODY)].reset_index(drop=True)
    columns = ["area", "neighbour", "rank", "area_name", "neighbour_name"]
    read, at = read_distinct(pairs, columns, partial(_pair, areas, source.holds_from))
    problems = list(problems_by_fault(read, at, pairs))
    repeats = pd.DataFrame(read if not problems else [], columns=["area", "neighbour", "rank"])
    for area, neighbour in repeats.loc[repeats.duplicated(["area", "neighbour"]), ["area", "neighbour"]].to_numpy():
        what = f"{areas.find(neighbour).name} appears twice among the neighbours of {areas.find(area).name}"
        problems.append(Problem(file.shown, 0, what, "keep one"))
    if problems:
        raise InputError(problems)
    return repeats


_NOBODY = ("", "-", "–")
"""What publishers write in the place of a neighbour that there is not."""


def _listed_pairs(source: NeighboursSource, table: Table) -> pd.DataFrame:
    """A row a pair, as text. Names that stand beside codes (``area_name`` beside ``area_code``) come along."""
    headers = source.columns
    if headers.neighbours:
        wide = table.frame({"area": headers.area} | {str(n): h for n, h in enumerate(headers.neighbours, 1)})
        ranks = [str(n) for n in range(1, len(headers.neighbours) + 1)]
        return wide.melt(["area", "file", "line", "sheet"], ranks, "rank", "neighbour").assign(
            area_name="", neighbour_name=""
        )
    codes = {"area_name": headers.area, "neighbour_name": headers.neighbour}
    names = {column: header.replace("code", "name") for column, header in codes.items() if "code" in header}
    columns = {"area": headers.area, "neighbour": headers.neighbour, "rank": headers.rank}
    return table.frame(columns | names, optional=names.values()).reindex(
        columns=[*columns, *codes, "file", "line", "sheet"], fill_value=""
    )


def _pair(
    areas: Areas, holds_from: date, area: str, neighbour: str, rank: str, area_name: str, neighbour_name: str
) -> tuple[str, str, int]:
    if not rank.isdecimal():
        raise Fault(f"the rank '{rank}' is not a whole number", "number the neighbours from 1, the closest")
    of, near = _find(areas, area, area_name), _find(areas, neighbour, neighbour_name)
    if of.body == near.body:
        raise Fault(f"{of.name} is listed as a neighbour of itself", "remove the row, or correct the code")
    if near.valid_to and near.valid_to < holds_from and of.valid_to is None:
        successors = " or ".join(one.name for one in areas.successors(near))
        fix = f"put {successors} there, or remove the row" if successors else "remove the row"
        raise Fault(f"{near.name} ended on {near.valid_to}, before the set applies ({holds_from})", fix)
    return of.code, near.code, int(rank)


def _find(areas: Areas, code: str, name: str) -> Area:
    """The area of a code; with another area's name beside it, it is a ``Fault``."""
    area = areas.look_up(code)
    if name:
        areas.resolve(area.code, "", name)
    return area
