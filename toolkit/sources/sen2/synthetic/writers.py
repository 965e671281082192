"""A return written in its three carriers, and the invented schools as GIAS lists them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from toolkit.sources.sen2.groups import placement_kinds
from toolkit.sources.sen2.items import HEADER, Item, TableNames, blocks
from toolkit.sources.sen2.raw import RawReturn
from toolkit.sources.sen2.synthetic.identifiers import schools
from toolkit.sources.sen2.tables import PARENTS
from toolkit.sources.sen2.template import SHEET

__all__ = ["write_export", "write_schools", "write_template", "write_xml"]

Rows = Mapping[str, Mapping[str, list[Mapping[str, str]]]]
_DETAILS = {"collection", "year", "census_day"}


def write_xml(raw: RawReturn, path: Path) -> Path:
    """The file that is uploaded."""
    rows = _by_parent(raw)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header>')
        items = blocks()[HEADER].items
        details = [item for name, item in items.items() if name in _DETAILS]
        source = [item for name, item in items.items() if name not in _DETAILS]
        file.write(f"<CollectionDetails>{_elements(raw, details, raw.header)}</CollectionDetails>")
        file.write(f"<Source>{_elements(raw, source, raw.header)}")
        file.write("</Source></Header>\n<Persons>\n")
        for key, person in zip(raw.tables["persons"].keys, raw.tables["persons"].rows, strict=True):
            file.write(_element(raw, rows, "persons", (key, person)) + "\n")
        file.write("</Persons>\n</Message>\n")
    return path


def _element(raw: RawReturn, rows: Rows, table: str, keyed: tuple[str, Mapping[str, str]]) -> str:
    """A row with the rows that hang on it inside."""
    key, row = keyed
    block = blocks()[table]
    before, after = _split(block)
    children = [
        _element(raw, rows, child, (row_.get("@key", key), row_))
        for child, parent in PARENTS.items()
        if parent == table
        for row_ in rows[child].get(key, [])
    ]
    return f"<{block.xml}>{_elements(raw, before, row)}{''.join(children)}{_elements(raw, after, row)}</{block.xml}>"


def _split(block: TableNames) -> tuple[list[Item], list[Item]]:
    """The items before and after the rows that hang on a row."""
    items = list(block.items.values())
    cut = list(block.items).index(block.children_before) if block.children_before else len(items)
    return items[:cut], items[cut:]


def _elements(raw: RawReturn, items: list[Item], row: Mapping[str, str]) -> str:
    names = ((_name(item, raw), row.get(item.name, "")) for item in items)
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in names if text)


def _name(item: Item, raw: RawReturn) -> str:
    return "GenderCurrent" if item.name == "sex" and raw.header["year"] == "2023" else item.xml


def _by_parent(raw: RawReturn) -> Rows:
    """Table → key of a parent → its rows; requests carry their own key."""
    made: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    for table in PARENTS:
        into = made.setdefault(table, {})
        source = raw.tables[table]
        for row, key, parent in zip(source.rows, source.keys, source.parents, strict=True):
            into.setdefault(parent, []).append({**row, "@key": key} if table == "requests" else row)
    return made


def write_export(raw: RawReturn, folder: Path) -> Path:
    """The nine files of the collection system's export."""
    folder.mkdir(parents=True, exist_ok=True)
    day = date.fromisoformat(raw.header["census_day"])
    above: dict[str, dict[str, str]] = {}
    for table, block in blocks().items():
        rows = list(_export_rows(raw, table, above))
        columns = [f"{block.blade}tableid", "NativeId", f"{block.blade}orderseqcolumn", "sourceid"]
        columns += [] if table == HEADER else [f"{blocks()[PARENTS.get(table, HEADER)].blade}tableid"]
        columns += [_name(item, raw).lower() for item in block.items.values()]
        with (folder / f"Blade-Export_{day:%d-%m-%Y}_{block.blade}.csv").open(
            "w", encoding="utf-8", newline=""
        ) as file:
            csv.writer(file, lineterminator="\r\n").writerows([columns, *rows])
    return folder


def _export_rows(raw: RawReturn, table: str, above: dict[str, dict[str, str]]) -> Iterator[list[str]]:
    """The rows of one file; remembers table → request or person → its id, for the rows that hang on them."""
    items = list(blocks()[table].items.values())
    if table == HEADER:
        yield ["1", "999", "1", "1", *(_export_value(item, raw.header.get(item.name, "")) for item in items)]
        return
    source, ids = raw.tables[table], above.setdefault(table, {})
    for number, (row, key, parent) in enumerate(zip(source.rows, source.keys, source.parents, strict=True), 1):
        own = str(10_000 + number)
        ids[key if table in ("persons", "requests") else parent] = own
        over = "1" if table == "persons" else above[PARENTS[table]].get(parent, "")
        yield [own, str(number), str(number), "1", over, *(_export_value(i, row.get(i.name, "")) for i in items)]


def _export_value(item: Item, text: str) -> str:
    if item.kind == "day" and len(text) == 10 and text[4] == "-":
        day = date.fromisoformat(text)
        return f"{day:%Y}-{_MONTHS[day.month - 1]}-{day:%d} 00:00:00"
    return {"0": "false", "1": "true"}.get(text, text) if item.kind == "flag" else text


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def write_template(raw: RawReturn, path: Path) -> Path:
    """The Excel template, filled: tables one below the other, numbers as Excel keeps them."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        line = 0
        for table, block in blocks().items():
            sheet.write_string(line, 0, block.title)
            keys = [] if table == HEADER else ["Person ID (This must be a unique ID for each Person record)"]
            keys += [] if table in (HEADER, "persons") else ["Requests record ID (unique)"]
            headings = ["Record Type", *keys, *(item.template for item in block.items.values())]
            for column, heading in enumerate(headings):
                sheet.write_string(line + 1, column, heading.replace(" - ", "\n- "))
            line += 2
            for cells in _template_rows(raw, table):
                for column, cell in enumerate(cells):
                    if cell != "":
                        sheet.write(line, column, cell)
                line += 1
            line += 2
    return path


def _template_rows(raw: RawReturn, table: str) -> Iterator[list[str | float]]:
    items = list(blocks()[table].items.values())
    if table == HEADER:
        yield [HEADER, *(_template_value(item, raw.header.get(item.name, "")) for item in items)]
        return
    source = raw.tables[table]
    person_of = dict(zip(raw.tables["requests"].keys, raw.tables["requests"].parents, strict=True))
    for row, key, parent in zip(source.rows, source.keys, source.parents, strict=True):
        keys = {"persons": [key], "requests": [parent, key]}.get(table, [person_of.get(parent, ""), parent])
        yield [table, *(float(number) for number in keys), *(_template_value(i, row.get(i.name, "")) for i in items)]


def _template_value(item: Item, text: str) -> str | float:
    numeric = item.kind in ("flag", "la") or item.name in ("urn", "ukprn", "year")
    return float(text) if numeric and text.isdigit() else text


def write_schools(path: Path) -> Path:
    """The invented schools with the columns of a GIAS extract."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["URN", "EstablishmentName", "UKPRN", "TypeOfEstablishment (name)"])
        for kind in placement_kinds():
            writer.writerows([urn, f"Invented school {urn}", "", name] for urn, name in schools()[kind])
    return path
