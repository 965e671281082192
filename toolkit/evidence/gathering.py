"""Everything that is wrong with params or sources is refused here, before anything is run."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from toolkit.errors import InputError, Problem, Together, did_you_mean
from toolkit.evidence.refreshed import Refreshed
from toolkit.evidence.revised import revisions_between
from toolkit.evidence.screened import checks_of_screener
from toolkit.frames import REVISIONS
from toolkit.params import (
    Escalation,
    Project,
    load_codebook,
    load_commentaries,
    load_decisions,
    load_duty_checks,
    load_escalation,
    load_pages,
    load_papers,
    load_places,
    load_project,
    load_review,
    review_years,
)
from toolkit.params.yaml import read_yaml
from toolkit.quality import (
    load_suites,
    load_waivers,
)
from toolkit.reconciliations import reconciliation_checks
from toolkit.refresh import in_force, known_by
from toolkit.sources import (
    Area,
    Areas,
    check_files,
    check_periods,
    check_sources_known,
    comparator_set,
    load_areas,
    load_calendar,
    load_sources,
    period_end,
)

__all__ = ["Evidence", "gather"]


class Evidence(Refreshed):
    """One review's params, sources and frames. Nothing here is protected: that is the door's work (``review``)."""

    def as_at(self, month: str) -> Evidence:
        """The same at the end of a month of the year that ends with the cut-off: only what was public then is used.

        Another month is an ``InputError``. In the month of the cut-off the cut-off itself is the last day.
        """
        last = self.year.cut_off
        months = [str(one)[:7] for one in pd.period_range(end=pd.Period(last, "M"), periods=12, freq="M")]
        if month not in months:
            what = f"'{month}' is not a month of the year that ends on {last.isoformat()}"
            raise InputError(Problem("month", 0, what, f"use one of: {months[0]} to {months[-1]}"))
        end = min(last, period_end(month, "month"))
        if end == last:
            return replace(self, told_by=end)
        return replace(self, year=self.year.model_copy(update={"cut_off": end}), kept=None, told_by=end)

    @cached_property
    def earlier(self) -> Evidence | None:
        """What the review before this one rests on; None where this is the first."""
        before = [year for year in review_years(self.folder) if year < self.year.year]
        kept = self.kept / "earlier" if self.kept else None
        return gather(self.folder, before[-1], kept, self.keeps) if before else None

    def revisions(self, public: bool) -> pd.DataFrame:
        """REVISIONS of the figures that the review before used; ``public`` hides what either review hides."""
        return revisions_between(self.earlier, self, public) if self.earlier else REVISIONS.empty()

    @property
    def all_inputs(self) -> tuple[tuple[Path, str], ...]:
        """Every file of data that is read, with its edition: those of this review and of the one before."""
        return tuple(dict.fromkeys((*self.inputs, *(self.earlier.inputs if self.earlier else ()))))

    @property
    def all_params(self) -> tuple[Path, ...]:
        """The params of this review and of the one before."""
        return tuple(dict.fromkeys((*self.params, *(self.earlier.params if self.earlier else ()))))


def gather(folder: Path, year: int, kept: Path | None = None, keeps: bool = False) -> Evidence:
    """Read and check everything that a review of ``year`` needs, short of the data itself.

    An ``InputError`` names every problem of the first stage that has any: the params by themselves, the sources by
    themselves, then one against the other.
    """
    project = project_of(folder, year)
    review = load_review(project, year)
    sources = load_sources(folder)
    areas = load_areas(folder)
    steps, decided = Together(), Together()
    with decided.also():
        load_decisions(folder, year)
    with steps.also():
        load_escalation(folder)
    with steps.also():
        load_commentaries(project, year)
    with steps.also():
        load_codebook(folder, project.strategy)
    with steps.also():
        load_places(project)
    dates: Mapping[str, date] | None = None
    with steps.also():
        dates = load_papers(folder, year, review.cut_off).year.dates
    with steps.also():
        load_pages(folder, dates)
    with steps.also():
        load_duty_checks(project, year, review.cut_off)
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
        calendar = load_calendar(folder, sources)
    with steps.also():
        suites = load_suites(folder, sources)
        beside: list[Mapping[str, Collection[str]]] = [reconciliation_checks(project), checks_of_screener(sources)]
        more = {name: [check for checks in beside for check in checks.get(name, ())] for name in sources}
        waivers = load_waivers(folder, review, suites, more, policy=project.policy)
    if steps.problems:
        steps.problems.extend(decided.problems)
    steps.tell()
    evidence = Evidence(
        project, review, sources, areas, authority, comparators, before, calendar, suites, waivers, kept, keeps
    )
    with decided.also():
        evidence.check_decisions()
    decided.tell()
    return evidence


def project_of(folder: Path, year: int) -> Project:
    """The strategy and the measures as the reviews before ``year`` left them."""
    project = load_project(folder)
    escalation = load_escalation(folder)
    for earlier in review_years(folder):
        if earlier < year:
            project = _decided(project, earlier, escalation)
    return known_by(project, year)


def _decided(project: Project, year: int, escalation: Escalation) -> Project:
    try:
        return in_force(project, load_decisions(project.folder, year), escalation)
    except ValidationError as error:
        what = f"a measure cannot be redefined so: {error.errors()[0]['msg']}"
        fix = f"annual-review run {year} says where"
        raise InputError(Problem(f"params/{year}/decisions.yaml", 0, what, fix)) from None


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
