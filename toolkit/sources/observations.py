"""From sources to observations: what was public on a day, of the items wanted, in one shape whatever the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.frames import OBSERVATIONS
from toolkit.params.yaml import read_yaml
from toolkit.sources.areas import load_areas
from toolkit.sources.cells import as_written, observations_of
from toolkit.sources.faults import together
from toolkit.sources.figures import FiguresSource
from toolkit.sources.geography import Areas
from toolkit.sources.grid import plain_header
from toolkit.sources.opening import open_source
from toolkit.sources.reading import Reading
from toolkit.sources.source import ObservedSource, Source

__all__ = ["blanks_as_x", "items_of", "read_as_written", "read_observations"]


def read_observations(
    project: Path,
    sources: Mapping[str, Source],
    wanted: Mapping[str, Collection[str]],
    cut_off: date,
    *,
    authority: str,
) -> pd.DataFrame:
    """OBSERVATIONS of the ``wanted`` items (source id → items), as public on ``cut_off``, in the order of the files.

    ``authority`` (name or code) is whose the local rows are. What was not public yet has no row. A cell that was left
    empty has neither value nor marker. Everything that is wrong with any of the files is raised at once.
    """
    areas = load_areas(project)
    whose = areas.find(authority).code
    reads = (
        partial(_read, project, sources[name], frozenset(items), areas, (cut_off, whose))
        for name, items in sorted(wanted.items())
    )
    return OBSERVATIONS.checked(pd.concat([OBSERVATIONS.empty(), *together(reads)], ignore_index=True))


def blanks_as_x(observations: pd.DataFrame) -> pd.DataFrame:
    """The same for readers: an empty cell is "x", not available. The checks look at it as it was left."""
    empty = observations["value"].isna() & (observations["marker"] == "")
    return observations.assign(marker=observations["marker"].mask(empty, "x"))


def items_of(project: Path, source: Source, cut_off: date) -> list[str]:
    """What a measure may ask of ``source``: the items of the edition public on ``cut_off``, else of the oldest one."""
    if not isinstance(source, ObservedSource):
        return []
    first = min(edition.published for edition in source.editions)
    reading = open_source(project, source, max(cut_off, first))
    return source.available(reading) if reading else []


def _read(
    project: Path, source: Source, wanted: frozenset[str], areas: Areas, when_and_whose: tuple[date, str]
) -> pd.DataFrame:
    reading = open_source(project, source, *when_and_whose) if isinstance(source, ObservedSource) else None
    if reading is None or not isinstance(source, ObservedSource):
        return OBSERVATIONS.empty()
    if problems := list(_unknown(project, source, wanted, reading)):
        raise InputError(problems)
    return observations_of(source.cells(reading, wanted), source, reading, areas)


def read_as_written(project: Path, source: FiguresSource, wanted: Collection[str], cut_off: date) -> pd.DataFrame:
    """The ``wanted`` items of a file in our own shape, with what ``read_observations`` leaves out: rows that were not
    public on ``cut_off``, and the ``unit`` that a row states, where the file has such a column."""
    reading = open_source(project, source, cut_off)
    if reading is None:
        return OBSERVATIONS.empty()
    return as_written(source.cells(reading, frozenset(wanted)), source, reading, load_areas(project))


def _unknown(project: Path, source: ObservedSource, wanted: frozenset[str], reading: Reading) -> Iterator[Problem]:
    available = source.available(reading)
    plain = {plain_header(item) for item in available}
    document = read_yaml(project / source.file, project)
    for item in sorted(wanted):
        if plain_header(item) not in plain:
            what = f"the edition '{reading.edition}' has no item '{item}'"
            yield document.problem(("editions",), what, did_you_mean(item, available))
