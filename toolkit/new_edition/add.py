"""``add``: a file becomes an edition of a source, or is refused with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.evidence import ReviewInputs, check_source, items_to_read, read_inputs, read_plans
from toolkit.new_edition.archive import unpack
from toolkit.new_edition.differences import Differences, differences_of, figures_of
from toolkit.new_edition.files import FilesToAdd, read_offered, refuse_registered
from toolkit.new_edition.recognise import find_source
from toolkit.new_edition.register import insert_edition
from toolkit.params import cut_off_of, review_years
from toolkit.run.whole_file import write_whole
from toolkit.sources import (
    DataFile,
    Edition,
    FiguresSource,
    ObservedSource,
    Reading,
    RecordsSource,
    Source,
    read_records,
)

__all__ = ["AddedEdition", "FileToAdd", "add_edition"]

OWN = "data/local"
"""What the authority makes itself: public from the day on which it is handed over."""


@dataclass(frozen=True)
class FileToAdd:
    """What a person says of a file: its source, name and day of publication ("" and None: to be worked out).

    ``within`` names the one that is meant of several files in a ZIP file.
    """

    file: Path
    source: str = ""
    edition: str = ""
    published: date | None = None
    despite_failures: bool = False
    within: str = ""


@dataclass(frozen=True)
class AddedEdition:
    """An edition that was registered, or was not because critical checks failed (``registered``)."""

    source: Source
    edition: Edition
    differences: Differences
    findings: pd.DataFrame
    registered: bool
    reviews: tuple[int, ...]
    """The years whose cut-off is not before the edition's day, and which so use it."""
    authority: str

    @property
    def exit_status(self) -> int:
        return 0 if self.registered else 1


def add_edition(folder: Path, offered: FileToAdd, today: date) -> AddedEdition:
    """Read, check and compare the file, and write it into the project as an edition of its source.

    An ``InputError`` where it cannot be read, or is an edition already; then, and where a critical check fails and
    nobody said to add it all the same, the project is as it was.
    """
    with unpack(offered.file, offered.within) as file:
        return _add(folder, read_offered(file, offered.file), offered, today)


def _add(folder: Path, files: FilesToAdd, offered: FileToAdd, today: date) -> AddedEdition:
    years = review_years(folder)
    if not years:
        raise InputError(Problem("params", 0, "there is no review year", "begin one: annual-review init --help"))
    inputs = read_inputs(folder, years[-1], before=0)
    source = find_source(inputs, files, offered.source)
    refuse_registered(source, files)
    edition = _name_edition(source, offered, _find_day(inputs, source, files, offered, today))
    place = folder / source.folder
    with files.put_into(place, edition.edition, private=source.person_level) as placed:
        edition = edition.model_copy(update=_name_files(placed.files))
        after = _add_to_inputs(inputs, source, edition)
        findings = check_source(after, source.id)
        compared = _differences(inputs, after, source)
        critical = ((findings["severity"] == "critical") & findings["outcome"].isin(["fail", "error"])).any()
        if not critical or offered.despite_failures:
            text = (folder / source.file).read_text(encoding="utf-8")
            write_whole(folder / source.file, insert_edition(text, edition), source.file)
            placed.kept = True
    used = tuple(year for year in years if (cut_off_of(folder, year) or date.min) >= edition.published)
    return AddedEdition(source, edition, compared, findings, placed.kept, used, inputs.authority.name)


def _find_day(inputs: ReviewInputs, source: Source, files: FilesToAdd, offered: FileToAdd, today: date) -> date:
    """The day on which the edition was public: as a person says, as its rows say, or today for the authority's own."""
    if offered.published:
        return offered.published
    if dated := _find_newest_row(source, files):
        return dated
    if source.folder.startswith(OWN):
        return today
    what = "a published file does not say when it came out"
    raise InputError(Problem(files.shown[0], 0, what, "give the day: --published 2025-06-26"))


def _find_newest_row(source: Source, files: FilesToAdd) -> date | None:
    """The newest day of publication that the rows of a file in our own shape give."""
    if not isinstance(source, FiguresSource):
        return None
    texts = source.days_published(Reading("", date.max, files.opened_files, date.max))
    return max(map(date.fromisoformat, texts), default=None)


def _name_edition(source: Source, offered: FileToAdd, published: date) -> Edition:
    """The edition with its name: the month it was public, or the day where the month has one already."""
    taken = {edition.edition for edition in source.editions}
    if offered.edition in taken:
        what = f"{source.id} has an edition '{offered.edition}' already"
        raise InputError(Problem("--edition", 0, what, "give it another name"))
    names = (offered.edition, f"{published:%Y-%m}", published.isoformat(), *(f"{published}_{n}" for n in range(2, 100)))
    name = next(name for name in names if name and name not in taken)
    return Edition.model_construct(edition=name, published=published)


def _name_files(files: list[DataFile]) -> dict[str, object]:
    """How an edition names its files: a single one by itself."""
    if len(files) == 1:
        return {"file": files[0].file, "sha256": files[0].sha256}
    return {"files": tuple(files)}


def _add_to_inputs(inputs: ReviewInputs, source: Source, edition: Edition) -> ReviewInputs:
    """The inputs on the edition's own day, with the edition among those of its source."""
    more = source.model_copy(update={"editions": (*source.editions, edition)})
    sources, day = {**inputs.sources, source.id: more}, edition.published
    year = inputs.year.model_copy(update={"cut_off": day})
    return replace(inputs, sources=sources, year=year, plans=read_plans(inputs.folder, sources, day))


def _differences(before: ReviewInputs, after: ReviewInputs, source: Source) -> Differences:
    """What the edition says otherwise than the one that would be in use on its day without it."""
    day, items = after.year.cut_off, items_to_read(after).get(source.id, set())
    if isinstance(source, ObservedSource) and items:
        figures = [figures_of(one, one.sources[source.id], items, day) for one in (before, after)]
        return differences_of(figures[0], figures[1], (before.authority.code, before.england))
    was, now = (_rows_of(one, one.sources[source.id], day) for one in (before, after))
    return Differences((len(now), len(was)))


def _rows_of(inputs: ReviewInputs, source: Source, day: date) -> pd.DataFrame:
    if isinstance(source, RecordsSource):
        return read_records(inputs.folder, source, day)
    return read_plans(inputs.folder, {source.id: source}, day)[source.id]
