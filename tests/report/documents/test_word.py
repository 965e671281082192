"""The Word document of a page: read back with python-docx, as Word's own readers see it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from tests.report.sample_report import PAGE, notebook
from toolkit.report import render_page

docx = pytest.importorskip("docx", reason="the extra documents is not installed")

from toolkit.report.documents import word  # noqa: E402

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def made(verdict: str = "complete") -> bytes:
    return word(render_page(notebook(), replace(PAGE, verdict=verdict)))


def opened(verdict: str = "complete") -> docx.document.Document:
    return docx.Document(io.BytesIO(made(verdict)))


def parts(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def of_html(body: str) -> dict[str, str]:
    page = f"<html><body><header><p>A</p></header><main><h1>Title</h1>{body}</main><footer></footer></body></html>"
    return parts(word(page))


def test_title_author_and_language_are_said() -> None:
    """Word shows the page's title, the authority as its author, and checks the spelling in British English."""
    core = opened().core_properties
    assert (core.title, core.author, core.language) == (PAGE.title, PAGE.authority, "en-GB")
    assert set(re.findall(r'w:lang [^>]*w:val="([^"]+)"', parts(made())["word/styles.xml"])) == {"en-GB"}


def test_headings_are_headings_in_order() -> None:
    """The navigation pane lists the headings of the page, none skipped."""
    levels = [int(p.style.name[-1]) for p in opened().paragraphs if p.style.name.startswith("Heading ")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(levels) > 5


def test_every_table_repeats_its_headings_and_has_a_caption() -> None:
    """On the second page of a table its headings stand again; a caption is in front of it and in its properties."""
    document = opened()
    assert len(document.tables) > 5
    for table in document.tables:
        assert table.rows[0]._tr.find(f"{WORDS}trPr/{WORDS}tblHeader") is not None
        caption = table._tbl.tblPr.find(f"{WORDS}tblCaption").get(f"{WORDS}val")
        before = table._tbl.getprevious()
        assert caption
        assert "".join(text.text for text in before.iter(f"{WORDS}t")).split() == caption.split()


def test_every_picture_has_its_description_and_is_a_picture_that_word_opens() -> None:
    """Charts are PNG with the words of their authors as alternative text."""
    document = opened()
    told = re.findall(r'<wp:docPr [^>]*?descr="([^"]*)"', parts(made())["word/document.xml"])
    assert len(told) == len(document.inline_shapes) > 3
    assert all(len(words) > 10 for words in told)
    assert all(name.endswith(".png") for name in parts(made()) if name.startswith("word/media/"))


@pytest.mark.parametrize(("verdict", "labels"), [("complete", "ILLUSTRATIVE"), ("draft", "DRAFT  ILLUSTRATIVE")])
def test_labels_stand_on_every_page(verdict: str, labels: str) -> None:
    """A draft, and figures that are made up, say so in the header of every page."""
    assert opened(verdict).sections[0].header.paragraphs[0].text.startswith(labels)


def test_the_same_page_gives_the_same_bytes() -> None:
    """A document made again is the same file, whenever it is made."""
    assert word(render_page(notebook(), PAGE)) == made()
    with zipfile.ZipFile(io.BytesIO(made())) as file:
        assert {part.date_time[0] for part in file.infolist()} == {1980}


def test_words_that_a_screen_may_break_are_whole() -> None:
    """A name with places where a line may break keeps all of its letters."""
    assert "dfe_plans_2019" in of_html("<p>dfe_<wbr>plans_<wbr>2019</p>")["word/document.xml"]


def test_numbered_lists_start_at_one_again() -> None:
    """The second numbered list of a page begins with 1."""
    numbers = re.findall(
        r'<w:numId w:val="(\d+)"', of_html("<ol><li>a</li></ol><ol><li>b</li></ol>")["word/document.xml"]
    )
    assert len(set(numbers)) == 2


def test_what_has_letters_on_the_page_has_letters_in_word() -> None:
    """Recommendation (b) of a report to Cabinet is (b) in the document too; other lists keep their numbers."""
    found = of_html('<ol class="letters"><li>a</li><li>b</li></ol><ol><li>c</li></ol>')
    lettered, numbered = dict.fromkeys(re.findall(r'<w:numId w:val="(\d+)"', found["word/document.xml"]))
    numbering = dict(re.findall(r'(?s)<w:num w:numId="(\d+)"[^>]*>(.*?)</w:num>', found["word/numbering.xml"]))
    assert '<w:numFmt w:val="lowerLetter"/>' in numbering[lettered]
    assert '<w:lvlText w:val="(%1)"/>' in numbering[lettered]
    assert "numFmt" not in numbering[numbered]


def test_hostile_text_stays_text() -> None:
    """What people typed is read, never run: no field, no macro, nothing that is fetched, no link but plain ones."""
    found = parts(made())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found["word/document.xml"]
    everything = "".join(found.values())
    assert set(re.findall(r'w:instr="([^"]*)"', everything)) == {"PAGE"}
    assert "instrText" not in everything
    assert not [name for name in found if re.search(r"vba|activeX|embeddings|afchunk", name)]
    external = re.findall(r'<Relationship [^>]*TargetMode="External"[^>]*>', everything)
    assert all('relationships/hyperlink"' in link for link in external)
    assert not [link for link in external if re.search(r'Target="(javascript|data|file|\\\\)', link, re.IGNORECASE)]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", r"\\host\share", "//host/x"]
)
def test_links_that_could_run_or_fetch_are_plain_text(link: str) -> None:
    """A link is kept where it leads to a site or to a file of the review; any other is only its words."""
    found = of_html(f'<p><a href="{link}">words</a> <a href="voices.html#x">kept</a></p>')
    assert "words" in found["word/document.xml"]
    assert re.findall(r'Target="([^"]*)" TargetMode="External"', found["word/_rels/document.xml.rels"]) == [
        "voices.html#x"
    ]


def test_control_characters_do_not_break_the_document() -> None:
    """A character that XML forbids becomes the replacement sign, as on the page."""
    assert "a\ufffdb" in of_html("<p>a\x0bb</p>")["word/document.xml"]


PICTURE = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5E"
    "rkJggg=="
)


def test_name_colour_and_logo_of_the_council_are_on_it() -> None:
    """The logo stands in the header of every page with its words, and the headings have the council's colour."""
    found = parts(word(render_page(notebook(), replace(PAGE, accent="#801650", logo=(PICTURE, "Anyshire Council")))))
    assert 'descr="Anyshire Council"' in found["word/header1.xml"]
    assert '<w:color w:val="801650"' in found["word/styles.xml"]
