"""Reading the inputs of a review. Everything that is wrong with params or sources is refused here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from toolkit.errors import InputError, Problem, Together, did_you_mean
from toolkit.evidence.inputs import ReviewInputs, read_plans
from toolkit.evidence.plan import decision_context, planned_actions
from toolkit.evidence.screened import checks_of_screener
from toolkit.params import (
    Decision,
    Escalation,
    Project,
    load_codebook,
    load_commentaries,
    load_decisions,
    load_duty_checks,
    load_escalation,
    load_pages,
    load_papers,
    load_project,
    load_review,
    load_sufficiency,
    review_years,
)
from toolkit.params.yaml import read_yaml
from toolkit.quality import load_suites, load_waivers
from toolkit.reconciliations import reconciliation_checks
from toolkit.refresh import contradictions, project_in_force, project_known_in
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
)

__all__ = ["project_of", "read_inputs"]

BEFORE = 2
"""How many reviews before this one are read: what changed in the plan of the last one is seen beside its own last."""


def read_inputs(folder: Path, year: int, before: int = BEFORE) -> ReviewInputs:
    """Read and check the params and sources of the review of ``year`` and of as many reviews ``before`` it.

    An ``InputError`` names every problem of the first stage that has any: the params by themselves, the sources by
    themselves, then one against the other.
    """
    inputs = _read(folder, year)
    years = [earlier for earlier in review_years(folder) if earlier < year]
    return replace(inputs, earlier=read_inputs(folder, years[-1], before - 1)) if years and before else inputs


def _read(folder: Path, year: int) -> ReviewInputs:
    steps, decided = Together(), Together()
    with steps.also():
        project = project_of(folder, year)
        review = load_review(project, year)
    if steps.problems:
        with steps.also():
            load_pages(folder, None)
        steps.tell()
    sources = load_sources(folder)
    areas = load_areas(folder)
    recorded: list[Decision] = []
    with decided.also():
        recorded = load_decisions(folder, year)
    with steps.also():
        escalation = load_escalation(folder)
    with steps.also():
        commentaries = load_commentaries(project, year)
    with steps.also():
        codebook = load_codebook(folder, project.strategy)
    with steps.also():
        places = load_sufficiency(project)
    dates: Mapping[str, date] | None = None
    with steps.also():
        papers = load_papers(folder, year, review.cut_off)
        dates = papers.year.dates
    with steps.also():
        pages = load_pages(folder, dates)
    with steps.also():
        duty_checks = load_duty_checks(project, year, review.cut_off)
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
        former = comparator_set(folder, review.neighbours_before, authority.code) if review.neighbours_before else None
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
    later = {name: m for name, m in load_project(folder).measures.items() if name not in project.measures}
    inputs = ReviewInputs(
        project=project,
        year=review,
        sources=sources,
        areas=areas,
        authority=authority,
        comparators=comparators,
        comparators_before=former,
        calendar=calendar,
        suites=suites,
        waivers=waivers,
        plans=read_plans(folder, sources, review.cut_off),
        escalation=escalation,
        recorded=recorded,
        commentaries=commentaries,
        codebook=codebook,
        places=places,
        papers=papers,
        pages=pages,
        duty_checks=duty_checks,
        later=later,
    )
    with decided.also():
        _check_decisions(inputs)
    decided.tell()
    return inputs


def _check_decisions(inputs: ReviewInputs) -> None:
    """An ``InputError`` names every recorded decision that cannot be."""
    context = decision_context(inputs, planned_actions(inputs))
    load_decisions(inputs.folder, inputs.year.year, partial(contradictions, context=context))


def project_of(folder: Path, year: int) -> Project:
    """The strategy and the measures as the reviews before ``year`` left them."""
    project = load_project(folder)
    escalation = load_escalation(folder)
    for earlier in review_years(folder):
        if earlier < year:
            project = _decided(project, earlier, escalation)
    return project_known_in(project, year)


def _decided(project: Project, year: int, escalation: Escalation) -> Project:
    try:
        return project_in_force(project, load_decisions(project.folder, year), escalation)
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
