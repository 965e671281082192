"""Phrase banks: YAML files of templates by key, one file for each audience.

A phrase is a ``str.format`` template, or templates by number: ``zero`` (optional), ``one`` and ``other``, chosen by
the fact ``count``. Sections nest; a key names the way to a phrase: ``target.met``. A phrase that an audience's bank
lacks is taken from the report's, and what a project writes in its own ``params/phrases`` lies over both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, Together, did_you_mean, shown_path
from toolkit.params.defaults import DEFAULTS
from toolkit.params.yaml import YamlDocument, read_yaml
from toolkit.words.phrase import NUMBERS, Phrase, choose_form, facts_of, fault_of, phrases_in
from toolkit.words.signatures import SIGNATURES, Signatures

__all__ = [
    *["AUDIENCES", "FOLDER", "REPORT", "PhraseFile", "Phrases"],
    *["join_and", "lay_over", "phrase_files", "phrases_for", "read_phrases"],
]

FOLDER = Path(__file__).parent / "phrases"
AUDIENCES = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
"""Whom there is a bank for; each is a file of ``phrases``."""


@dataclass(frozen=True)
class PhraseFile:
    """One file of phrases, checked: key → phrase, and the document that knows the line of each."""

    phrases: Mapping[str, Phrase]
    document: YamlDocument


def read_phrases(path: Path, root: Path, signatures: Signatures = SIGNATURES) -> PhraseFile:
    """Read and check one file. An ``InputError`` names every mistake of it, with its line."""
    document = read_yaml(path, root)
    entries = dict(phrases_in(document.data, ()))
    problems = [*document.faults, *_mistakes(entries, signatures, document)]
    if problems:
        raise InputError(problems)
    return PhraseFile({".".join(map(str, at)): phrase for at, phrase in entries.items()}, document)


def _read_still_used(path: Path, root: Path) -> PhraseFile:
    """The phrases of an earlier release that fit the facts of this one."""
    document = read_yaml(path, root)
    entries = dict(phrases_in(document.data, ()))
    fitting = {at: phrase for at, phrase in entries.items() if not any(_mistakes({at: phrase}, SIGNATURES, document))}
    return PhraseFile({".".join(map(str, at)): phrase for at, phrase in fitting.items()}, document)


@dataclass(frozen=True)
class Phrases:
    """The phrase bank of one audience, such as the report: ``phrases/<audience>.yaml``.

    A bank with mistakes is an ``InputError`` when its first phrase is wanted.
    """

    audience: str
    folder: Path = FOLDER
    root: Path = FOLDER.parents[2]
    """The folder that paths in messages start from."""
    signatures: Signatures = field(default_factory=lambda: SIGNATURES)

    def say(self, key: str, /, **facts: object) -> str:
        """The phrase with its facts filled in. A missing phrase is an ``InputError``.

        >>> REPORT.say("numbers.one_in", share="about 98")
        'about 98 in every 100'
        """
        return self.template(key, facts).format(**facts)

    def template(self, key: str, facts: Mapping[str, object]) -> str:
        """The phrase of the bank before its facts are filled in, for a caller that fills in HTML.

        A caller that does not give every fact of the key's signature is a ``TypeError``: any wording may use them.
        """
        phrase = self._phrase(key)
        missing = self.signatures[key] - facts.keys()
        if missing:
            raise TypeError(f"the phrase '{key}' is not given {', '.join(sorted(missing))}")
        return phrase if isinstance(phrase, str) else phrase[choose_form(phrase, facts.get("count"))]

    def _phrase(self, key: str) -> Phrase:
        for file in self._layers():
            if key in file.phrases:
                return file.phrases[key]
        what, fix = f"the phrase '{key}' is missing", did_you_mean(key, self.phrases)
        raise InputError(self._shipped.document.problem((), what, fix))

    def __contains__(self, key: str) -> bool:
        return any(key in file.phrases for file in self._layers())

    @property
    def phrases(self) -> Mapping[str, Phrase]:
        """Key → template, or templates by number."""
        return {key: phrase for file in reversed(list(self._layers())) for key, phrase in file.phrases.items()}

    def _layers(self) -> Iterator[PhraseFile]:
        """Where a phrase is looked for, in this order: the audience's own words before the report's.

        A phrase that a restored project lacks, since it came with a later release, is taken from what is shipped now.
        """
        banks = [self] if self.audience == REPORT.audience else [self, REPORT]
        for bank in banks:
            if bank.audience in _OF_PROJECT:
                yield _OF_PROJECT[bank.audience]
            yield _RESTORED.get(bank.audience) or bank._shipped
        if _RESTORED:
            yield from (bank._shipped for bank in banks)

    @cached_property
    def _shipped(self) -> PhraseFile:
        return read_phrases(self.folder / f"{self.audience}.yaml", self.root, self.signatures)


def _mistakes(entries: Mapping[tuple[str, ...], Any], signatures: Signatures, at: YamlDocument) -> Iterator[Problem]:
    for place, phrase in entries.items():
        key = ".".join(place)
        if key not in signatures:
            yield at.problem(place, f"there is no phrase '{key}'", did_you_mean(key, signatures))
            continue
        forms: Mapping[str, Any] = phrase if isinstance(phrase, dict) else {"": phrase}
        if isinstance(phrase, dict) and "count" not in signatures[key]:
            yield at.problem(place, f"the phrase '{key}' does not depend on a number", "write it as one text")
        for form, text in forms.items():
            where = (*place, form) if form else place
            if form and form not in NUMBERS:
                yield at.problem(where, f"unknown key '{form}'", did_you_mean(form, NUMBERS))
            yield from _mistakes_of_text(text, where, signatures[key], at)


def _mistakes_of_text(text: Any, where: tuple[str, ...], given: Iterable[str], at: YamlDocument) -> Iterator[Problem]:
    if not isinstance(text, str):
        yield at.problem(where, "a phrase is text", "put it in quotes")
    elif (fault := fault_of(text)) is not None:
        yield at.problem(where, f"the phrase cannot be filled in: {fault}", "check its braces")
    else:
        for name in sorted(facts_of(text) - set(given)):
            fix = did_you_mean(name, given) if given else "it has no facts: write it without braces"
            yield at.problem(where, f"there is no fact '{name}' for this phrase", fix)


_OF_PROJECT: dict[str, PhraseFile] = {}
"""Audience → the phrases of the project that is being reviewed in this process."""
_RESTORED: dict[str, PhraseFile] = {}
"""Audience → the shipped phrases of then, in a project that was restored from a lock."""


def lay_over(project: Path) -> None:
    """Lay ``params/phrases/<audience>.yaml`` of a project over the shipped banks, in place of another project's.

    An ``InputError`` names every mistake of every file, and every file that is named after no audience. In a project
    that was restored from a lock, phrases that this release has no use for are passed over.
    """
    _OF_PROJECT.clear()
    _RESTORED.clear()
    steps, files = Together(), {}
    restored = (project / DEFAULTS / "phrases").is_dir()
    read = _read_still_used if restored else read_phrases
    for path in sorted((project / DEFAULTS / "phrases").glob("*.yaml")):
        _RESTORED[path.stem] = read(path, project)
    for path in phrase_files(project):
        with steps.also():
            if path.suffix != ".yaml" or path.stem not in AUDIENCES:
                names = [f"{audience}.yaml" for audience in AUDIENCES]
                what, fix = "there is no phrase bank of this name", did_you_mean(path.name, names)
                raise InputError(Problem(shown_path(path, project), 0, what, fix))
            files[path.stem] = read(path, project)
    steps.tell()
    _OF_PROJECT.update(files)


def phrase_files(project: Path) -> list[Path]:
    """The project's own phrase banks, in order, and whatever else of YAML lies beside them."""
    return sorted((project / "params" / "phrases").glob("*.y*ml"))


REPORT = Phrases("report")
"""The bank of the report: its phrases stand in for those that another audience's bank lacks."""


@cache
def phrases_for(audience: str) -> Phrases:
    """The bank of an audience, read once in a process."""
    return REPORT if audience == REPORT.audience else Phrases(audience)


def join_and(parts: Iterable[str]) -> str:
    """Parts as a list in a sentence.

    >>> join_and(["missed", "worse", "not met"])
    'missed, worse and not met'
    """
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last
