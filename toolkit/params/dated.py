"""What is in force for a part of a strategy's term only: since when, until when, and what decided it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TypeVar

from toolkit.errors import Problem
from toolkit.params.words import Day, Identifier, Word
from toolkit.params.yaml import Params, YamlDocument
from toolkit.params.yaml_file import KeyPath

__all__ = ["Dated", "in_force", "problems_of_dates", "repeated_ids"]


class Dated(Params):
    """A mid-term change is a version with days and its decision; what was in force before stays as it was."""

    since: Day | None = None
    """First day on which it is in force. Default: that of the strategy."""
    until: Day | None = None
    """Last day on which it is in force. Default: none."""
    decision: Word = ""
    """What decided that it begins or ends: an id of decisions.yaml, or the body and the day. Goes with the days."""

    def is_in_force(self, on: date) -> bool:
        return (self.since or date.min) <= on <= (self.until or date.max)


class DatedItem(Dated):
    """One with an id of its own; versions that follow each other share it."""

    id: Identifier


Item = TypeVar("Item", bound=Dated)


def in_force(items: Iterable[Item], on: date) -> tuple[Item, ...]:
    """The items that are in force on a day."""
    return tuple(item for item in items if item.is_in_force(on))


def problems_of_dates(item: Dated, begins: date, document: YamlDocument, at: KeyPath = ()) -> Iterator[Problem]:
    """Days that cannot be, or that no decision stands behind; ``begins`` is the first day of the strategy."""
    if item.since and item.until and item.until < item.since:
        yield document.problem((*at, "until"), f"it ends on {item.until}, before it begins", "correct the days")
    if item.since and item.since < begins:
        what = f"{item.since} is before the strategy begins, {begins}"
        yield document.problem((*at, "since"), what, "correct the day, or leave it out")
    if (item.since or item.until) and not item.decision:
        key = "since" if item.since else "until"
        fix = "write decision: with its id, or the body and the day"
        yield document.problem((*at, key), f"'{key}' without the decision behind it", fix)


def repeated_ids(items: Sequence[DatedItem], what: str, document: YamlDocument, key: str) -> Iterator[Problem]:
    """Ids that two items have on one and the same day."""
    for one, other in combinations(items, 2):
        if one.id != other.id:
            continue
        first = max(one.since or date.min, other.since or date.min)
        if one.is_in_force(first) and other.is_in_force(first):
            fix = "give each its own id, or give one an until: and the other a later since:"
            yield document.problem((key,), f"the {what} id '{one.id}' appears twice", fix)
            return
