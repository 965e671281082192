"""One table: a caption, a header row, a row header, no empty and no merged cells, and a scroll region of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.report.shown import Html, Shown, as_attribute, as_text, breakable, say_html, slug, tag, trust_html
from toolkit.words.bank import REPORT
from toolkit.words.numbers import MARKERS, format_figure, say_no_data

__all__ = ["ColumnFormat", "Columns", "column_formats", "is_illustrative", "label_markers", "table"]

_MARKER = re.compile(rf"\[({'|'.join(MARKERS)})\]")


_TABLE = Html(
    '<div class="scroll" role="group" aria-labelledby="{key}" tabindex="0">\n<table{kind}>\n'
    '<caption id="{key}"><span class="captioned">{title}</span></caption>\n'
    "<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"
)
_TAGS = re.compile("<[^>]+>")
_LONG = 60
"""Letters from which a text needs a broad column."""

_WIDE = 4
"""Columns from which each row is a card on a phone, each cell with the heading of its column in front."""


@dataclass(frozen=True)
class ColumnFormat:
    """How a column is shown: its heading, how numbers are written, and the word for an empty cell.

    ``kind`` "number" sets it to the right; ``unit`` and ``decimals`` write its floats. ``empty`` "" is "no data".
    """

    label: str
    kind: Literal["text", "number"] = "text"
    unit: str = "number"
    decimals: int = 0
    empty: str = ""


Columns = Mapping[str, str | ColumnFormat]
"""Column of a frame → its heading, or how it is shown."""


def column_formats(name: str, fields: Iterable[str], numbers: Collection[str] = ()) -> dict[str, ColumnFormat]:
    """The columns of the table ``name``: headings, and words for empty cells, from the phrases of the report.

    >>> column_formats("plan_changes", ["action", "decision"])["decision"]
    ColumnFormat(label='Decision', kind='text', unit='number', decimals=0, empty='none')
    """
    return {field: _column(name, field, "number" if field in numbers else "text") for field in fields}


def _column(name: str, field: str, kind: Literal["text", "number"]) -> ColumnFormat:
    empty = f"empty.{name}.{field}"
    return ColumnFormat(REPORT.say(f"heading.{name}.{field}"), kind, empty=REPORT.say(empty) if empty in REPORT else "")


def table(frame: pd.DataFrame, caption: str, columns: Columns, csv: str = "") -> Shown:
    """``frame`` as an HTML table with the given columns in the given order; the first one heads the rows.

    A cell that is a ``Shown`` is put in as it is, anything else as text. Where a number is missing, the row's
    ``marker`` stands in its place, in brackets. Rows marked illustrative label the caption. No rows: a sentence.
    ``csv`` names the file of ``tables/`` that holds these figures, which is linked to under the table.
    Columns that the frame lacks are an ``InputError``, unless it has none at all, as one made from no rows.

    >>> table(pd.DataFrame({"year": ["2018"], "plans": [4222.0]}), "Plans", {"year": "Year", "plans": "Plans"})
    Shown(html=Html('<div class="scroll" ...
    """
    if unknown := [name for name in columns if name not in frame and len(frame.columns)]:
        raise InputError(
            Problem(
                f"the table '{caption}'", 0, f"there is no column '{name}'", did_you_mean(name, map(str, frame.columns))
            )
            for name in unknown
        )
    formats = {
        name: column if isinstance(column, ColumnFormat) else ColumnFormat(column) for name, column in columns.items()
    }
    title = Html("{}{}").format(tag("illustrative") if is_illustrative(frame) else "", caption)
    if frame.empty:
        nothing = Html('<p class="nothing"><span class="captioned">{}</span>: {}</p>')
        return Shown(nothing.format(title, REPORT.say("table.nothing")), {caption: frame})
    shown = {name: _kind(frame, name, column) for name, column in formats.items()}
    heads = Html("").join(_head(frame[name], column) for name, column in shown.items())
    markers = frame["marker"] if "marker" in frame else pd.Series("", index=frame.index)
    rows = zip(zip(*(frame[name] for name in shown), strict=True), markers, strict=True)
    wide = len(shown) >= _WIDE
    body = Html("\n").join(_row(cells, list(shown.values()), str(marker), wide) for cells, marker in rows)
    kind = Html(' class="cards"') if wide else Html("")
    html = _TABLE.format(key=slug(caption), kind=kind, title=title, heads=heads, body=body)
    return Shown(html + _link_to(csv) if csv else html, {caption: frame})


def _link_to(csv: str) -> Html:
    """Of results the file has every authority's, of which the averages on a page are made."""
    place, holds = as_attribute(f"tables/{csv}.csv"), "by_authority" if csv == "results" else "data"
    return Html('\n<p class="csv">{} <a href="{}">{}.csv</a></p>').format(REPORT.say(f"table.{holds}"), place, csv)


def is_illustrative(frame: pd.DataFrame) -> bool:
    """True where any row says that its figures are made up for the demonstration."""
    return "illustrative" in frame and bool((frame["illustrative"].fillna("").astype(str) != "").any())


def _kind(frame: pd.DataFrame, name: str, column: ColumnFormat) -> ColumnFormat:
    numeric = pd.api.types.is_numeric_dtype(frame[name]) and not pd.api.types.is_bool_dtype(frame[name])
    return ColumnFormat(column.label, "number", column.unit, column.decimals, column.empty) if numeric else column


def _head(cells: pd.Series, column: ColumnFormat) -> Html:
    """The heading of a column; one of long texts keeps room for them on a narrow screen, where the table scrolls."""
    longest = max(len(_TAGS.sub("", str(cell.html))) if isinstance(cell, Shown) else len(str(cell)) for cell in cells)
    side = Html(' class="long"') if column.kind == "text" and longest > _LONG else _side(column)
    return Html('<th scope="col"{}>{}</th>').format(side, column.label)


def _side(column: ColumnFormat) -> Html:
    return Html(' class="number"') if column.kind == "number" else Html("")


def _row(cells: tuple[Any, ...], columns: list[ColumnFormat], marker: str, wide: bool) -> Html:
    first, *others = (_cell(cell, column, marker) for cell, column in zip(cells, columns, strict=True))
    named = Html(' data-heading="{}"')
    cell = Html("<td{}{}>{}</td>")
    rest = Html("").join(
        cell.format(_side(column), named.format(_before_a_cell(column.label)) if wide else Html(""), html)
        for html, column in zip(others, columns[1:], strict=True)
    )
    return Html('<tr><th scope="row"{}>{}</th>{}</tr>').format(_side(columns[0]), first, rest)


def _before_a_cell(label: str) -> Html:
    """The heading of a column as it stands in front of a cell of a card."""
    return as_attribute(label if label.endswith("?") else f"{label}:")


def _cell(cell: Any, column: ColumnFormat, marker: str) -> Html:
    if isinstance(cell, Shown):
        return cell.html
    if isinstance(cell, bool):
        return say_html("workbook.true" if cell else "workbook.false")
    if isinstance(cell, int | float):
        cell = format_figure(float(cell), column.unit, column.decimals, marker if pd.isna(cell) else "")
    text = "" if pd.isna(cell) else str(cell)
    return label_markers(text) if text.strip() else as_text(column.empty or say_no_data())


def label_markers(text: str) -> Html:
    """``text`` as HTML, its markers such as [c] labelled so that the page explains those it uses."""
    html = str(breakable(text))
    return trust_html(_MARKER.sub(r'<span class="marker">[\1]</span>', html))
