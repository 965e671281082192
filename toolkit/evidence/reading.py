"""Reading the inputs of a review. Everything that is wrong with params or sources is refused here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import partial, reduce
from pathlib import Path
from typing import TypedDict

import pandas as pd
from pydantic import ValidationError

from toolkit.errors import InputError, Problem, Together, did_you_mean, shown_path
from toolkit.evidence.inputs import ReviewInputs, read_plans
from toolkit.evidence.locked import lay_out_signed, refuse_another_project
from toolkit.evidence.plan import decision_context, planned_actions
from toolkit.evidence.screened import checks_of_screener
from toolkit.evidence.succession import in_new_terms, problems_of_actions
from toolkit.params import (
    Codebook,
    Decision,
    DutyChecks,
    Pages,
    Papers,
    Project,
    ReviewYear,
    Succession,
    Sufficiency,
    check_review_alone,
    cut_off_of,
    load_codebook,
    load_commentaries,
    load_decisions,
    load_duty_checks,
    load_pages,
    load_papers,
    load_project,
    load_review,
    load_succession,
    load_sufficiency,
    review_years,
    unread_files,
)
from toolkit.params.yaml import read_yaml
from toolkit.quality import NEW_DATA, Suite, Waiver, load_suites, load_waivers
from toolkit.reconciliations import reconciliation_checks
from toolkit.refresh import contradictions, measures_to_come, project_at, project_in_force
from toolkit.sources import (
    COMPARATORS,
    Area,
    Areas,
    ComparatorSet,
    Source,
    check_files,
    check_periods,
    check_sources_known,
    comparator_set,
    load_areas,
    load_calendar,
    load_sources,
)
from toolkit.words.bank import lay_over

__all__ = ["project_of", "read_inputs"]

BEFORE = 6
"""How many reviews before this one are read, more than a strategy has: what any of them printed is known to readers."""


def read_inputs(folder: Path, year: int, before: int = BEFORE, begins: bool = False) -> ReviewInputs:
    """Read and check the params and sources of the review of ``year`` and of as many reviews ``before`` it.

    Those that were signed are read from their locks. Reviews of an old strategy are in the terms of the new one. While
    a review ``begins``, the succession may still leave out actions.
    An ``InputError`` names every problem of every file. Only what cannot be judged without a file that cannot be read,
    such as a measure's items without its source, waits until that is put right.
    """
    inputs = _read(folder, year)
    years = [earlier for earlier in review_years(folder) if earlier < year]
    if not years or not before:
        return inputs
    earlier = _read_before(inputs, years[-1], before - 1)
    crossed = inputs.project.successions[len(earlier.project.successions) :]
    if crossed:
        if not begins and (problems := list(problems_of_actions(inputs, earlier))):
            raise InputError(problems)
        earlier = in_new_terms(earlier, reduce(Succession.add_next, crossed), inputs.project)
    return replace(inputs, earlier=earlier)


def _read_before(inputs: ReviewInputs, year: int, before: int) -> ReviewInputs:
    """The review of an earlier year: from its lock where it was signed, else from the params of today."""
    folder, locks = inputs.folder, inputs.locks_before
    refuse_another_project(inputs.project, inputs.areas, list(locks))
    signed = lay_out_signed(folder, year, inputs.project.strategy.authority)
    if signed is None:
        return read_inputs(folder, year, before)
    try:
        return read_inputs(signed, year, before)
    except InputError as error:
        at, first = shown_path(locks[year], folder), error.problems[0]
        what = f"this release cannot read the review of {year} from its lock: {first}"
        fix = f"make it again and sign it: annual-review run {year} --supersede"
        raise InputError(Problem(at, 0, what, fix)) from None
    finally:
        lay_over(folder)  # reading the project as it was has taken the project's phrases off


def _read(folder: Path, year: int) -> ReviewInputs:
    project, review, sources = _read_basis(folder, year)
    steps, decided = Together(), Together()
    recorded: list[Decision] = []
    with decided.also():
        recorded = load_decisions(folder, year)
    with steps.also():
        params = _read_params(project, review)
    with steps.also():
        data = _read_data(project, review, sources)
    if steps.problems:
        steps.problems += decided.problems
    steps.tell()
    later = measures_to_come(load_project(folder, year), review.cut_off)
    inputs = ReviewInputs(
        project=project, year=review, sources=sources, recorded=recorded, later=later, **params, **data
    )
    with decided.also():
        _check_decisions(inputs)
    decided.tell()
    return inputs


def _read_basis(folder: Path, year: int) -> tuple[Project, ReviewYear, dict[str, Source]]:
    """The project, the year's review.yaml and the sources: what all other files are held against.

    Where one of them cannot be read, the others are checked as far as they can be by themselves.
    """
    steps, parts = Together(), None
    with steps.also():
        sources = load_sources(folder)
    with steps.also():
        project = project_of(folder, year)
        parts = [part.id for part in project.strategy.reviewed_parts()]
        review = load_review(project, year)
    if steps.problems:
        _check_by_themselves(folder, year, steps)
    steps.problems += unread_files(folder, year, parts)
    steps.tell()
    return project, review, sources


def _check_by_themselves(folder: Path, year: int, steps: Together) -> None:
    """Add what is wrong with files that can be read without the strategy, the measures and the sources."""
    checks: tuple[Callable[[], object], ...] = (
        partial(check_review_alone, folder, year),
        partial(load_papers, folder, year),
        partial(load_pages, folder, None),
        partial(load_decisions, folder, year),
        partial(load_areas, folder),
    )
    for check in checks:
        with steps.also():
            check()


class _Params(TypedDict):
    """The params beside the strategy, the measures and the year's review.yaml."""

    commentaries: dict[str, str]
    codebook: Codebook | None
    places: Sufficiency | None
    papers: Papers
    pages: Pages
    duty_checks: DutyChecks
    succession: Succession | None


