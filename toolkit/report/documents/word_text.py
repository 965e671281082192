"""The text of a paragraph in Word: bold, links, colour, and pictures within a line."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from toolkit.report.documents.page_content import text_of
from toolkit.report.documents.picture import png
from toolkit.words.bank import REPORT

__all__ = ["WordText"]

_PIXEL = 9525
"""Of Word's own units (EMU): 96 pixels are an inch."""

_WIDEST = 640
"""Pixels between the margins of the page."""

_COLOURS = {"good": "00603A", "bad": "A3121F", "warn": "7A4400", "illustrative": "7A4400", "draft": "A3121F"}
_BLOCKS = {"ul", "ol", "table", "svg", "img"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SAFE = re.compile(r"(https?:|mailto:|#|(?!/)[\w./-]+\.(html|csv|xlsx|docx|pdf|ipynb)(#|$))", re.IGNORECASE)
"""Where a link may lead: a site, an address, a place in the document, a file of the review."""


@dataclass(frozen=True)
class _TextStyle:
    bold: bool = False
    italic: bool = False
    code: bool = False
    small: bool = False
    right_to_left: bool = False
    colour: str = ""
    link: str = ""


class WordText:
    """Writes the text of elements of one page; targets of links become bookmarks."""

    def __init__(self, document: Any, main: Any) -> None:
        self._part = document.part
        wanted = {link[1:] for link in main.xpath(".//a/@href") if link.startswith("#")}
        present = [key for key in main.xpath(".//@id") if key in wanted]
        self._bookmarks = {key: f"place{number}" for number, key in enumerate(dict.fromkeys(present), start=1)}
        self._pictures = 0

    def write(self, paragraph: Paragraph, element: Any) -> None:
        """Write ``element`` into ``paragraph``, without the lists and tables inside it."""
        self._bookmark(paragraph, [element.get("id"), *element.xpath(".//@id")])
        self._inside(paragraph, element, _TextStyle())

    def add(self, paragraph: Paragraph, text: str) -> None:
        self._text(paragraph, text, _TextStyle())

    def _inside(self, paragraph: Paragraph, element: Any, style: _TextStyle) -> None:
        self._text(paragraph, element.text, style)
        for child in element:
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag in ("svg", "img"):
                self.picture(paragraph, child)
            elif isinstance(child.tag, str) and child.tag not in _BLOCKS:
                self._child(paragraph, child, style)
            self._text(paragraph, child.tail, style)

    def _child(self, paragraph: Paragraph, child: Any, style: _TextStyle) -> None:
        inner = _style_of(child, style)
        if inner.small and not style.small and _has_text(paragraph):
            paragraph.add_run().add_break()
        self._inside(paragraph, child, inner)

    def _text(self, paragraph: Paragraph, text: str | None, style: _TextStyle) -> None:
        words = re.sub(r"\s+", " ", _NOT_XML.sub("\ufffd", text or ""))
        if not _has_text(paragraph):
            words = words.lstrip()
        if words:
            run = self._add_link_run(paragraph, style) if style.link else paragraph.add_run()
            run.add_text(words)
            _apply_style(run, style)

    def _add_link_run(self, paragraph: Paragraph, style: _TextStyle) -> Run:
        """A run inside a hyperlink; a link to an unsafe address becomes plain text."""
        link, place = style.link, self._bookmarks.get(style.link[1:])
        if not _SAFE.match(link) or (link.startswith("#") and place is None):
            return paragraph.add_run()
        holder = OxmlElement("w:hyperlink")
        if place is not None and link.startswith("#"):
            holder.set(qn("w:anchor"), place)
        else:
            holder.set(qn("r:id"), self._part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        paragraph._p.append(holder)
        inner = OxmlElement("w:r")
        holder.append(inner)
        run = Run(inner, paragraph)
        run.font.underline = True
        run.font.color.rgb = RGBColor.from_string("1A5C96")
        return run

    def _bookmark(self, paragraph: Paragraph, keys: list[str | None]) -> None:
        for key in keys:
            name = self._bookmarks.get(key or "")
            if name:
                for end in ("Start", "End"):
                    mark = OxmlElement(f"w:bookmark{end}")
                    mark.set(qn("w:id"), name.removeprefix("place"))
                    if end == "Start":
                        mark.set(qn("w:name"), name)
                    paragraph._p.append(mark)

    def picture(self, paragraph: Paragraph, element: Any) -> None:
        """Add an SVG of the toolkit or an image inside the page, with its description; a decorative one is left out."""
        description = _description(element)
        if element.get("aria-hidden") == "true" or not description:
            return
        if element.tag == "svg":
            drawn, width = png(element), min(float(element.get("width")), _WIDEST)
        else:
            drawn, width = base64.b64decode(element.get("src").partition("base64,")[2]), None
        shape = paragraph.add_run().add_picture(io.BytesIO(drawn), int(width * _PIXEL) if width else None)
        self._pictures += 1
        about = shape._inline.docPr
        about.set("descr", description)
        about.set("name", REPORT.say("document.picture", number=self._pictures))
        about.set("id", str(self._pictures))


def _style_of(element: Any, style: _TextStyle) -> _TextStyle:
    names = element.get("class", "").split()
    colour = next((_COLOURS[name] for name in names if name in _COLOURS), style.colour)
    return replace(
        style,
        bold=style.bold or element.tag in ("strong", "b") or "mark" in names,
        italic=style.italic or element.tag in ("em", "i"),
        code=style.code or element.tag == "code",
        small=style.small or "small" in names,
        right_to_left=style.right_to_left or element.tag == "bdi",
        colour=colour,
        link=element.get("href", "") if element.tag == "a" else style.link,
    )


def _apply_style(run: Run, style: _TextStyle) -> None:
    run.bold = style.bold or None
    run.italic = style.italic or None
    run.font.rtl = style.right_to_left or None
    if style.code:
        run.font.name = "Courier New"
    if style.small:
        run.font.size = Pt(7)
    if style.colour and not style.link:
        run.font.color.rgb = RGBColor.from_string(style.colour)


def _has_text(paragraph: Paragraph) -> bool:
    return any(True for _ in paragraph._p.iter(qn("w:t"), qn("w:drawing")))


def _description(element: Any) -> str:
    """The label, or else title and description."""
    if element.tag == "img":
        return str(element.get("alt", ""))
    label = element.get("aria-label") or ""
    return str(label) or ". ".join(text_of(part).rstrip(".") for part in element.iterchildren("title", "desc"))
