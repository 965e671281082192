"""A case system's own tables, read by a mapping of roles: which file holds which table, and what its columns are.

The mapping is YAML: ``la``, ``year``, and for each table ``file``, ``key``, ``parent`` (column of the key it hangs on),
``columns`` (item → column) and ``values`` (item → word → code). Rows without any mapped value are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.words import Day
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate
from toolkit.sources.sen2.csv_export import rows_of
from toolkit.sources.sen2.items import blocks, plain
from toolkit.sources.sen2.raw import RawReturn

__all__ = ["CaseSystem", "MappedTable", "read_case_system"]


class MappedTable(Params):
    """Where one table of the return is found. ``parent`` names the person (for requests) or the request."""

    file: str
    key: str = ""
    parent: str = ""
    columns: Mapping[str, str] = Field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)


class CaseSystem(Params):
    """The mapping. ``days``: how days with slashes are meant, where the tables have such.

    ``as_at``: the day of the extract, where it was taken before the census.
    """

    la: str
    year: int
    days: Literal["day first", "month first", ""] = ""
    as_at: Day | None = None
    tables: Mapping[str, MappedTable]


def read_case_system(path: Path, files: list[Path], shown: Mapping[Path, str]) -> RawReturn:
    """The return that the mapping makes of ``files``; what does not fit is an ``InputError``, all of it at once."""
    document = read_yaml(path, path.parent)
    mapping = validate(document, CaseSystem)
    named = {file.name: file for file in files}
    problems = list(_problems(document, mapping, named))
    if problems:
        raise InputError(problems)
    raw = RawReturn("case system's tables", document.file, order=mapping.days)
    raw.header = {"collection": "SEN2", "la": mapping.la, "year": str(mapping.year)}
    if mapping.as_at:
        raw.header["extract_day"] = mapping.as_at.isoformat()
    for table, mapped in mapping.tables.items():
        file = named[mapped.file]
        columns, rows = rows_of(file, shown[file])
        at = _positions(document, table, mapped, columns)
        _read_table(raw, table, mapped, at, rows)
    return raw


def _problems(document: YamlDocument, mapping: CaseSystem, named: Mapping[str, Path]) -> list[Problem]:
    known = [table for table in blocks() if table != "header"]
    problems = []
    for table, mapped in mapping.tables.items():
        at = ("tables", table)
        if table not in known:
            problems.append(document.problem(at, f"there is no table '{table}'", did_you_mean(table, known)))
            continue
        if mapped.file not in named:
            problems.append(
                document.problem((*at, "file"), f"'{mapped.file}' was not given", did_you_mean(mapped.file, named))
            )
        items = blocks()[table].items
        for item in (*mapped.columns, *mapped.values):
            if item not in items:
                problems.append(
                    document.problem((*at, "columns", item), f"{table} have no '{item}'", did_you_mean(item, items))
                )
        if table in ("persons", "requests") and not mapped.key:
            problems.append(document.problem(at, "the column of its key is not named", "add 'key:'"))
        if table != "persons" and not mapped.parent:
            problems.append(document.problem(at, "the column that links its rows is not named", "add 'parent:'"))
    for table in ("persons", "requests"):
        if table not in mapping.tables:
            problems.append(document.problem(("tables",), f"{table} are not mapped", f"say where the {table} are"))
    return problems


def _positions(document: YamlDocument, table: str, mapped: MappedTable, columns: list[str]) -> dict[str, int]:
    """ "key", "parent" and each item → the position of its column."""
    wanted = {"key": mapped.key, "parent": mapped.parent} | dict(mapped.columns)
    wanted = {role: column for role, column in wanted.items() if column}
    missing = {role: column for role, column in wanted.items() if plain(column) not in columns}
    if missing:
        raise InputError(
            document.problem(("tables", table, "columns", role), f"{mapped.file} has no column '{column}'",
                             "the first row of the file must hold the names of its columns: write one of them")
            for role, column in missing.items()
        )  # fmt: skip
    return {role: columns.index(plain(column)) for role, column in wanted.items()}


def _read_table(raw: RawReturn, table: str, mapped: MappedTable, at: dict[str, int], rows: object) -> None:
    into = raw.tables[table]
    into.parent = {"persons": "", "requests": "persons"}.get(table, "requests")
    words = {
        item: {word.casefold().strip(): code for word, code in codes.items()} for item, codes in mapped.values.items()
    }
    items = {item: place for item, place in at.items() if item not in ("key", "parent")}
    seen: set[str] = set()
    for line, row in rows:  # type: ignore[attr-defined]
        given = {item: _translate(row[place], words.get(item)) for item, place in items.items() if row[place].strip()}
        key = row[at["key"]].strip() if "key" in at else ""
        if not given or (table in ("persons", "requests") and key in seen):
            continue
        seen.add(key)
        into.add(given, key, row[at["parent"]].strip() if "parent" in at else "", line)


def _translate(text: str, words: Mapping[str, str] | None) -> str:
    return words.get(text.casefold().strip(), text) if words else text
