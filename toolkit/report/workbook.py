"""The tables as an accessible workbook: cover, contents, notes, one table a sheet; text stays text.

gptables lays the workbook out as the Analysis Function asks. What it does to text is undone: it turns Markdown into
links and $$…$$ into notes, and refuses a cell without a Latin letter or digit.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd

from toolkit.words.bank import REPORT
from toolkit.words.numbers import MARKERS, explain_marker

__all__ = ["Cover", "write_workbook"]

_CREATED = datetime(2000, 1, 1)
"""The date in every workbook: with the real one, no workbook would be the same twice."""

_FIGURES = ("value", "low", "high", "numerator", "denominator")
"""Columns in which a missing number is shown as the row's marker."""

_BASELINE = ("baseline_value", "change")
"""Columns in which it is shown as the baseline's marker."""

_LONGEST = 32_767
"""The most characters that a cell may hold."""

_MISREAD = re.compile(r"\]\(|\$\$|^[^a-zA-Z0-9]*$")
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Cover:
    """The cover: title, creator, lines about the review, notes, and a title for each sheet."""

    title: str
    creator: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    captions: Mapping[str, str] = field(default_factory=dict)


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path, about: Cover) -> None:
    """Write ``tables`` (sheet name → frame) to ``path`` as XLSX; the same call writes the same bytes.

    A number that is missing is shown by its row's marker, such as [c], else by [x]; empty text by [z]. Sheet names
    have at most 31 letters. It takes about a second for 100,000 cells.

    Example: ``write_workbook({"results": results}, folder / "tables.xlsx", About("Tables", "Council", (), ()))``
    """
    import gptables

    meanings = "; ".join(f"[{marker}] {explain_marker(marker)}" for marker in MARKERS)
    legend = REPORT.say("workbook.legend", meanings=meanings)
    cells = {name: _cells(frame) for name, frame in tables.items()}
    sheets = {
        name: gptables.GPTable(
            table=cells[name].mask(_misread(cells[name]), "text"),
            table_name=f"table_{name}",
            title=_escape_markup(about.captions.get(name, name.capitalize())),
            instructions=REPORT.say("workbook.instructions"),
            legend=[legend],
            index_columns={},
        )
        for name in tables
    }
    cover = gptables.Cover(
        title=_escape_markup(about.title), intro=[_escape_markup(line) for line in about.lines], width=80
    )
    notes = pd.DataFrame(
        {
            REPORT.say("workbook.note"): range(len(about.notes)),
            REPORT.say("workbook.text"): [_escape_markup(note) for note in about.notes],
        }
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # notes that no cell refers to are meant; the rest is gptables on pandas 3
        book = gptables.produce_workbook(
            str(path),
            sheets,
            cover=cover,
            notes_table=notes if about.notes else None,
            auto_width=False,
            workbook_options=_OPTIONS,
        )
    for name, sheet in sheets.items():
        _finish(book.get_worksheet_by_name(name), cells[name], (book, sheet.data_range[0]))
    book.set_properties({"title": about.title, "author": about.creator, "created": _CREATED})
    book.close()
    _set_language(path)


def _set_language(path: Path) -> None:
    """Write the language into the workbook's properties, which XlsxWriter cannot."""
    with ZipFile(path) as book:
        parts = [(part, book.read(part)) for part in book.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for part, content in parts:
            marked = content.replace(b"</dc:creator>", b"</dc:creator><dc:language>en-GB</dc:language>", 1)
            book.writestr(part, marked if part.filename == "docProps/core.xml" else content)


def _escape_markup(text: str) -> str:
    """``text`` of the cover, the notes and the titles with a space where gptables would see a link or a note."""
    return text.replace("](", "] (").replace("$$", "$ $")


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it is written: numbers, text, and a marker or shorthand where there is nothing."""
    if frame.empty:
        return pd.DataFrame(
            [[REPORT.say("workbook.no_rows"), *["[z]"] * (frame.shape[1] - 1)]], columns=list(frame.columns)
        )
    columns = {name: _column(frame[name], _markers(frame, name)) for name in frame.columns}
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def _markers(frame: pd.DataFrame, name: str) -> pd.Series:
    """Why there is no number in a column, row by row."""
    marker_column = "marker" if name in _FIGURES else "baseline_marker" if name in _BASELINE else ""
    return frame[marker_column] if marker_column in frame else pd.Series("", index=frame.index)


def _column(column: pd.Series, markers: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: REPORT.say("workbook.true"), False: REPORT.say("workbook.false")}).astype(object)
    if pd.api.types.is_numeric_dtype(column):
        instead = ("[" + markers + "]").where(markers != "", "[x]")
        return column.astype(object).where(column.notna(), instead.astype(object))
    text = column.fillna("").astype(str)
    nothing = REPORT.say("workbook.no_marker") if str(column.name).endswith("marker") else "[z]"
    return text.mask(text.str.strip() == "", nothing).str.slice(0, _LONGEST).astype(object)


def _misread(cells: pd.DataFrame) -> pd.DataFrame:
    """True for the cells of text that gptables would take for something else."""
    return cells.map(lambda cell: isinstance(cell, str) and bool(_MISREAD.search(cell)))


def _finish(worksheet: Any, cells: pd.DataFrame, place: tuple[Any, int]) -> None:
    """Write the text that gptables would have misread, and set the widths of columns."""
    book, head = place
    plain = book.add_format({**book.theme.data_format, "align": "left"})
    for row, column in zip(*_misread(cells).to_numpy().nonzero(), strict=True):
        worksheet.write_string(head + 1 + int(row), int(column), cells.iat[row, column], plain)
    for column, name in enumerate(cells.columns):
        longest = int(cells[name].astype(str).str.len().max())
        worksheet.set_column(column, column, min(60, max(12, len(str(name)) + 2, longest + 2)))
