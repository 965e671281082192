"""What one review rests on: params checked against the data, and the frames worked out from them, each once.

``gather`` refuses whatever is wrong before anything is run. A frame is worked out when it is first asked for; where
``kept`` holds it already, left there by the notebook that ran first, it is read from there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.disclosure import Protection, Rule, protection_for
from toolkit.doubles import Doubles, checks_of_doubles, doubles_in
from toolkit.errors import InputError, Together, did_you_mean
from toolkit.fingerprint import digest, file_digest, installed_packages, toolkit_digest
from toolkit.frames import ACTIONS, FINDINGS, OBSERVATIONS, Frame
from toolkit.params import (
    Codebook,
    Decision,
    Places,
    Project,
    ReviewYear,
    check_decisions,
    load_codebook,
    load_commentaries,
    load_decisions,
    load_places,
    load_project,
    load_review,
)
from toolkit.params.yaml import read_yaml
from toolkit.quality import (
    Checked,
    Context,
    SourceFacts,
    Suite,
    Waiver,
    apply_waivers,
    doubts,
    items_checked,
    load_suites,
    load_waivers,
    run_checks,
)
from toolkit.refresh import actions_for, decisions_table
from toolkit.sources import (
    Area,
    Areas,
    ComparatorSet,
    Edition,
    RecordsSource,
    Source,
    WorkPlanSource,
    check_comparable,
    check_files,
    check_periods,
    check_sources_known,
    comparator_set,
    earlier_edition,
    edition_in_use,
    file_notes,
    load_areas,
    load_calendar,
    load_sources,
    read_observations,
    read_records,
    read_work_plan,
    wanted_items,
)

__all__ = ["Evidence", "gather"]

KEPT_STATES = 6


@dataclass
class Evidence:
    """One review's params, sources and frames. Nothing here is protected: that is the door's work (``review``)."""

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
        compared = any(measure.source == source.id for measure in doubles_in(self.project))
        before = earlier_edition(source, self.year.cut_off) if compared else None
        return [edition for edition in (using, before) if edition]

    @cached_property
    def params(self) -> tuple[Path, ...]:
        """The strategy, the measures and the review's own folder."""
        params = self.folder / "params"
        files = [*params.glob("*.yaml"), *params.glob("measures/*/*.yaml")]
        files += (params / str(self.year.year)).rglob("*")
        return tuple(sorted(path for path in files if path.is_file()))

    @cached_property
    def _by_hand(self) -> Path:
        """Where frames are kept between notebooks and commands that are not part of a run: by all they rest on."""
        files = [*(path for path, _ in self.inputs), *self.params]
        ground = digest(toolkit_digest(), installed_packages(), sorted(file_digest(path) for path in files))
        return self.folder / ".cache" / "evidence" / ground[:32]

    @cached_property
    def england(self) -> str:
        """Code of the nation: the one area at national level that holds regions."""
        return min((area.code for area in self.areas.records if area.level == "National"), default="")

    @cached_property
    def region(self) -> str:
        return self.areas.region_of(self.authority.code)

    @cached_property
    def observations(self) -> pd.DataFrame:
        """OBSERVATIONS of every item that a measure or a check wants, as public on the cut-off."""
        table = self._kept("observations", OBSERVATIONS, self._read)
        check_comparable(self.project, table)
        return table

    def _read(self) -> pd.DataFrame:
        wanted = wanted_items(self.project)
        for name, suite in self.suites.items():
            wanted.setdefault(name, set()).update(items_checked(suite))
        wanted = {name: items for name, items in wanted.items() if items}
        return read_observations(
            self.folder, self.sources, wanted, self.year.cut_off, authority=self.project.strategy.authority
        )

    @cached_property
    def published_rows(self) -> pd.DataFrame:
        """The observations that a measure rests on; what only a check needs does not leave."""
        used = {(m.source, item, m.basis_of(item), m.breakdown) for m in self.project.active() for item in m.items}
        columns = (self.observations[column] for column in ("source", "item", "basis", "breakdown"))
        rests_on = [row in used for row in zip(*columns, strict=True)]
        return self.observations[pd.Series(rests_on, self.observations.index, dtype=bool)].reset_index(drop=True)

    @cached_property
    def records(self) -> dict[str, pd.DataFrame]:
        """Source → its rows, for the sources that are read row by row, work plans among them."""
        read: dict[str, pd.DataFrame] = {}
        for name, source in self.sources.items():
            if isinstance(source, RecordsSource):
                read[name] = read_records(self.folder, source, self.year.cut_off)
            elif isinstance(source, WorkPlanSource):
                read[name] = read_work_plan(self.folder, source, self.year.cut_off)
        return read

    @cached_property
    def findings(self) -> pd.DataFrame:
        """FINDINGS about the data, which judgements rest on; measures held against their doubles are among them."""
        return self._kept("findings", FINDINGS, self._check)

    def _check(self) -> pd.DataFrame:
        checked = self.checked()
        findings = pd.concat([checked.findings, self.doubles.findings(self.results)])
        return apply_waivers(Checked(findings, checked.failing), self.waivers, self.year.cut_off)

    @property
    def doubles(self) -> Doubles:
        """The measures that are held against others."""
        return Doubles(self.project, self.sources, self.authority.code, self.year.cut_off)

    def checked(self) -> Checked:
        """Run every check now: the findings before waivers, and the failing rows behind them."""
        tables: dict[str, dict[str, pd.DataFrame]] = {
            str(name): {"observations": rows} for name, rows in self.observations.groupby("source")
        }
        for name, rows in self.records.items():
            tables.setdefault(name, {})["records"] = rows
        public = {name: suite for name, suite in self.suites.items() if self._is_public(name)}
        return run_checks(public, tables, self._context)

    def _is_public(self, source: str) -> bool:
        """A source none of whose editions was public by the cut-off is not used, so it is not checked either."""
        return edition_in_use(self.sources[source], self.year.cut_off) is not None

    @property
    def _context(self) -> Context:
        """What a check may know: the review's dates, its areas and who owns which source."""
        strategy = self.project.strategy
        return Context(
            cut_off=self.year.cut_off,
            areas=self.areas.table,
            sources={name: self._facts(source) for name, source in self.sources.items()},
            calendar=self.calendar,
            baseline={str(basis): label for basis, label in self.year.baseline.items()},
            words={
                "authority_code": self.authority.code,
                "region_code": self.region,
                "country_code": self.england,
                "neighbour_codes": list(self.neighbours),
                "priority_ids": [part.id for part in strategy.reviewed()],
                "workstream_names": [stream.name for stream in strategy.workstreams],
                "workstream_ids": [stream.id for stream in strategy.workstreams],
                "measure_ids": list(self.project.measures),
                "minimum_base": strategy.minimum_base,
                "term_from": strategy.term.from_,
                "term_to": strategy.term.to,
            },
        )

    def _facts(self, source: Source) -> SourceFacts:
        using = {m.id: m.items for m in self.project.active() if m.source == source.id}
        return SourceFacts(source.owner, source.person_level, using)

    @cached_property
    def results(self) -> pd.DataFrame:
        return results_for(self.project.active(), self.observations)

    @cached_property
    def setting(self) -> Setting:
        warnings, critical = doubts(self.findings)
        lags = self.calendar[["source", "basis", "lag_months"]].itertuples(index=False, name=None)
        return Setting(
            authority=self.authority.code,
            england=self.england,
            region=self.region,
            neighbours=self.neighbours,
            neighbours_before=self.comparators_before.areas if self.comparators_before else (),
            calendar={(source, basis): lag for source, basis, lag in lags},
            review=self.year,
            minimum_base=self.project.strategy.minimum_base,
            warnings=warnings,
            critical=critical,
            illustrative=frozenset(name for name, source in self.sources.items() if source.illustrative),
        )

    @cached_property
    def judgements(self) -> pd.DataFrame:
        return judgements_for(grids_of(self.project.active(), self.results), self.setting)

    @cached_property
    def protection(self) -> Protection:
        regions = {area.code: self.areas.region_of(area.code) for area in self.areas.records}
        own = {
            name: source.parts_of if isinstance(source, RecordsSource) else []
            for name, source in self.sources.items()
            if source.person_level
        }
        rule = Rule(self.project.strategy.disclosure_threshold, own)
        return protection_for(self.published_rows, self.project.active(), regions, rule)

    @cached_property
    def commentaries(self) -> dict[str, str]:
        """Measure → what officers wrote of it, as Markdown."""
        return load_commentaries(self.project, self.year.year)

    @cached_property
    def codebook(self) -> Codebook | None:
        """How comments are coded; None where the project does not say."""
        return load_codebook(self.folder, self.project.strategy)

    @cached_property
    def places(self) -> Places | None:
        """Which measures are places and which is demand; None where the project does not say."""
        return load_places(self.project)

    @cached_property
    def recorded(self) -> list[Decision]:
        """What decisions.yaml says."""
        return load_decisions(self.folder, self.year.year)

    @cached_property
    def decisions(self) -> pd.DataFrame:
        return decisions_table(self.recorded)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """ACTIONS of every work plan of the project."""
        tables = [self._plan(source) for source in self.sources.values() if isinstance(source, WorkPlanSource)]
        return ACTIONS.checked(pd.concat(tables)) if tables else ACTIONS.empty()

    def _plan(self, source: WorkPlanSource) -> pd.DataFrame:
        settings = {
            "status_words": source.status_words,
            "cut_off": self.year.cut_off,
            "illustrative": source.illustrative,
        }
        return actions_for(self.records[source.id], self.project.strategy, self.recorded, settings)

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

    def _kept(self, name: str, frame: Frame, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
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


def gather(folder: Path, year: int, kept: Path | None = None, keeps: bool = False) -> Evidence:
    """Read and check everything that a review of ``year`` needs, short of the data itself.

    An ``InputError`` names every problem of the first stage that has any: the params by themselves, the sources by
    themselves, then one against the other.
    """
    project = load_project(folder)
    review = load_review(project, year)
    sources = load_sources(folder)
    areas = load_areas(folder)
    steps = Together()
    with steps.also():
        check_decisions(project, load_decisions(folder, year), year)
    with steps.also():
        load_commentaries(project, year)
    with steps.also():
        load_codebook(folder, project.strategy)
    with steps.also():
        load_places(project)
    with steps.also():
        check_periods(project, review)
    with steps.also():
        check_sources_known(project, sources, review.cut_off)
    for source in sources.values():
        with steps.also():
            check_files(folder, source)
    with steps.also():
        authority = _authority(project, areas)
        comparators = comparator_set(folder, review.neighbours, authority.code)
        before = comparator_set(folder, review.neighbours_before, authority.code) if review.neighbours_before else None
    with steps.also():
        calendar = load_calendar(folder)
    with steps.also():
        suites = load_suites(folder, sources)
        waivers = load_waivers(folder, year, suites, checks_of_doubles(project))
    steps.tell()
    return Evidence(
        project, review, sources, areas, authority, comparators, before, calendar, suites, waivers, kept, keeps
    )


def _authority(project: Project, areas: Areas) -> Area:
    """The strategy's authority; what is wrong with its name is said at its line in strategy.yaml."""
    named = project.strategy.authority
    try:
        return areas.find(named)
    except InputError:
        document = read_yaml(project.folder / "params" / "strategy.yaml", project.folder)
        known = {area.name for area in areas.records if area.level == "Local authority"}
        fix = did_you_mean(named, known)
        raise InputError(document.problem(("authority",), f"there is no authority '{named}'", fix)) from None
