"""Commentary: what officers write in Markdown, and what they may not make of it."""

import re
from itertools import pairwise

import pytest
import sample_report as sample
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from toolkit.report import commentary
from toolkit.report.markdown import to_html


def test_plain_markdown_is_shown_as_meant() -> None:
    """Emphasis, lists, quotes and links arrive."""
    html = to_html("We **met** it.\n\n- one\n- *two*\n\n> said\n\n[page](priority_1.html#plans)")
    assert [tag.name for tag in read(html).tags] == ["p", "strong", "ul", "li", "li", "em", "blockquote", "p", "p", "a"]
    assert 'href="priority_1.html#plans"' in html


@pytest.mark.parametrize(
    "text",
    [
        sample.HOSTILE,
        "<img src=x onerror=alert(1)>",
        "<div><iframe src='//example.org'></iframe></div>",
        "<svg onload=alert(1)>",
        "`<script>`",
        "    <script>alert(1)</script>",
    ],
)
def test_html_is_shown_as_text(text: str) -> None:
    """Tags that somebody types are read, not run, and none is lost."""
    page = read(to_html(text))
    assert {tag.name for tag in page.tags} <= {"p", "code", "bdi"}
    assert re.search(r"<(script|img|div|svg)", page.all("p")[0].text)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_that_would_run_something_loses_its_address(address: str) -> None:
    """The words of the link stay, its address does not."""
    link = to_html(f"[words]({address})")
    assert "words" in link
    assert address.lower() not in link.lower()


def test_a_picture_is_shown_as_its_words() -> None:
    """Commentary brings no pictures; their alternative text stays."""
    assert to_html("![A school gate](https://example.org/gate.png)") == "<p>A school gate</p>\n"


@given(st.lists(st.integers(1, 6)), st.integers(2, 4))
def test_headings_start_where_the_page_wants_and_skip_no_level(levels: list[int], top: int) -> None:
    """However an author jumps between levels, the page's outline stays whole."""
    html = to_html("\n\n".join(f"{'#' * level} Heading" for level in levels), top)
    found = [int(level) for level in re.findall(r"<h(\d)>", html)]
    assert len(found) == len(levels)
    assert found[:1] in ([], [top])
    assert all(level >= top for level in found)
    assert all(after <= before + 1 for before, after in pairwise(found))


@given(st.text())
def test_any_text_at_all_gives_html_that_closes_and_runs_nothing(text: str) -> None:
    """No text makes a page that is broken or that runs something."""
    page = read(commentary(text).html)
    assert not {tag.name for tag in page.tags} & {"script", "img", "svg", "iframe", "style"}
    assert all(set(tag.attributes) <= {"href", "class"} for tag in page.tags)


def test_missing_commentary_is_said() -> None:
    """An empty file is not an empty space."""
    assert "No commentary has been written yet." in commentary(" \n").html


def test_a_bold_line_meant_as_a_heading_becomes_one() -> None:
    """Whoever hears the page finds it among the headings, one below the last; a bold sentence stays a sentence."""
    said = "# One\n\n**What we did**\n\nx\n\n**What we did not**\n\n**We are sorry.**\n\nA **bold** word"
    html = to_html(said)
    assert [tag.name for tag in read(html).tags if tag.name.startswith("h")] == ["h3", "h4", "h4"]
    assert "<p><strong>We are sorry.</strong></p>" in html
    assert to_html("**Alone**") == "<h3>Alone</h3>\n"


def test_a_link_says_where_it_leads() -> None:
    """ "Click here" is followed by the address; a link with words of its own stays as it is."""
    html = to_html("[Click here](https://www.gov.uk/send/) or [the guidance](https://www.gov.uk)")
    assert [tag.text for tag in read(html).all("a")] == ["Click here (www.gov.uk/send)", "the guidance"]


def test_a_link_that_would_run_something_is_its_text() -> None:
    """No link is left, and none that leads nowhere."""
    assert to_html("[go](javascript:alert(1)) [on](#here)") == '<p>go <a href="#here">on</a></p>\n'
