"""Workbooks: what is read of a cell, and which workbooks are refused before they can do harm."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from toolkit.errors import InputError
from toolkit.sources import OpenedFile, file_notes, load_sources
from toolkit.sources import workbook_guard as guard
from toolkit.sources.opening import open_grid
from toolkit.sources.workbook import read_sheets

FILE = OpenedFile(path=None, name="book.xlsx", shown="data/local/x/book.xlsx")  # type: ignore[arg-type]


def saved(fill: Any) -> bytes:
    """A workbook whose one sheet ``fill`` has filled."""
    book = Workbook()
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some bytes of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old_zip, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new_zip:
        for name in old_zip.namelist():
            # openpyxl writes an empty element in one of three ways, by which XML library is installed
            data = old_zip.read(name).replace(b"<v></v>", b"<v/>").replace(b" />", b"/>")
            assert name != part or old in data
            new_zip.writestr(name, data.replace(old, new) if name == part else data)
    return out.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(InputError) as refused:
        read_sheets(FILE, content)
    return str(refused.value)


SHEET = "xl/worksheets/sheet1.xml"


class TestCells:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (None, ""),
            ("  text ", "text"),
            (12, "12"),
            (12.0, "12"),
            (0.1 + 0.2, "0.3"),
            (date(2019, 3, 31), "2019-03-31"),
            (datetime(2019, 3, 31, 9, 30), "2019-03-31 09:30:00"),
            (True, "True"),
        ],
    )
    def test_a_cell_is_read_as_a_person_reads_it(self, value: Any, text: str) -> None:
        """Days are days, whole numbers have no point, floats no noise."""
        grid = read_sheets(FILE, saved(lambda sheet: sheet.append(["first", value, "last"])))[0]
        assert grid.rows == [["first", text, "last"]]

    def test_percentages_keep_their_sign(self) -> None:
        """A cell that shows 45% is not 0.45: it is read as shown, and refused where plain numbers are asked for."""

        def fill(sheet: Any) -> None:
            sheet.append([0.45, 0.013])
            for cell in sheet[1]:
                cell.number_format = "0.0%"

        assert read_sheets(FILE, saved(fill))[0].rows == [["45%", "1.3%"]]

    def test_the_stored_result_of_a_formula_is_read(self) -> None:
        """A formula counts with the result that was stored with it."""
        content = saved(lambda sheet: sheet.append([1, 2, "=A1+B1"]))
        content = changed(content, SHEET, b"<f>A1+B1</f><v/>", b"<f>A1+B1</f><v>3</v>")
        assert read_sheets(FILE, content)[0].rows == [["1", "2", "3"]]

    def test_a_formula_without_a_result_is_refused(self) -> None:
        """A formula whose result was never stored would read as an empty cell."""
        said = refusal(saved(lambda sheet: sheet.append([1, 2, "=A1+B1"])))
        assert said.startswith("data/local/x/book.xlsx: the formula in cell C1 of sheet1.xml has no stored result")

    def test_a_formula_that_gives_an_empty_text_is_empty(self) -> None:
        """A formula whose stored result is an empty text is an empty cell."""
        content = saved(lambda sheet: sheet.append([1, '=IF(A1=1,"","x")']))
        content = changed(content, SHEET, b'<c r="B1">', b'<c r="B1" t="str">')
        assert read_sheets(FILE, content)[0].rows == [["1", ""]]

    @given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 3), st.integers(1, 3))
    def test_merged_cells_are_filled(self, row: int, column: int, down: int, across: int) -> None:
        """Every cell of a merged range has the text of its first cell, and no other cell has."""

        def fill(sheet: Any) -> None:
            sheet.append(["."] * 8)
            sheet.cell(row + 1, column, "merged")
            sheet.cell(9, 1, "end")
            sheet.merge_cells(
                start_row=row + 1, start_column=column, end_row=row + down, end_column=column + across - 1
            )

        rows = read_sheets(FILE, saved(fill))[0].rows
        filled = {(r, c) for r, line in enumerate(rows, 1) for c, cell in enumerate(line, 1) if cell == "merged"}
        assert filled == {(r, c) for r in range(row + 1, row + down + 1) for c in range(column, column + across)}


class TestRefused:
    def test_a_password(self) -> None:
        """A workbook that is locked with a password says so, and how to unlock it."""
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le")
        assert refusal(locked) == (
            "data/local/x/book.xlsx: the workbook is locked with a password (open it in Excel, remove the password "
            "(File, Info, Protect Workbook), and save it again)"
        )

    @pytest.mark.parametrize("kept", [40, 400, -30])
    def test_cut_off(self, kept: int) -> None:
        """A workbook that was cut off is damaged, not a traceback."""
        content = saved(lambda sheet: sheet.append(["a"] * 50))
        assert "the workbook is damaged or cut off" in refusal(content[:kept])

    def test_not_a_workbook_inside(self) -> None:
        """A ZIP archive of something else is refused."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("readme.txt", "no workbook")
        assert "the workbook cannot be opened" in refusal(out.getvalue())

    def test_a_far_last_cell(self) -> None:
        """One cell in the last row and column is refused before a grid of that size is made."""
        content = saved(lambda sheet: sheet.cell(1_048_576, 16_384, "far"))
        assert "sheet1.xml reaches to row 1,048,576, column 16,384" in refusal(content)

    def test_a_vast_merged_range(self) -> None:
        """A merged range over the whole sheet is refused before it is filled."""
        content = saved(lambda sheet: (sheet.append(["a", "b"]), sheet.merge_cells("A1:B1")))
        content = changed(content, SHEET, b'ref="A1:B1"/>', b'ref="A1:XFD1048576"/>')
        assert "reaches to row 1,048,576" in refusal(content)

    def test_a_bomb(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A workbook that unpacks to more than is allowed is refused unopened."""
        monkeypatch.setattr(guard, "MOST_BYTES", 10_000)
        said = refusal(saved(lambda sheet: [sheet.append([f"text {n}"]) for n in range(1000)]))
        assert "the workbook unpacks to 0 MB, more than the 0 MB allowed" in said

    def test_a_document_type(self) -> None:
        """Entities that grow when they are read are refused."""
        content = saved(lambda sheet: sheet.append(["a"]))
        content = changed(content, SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet')
        assert "holds a document type definition" in refusal(content)

    @given(st.integers(1, 16_384))
    def test_columns_are_counted_by_their_letters(self, column: int) -> None:
        """A is 1, Z is 26, AA is 27."""
        assert guard._number(get_column_letter(column).encode()) == column


class TestChoice:
    def test_the_only_sheet_in_sight(self, tmp_path: Any) -> None:
        """Without a name the one sheet that is not hidden is read; with two in sight a name is needed."""
        book = Workbook()
        book.active.append(["seen"])
        book.create_sheet("Lists").append(["hidden"])
        book["Lists"].sheet_state = "hidden"
        path = tmp_path / "book.xlsx"
        book.save(path)
        file = OpenedFile(path, "book.xlsx", "book.xlsx")
        assert open_grid(file).rows == [["seen"]]

        book["Lists"].sheet_state = "visible"
        book.save(path)
        with pytest.raises(InputError, match="the workbook has 2 sheets"):
            open_grid(file)

    def test_hidden_sheets_and_rows_are_said(self, sources: Any) -> None:
        """A reader of the report can learn that hidden rows and sheets were read."""
        book = Workbook()
        book.active.append(["a"])
        book.active.append(["b"])
        book.active.row_dimensions[2].hidden = True
        book.create_sheet("Old").sheet_state = "hidden"
        content = io.BytesIO()
        book.save(content)
        settings = {"reader": "records", "columns": {"a": {"header": "a", "type": "text"}}, "table": {"sheet": "Sheet"}}
        sources.write("data/local/rows", settings, {"book.xlsx": content.getvalue()})

        source = load_sources(sources.project)["rows"]

        assert [note.what for note in file_notes(sources.project, source, date(2030, 1, 1))] == [
            "1 hidden row was read in the sheet 'Sheet'",
            "the sheet 'Old' is hidden; it was read all the same",
        ]
