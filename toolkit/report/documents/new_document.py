"""A new A4 document in the style of the review: language, styles, properties, header and footer."""

from __future__ import annotations

import base64
import copy
import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from toolkit.report.documents.page_content import PageContent
from toolkit.report.documents.reproducible_zip import CREATED
from toolkit.words.bank import REPORT

__all__ = ["new_document", "restart_numbering"]

_SIZES = {"Heading 1": 22, "Heading 2": 16, "Heading 3": 13, "Heading 4": 11, "Subtitle": 13, "Caption": 10.5}
_OWN = ("About", "Closing", "Code", "Picture", "After table", "Cell", "Small cell")
_QUIET = RGBColor(0x48, 0x4F, 0x53)
_RULES = (
    '<w:tblBorders {ns}><w:top w:val="single" w:sz="8" w:color="0B0C0C"/>'
    '<w:bottom w:val="single" w:sz="4" w:color="8A9095"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="8A9095"/></w:tblBorders>'
)
_MARGINS = '<w:tblCellMar {ns}><w:left w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
LONGEST = 255
"""Characters that a property of a Word file may have."""


def new_document(about: PageContent) -> Any:
    """A document with its title, author, language (en-GB), styles, and the header and footer of every page."""
    document = Document()
    _properties(document, about)
    _page(document)
    _language(document)
    _styles(document, RGBColor.from_string(about.colour.lstrip("#").upper()))
    _write_header_and_footer(document.sections[0], about)
    return document


def _properties(document: Any, about: PageContent) -> None:
    core = document.core_properties
    title, author, subject = (text[:LONGEST] for text in (about.title, about.author, about.header))
    core.title, core.author, core.last_modified_by = title, author, author
    core.subject, core.language, core.comments, core.keywords = subject, "en-GB", "", ""
    core.created = core.modified = CREATED
    core.revision = 1


def _page(document: Any) -> None:
    sheet = document.sections[0]
    sheet.page_width, sheet.page_height = Cm(21), Cm(29.7)
    sheet.left_margin = sheet.right_margin = sheet.top_margin = sheet.bottom_margin = Cm(2)


def _language(document: Any) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")


def _styles(document: Any, colour: RGBColor) -> None:
    styles = document.styles
    for name in _OWN:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name in ("Normal", *_SIZES, "Heading 5", "Heading 6", "Quote"):
        _arial(styles[name])
    styles["Normal"].font.size = Pt(11)
    for name, size in _SIZES.items():
        style = styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), name != "Subtitle", False
        style.font.color.rgb = colour if name.startswith("Heading") else RGBColor(0x0B, 0x0C, 0x0C)
        style.paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.space_before = Pt(10)
    styles["Code"].font.name = "Courier New"
    for name in ("About", "Closing"):
        styles[name].font.size, styles[name].font.color.rgb = Pt(9), _QUIET
    styles["About"].paragraph_format.keep_with_next = True
    for name, size in {"Cell": 9, "Small cell": 8, "After table": 4}.items():
        styles[name].font.size, styles[name].paragraph_format.space_after = Pt(size), Pt(2)
        styles[name].paragraph_format.line_spacing = 1.0
    _table_style(styles)


def _arial(style: Any) -> None:
    """Arial in every script: the template names fonts by theme, which would win."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "Arial")


def _table_style(styles: Any) -> None:
    style = styles.add_style("Review table", WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    settings = OxmlElement("w:tblPr")
    settings.append(parse_xml(_RULES.format(ns=nsdecls("w"))))
    settings.append(parse_xml(_MARGINS.format(ns=nsdecls("w"))))
    style.element.append(settings)
    heading = parse_xml(f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>')
    style.element.append(heading)


def _write_header_and_footer(sheet: Any, about: PageContent) -> None:
    """Header and footer: logo, labels such as DRAFT, title, and the number of the page."""
    header = sheet.header.paragraphs[0]
    if about.logo is not None:
        _logo(header, about.logo)
    for label in about.labels:
        run = header.add_run(f"{label}  ")
        run.bold, run.font.color.rgb = True, RGBColor(0xA3, 0x12, 0x1F)
    header.add_run(f"{about.title} · {about.header}").font.color.rgb = _QUIET
    footer = sheet.footer.paragraphs[0]
    footer.add_run(REPORT.say("document.page_number") + " ")
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer._p.append(number)
    for paragraph in (header, footer):
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _logo(header: Any, logo: Any) -> None:
    drawn = base64.b64decode(logo.get("src").partition("base64,")[2])
    shape = header.add_run().add_picture(io.BytesIO(drawn), height=Cm(1))
    shape._inline.docPr.set("descr", logo.get("alt"))
    header.add_run("  ")


def restart_numbering(document: Any, style: str, letters: bool = False) -> int:
    """The id of a new numbering like that of ``style``, which starts at 1, or at (a)."""
    numbering = document.part.numbering_part.element
    used = document.styles[style].element.pPr.numPr.numId.val
    number = copy.deepcopy(next(num for num in numbering.num_lst if num.numId == used))
    number.numId = max(num.numId for num in numbering.num_lst) + 1
    afresh = number.add_lvlOverride(0)
    afresh.add_startOverride(1)
    if letters:
        (level,) = numbering.xpath(f'w:abstractNum[@w:abstractNumId="{number.abstractNumId.val}"]/w:lvl[@w:ilvl="0"]')
        lettered = copy.deepcopy(level)
        lettered.find(qn("w:numFmt")).set(qn("w:val"), "lowerLetter")
        lettered.find(qn("w:lvlText")).set(qn("w:val"), "(%1)")
        lettered.remove(lettered.find(qn("w:pStyle")))
        afresh.append(lettered)
    numbering.append(number)
    return int(number.numId)
