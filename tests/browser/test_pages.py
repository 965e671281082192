"""A page as a browser shows it, with every kind of chart, table and fold."""

import gzip
from pathlib import Path

import pytest
from chromium import SCHEMES, opened
from links import broken_links
from look import CHECKS, every_fault
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
