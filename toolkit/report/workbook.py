"""The tables as an accessible workbook: cover, contents, notes, one table a sheet; text stays text.

gptables lays the workbook out as the Analysis Function asks. Its own liberties with text are taken back: it makes
links of Markdown, notes of $$…$$, and refuses a cell without a Latin letter or digit.
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

from toolkit.words.numbers import MARKERS

__all__ = ["About", "write_workbook"]

_CREATED = datetime(2000, 1, 1)
"""A day that says nothing: a workbook that knew when it was made would never be the same twice."""

_FIGURES = ("value", "low", "high", "numerator", "denominator")
"""Columns for which a row's marker says why there is no number."""

_BASELINE = ("baseline_value", "change")
"""Columns for which the baseline's marker does."""

_LONGEST = 32_767
"""Most letters that a cell may hold."""

_MISREAD = re.compile(r"\]\(|\$\$|^[^a-zA-Z0-9]*$")
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LEGEND = "Shorthand: " + "; ".join(f"[{marker}] {meaning}" for marker, meaning in MARKERS.items()) + "."


@dataclass(frozen=True)
class About:
    """What the cover says: title, who made it, lines about the review, notes, and a title for each sheet."""

    title: str
    creator: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    captions: Mapping[str, str] = field(default_factory=dict)


def write_workbook(tables: Mapping[str, pd.DataFrame], path: Path, about: About) -> None:
    """Write ``tables`` (sheet name → frame) to ``path`` as XLSX; the same call writes the same bytes.

    A number that is missing is shown by its row's marker, such as [c], else by [x]; empty text by [z]. Sheet names
    have at most 31 letters. It takes about a second for 100,000 cells.

    Example: ``write_workbook({"results": results}, folder / "tables.xlsx", About("Tables", "Council", (), ()))``
    """
    import gptables

    cells = {name: _cells(frame) for name, frame in tables.items()}
    sheets = {
        name: gptables.GPTable(
            table=cells[name].mask(_misread(cells[name]), "text"),
            table_name=f"table_{name}",
            title=_unlinked(about.captions.get(name, name.capitalize())),
            instructions="This worksheet contains one table.",
            legend=[_LEGEND],
            index_columns={},
        )
        for name in tables
    }
    cover = gptables.Cover(title=_unlinked(about.title), intro=[_unlinked(line) for line in about.lines], width=80)
    notes = pd.DataFrame({"Note": range(len(about.notes)), "Text": [_unlinked(note) for note in about.notes]})
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
    _say_language(path)


def _say_language(path: Path) -> None:
    """Write the language into the workbook's properties, which XlsxWriter cannot."""
    with ZipFile(path) as book:
        parts = [(part, book.read(part)) for part in book.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as book:
        for part, content in parts:
            said = content.replace(b"</dc:creator>", b"</dc:creator><dc:language>en-GB</dc:language>", 1)
            book.writestr(part, said if part.filename == "docProps/core.xml" else content)


def _unlinked(text: str) -> str:
    """``text`` of the cover, the notes and the titles with a space where gptables would see a link or a note."""
    return text.replace("](", "] (").replace("$$", "$ $")


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as what is written: numbers, text, and a marker or shorthand where there is nothing."""
    if frame.empty:
        return pd.DataFrame([["no rows", *["[z]"] * (frame.shape[1] - 1)]], columns=list(frame.columns))
    columns = {name: _column(frame[name], _markers(frame, name)) for name in frame.columns}
    return pd.DataFrame(columns, index=frame.index).reset_index(drop=True)


def _markers(frame: pd.DataFrame, name: str) -> pd.Series:
    """Why there is no number in a column, row by row."""
    told_by = "marker" if name in _FIGURES else "baseline_marker" if name in _BASELINE else ""
    return frame[told_by] if told_by in frame else pd.Series("", index=frame.index)


def _column(column: pd.Series, markers: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "yes", False: "no"}).astype(object)
    if pd.api.types.is_numeric_dtype(column):
        instead = ("[" + markers + "]").where(markers != "", "[x]")
        return column.astype(object).where(column.notna(), instead.astype(object))
    text = column.fillna("").astype(str)
    nothing = "none" if str(column.name).endswith("marker") else "[z]"
    return text.mask(text.str.strip() == "", nothing).str.slice(0, _LONGEST).astype(object)


def _misread(cells: pd.DataFrame) -> pd.DataFrame:
    """True for the cells of text that gptables would take for something else."""
    return cells.map(lambda cell: isinstance(cell, str) and bool(_MISREAD.search(cell)))


def _finish(worksheet: Any, cells: pd.DataFrame, place: tuple[Any, int]) -> None:
    """Write back the text that was held back, and give each column the width of its words, within reason."""
    book, head = place
    plain = book.add_format({**book.theme.data_format, "align": "left"})
    for row, column in zip(*_misread(cells).to_numpy().nonzero(), strict=True):
        worksheet.write_string(head + 1 + int(row), int(column), cells.iat[row, column], plain)
    for column, name in enumerate(cells.columns):
        longest = int(cells[name].astype(str).str.len().max())
        worksheet.set_column(column, column, min(60, max(12, len(str(name)) + 2, longest + 2)))