def _read_params(project: Project, review: ReviewYear) -> _Params:
    folder, year, steps = project.folder, review.year, Together()
    with steps.also():
        commentaries = load_commentaries(project, year)
    with steps.also():
        lay_over(folder)
    succession: Succession | None = None
    with steps.also():
        succession = load_succession(project)
    with steps.also():
        codebook = load_codebook(project)
    with steps.also():
        places = load_sufficiency(project)
    papers: Papers | None = None
    with steps.also():
        papers = load_papers(folder, year, review)
    with steps.also():
        pages = load_pages(folder, papers)
    with steps.also():
        duty_checks = load_duty_checks(project, year, review.cut_off)
    steps.tell()
    assert papers is not None
    return {
        "commentaries": commentaries,
        "codebook": codebook,
        "places": places,
        "papers": papers,
        "pages": pages,
        "duty_checks": duty_checks,
        "succession": succession,
    }


class _Data(TypedDict):
    """What the files of data say of themselves, and what is named in params that must be in them."""

    areas: Areas
    authority: Area
    comparators: ComparatorSet
    comparators_before: ComparatorSet | None
    calendar: pd.DataFrame
    suites: dict[str, Suite]
    waivers: list[Waiver]
    plans: dict[str, pd.DataFrame]


def _read_data(project: Project, review: ReviewYear, sources: dict[str, Source]) -> _Data:
    folder, steps = project.folder, Together()
    with steps.also():
        check_periods(project, review)
    with steps.also():
        check_sources_known(project, sources, review.cut_off)
    for source in sources.values():
        with steps.also():
            check_files(folder, source)
    with steps.also():
        areas = load_areas(folder)
        authority = _authority(project, areas, review.cut_off)
        comparators, before = _comparators(project, review, authority)
    with steps.also():
        calendar = load_calendar(folder, sources)
    with steps.also():
        suites = load_suites(folder, sources)
        waivers = _waivers(project, review, sources, suites)
    steps.tell()
    return {
        "areas": areas,
        "authority": authority,
        "comparators": comparators,
        "comparators_before": before,
        "calendar": calendar,
        "suites": suites,
        "waivers": waivers,
        "plans": read_plans(folder, sources, review.cut_off),
    }


