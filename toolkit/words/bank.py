"""Phrase banks: YAML files of templates by key, one file for each audience.

A phrase is a ``str.format`` template, or templates by number: ``zero`` (optional), ``one`` and ``other``, chosen by
the fact ``count``. Sections nest; a key names the way to a phrase: ``target.met``. A phrase that an audience's bank
lacks is taken from the report's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.yaml import YamlDocument, read_yaml

__all__ = ["FOLDER", "REPORT", "Phrases", "join_and"]

FOLDER = Path(__file__).parent / "phrases"
NUMBERS = ("zero", "one", "other")
"""Keys of a phrase that depends on ``count``."""

Phrase = str | Mapping[str, str]
At = tuple[str | int, ...]


@dataclass(frozen=True)
class Phrases:
    """The phrase bank of one audience, such as the report: ``phrases/<audience>.yaml``.

    A bank with mistakes is an ``InputError`` when its first phrase is wanted: every mistake, with its line.
    """

    audience: str
    folder: Path = FOLDER
    root: Path = FOLDER.parents[2]
    """The folder that paths in messages start from."""

    def say(self, key: str, /, **facts: object) -> str:
        """The phrase with its facts filled in. A missing phrase or an unknown fact is an ``InputError`` with its line.

        >>> REPORT.say("numbers.one_in", share="about 98")
        'about 98 in every 100'
        """
        return self.template(key, facts).format(**facts)

    def template(self, key: str, facts: Mapping[str, object]) -> str:
        """The phrase of the bank before its facts are filled in, for a caller that fills in HTML."""
        if key not in self.phrases:
            fix = did_you_mean(key, self.phrases)
            raise InputError(self._document.problem((), f"the phrase '{key}' is missing", fix))
        phrase = self.phrases[key]
        text = phrase if isinstance(phrase, str) else phrase[_number_form(phrase, facts.get("count"))]
        unknown = sorted(facts_of(text) - facts.keys())
        if unknown:
            document = self._document if key in self._own else REPORT._document
            what = f"there is no fact '{unknown[0]}' for the phrase '{key}'"
            raise InputError(document.problem(tuple(key.split(".")), what, did_you_mean(unknown[0], facts)))
        return text

    def __contains__(self, key: str) -> bool:
        return key in self.phrases

    @cached_property
    def phrases(self) -> Mapping[str, Phrase]:
        """Key → template, or templates by number."""
        return {**(REPORT.phrases if self.audience != REPORT.audience else {}), **self._own}

    @cached_property
    def _document(self) -> YamlDocument:
        return read_yaml(self.folder / f"{self.audience}.yaml", self.root)

    @cached_property
    def _own(self) -> Mapping[str, Phrase]:
        document = self._document
        found = dict(_phrases_in(document.data, ()))
        problems = [*document.faults, *_mistakes(found, document)]
        if self.audience != REPORT.audience:
            problems += _unknown_facts(found, REPORT.phrases, document)
        if problems:
            raise InputError(problems)
        return {".".join(map(str, at)): phrase for at, phrase in found.items()}


def _number_form(phrase: Mapping[str, str], count: Any) -> str:
    if count == 0 and "zero" in phrase:
        return "zero"
    return "one" if count == 1 and "one" in phrase else "other"


def _phrases_in(node: Any, at: At) -> Iterator[tuple[At, Any]]:
    """(place, phrase) of every phrase; a mapping with a key ``other`` is one phrase."""
    if isinstance(node, dict) and "other" not in node:
        for key, inner in node.items():
            yield from _phrases_in(inner, (*at, str(key)))
    else:
        yield at, node


def _mistakes(found: Mapping[At, Any], document: YamlDocument) -> Iterator[Problem]:
    for at, phrase in found.items():
        forms = phrase if isinstance(phrase, dict) else {"other": phrase}
        for form in forms:
            if form not in NUMBERS:
                yield document.problem((*at, form), f"unknown key '{form}'", did_you_mean(form, NUMBERS))
        for form, text in forms.items():
            place = (*at, form) if isinstance(phrase, dict) else at
            if not isinstance(text, str):
                yield document.problem(place, "a phrase is text", "put it in quotes")
            elif (fault := _malformed(text)) is not None:
                yield document.problem(place, f"the phrase cannot be filled in: {fault}", "check its braces")


def _malformed(text: str) -> str | None:
    try:
        facts_of(text)
    except ValueError as error:
        return str(error)
    return None


def facts_of(phrase: Phrase) -> set[str]:
    """Names of the facts that a phrase uses.

    >>> sorted(facts_of("the target of {aim} by {by}"))
    ['aim', 'by']
    """
    texts: Iterable[str] = [phrase] if isinstance(phrase, str) else phrase.values()
    return {name.split(".")[0] for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def _unknown_facts(found: Mapping[At, Any], report: Mapping[str, Phrase], document: YamlDocument) -> Iterator[Problem]:
    """A phrase of another audience can use the facts that the report's phrase of the same key uses."""
    for at, phrase in found.items():
        key = ".".join(map(str, at))
        if key in report and isinstance(phrase, str | dict):
            known = facts_of(report[key]) | {"count"}
            for name in sorted(facts_of(phrase) - known):
                yield document.problem(at, f"there is no fact '{name}' for this phrase", did_you_mean(name, known))


REPORT = Phrases("report")
"""The bank of the report: its phrases stand in for those that another audience's bank lacks."""


def join_and(parts: Iterable[str]) -> str:
    """Parts as a list in a sentence.

    >>> join_and(["off track", "worse", "not met"])
    'off track, worse and not met'
    """
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last
