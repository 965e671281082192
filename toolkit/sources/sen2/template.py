"""The Excel template: one sheet on which the tables stand below each other, each under its title and headings."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.sources.sen2.items import HEADER, blocks, plain
from toolkit.sources.sen2.raw import RawReturn
from toolkit.sources.workbook_guard import refuse_unsafe_workbook

__all__ = ["SHEET", "is_template", "read_template"]

SHEET = "Data Entry Template"
_PERSON, _REQUEST = "personid", "requestsrecordid"
"""How the headings of the keys begin."""
_PASSED_OVER = ("recordtype", "lafromheaderrecord")


def is_template(path: Path) -> bool:
    """Whether a workbook has the sheet of the template."""
    try:
        with zipfile.ZipFile(path) as workbook, workbook.open("xl/workbook.xml") as listed:
            return SHEET.encode() in listed.read(100_000)
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def read_template(path: Path, shown: str) -> RawReturn:
    """The return in a filled template. A workbook that is none, or lacks a table, is an ``InputError``."""
    raw = RawReturn("Excel template", shown, serial_days=True)
    sheet = _Sheet(raw, shown)
    for number, cells in _rows(path, shown):
        sheet.take(number, cells)
    missing = [block.title for name, block in blocks().items() if name not in sheet.seen]
    if missing:
        what = f"the sheet has no table {', '.join(missing)}"
        raise InputError(Problem(shown, 0, what, "keep the titles and headings of the template as they were"))
    return raw


class _Sheet:
    """Rows come one by one: a title opens a table, the next row has its headings, the rows after it its data."""

    def __init__(self, raw: RawReturn, shown: str) -> None:
        self.raw, self.shown = raw, shown
        self.seen: set[str] = set()
        self.table = ""
        self.items: dict[int, str] = {}
        self.person = self.request = -1
        self.headed = False

    def take(self, number: int, cells: list[str]) -> None:
        if not any(cells):
            return
        title = _titles().get(plain(cells[0])) if not any(cells[1:]) else None
        if title:
            self.open(title, number)
        elif self.table and not self.headed:
            self.head(cells)
        elif self.table:
            self.row(number, cells)

    def open(self, table: str, number: int) -> None:
        if table in self.seen:
            what = f"the table {blocks()[table].title} begins a second time: are these two returns?"
            raise InputError(Problem(self.shown, number, what, "keep one return a workbook"))
        self.seen.add(table)
        self.table, self.headed = table, False

    def head(self, cells: list[str]) -> None:
        block = blocks()[self.table]
        self.items, self.person, self.request = {}, -1, -1
        for at, heading in enumerate(cells):
            name = plain(heading)
            item = block.item_called(heading)
            if item is not None:
                self.items[at] = item.name
            elif name.startswith(_PERSON):
                self.person = at
            elif name.startswith(_REQUEST):
                self.request = at
            elif name and not name.startswith(_PASSED_OVER):
                self.raw.unknown[f"column {_letter(at)} of {block.title}"] += 1
        self.headed = True

    def row(self, number: int, cells: list[str]) -> None:
        given = {item: cells[at] for at, item in self.items.items() if at < len(cells) and cells[at]}
        if self.table == HEADER:
            self.raw.header |= given
            return
        person, request = self.key(cells, self.person), self.key(cells, self.request)
        if not given and not person:
            return
        into = self.raw.tables[self.table]
        if self.table == "persons":
            into.add(given, person, "", number)
        elif self.table == "requests":
            into.add(given, f"{person}/{request}", person, number)
        else:
            into.parent = "requests"
            into.add(given, "", f"{person}/{request}", number)

    @staticmethod
    def key(cells: list[str], at: int) -> str:
        return cells[at].removesuffix(".0") if 0 <= at < len(cells) else ""


def _letter(at: int) -> str:
    from openpyxl.utils import get_column_letter  # slow to import

    return str(get_column_letter(at + 1))


def _titles() -> dict[str, str]:
    return {plain(block.title): name for name, block in blocks().items()}


def _rows(path: Path, shown: str) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook  # slow to import

    data = path.read_bytes()
    refuse_unsafe_workbook(data, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(data), data_only=True, read_only=True)
    except Exception:  # openpyxl raises whatever its parsers do; its words may quote a cell
        what = "the workbook cannot be opened"
        raise InputError(Problem(shown, 0, what, "open it in Excel and save it again as .xlsx")) from None
    names = {plain(name): name for name in workbook.sheetnames}
    if plain(SHEET) not in names:
        what = f"there is no sheet '{SHEET}': this is not the SEN2 template"
        raise InputError(Problem(shown, 0, what, "give the filled template of the collection"))
    for number, cells in enumerate(workbook[names[plain(SHEET)]].iter_rows(values_only=True), 1):
        yield number, [_text(cell) for cell in cells]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()
