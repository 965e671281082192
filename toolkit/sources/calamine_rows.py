"""A script: the sheets of an .xls or .ods workbook as JSON.

It is run in a process of its own, because a crafted sheet can end the process that reads it. Standard input is the
workbook, the arguments are the sheets that are wanted (none: all). Prints {"names", "sheets": [{"name", "rows",
"merged"}]}, days as ["2019-03-31T00:00:00"]; what is wrong with the file is {"error": text}.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

MOST_CELLS = 3_000_000
"""Rows × columns up to a sheet's last cell from which it is refused."""


def read_workbook(data: bytes, wanted: list[str]) -> dict[str, Any]:
    """Names of all sheets, and the rows of the wanted ones that exist."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = workbook.sheet_names
    return {"names": names, "sheets": [read_sheet(workbook, name) for name in wanted or names if name in names]}


def read_sheet(workbook: CalamineWorkbook, name: str) -> dict[str, Any]:
    """The rows of one sheet from its first line on, with its merged cells (top, left, bottom, right)."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height * sheet.total_width > MOST_CELLS:
        raise ValueError(f"the sheet '{name}' reaches to row {sheet.total_height:,}, column {sheet.total_width:,}")
    merged = [[*start, *end] for start, end in sheet.merged_cell_ranges or ()]
    return {"name": name, "rows": sheet.to_python(skip_empty_area=False), "merged": merged}


def in_json(value: Any) -> Any:
    """A day as a list of one, so that it differs from a text; a length of time as text."""
    if isinstance(value, timedelta):
        return str(value)
    return [value.isoformat()] if isinstance(value, date) else value.isoformat()


if __name__ == "__main__":
    try:
        answer = read_workbook(sys.stdin.buffer.read(), sys.argv[1:])
    except (CalamineError, OSError, ValueError) as error:
        answer = {"error": str(error)}
    sys.stdout.buffer.write(json.dumps(answer, default=in_json).encode())
