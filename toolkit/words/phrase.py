"""One phrase: a template, or templates by number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter
from typing import Any

__all__ = ["NUMBERS", "Phrase", "choose_form", "facts_of", "fault_of", "phrases_in"]

NUMBERS = ("zero", "one", "other")
"""Keys of a phrase that depends on ``count``."""

Phrase = str | Mapping[str, str]


def phrases_in(node: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(place, phrase) of every phrase; a mapping with a key ``other`` is one phrase."""
    if isinstance(node, dict) and "other" not in node:
        for key, inner in node.items():
            yield from phrases_in(inner, (*at, str(key)))
    else:
        yield at, node


def choose_form(phrase: Mapping[str, str], count: Any) -> str:
    """The form of a phrase for a number.

    >>> choose_form({"one": "1 day", "other": "{count} days"}, 0)
    'other'
    """
    if count == 0 and "zero" in phrase:
        return "zero"
    return "one" if count == 1 and "one" in phrase else "other"


def facts_of(phrase: Phrase) -> set[str]:
    """Names of the facts that a phrase uses.

    >>> sorted(facts_of("the target of {aim} by {by}"))
    ['aim', 'by']
    """
    texts: Iterable[str] = [phrase] if isinstance(phrase, str) else phrase.values()
    return {name.split(".")[0] for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def fault_of(text: str) -> str | None:
    """Why a template cannot be filled in; None where it can."""
    try:
        facts_of(text)
    except ValueError as error:
        return str(error)
    return None
