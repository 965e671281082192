"""tables.xlsx: what a spreadsheet shows, to everyone, and what it never runs."""

import math
import os
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import sample_report as sample
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.report import Cover, write_workbook
from toolkit.report.schema import titles

ABOUT = Cover(
    title="Tables of the review of 2019",
    creator="Leicestershire",
    lines=("First annual review", "DRAFT."),
    notes=("Rows marked illustrative are made up.",),
    captions={"results": "Values with their intervals"},
)
RESULTS = pd.DataFrame(
    {
        "measure": ["plans", "mediation", "appeals", "survey"],
        "value": [98.876, math.nan, math.nan, -1.5],
        "denominator": [445.0, math.nan, math.nan, 10.0],
        "target": [95.0, math.nan, math.nan, math.nan],
        "marker": ["", "c", "", ""],
        "escalate": [True, False, False, False],
    }
)
TRICKS = [
    sample.HOSTILE,
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "[a](https://example.org) [b](https://example.org)",
    "$$note$$",
    "שלום",
    "—",
    "https://example.org",
    "1234",
    "x" * 40_000,
    "_x0041_",
]


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    path = tmp_path / "tables.xlsx"
    write_workbook(
        {"results": RESULTS, "tricks": pd.DataFrame({"text": TRICKS, "note": TRICKS}), "none": RESULTS[:0]}, path, ABOUT
    )
    return openpyxl.load_workbook(path)


def grid(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The cells of the sheet's one table, headings first."""
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]]


def test_a_workbook_opens_with_cover_contents_and_notes(book: openpyxl.Workbook) -> None:
    """Cover, contents, notes, then one table a sheet; title and creator are set."""
    assert book.sheetnames == ["Cover", "Contents", "Notes", "results", "tricks", "none"]
    assert (book.properties.title, book.properties.creator) == (ABOUT.title, "Leicestershire")
    assert book["Cover"]["A1"].value == ABOUT.title
    assert ("results", "Values with their intervals") in grid(book["Contents"])
    assert grid(book["Notes"])[1] == (1, "Rows marked illustrative are made up.")


def test_shorthand_is_explained_above_each_table(book: openpyxl.Workbook) -> None:
    """Each sheet says what [c] means before it is used."""
    assert "[c] hidden to protect people" in str(book["results"]["A3"].value)


def test_numbers_stay_numbers_and_what_is_missing_says_why(book: openpyxl.Workbook) -> None:
    """A hidden figure is [c], one that is not available [x], text with nothing in it [z]; no cell is empty."""
    assert grid(book["results"]) == [
        ("measure", "value", "denominator", "target", "marker", "escalate"),
        ("plans", 98.876, 445, 95, "none", "yes"),
        ("mediation", "[c]", "[c]", "[x]", "c", "no"),
        ("appeals", "[x]", "[x]", "[x]", "none", "no"),
        ("survey", -1.5, 10, "[x]", "none", "no"),
    ]


def test_a_baseline_that_is_missing_says_why_it_is(tmp_path: Path) -> None:
    """A hidden baseline is [c] though the newest figure is shown, and a change that rests on it is too."""
    row = {"value": 4.0, "baseline_value": math.nan, "change": math.nan, "marker": "", "baseline_marker": "c"}
    rows = pd.DataFrame([row, row | {"value": math.nan, "baseline_value": 3.0, "marker": "z", "baseline_marker": ""}])
    write_workbook({"judgements": rows}, tmp_path / "tables.xlsx", ABOUT)
    assert grid(openpyxl.load_workbook(tmp_path / "tables.xlsx")["judgements"])[1:] == [
        (4, "[c]", "[c]", "none", "c"),
        ("[z]", 3, "[x]", "z", "none"),
    ]


def test_text_is_never_a_formula_a_link_or_a_note(book: openpyxl.Workbook) -> None:
    """Whatever text starts with or looks like, the cell holds that text."""
    rows = grid(book["tricks"])[1:]
    expected = [trick[:32_767] for trick in TRICKS]
    assert [row[0] for row in rows] == expected
    assert [row[1] for row in rows] == expected
    cells = [cell for row in book["tricks"].iter_rows() for cell in row if cell.value in expected]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_table_without_rows_says_so(book: openpyxl.Workbook) -> None:
    """An empty table is a row of words, not an empty sheet."""
    assert grid(book["none"])[1] == ("no rows", "[z]", "[z]", "[z]", "[z]", "[z]")


def test_a_workbook_is_the_same_every_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another minute, time zone and umask change no byte."""
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_workbook({"results": RESULTS}, first, ABOUT)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    before = os.umask(0o077)
    write_workbook({"results": RESULTS}, second, ABOUT)
    os.umask(before)
    assert first.read_bytes() == second.read_bytes()
    assert openpyxl.load_workbook(second).properties.created == datetime(2000, 1, 1)
    with zipfile.ZipFile(second) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}


def test_markdown_in_titles_and_notes_is_text(tmp_path: Path) -> None:
    """A title, a line or a note that looks like a link neither stops the workbook nor becomes one."""
    trick = "[go](javascript:alert(1)) $$note$$"
    about = Cover(trick, "Leicestershire", (trick,), (trick,), {"results": trick})
    write_workbook({"results": RESULTS}, tmp_path / "tables.xlsx", about)
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    assert book["Cover"]["A1"].value == "[go] (javascript:alert(1)) $ $note$ $"
    assert book["results"]["A1"].value.startswith("[go] (javascript:alert(1))")
    assert not book["Cover"]["A1"].hyperlink


def test_a_screen_reader_is_told_the_language_and_each_sheet_what_it_holds(book: openpyxl.Workbook) -> None:
    """The properties say British English, as pages and documents do; contents and sheets have words, not file names."""
    assert book.properties.language == "en-GB"
    assert book["Contents"]["B4"].value == book["results"]["A1"].value == "Values with their intervals"
    assert [name for name, title in titles().items() if not title or title.lower().replace(" ", "_") == name] == []
