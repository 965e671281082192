"""Who signs a review, in which order: the states of a sign-off in ``params/governance.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from toolkit.params.escalation import OneOrMore, as_many
from toolkit.params.yaml import Params

__all__ = ["DRAFT", "SignOffState", "in_place", "states_after"]

DRAFT = "draft"
"""The state in which every review begins; nobody signs for it."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class SignOffState(Params):
    """A state of a review, and whose signature gives it."""

    state: Name
    by: OneOrMore
    """Ids of the bodies that may give it: one of them signs."""
    after: Annotated[tuple[Name, ...], BeforeValidator(as_many)] = ()
    """The states that it may follow; not given: the one before it in the list, the first: a draft."""
    unless_escalated: bool = False
    """Whether it is closed where a decision of the review is put to the body that signs: to note is not to agree."""
    in_any_order: bool = False
    """Whether it and those beside it in the list that say so too come in any order; what follows waits for all."""


def in_place(states: Iterable[SignOffState]) -> tuple[SignOffState, ...]:
    """The states with ``after`` written out: those in any order come after what stands before them all."""
    placed: list[SignOffState] = []
    before: tuple[str, ...] = (DRAFT,)
    beside: list[str] = []
    for one in states:
        if not one.in_any_order and beside:
            before, beside = tuple(beside), []
        placed.append(one if one.after else one.model_copy(update={"after": before}))
        if one.in_any_order:
            beside.append(one.state)
        else:
            before = (one.state,)
    return tuple(placed)


def states_after(states: Iterable[SignOffState], given: str | Sequence[str], body: str = "") -> list[SignOffState]:
    """What may follow the states ``given`` so far (the last alone where they are in order), by one body or by any."""
    placed, so_far = in_place(states), [given] if isinstance(given, str) else [*given]
    last = so_far[-1] if so_far else DRAFT
    beside = next((group for group in _groups(placed) if last in group), ())
    missing = [state for state in beside if state not in so_far]
    if missing:
        following = [one for one in placed if one.state in missing]
    else:
        following = [one for one in placed if last in one.after]
    return [one for one in following if not body or body in one.by]


def _groups(states: Iterable[SignOffState]) -> Iterable[tuple[str, ...]]:
    """The states that come in any order, those that stand beside each other together."""
    for in_any_order, group in groupby(states, lambda one: one.in_any_order):
        if in_any_order:
            yield tuple(one.state for one in group)