def _comparators(project: Project, review: ReviewYear, authority: Area) -> tuple[ComparatorSet, ComparatorSet | None]:
    """The similar authorities, and in a year when the set changes those that were used before."""
    now = _comparator_set(project, review, "neighbours", authority)
    assert now is not None
    return now, _comparator_set(project, review, "neighbours_before", authority)


def _comparator_set(project: Project, review: ReviewYear, key: str, authority: Area) -> ComparatorSet | None:
    """The set that a key of review.yaml names; one that there is not is reported at that key."""
    name: str = getattr(review, key)
    folders = [folder.name for folder in (project.folder / COMPARATORS).glob("*") if folder.is_dir()]
    if name and name not in folders:
        document = read_yaml(project.folder / "params" / str(review.year) / "review.yaml", project.folder)
        what = f"there is no comparator set '{name}'"
        raise InputError(document.problem((key,), what, did_you_mean(name, folders)))
    return comparator_set(project.folder, name, authority.code) if name else None


def _waivers(
    project: Project, review: ReviewYear, sources: Mapping[str, Source], suites: Mapping[str, Suite]
) -> list[Waiver]:
    """Waivers may be of checks of a suite, of the screener, of measures that are worked out twice, and of old data."""
    beside: list[Mapping[str, Collection[str]]] = [
        reconciliation_checks(project),
        checks_of_screener(sources),
        dict.fromkeys(sources, (NEW_DATA,)),
    ]
    more = {name: [check for checks in beside for check in checks.get(name, ())] for name in sources}
    return load_waivers(project.folder, review, suites, more, policy=project.policy)


def _check_decisions(inputs: ReviewInputs) -> None:
    """An ``InputError`` names every recorded decision that cannot be."""
    context = decision_context(inputs, planned_actions(inputs))
    load_decisions(inputs.folder, inputs.year.year, partial(contradictions, context=context))


def project_of(folder: Path, year: int) -> Project:
    """The strategy and the measures as the reviews before ``year`` under the same strategy left them."""
    project = load_project(folder, year)
    for earlier in review_years(folder):
        if earlier >= year:
            break
        then = lay_out_signed(folder, earlier, project.strategy.authority) or folder
        day = cut_off_of(then, earlier)
        if day is None or day >= project.strategy.begins:
            project = _after_review(project, earlier, then)
    return project_at(project, cut_off_of(folder, year) or date.max)


def _after_review(project: Project, year: int, folder: Path) -> Project:
    """The project after what the review of ``year`` decided; ``folder`` has its decisions."""
    try:
        return project_in_force(project, load_decisions(folder, year), project.governance)
    except ValidationError as error:
        what = f"a measure cannot be redefined like this: {error.errors()[0]['msg']}"
        fix = f"annual-review run {year} shows where"
        raise InputError(Problem(f"params/{year}/decisions.yaml", 0, what, fix)) from None


def _authority(project: Project, areas: Areas, cut_off: date) -> Area:
    """The strategy's authority; a wrong name, or one that had ended by the cut-off, is reported at its line."""
    named = project.strategy.authority
    try:
        area = areas.find(named)
    except InputError:
        authorities = {area.name for area in areas.records if area.level == "Local authority"}
        what, fix = f"there is no authority '{named}'", did_you_mean(named, authorities)
    else:
        if area.valid_to is None or area.valid_to >= cut_off:
            return area
        successors = " or ".join(each.name for each in areas.successors(area))
        what = f"{area.name} ended on {area.valid_to}, before the cut-off of the review"
        fix = f"review {successors}" if successors else "review the authority that its area belongs to now"
    document = read_yaml(project.strategy_folder / "strategy.yaml", project.folder)
    raise InputError(document.problem(("authority",), what, fix))
