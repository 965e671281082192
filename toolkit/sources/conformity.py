"""Whether the reader of a source can read a file that is not registered yet."""

from __future__ import annotations

from toolkit.errors import InputError, Problem
from toolkit.sources.cells import observations_of
from toolkit.sources.geography import Areas
from toolkit.sources.grid import normalise_header
from toolkit.sources.reading import Reading
from toolkit.sources.records import RecordsSource, read_opened_records
from toolkit.sources.source import ObservedSource, Source
from toolkit.sources.work_plan import WorkPlanSource, read_opened_plan

__all__ = ["check_readable"]


def check_readable(source: Source, reading: Reading, wanted: frozenset[str], areas: Areas) -> None:
    """Read the files of ``reading`` as the source does. An ``InputError`` if they have another layout.

    Of figures, every item that is ``wanted`` must be there.
    """
    if isinstance(source, WorkPlanSource):
        read_opened_plan(source, reading)
    elif isinstance(source, RecordsSource):
        read_opened_records(source, reading)
    elif isinstance(source, ObservedSource):
        held = {normalise_header(item) for item in source.available(reading)}
        if missing := sorted(item for item in wanted if normalise_header(item) not in held):
            what = f"the file has no {', '.join(missing)}"
            raise InputError(Problem(reading.files[0].shown, 0, what, "it may be another source's"))
        observations_of(source.cells(reading, wanted or frozenset(source.available(reading))), source, reading, areas)
