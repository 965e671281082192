"""The measures of a return: counts and percentages of every population, for all and by group."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pandas as pd

from toolkit.frames.frame import Frame
from toolkit.params.yaml import read_yaml
from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.cases import cases_of
from toolkit.sources.sen2.populations import POPULATIONS, ReturnInPeriod
from toolkit.sources.sen2.schools import Schools
from toolkit.sources.sen2.window import Window

__all__ = ["ALL", "MEASURED", "Average", "Measured", "Population", "Share", "measure_return", "populations"]

ALL = "all"


class Measured(NamedTuple):
    """One figure of a return."""

    population: Annotated[str, "who is counted: requests, assessments, timeliness …"]
    measure: Annotated[str, "id: the column in which the Department publishes it, or our own"]
    name: Annotated[str, "what it is, in words"]
    unit: Annotated[str, "count, percent or weeks"]
    topic: Annotated[str, "all, age, sex, ethnicity, placement, years, age_at_start or month"]
    group: Annotated[str, "the group; '' for all"]
    numerator: Annotated[float, "the count, or that above the line; NaN for an average"]
    denominator: Annotated[float, "that below the line; NaN for a count"]
    value: Annotated[float, "the count, the percentage (0 to 100) or the average; NaN where nothing is below the line"]
    marker: Annotated[str, "c where hidden, z where nothing is below the line; else ''"]


MEASURED = Frame("measured", Measured, key=("population", "measure", "topic", "group"))


@dataclass(frozen=True)
class Share:
    """A percentage: ``part`` of ``wholes``, the counts that are added up below the line."""

    name: str
    part: str
    wholes: tuple[str, ...]


@dataclass(frozen=True)
class Average:
    """The mean of the weeks of those whom the count ``of`` counts."""

    name: str
    of: str


@dataclass(frozen=True)
class Population:
    """What measures.yaml says of one population."""

    title: str
    topics: tuple[str, ...]
    counts: Mapping[str, str]
    shares: Mapping[str, Share]
    averages: Mapping[str, Average]
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    parts: tuple[tuple[str, str], ...]
    """(whole, part): counts of which one is among the other."""


@cache
def populations() -> Mapping[str, Population]:
    """Name → population, in the order in which they are printed."""
    path = Path(__file__).with_name("measures.yaml")
    data: dict[str, dict[str, Any]] = read_yaml(path, path.parents[3]).data
    return {name: _population(about) for name, about in data.items()}


def _population(about: dict[str, Any]) -> Population:
    shares = {
        name: Share(share["name"], share["part"], tuple(share["whole"].split(" + ")))
        for name, share in about.get("shares", {}).items()
    }
    return Population(
        about["title"],
        tuple(about["topics"]),
        about["counts"],
        shares,
        {name: Average(**average) for name, average in about.get("averages", {}).items()},
        tuple((line["total"], tuple(line["parts"])) for line in about.get("sums", ())),
        tuple((line["total"], part) for line in about.get("parts", ()) for part in line["parts"]),
    )


def measure_return(
    made: Sen2Return,
    window: Window,
    schools: Schools | None = None,
    grouped: bool = True,
    cases: pd.DataFrame | None = None,
    only: Collection[str] = (),
) -> pd.DataFrame:
    """MEASURED: every measure for all and, where ``grouped``, by each group of its topics. Nothing is hidden.

    ``cases`` are counted in place of those of ``made``; ``only`` names the populations, all if none.
    """
    asked = ReturnInPeriod(made, cases_of(made) if cases is None else cases, window, schools or Schools())
    rows = [
        row
        for name, population in populations().items()
        if not only or name in only
        for row in _rows(name, population, POPULATIONS[name](asked), population.topics if grouped else ())
    ]
    return MEASURED.table(rows)


def _rows(name: str, population: Population, events: pd.DataFrame, topics: tuple[str, ...]) -> Iterator[Measured]:
    counts = list(population.counts)
    whole = events[counts].sum()
    yield from _figures(name, population, (ALL, ""), _by_name(whole))
    yield from _averages(name, population, events)
    for topic in topics:
        if topic in events.columns:
            by_group = events.groupby(topic, sort=True)[counts].sum()
            for group in by_group.index:
                yield from _figures(name, population, (topic, str(group)), _by_name(by_group.loc[group]))


def _averages(name: str, population: Population, events: pd.DataFrame) -> Iterator[Measured]:
    """For all only: means of groups would say much about few."""
    for measure_id, average in population.averages.items():
        among = events.loc[events[average.of], "weeks"]
        value, marker = float(among.mean()), "" if among.notna().any() else "z"
        yield Measured(name, measure_id, average.name, "weeks", ALL, "", float("nan"), float(len(among)), value, marker)


def _by_name(counts: pd.Series) -> dict[str, float]:
    return {str(name): float(count) for name, count in counts.items()}


def _figures(
    name: str, population: Population, cell: tuple[str, str], counts: Mapping[str, float]
) -> Iterator[Measured]:
    nothing = float("nan")
    for measure_id, words in population.counts.items():
        count = counts[measure_id]
        yield Measured(name, measure_id, words, "count", *cell, count, nothing, count, "")
    for measure_id, share in population.shares.items():
        part, below = counts[share.part], sum((counts[whole] for whole in share.wholes), 0.0)
        value = 100 * part / below if below else nothing
        yield Measured(name, measure_id, share.name, "percent", *cell, part, below, value, "" if below else "z")
