"""Who signs a review, in which order: the states of a sign-off in ``params/governance.yaml``."""

from __future__ import annotations

from collections.abc import Iterable
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


def in_place(states: Iterable[SignOffState]) -> tuple[SignOffState, ...]:
    """The states with ``after`` written out."""
    placed: list[SignOffState] = []
    for one in states:
        before = placed[-1].state if placed else DRAFT
        placed.append(one if one.after else one.model_copy(update={"after": (before,)}))
    return tuple(placed)


def states_after(states: Iterable[SignOffState], state: str, body: str = "") -> list[SignOffState]:
    """What may follow a state, by the signature of one body or of any."""
    return [one for one in in_place(states) if state in one.after and (not body or body in one.by)]
