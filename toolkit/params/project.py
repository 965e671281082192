"""A project folder's params, read and cross-checked: a strategy, its catalogue of measures, one year's review."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, Together, did_you_mean, shown_path
from toolkit.params.dated import problems_of_dates
from toolkit.params.governance import Governance, reading_governance
from toolkit.params.measures import Measure
from toolkit.params.policy import Policy, load_policy
from toolkit.params.review_year import ReviewYear
from toolkit.params.story_problems import problems_of_override, problems_of_same_story
from toolkit.params.strategies import (
    STRATEGIES,
    DatedStrategy,
    likely_folders,
    load_strategies,
    strategy_folders,
    strategy_in_force,
)
from toolkit.params.strategy import Strategy
from toolkit.params.succession import Succession, problems_of_succession
from toolkit.params.yaml import YamlDocument, read_yaml, validate

__all__ = [
    "Project",
    "check_review_alone",
    "cut_off_of",
    "load_project",
    "load_review",
    "load_succession",
    "review_years",
]


@dataclass(frozen=True)
class Project:
    """A strategy and its measures, in the order of the priorities and then by id; ``documents`` keep line numbers.

    ``strategy`` is as it was in force on the cut-off, ``written`` has what began later or had ended as well.
    ``strategy_ids`` are those of the strategies up to this one, in order, the last its own; ``successions`` are what
    each but the first took over from the one before it, which is the ``predecessor`` of this one.
    """

    folder: Path
    strategy: Strategy
    written: Strategy
    measures: Mapping[str, Measure]
    documents: Mapping[str, YamlDocument] = field(repr=False)
    policy: Policy
    governance: Governance
    strategy_ids: tuple[str, ...]
    successions: tuple[Succession, ...] = ()
    predecessor: Strategy | None = None

    @property
    def strategy_folder(self) -> Path:
        """Where the strategy, its measures, its codebook and its places lie."""
        return self.folder / STRATEGIES / self.strategy_ids[-1]

    def active(self, priority: str = "") -> list[Measure]:
        """Measures that are not retired, of one priority or of all."""
        chosen = (m for m in self.measures.values() if m.status == "active")
        return [m for m in chosen if not priority or m.priority == priority]


def load_project(project: Path, year: int | None = None, on: date | None = None) -> Project:
    """Read the strategy in force on a day, its governance, policy and measures.

    The day is ``on``, or else the cut-off of the review of ``year``; without either, the newest strategy is read.
    Every problem of every file is raised at once.
    """
    if not (project / "params").is_dir():
        fix = "give the folder that holds params/, data/ and outputs/ with --project"
        raise InputError(Problem(project.name or ".", 0, "this folder has no params/", fix))
    steps, policy = Together(), Policy()
    day = on or (cut_off_of(project, year) if year is not None else None)
    with steps.also():
        policy = load_policy(project)
    series: list[DatedStrategy] = []
    with steps.also(), reading_governance(project) as governance:
        series = _series_of(project, governance, year, day)
    written = series[-1].strategy if series else None
    folders = [project / STRATEGIES / series[-1].id] if series else likely_folders(project, day)
    with steps.also():
        documents, measures = _load_measures(project, folders, written)
    steps.tell()
    assert written is not None
    strategy = written.at(day or date.max)
    order = {part.id: place for place, part in enumerate(written.reviewed_parts())}
    ranked = {m.id: m for m in sorted(measures, key=lambda m: (order[m.priority], m.id))}
    ids = tuple(each.id for each in series)
    before = series[-2].strategy if len(series) > 1 else None
    successions = tuple(each.strategy.succeeds for each in series if each.strategy.succeeds)
    return Project(project, strategy, written, ranked, documents, policy, governance, ids, successions, before)


def load_succession(project: Project) -> Succession | None:
    """What the strategy takes over from the one before it, measures that keep their id included; None for the first.

    All that is wrong with it is raised at once.
    """
    succession = project.written.succeeds
    if succession is None:
        return None
    with reading_governance(project.folder) as governance:
        series = {each.id: each for each in load_strategies(project.folder, governance)}
        before, after = (series[id_] for id_ in project.strategy_ids[-2:])
        last_day = after.begins - timedelta(days=1)
        _, measures = _load_measures(project.folder, [project.folder / STRATEGIES / before.id], before.strategy)
        old = before.strategy.at(last_day), {measure.id: measure for measure in measures}
        problems = list(problems_of_succession(old, (project.written, project.measures), after.document))
        if problems:
            raise InputError(problems)
    kept = {measure.id: measure.id for measure in measures if measure.id in project.measures}
    return succession.model_copy(update={"measures": kept | dict(succession.measures)})


def _series_of(project: Path, governance: Governance, year: int | None, day: date | None) -> list[DatedStrategy]:
    """The strategies up to the one in force on a day, which is the cut-off of the review of ``year``."""
    series = load_strategies(project, governance)
    chosen = strategy_in_force(series, day)
    if chosen is None:
        what = f"no strategy was in force on {day}: the first, {series[0].id}, begins on {series[0].begins}"
        fix = f"correct the day, or write in_force_from in {series[0].document.file}"
        at = Problem(STRATEGIES, 0, what, fix)
        if year is not None:
            at = _review_file(project, year).problem(("cut_off",), what, fix)
        raise InputError(at)
    return series[: series.index(chosen) + 1]


def cut_off_of(project: Path, year: int) -> date | None:
    """The cut-off in ``params/<year>/review.yaml``; None where it cannot be read, which ``load_review`` reports."""
    try:
        return date.fromisoformat(_review_file(project, year).data["cut_off"])
    except (InputError, KeyError, TypeError, ValueError):
        return None


def _load_measures(
    project: Path, folders: Sequence[Path], strategy: Strategy | None
) -> tuple[dict[str, YamlDocument], list[Measure]]:
    """The files of the measures by id, and the measures, held against the priorities of a strategy that can be read."""
    steps = Together()
    measures: dict[str, Measure] = {}
    documents: dict[str, YamlDocument] = {}
    for path in _measure_files(folders):
        with steps.also():
            documents[path.stem] = read_yaml(path, project)
            measure = validate(documents[path.stem], Measure, id=path.stem, priority=path.parent.name)
            steps.problems += _problems_of_place(measure, strategy, path, project, measures)
            if strategy:
                steps.problems += problems_of_dates(measure, strategy.begins, documents[path.stem])
            measures[measure.id] = measure
    for measure in measures.values():
        steps.problems += _problems_of_reconciliation(measure, measures, documents)
        steps.problems += problems_of_same_story(measure, measures, documents)
    if folders and not documents and not steps.problems:
        place = f"{shown_path(folders[0], project)}/measures"
        steps.problems.append(Problem(place, 0, "there is no measure", f"add {place}/<priority>/<id>.yaml"))
    steps.tell()
    return documents, list(measures.values())


def _measure_files(strategies: Iterable[Path]) -> list[Path]:
    files = (path for folder in strategies for path in (folder / "measures").glob("*/*"))
    return sorted(path for path in files if path.suffix in (".yaml", ".yml"))


def _problems_of_place(
    measure: Measure, strategy: Strategy | None, path: Path, project: Path, before: Mapping[str, Measure]
) -> Iterator[Problem]:
    """What is wrong with where a measure's file lies."""
    priorities = [part.id for part in strategy.reviewed_parts()] if strategy else [measure.priority]
    file = shown_path(path, project)
    if path.suffix == ".yml":
        yield Problem(file, 0, "the file's ending is .yml", "rename it to .yaml")
    if measure.priority not in priorities:
        what = f"the folder '{measure.priority}' is not a priority of the strategy"
        yield Problem(file, 0, what, did_you_mean(measure.priority, priorities))
    if measure.id in before:
        what = f"the measure '{measure.id}' is also under priority {before[measure.id].priority}"
        yield Problem(file, 0, what, "keep one, or rename one of the files")


