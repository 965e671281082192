"""XLSX workbooks as grids of text: stored results of formulas, merged cells filled, hidden rows and sheets noted."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.grid import Grid
from toolkit.sources.reading import OpenedFile
from toolkit.sources.workbook_guard import formulas_as_text, refuse_unsafe_workbook

__all__ = ["read_sheets"]


def read_sheets(file: OpenedFile, data: bytes, wanted: Iterable[str] = (), formulas: bool = False) -> list[Grid]:
    """The ``wanted`` sheets, or every one, in the workbook's order. A sheet that is not there is an ``InputError``.

    A formula without a stored result is one too; with ``formulas`` it is read as it was typed, and noted.
    """
    workbook = _open(file, data, formulas)
    names = list(wanted) or workbook.sheetnames
    problems = [
        Problem(file.shown, 0, f"there is no sheet '{name}'", did_you_mean(name, workbook.sheetnames))
        for name in names
        if name not in workbook.sheetnames
    ]
    if problems:
        raise InputError(problems)
    return [_grid(file, workbook[name]) for name in names]


def _open(file: OpenedFile, data: bytes, formulas: bool) -> Any:
    from openpyxl import load_workbook  # slow to import, and most projects read few workbooks

    refuse_unsafe_workbook(data, file.shown, formulas)
    data = formulas_as_text(data) if formulas else data
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: none of them holds a cell
            return load_workbook(io.BytesIO(data), data_only=True)
    except Exception as error:  # openpyxl raises whatever its parsers do
        what = f"the workbook cannot be opened: {error}"
        raise InputError(Problem(file.shown, 0, what, "open it in Excel and save it again as .xlsx")) from None


def _grid(file: OpenedFile, sheet: Any) -> Grid:
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    headings = set()
    for merged in sorted(sheet.merged_cells.ranges, key=lambda cells: cells.bounds):
        text = rows[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, merged.max_row):
            beside = [cell for cell in rows[row][: merged.min_col - 1] + rows[row][merged.max_col :] if cell]
            rows[row][merged.min_col - 1 : merged.max_col] = [text] * (merged.max_col - merged.min_col + 1)
            if merged.max_col > merged.min_col and not beside:
                headings.add(row + 1)
    unseen = {row for row, shape in sheet.row_dimensions.items() if shape.hidden}
    seen = sheet.sheet_state == "visible"
    lines = list(range(1, len(rows) + 1))
    notes = [] if seen else [f"the sheet '{sheet.title}' is hidden; it was read all the same"]
    if seen and unseen:
        rows_are = "1 hidden row was" if len(unseen) == 1 else f"{len(unseen)} hidden rows were"
        notes.append(f"{rows_are} read in the sheet '{sheet.title}'")
    typed = sum(cell.startswith("=") for row in rows for cell in row)
    if typed:
        formulas_are = "1 formula without a result was" if typed == 1 else f"{typed} formulas without results were"
        notes.append(f"{formulas_are} read as typed in the sheet '{sheet.title}'")
    hidden = frozenset(unseen if seen else lines)
    return Grid(file, rows, lines, sheet.title, hidden, frozenset(headings), tuple(notes))


def _text(cell: Any) -> str:
    """A cell as a person reads it: days as 2019-03-31, percentages with their sign, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{100 * value:.12g}%"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()
