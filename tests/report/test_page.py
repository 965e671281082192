"""A page as reviewers get it: its frame, its order, what it says about itself, and what never reaches it."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import sample_report as sample
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from reading import Read, read

from toolkit.errors import NotebookError
from toolkit.report import Page, render_page, sentence
from toolkit.report.exporter import ReviewExporter


def test_the_first_thing_a_keyboard_reaches_is_the_skip_link(page: Read) -> None:
    """The first link of the page leads to its main part, which can take the focus."""
    first = page.all("a")[0]
    assert first.attributes["href"] == "#main"
    assert page.one("main").attributes == {"id": "main", "tabindex": "-1"}


def test_a_page_has_one_title_in_british_english_and_its_landmarks(page: Read) -> None:
    """Screen readers find language, one h1, header, navigation, main and footer."""
    assert page.one("html").attributes["lang"] == "en-GB"
    assert page.one("h1").text == sample.PAGE.title
    assert page.one("head").all("title")[0].text.startswith(sample.PAGE.title)
    assert {"header", "nav", "main", "footer"} <= {tag.name for tag in page.tags}


def test_headings_go_down_one_level_at_a_time(page: Read) -> None:
    """No heading skips a level, so that the outline can be followed."""
    levels = [int(tag.name[1]) for tag in page.tags if re.fullmatch("h[1-6]", tag.name)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_id_is_there_once_and_every_reference_leads_to_one(page: Read) -> None:
    """Links within the page, labels and marks of charts all find what they point to."""
    ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
    assert len(ids) == len(set(ids))
    for tag in page.tags:
        wanted = [tag.attributes["href"][1:]] if tag.attributes.get("href", "").startswith("#") else []
        wanted += tag.attributes.get("aria-labelledby", "").split()
        assert set(wanted) <= set(ids), tag


def test_the_contents_list_holds_every_part_of_the_page(page: Read) -> None:
    """The contents list links every h2 but its own, in order."""
    parts = [tag.text for tag in page.all("h2") if tag.text != "Contents"]
    contents = next(tag for tag in page.all("nav") if tag.attributes.get("aria-labelledby") == "contents")
    assert [link.text for link in contents.all("a")] == parts


def test_the_navigation_marks_this_page(page: Read) -> None:
    """Exactly the link to this page is marked as the current one."""
    assert [tag.text for tag in page.all("a") if tag.attributes.get("aria-current") == "page"] == ["Priority 1"]


def test_the_page_can_run_and_fetch_nothing(page: Read, page_html: str) -> None:
    """Nothing from another host, and a policy that forbids all but the page's own style and its one script."""
    policy = next(tag.attributes["content"] for tag in page.all("meta") if "http-equiv" in tag.attributes)
    seal = base64.b64encode(hashlib.sha256(page.one("style").text.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{seal}';")
    script = base64.b64encode(hashlib.sha256(page.one("script").text.encode()).digest()).decode()
    assert policy.endswith(f"; script-src 'sha256-{script}'")
    assert not [tag for tag in page.tags if "style" in tag.attributes]
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page_html.replace("http://www.w3.org/2000/svg", ""))


def test_tables_can_be_read_by_a_screen_reader(page: Read) -> None:
    """Every table starts with its caption, its headings have a scope, and no cell is empty or merged."""
    for table in page.all("table"):
        assert table.inside[0].name == "caption"
        assert all(tag.attributes.get("scope") in ("col", "row") for tag in table.all("th"))
        assert all(tag.text.strip() for tag in [*table.all("td"), *table.all("th")])
        assert not [tag for tag in table.inside if {"colspan", "rowspan"} & set(tag.attributes)]


def test_wide_tables_and_charts_scroll_by_themselves(page: Read) -> None:
    """Each table lies in a named region that the keyboard reaches."""
    regions = [tag for tag in page.tags if tag.attributes.get("class") == "scroll"]
    assert sum(len(tag.all("table")) for tag in regions) == len(page.all("table"))
    for region in regions:
        assert region.attributes["tabindex"] == "0"
        assert region.attributes["role"] == "group"
        assert {"aria-label", "aria-labelledby"} & set(region.attributes)


def test_charts_have_a_title_and_a_description_and_their_figures_beside_them(page: Read) -> None:
    """A reader who cannot see a chart gets its message, what it shows, and the table behind it."""
    figures = [tag for tag in page.tags if tag.attributes.get("class") == "figure" and tag.all("svg")]
    assert len(figures) == 4
    for figure in figures:
        chart = figure.all("svg")[0]
        title, description = (chart.all(name)[0].text for name in ("title", "desc"))
        assert title
        assert len(description) > len(title)
        assert figure.all("details")[0].all("table")


def test_output_on_the_error_stream_and_local_paths_stay_out(page_html: str) -> None:
    """Warnings, the folder of the machine and pictures without words never reach a page."""
    assert "/home/" not in page_html
    assert "deprecated" not in page_html
    assert "iVBOR" not in page_html


def test_code_and_parameters_lie_under_one_fold(page: Read) -> None:
    """The code of every cell and the value of every parameter are there for those who ask."""
    fold = page.all("details")[-1]
    assert fold.all("summary")[0].text == "Parameters and code"
    cells = [[tag.text for tag in row.inside] for row in fold.all("tr")]
    assert cells == [["Parameter", "Value"], ["project", "the project folder"], ["year", "2019"]]
    assert "open_review(project, year)" in fold.all("pre")[0].text
    assert len(fold.all("pre")[0].text.splitlines()) >= 9


def test_shorthand_is_explained_once_and_only_what_is_used(page: Read) -> None:
    """The page explains [c] and [x], which its tables use, and not [z]."""
    (explained,) = [tag.text for tag in page.tags if tag.attributes.get("class") == "shorthand"]
    assert "[c] hidden to protect people" in explained
    assert "[x] not available" in explained
    assert "[z]" not in explained


def test_a_draft_says_so_everywhere(rendered: Callable[..., Read]) -> None:
    """Banner, watermark, window title and every caption of a draft say Draft; search engines leave it out."""
    draft = rendered(verdict="draft")
    captions = [tag for tag in draft.tags if tag.attributes.get("class") == "captioned"]
    assert len(captions) > 10
    assert all(tag.text.startswith("Draft ") for tag in captions)
    assert draft.one("head").all("title")[0].text.startswith("DRAFT: ")
    assert [tag.text for tag in draft.tags if tag.attributes.get("class") == "watermark"] == ["DRAFT"]
    assert "DRAFT. This is not the final version." in draft.one("header").text
    assert {"name": "robots", "content": "noindex"} in [tag.attributes for tag in draft.all("meta")]


def test_a_complete_page_never_says_draft(page: Read) -> None:
    """Nothing on a complete public page calls itself a draft or internal."""
    assert not re.search("draft|internal", page.one("body").text, re.IGNORECASE)


def test_an_internal_page_says_so_everywhere(rendered: Callable[..., Read]) -> None:
    """The internal profile is named in a banner and in every caption."""
    internal = rendered(profile="internal")
    captions = [tag for tag in internal.tags if tag.attributes.get("class") == "captioned"]
    assert all(tag.text.startswith("Internal ") for tag in captions)
    assert "INTERNAL." in internal.one("header").text


def test_made_up_figures_are_labelled_where_they_stand(page: Read) -> None:
    """The page says that it holds illustrative figures, and so does each table and chart that does, and no other."""
    assert "ILLUSTRATIVE." in page.one("header").text
    captions = [tag.text for tag in page.tags if tag.attributes.get("class") == "captioned"]
    labelled = {text.removeprefix("Illustrative ") for text in captions if text.startswith("Illustrative ")}
    assert "All actions" in labelled
    assert "Measures of priority 1" in labelled
    assert "Families heard: no clear change since 2016/17" in labelled
    assert "Definitions" in captions
    assert "Plans within 20 weeks: better than in 2016" in captions


def test_a_brand_colour_is_a_colour() -> None:
    """One colour from params reaches the style; anything else is refused before it could."""
    with pytest.raises(ValueError, match="accent must be a colour"):
        Page(**(vars(sample.PAGE) | {"accent": "red; } body { display: none"}))


def test_a_brand_colour_is_shown(rendered: Callable[..., Read]) -> None:
    """The council's colour replaces the usual one."""
    assert "--brand: #801650;" in rendered(accent="#801650").one("style").text


@pytest.mark.parametrize("where", ["title", "strategy", "authority"])
def test_text_of_params_is_shown_and_never_run(rendered: Callable[..., Read], where: str) -> None:
    """Whatever a title holds arrives as text."""
    page = rendered(**{where: sample.HOSTILE})
    assert "alert" not in page.one("script").text
    assert "<script>alert(1)</script>" in page.one("body").text


def test_a_notebook_exported_by_hand_is_a_draft() -> None:
    """``jupyter nbconvert --to annual_review`` works outside a review, and nothing vouches for what it makes."""
    notebook = new_notebook(cells=[new_markdown_cell("# Is it raining?")])
    html, _ = ReviewExporter().from_notebook_node(notebook)
    assert "DRAFT." in html
    assert read(html).one("h1").text == "Is it raining?"


def shown(html: str) -> nbformat.NotebookNode:
    output = new_output("display_data", data={"text/html": html})
    return new_notebook(cells=[new_code_cell("show()", outputs=[output])])


@pytest.mark.parametrize(
    "html",
    [
        '<img src="data:image/png;base64,AAAA">',
        '<img src="data:image/png;base64,AAAA" alt="No description has been provided for this image">',
        "<script>alert(1)</script>",
        "<table><tr><td>1</td></tr></table>",
    ],
)
def test_what_may_not_reach_a_reader_stops_the_export(html: str) -> None:
    """A picture without an author's description, a script or a bare table is an error that names the page."""
    with pytest.raises(NotebookError, match=r"^priority_1\.html: "):
        render_page(shown(html), sample.PAGE)


def test_a_fault_names_the_notebook_and_the_cell() -> None:
    """An author is told which cell to mend; a bare table of pandas is one fault, with what to write in its place."""
    bare = new_output("display_data", data={"text/html": pd.DataFrame({"plans": [1]}).to_html()})
    picture = new_output("display_data", data={"text/html": '<img src="data:image/png;base64,AAAA">'})
    added = new_code_cell("year = 2019", metadata={"tags": ["injected-parameters"]})
    cells = [added, new_code_cell("\nreview.results", outputs=[bare]), new_code_cell("draw()", outputs=[picture])]
    with pytest.raises(NotebookError) as error:
        render_page(new_notebook(cells=cells), replace(sample.PAGE, notebook="notebooks/for_the_board.ipynb"))
    assert str(error.value).splitlines() == [
        "notebooks/for_the_board.ipynb: cell 1 ('review.results') shows a bare table: end the cell in "
        "table(frame, caption, {column: heading}), with 'from toolkit.report import table'",
        "notebooks/for_the_board.ipynb: cell 2 ('draw()'): a picture has no description: "
        "give it alternative text that says what it shows",
    ]


def test_a_picture_with_a_description_passes() -> None:
    """An author's own description is kept as it is."""
    html = render_page(shown('<img src="data:image/png;base64,AAAA" alt="A school gate">'), sample.PAGE)
    assert read(html).one("img").attributes["alt"] == "A school gate"


def test_the_same_notebook_gives_the_same_bytes(page_html: str, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, locale and folder change nothing."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import sample_report as s; from toolkit.report import render_page\n"
        "sys.stdout.buffer.write(render_page(s.notebook(), s.PAGE).encode())"
    )
    said = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONUTF8": "0"}
    run = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        env=os.environ | said,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert run.stdout.decode() == page_html


def test_a_notebooks_own_style_stays_in_the_notebook() -> None:
    """JupyterLab needs a little style beside a cell's answer; the page has its own, and allows no other."""
    answer = sentence("An answer.")._repr_html_()
    cell = new_code_cell("x", outputs=[new_output("display_data", {"text/html": answer})])
    html = render_page(new_notebook(cells=[new_markdown_cell("# Why?"), cell]), sample.PAGE)
    assert answer.startswith("<style>.jp-OutputArea")
    assert "jp-OutputArea" not in html
    assert "<p>An answer.</p>" in html


@pytest.mark.parametrize(
    ("shown", "stays"), [("<p>371 of 375</p>", True), ('<p class="nothing">Trial: none.</p>', False)]
)
def test_an_optional_section_that_shows_nothing_is_left_out(shown: str, stays: bool) -> None:
    """Its heading, its tables and its code; another section stays, whatever it shows."""
    output = nbformat.v4.new_output("display_data", {"text/html": shown})
    cells = [
        nbformat.v4.new_markdown_cell("# Title"),
        nbformat.v4.new_markdown_cell("## Always here?"),
        nbformat.v4.new_code_cell("review.actions()", outputs=[output]),
        nbformat.v4.new_markdown_cell("## Only with an example?", metadata={"tags": ["if-any"]}),
        nbformat.v4.new_code_cell("review.figures(one)", outputs=[output]),
    ]
    html, _ = ReviewExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    assert "Always here?" in html
    assert ("Only with an example?" in html) is ("review.figures(one)" in html) is stays
