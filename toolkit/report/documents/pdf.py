"""A finished page as tagged PDF: printed by Chromium, made reproducible, and checked.

It is called tagged PDF and never PDF/UA: nothing here can check a file against that standard.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from toolkit.errors import NotebookError, Problem
from toolkit.report.documents.chromium import browser, print_page
from toolkit.report.documents.page_content import read_page, text_of
from toolkit.report.documents.structure import structure_faults
from toolkit.report.documents.tag_ids import number_tags

__all__ = ["tagged_pdf"]

_CODE = re.compile(
    r'<section aria-labelledby="worked-out">.*?</section>|<li><a href="#worked-out">.*?</li>\s*', re.DOTALL
)
"""The section on how the page was worked out: in print it would be ten pages of code."""

_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)
"""What adds controls to a page on a screen."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_OF_THE_RUN = ("/CreationDate", "/ModDate", "/Creator", "/Producer")


def tagged_pdf(page: str) -> bytes:
    """The HTML ``page`` (of ``render_page``) as tagged PDF; the same page, browser and fonts give the same bytes.

    It has the title, author, language and outline of the page, folds open; links to other pages of the review lead to
    the files beside it. Needs the extra ``documents`` and Chromium; about a second. Raises NotebookError where the
    browser does not print, or where ``structure_faults`` finds something.

    Example: ``Path("voices.pdf").write_bytes(tagged_pdf(Path("voices.html").read_text("utf-8")))``
    """
    import pikepdf

    about = read_page(page)
    made, folder = print_page(_SCRIPT.sub("", _CODE.sub("", page)), browser())
    with pikepdf.open(io.BytesIO(made)) as pdf:
        _set_properties(pdf, about.title, about.author)
        _make_links_relative(pdf, folder)
        _space_outline(pdf, page)
        number_tags(pdf)
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    faults = structure_faults(file.getvalue())
    if faults:
        raise NotebookError([Problem("the PDF", 0, fault) for fault in faults])
    return file.getvalue()


def _set_properties(pdf: Any, title: str, author: str) -> None:
    """Set title, author and language; remove when and with what the file was made."""
    for key in _OF_THE_RUN:
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    pdf.docinfo["/Title"], pdf.docinfo["/Author"] = title, author
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:creator"] = [author]
        metadata["dc:language"] = ["en-GB"]


def _make_links_relative(pdf: Any, folder: str) -> None:
    """Make links relative again: Chromium made them absolute, to a temporary folder."""
    import pikepdf

    for sheet in pdf.pages:
        for link in sheet.get("/Annots", []):
            address = str(link.get("/A", {}).get("/URI", ""))
            if address.startswith(folder):
                link.A.URI = pikepdf.String(address.removeprefix(folder))


def _space_outline(pdf: Any, page: str) -> None:
    """Entries of the outline as the page has its headings: Chromium loses the space where one goes on to a new line."""
    import pikepdf
    from lxml import html

    headings = [text_of(heading) for heading in html.fromstring(page).iter(*_HEADINGS)]
    spaced = {_remove_spaces(heading): heading for heading in headings}
    for entry in _entries(pdf.Root.get("/Outlines", {})):
        entry.Title = pikepdf.String(spaced.get(_remove_spaces(str(entry.Title)), str(entry.Title)))


def _entries(above: Any) -> Iterator[Any]:
    """Every entry of an outline."""
    entry = above.get("/First")
    while entry is not None:
        yield entry
        yield from _entries(entry)
        entry = entry.get("/Next")


def _remove_spaces(text: str) -> str:
    return "".join(text.split())