def _problems_of_reconciliation(
    measure: Measure, measures: Mapping[str, Measure], documents: Mapping[str, YamlDocument]
) -> Iterator[Problem]:
    """Problems of the measure that this one ``reconciles_with``; one that cannot be read is reported elsewhere."""
    at, other = ("reconciles_with",), measures.get(measure.reconciles_with)
    if not measure.reconciles_with or (other is None and measure.reconciles_with in documents):
        return
    if other is None or other.id == measure.id or other.status == "retired":
        others = [m.id for m in measures.values() if m.status == "active" and m.id != measure.id]
        what = f"'{measure.reconciles_with}' is not another active measure"
        yield documents[measure.id].problem(at, what, did_you_mean(measure.reconciles_with, others))
    elif (other.basis, other.unit) != (measure.basis, measure.unit):
        what = f"'{other.id}' is a {other.unit} by {other.basis}, this is a {measure.unit} by {measure.basis}"
        yield documents[measure.id].problem(at, what, "name a measure on the same basis and in the same unit")


def review_years(project: Path) -> list[int]:
    """The years that have a folder in ``params/``, in order."""
    return sorted(int(folder.name) for folder in (project / "params").glob("[0-9]*") if folder.name.isdecimal())


def load_review(project: Project, year: int) -> ReviewYear:
    """Read ``params/<year>/review.yaml`` and check its targets against the catalogue."""
    document = project.governance.fill(_review_file(project.folder, year))
    steps = Together(_outside(project.folder / "params" / str(year), project.folder))
    for name, target in _written_targets(document).items():
        steps.problems.extend(_target(name, target, project, document))
    steps.problems.extend(problems_of_override(document, project.active()))
    with steps.also():
        review = validate(document, ReviewYear, _problems_of_review, year=year)
    steps.tell()
    return review


