"""Reads a work plan as councils keep it: a workbook with title rows, merged cells, hidden rows, dates as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field

from toolkit.errors import InputError, Problem
from toolkit.frames import ActionState
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import YamlDocument
from toolkit.sources.cells import OURS, add_places
from toolkit.sources.faults import read_all
from toolkit.sources.grid import Grid, Table, normalise_header
from toolkit.sources.opening import is_workbook, open_source
from toolkit.sources.reading import OpenedFile, Reading
from toolkit.sources.source import Source, reserved_names
from toolkit.sources.text_file import read_csv
from toolkit.sources.workbook import read_sheets

__all__ = ["FIELDS", "WorkPlanSource", "read_work_plan"]

FIELDS = (
    *("id", "action", "lead", "accountable", "due", "status", "priority", "workstream", "measures"),
    *("outcome", "success", "rag", "progress", "mitigation"),
)
"""What an action has in every plan; a plan may have further columns of its own."""
RESERVED = (*OURS, "hidden")
NEEDED = ("id", "action", "due", "status", "priority")
LAST_HEADER_ROW = 15
"""The headers of a sheet are looked for on its first lines, under the titles."""


class WorkPlanSource(Source):
    """``columns``: field → header; other names are kept too. ``sheets``: those with actions, or all of them.

    ``status_words``: state → the words that the plan uses for it, for the rules that judge the state.
    """

    reader: Literal["work_plan"]
    columns: Mapping[Identifier, str]
    sheets: Literal["all"] | Listed[str] = "all"
    status_words: Mapping[Annotated[ActionState, Field(strict=False)], Listed[str]]

    def check(self, document: YamlDocument) -> Iterator[Problem]:
        yield from super().check(document)
        yield from reserved_names(document, self.columns, RESERVED)
        for field in NEEDED:
            if field not in self.columns:
                near = get_close_matches(field, self.columns, n=1)
                fix = f"'{near[0]}' looks like it" if near else "add it"
                yield document.problem(("columns",), f"the key '{field}' is missing", fix)
        for name in self.columns:
            if meant := _field_meant(name, [field for field in FIELDS if field not in (*self.columns, *NEEDED)]):
                what = f"'{name}' is not a field of an action"
                fix = f"did you mean '{meant}'? A column of your own needs a name that is less like it"
                yield document.problem(("columns", name), what, fix)


def _field_meant(name: str, fields: Sequence[str]) -> str:
    """The one of ``fields`` that a column's name misspells; "" for the plan's own names."""
    near = get_close_matches(name, fields, n=1, cutoff=0.75) if name not in FIELDS else []
    return near[0] if near and abs(len(near[0]) - len(name)) <= 1 else ""


def read_work_plan(project: Path, source: WorkPlanSource, cut_off: date) -> pd.DataFrame:
    """One row per action, in the order of the workbook; no rows where no edition was public on ``cut_off``.

    FIELDS and the plan's own columns as text as written ("" where the plan has no such column), ``sheet``, ``place``
    ("Sheet!row 12") and ``hidden`` (bool). A line filled by one merged cell is a heading, not an action.
    """
    columns = [*dict.fromkeys([*FIELDS, *source.columns]), "sheet", "place", "hidden"]
    reading = open_source(project, source, cut_off)
    if reading is None:
        return pd.DataFrame({c: pd.Series(dtype="bool" if c == "hidden" else "str") for c in columns})
    return read_opened_plan(source, reading)[columns]


def read_opened_plan(source: WorkPlanSource, reading: Reading) -> pd.DataFrame:
    """``read_work_plan`` for files that are open already, with the columns ``file`` and ``line``."""
    rows = pd.concat(read_all(partial(_file, source, file) for file in reading.files), ignore_index=True)
    return rows.reindex(columns=list(dict.fromkeys([*FIELDS, *rows.columns])), fill_value="")


def _file(source: WorkPlanSource, file: OpenedFile) -> pd.DataFrame:
    data = file.path.read_bytes()
    named = () if source.sheets == "all" else source.sheets
    grids = read_sheets(file, data, named, formulas=True) if is_workbook(data) else [read_csv(file, data)]
    plans = [grid for grid in grids if named or _header_row(source, grid)]
    if not plans:
        what = f"no sheet has the headers of a work plan in its first {LAST_HEADER_ROW} rows"
        fix = "correct the headers under columns: in source.yaml"
        raise InputError(Problem(file.shown, 0, what, fix))
    return pd.concat(read_all(partial(_sheet, source, grid) for grid in plans), ignore_index=True)


def _header_row(source: WorkPlanSource, grid: Grid) -> int:
    """The line with most of the mapped headers; 0 where no line has half of them."""
    wanted = {normalise_header(header) for header in source.columns.values()}
    first = [(line, row) for line, row in zip(grid.lines, grid.rows, strict=True) if line <= LAST_HEADER_ROW]
    matches = {line: len(wanted & {normalise_header(cell) for cell in row}) for line, row in first}
    best = max(matches, key=lambda line: matches[line], default=0)
    return best if matches.get(best, 0) * 2 >= len(wanted) else 0


def _sheet(source: WorkPlanSource, grid: Grid) -> pd.DataFrame:
    table = Table.of(grid, _header_row(source, grid) or 1, source.rename)
    rows = add_places(table.frame(dict(source.columns)), grid.file.name)
    return rows.assign(hidden=rows["line"].isin(list(grid.hidden)))
