"""The codebook: which words in a free-text comment speak of which theme (``codebook.yaml`` of the strategy)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from toolkit.errors import Problem, did_you_mean
from toolkit.params.words import Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

if TYPE_CHECKING:
    from toolkit.params.project import Project

__all__ = ["Codebook", "Theme", "load_codebook"]


class Theme(Params):
    """One theme. A comment speaks of it where any of its words stands in it as a whole word, in any case."""

    id: Identifier
    name: str
    """What tables call it."""
    priority: Word
    """The priority or part of the strategy that it belongs to."""
    words: Listed[Word] = Field(min_length=1)
    """Words and phrases; a star at the end of one ("anxi*") lets any letters follow."""

    @field_validator("words")
    @classmethod
    def _said_once(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        plain = [" ".join(word.split()).casefold() for word in words]
        for word in plain:
            if not word.rstrip("*") or "*" in word[:-1]:
                raise ValueError(f"'{word}' is not a word; a star may only be at the end")
            if plain.count(word) > 1:
                raise ValueError(f"the word '{word}' appears twice")
        return words


class Codebook(Params):
    """``codebook.yaml`` beside strategy.yaml: the themes by which comments are counted.

    Comments are never shown, only counted.
    """

    themes: Listed[Theme] = Field(min_length=1)
    """In the order in which tables show them; a comment may speak of several."""
    note: str = ""
    """What a reader must know about it."""
    illustrative: bool = False
    """Made up for a demonstration."""


def load_codebook(project: Project) -> Codebook | None:
    """The codebook of the strategy, for the priorities in force; None where there is no such file."""
    path = project.strategy_folder / "codebook.yaml"
    if not path.exists():
        return None
    codebook = validate(read_yaml(path, project.folder), Codebook, partial(_problems, project=project))
    known = {part.id for part in project.strategy.reviewed_parts()}
    themes = tuple(theme for theme in codebook.themes if theme.priority in known)
    return codebook.model_copy(update={"themes": themes})


def _problems(codebook: Codebook, document: YamlDocument, project: Project) -> Iterator[Problem]:
    priorities, seen = [part.id for part in project.written.reviewed_parts()], set[str]()
    for place, theme in enumerate(codebook.themes):
        at = ("themes", place)
        if theme.priority not in priorities:
            what = f"'{theme.priority}' is not a priority of the strategy"
            yield document.problem((*at, "priority"), what, did_you_mean(theme.priority, priorities))
        if theme.id in seen:
            yield document.problem((*at, "id"), f"the theme '{theme.id}' appears twice", "give each its own id")
        seen.add(theme.id)
