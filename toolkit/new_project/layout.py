"""The files of a new project, from complete answers: the same answers give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import yaml

from toolkit.errors import InputError, Problem
from toolkit.new_project.answers import GOVERNANCE, Answers, load_defaults
from toolkit.new_project.authority import NEIGHBOURS, ReviewedAuthority
from toolkit.new_project.catalogue import CATALOGUE, CataloguedMeasure, Topic, catalogue_topics
from toolkit.new_project.sources import data_files
from toolkit.params.governance import Governance
from toolkit.params.strategies import STRATEGIES
from toolkit.params.words import PeriodBasis
from toolkit.params.writing import scalar
from toolkit.params.yaml import read_yaml, validate
from toolkit.refresh.new_year import years_on
from toolkit.sources import period_sort_key

__all__ = ["ANSWERS", "ProjectInputs", "project_files", "read_logo", "strategy_folder"]

ANSWERS = "init.yaml"
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class ProjectInputs:
    """What a project is made from: complete answers, the authority that they name, the bytes of a logo (b"": none),
    and the folder of its strategy, with its measures."""

    answers: Answers
    authority: ReviewedAuthority
    logo: bytes
    strategy: str


def strategy_folder(answers: Answers, before: Iterable[str]) -> str:
    """Folder of the strategy: the one of the files written ``before``, or one that is named after its term.

    >>> strategy_folder(Answers(authority="Norfolk"), ["params/strategies/2024-2027/strategy.yaml"])
    'params/strategies/2024-2027'
    """
    kept = [name.removesuffix("/strategy.yaml") for name in before if name.endswith("/strategy.yaml")]
    return kept[0] if kept or answers.term is None else f"{STRATEGIES}/{answers.term.from_}-{answers.term.to}"


def project_files(given: ProjectInputs) -> dict[str, bytes]:
    """Path → content of everything that a new project has."""
    answers, strategy = given.answers, given.strategy
    chosen = {priority.id: _measures(priority.topics) for priority in answers.priorities}
    facts = _facts(given, chosen)
    year = f"params/{answers.year}"
    texts = {
        ANSWERS: _answers_text(answers),
        ".gitignore": _render("gitignore", facts),
        "what-only-you-can-write.md": _render("what-only-you-can-write.md", facts),
        "params/governance.yaml": (GOVERNANCE / f"{answers.governance}.yaml").read_text(encoding="utf-8"),
        f"{strategy}/strategy.yaml": _render("strategy.yaml", facts),
        f"{year}/review.yaml": _render("review.yaml", facts),
        f"{year}/commentary/overview.md": _render("overview.md", facts),
    }
    for priority, measures in chosen.items():
        of_priority = {**facts, "measures": [one.measure for one in measures if one.measure.polarity != "none"]}
        texts[f"{year}/commentary/{priority}.md"] = _render("commentary.md", of_priority)
    demand = read_yaml(CATALOGUE / "projected.yaml", CATALOGUE).data["demand"]
    if any(one.measure.id == demand for measures in chosen.values() for one in measures):
        texts[f"{strategy}/places.yaml"] = _render("places.yaml", {"demand": demand})
    if facts["not_published"]:
        texts[f"{year}/waivers.yaml"] = _render("waivers.yaml", facts)
    files = {name: text.encode() for name, text in texts.items()}
    for priority, measures in chosen.items():
        files |= {f"{strategy}/measures/{priority}/{one.file.name}": one.file.read_bytes() for one in measures}
    files |= dict(data_files([one.measure for measures in chosen.values() for one in measures]))
    return files | ({"params/logo.png": given.logo} if given.logo else {})


def _measures(names: tuple[str, ...]) -> list[CataloguedMeasure]:
    """The measures of these topics, and the single ones named, each once."""
    topics = catalogue_topics()
    single = {one.measure.id: one for topic in topics.values() for one in topic.measures}
    listed = [one for name in names for one in (topics[name].measures if name in topics else (single[name],))]
    return list({one.measure.id: one for one in listed}.values())


def _facts(given: ProjectInputs, chosen: Mapping[str, list[CataloguedMeasure]]) -> dict[str, Any]:
    """What the templates may name."""
    answers, authority = given.answers, given.authority
    assert answers.term is not None
    assert answers.cut_off is not None
    baseline = _baseline(answers.term.from_)
    placed = {one.measure.id for measures in chosen.values() for one in measures}
    topics = catalogue_topics().values()
    return {
        "answers": answers,
        "authority": authority,
        "governance": validate(read_yaml(GOVERNANCE / f"{answers.governance}.yaml", GOVERNANCE), Governance),
        "logo": bool(given.logo),
        "baseline": baseline,
        "exceptions": dict(_later_baselines(baseline, placed)),
        "neighbours": NEIGHBOURS,
        "not_published": _not_published(authority, chosen),
        "waived_until": years_on(answers.cut_off, 1),
        "counts": {priority: len(measures) for priority, measures in chosen.items()},
        "unplaced": [topic for topic in topics if _is_unplaced(topic, placed)],
        "generic": [one.title for one in answers.priorities] == [one.title for one in load_defaults().priorities],
        "strategy_file": f"{given.strategy}/strategy.yaml",
        "area_notes": [*_area_notes(authority), *_notes_on_missing(authority, chosen)],
    }


def _not_published(authority: ReviewedAuthority, chosen: Mapping[str, list[CataloguedMeasure]]) -> list[str]:
    """Sources of the chosen measures that have nothing of the authority."""
    lacking = read_yaml(CATALOGUE / "not_published.yaml", CATALOGUE).data
    read = {one.measure.source for measures in chosen.values() for one in measures}
    return [source for source, names in lacking.items() if authority.name in names and source in read]


def _is_unplaced(topic: Topic, placed: set[str]) -> bool:
    return not any(one.measure.id in placed for one in topic.measures)


def _baseline(first: int) -> dict[PeriodBasis, str]:
    """Basis → its last period before a strategy that begins in ``first``, or the count of that January.

    >>> _baseline(2024)["academic year"], _baseline(2024)["January census"]
    ('2022/23', '2024')
    """
    school_year = f"{first - 2}/{(first - 1) % 100:02d}"
    return {
        "calendar year": str(first - 1),
        "January census": str(first),
        "academic year": school_year,
        "March": str(first - 1),
        "financial year": school_year,
    }


def _later_baselines(baseline: Mapping[PeriodBasis, str], placed: set[str]) -> Iterator[tuple[str, str]]:
    """Measures whose comparable figures begin after the baseline of their basis, each with its first period."""
    begins = read_yaml(CATALOGUE / "first_periods.yaml", CATALOGUE).data
    measures = {one.measure.id: one.measure for topic in catalogue_topics().values() for one in topic.measures}
    for measure in (measures[name] for name in sorted(placed)):
        starts = [str(begins.get(measure.id, "")), *(each.from_ for each in measure.breaks)]
        from_basis = baseline[measure.basis]
        last = max(filter(None, (*starts, from_basis)), key=partial(period_sort_key, basis=measure.basis))
        if last != from_basis:
            yield measure.id, last


def _area_notes(authority: ReviewedAuthority) -> Iterator[str]:
    if authority.began and authority.predecessors:
        day = f"{authority.began.day} {authority.began:%B %Y}"
        yield f"It began on {day} and followed {' and '.join(authority.predecessors)}: earlier figures are theirs."


def _notes_on_missing(authority: ReviewedAuthority, chosen: Mapping[str, list[CataloguedMeasure]]) -> Iterator[str]:
    lacking = _not_published(authority, chosen)
    every = (one.measure for measures in chosen.values() for one in measures)
    names = [measure.short_name for measure in every if measure.source in lacking]
    if names:
        yield f"Its publisher gives no figures of it for: {'; '.join(names)}. The report says so."


def _answers_text(answers: Answers) -> str:
    about = answers.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"logo"})
    head = "# The answers to `annual-review init`. To change them, edit this file and run `annual-review init` on\n"
    head += "# this folder again. Files that nobody has edited are updated; edited files stay as they are.\n"
    return head + yaml.safe_dump(about, sort_keys=False, allow_unicode=True, width=110)


def _render(name: str, facts: Mapping[str, Any]) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters["scalar"] = scalar
    return environment.get_template(f"{name}.j2").render(facts)


def read_logo(path: Path) -> bytes:
    """The bytes of a logo's file; an ``InputError`` where there is none."""
    try:
        return path.read_bytes()
    except OSError:
        raise InputError(Problem(str(path), 0, "there is no such logo", "give the path of a PNG file")) from None
