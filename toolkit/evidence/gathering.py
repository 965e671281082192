"""Everything that is wrong with params or sources is refused here, before anything is run."""

from __future__ import annotations

from pathlib import Path

from toolkit.doubles import checks_of_doubles
from toolkit.errors import InputError, Together, did_you_mean
from toolkit.evidence.refreshed import Refreshed
from toolkit.params import (
    Project,
    check_decisions,
    load_codebook,
    load_commentaries,
    load_decisions,
    load_duty_checks,
    load_papers,
    load_places,
    load_project,
    load_review,
)
from toolkit.params.yaml import read_yaml
from toolkit.quality import (
    load_suites,
    load_waivers,
)
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

__all__ = ["Evidence", "gather"]


class Evidence(Refreshed):
    """One review's params, sources and frames. Nothing here is protected: that is the door's work (``review``)."""


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
        load_papers(folder, year)
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
