"""The items and periods that a review requires of its sources, checked before any data is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params import Measure, Project, ReviewYear
from toolkit.params.yaml import YamlDocument, read_yaml
from toolkit.sources.faults import Fault
from toolkit.sources.grid import normalise_header
from toolkit.sources.observations import items_of
from toolkit.sources.periods import Period, parse_period
from toolkit.sources.source import Source

__all__ = ["check_comparable", "check_periods", "check_sources_known", "required_items"]


def required_items(project: Project) -> dict[str, set[str]]:
    """Source id → the items that the active measures read from it, and those that explain how two sources differ."""
    wanted: dict[str, set[str]] = {}
    for measure in project.active():
        wanted.setdefault(measure.source, set()).update(measure.items)
        for _, source, item in _items_left_out(measure, project):
            wanted.setdefault(source, set()).add(item)
    return wanted


def _items_left_out(measure: Measure, project: Project) -> Iterator[tuple[str, str, str]]:
    """(key, source, item) of the items that count all cases of a measure and of the one that it reconciles with."""
    left_out = measure.reconciliation.left_out if measure.reconciliation else None
    if left_out:
        yield "here", measure.source, left_out.here
        if left_out.there:
            yield "there", project.measures[measure.reconciles_with].source, left_out.there


def check_sources_known(project: Project, sources: Mapping[str, Source], cut_off: date) -> None:
    """Every active measure names a source that exists and items that it has; an ``InputError`` says which do not."""
    available: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for measure in project.active():
        document = project.documents[measure.id]
        source = sources.get(measure.source)
        if source is None:
            what = f"there is no source '{measure.source}'"
            problems.append(document.problem(("source",), what, did_you_mean(measure.source, sources)))
            continue
        if measure.source not in available:
            available[measure.source] = items_of(project.folder, source, cut_off)
        problems.extend(_unknown_items(measure, document, available[measure.source]))
        waits: Mapping[str, object] = getattr(source, "waits", {})
        if measure.waits and measure.waits not in waits:
            what = f"the source '{measure.source}' has no wait '{measure.waits}'"
            fix = did_you_mean(measure.waits, waits) or "declare it under 'waits' of the source"
            problems.append(document.problem(("waits",), what, fix))
    for measure in project.active():
        for key, name, item in _items_left_out(measure, project):
            if name in available and normalise_header(item) not in map(normalise_header, available[name]):
                at = ("reconciliation", "left_out", key)
                what = f"the source '{name}' has no item '{item}'"
                problems.append(project.documents[measure.id].problem(at, what, did_you_mean(item, available[name])))
    if problems:
        raise InputError(problems)


def _unknown_items(measure: Measure, document: YamlDocument, available: list[str]) -> Iterator[Problem]:
    plain = {normalise_header(item) for item in available}  # readers find a column whatever its case
    for key, items in (
        ("value", (measure.value,)),
        ("numerator", measure.numerator_items),
        ("denominator", measure.denominator_items),
    ):
        for item in filter(None, items):
            if normalise_header(item) not in plain:
                what = f"the source '{measure.source}' has no item '{item}'"
                yield document.problem((key,), what, did_you_mean(item, available))


def check_comparable(project: Project, observations: pd.DataFrame) -> None:
    """Each measure's items are there on its own basis and breakdown: two bases are never mixed in one figure."""
    problems: list[Problem] = []
    rows = dict(iter(observations.groupby(["source", "item"], sort=False)))
    for measure in project.active():
        for item in measure.items:
            figures = rows.get((measure.source, item))
            if figures is not None:
                basis = measure.basis_of(item)
                problems.extend(_uncomparable(measure, project.documents[measure.id], (item, basis), figures))
    if problems:
        raise InputError(problems)


