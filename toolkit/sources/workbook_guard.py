"""Inspects an XLSX file before it is opened: is it locked, damaged, or so large that it would stop the machine?"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile

from toolkit.errors import InputError, Problem

__all__ = ["formulas_as_text", "refuse_unsafe_workbook"]

MOST_BYTES = 200_000_000
"""Uncompressed size from which a workbook is refused."""
MOST_CELLS = 3_000_000
"""Rows × columns up to a sheet's last cell from which it is refused."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="[A-Z]+[0-9]+:([A-Z]{1,3})([0-9]{1,7})"')
_NOT_CALCULATED = re.compile(
    rb'<((?:\w+:)?)c (?![^>]*t="str")([^>]*?r="([A-Z]+[0-9]+)"[^>]*)>'  # a cell that is not an empty text
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)"  # with a formula
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"  # and no value
)


def refuse_unsafe_workbook(data: bytes, shown: str, formulas: bool = False) -> None:
    """Raise an ``InputError`` that lists everything that prevents reading the workbook; otherwise return.

    ``formulas``: those without a stored result are allowed.
    """
    if data.startswith(_OLE):
        what = "the workbook is locked with a password"
        fix = "open it in Excel, remove the password (File, Info, Protect Workbook), and save it again"
        raise InputError(Problem(shown, 0, what, fix))
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > MOST_BYTES:
                what = f"the workbook unpacks to {size / 1e6:,.0f} MB, more than the {MOST_BYTES / 1e6:,.0f} MB allowed"
                raise InputError(Problem(shown, 0, what, "save only the sheets that are needed in a new workbook"))
            parts = [(name, archive.read(name)) for name in archive.namelist() if name.endswith(".xml")]
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        what = "the workbook is damaged or cut off"
        raise InputError(Problem(shown, 0, what, "restore the whole file, or save it again in Excel")) from None
    problems = [p for name, part in parts for p in _unsafe(name, part, shown, formulas)]
    if problems:
        raise InputError(problems)


def _unsafe(name: str, part: bytes, shown: str, formulas: bool) -> Iterator[Problem]:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        yield Problem(shown, 0, f"{name} holds a document type definition", "save the workbook again in Excel")
    if "worksheets/" not in name:
        return
    corners = [*_CELL.findall(part), *_MERGED.findall(part)]
    rows, columns = max((int(row) for _, row in corners), default=0), max((_number(c) for c, _ in corners), default=0)
    if rows * columns > MOST_CELLS:
        what = f"{name.rsplit('/', 1)[-1]} reaches to row {rows:,}, column {columns:,}"
        yield Problem(shown, 0, what, "delete the empty rows below and columns beside the table, and save")
    for cell in [] if formulas else _NOT_CALCULATED.findall(part)[:5]:
        what = f"the formula in cell {cell[2].decode()} of {name.rsplit('/', 1)[-1]} has no stored result"
        yield Problem(shown, 0, what, "open the workbook in Excel and save it, so that results are stored")


def formulas_as_text(data: bytes) -> bytes:
    """The workbook with each formula that has no stored result as the text that was typed: "=EDATE(E5,6)"."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(out, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            is_sheet = "worksheets/" in entry.filename and entry.filename.endswith(".xml")
            new.writestr(entry, _NOT_CALCULATED.sub(_as_inline_text, part) if is_sheet else part)
    return out.getvalue()


def _as_inline_text(cell: re.Match[bytes]) -> bytes:
    """A cell that holds its formula as text; one that shares the formula of another cell says so."""
    prefix, about, _, formula = cell.groups()
    about = re.sub(rb' t="\w*"', b"", about)
    x = prefix
    text = b"=" + (formula or b"as in the cell above")
    return b'<%sc %s t="inlineStr"><%sis><%st>%s</%st></%sis></%sc>' % (x, about, x, x, text, x, x, x)


def _number(letters: bytes) -> int:
    """Column number of its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
