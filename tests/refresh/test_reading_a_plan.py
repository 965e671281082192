"""A work plan as councils keep it, from the workbook to what the review shows: nothing is guessed, nothing is lost."""

import io
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from openpyxl import Workbook

from toolkit.params import load_project
from toolkit.refresh import Lateness, PlanSettings, actions_for
from toolkit.sources import file_notes, load_sources, read_work_plan
from toolkit.words.plan import describe_delivery, describe_notes

EXAMPLES = yaml.safe_load(
    (Path(__file__).parents[1] / "examples" / "work_plan_as_kept.yaml").read_text(encoding="utf-8")
)
HEADERS = ["Ref", "Action", "Lead officer", "Due date", "Status", "RAG", "Priority"]
FIELDS = ["id", "action", "lead", "due", "status", "rag", "priority"]
USUAL = {
    "id": "1.1", "action": "Meet every term", "lead": "Head of SEND", "due": "31/07/2019", "status": "On-going",
    "rag": "", "priority": "a",
}  # fmt: skip
WORDS = {"in progress": ["On-going"], "complete": ["Done"]}
CUT_OFF = date(2019, 4, 30)


def plan(sheets: dict[str, list[dict[str, Any]]]) -> bytes:
    """A workbook with macros: a sheet a workstream, each with merged titles above its headers; some rows hidden."""
    book = Workbook()
    stored: dict[bytes, bytes] = {}
    for at, (title, actions) in enumerate(sheets.items()):
        sheet = book.active if at == 0 else book.create_sheet()
        sheet.title = title
        sheet.append(["SEND work plan"])
        sheet.merge_cells("A1:G1")
        sheet.append(["Last updated: 12 April 2019"])
        sheet.append(HEADERS)
        for line, given in enumerate(actions, 4):
            for column, field in enumerate(FIELDS, 1):
                value = (USUAL | given)[field]
                cell = sheet.cell(line, column, f"={value['formula']}" if isinstance(value, dict) else value or None)
                if isinstance(value, dict) and "stored" in value:
                    cell.number_format = "DD/MM/YYYY"
                    stored[value["formula"].encode()] = value["stored"].encode()
            sheet.row_dimensions[line].hidden = bool(given.get("hidden"))
    content = io.BytesIO()
    book.save(content)
    return with_macros(content.getvalue(), stored)


def with_macros(content: bytes, stored: dict[bytes, bytes]) -> bytes:
    """The workbook as .xlsm: macros that nothing may run, and the results that Excel stored with some formulas."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"<v></v>", b"<v/>").replace(b"<v />", b"<v/>")
            for formula, result in stored.items():
                part = part.replace(b"<f>%s</f><v/>" % formula, b"<f>%s</f><v>%s</v>" % (formula, result))
            plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            new.writestr(name, part.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub Auto_Open() : Kill everything : End Sub")
    return out.getvalue()


def read(tiny: Path, sheets: dict[str, list[dict[str, Any]]]) -> tuple[pd.DataFrame, list[str]]:
    """(ACTIONS, what is told of the file) of a plan that lies in the tiny project."""
    folder, content = tiny / "data" / "local" / "plan", plan(sheets)
    folder.mkdir(parents=True)
    (folder / "plan.xlsm").write_bytes(content)
    edition = {
        "edition": "2019",
        "published": "2019-04-12",
        "file": "plan.xlsm",
        "sha256": sha256(content).hexdigest(),
    }
    about = {"title": "Plan", "publisher": "Us", "licence": "None needed", "owner": "Manager", "reader": "work_plan"}
    settings = {"columns": dict(zip(FIELDS, HEADERS, strict=True)), "status_words": WORDS, "editions": [edition]}
    (folder / "source.yaml").write_text(yaml.safe_dump(about | settings), encoding="utf-8")
    source = load_sources(tiny)["plan"]
    written = read_work_plan(tiny, source, CUT_OFF)  # type: ignore[arg-type]
    shown = PlanSettings(WORDS, Lateness(CUT_OFF, 90), True)
    actions = actions_for(written, load_project(tiny).strategy, shown)
    return actions, [note.what for note in file_notes(tiny, source, CUT_OFF)]


@pytest.mark.parametrize("case", EXAMPLES, ids=lambda case: case["says"])
def test_what_an_officer_typed_is_shown_as_typed(case: dict[str, Any], tiny: Path):
    """A cell that says what a review needs is read; any other stays as it was typed, with a note."""
    given = {field: case[field] for field in (*FIELDS, "hidden") if field in case}

    action = read(tiny, {"Plan": [given]})[0].iloc[0]

    shown = {**action, "note": describe_notes(action["note"])}
    assert {field: shown[field] for field in case["shown"]} == case["shown"]
    assert case.get("because", "") in describe_delivery(action["delivery_reason"])


def test_every_sheet_and_every_row_is_read_and_macros_are_not_run(tiny: Path):
    """Two workstreams on two sheets under merged titles, a hidden row among them: all in the order of the workbook."""
    hidden, typed = {"id": "1.2", "hidden": True}, {"id": "2.1", "lead": {"formula": "Leads!B2"}}

    actions, notes = read(tiny, {"Working together": [{}, hidden], "Taking part": [typed, {"id": "2.2"}]})

    assert actions["id"].tolist() == ["1.1", "1.2", "2.1", "2.2"]
    assert describe_notes(actions["note"][1]) == "the row is hidden in the workbook"
    assert notes == [
        "1 hidden row was read in the sheet 'Working together'",
        "1 formula without a result was read as typed in the sheet 'Taking part'",
    ]


def test_two_actions_with_one_id_both_stay(tiny: Path):
    """On two sheets, each says that there is another; neither takes the other's place."""
    actions, _ = read(tiny, {"One": [{"action": "Meet"}], "Two": [{"action": "Write"}, {"id": "1.2"}]})

    assert actions[["id", "action"]].to_numpy().tolist() == [
        ["1.1", "Meet"],
        ["1.1", "Write"],
        ["1.2", "Meet every term"],
    ]
    assert [describe_notes(cell) for cell in actions["note"]] == ["another action has the same id"] * 2 + [""]
