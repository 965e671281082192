"""The words of a paragraph in Word: bold, links, colour, and pictures that stand in the line."""

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

__all__ = ["Runs"]

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
class _Look:
    bold: bool = False
    italic: bool = False
    code: bool = False
    small: bool = False
    right_to_left: bool = False
    colour: str = ""
    link: str = ""


class Runs:
    """Writes the text of elements of one page; places that links lead to become bookmarks."""

    def __init__(self, document: Any, main: Any) -> None:
        self._part = document.part
        wanted = {link[1:] for link in main.xpath(".//a/@href") if link.startswith("#")}
        present = [key for key in main.xpath(".//@id") if key in wanted]
        self._bookmarks = {key: f"place{number}" for number, key in enumerate(dict.fromkeys(present), start=1)}
        self._pictures = 0

    def write(self, paragraph: Paragraph, element: Any) -> None:
        """All of ``element`` into ``paragraph``; lists and tables inside it are left to others."""
        self._bookmark(paragraph, [element.get("id"), *element.xpath(".//@id")])
        self._inside(paragraph, element, _Look())

    def add(self, paragraph: Paragraph, text: str) -> None:
        self._text(paragraph, text, _Look())

    def _inside(self, paragraph: Paragraph, element: Any, look: _Look) -> None:
        self._text(paragraph, element.text, look)
        for child in element:
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif child.tag in ("svg", "img"):
                self.picture(paragraph, child)
            elif isinstance(child.tag, str) and child.tag not in _BLOCKS:
                self._child(paragraph, child, look)
            self._text(paragraph, child.tail, look)

    def _child(self, paragraph: Paragraph, child: Any, look: _Look) -> None:
        styled = _styled(child, look)
        if styled.small and not look.small and _has_text(paragraph):
            paragraph.add_run().add_break()
        self._inside(paragraph, child, styled)

    def _text(self, paragraph: Paragraph, text: str | None, look: _Look) -> None:
        words = re.sub(r"\s+", " ", _NOT_XML.sub("\ufffd", text or ""))
        if not _has_text(paragraph):
            words = words.lstrip()
        if words:
            run = self._linked(paragraph, look) if look.link else paragraph.add_run()
            run.add_text(words)
            _dress(run, look)

    def _linked(self, paragraph: Paragraph, look: _Look) -> Run:
        """A run inside a hyperlink; one that leads nowhere safe stays plain text."""
        link, place = look.link, self._bookmarks.get(look.link[1:])
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
        """An SVG of the toolkit, or an image inside the page, with its description; what only adorns is left out."""
        told = _description(element)
        if element.get("aria-hidden") == "true" or not told:
            return
        if element.tag == "svg":
            drawn, width = png(element), min(float(element.get("width")), _WIDEST)
        else:
            drawn, width = base64.b64decode(element.get("src").partition("base64,")[2]), None
        shape = paragraph.add_run().add_picture(io.BytesIO(drawn), int(width * _PIXEL) if width else None)
        self._pictures += 1
        about = shape._inline.docPr
        about.set("descr", told)
        about.set("name", f"Picture {self._pictures}")
        about.set("id", str(self._pictures))


def _styled(element: Any, look: _Look) -> _Look:
    names = element.get("class", "").split()
    colour = next((_COLOURS[name] for name in names if name in _COLOURS), look.colour)
    return replace(
        look,
        bold=look.bold or element.tag in ("strong", "b") or "mark" in names,
        italic=look.italic or element.tag in ("em", "i"),
        code=look.code or element.tag == "code",
        small=look.small or "small" in names,
        right_to_left=look.right_to_left or element.tag == "bdi",
        colour=colour,
        link=element.get("href", "") if element.tag == "a" else look.link,
    )


def _dress(run: Run, look: _Look) -> None:
    run.bold = look.bold or None
    run.italic = look.italic or None
    run.font.rtl = look.right_to_left or None
    if look.code:
        run.font.name = "Courier New"
    if look.small:
        run.font.size = Pt(7)
    if look.colour and not look.link:
        run.font.color.rgb = RGBColor.from_string(look.colour)


def _has_text(paragraph: Paragraph) -> bool:
    return any(True for _ in paragraph._p.iter(qn("w:t"), qn("w:drawing")))


def _description(element: Any) -> str:
    """The author's words: the label, else title and description."""
    if element.tag == "img":
        return str(element.get("alt", ""))
    told = element.get("aria-label") or ""
    return told or ". ".join(text_of(part).rstrip(".") for part in element.iterchildren("title", "desc"))
