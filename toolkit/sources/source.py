"""The model of ``source.yaml``: publisher, reader, and editions of a source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Annotated, Self

import pandas as pd
from pydantic import Field, model_validator

from toolkit.errors import Problem, did_you_mean
from toolkit.params.words import Day, Identifier, Listed, PeriodBasis, Word
from toolkit.params.yaml import Params, YamlDocument
from toolkit.sources.markers import SYMBOLS, Marker
from toolkit.sources.periods import Period, parse_period
from toolkit.sources.reading import Reading

__all__ = ["DataFile", "Edition", "ObservedSource", "Reference", "Source", "reserved_names"]

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Reference = tuple[tuple[str | int, ...], str, Iterable[str]]


class DataFile(Params):
    """A file of an edition: its path from the source's folder, and the hash of the bytes that were recorded."""

    file: str
    sha256: Sha256


class Edition(Params):
    """One issue of the source, public from ``published`` on: a single ``file``, or ``files`` that belong together."""

    edition: Word
    published: Day
    file: str = ""
    sha256: Sha256 | None = None
    files: Listed[DataFile] = ()
    redefines: Mapping[Word, str] = Field(default_factory=dict)
    """Items that this edition counts differently from those before, and how: the difference is not a revision."""

    @model_validator(mode="after")
    def _one_way_of_naming_files(self) -> Self:
        if bool(self.file) == bool(self.files) or bool(self.file) != bool(self.sha256):
            raise ValueError("give either 'file' and its 'sha256', or 'files', a list of them")
        return self

    @property
    def parts(self) -> tuple[DataFile, ...]:
        """The files of the edition, however they were named."""
        return self.files or (DataFile(file=self.file, sha256=self.sha256 or ""),)


class Source(Params):
    """What the readers have in common. ``id`` is the folder's name, ``folder`` its path in the project."""

    id: Identifier
    folder: str
    reader: str
    title: str
    publisher: str
    licence: str
    attribution: str = ""
    """The sentence that the licence asks for wherever the figures go."""
    owner: str
    """Role that can put a fault right."""
    editions: Annotated[Listed[Edition], Field(min_length=1)]
    person_level: bool = False
    """Rows are people: no example of a row leaves the project."""
    person_level_reason: str = ""
    """Why no row of a source of rows is about one person, where ``person_level`` is false."""
    illustrative: bool = False
    """The figures are made up for a demonstration."""
    note: str = ""
    basis: PeriodBasis | None = None
    """Basis of the periods, where the file does not say it."""
    symbols: Mapping[Word, Marker] = Field(default_factory=dict)
    """What a symbol means in this source, where that differs from ``markers.SYMBOLS``; "" is an empty cell."""
    rename: Mapping[str, str] = Field(default_factory=dict)
    """Headers of older or newer editions → the header that the rest of this file uses."""
    names: Mapping[str, Word | None] = Field(default_factory=dict)
    """Names as the file writes them → name or code of the area that is meant, whatever code the row has;
    null where the row is not one of our areas, and is left out."""

    @property
    def file(self) -> str:
        """The source.yaml itself, as messages name it."""
        return f"{self.folder}/source.yaml"

    @property
    def is_local(self) -> bool:
        """Whether it is the authority's own, and no publisher's."""
        return self.folder.startswith("data/local/")

    @property
    def meanings(self) -> Mapping[str, Marker]:
        """Every symbol that this source may use, in lower case, with what it means here."""
        return {**self.usual_symbols, **{symbol.casefold(): marker for symbol, marker in self.symbols.items()}}

    @property
    def usual_symbols(self) -> Mapping[str, Marker]:
        """What symbols mean where ``symbols`` says nothing."""
        return SYMBOLS

    def period(self, written: str, basis: str) -> Period:
        """The period that a cell means; a text that is not a period of its basis is a ``Fault``."""
        return parse_period(written, basis)

    @property
    def rows_are_dated(self) -> bool:
        """Whether the rows themselves say when they were known, so that a later edition can serve an earlier day."""
        return False

    def references(self) -> Iterator[Reference]:
        """Words in this file that must be in a list: where each stands, the word, and the list."""
        yield from ()

    def check(self, document: YamlDocument) -> Iterator[Problem]:
        """The problems that pydantic cannot see, each at its line."""
        for at, word, words in self.references():
            if word not in words:
                yield document.problem(at, f"there is no '{word}' here", did_you_mean(word, words))
        seen: set[str] = set()
        for place, edition in enumerate(self.editions):
            if edition.edition in seen:
                what = f"the edition '{edition.edition}' appears twice"
                yield document.problem(("editions", place), what, "give each its own name")
            seen.add(edition.edition)


def reserved_names(document: YamlDocument, columns: Iterable[str], reserved: Collection[str]) -> Iterator[Problem]:
    """A problem for each of a source's ``columns`` whose name we use ourselves."""
    for name in columns:
        if name in reserved:
            what = f"'{name}' is a reserved name"
            yield document.problem(("columns", name), what, "give the column another name")


class ObservedSource(Source):
    """A source whose rows become observations. A reader is a subclass: it says what is in a file, and reads it."""

    def available(self, reading: Reading) -> list[str]:
        """Every item that the files hold, as a measure may name it."""
        raise NotImplementedError

    def cells(self, reading: Reading, wanted: frozenset[str]) -> pd.DataFrame:
        """The wanted items as CELLS (see ``cells``): texts as written, with the place of each."""
        raise NotImplementedError
