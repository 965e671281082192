"""Exports are read as they are: what cannot be read is blank and named, and never stops the rest of the file."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from openpyxl import Workbook

from toolkit.errors import InputError
from toolkit.sources import RecordsSource, file_notes, load_sources, read_records
from toolkit.sources.days import parse_day
from toolkit.sources.faults import Fault
from toolkit.sources.markers import read_value
from toolkit.sources.other_workbook import is_other_workbook

EXAMPLES = Path(__file__).parents[1] / "examples" / "sources"
CASES = yaml.safe_load((EXAMPLES / "exports.yaml").read_text(encoding="utf-8"))
CUT_OFF = date(2030, 1, 1)
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
COLUMNS = {
    "requested": {"header": "Date of request", "type": "date"},
    "issued": {"header": "Date issued", "type": "date"},
    "places": {"header": "Places", "type": "number"},
    "note": {"header": "Note", "type": "text"},
}


def read(sources: Any, name: str, content: bytes) -> tuple[pd.DataFrame, list[str]]:
    """The rows of an export, and the notes on how it was read."""
    sources.write("data/local/rows", {"reader": "records", "columns": COLUMNS}, {name: content})
    source = load_sources(sources.project)["rows"]
    assert isinstance(source, RecordsSource)
    notes = [note.what for note in file_notes(sources.project, source, CUT_OFF)]
    return read_records(sources.project, source, CUT_OFF), notes


def shown(column: pd.Series) -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return ["" if pd.isna(day) else day.date().isoformat() for day in column]
    return ["" if pd.isna(value) else value for value in column]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_an_export_is_read_as_it_is(case: dict[str, Any], sources: Any) -> None:
    rows, notes = read(sources, "rows.csv", case["file"].encode(case.get("encoding", "utf-8")))
    for name in ("requested", "issued", "places"):
        if name in case:
            assert shown(rows[name]) == case[name]
    unread = ["; ".join(filter(None, texts)) for texts in zip(rows["problems"], rows["number_problems"], strict=True)]
    assert unread == case.get("unread", [""] * len(rows))
    assert notes == case.get("notes", [])


def test_years_of_two_digits_are_taken_in_exports_alone() -> None:
    with pytest.raises(Fault):
        parse_day("03/04/18")
    assert parse_day("03/04/18", short_years=True) == date(2018, 4, 3)


def test_pounds_are_no_number_in_a_file_of_figures() -> None:
    with pytest.raises(Fault):
        read_value("£9,500")


def test_a_number_in_merged_cells_counts_once(sources: Any) -> None:
    """The text of a merged cell holds for all its rows; its number is not added up again and again."""
    book = Workbook()
    sheet = book.active
    for row in (
        ["Ref", "Date of request", "Date issued", "Places", "Note"],
        ["1", "03/04/2018", None, 40, "one school"],
        ["2", "03/04/2018", None, None, None],
        ["3", "03/04/2018", None, 5, None],
    ):
        sheet.append(row)
    sheet.merge_cells("D2:D3")
    sheet.merge_cells("E2:E3")
    content = io.BytesIO()
    book.save(content)
    rows, _ = read(sources, "rows.xlsx", content.getvalue())
    assert shown(rows["places"]) == [40, "", 5]
    assert rows["note"].tolist() == ["one school", "one school", ""]
    assert rows["number_problems"].tolist() == ["", "places: the cell is merged with the one above", ""]


def test_an_old_xls_is_read(sources: Any) -> None:
    """export.xls holds a day as a day, days and pounds as text, and a last line that is no case."""
    rows, notes = read(sources, "export.xls", (EXAMPLES / "export.xls").read_bytes())
    assert shown(rows["requested"]) == ["2018-04-03", "2021-11-29"]
    assert shown(rows["issued"]) == ["2021-09-09", ""]
    assert shown(rows["places"]) == [12, 9500]
    assert rows["note"].tolist() == ["café", ""]
    assert rows["place"].tolist() == ["Cases!row 2", "Cases!row 3"]
    assert notes == ["left out, because not part of the table: line 4"]


def open_document(rows: list[list[str | float]]) -> bytes:
    """An .ods workbook of one sheet, in the fewest parts that the format allows."""

    def cell(value: str | float) -> str:
        kind = "string" if isinstance(value, str) else "float"
        number = "" if isinstance(value, str) else f' office:value="{value}"'
        return f'<table:table-cell office:value-type="{kind}"{number}><text:p>{value}</text:p></table:table-cell>'

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = f'<office:spreadsheet><table:table table:name="Cases">{lines}</table:table></office:spreadsheet>'
    content = f"<office:document-content{names}><office:body>{body}</office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return out.getvalue()


def test_an_ods_workbook_is_read(sources: Any) -> None:
    content = open_document(
        [["Ref", "Date of request", "Date issued", "Places", "Note"], ["1", "03/04/2018", "", 12.0, "café"]]
    )
    rows, _ = read(sources, "rows.ods", content)
    assert (shown(rows["requested"]), shown(rows["places"]), rows["note"].tolist()) == (["2018-04-03"], [12], ["café"])


def test_a_reader_that_is_ended_by_a_file_takes_nothing_with_it(sources: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crafted sheet can end the process that reads it: the review gets an error, as for any damaged file."""
    script = sources.project / "ends.py"
    script.write_text("import os\nos.abort()\n", encoding="utf-8")
    monkeypatch.setattr("toolkit.sources.other_workbook.READER", script)
    with pytest.raises(InputError, match=r"the workbook cannot be opened: it is damaged"):
        read(sources, "export.xls", (EXAMPLES / "export.xls").read_bytes())


def test_a_damaged_workbook_of_either_kind_is_refused(sources: Any) -> None:
    for name, content in (
        ("export.xls", (EXAMPLES / "export.xls").read_bytes()[:600]),
        ("rows.ods", open_document([["Ref"]])[:200]),
    ):
        assert is_other_workbook(content)
        with pytest.raises(InputError, match=r"the workbook (cannot be opened|is damaged or cut off)"):
            read(sources, name, content)