def check_review_alone(folder: Path, year: int) -> None:
    """An ``InputError`` names what is wrong with review.yaml by itself, where some measures cannot be read.

    Its targets are held against the names of the measures' files.
    """
    names = [path.stem for path in _measure_files(strategy_folders(folder))]
    with reading_governance(folder) as governance:
        document = governance.fill(_review_file(folder, year))
        steps = Together(_no_measure(name, names, document) for name in _written_targets(document) if name not in names)
        with steps.also():
            validate(document, ReviewYear, _problems_of_review, year=year)
        steps.tell()


def _review_file(project: Path, year: int) -> YamlDocument:
    folder = project / "params" / str(year)
    if not folder.is_dir():
        years = [str(one) for one in review_years(project)]
        what = f"there is no review of {year}"
        raise InputError(Problem(f"params/{year}", 0, what, did_you_mean(str(year), years)))
    return read_yaml(folder / "review.yaml", project)


def _written_targets(document: YamlDocument) -> dict[str, Any]:
    """The targets as written; the model reports what is no target."""
    written = document.data.get("targets") if isinstance(document.data, dict) else None
    return {str(name): target for name, target in written.items()} if isinstance(written, dict) else {}


def _problems_of_review(review: ReviewYear, document: YamlDocument) -> Iterator[Problem]:
    if review.neighbours_before == review.neighbours:
        what = f"the set before, '{review.neighbours_before}', is the set that is used now"
        fix = "name the set that it replaces, or remove it"
        yield document.problem(("neighbours_before",), what, fix)
    if review.cut_off < review.begins:
        what = f"the cut-off is before the {review.year_kind} {review.label} begins, {review.begins}"
        fix = f"correct the day, or move the folder to that of the year in which the {review.year_kind} ends"
        yield document.problem(("cut_off",), what, fix)


def _no_measure(name: str, names: Collection[str], document: YamlDocument) -> Problem:
    return document.problem(
        ("targets", name), f"a target for '{name}', which is not a measure", did_you_mean(name, names)
    )


def _outside(folder: Path, project: Path) -> Iterator[Problem]:
    """Files of a review year that are links to somewhere else."""
    for path in sorted(folder.rglob("*")):
        if not path.resolve().is_relative_to(project.resolve()):
            what = "the file is outside the project folder"
            yield Problem(shown_path(path, project), 0, what, "replace the link with a copy of the file")


def _target(name: str, target: Any, project: Project, document: YamlDocument) -> Iterator[Problem]:
    measure = project.measures.get(name)
    at = ("targets", name)
    if measure is None:
        yield _no_measure(name, [m.id for m in project.active()], document)
    elif measure.status == "retired":
        yield document.problem(at, f"a target for '{name}', which is retired", "remove the target")
    elif measure.polarity == "none":
        what = f"a target for '{name}', which has the polarity 'none'"
        yield document.problem(at, what, "say in the measure whether high or low is better, or remove the target")
    elif measure.unit == "percent":
        for at_value, value in _values(target):
            if not 0 <= value <= 100:
                kind = "milestone" if len(at_value) > 1 else "target"
                yield document.problem((*at, *at_value), f"a {kind} of {value:g}% for '{name}'", "use 0 to 100")


def _values(target: Any) -> Iterator[tuple[tuple[str, ...], float]]:
    """A target's numbers as written, each with its place; the model reports what is no number."""
    written = target if isinstance(target, dict) else {}
    steps = written.get("milestones")
    every: list[tuple[tuple[str, ...], Any]] = [(("value",), written.get("value"))]
    every += [(("milestones", str(label)), step) for label, step in (steps if isinstance(steps, dict) else {}).items()]
    yield from ((place, float(value)) for place, value in every if isinstance(value, int | float))
