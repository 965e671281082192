"""The data of a review as read: observations and rows of records, as public on its cut-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from toolkit.disclosure.quarters import add_quarters
from toolkit.evidence.inputs import ReviewInputs
from toolkit.frames import OBSERVATIONS
from toolkit.params import Project
from toolkit.params.words import QUARTER
from toolkit.quality import compares_editions, items_checked
from toolkit.quality.sen2 import rule_rows
from toolkit.sources import (
    FiguresSource,
    RecordsSource,
    Sen2Source,
    check_comparable,
    earlier_edition,
    file_notes,
    items_of,
    mark_blanks_unavailable,
    open_source,
    read_earlier,
    read_observations,
    read_records,
    read_returns,
    read_unfiltered,
    records_known_on,
    required_items,
)
from toolkit.sources.sen2 import work_without_quoting

__all__ = [
    "DataRead",
    "behind_measures",
    "observations_on",
    "provenance_of",
    "read_data",
    "records_known",
    "tables_to_check",
    "with_quarters",
]


@dataclass(frozen=True, eq=False)
class DataRead:
    """The data of a review as read: nothing is checked or worked out yet.

    ``figures`` are OBSERVATIONS of every item that a measure or a check wants; a cell that was left empty has no
    marker. ``written`` is source → the same of a file in our own shape, with the unit that a row states and the rows
    that were published after the cut-off. ``records`` is source → its rows as the checks look at them: a date after the
    cut-off stands as it was written. ``notes`` has a row (file, note) for what to know of how a file was read
    (encodings, hidden rows and sheets).
    """

    figures: pd.DataFrame
    notes: pd.DataFrame
    written: Mapping[str, pd.DataFrame]
    records: Mapping[str, pd.DataFrame]


def read_data(inputs: ReviewInputs) -> DataRead:
    """Read the files of the editions in use. An ``InputError`` names the file and the line of what cannot be read."""
    figures = read_figures(inputs)
    return DataRead(figures, notes_of(inputs), read_written(inputs), read_records_of(inputs))


def read_figures(inputs: ReviewInputs) -> pd.DataFrame:
    """OBSERVATIONS of every item that measures and checks use; ``InputError`` where a measure's basis is missing."""
    whose, cut_off = inputs.project.strategy.authority, inputs.year.cut_off
    table = read_observations(inputs.folder, inputs.sources, items_to_read(inputs), cut_off, authority=whose)
    check_comparable(inputs.project, table)
    return table


def items_to_read(inputs: ReviewInputs) -> dict[str, set[str]]:
    """Source → the items that a measure or a check uses."""
    wanted = required_items(inputs.project)
    for name, suite in inputs.suites.items():
        wanted.setdefault(name, set()).update(items_checked(suite))
    return _with_whole_returns(inputs, {name: items for name, items in wanted.items() if items})


