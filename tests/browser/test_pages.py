"""A page as a browser shows it, with every kind of chart, table and fold."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from chromium import SCHEMES, opened
from links import broken_links
from look import CHECKS, every_fault, faults_seen
from markup import checker, invalid
from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def faults(browser: Browser, full_page: Path) -> dict[str, list[str]]:
    return every_fault(browser, full_page)


@pytest.mark.parametrize("name", CHECKS)
def test_a_page_has_no_fault_in_a_browser(faults: dict[str, list[str]], name: str):
    """A page with every kind of chart, table and fold holds what pages are held to."""
    assert faults.get(name, []) == []


def test_a_page_of_24_charts_is_light():
    """At most 600 kB, and 60 kB when it is compressed for sending."""
    import report

    content = report.page(report.drawn()).encode()
    assert len(content) <= 600_000
    assert len(gzip.compress(content)) <= 60_000


def test_the_first_stop_is_the_skip_link_and_it_leads_to_the_page(browser: Browser, sample_page: Path):
    """One press of Tab and one of Enter pass over banners and navigation."""
    with opened(browser, sample_page) as page:
        page.page.keyboard.press("Tab")
        assert page.run("document.activeElement.className") == "skip"
        assert page.run("document.activeElement.getBoundingClientRect().left") >= 0
        page.page.keyboard.press("Enter")
        assert page.run("document.activeElement.id") == "main"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of a review with as many pages and papers, and as long names, as the demonstration has."""
    import sample_report as sample

    from toolkit.report import render_page

    names = ("Annual refresh report", "Exceptions", "1: Working together", "2: Families involved and safe", "Voices")
    names += ("3a: Mainstream provision", "3b: Specialist places", "4: Transition to adulthood", "Work plan", "Data")
    papers = tuple((f"Paper number {number}", f"publications/{number}.html") for number in range(1, 9))
    about = {"nav": tuple((name, f"{number}.html") for number, name in enumerate(names)), "papers": papers}
    path = tmp_path_factory.mktemp("furnished") / "0.html"
    also = (("Word", "0.docx"), ("PDF", "0.pdf"), ("tables in Excel", "tables.xlsx"))
    page = replace(sample.PAGE, title="Annual refresh report", here="0.html", also=also, **about)
    path.write_text(render_page(sample.notebook(), page), encoding="utf-8")
    return path


@pytest.mark.parametrize(("width", "height", "most"), [(1280, 800, 220), (820, 1180, 280)])
def test_banner_and_navigation_leave_the_screen_to_the_page(
    browser: Browser, furnished: Path, width: int, height: int, most: int
):
    """What the page says begins high on the screen of a laptop and of a tablet held upright."""
    with opened(browser, furnished, viewport={"width": width, "height": height}) as page:
        assert page.run("document.querySelector('main nav, main h2').getBoundingClientRect().top") <= most


def test_every_link_of_the_navigation_is_as_high_as_a_finger_needs(browser: Browser, furnished: Path):
    """WCAG 2.2 asks for 24 pixels: each link of the pages and, once their fold is open, of the papers has them."""
    with opened(browser, furnished) as page:
        assert page.page.locator("nav.pages a:visible").count() == 10
        page.page.locator("nav.papers summary").click()
        links = page.page.locator("nav.pages a:visible, nav.papers summary").all()
        assert len(links) == 19
        assert min(link.bounding_box()["height"] for link in links) >= 24


def test_a_rating_beside_a_long_name_is_read_without_scrolling(browser: Browser, tmp_path: Path):
    """On a telephone the name of a duty wraps, and the word of its rating beside it is not cut off."""
    import pandas as pd
    import report

    from toolkit.report import table
    from toolkit.report.marks import mark

    name = "Education, health and care services work together for children and young people with special needs"
    rows = pd.DataFrame({"duty": [name], "state": [mark("conforms in part")], "law": [name]}, dtype=object)
    shown = table(rows, "Register", {"duty": "Duty", "state": "Does the strategy conform?", "law": "Law"})
    (tmp_path / "page.html").write_text(report.page([shown]), encoding="utf-8")
    assert faults_seen(browser, tmp_path / "page.html", CHECKS["a narrow page shows each rating whole"]) == []


def test_a_fold_opens_without_a_mouse_and_without_script(browser: Browser, sample_page: Path):
    """Everything is there for a reader whose browser runs no script."""
    with opened(browser, sample_page, java_script_enabled=False) as page:
        fold = page.page.locator("details").first
        assert not fold.locator("table").is_visible()
        fold.locator("summary").focus()
        page.page.keyboard.press("Enter")
        assert fold.locator("table").is_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_watermark_of_a_draft_leaves_the_words_readable(browser: Browser, sample_page: Path, scheme: str):
    """Every colour of text has 4.5:1 against the letters behind it."""
    from contrast import ratio

    with opened(browser, sample_page, color_scheme=scheme) as page:
        ghost, *texts = (
            page.run(
                "name => { const c = getComputedStyle(document.documentElement).getPropertyValue(name).trim();"
                "return [1, 3, 5].map(i => parseInt(c.slice(i, i + 2), 16)); }",
                f"--{name}",
            )
            for name in ("ghost", "ink", "quiet", "link", "good", "bad", "warn")
        )
    assert min(ratio(ghost, text) for text in texts) >= 4.5


def test_the_page_is_valid_html(full_page: Path):
    """The Nu checker finds no error."""
    if not checker():
        pytest.skip("the Nu checker is not installed (npm install vnu-jar; VNU_JAR=…/vnu.jar; Java)")
    assert invalid([full_page]) == []


def test_links_that_lead_nowhere_are_found(tmp_path: Path):
    """A missing page, a missing place and a way out of the folder are each told."""
    (tmp_path / "out").mkdir()
    (tmp_path / "secret.html").write_text("x", encoding="utf-8")
    (tmp_path / "out" / "other.html").write_text('<p id="here">x</p>', encoding="utf-8")
    links = [
        "other.html#here",
        "#mine",
        "https://example.org",
        "none.html",
        "other.html#there",
        "../secret.html",
        "#no",
    ]
    body = "".join(f'<a href="{link}">x</a>' for link in links)
    (tmp_path / "out" / "index.html").write_text(f'<p id="mine">{body}</p>', encoding="utf-8")
    assert broken_links(tmp_path / "out") == [f"index.html: {link}" for link in links[3:]]
