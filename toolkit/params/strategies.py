"""The strategies of a project as a dated series: each is in force from its first day until that of its successor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, pairwise
from pathlib import Path

from toolkit.errors import InputError, Problem, Together, did_you_mean
from toolkit.params.brand import logo_faults
from toolkit.params.dated import Dated, problems_of_dates, repeated_ids
from toolkit.params.governance import Governance
from toolkit.params.strategy import Strategy
from toolkit.params.yaml import YamlDocument, read_yaml, validate
from toolkit.params.yaml_file import KeyPath

__all__ = ["STRATEGIES", "DatedStrategy", "likely_folders", "load_strategies", "strategy_folders", "strategy_in_force"]

STRATEGIES = "params/strategies"


@dataclass(frozen=True)
class DatedStrategy:
    """A strategy with its id, which is the name of its folder, and its file."""

    id: str
    strategy: Strategy
    document: YamlDocument = field(repr=False)

    @property
    def begins(self) -> date:
        return self.strategy.begins

    @property
    def predecessor(self) -> str:
        """Id of the strategy that it succeeds; "" for the first."""
        return self.strategy.succeeds.strategy if self.strategy.succeeds else ""


def strategy_folders(project: Path) -> list[Path]:
    """The folders of the strategies, by id."""
    folders = (project / STRATEGIES).glob("*")
    return sorted(path for path in folders if path.is_dir() and not path.name.startswith("."))


def likely_folders(project: Path, on: date | None) -> list[Path]:
    """The folder in force on a day by what can be read of each strategy, where one of them is at fault; or none."""
    begun = [folder for folder in strategy_folders(project) if on is None or _first_day(folder, project) <= on]
    return begun[-1:] or strategy_folders(project)[:1]


def _first_day(folder: Path, project: Path) -> date:
    try:
        written = read_yaml(folder / "strategy.yaml", project).data
        approved = written.get("approved") or {}
        return date.fromisoformat(
            written.get("in_force_from") or approved.get("on") or f"{written['term']['from']}-01-01"
        )
    except (InputError, AttributeError, KeyError, TypeError, ValueError):
        return date.min


def load_strategies(project: Path, governance: Governance) -> list[DatedStrategy]:
    """Every strategy of the project, by its first day; all that is wrong with them or with the series is raised."""
    steps, series = Together(), list[DatedStrategy]()
    for folder in strategy_folders(project):
        with steps.also():
            document = governance.fill(read_yaml(folder / "strategy.yaml", project))
            strategy = _read_strategy(governance.check_authorities(document, "amendments"), project)
            series.append(DatedStrategy(folder.name, strategy, document))
    if not series and not steps.problems:
        steps.problems.append(Problem(STRATEGIES, 0, "there is no strategy", f"add {STRATEGIES}/<id>/strategy.yaml"))
    series.sort(key=lambda each: (each.begins, each.id))
    if not steps.problems:
        steps.problems += _problems_of_series(series)
    steps.tell()
    return series


def strategy_in_force(series: Sequence[DatedStrategy], on: date | None) -> DatedStrategy | None:
    """The strategy in force on a day, the newest where no day is given; None before the first begins."""
    begun = [each for each in series if on is None or each.begins <= on]
    return begun[-1] if begun else None


def _read_strategy(document: YamlDocument, project: Path) -> Strategy:
    def problems(strategy: Strategy, sound: YamlDocument) -> Iterator[Problem]:
        return chain(_problems_of_items(strategy, sound), logo_faults(strategy.brand, sound, project))

    return validate(document, Strategy, problems)


def _problems_of_items(strategy: Strategy, document: YamlDocument) -> Iterator[Problem]:
    """Ids that two items have at once, and days that cannot be."""
    yield from repeated_ids(tuple(strategy.reviewed_parts()), "priority", document, "priorities")
    yield from repeated_ids(strategy.workstreams, "workstream", document, "workstreams")
    yield from repeated_ids(strategy.duties, "duty", document, "duties")
    dated: list[tuple[KeyPath, Dated]] = []
    for place, priority in enumerate(strategy.priorities):
        dated.append((("priorities", place), priority))
        dated += ((("priorities", place, "parts", number), part) for number, part in enumerate(priority.parts))
    for key in ("workstreams", "duties"):
        dated += (((key, place), item) for place, item in enumerate(getattr(strategy, key)))
    for at, item in dated:
        yield from problems_of_dates(item, strategy.begins, document, at)


def _problems_of_series(series: Sequence[DatedStrategy]) -> Iterator[Problem]:
    """What keeps the strategies from following each other: one problem for each."""
    ids = [each.id for each in series]
    for each in series:
        at = ("succeeds", "strategy")
        if each.predecessor and each.predecessor not in ids:
            others = [id_ for id_ in ids if id_ != each.id]
            what = f"there is no strategy '{each.predecessor}'"
            yield each.document.problem(at, what, did_you_mean(each.predecessor, others))
        elif (circle := _circle(each, series)) and each.id == min(circle):
            what = f"the strategies succeed each other in a circle: {', '.join(circle)}"
            yield each.document.problem(at, what, "remove succeeds: from the first strategy")
    for before, after in pairwise(series):
        if not _circle(after, series):
            yield from _problems_between(before, after, ids)


def _problems_between(before: DatedStrategy, after: DatedStrategy, ids: Sequence[str]) -> Iterator[Problem]:
    at = next(((key,) for key in ("in_force_from", "approved", "term") if (key,) in after.document.lines), ())
    if before.begins == after.begins:
        what = f"two strategies are in force on {after.begins}: {before.id} and {after.id}"
        yield after.document.problem(at, what, "give one of them another in_force_from")
    elif not after.predecessor:
        what = f"two strategies are in force from {after.begins} on: {before.id} and {after.id}"
        yield after.document.problem(at, what, f"write succeeds: {{strategy: {before.id}}}")
    elif after.predecessor in ids and after.predecessor != before.id:
        what = f"two strategies are in force from {after.begins} on: {before.id}, without a successor, and {after.id}"
        yield after.document.problem(("succeeds", "strategy"), what, f"write succeeds: {{strategy: {before.id}}}")
    if after.id < before.id and before.begins < after.begins:
        what = f"ids of strategies sort by their first day, and {after.id} ({after.begins}) sorts before {before.id}"
        yield after.document.problem(at, f"{what} ({before.begins})", "rename the folder, such as 2021-2024")


def _circle(start: DatedStrategy, series: Sequence[DatedStrategy]) -> list[str]:
    """The ids from a strategy back to itself; empty where it does not come back."""
    before = {each.id: each.predecessor for each in series}
    path, at = [start.id], start.predecessor
    while at in before and at not in path:
        path.append(at)
        at = before[at]
    return [*path, at] if at == start.id else []
