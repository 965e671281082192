"""The shipped catalogue of measures over the pack, by topic, and which topics a priority's words suggest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.params import Measure
from toolkit.params.words import Listed
from toolkit.params.yaml import Params, read_yaml, validate

__all__ = ["CATALOGUE", "CataloguedMeasure", "Topic", "catalogue_topics", "suggest_topics"]

CATALOGUE = Path(__file__).parent / "catalogue"


class _Topic(Params):
    title: str
    words: Listed[str]


class _Topics(Params):
    topics: Mapping[str, _Topic]


@dataclass(frozen=True)
class CataloguedMeasure:
    """A measure of the catalogue and the file that says what it is."""

    measure: Measure
    file: Path


@dataclass(frozen=True)
class Topic:
    """Measures that belong together; ``words`` in a priority's title suggest them for it."""

    id: str
    title: str
    words: tuple[str, ...]
    measures: tuple[CataloguedMeasure, ...]


@cache
def catalogue_topics() -> Mapping[str, Topic]:
    """Topic id → its measures, in the order of topics.yaml and then by id."""
    topics = validate(read_yaml(CATALOGUE / "topics.yaml", CATALOGUE), _Topics).topics
    return {name: Topic(name, topic.title, topic.words, _measures(name)) for name, topic in topics.items()}


def _measures(topic: str) -> tuple[CataloguedMeasure, ...]:
    files = sorted((CATALOGUE / "measures" / topic).glob("*.yaml"))
    return tuple(
        CataloguedMeasure(validate(read_yaml(file, CATALOGUE), Measure, id=file.stem, priority=topic), file)
        for file in files
    )


def suggest_topics(titles: Sequence[str]) -> list[list[str]]:
    """For each title of a priority the topics that its words suggest; each topic goes to the title with most of them.

    Where no title has a word of any topic, all go to the first: a review needs measures.

    >>> suggest_topics(["Preparing for adulthood", "Working with families"])
    [['adulthood'], ['assessments_and_plans', 'annual_reviews', 'families']]
    """
    chosen: list[list[str]] = [[] for _ in titles]
    for topic in catalogue_topics().values():
        matches = [sum(word in title.casefold() for word in topic.words) for title in titles]
        if max(matches, default=0):
            chosen[matches.index(max(matches))].append(topic.id)
    return chosen if any(chosen) else [list(catalogue_topics()), *chosen[1:]]
