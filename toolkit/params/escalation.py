"""Which decisions go to whom: the rules of ``params/governance.yaml``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from toolkit.params.words import Identifier, Listed, Word
from toolkit.params.yaml import Params

__all__ = ["EscalationRule", "OneOrMore", "as_many"]

DecidedChange = Literal[
    "keep", "amend", "close", "merge", "pause", "add", "raise", "lower", "re-base", "retire", "redefine", "reword"
]


def as_many(given: Any) -> Any:
    """A list as a tuple, and one thing as a tuple of it."""
    if isinstance(given, list):
        return tuple(given)
    return given if isinstance(given, tuple) else (given,)


OneOrMore = Annotated[tuple[Word, ...], BeforeValidator(as_many), Field(min_length=1)]
"""One word, or a list of words."""


class When(Params):
    """Which decisions a rule is about: those that fit every condition here."""

    kind: Literal["action", "target", "measure", "priority"] | None = None
    change: Listed[DecidedChange] = ()
    """One of these changes; any, where none is named."""
    touches: Listed[Identifier] = ()
    """One of these fields of an action is changed."""
    statutory: bool | None = None
    """The measure has a legal duty (true) or none (false)."""
    scope: Identifier | None = None
    """The decision says that it touches this; a key of ``scopes``."""


class EscalationRule(Params):
    """A rule: where a decision fits ``when``, this body or one above it takes it."""

    id: Identifier
    when: When
    authority: OneOrMore
    """Id of a body that decides; of several, each must agree."""
    reason: str
    paragraph: Word = ""
    """Of the report that approved the strategy."""
