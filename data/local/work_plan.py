"""The made-up work plan as a workbook that looks like a council's: merged titles and cells, hidden and blank rows."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from xlsx import Worksheet, as_bytes, fill, header, new_sheet, title_rows

__all__ = ["plan_book", "plan_of"]

COLUMNS = {
    "Ref": "ref", "Action": "action", "Lead officer": "lead", "Accountable": "accountable", "Start": "start",
    "Due date": "due", "Status": "status", "RAG": "rag", "Progress": "progress",
    "Mitigation": "mitigation", "Success criteria": "success",
    "Outcome": "outcome", "Measures": "measures", "Priority": "priority", "Notes": "notes",
}  # fmt: skip
HEADERS = ["Workstream", *COLUMNS]
WIDTHS = dict(zip("ABCDEFGHIJKLMNOP", (20, 7, 46, 26, 26, 12, 12, 16, 9, 40, 40, 40, 34, 30, 9, 34), strict=True))

Plan = dict[str, Any]


def plan_of(year: str, actions: Mapping[str, Any]) -> Plan:
    """The whole plan of a year: 2019 and 2021, the first of each strategy, as written, 2020 as 2019 with changes."""
    if "sheets" in actions[year]:
        return deepcopy(dict(actions[year]))
    plan: Plan = deepcopy(actions["2019"])
    later = actions[year]
    plan["updated"] = later["updated"]
    for stream in (stream for sheet in plan["sheets"] for stream in sheet["workstreams"]):
        kept = [action for action in stream["actions"] if action["ref"] not in later["dropped"]]
        changed = [action | later["changed"].get(action["ref"], {}) for action in kept]
        stream["actions"] = changed + later["new"].get(stream["name"], [])
    return plan


def plan_book(plan: Plan) -> bytes:
    """One sheet a priority. The header is on row 4 or 5, a blank row parts the workstreams."""
    book = None
    for content in plan["sheets"]:
        sheet = new_sheet(content["sheet"], book)
        book = sheet.parent
        write_titles(sheet, content, plan["updated"])
        row = int(content["header_row"]) + 1
        for stream in content["workstreams"]:
            row = write_workstream(sheet, row, stream, content["priority"]) + 1
        for letter, width in WIDTHS.items():
            sheet.column_dimensions[letter].width = width
    return as_bytes(book)


def write_titles(sheet: Worksheet, content: Plan, updated: str) -> None:
    titles = [
        f"SEND work plan: priority {content['priority']}",
        "ILLUSTRATIVE: made up for a demonstration. Roles, dates and progress are invented.",
        updated,
        "RAG: Green on time, Amber at risk, Red late or stopped",
    ]
    header_row = int(content["header_row"])
    title_rows(sheet, titles[: header_row - 1], len(HEADERS))
    header(sheet, header_row, HEADERS)


def write_workstream(sheet: Worksheet, row: int, stream: Plan, priority: str) -> int:
    """A row an action, the workstream's name in one merged cell beside them; the row after the last action."""
    first = row
    sheet.cell(first, 1, stream["name"])
    for action in stream["actions"]:
        for column, key in enumerate(COLUMNS.values(), start=2):
            value = priority if key == "priority" else action.get(key, "")
            fill(sheet.cell(row, column), value, colour=value if key == "rag" else "")
        sheet.row_dimensions[row].hidden = action.get("hidden") == "true"
        row += 1
    if row - first > 1:
        sheet.merge_cells(start_row=first, end_row=row - 1, start_column=1, end_column=1)
    return row
