"""A SEN2 return as a source of a review: its counts become observations, and none of its rows does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.params.words import Listed
from toolkit.params.yaml import YamlDocument
from toolkit.sources.cells import CELLS, empty_cells
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.sen2.across import CountedCell
from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.guard import work_without_quoting
from toolkit.sources.sen2.measures import ALL, measure_return, populations
from toolkit.sources.sen2.reading import read_return
from toolkit.sources.sen2.schools import Schools, is_schools_file, read_schools
from toolkit.sources.sen2.window import window_of
from toolkit.sources.source import ObservedSource

__all__ = ["CENSUS", "MONTH", "Sen2Source", "counted_cell", "read_returns"]

CENSUS = "January census"
YEAR = "calendar year"
MONTH = "month"
ON_CENSUS_DAY = ("caseload", "reviews")
"""Populations that are plans in force on a day; the others are what happened in a period."""
LABELS = {"age": "Child or young persons age", "sex": "Sex", "ethnicity": "Ethnicity", "placement": "Placement",
          "years": "Years EHC plan in place", "from_placement": "Placement before",
          "age_at_start": "Age when plan started", "month": "Month"}  # fmt: skip
"""Topic → its name in the published files, so that a breakdown is called the same in both."""


class Sen2Source(ObservedSource):
    """Each edition holds one or more returns, of different collections: XML files, templates, folders of CSV files.

    A GIAS extract (CSV) among the files gives the types of school. ``authority_number`` is the three-digit number that
    the returns must bear. ``bases``: what happened is counted by calendar year, and by month where asked for. Plans in
    force are counted on the census day.
    """

    reader: Literal["sen2_return"]
    authority_number: str
    bases: Listed[Literal["calendar year", "month"]] = ("calendar year",)

    def check(self, document: YamlDocument) -> Iterator[Problem]:
        yield from super().check(document)
        if not self.person_level:
            fix = "write person_level: true: small counts are then hidden"
            yield document.problem(("person_level",), "the rows of a SEN2 return are people", fix)

    @property
    def counted(self) -> frozenset[str]:
        """Every item that a return has."""
        return frozenset(_population_of())

    def available(self, reading: Reading) -> list[str]:
        return sorted(self.counted)

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        return work_without_quoting(reading.files[0].shown, lambda: self._cells(reading, wanted))

    def _cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        made, schools = read_returns(self, reading)
        tables = [self._count(one, schools, basis, wanted) for one in made for basis in self.bases]
        table = pd.concat([empty_cells(), *tables], ignore_index=True)
        return table.assign(code=reading.authority, line=0).fillna(dict.fromkeys(CELLS, ""))

    def _count(self, made: Sen2Return, schools: Schools, basis: str, wanted: frozenset[str]) -> pd.DataFrame:
        """CELLS of one return on one basis; with the year come the plans in force on the census day."""
        year = made.header.year - 1
        periods = [str(year)] if basis == YEAR else [f"{year}-{month:02}" for month in range(1, 13)]
        tables = []
        for period in periods:
            measured = measure_return(made, window_of(period, made.header), schools, grouped=basis == YEAR)
            counts = measured[(measured["unit"] == "count") & measured["measure"].isin(list(wanted))]
            on_day = counts["population"].isin(ON_CENSUS_DAY)
            counts = counts.assign(basis=basis, period=period)
            if basis == YEAR:
                counts.loc[on_day, ["basis", "period"]] = CENSUS, str(made.header.year)
            tables.append(counts if basis == YEAR else counts[~on_day])
        return _cells_of(pd.concat(tables, ignore_index=True), made)


def _cells_of(counts: pd.DataFrame, made: Sen2Return) -> pd.DataFrame:
    counts = counts[counts["topic"].isin([ALL, *LABELS])]
    labels = counts["topic"].map(LABELS) + ": " + counts["group"]
    return pd.DataFrame(
        {
            "item": counts["measure"],
            "period": counts["period"],
            "basis": counts["basis"],
            "breakdown": labels.where(counts["topic"] != ALL, "Total"),
            "value": counts["value"].map("{:.0f}".format),
            "place": Path(made.file).name,
            "file": made.file,
        }
    )


@cache
def _population_of() -> Mapping[str, str]:
    """Item → the population in which it is counted. No item is in two."""
    return {count: name for name, population in populations().items() for count in population.counts}


def counted_cell(item: str, breakdown: str) -> CountedCell:
    """The population, measure, topic and group of an item of a return and a breakdown as observations name it.

    >>> counted_cell("ehcplans", "Sex: Female")
    ('caseload', 'ehcplans', 'sex', 'Female')
    """
    if breakdown == "Total":
        return _population_of()[item], item, ALL, ""
    label, group = breakdown.split(": ", 1)
    topic = next(topic for topic, name in LABELS.items() if name == label)
    return _population_of()[item], item, topic, group


def read_returns(source: Sen2Source, reading: Reading) -> tuple[list[Sen2Return], Schools]:
    """Every return of an edition, and the schools of its GIAS extract; an ``InputError`` names each that is not right.

    Two returns of one collection are refused, as is the return of another authority.
    """
    extracts = [file for file in reading.files if is_schools_file(file.path)]
    schools = read_schools(extracts[0].path) if extracts else Schools()
    files = [file for file in reading.files if file not in extracts]
    made = [_read(group, source.authority_number) for group in _group_by_return(files)]
    made.sort(key=lambda one: one.header.year)
    for year, of_year in groupby(made, key=lambda one: one.header.year):
        several = [one.file for one in of_year]
        if len(several) > 1:
            what = f"there are two returns of the {year} collection: {several[0]} is another"
            raise InputError(Problem(several[1], 0, what, "keep the one that was accepted last"))
    return made, schools


def _group_by_return(files: Sequence[OpenedFile]) -> list[list[OpenedFile]]:
    """Each XML file or template by itself; CSV files by their folder."""
    alone = [[file] for file in files if file.path.suffix.lower() != ".csv"]
    tables = sorted((file for file in files if file.path.suffix.lower() == ".csv"), key=lambda file: file.path.parent)
    return alone + [list(group) for _, group in groupby(tables, key=lambda file: file.path.parent)]


def _read(files: list[OpenedFile], authority_number: str) -> Sen2Return:
    made = read_return([file.path for file in files], authority_number)
    made.file = files[0].shown
    return made
