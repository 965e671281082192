"""The tagged PDF of a page: printed by the Chromium of this machine, and read back tag by tag."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.report.sample_report import PAGE, notebook
from toolkit.errors import NotebookError
from toolkit.report import render_page

pikepdf = pytest.importorskip("pikepdf", reason="the extra documents is not installed")

from toolkit.report.documents import document_tools, structure_faults, tagged_pdf  # noqa: E402
from toolkit.report.documents.chromium import CHROMIUM  # noqa: E402
from toolkit.report.documents.tag_ids import number_tags  # noqa: E402

printing = pytest.mark.skipif(
    "pdf" not in document_tools(), reason="no Chromium on the path: no PDF can be printed here"
)


@cache
def made(verdict: str = "complete") -> bytes:
    return tagged_pdf(render_page(notebook(), replace(PAGE, verdict=verdict, also=(("Word", "priority_1.docx"),))))


def changed(change: Any) -> bytes:
    """The PDF of the sample page with one thing in it changed."""
    with pikepdf.open(io.BytesIO(made())) as pdf:
        change(pdf)
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def of_kind(pdf: Any, kind: str) -> Any:
    return next(thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == kind)


@printing
def test_the_structure_holds() -> None:
    """Title, language, outline, headings in order, alternative text, scopes and captions are all there."""
    assert structure_faults(made()) == []
    with pikepdf.open(io.BytesIO(made())) as pdf:
        assert str(pdf.docinfo.Title) == PAGE.title
        assert str(pdf.docinfo.Author) == PAGE.authority
        assert str(pdf.Root.Lang) == "en-GB"


def numbered_otherwise(pdf: Any) -> None:
    """Other ids for the tags, as Chromium gives them on a busy machine."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and "/ID" in thing:
            thing.ID = pikepdf.String(f"node{int(str(thing.ID)[1:]) + 700:08}")
        for attribute in thing.get("/A", []) if isinstance(thing, pikepdf.Dictionary) and "/S" in thing else []:
            if "/Headers" in attribute:
                attribute.Headers = pikepdf.Array([f"node{int(str(name)[1:]) + 700:08}" for name in attribute.Headers])


def tags_of(packed: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(packed)) as pdf:
        tags = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing]
        return [f"{tag.get('/ID', '')} {[about.get('/Headers') for about in tag.get('/A', [])]}" for tag in tags]


@printing
def test_tags_are_numbered_in_reading_order_whatever_chromium_called_them() -> None:
    """Their ids came out otherwise under load, and the file of the same page was another."""
    other = changed(numbered_otherwise)
    assert tags_of(other) != tags_of(made())
    with pikepdf.open(io.BytesIO(other)) as pdf:
        number_tags(pdf)
        file = io.BytesIO()
        pdf.save(file)
    assert tags_of(file.getvalue()) == tags_of(made())


@printing
def test_every_heading_that_a_cell_names_is_there() -> None:
    with pikepdf.open(io.BytesIO(made())) as pdf:
        names = [str(name) for name in pdf.Root.StructTreeRoot.IDTree.Names[::2]]
        cells = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/TD"]
        headers = [str(name) for cell in cells for about in cell.A for name in about.get("/Headers", [])]
    assert names == sorted(names)
    assert headers
    assert set(headers) <= set(names)


def without_title(pdf: Any) -> None:
    del pdf.docinfo["/Title"]


def without_language(pdf: Any) -> None:
    del pdf.Root["/Lang"]


def without_outline(pdf: Any) -> None:
    del pdf.Root["/Outlines"]


def without_tags(pdf: Any) -> None:
    del pdf.Root["/MarkInfo"]


def without_alternative(pdf: Any) -> None:
    del of_kind(pdf, "/Figure")["/Alt"]


def without_scope(pdf: Any) -> None:
    del of_kind(pdf, "/TH")["/A"]


def without_caption(pdf: Any) -> None:
    of_kind(pdf, "/Caption").S = pikepdf.Name.P


def with_a_heading_too_deep(pdf: Any) -> None:
    of_kind(pdf, "/H2").S = pikepdf.Name.H5


def with_a_script(pdf: Any) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


@printing
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without_title, "no title"),
        (without_language, "language"),
        (without_outline, "outline"),
        (without_tags, "not tagged"),
        (without_alternative, "alternative text"),
        (without_scope, "scope"),
        (without_caption, "caption"),
        (with_a_heading_too_deep, "skips a level"),
        (with_a_script, "would run"),
    ],
)
def test_a_seeded_fault_is_found(change: Any, said: str) -> None:
    """Each thing that the structure check promises is missed when it is taken away."""
    assert any(said in fault for fault in structure_faults(changed(change)))


@printing
def test_the_same_page_gives_the_same_bytes() -> None:
    """A PDF printed again is the same file: nothing of the day, the folder or the program is in it."""
    page = render_page(notebook(), replace(PAGE, also=(("Word", "priority_1.docx"),)))
    assert tagged_pdf(page) == made()
    with pikepdf.open(io.BytesIO(made())) as pdf:
        assert not {"/CreationDate", "/ModDate", "/Creator", "/Producer"} & set(pdf.docinfo.keys())
    assert b"file:///" not in made()


def told_in_the_outline(entries: Any) -> Iterator[str]:
    for entry in entries:
        yield entry.title
        yield from told_in_the_outline(entry.children)


@printing
def test_the_outline_keeps_the_spaces_of_a_heading_that_wraps() -> None:
    """A reader who goes by the outline finds each heading's words apart, over two lines and around a link too."""
    long = "Does the strategy remain current and conform with the law and with good practice in each of its duties?"
    page = render_page(notebook(), PAGE).replace(">How do we compare?</h2>", f">{long[:70]}<em>{long[70:]}</em></h2>")
    with pikepdf.open(io.BytesIO(tagged_pdf(page))) as pdf, pdf.open_outline() as outline:
        told = list(told_in_the_outline(outline.root))
    assert long in told
    assert "What do the figures show?" in told


@printing
def test_links_lead_to_the_files_beside_it_and_nothing_else_acts() -> None:
    """A link of the page is a link of the PDF; hostile text is only text, and no action is anything but a link."""
    with pikepdf.open(io.BytesIO(made())) as pdf:
        links = [link for sheet in pdf.pages for link in sheet.get("/Annots", [])]
        actions = {str(link.A.S) for link in links if "/A" in link}
        addresses = [str(link.A.URI) for link in links if "/A" in link]
    assert {str(link.Subtype) for link in links} == {"/Link"}
    assert actions <= {"/URI"}
    assert not [address for address in addresses if address.startswith(("javascript:", "file:", "data:"))]


def test_a_browser_that_prints_nothing_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Chromium does not work, one line says so and how to go without the PDF."""
    monkeypatch.setenv(CHROMIUM, "/bin/false")
    with pytest.raises(NotebookError, match=f"did not print.*{CHROMIUM}=none"):
        tagged_pdf(render_page(notebook(), PAGE))


def test_a_machine_without_chromium_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a browser the Word document is still made, and one line says why there is no PDF."""
    from toolkit.report.documents import describe_changed_tools, missing

    document_tools.cache_clear()
    monkeypatch.setenv(CHROMIUM, "none")
    try:
        assert set(document_tools()) == {"docx"}
        assert [line for line in missing() if "PDF" in line and "Chromium" in line] == missing()
        assert "Chromium 150" in describe_changed_tools({"pdf": "Chromium 150, pikepdf 10"})[0]
    finally:
        monkeypatch.undo()
        document_tools.cache_clear()
