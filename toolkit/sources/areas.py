"""Reads the list of areas in ``data/reference/areas``: our own table, or the Department's lookups as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, get_args

import pandas as pd
from pydantic import Field

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.words import Listed
from toolkit.params.yaml import Params, read_yaml, validate
from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault, problems_by_fault, read_all, read_distinct
from toolkit.sources.geography import NO_AREA, Area, Areas, Level
from toolkit.sources.grid import Table
from toolkit.sources.opening import open_grid, open_source
from toolkit.sources.reading import OpenedFile
from toolkit.sources.source import Reference, Source

__all__ = ["AreasSource", "load_areas"]

FOLDER = "data/reference/areas"


class AreaColumns(Params):
    """The headers of a file, by what their columns hold; an empty one is not in the file."""

    code: str = "area_code"
    name: str = "area_name"
    old_code: str = ""
    level: str = ""
    region: str = ""
    valid_from: str = ""
    valid_to: str = ""
    predecessors: str = ""


OUR_OWN = AreaColumns(
    old_code="area_old_code",
    level="level",
    region="region",
    valid_from="valid_from",
    valid_to="valid_to",
    predecessors="predecessors",
)


class AreaTable(Params):
    """How one file lists areas: its headers, the ``level`` of all its rows, and the names of rows to keep (or all)."""

    columns: AreaColumns = OUR_OWN
    level: Level | None = None
    only: Listed[str] = ()


class AreasSource(Source):
    """``data/reference/areas/source.yaml``. A file that is not among ``tables`` has our own headers."""

    reader: Literal["areas"]
    tables: dict[str, AreaTable] = Field(default_factory=dict)

    def references(self) -> Iterator[Reference]:
        files = [part.file for edition in self.editions for part in edition.parts]
        yield from ((("tables", name), name, files) for name in self.tables)


def load_areas(project: Path) -> Areas:
    """Every area of the newest edition. A region may be given by its code; rows without an area's code are left out."""
    document = read_yaml(project / FOLDER / "source.yaml", project)
    source = validate(document, AreasSource, id="areas", folder=FOLDER)
    if problems := list(source.check(document)):
        raise InputError(problems)
    reading = open_source(project, source, date.max)
    assert reading is not None  # every edition is public by then
    tables = read_all(partial(_records, source, file) for file in reading.files)
    records = [area for table in tables for area in table]
    regions = {area.code: area.name for area in records if area.level == "Regional"}
    named = (replace(area, region=regions.get(area.region, area.region)) for area in records)
    return Areas(tuple(named), reading.files[0].shown)


def _records(source: AreasSource, file: OpenedFile) -> list[Area]:
    table = source.tables.get(file.name, AreaTable())
    headers = {name: header for name, header in table.columns.model_dump().items() if header}
    frame = Table.of(open_grid(file), rename=source.rename).frame(headers)
    kept = ~frame["code"].isin([*NO_AREA, ""]) & (frame["name"].isin(table.only) | (not table.only))
    fields = list(AreaColumns.model_fields)
    frame = frame[kept].reindex(columns=[*fields, "file", "line", "sheet"], fill_value="")
    frame = frame.assign(level=table.level or frame["level"])
    read, at = read_distinct(frame, fields, _area)
    problems = [*problems_by_fault(read, at, frame), *_problems_of_codes(frame)]
    if problems:
        raise InputError(problems)
    return read


def _area(
    code: str, name: str, old_code: str, level: str, region: str, valid_from: str, valid_to: str, predecessors: str
) -> Area:
    if level not in get_args(Level):
        raise Fault(f"unknown level '{level}'", did_you_mean(level, get_args(Level)))
    return Area(
        code=code,
        old_code="" if old_code in NO_AREA else old_code,
        name=name,
        level=level,
        region=name if level == "Regional" else region,
        valid_from=parse_day(valid_from) if valid_from else None,
        valid_to=parse_day(valid_to) if valid_to else None,
        predecessors=tuple(filter(None, predecessors.split(";"))),
    )


def _problems_of_codes(frame: pd.DataFrame) -> Iterator[Problem]:
    again = frame[frame["code"].duplicated()]
    for file, line, code in again[["file", "line", "code"]].itertuples(index=False, name=None):
        yield Problem(file, line, f"the area code {code} appears twice", "keep one row")
