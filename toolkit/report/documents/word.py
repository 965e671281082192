"""A finished page as a Word document: headings, lists, tables and pictures as Word has them, nothing that runs."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.report.documents.page_content import PageContent, read_page, text_of
from toolkit.report.documents.reproducible_zip import reproducible_zip

__all__ = ["word"]

_SKIPPED = {"script", "style", "summary", "template"}


def word(page: str) -> bytes:
    """The HTML ``page`` (of ``render_page``) as DOCX; the same page gives the same bytes.

    Title, author and colour come from the page's head, the labels over every page from its banners, the closing lines
    from its footer. Charts become PNG with their title and description as alternative text. Links to other pages stay
    relative, so keep the document in the folder of the page. Needs the extra ``documents``; about a second.

    Example: ``Path("voices.docx").write_bytes(word(Path("voices.html").read_text("utf-8")))``
    """
    from toolkit.report.documents.new_document import new_document

    about = read_page(page)
    document = new_document(about)
    _BlockWriter(document, about).blocks(about.main)
    for line in about.closing:
        document.add_paragraph(line, style="Closing")
    file = io.BytesIO()
    document.save(file)
    return reproducible_zip(file.getvalue())


class _BlockWriter:
    """Writes the blocks of a page one after the other; of an element without a writer it writes the content."""

    def __init__(self, document: Any, about: PageContent) -> None:
        from toolkit.report.documents.word_text import WordText

        self._document = document
        self._text = WordText(document, about.main)
        self._writers: Mapping[str, Callable[[Any], None]] = {
            **{f"h{level}": self._heading for level in range(1, 7)},
            **dict.fromkeys(("p", "dt", "dd", "pre", "figcaption"), self._paragraph),
            **dict.fromkeys(("ul", "ol"), self._items),
            **dict.fromkeys(("svg", "img"), self._picture),
            "table": self._table,
            "blockquote": self._quote,
        }

    def blocks(self, parent: Any) -> None:
        if (parent.text or "").strip():
            self._text.add(self._document.add_paragraph(), parent.text)
        for element in parent:
            if isinstance(element.tag, str) and element.tag not in _SKIPPED:
                self._writers.get(element.tag, self.blocks)(element)
            if (element.tail or "").strip():
                self._text.add(self._document.add_paragraph(), element.tail)

    def _heading(self, element: Any) -> None:
        self._text.write(self._document.add_paragraph(style=f"Heading {element.tag[1]}"), element)

    def _paragraph(self, element: Any) -> None:
        styles = {"question": "Subtitle", "figure-title": "Caption", "figure-about": "About", "figure-note": "About"}
        usual = "Code" if element.tag == "pre" else "Normal"
        paragraph = self._document.add_paragraph(style=styles.get(element.get("class", ""), usual))
        if element.tag == "pre":
            paragraph.add_run(element.text_content())
        else:
            self._text.write(paragraph, element)

    def _quote(self, element: Any) -> None:
        paragraphs = element.findall("p") or [element]
        for paragraph in paragraphs:
            self._text.write(self._document.add_paragraph(style="Quote"), paragraph)

    def _items(self, element: Any, level: int = 1) -> None:
        from toolkit.report.documents.new_document import restart_numbering

        kind = "List Number" if element.tag == "ol" else "List Bullet"
        style = kind if level == 1 else f"{kind} {min(level, 3)}"
        letters = element.get("class") == "letters"
        number = restart_numbering(self._document, style, letters) if element.tag == "ol" else None
        for item in element.findall("li"):
            paragraph = self._document.add_paragraph(style=style)
            if number is not None:
                paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            self._text.write(paragraph, item)
            for inner in item:
                if inner.tag in ("ul", "ol"):
                    self._items(inner, level + 1)

    def _picture(self, element: Any) -> None:
        if element.get("aria-hidden") != "true":
            paragraph = self._document.add_paragraph(style="Picture")
            self._text.picture(paragraph, element)

    def _table(self, element: Any) -> None:
        from toolkit.report.documents.word_table import write_table

        caption = element.find("caption")
        if caption is not None:
            self._text.write(self._document.add_paragraph(style="Caption"), caption)
        title = text_of(caption) if caption is not None else ""
        write_table(self._document, element, title, self._text.write)
        self._document.add_paragraph(style="After table")
