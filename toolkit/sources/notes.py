"""Notes for the report on how files were read: encodings, hidden rows and sheets, rows that are left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from toolkit.errors import Problem
from toolkit.sources.ees import WideSource
from toolkit.sources.ees_meta import META
from toolkit.sources.footer import note_on_footer
from toolkit.sources.opening import is_workbook, open_grid, open_source
from toolkit.sources.reading import OpenedFile
from toolkit.sources.records import RecordsSource
from toolkit.sources.source import Source
from toolkit.sources.text_file import decode
from toolkit.sources.workbook import read_sheets

__all__ = ["file_notes"]


def file_notes(project: Path, source: Source, cut_off: date) -> list[Problem]:
    """Notes about how files were read, none of them a fault: file and sentence, such as "read as Windows-1252"."""
    reading = open_source(project, source, cut_off)
    files = reading.files if reading else ()
    notes = [Problem(file.shown, 0, note) for file in files for note in _notes(file, source.reader == "work_plan")]
    return notes + [Problem(file.shown, 0, note) for file in files if (note := _note_on_rows(source, file))]


def _note_on_rows(source: Source, file: OpenedFile) -> str:
    """Which rows of the table are not read."""
    if isinstance(source, RecordsSource):
        return note_on_footer(open_grid(file, source.table.sheet), source.table.header_row)
    if isinstance(source, WideSource) and not file.name.endswith(META):
        return source.note_on_filters(file)
    return ""


def _notes(file: OpenedFile, formulas: bool) -> Iterator[str]:
    data = file.path.read_bytes()
    if is_workbook(data):
        yield from (note for grid in read_sheets(file, data, formulas=formulas) for note in grid.notes)
    elif not data.startswith(b"PAR1") and (note := decode(data, file.shown)[1]):
        yield note
