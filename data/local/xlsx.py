"""Workbooks that come out the same byte for byte: no clock, no author, entries sorted and not compressed."""

from __future__ import annotations

import io
import os
import re
import zipfile

# Before openpyxl is imported, and it is imported here alone: where lxml is installed it would write other bytes.
os.environ["OPENPYXL_LXML"] = "False"

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["Worksheet", "as_bytes", "fill", "header", "new_sheet", "title_rows"]

COLOURS = {"Green": "92D050", "Amber": "FFC000", "Red": "FF7C80"}
LONG_AGO = (1980, 1, 1, 0, 0, 0)
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
AUTHOR = re.compile(rb"<dc:creator>[^<]*</dc:creator>")
PROGRAM = re.compile(rb"<(Application|AppVersion)>[^<]*</\1>")


def new_sheet(title: str, book: Workbook | None = None) -> Worksheet:
    """An empty sheet of this name at the end of ``book``, or in a new workbook."""
    if book:
        return book.create_sheet(title)
    sheet = Workbook().active
    sheet.title = title
    return sheet


def title_rows(sheet: Worksheet, titles: list[str], width: int) -> None:
    """Titles on the first rows, each merged over ``width`` columns, as councils like them."""
    for row, title in enumerate(titles, start=1):
        sheet.cell(row, 1, title).font = Font(bold=row == 1, size=14 if row == 1 else 10)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def header(sheet: Worksheet, row: int, names: list[str]) -> None:
    """A row of column names in bold on grey."""
    for column, name in enumerate(names, start=1):
        cell = sheet.cell(row, column, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="D9D9D9")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def fill(cell: Cell, value: str, colour: str = "") -> None:
    """Text in a wrapped cell, on a RAG colour if it has one; nothing leaves the cell empty."""
    cell.value = value or None
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if colour:
        cell.fill = PatternFill("solid", fgColor=COLOURS[colour])


def as_bytes(book: Workbook) -> bytes:
    """The workbook as a file; two calls with the same cells give the same bytes on any day and machine."""
    written = io.BytesIO()
    book.save(written)
    normal = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(normal, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist()):
            entry = zipfile.ZipInfo(name, date_time=LONG_AGO)
            entry.create_system = 3  # else it would say whether Windows or Unix wrote it
            new.writestr(entry, without_traces(old.read(name)))
    return normal.getvalue()


def without_traces(xml: bytes) -> bytes:
    return PROGRAM.sub(b"", AUTHOR.sub(b"", CLOCK.sub(rb"\g<1>2019-04-30T00:00:00Z", xml)))
