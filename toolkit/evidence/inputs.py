"""The params and sources of one review: validated, and read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem, shown_path
from toolkit.evidence.locked import find_lock
from toolkit.params import (
    STRATEGIES,
    Codebook,
    Decision,
    DutyChecks,
    Measure,
    Pages,
    Papers,
    Project,
    ReviewYear,
    Succession,
    Sufficiency,
    logo_file,
    review_years,
)
from toolkit.quality import Suite, Waiver
from toolkit.reconciliations import reconciled_measures
from toolkit.sources import (
    Area,
    Areas,
    ComparatorSet,
    Edition,
    Source,
    WorkPlanSource,
    earlier_edition,
    edition_in_use,
    period_end,
    read_work_plan,
)
from toolkit.words.bank import phrase_files

__all__ = ["ReviewInputs", "read_plans"]


@dataclass(frozen=True)
class ReviewInputs:
    """The params and sources of one review. ``earlier`` are those of the review before it, None for the first.

    ``succession`` is what its strategy took over from the one before; ``successions`` are those that lie between its
    strategy and the one in whose terms it is given.
    ``told_by`` is a day, only what was decided by then is among ``recorded``.
    """

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
    plans: dict[str, pd.DataFrame]
    recorded: list[Decision]
    commentaries: dict[str, str]
    codebook: Codebook | None
    places: Sufficiency | None
    papers: Papers
    pages: Pages
    duty_checks: DutyChecks
    later: dict[str, Measure]
    earlier: ReviewInputs | None = None
    succession: Succession | None = None
    successions: tuple[Succession, ...] = ()
    told_by: date | None = None

    @property
    def folder(self) -> Path:
        return self.project.folder

    @property
    def measures_folder(self) -> str:
        """The folder of the measures, as messages name it."""
        return shown_path(self.project.strategy_folder / "measures", self.folder)

    @property
    def source_titles(self) -> dict[str, str]:
        """The title of each source, as its publisher gives it."""
        return {name: source.title for name, source in self.sources.items()}

    @property
    def neighbours(self) -> tuple[str, ...]:
        return self.comparators.areas

    @cached_property
    def england(self) -> str:
        """Code of the nation: the one area at national level that holds regions."""
        return min((area.code for area in self.areas.records if area.level == "National"), default="")

    @cached_property
    def region(self) -> str:
        return self.areas.region_of(self.authority.code)

    @property
    def attributions(self) -> tuple[str, ...]:
        """The sentences that the sources' licences ask for, each once."""
        return tuple(sorted({source.attribution for source in self.sources.values() if source.attribution}))

    def as_at(self, month: str) -> ReviewInputs:
        """The same at the end of a month of the review: only what was public then is used.

        Another month is an ``InputError``. In the month of the cut-off the cut-off itself is the last day.
        """
        last = self.year.cut_off
        months = self.year.months
        if month not in months:
            what = f"'{month}' is not a month of {self.year.span}"
            raise InputError(Problem("month", 0, what, f"use one of: {months[0]} to {months[-1]}"))
        end = min(last, period_end(month, "month"))
        checks = self.duty_checks
        return replace(
            self,
            year=self.year.model_copy(update={"cut_off": end}),
            told_by=end,
            plans=self.plans if end == last else read_plans(self.folder, self.sources, end),
            recorded=[d for d in self.recorded if d.decided and d.decided.on <= end],
            duty_checks=checks.model_copy(
                update={
                    "checks": tuple(check for check in checks.checks if check.on <= end),
                    "changes_in_law": tuple(change for change in checks.changes_in_law if change.since <= end),
                }
            ),
        )

    def editions_read(self, source: Source) -> list[Edition]:
        """The edition in use, and the one before it where a measure's figures are held against another's."""
        using = edition_in_use(source, self.year.cut_off)
        compared = any(measure.source == source.id for measure in reconciled_measures(self.project))
        before = earlier_edition(source, self.year.cut_off) if compared else None
        return [edition for edition in (using, before) if edition]

    @cached_property
    def data_files(self) -> tuple[tuple[Path, str], ...]:
        """Every file of data that is read, with its edition, and the files that say how it is read and checked."""
        files: list[tuple[Path, str]] = []
        for source in self.sources.values():
            folder = self.folder / source.folder
            for edition in self.editions_read(source):
                files += [(folder / part.file, edition.edition) for part in edition.parts]
            files += [(folder / name, "") for name in ("source.yaml", "checks.yaml") if (folder / name).is_file()]
        for shared in ("data/reference", "data/checks"):
            files += [(path, "") for path in sorted((self.folder / shared).rglob("*")) if path.is_file()]
        return tuple(files)

    @cached_property
    def param_files(self) -> tuple[Path, ...]:
        """The strategy with those before it, the review's own folder, and what earlier reviews were and decided."""
        params = self.folder / "params"
        files = [*params.glob("*.yaml"), *params.glob("papers/*.yaml")]
        for strategy in self.project.strategy_ids:
            files += (self.folder / STRATEGIES / strategy).rglob("*.yaml")
        files += phrase_files(self.folder)
        signed = self.locks_before
        files += signed.values()
        for earlier in review_years(self.folder):
            if earlier < self.year.year and earlier not in signed:
                files += [params / str(earlier) / name for name in ("review.yaml", "decisions.yaml")]
        files += [path for path in (params / str(self.year.year)).rglob("*") if path.suffix != ".json"]  # no locks
        files += filter(None, [logo_file(self.project.strategy.brand, self.folder)])
        return tuple(sorted(path for path in files if path.is_file()))

    @cached_property
    def locks_before(self) -> dict[int, Path]:
        """Year → the lock of each signed review before this one: it stands for all that the review was made from."""
        years = [year for year in review_years(self.folder) if year < self.year.year]
        locks = {year: find_lock(self.folder, year, self.project.strategy.authority) for year in years}
        return {year: path for year, path in locks.items() if path}

    @property
    def earlier_from_params(self) -> ReviewInputs | None:
        """The review before if it was read from today's params; None if it was read from its lock, or there is none."""
        return self.earlier if self.earlier and self.earlier.folder == self.folder else None

    @property
    def all_data_files(self) -> tuple[tuple[Path, str], ...]:
        """The files of this review and of earlier ones that are read from today's params."""
        before = self.earlier_from_params.all_data_files if self.earlier_from_params else ()
        return tuple(dict.fromkeys((*self.data_files, *before)))

    @property
    def all_param_files(self) -> tuple[Path, ...]:
        """The files of this review and of earlier ones, locks of signed reviews, and files that declare the pages."""
        before = self.earlier_from_params.all_param_files if self.earlier_from_params else ()
        return tuple(dict.fromkeys((*self.param_files, *before, *self.pages.files)))


def read_plans(folder: Path, sources: Mapping[str, Source], cut_off: date) -> dict[str, pd.DataFrame]:
    """Source → the rows of each work plan that was public by the cut-off."""
    plans = {name: source for name, source in sources.items() if isinstance(source, WorkPlanSource)}
    return {name: read_work_plan(folder, source, cut_off) for name, source in plans.items()}
