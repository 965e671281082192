"""Text files as they come: UTF-8, with or without a byte order mark, or Windows-1252; CSV with the line of each row."""

from __future__ import annotations

import codecs
import csv
import io
from itertools import islice

from toolkit.errors import InputError, Problem
from toolkit.sources.grid import Grid
from toolkit.sources.reading import OpenedFile

__all__ = ["decode", "read_csv"]

_SAVE_AS = "in Excel: File, Save As, 'CSV UTF-8 (comma delimited)'"


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text of a file and, where it is not plain UTF-8, a sentence that says what it was read as."""
    if not data.strip():
        raise InputError(Problem(shown, 0, "the file is empty", "put the whole file back"))
    if b"\0" in data:
        raise InputError(Problem(shown, 0, "this is not a text file", f"save it as CSV; {_SAVE_AS}"))
    body = data.removeprefix(codecs.BOM_UTF8)
    marked = body != data
    try:
        return body.decode("utf-8"), "read as UTF-8 with a byte order mark" if marked else ""
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
    try:
        return body.decode("utf-8" if marked else "cp1252"), f"not UTF-8 (line {line}), so read as Windows-1252"
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
    what = "the text is neither UTF-8 nor Windows-1252: the file is damaged"
    raise InputError(Problem(shown, line, what, f"put the whole file back, or save it again; {_SAVE_AS}"))


def read_csv(file: OpenedFile, data: bytes, rows: int | None = None) -> Grid:
    """The file's rows (the first ``rows`` of them) with the line on which each starts, blank ones left out."""
    text, note = decode(data, file.shown)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows_read: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in islice(reader, rows):
            if row:
                rows_read.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        what = f"the row that starts here cannot be read: {error}"
        fix = "close the quotation marks; if the file was cut off, put the whole file back"
        raise InputError(Problem(file.shown, start, what, fix)) from None
    return Grid(file, rows_read, lines, notes=(note,) if note else ())
