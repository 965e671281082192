"""What a council answers before its project is written, from a file or from questions, with a default for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from toolkit.errors import Problem, did_you_mean
from toolkit.new_project.catalogue import CATALOGUE, catalogue_topics, suggest_topics
from toolkit.params import Brand
from toolkit.params.review_year import YearKind
from toolkit.params.strategy import Term
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["GOVERNANCE", "Answers", "Defaults", "PriorityAnswer", "complete_answers", "load_defaults", "read_answers"]

GOVERNANCE = Path(__file__).parent / "governance"
"""The worked sets of bodies, a file each."""
_LONGEST_SHORT = 40


def _as_priority(given: Any) -> Any:
    """A priority that is written as text: its title, or ``short name: title``.

    >>> _as_priority("Places: Enough places in good schools")
    {'title': 'Enough places in good schools', 'short': 'Places'}
    """
    if not isinstance(given, str):
        return given
    short, colon, title = (part.strip() for part in given.partition(":"))
    if colon and title and len(short) <= _LONGEST_SHORT:
        return {"title": title, "short": short}
    return {"title": given.strip()}


class PriorityAnswer(Params):
    """One priority. Without an ``id`` it is numbered; without ``topics`` its words suggest them."""

    title: str = Field(min_length=1)
    short: str = ""
    """What navigation and tables call it."""
    id: Annotated[str, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]*)?$")] = ""
    topics: Listed[Identifier] = ()
    """Topics of the catalogue, or single measures of it."""


class Answers(Params):
    """``init.yaml``, and the file that ``--answers`` names. All but the authority may be left out."""

    authority: Word
    """Name or code of the authority."""
    council: str = ""
    """What the council calls itself at the head of every page."""
    strategy: str = ""
    """Title of the strategy."""
    term: Term | None = None
    """First and last year of the strategy."""
    priorities: Listed[Annotated[PriorityAnswer, BeforeValidator(_as_priority)]] = ()
    """In order: a title, "short name: title", or title, short, id and topics."""
    governance: Identifier = "leader_and_cabinet"
    """The worked set of bodies that comes nearest."""
    year: int = 0
    """The year of the review; 2024/25 is a school year, or the financial year where ``year_kind`` says so."""
    year_kind: YearKind = "calendar year"
    """What the year is; one in two calendar years has the number of the second."""
    cut_off: Day | None = None
    """The last day on which a figure must have been public."""
    measures: Mapping[Word, Listed[Identifier]] = Field(default_factory=dict)
    """Priority (its id) → topics of the catalogue or single measures, in place of what its words suggest."""
    document: str = ""
    """The report that approved the strategy."""
    vision: str = ""
    """What the strategy wants for children, young people and families."""
    colour: str = ""
    """The council's colour, such as "#12436d"."""
    logo: str = ""
    """A PNG file, seen from the folder of the answers."""

    @model_validator(mode="before")
    @classmethod
    def _split_year(cls, given: Any) -> Any:
        """2024/25 is the year 2025 of a kind that lies in two calendar years."""
        match = re.fullmatch(r"(\d{4})/(\d\d)", str(given.get("year", ""))) if isinstance(given, Mapping) else None
        if match is None or int(match[2]) != (int(match[1]) + 1) % 100:
            return given
        return {"year_kind": "academic year", **given, "year": int(match[1]) + 1}

    @property
    def label(self) -> str:
        """What pages call the year of the review."""
        return str(self.year) if self.year_kind == "calendar year" else f"{self.year - 1}/{self.year % 100:02}"

    @field_validator("colour")
    @classmethod
    def _as_brand_has_it(cls, colour: str) -> str:
        return Brand._readable(colour)


class Defaults(Params):
    """``catalogue/defaults.yaml``: what is written where the answers say nothing."""

    year: int
    cut_off: Day
    strategy: str
    from_years_before: int
    years: int
    document: str
    vision: str
    priorities: Listed[PriorityAnswer]


@cache
def load_defaults() -> Defaults:
    """The shipped defaults."""
    return validate(read_yaml(CATALOGUE / "defaults.yaml", CATALOGUE), Defaults)


def read_answers(path: Path, authority: str = "") -> Answers:
    """The answers of a file; ``authority`` stands in where it names none. An ``InputError`` has every mistake."""
    document = read_yaml(path, path.parent)
    extra = {"authority": authority} if authority and "authority" not in (document.data or {}) else {}
    return validate(document, Answers, _problems, **extra)


def _problems(answers: Answers, document: YamlDocument) -> Iterator[Problem]:
    if not (GOVERNANCE / f"{answers.governance}.yaml").is_file():
        sets = [path.stem for path in GOVERNANCE.glob("*.yaml")]
        what = f"there is no ready-made set of bodies '{answers.governance}'"
        yield document.problem(("governance",), what, did_you_mean(answers.governance, sets))
    topics = catalogue_topics()
    known = {*topics, *(one.measure.id for topic in topics.values() for one in topic.measures)}
    ids = [priority.id for priority in complete_answers(answers).priorities]
    for place, priority in enumerate(answers.priorities):
        for name in priority.topics:
            if name not in known:
                what = f"'{name}' is neither a topic nor a measure of the catalogue"
                yield document.problem(("priorities", place, "topics"), what, did_you_mean(name, known))
    for priority_id, names in answers.measures.items():
        if priority_id not in ids:
            what = f"there is no priority '{priority_id}'"
            yield document.problem(("measures", priority_id), what, did_you_mean(priority_id, ids))
        for name in names:
            if name not in known:
                what = f"'{name}' is neither a topic nor a measure of the catalogue"
                yield document.problem(("measures", priority_id), what, did_you_mean(name, known))
    if answers.term and answers.term.to < answers.term.from_:
        yield document.problem(("term",), "the strategy ends before it begins", "put the two years the other way round")
    year = complete_answers(answers).year
    if answers.term and year < answers.term.from_:
        what = f"the review of {year} is before the strategy begins"
        yield document.problem(("term",), what, "begin the term earlier, or review a later year")


def complete_answers(answers: Answers) -> Answers:
    """The answers with every default in place, priorities numbered and with their topics."""
    defaults = load_defaults()
    year = answers.year or defaults.year
    cut_off = answers.cut_off or (defaults.cut_off if year == defaults.year else date(year + 1, 4, 30))
    first = year - defaults.from_years_before
    return answers.model_copy(
        update={
            "strategy": answers.strategy or defaults.strategy,
            "term": answers.term or Term.model_validate({"from": first, "to": first + defaults.years - 1}),
            "priorities": _complete_priorities(answers.priorities or defaults.priorities, answers.measures),
            "year": year,
            "cut_off": cut_off,
            "document": answers.document or defaults.document,
            "vision": answers.vision or defaults.vision,
        }
    )


def _complete_priorities(
    given: tuple[PriorityAnswer, ...], measures: Mapping[str, tuple[str, ...]]
) -> tuple[PriorityAnswer, ...]:
    numbered = [
        one.model_copy(update={"id": one.id or str(n), "short": one.short or one.title})
        for n, one in enumerate(given, 1)
    ]
    named = any(one.topics for one in numbered) or bool(measures)
    suggested = [[] for _ in given] if named else suggest_topics([f"{one.short} {one.title}" for one in numbered])
    return tuple(
        one.model_copy(update={"topics": measures.get(one.id, one.topics) or tuple(topics)})
        for one, topics in zip(numbered, suggested, strict=True)
    )
