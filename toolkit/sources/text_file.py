"""Text files in UTF-8, with or without a byte order mark, UTF-16 or Windows-1252; CSV with the line of each row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import islice

from toolkit.errors import InputError, Problem
from toolkit.sources.grid import Grid
from toolkit.sources.reading import OpenedFile

__all__ = ["decode", "read_csv", "remove_unseen"]

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")
_SAVE_AS = "in Excel: File, Save As, 'CSV UTF-8 (comma delimited)'"


def decode(data: bytes, shown: str) -> tuple[str, str]:
    """The text of a file and, where it is not plain UTF-8, a sentence that says what it was read as.

    Invisible characters, such as zero-width spaces, are removed, and counted in the sentence.
    """
    text, note = _decode(data, shown)
    plain = remove_unseen(text)
    left_out = len(text) - len(plain)
    notes = [note, f"{left_out} invisible characters were removed" if left_out else ""]
    return plain, "; ".join(filter(None, notes))


def _decode(data: bytes, shown: str) -> tuple[str, str]:
    if not data.strip():
        raise InputError(Problem(shown, 0, "the file is empty", "restore the whole file"))
    if data.startswith(_UTF_16):
        return _decode_utf_16(data, shown), "read as UTF-16"
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
    raise InputError(Problem(shown, line, what, f"restore the whole file, or save it again; {_SAVE_AS}"))


def _decode_utf_16(data: bytes, shown: str) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError:
        what = "the text is not the UTF-16 that its first bytes say: the file is damaged"
        raise InputError(Problem(shown, 0, what, f"restore the whole file, or save it again; {_SAVE_AS}")) from None


def remove_unseen(text: str) -> str:
    """The text without characters that have no width: they come with copied cells and make equal words differ.

    >>> remove_unseen("\u200bE10000018")
    'E10000018'
    """
    return _UNSEEN.sub("", text)


def _delimiter(text: str) -> str:
    """A comma, unless the first line has none and is divided by tabs or semicolons."""
    first = text.lstrip().partition("\n")[0]
    others = [mark for mark in "\t;" if first.count(mark) > 1]
    return others[0] if others and "," not in first else ","


def read_csv(file: OpenedFile, data: bytes, rows: int | None = None, any_delimiter: bool = False) -> Grid:
    """The file's rows (the first ``rows`` of them) with the line on which each starts, blank ones left out.

    Cells are divided by commas; with ``any_delimiter`` by tabs or semicolons where the first line is.
    """
    text, note = decode(data, file.shown)
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_delimiter(text) if any_delimiter else ","
    )
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
        fix = "close the quotation marks; if the file was cut off, restore the whole file"
        raise InputError(Problem(file.shown, start, what, fix)) from None
    return Grid(file, rows_read, lines, notes=(note,) if note else ())