def _with_whole_returns(inputs: ReviewInputs, wanted: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Of a SEN2 return every count is read: which are hidden depends on all of them."""
    sources = {name: inputs.sources[name] for name in wanted}
    return {
        name: items | source.counted if isinstance(source := sources[name], Sen2Source) else set(items)
        for name, items in wanted.items()
    }


def observations_on(inputs: ReviewInputs, day: date) -> pd.DataFrame:
    """OBSERVATIONS of this review's measures from what was public on another day."""
    wanted, whose = _with_whole_returns(inputs, required_items(inputs.project)), inputs.project.strategy.authority
    rows = mark_blanks_unavailable(read_observations(inputs.folder, inputs.sources, wanted, day, authority=whose))
    return with_quarters(inputs.project, rows)


def behind_measures(inputs: ReviewInputs, observations: pd.DataFrame) -> pd.DataFrame:
    """The observations that a measure uses; those that only a check uses are not published."""
    used = {(m.source, item, m.basis_of(item), m.breakdown) for m in inputs.project.active() for item in m.items}
    columns = (observations[column] for column in ("source", "item", "basis", "breakdown"))
    rests_on = [row in used for row in zip(*columns, strict=True)]
    return observations[pd.Series(rests_on, observations.index, dtype=bool)].reset_index(drop=True)


def with_quarters(project: Project, observations: pd.DataFrame) -> pd.DataFrame:
    """OBSERVATIONS with the quarters that measures are shown by."""
    by_quarter = [measure for measure in project.active() if measure.basis == QUARTER]
    items = {(measure.source, item, measure.breakdown) for measure in by_quarter for item in measure.items}
    return OBSERVATIONS.validate(add_quarters(observations, items)) if items else observations


def read_written(inputs: ReviewInputs) -> dict[str, pd.DataFrame]:
    """Source → every row of a file in our own shape, also those that were published after the cut-off."""
    tables = {}
    for name, items in items_to_read(inputs).items():
        source, cut_off = inputs.sources[name], inputs.year.cut_off
        if isinstance(source, FiguresSource) and (reading := open_source(inputs.folder, source, cut_off)):
            tables[name] = read_unfiltered(source, reading, items, inputs.areas).reset_index(drop=True)
    return tables


def read_records_of(inputs: ReviewInputs) -> dict[str, pd.DataFrame]:
    """Source → its rows: records as ``read_records`` gives them, actions as ``read_work_plan`` does."""
    read = {}
    for name, source in inputs.sources.items():
        if isinstance(source, RecordsSource):
            read[name] = read_records(inputs.folder, source, inputs.year.cut_off)
        elif isinstance(source, Sen2Source):
            read[name] = _rules_of_returns(inputs, source)
        elif name in inputs.plans:
            read[name] = inputs.plans[name]
    return read


def _rules_of_returns(inputs: ReviewInputs, source: Sen2Source) -> pd.DataFrame:
    """How each row of the newest return fares with each rule; the one before is compared with. No value of a person."""
    reading = open_source(inputs.folder, source, inputs.year.cut_off, inputs.authority.code)
    if reading is None:
        return pd.DataFrame()

    def check_rows() -> pd.DataFrame:
        made, schools = read_returns(source, reading)
        return rule_rows(made[-1], schools, made[-2] if len(made) > 1 else None)

    return work_without_quoting(reading.files[0].shown, check_rows)


def records_known(inputs: ReviewInputs, read: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Source → its rows as known on the cut-off; ``read`` are the records of ``read_data``."""
    tables = dict(read)
    for name, source in inputs.sources.items():
        if isinstance(source, RecordsSource):
            tables[name] = records_known_on(source, tables[name], inputs.year.cut_off)
    return tables


def tables_to_check(inputs: ReviewInputs, data: DataRead) -> dict[str, dict[str, pd.DataFrame]]:
    """Source → its observations and its records, as the checks look at them.

    Of a file in our own shape the observations have the unit that a row states, and ``withheld`` are the rows that
    say they were published after the cut-off.
    """
    cut_off = inputs.year.cut_off
    tables: dict[str, dict[str, pd.DataFrame]] = {
        str(name): {"observations": rows} for name, rows in data.figures.groupby("source")
    }
    for name, of in tables.items():
        if name in data.written:
            written = data.written[name]
            of["withheld"] = written.loc[written["published"] > cut_off.isoformat(), list(OBSERVATIONS.columns)]
            if "unit" in written:
                of["observations"] = of["observations"].merge(written[["place", "unit"]], on="place", how="left")
    for name, rows in data.records.items():
        tables.setdefault(name, {})["records"] = rows
    for name in tables:
        tables[name] |= _last_edition(inputs, name)
    return tables


def _last_edition(inputs: ReviewInputs, name: str) -> dict[str, pd.DataFrame]:
    """What the edition before the one in use said, where there is one and a check compares with it."""
    source, cut_off = inputs.sources[name], inputs.year.cut_off
    edition = earlier_edition(source, cut_off)
    if edition is None or not compares_editions(inputs.suites[name]):
        return {}
    if isinstance(source, RecordsSource):
        return {"last records": read_records(inputs.folder, source, edition.published)}
    items = items_to_read(inputs).get(name, set())
    held = [item for item in items_of(inputs.folder, source, edition.published) if item in items]
    if not held:
        return {}
    return {"last observations": read_earlier(inputs.folder, source, held, cut_off, authority=inputs.authority.code)}


def provenance_of(inputs: ReviewInputs) -> pd.DataFrame:
    """A row a file that was read, with its source, edition and hash."""
    rows = []
    for name, source in inputs.sources.items():
        label = "illustrative" if source.illustrative else ""
        for edition in inputs.editions_read(source):
            about = (name, source.title, source.publisher, source.licence)
            of = (edition.edition, edition.published.isoformat())
            rows += [(*about, *of, f"{source.folder}/{p.file}", p.sha256, label) for p in edition.parts]
    columns = ["source", "title", "publisher", "licence", "edition", "published", "file", "sha256", "illustrative"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def notes_of(inputs: ReviewInputs) -> pd.DataFrame:
    """file, note (both text): how a file was read where that was not as usual, such as another encoding."""
    sources = inputs.sources.values()
    notes = [note for source in sources for note in file_notes(inputs.folder, source, inputs.year.cut_off)]
    return pd.DataFrame([(note.file, note.what) for note in notes], columns=["file", "note"], dtype="str")
