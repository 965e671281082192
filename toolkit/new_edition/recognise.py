"""Which source a file is an edition of: the one whose reader takes it and finds all that the project reads from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.evidence import ReviewInputs, items_to_read
from toolkit.new_edition.files import FilesToAdd
from toolkit.sources import Reading, Source, check_readable

__all__ = ["find_source"]


def find_source(inputs: ReviewInputs, offered: FilesToAdd, named: str) -> Source:
    """The source that is ``named``, or the only one whose editions look like the file.

    An ``InputError`` says what is near where none or several do.
    """
    shown = offered.shown[0]
    if named:
        if named not in inputs.sources:
            fix = did_you_mean(named, inputs.sources)
            raise InputError(Problem("--source", 0, f"there is no source '{named}'", fix))
        return inputs.sources[named]
    readers = list(_find_readers(inputs, offered))
    if len(readers) == 1:
        return readers[0]
    if readers:
        names = ", ".join(source.id for source in readers)
        raise InputError(Problem(shown, 0, f"several sources could read this file: {names}", "name one with --source"))
    what = "no source of this project can read this file"
    fix = "name the one it should be with --source to see what is in the way; --propose ID begins a new one"
    raise InputError(Problem(shown, 0, what, fix))


def _find_readers(inputs: ReviewInputs, offered: FilesToAdd) -> Iterator[Source]:
    reading = Reading("", date.max, offered.opened_files, date.max, inputs.authority.code)
    wanted = items_to_read(inputs)
    for name, source in inputs.sources.items():
        try:
            check_readable(source, reading, frozenset(wanted.get(name, ())), inputs.areas)
        except InputError:
            continue  # another source's file, most likely: with --source the reader says what is wrong
        yield source
