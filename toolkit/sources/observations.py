"""Read sources into observations: the required items as public on a day, in one shape for every file format."""

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
from toolkit.sources.cells import observations_of, parse_cells
from toolkit.sources.faults import read_all
from toolkit.sources.figures import FiguresSource
from toolkit.sources.geography import Areas
from toolkit.sources.grid import normalise_header
from toolkit.sources.opening import open_source
from toolkit.sources.reading import Reading
from toolkit.sources.source import ObservedSource, Source

__all__ = ["items_of", "mark_blanks_unavailable", "read_observations", "read_unfiltered"]


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
    return OBSERVATIONS.validate(pd.concat([OBSERVATIONS.empty(), *read_all(reads)], ignore_index=True))


def mark_blanks_unavailable(observations: pd.DataFrame) -> pd.DataFrame:
    """Mark empty cells as x (not available) for reporting; checks use the unmarked table."""
    empty = observations["value"].isna() & (observations["marker"] == "")
    return observations.assign(marker=observations["marker"].mask(empty, "x"))


def items_of(project: Path, source: Source, cut_off: date) -> list[str]:
    """Items that a measure may read from ``source``: those of the edition public on ``cut_off``, else of the oldest."""
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


def read_unfiltered(source: FiguresSource, reading: Reading, wanted: Collection[str], areas: Areas) -> pd.DataFrame:
    """The ``wanted`` items of a file in our own shape, with what ``read_observations`` leaves out: rows that were not
    public on the cut-off, and the ``unit`` that a row states, where the file has such a column."""
    return parse_cells(source.cells(reading, frozenset(wanted)), source, reading, areas)


def _unknown(project: Path, source: ObservedSource, wanted: frozenset[str], reading: Reading) -> Iterator[Problem]:
    available = source.available(reading)
    plain = {normalise_header(item) for item in available}
    document = read_yaml(project / source.file, project)
    for item in sorted(wanted):
        if normalise_header(item) not in plain:
            what = f"the edition '{reading.edition}' has no item '{item}'"
            yield document.problem(("editions",), what, did_you_mean(item, available))
