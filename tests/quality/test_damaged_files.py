"""A copy of the demonstration whose files were damaged: each fault is caught by the check meant for it, at its row."""

from __future__ import annotations

import csv
import hashlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from quality_examples import FOLDER, ROOT

from toolkit.errors import InputError
from toolkit.evidence import Frames, frames_of
from toolkit.params.yaml import read_yaml
from toolkit.words.findings import with_words

_ALL = read_yaml(FOLDER / "faults" / "files.yaml", ROOT).data
FAULTS = [fault for fault in _ALL if "caught_by" in fault]
REFUSED = [fault for fault in _ALL if "refused_because" in fault]
YEAR = 2020
_AND = re.compile(r" and (?=\S+:\d+)")
"""Between the places of figures that were compared."""
Fault = Mapping[str, Any]
Cells = dict[str, Any]
Of = tuple[str, str]
"""A check and its source."""


class CsvRows:
    """The rows of a CSV file, which keep their identity while others come and go."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            self.rows: list[Cells] = list(reader)
            self.headings = list(reader.fieldnames or ())

    def drop(self, row: Cells) -> None:
        self.rows = [other for other in self.rows if other is not row]

    def repeat(self, row: Cells) -> Cells:
        self.rows.append(dict(row))
        return self.rows[-1]

    def save(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, self.headings, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.rows)

    def place(self, row: Cells) -> str:
        line = 2
        for other in self.rows:
            if other is row:
                return f"{self.path.name}:{line}"
            line += 1 + sum(str(cell).count("\n") for cell in other.values())
        raise AssertionError("the row is no longer there")


class WorkbookRows:
    """The rows under the headings of every sheet of a workbook; ``Sheet`` and ``Row`` say where one stands."""

    def __init__(self, path: Path, heading: str) -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.heads: dict[str, list[str]] = {}
        self.rows: list[Cells] = []
        for sheet in self.book:
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                if heading in values:
                    self.heads[sheet.title] = list(values)
                elif sheet.title in self.heads and any(value is not None for value in values):
                    cells = dict(zip(self.heads[sheet.title], values, strict=True))
                    self.rows.append({**cells, "Sheet": sheet.title, "Row": number})

    def drop(self, row: Cells) -> None:
        row.update(dict.fromkeys(self.heads[row["Sheet"]]))

    def repeat(self, row: Cells) -> Cells:
        self.rows.append({**row, "Row": max(r["Row"] for r in self.rows if r["Sheet"] == row["Sheet"]) + 1})
        return self.rows[-1]

    def save(self) -> None:
        for row in self.rows:
            for column, heading in enumerate(self.heads[row["Sheet"]], 1):
                cell, value = self.book[row["Sheet"]].cell(row["Row"], column), row[heading] or None
                if cell.value != value:  # a merged cell cannot be written to, and need not be
                    cell.value = value
        self.book.save(self.path)

    def place(self, row: Cells) -> str:
        return f"{row['Sheet']}!row {row['Row']}"


def rows_of(file: CsvRows | WorkbookRows, where: Mapping[str, Any]) -> list[Cells]:
    """Rows whose cells hold the word, or one of the words, that is named."""
    wanted = {heading: [word] if isinstance(word, str) else word for heading, word in where.items()}
    return [row for row in file.rows if all(str(row[h]) in words for h, words in wanted.items())]


def damage(file: CsvRows | WorkbookRows, fault: Fault) -> list[Cells]:
    """Do to the rows what the fault says; return those that are damaged, as far as they are still there."""
    rows, done = rows_of(file, fault["rows"]), fault["done"]
    assert rows, f"no row to damage: {fault['fault']}"
    if "drop" in done:
        for row in rows:
            file.drop(row)
        return []
    if "repeat" in done:
        return [*rows, *(file.repeat(row) for row in rows)]
    if "exchange" in done:
        [(heading, (one, other))] = done["exchange"].items()
        words = {one: other, other: one}
        rows = [row for row in rows if row[heading] in words]
        for row in rows:
            row[heading] = words[row[heading]]
        return rows
    for row in rows:
        row.update(done.get("set", {}))
        row.update({heading: f"{float(row[heading]) * by:g}" for heading, by in done.get("times", {}).items()})
    return rows


@dataclass(frozen=True)
class Damaged:
    """What the checks say before and after, and the places that each fault must have named."""

    before: Frames
    after: Frames
    places: list[frozenset[str]]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    project = copied(tmp_path_factory.mktemp("damaged"))
    places = spoil(project, FAULTS)
    return Damaged(frames_of(ROOT, YEAR), frames_of(project, YEAR), places)


def copied(project: Path) -> Path:
    for name in ("params", "data"):
        shutil.copytree(ROOT / name, project / name)
    return project


def spoil(project: Path, faults: list[Fault]) -> list[frozenset[str]]:
    """Damage the files of a project with all the faults; return the places that each of them must have named."""
    files: dict[str, CsvRows | WorkbookRows] = {}
    for fault in faults:
        path = project / "data" / fault["file"]
        if fault["file"] not in files:
            book = path.suffix == ".xlsx"
            files[fault["file"]] = WorkbookRows(path, next(iter(fault["rows"]))) if book else CsvRows(path)
    touched = [damage(files[fault["file"]], fault) for fault in faults]
    named = [named_rows(files[f["file"]], f, rows) for f, rows in zip(faults, touched, strict=True)]
    for file in files.values():
        seal(file)
    return [frozenset(files[f["file"]].place(r) for r in rows) for f, rows in zip(faults, named, strict=True)]


def named_rows(file: CsvRows | WorkbookRows, fault: Fault, damaged: list[Cells]) -> list[Cells]:
    at = fault.get("at", "the rows")
    return [] if at == "the file" else damaged if at == "the rows" else rows_of(file, at)


def seal(file: CsvRows | WorkbookRows) -> None:
    """Save it and put its new hash into source.yaml, as whoever adds a file does."""
    source = file.path.with_name("source.yaml")
    old = hashlib.sha256(file.path.read_bytes()).hexdigest()
    file.save()
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, hashlib.sha256(file.path.read_bytes()).hexdigest()), encoding="utf-8")


def source_of(fault: Fault) -> str:
    return str(fault["file"].split("/")[1])


def meant(fault: Fault) -> list[Of]:
    named = fault["caught_by"]
    return [(check, source_of(fault)) for check in ([named] if isinstance(named, str) else named)]


def follows() -> set[Of]:
    return {(check, source_of(fault)) for fault in FAULTS for check in fault.get("and_so", {})}


def failed(evidence: Frames) -> dict[Of, str]:
    """What does not pass, waived or not: check and source → the message."""
    found = evidence.findings[evidence.findings["outcome"] != "pass"]
    return dict(zip(zip(found["check"], found["source"], strict=True), with_words(found)["message"], strict=True))


def places(evidence: Frames) -> dict[Of, set[str]]:
    found: dict[Of, set[str]] = {}
    for row in evidence.failing.to_dict("records"):
        found.setdefault((row["check"], row["source"]), set()).update(_AND.split(row["place"]))
    return found


@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[fault["fault"] for fault in FAULTS])
def test_a_fault_in_a_file_is_caught_by_its_check_at_its_row(damaged: Damaged, number: int) -> None:
    """The check meant for it passed before, fails now, and names every damaged row by file and line or by cell."""
    for of in meant(FAULTS[number]):
        assert of in failed(damaged.after), of
        assert damaged.places[number] <= places(damaged.after).get(of, set()), of
        if not damaged.places[number]:
            assert failed(damaged.before).get(of) != failed(damaged.after)[of]


def test_nothing_fails_that_no_fault_explains(damaged: Damaged) -> None:
    """Every check that fails was meant for a fault, or follows from one as it says, or failed before."""
    explained = {of for fault in FAULTS for of in meant(fault)} | follows() | set(failed(damaged.before))

    assert {of: said for of, said in failed(damaged.after).items() if of not in explained} == {}
    assert follows() <= set(failed(damaged.after))


def test_no_row_is_named_that_was_not_damaged(damaged: Damaged) -> None:
    """A check that passed before, and fails only for faults in rows that are still there, names these and no others."""
    elsewhere = {of for fault in FAULTS if fault.get("at", "the rows") != "the rows" for of in meant(fault)}
    exempt = elsewhere | follows() | set(failed(damaged.before))
    meant_for: dict[Of, set[str]] = {}
    for fault, at in zip(FAULTS, damaged.places, strict=True):
        for of in meant(fault):
            meant_for.setdefault(of, set()).update(at)
    strict = {of: at for of, at in meant_for.items() if of not in exempt}

    assert {of: at for of, at in places(damaged.after).items() if of in strict} == strict
    assert len(strict) >= 25


@pytest.mark.parametrize("fault", REFUSED, ids=[fault["fault"] for fault in REFUSED])
def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, fault: Fault) -> None:
    """What makes a figure ambiguous or unreadable stops the review before any check, with its line or sheet."""
    project = copied(tmp_path)
    [at] = spoil(project, [fault])

    with pytest.raises(InputError) as refused:
        frames_of(project, YEAR)

    assert fault["refused_because"] in str(refused.value)
    assert not at or any(place in str(refused.value) for place in at)


def test_at_least_forty_kinds_of_fault_are_made_in_files() -> None:
    """More than forty different checks are each shown a fault that only the file had."""
    assert len({check for fault in FAULTS for check, _ in meant(fault)}) >= 40
