"""Workbooks that are not XLSX, .xls and .ods, as grids of text. Which rows and sheets are hidden is not known."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.grid import Grid
from toolkit.sources.reading import OpenedFile
from toolkit.sources.sheet_cells import fill_merged, text_of
from toolkit.sources.text_file import remove_unseen

__all__ = ["is_other_workbook", "read_other_sheets"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The part of an OLE file that holds a workbook behind a password."""
ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
READER = Path(__file__).with_name("calamine_rows.py")
SECONDS = 120


def is_other_workbook(data: bytes) -> bool:
    """Whether the bytes are an .xls or .ods workbook that no password locks."""
    return (data.startswith(OLE) and LOCKED not in data) or ODS in data[:200]


def read_other_sheets(file: OpenedFile, data: bytes, wanted: Iterable[str] = ()) -> list[Grid]:
    """The ``wanted`` sheets, or every one. A sheet that is not there, or a damaged file, is an ``InputError``.

    A percentage is the fraction that the file stores: 0.95 where a person reads 95%.
    """
    names = list(wanted)
    workbook = _read_apart(data, names)
    if "error" in workbook:
        what = f"the workbook cannot be opened: {workbook['error']}"
        raise InputError(Problem(file.shown, 0, what, "open it in Excel and save it as .xlsx"))
    if missing := [name for name in names if name not in workbook["names"]]:
        fixes = {name: did_you_mean(name, workbook["names"]) for name in missing}
        raise InputError(Problem(file.shown, 0, f"there is no sheet '{name}'", fix) for name, fix in fixes.items())
    return [_grid(file, sheet) for sheet in workbook["sheets"]]


def _read_apart(data: bytes, names: list[str]) -> dict[str, Any]:
    """What the script of ``calamine_rows`` prints, or an error where it was ended or took too long."""
    command = [sys.executable, "-I", str(READER), *names]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"error": f"reading it took longer than {SECONDS} seconds"}
    except (subprocess.CalledProcessError, ValueError):
        return {"error": "it is damaged"}
    return answer


def _grid(file: OpenedFile, sheet: dict[str, Any]) -> Grid:
    rows = [[remove_unseen(_text(cell)) for cell in row] for row in sheet["rows"]]
    headings, repeated = fill_merged(rows, map(tuple, sheet["merged"]))
    lines = list(range(1, len(rows) + 1))
    return Grid(file, rows, lines, sheet["name"], headings=headings, repeated=repeated)


def _text(cell: Any) -> str:
    return text_of(datetime.fromisoformat(cell[0]) if isinstance(cell, list) else cell)
