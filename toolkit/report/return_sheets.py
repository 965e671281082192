"""A return sheet: a workbook that goes to the owner of data and comes back with the corrected values.

Text stays text: a value that a spreadsheet would run is marked as text and gets an apostrophe, as in our CSV files.
The same return gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from toolkit.quality.returns import ReturnSheet
from toolkit.report.csv_file import guard_formula
from toolkit.words.bank import REPORT
from toolkit.words.returns import ReturnedRow, describe_fault, owner_of

__all__ = ["Covering", "write_return"]

_CREATED = datetime(2000, 1, 1)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS = {  # of the columns of ReturnedRow, in letters
    "severity": 11,
    "file": 30,
    "where": 22,
    "key": 28,
    "column": 20,
    "value": 24,
    "expected": 44,
    "wrong": 40,
    "action": 40,
    "check": 28,
}
_SUMMARY = ("sheet", "rows", "critical", "warning", "info")
_LONGEST = 32_000


@dataclass(frozen=True)
class Covering:
    """What the first sheet says besides the faults: ``title``, to whom the workbook goes back, by when, and notes."""

    title: str
    authority: str
    to: str
    by: str
    person_level: frozenset[str]
    """Sources whose rows are persons: the workbook then says that it is confidential."""


@dataclass(frozen=True)
class _Formats:
    """The formats of cells: of the title, of lines of text, of headings, of cells with a value and of blank ones."""

    title: Any
    line: Any
    head: Any
    cell: Any
    blank: Any


def write_return(owed: ReturnSheet, path: Path, covering: Covering) -> None:
    """Write one owner's return to ``path`` as XLSX: a sheet that says what to do, then a sheet a source.

    Example: ``write_return(owed, folder / "data-team.xlsx", covering)``
    """
    book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"title": covering.title, "author": covering.authority, "created": _CREATED})
    formats = _formats(book)
    first = REPORT.say("return_sheet.first_sheet")
    names = _sheet_names(list(owed.sheets), first)
    _first_sheet(book.add_worksheet(first), owed, covering, names, formats)
    for source, faults in owed.sheets.items():
        _sheet(book.add_worksheet(names[source]), [describe_fault(fault) for fault in faults], formats)
    book.close()


def _formats(book: Any) -> _Formats:
    wrapped = {"text_wrap": True, "valign": "top", "num_format": "@"}
    return _Formats(
        title=book.add_format({"bold": True, "font_size": 16}),
        line=book.add_format(wrapped),
        head=book.add_format({**wrapped, "bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "border": 1}),
        cell=book.add_format({**wrapped, "border": 1}),
        blank=book.add_format({**wrapped, "border": 1, "bg_color": "#FFF7D6", "locked": False}),
    )


def _sheet_names(sources: list[str], first: str) -> dict[str, str]:
    """Source → the name of its sheet: at most 31 letters, none that a workbook refuses, each once."""
    taken = {first.casefold()}
    names = {}
    for source in sources:
        plain = re.sub(r"[\[\]:*?/\\']", "_", source)[:28] or "source"
        name = next(n for n in (plain, *(f"{plain}_{i}" for i in range(2, 99))) if n.casefold() not in taken)
        taken.add(name.casefold())
        names[source] = name
    return names


def _first_sheet(
    sheet: Any, owed: ReturnSheet, covering: Covering, names: Mapping[str, str], formats: _Formats
) -> None:
    lines = list(_instructions(owed, covering))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 4, 14)
    sheet.write_string(0, 0, covering.title, formats.title)
    for at, line in enumerate(lines, 2):
        sheet.merge_range(at, 0, at, 4, "", formats.line)
        sheet.write_string(at, 0, line, formats.line)
        sheet.set_row(at, 15 * (1 + len(line) // 95))
    head = len(lines) + 3
    for column, name in enumerate(_SUMMARY):
        sheet.write_string(head, column, REPORT.say(f"return_sheet.summary.{name}"), formats.head)
    for down, (source, faults) in enumerate(owed.sheets.items(), head + 1):
        counts = [
            len(faults),
            *(sum(one.finding.severity == word for one in faults) for word in _SUMMARY[2:]),
        ]
        sheet.write_url(down, 0, f"internal:'{names[source]}'!A1", formats.cell, names[source])
        for column, count in enumerate(counts, 1):
            sheet.write_number(down, column, int(count), formats.cell)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _instructions(owed: ReturnSheet, covering: Covering) -> list[str]:
    private = sorted(covering.person_level & set(owed.sheets))
    owner = owner_of(owed.owner)
    look_up = "return_sheet.look_up_more" if owed.unlisted else "return_sheet.look_up"
    lines = [
        REPORT.say("return_sheet.for", owner=owner),
        REPORT.say("return_sheet.to", to=covering.to),
        REPORT.say("return_sheet.by", by=covering.by),
        REPORT.say("return_sheet.sheets"),
        REPORT.say(look_up, more=f"{owed.unlisted:,}"),
        REPORT.say("return_sheet.write", column=REPORT.say("return_sheet.corrected")),
        REPORT.say("return_sheet.correct"),
        REPORT.say("return_sheet.send"),
        REPORT.say("return_sheet.apostrophe"),
    ]
    if private:
        lines.insert(0, REPORT.say("return_sheet.confidential", sources=", ".join(private), owner=owner))
    return lines


def _sheet(sheet: Any, rows: list[ReturnedRow], formats: _Formats) -> None:
    headings = [REPORT.say(f"return_sheet.heading.{name}") for name in _WIDTHS]
    last = list(_WIDTHS).index("value") + 1
    headings.insert(last, REPORT.say("return_sheet.corrected"))
    widths = list(_WIDTHS.values())
    widths.insert(last, _WIDTHS["value"])
    for column, (words, wide) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(column, column, wide)
        sheet.write_string(0, column, words, formats.head)
    for down, row in enumerate(rows, 1):
        cells = [guard_formula(text)[:_LONGEST] for text in row]
        cells.insert(last, "")
        for column, text in enumerate(cells):
            look = formats.blank if column == last else formats.cell
            _ = sheet.write_string(down, column, text, look) if text else sheet.write_blank(down, column, None, look)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
