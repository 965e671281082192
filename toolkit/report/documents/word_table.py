"""A table of a page as a table in Word; its heading rows are repeated on every page."""

from __future__ import annotations

from collections.abc import Callable
from math import fsum
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import _Cell

from toolkit.report.documents.page_content import text_of

__all__ = ["write_table"]

_MANY = 5
"""Columns above which the text of a table is smaller."""

_ROOM = 9638
"""Twentieths of a point between the margins: 17 cm."""

_ROW_LETTERS, _LONG_WORD, _PICTURE = 100, 16, 20
"""Letters that fit in a row, letters for which a word is not broken, letters whose room a small picture takes."""


def write_table(document: Any, element: Any, caption: str, write: Callable[[Any, Any], None]) -> None:
    """Add the table; ``caption`` becomes its title for screen readers, and ``write(paragraph, cell)`` writes a cell."""
    rows = element.xpath(".//tr")
    heads = len(element.xpath("./thead/tr"))
    widths = _widths(rows)
    style = document.styles["Small cell" if len(widths) > _MANY else "Cell"]
    table = document.add_table(len(rows), len(widths), style="Review table")
    _describe(table, caption, widths)
    for number, (row, written) in enumerate(zip(rows, table._tbl.tr_lst, strict=True)):
        _set_row(written, heading=number < heads)
        for cell, tc, width in zip(row, written.tc_lst, widths, strict=False):
            tc.width = Twips(width)
            paragraph = _Cell(tc, table).paragraphs[0]
            paragraph.style = style
            if "number" in cell.get("class", "").split():
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            write(paragraph, cell)


def _widths(rows: list[Any]) -> list[int]:
    """Widths by content: room for the longest word of each column, the rest by the square root of its longest text."""
    words, texts = [1.0] * max(map(len, rows)), [1.0] * max(map(len, rows))
    for row in rows:
        for column, cell in enumerate(row):
            text = text_of(cell)
            drawn = _PICTURE if cell.find(".//svg[@role]") is not None else 0
            longest = max((len(word) for word in text.split()), default=1)
            words[column] = max(words[column], drawn, min(longest, _LONG_WORD) + 3)
            texts[column] = max(texts[column], len(text) ** 0.5)
    spare = max(0.0, _ROW_LETTERS - fsum(words))
    weights = [word + spare * text / fsum(texts) for word, text in zip(words, texts, strict=True)]
    return [round(_ROOM * weight / fsum(weights)) for weight in weights]


def _describe(table: Any, caption: str, widths: list[int]) -> None:
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    table._tbl.tblPr.append(title)
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = Twips(width)


def _set_row(row: Any, heading: bool) -> None:
    """Keep the row on one page; repeat a heading row on every page."""
    settings = row.get_or_add_trPr()
    settings.append(OxmlElement("w:cantSplit"))
    if heading:
        settings.append(OxmlElement("w:tblHeader"))
