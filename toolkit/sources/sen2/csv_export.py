"""The nine CSV files that the collection system exports, one a table: Blade-Export_DD-MM-YYYY_<table>.csv."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.sen2.items import HEADER, TableNames, blocks, plain
from toolkit.sources.sen2.raw import RawReturn
from toolkit.sources.sen2.tables import PARENTS
from toolkit.sources.text_file import decode

__all__ = ["read_export", "rows_of", "table_of_file"]

_ENDING = re.compile(r"(?:.*[_\W])?([a-z0-9]+)", re.IGNORECASE)
_DAY = re.compile(r"\d{2}-\d{2}-\d{4}")
_MOST_BYTES = 400_000_000
_PASSED_OVER = frozenset({"nativeid", "sourceid"})


def table_of_file(path: Path) -> str:
    """The table that a file of the export holds, by the end of its name; "" for another file.

    >>> table_of_file(Path("Blade-Export_16-03-2026_placementdetail.csv"))
    'placements'
    """
    match = _ENDING.fullmatch(path.stem)
    endings = {block.blade: name for name, block in blocks().items()}
    return endings.get(match[1].lower(), "") if match else ""


def read_export(paths: Sequence[Path], shown: Mapping[Path, str]) -> RawReturn:
    """The return in nine files. A missing, repeated or foreign one is an ``InputError``, all of them at once."""
    files: dict[str, Path] = {}
    problems = []
    for path in paths:
        table = table_of_file(path)
        if not table:
            endings = [block.blade for block in blocks().values()]
            fix = did_you_mean(path.stem.rsplit("_", 1)[-1], endings)
            problems.append(Problem(shown[path], 0, "its name does not end with a table of the SEN2 export", fix))
        elif table in files:
            what = f"this and {shown[files[table]]} are the same table: are these files of two returns?"
            problems.append(Problem(shown[path], 0, what, "give the nine files of one export"))
        else:
            files[table] = path
    problems.extend(_mixed_days(list(files.values()), shown))
    if not files:
        raise InputError(problems)
    where = shown[paths[0]]
    for table in (table for table in blocks() if table not in files):
        fix = "give all nine, or the folder that holds them"
        problems.append(
            Problem(where, 0, f"the file of the export that ends in _{blocks()[table].blade}.csv is missing", fix)
        )
    if problems:
        raise InputError(problems)
    raw = RawReturn("nine-table export", where)
    for table, path in files.items():
        _read_table(raw, table, path, shown[path])
    return raw


def _mixed_days(paths: Sequence[Path], shown: Mapping[Path, str]) -> Iterator[Problem]:
    """The collection system writes the day of the export into each name: two days are two exports."""
    days = {path: match[0] for path in paths if (match := _DAY.search(path.stem))}
    if len(set(days.values())) > 1:
        listed = " and ".join(sorted(set(days.values())))
        what = f"these files were exported on several days ({listed}): they are of two exports"
        yield Problem(shown[min(days)], 0, what, "give the nine files of one export")


def _read_table(raw: RawReturn, table: str, path: Path, shown: str) -> None:
    block = blocks()[table]
    columns, rows = rows_of(path, shown)
    key, parent = f"{block.blade}tableid", f"{blocks()[PARENTS.get(table, HEADER)].blade}tableid"
    if table == HEADER:
        _header(raw, columns, [row for _, row in rows], shown)
        return
    missing = [name for name in (key, parent) if name not in columns]
    if missing:
        what = f"the column {' and '.join(missing)} is missing, by which rows are linked"
        raise InputError(Problem(shown, 1, what, "is this the file of another table? Take it as it was exported"))
    items = _items(raw, block, columns, {key, parent, f"{block.blade}orderseqcolumn", *_PASSED_OVER})
    at, above = columns.index(key), columns.index(parent)
    into = raw.tables[table]
    into.parent = PARENTS.get(table, "")
    for line, row in rows:
        into.add({items[i]: text for i, text in enumerate(row) if text and i in items}, row[at], row[above], line)


def _header(raw: RawReturn, columns: list[str], rows: list[list[str]], shown: str) -> None:
    if len(rows) != 1:
        what = f"there are {len(rows)} returns in the export: this file must have one row"
        raise InputError(Problem(shown, 0, what, "export one return"))
    items = _items(raw, blocks()[HEADER], columns, {"sen2tableid", "sen2orderseqcolumn", *_PASSED_OVER})
    raw.header = {items[at]: text for at, text in enumerate(rows[0]) if at in items and text}


def _items(raw: RawReturn, block: TableNames, columns: list[str], known: set[str]) -> dict[int, str]:
    """Position of a column → the item it holds; columns that are no item are counted."""
    items = {}
    for at, column in enumerate(columns):
        item = block.item_called(column)
        if item is not None:
            items[at] = item.name
        elif column not in known:
            raw.unknown[f"column {at + 1} of {block.blade}"] += 1
    return items


def rows_of(path: Path, shown: str) -> tuple[list[str], Iterable[tuple[int, list[str]]]]:
    """The columns of a CSV file, in plain letters, and its rows with the line of each, all as long as the columns."""
    if path.stat().st_size > _MOST_BYTES:
        what = f"the file has {path.stat().st_size / 1e6:,.0f} MB, far more than a table of a large council"
        raise InputError(Problem(shown, 0, what, "check that it is a file of the SEN2 export"))
    text, _ = decode(path.read_bytes(), shown)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for row in reader:
            if any(row):
                rows.append((line, row))
            line = reader.line_num + 1
    except csv.Error:
        what = "the row that starts here cannot be read: a quotation mark is not closed, or the file was cut off"
        raise InputError(Problem(shown, line, what, "restore the whole file, or export it again")) from None
    columns = [plain(name) for name in rows[0][1]] if rows else []
    for number, row in rows[1:]:
        if len(row) != len(columns):
            what = f"the row has {len(row)} cells and the heading {len(columns)}"
            raise InputError(Problem(shown, number, what, "export the file again; do not edit it by hand"))
    return columns, rows[1:]
