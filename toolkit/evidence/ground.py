"""What one review rests on: its params, its sources, the files that are read, and where frames are kept."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit.fingerprint import digest, file_digest, installed_packages, toolkit_digest
from toolkit.frames import Frame
from toolkit.params import (
    Project,
    ReviewYear,
    logo_file,
    review_years,
)
from toolkit.quality import (
    Suite,
    Waiver,
)
from toolkit.reconciliations import reconciled_measures
from toolkit.sources import (
    Area,
    Areas,
    ComparatorSet,
    Edition,
    Source,
    earlier_edition,
    edition_in_use,
    file_notes,
)

__all__ = ["Ground"]

KEPT_STATES = 6


@dataclass
class Ground:
    """Params checked against the data, and every file they rest on."""

    project: Project
    year: ReviewYear
    sources: dict[str, Source]
    areas: Areas
    authority: Area
    comparators: ComparatorSet
    comparators_before: ComparatorSet | None
    calendar: pd.DataFrame
    suites: dict[str, Suite]
    waivers: list[Waiver]
    kept: Path | None = None
    keeps: bool = field(default=False, repr=False)
    told_by: date | None = None
    """The last day on which a decision must have been made to be told; None: whenever the review decided."""

    @property
    def neighbours(self) -> tuple[str, ...]:
        return self.comparators.areas

    @property
    def folder(self) -> Path:
        return self.project.folder

    @cached_property
    def inputs(self) -> tuple[tuple[Path, str], ...]:
        """Every file of data that is read, with its edition, and the files that say how it is read and checked."""
        files: list[tuple[Path, str]] = []
        for source in self.sources.values():
            folder = self.folder / source.folder
            for edition in self._editions_read(source):
                files += [(folder / part.file, edition.edition) for part in edition.parts]
            files += [(folder / name, "") for name in ("source.yaml", "checks.yaml") if (folder / name).is_file()]
        for shared in ("data/reference", "data/checks"):
            files += [(path, "") for path in sorted((self.folder / shared).rglob("*")) if path.is_file()]
        return tuple(files)

    def _editions_read(self, source: Source) -> list[Edition]:
        """The edition in use, and the one before it where a measure's figures are held against another's."""
        using = edition_in_use(source, self.year.cut_off)
        compared = any(measure.source == source.id for measure in reconciled_measures(self.project))
        before = earlier_edition(source, self.year.cut_off) if compared else None
        return [edition for edition in (using, before) if edition]

    @cached_property
    def params(self) -> tuple[Path, ...]:
        """The strategy, the measures, the review's own folder, and what earlier reviews were and decided."""
        params = self.folder / "params"
        files = [*params.glob("*.yaml"), *params.glob("measures/*/*.yaml"), *params.glob("papers/*.yaml")]
        for earlier in review_years(self.folder):
            if earlier < self.year.year:
                files += [params / str(earlier) / name for name in ("review.yaml", "decisions.yaml")]
        files += (params / str(self.year.year)).rglob("*")
        files += filter(None, [logo_file(self.project.strategy.brand, self.folder)])
        return tuple(sorted(path for path in files if path.is_file()))

    @cached_property
    def _by_hand(self) -> Path:
        """Where frames are kept between notebooks and commands that are not part of a run: by all they rest on."""
        files = [*(path for path, _ in self.inputs), *self.params]
        ground = digest(
            toolkit_digest(),
            installed_packages(),
            self.year.cut_off.isoformat(),
            sorted(file_digest(path) for path in files),
        )
        return self.folder / ".cache" / "evidence" / ground[:32]

    @cached_property
    def england(self) -> str:
        """Code of the nation: the one area at national level that holds regions."""
        return min((area.code for area in self.areas.records if area.level == "National"), default="")

    @cached_property
    def region(self) -> str:
        return self.areas.region_of(self.authority.code)

    @cached_property
    def provenance(self) -> pd.DataFrame:
        """A row a file that was read, with its source, edition and hash."""
        rows = []
        for name, source in self.sources.items():
            label = "illustrative" if source.illustrative else ""
            for edition in self._editions_read(source):
                about = (name, source.title, source.publisher, source.licence)
                of = (edition.edition, edition.published.isoformat())
                rows += [(*about, *of, f"{source.folder}/{p.file}", p.sha256, label) for p in edition.parts]
        columns = ["source", "title", "publisher", "licence", "edition", "published", "file", "sha256", "illustrative"]
        return pd.DataFrame(rows, columns=columns, dtype="str")

    @property
    def attributions(self) -> tuple[str, ...]:
        """The sentences that the sources' licences ask for, each once."""
        return tuple(sorted({source.attribution for source in self.sources.values() if source.attribution}))

    @cached_property
    def notes(self) -> pd.DataFrame:
        """What to know about how files were read (encodings, hidden rows and sheets): file, note."""
        told = [note for source in self.sources.values() for note in file_notes(self.folder, source, self.year.cut_off)]
        return pd.DataFrame([(note.file, note.what) for note in told], columns=["file", "note"], dtype="str")

    def _kept(self, name: str, frame: Frame[Any], make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The frame that the first notebook left, or made now (and left, where this is the first one)."""
        place = self.kept / f"{name}.parquet" if self.kept else self._by_hand / f"{name}.parquet"
        if place.is_file():
            return frame.checked(pd.read_parquet(place))
        table = make()
        if self.keeps or not self.kept:
            place.parent.mkdir(parents=True, exist_ok=True)
            if not self.kept:
                _trim(place.parents[1])
            partial = place.with_suffix(f".{os.getpid()}.partial")
            table.to_parquet(partial, index=False)
            partial.replace(place)
        return table


def _trim(kept: Path) -> None:
    """Of the frames kept between commands, those of the latest states of the project stay."""
    by_age = sorted(kept.iterdir(), key=lambda folder: folder.stat().st_mtime)
    for folder in by_age[:-KEPT_STATES]:
        shutil.rmtree(folder, ignore_errors=True)
