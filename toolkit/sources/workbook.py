"""Workbooks as grids of text: stored results of formulas, merged cells filled, hidden rows and sheets noted."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable
from typing import Any

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.grid import Grid
from toolkit.sources.other_workbook import is_other_workbook, read_other_sheets
from toolkit.sources.reading import OpenedFile
from toolkit.sources.sheet_cells import fill_merged, text_of
from toolkit.sources.text_file import remove_unseen
from toolkit.sources.workbook_guard import formulas_as_text, refuse_unsafe_workbook

__all__ = ["read_sheets"]


def read_sheets(file: OpenedFile, data: bytes, wanted: Iterable[str] = (), formulas: bool = False) -> list[Grid]:
    """The ``wanted`` sheets, or every one, in the workbook's order. A sheet that is not there is an ``InputError``.

    A formula without a stored result is one too; with ``formulas`` it is read as it was typed, and noted.
    """
    if is_other_workbook(data):
        return read_other_sheets(file, data, wanted)
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
    written = [[_text(cell) for cell in row] for row in sheet.iter_rows()]
    rows = [[remove_unseen(text) for text in row] for row in written]
    cleaned = sum(one != other for pair in zip(rows, written, strict=True) for one, other in zip(*pair, strict=True))
    ranges = [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges]
    headings, repeated = fill_merged(rows, ranges)
    unseen = {row for row, shape in sheet.row_dimensions.items() if shape.hidden}
    seen = sheet.sheet_state == "visible"
    lines = list(range(1, len(rows) + 1))
    typed = sum(cell.startswith("=") for row in rows for cell in row)
    notes = [] if seen else [f"the sheet '{sheet.title}' is hidden; it was read all the same"]
    for number, one, many, how in (
        (len(unseen) if seen else 0, "hidden row was", "hidden rows were", "read"),
        (cleaned, "cell was", "cells were", "read without invisible characters"),
        (typed, "formula without a result was", "formulas without results were", "read as typed"),
    ):
        if number:
            notes.append(f"{number} {one if number == 1 else many} {how} in the sheet '{sheet.title}'")
    hidden = frozenset(unseen if seen else lines)
    return Grid(file, rows, lines, sheet.title, hidden, headings, tuple(notes), repeated)


def _text(cell: Any) -> str:
    """A cell as a person reads it; percentages with their sign."""
    value = cell.value
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{100 * value:.12g}%"
    return text_of(value)