def _uncomparable(
    measure: Measure, document: YamlDocument, item_and_basis: tuple[str, str], figures: pd.DataFrame
) -> Iterator[Problem]:
    item, basis = item_and_basis
    bases = sorted(set(figures["basis"]))
    if basis not in bases:
        where = f"{figures['source'].iloc[0]}, {figures['place'].iloc[0]}"
        what = f"'{item}' is counted by {' and '.join(bases)} ({where}), not by {basis}"
        fix = "correct the basis here or in the data: two bases are never compared"
        yield document.problem(("basis",), what, fix)
    breakdowns = sorted(set(figures["breakdown"]))
    if measure.breakdown not in breakdowns:
        what = f"'{item}' has no breakdown '{measure.breakdown}'"
        yield document.problem(("breakdown",), what, did_you_mean(measure.breakdown, breakdowns))


def check_periods(project: Project, review: ReviewYear) -> None:
    """Baselines lie before the cut-off, and every target is due in a period of its measure's own basis."""
    document = read_yaml(project.folder / "params" / str(review.year) / "review.yaml", project.folder)
    problems: list[Problem] = []
    for basis, label in review.baseline.items():
        problems.extend(_baseline(document, ("baseline", basis), (label, basis), review.cut_off))
    for measure_id, label in review.baseline_exceptions.items():
        at = ("baseline_exceptions", measure_id)
        if measure_id not in project.measures:
            fix = did_you_mean(measure_id, project.measures)
            problems.append(document.problem(at, f"there is no measure '{measure_id}'", fix))
        else:
            problems.extend(_baseline(document, at, (label, project.measures[measure_id].basis), review.cut_off))
    for measure_id in review.targets:
        problems.extend(_due(document, project.measures[measure_id], review))
    problems.extend(_breaks(project))
    if problems:
        raise InputError(problems)


def _baseline(
    document: YamlDocument, at: tuple[str | int, ...], label_and_basis: tuple[str, str], cut_off: date
) -> Iterator[Problem]:
    period, problems = _period(document, at, label_and_basis)
    yield from problems
    if period is not None and period.end > cut_off:
        what = f"the baseline {label_and_basis[0]} ends after the cut-off, {cut_off.isoformat()}"
        yield document.problem(at, what, "give an earlier baseline, or a later cut-off")


def _due(document: YamlDocument, measure: Measure, review: ReviewYear) -> Iterator[Problem]:
    """A target is due in a period of the measure's own basis, after the baseline; its milestones are due in between."""
    at, target = ("targets", measure.id), review.targets[measure.id]
    due, problems = _period(document, (*at, "by"), (target.by, measure.basis))
    yield from problems
    start, wrong = _period(document, (*at, "by"), (review.baseline_of(measure), measure.basis))
    if due and start and not wrong and due <= start:
        what = f"the target of '{measure.id}' is due in {due.label}, not after its baseline, {start.label}"
        yield document.problem((*at, "by"), what, "give a later period")
    for label in target.milestones:
        place = (*at, "milestones", label)
        step, problems = _period(document, place, (label, measure.basis))
        yield from problems
        if step and ((due and step >= due) or (start and not wrong and step <= start)):
            what = f"the milestone of {label} is not between the baseline and the target of '{measure.id}'"
            yield document.problem(place, what, "give a period in between, or remove it")


def _breaks(project: Project) -> Iterator[Problem]:
    for measure in project.active():
        for place, parted in enumerate(measure.breaks):
            at = ("breaks", place, "from")
            yield from _period(project.documents[measure.id], at, (parted.from_, measure.basis))[1]
        for place, month in enumerate(measure.chart.rebase if measure.chart else ()):
            document = project.documents[measure.id]
            yield from _period(document, ("chart", "rebase", place), (month, measure.basis))[1]


def _period(
    document: YamlDocument, at: tuple[str | int, ...], label_and_basis: tuple[str, str]
) -> tuple[Period | None, list[Problem]]:
    """The period that a label means in its basis, written just so; or the problem with it."""
    label, basis = label_and_basis
    try:
        period = parse_period(label, basis)
    except Fault as fault:
        return None, [document.problem(at, fault.what, fault.fix)]
    if period.label != label:
        article = "an" if basis == "academic year" else "a"
        what = f"'{label}' is not how {article} {basis} is written"
        return period, [document.problem(at, what, f"write {period.label}")]
    return period, []
