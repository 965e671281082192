"""What a strategy takes over from the one before it: nothing old is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from toolkit.errors import Problem, did_you_mean
from toolkit.params.words import Identifier, Word
from toolkit.params.yaml import Params, YamlDocument

if TYPE_CHECKING:
    from toolkit.params.measures import Measure
    from toolkit.params.strategy import Strategy

__all__ = ["ENDED", "ActionCarried", "Succession", "problems_of_succession"]

ENDED = "ended"
"""Stands for the new id of what does not go on."""


class ActionCarried(Params):
    """What becomes of an action of the last work plan: one of ``becomes``, ``closed`` and ``merged``."""

    becomes: Word = ""
    """Its id in the new work plan."""
    closed: Literal["achieved", "embedded", "superseded"] | None = None
    """Why it ends."""
    merged: Word = ""
    """The action of the new work plan that takes it in."""
    decision: Word = ""
    """What decided that it is closed or merged: the body and the day."""

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(map(bool, (self.becomes, self.closed, self.merged))) != 1:
            raise ValueError("give one of 'becomes', 'closed' and 'merged'")
        if bool(self.decision) == bool(self.becomes):
            raise ValueError("'decision' goes with 'closed' and 'merged'; say what decided it")
        return self


class Succession(Params):
    """Old id → new id, or ``ended``. A measure that keeps its id need not be named."""

    strategy: Word
    """Id of the strategy that it succeeds: the name of its folder."""
    priorities: Mapping[Word, Word] = Field(default_factory=dict)
    """Each priority or part that was reviewed by itself."""
    workstreams: Mapping[Word, Word] = Field(default_factory=dict)
    measures: Mapping[Identifier, Word] = Field(default_factory=dict)
    """A measure that goes on keeps its history."""
    actions: Mapping[Word, ActionCarried] = Field(default_factory=dict)
    """Each action of the last work plan that was not finished, closed or merged by then."""

    def measure_now(self, old: str) -> str:
        """Id of the measure that goes on; its own where it is not named, "" where it ended."""
        return _now(self.measures, old)

    def priority_now(self, old: str) -> str:
        return _now(self.priorities, old)

    def workstream_now(self, old: str) -> str:
        return _now(self.workstreams, old)

    def action_now(self, old: str) -> str:
        """Id of the action in the new plan; its own where it does not become another."""
        carried = self.actions.get(old)
        return carried.becomes if carried and carried.becomes else old

    def add_next(self, other: Succession) -> Succession:
        """This succession and the one after it in one step."""
        joined = {
            key: _follow(getattr(self, key), getattr(other, key)) for key in ("priorities", "workstreams", "measures")
        }
        actions = {name: other.actions.get(c.becomes, c) if c.becomes else c for name, c in self.actions.items()}
        return self.model_copy(update={**joined, "actions": actions})


def _follow(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Old → newest name; a name that only the second has kept its own in the first."""
    unchanged = {name: now for name, now in second.items() if name not in first.values() and name not in first}
    return {name: second.get(now, now) for name, now in first.items()} | unchanged


def _now(names: Mapping[str, str], old: str) -> str:
    new = names.get(old, old)
    return "" if new == ENDED else new


def problems_of_succession(
    old: tuple[Strategy, Mapping[str, Measure]], new: tuple[Strategy, Mapping[str, Measure]], document: YamlDocument
) -> Iterator[Problem]:
    """What a succession names that there is not, loses, or gives to two; ``document`` is the new strategy.yaml.

    ``old`` is the strategy as it was on its last day, with its measures.
    """
    succession = new[0].succeeds
    assert succession is not None
    (before, old_measures), (after, new_measures) = old, new
    parts = [part.id for part in before.reviewed_parts()], [part.id for part in after.reviewed_parts()]
    streams = [stream.id for stream in before.workstreams], [stream.id for stream in after.workstreams]
    yield from _problems_of_names("priority", "priorities", succession.priorities, parts, document)
    yield from _problems_of_names("workstream", "workstreams", succession.workstreams, streams, document)
    going_on = [m.id for m in old_measures.values() if m.status == "active" and not m.until]
    named = {name: name for name in going_on if name in new_measures} | dict(succession.measures)
    ids = list(old_measures), list(new_measures)
    yield from _find_unknown("measure", "measures", named, ids, document)
    yield from _find_lost("measure", "measures", named, going_on, document)
    for name, times in Counter(new for new in named.values() if new != ENDED).items():
        if times > 1:
            what = f"{times} measures become '{name}', but a measure can have only one history"
            yield document.problem(("succeeds", "measures"), what, "continue one and end the others")
    for name, now in named.items():
        yield from _problems_of_counting(old_measures.get(name), new_measures.get(now), document)


def _problems_of_names(
    what: str, key: str, names: Mapping[str, str], ids: tuple[list[str], list[str]], document: YamlDocument
) -> Iterator[Problem]:
    yield from _find_unknown(what, key, names, ids, document)
    yield from _find_lost(what, key, names, ids[0], document)


def _find_unknown(
    what: str, key: str, names: Mapping[str, str], ids: tuple[list[str], list[str]], document: YamlDocument
) -> Iterator[Problem]:
    """Names that the one strategy or the other does not have, and an ended id that is used again."""
    old, new = ids
    for name, now in names.items():
        at = ("succeeds", key, name)
        if name not in old:
            fix = did_you_mean(name, old)
            yield document.problem(at, f"the strategy before has no {what} '{name}'", fix)
        elif now != ENDED and now not in new:
            yield document.problem(at, f"there is no {what} '{now}' here", did_you_mean(now, [*new, ENDED]))
        elif now == ENDED and name in new:
            fix = "continue it, or give the new one its own id"
            yield document.problem(at, f"the {what} '{name}' ended, and there is another of this id", fix)


def _find_lost(
    what: str, key: str, names: Mapping[str, str], old: Collection[str], document: YamlDocument
) -> Iterator[Problem]:
    for name in old:
        if name not in names:
            fix = f"write {name}: {ENDED}, or the id that it has here"
            message = f"the {what} '{name}' of the strategy before neither continues nor ends"
            yield document.problem(("succeeds", key), message, fix)


def _problems_of_counting(old: Measure | None, new: Measure | None, document: YamlDocument) -> Iterator[Problem]:
    """One series cannot have two units or two kinds of period, and a reader must know where its figures change."""
    if old and new and (old.unit, old.basis) != (new.unit, new.basis):
        what = f"'{old.id}' was a {old.unit} by {old.basis}, and '{new.id}' is a {new.unit} by {new.basis}"
        at = ("succeeds", "measures", old.id)
        yield document.problem(at, what, f"write {old.id}: {ENDED}, and give the new one its own id")
    elif old and new and _list_figures(old) != _list_figures(new) and not new.breaks:
        what = f"'{new.id}' is worked out from other figures than '{old.id}', but its file names no break"
        fix = "write breaks: [{from: …, reason: …}] in its file, or end the old one"
        yield document.problem(("succeeds", "measures", old.id), what, fix)


def _list_figures(measure: Measure) -> tuple[object, ...]:
    """What a measure is worked out from."""
    items = measure.value, measure.numerator_items, measure.denominator_items
    return measure.source, *items, measure.denominator_basis, measure.breakdown
