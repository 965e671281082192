"""Whole reviews in a browser: every page of the demonstration and, where its files are at hand, of the 2025 example."""

import gzip
from pathlib import Path

import pytest
from chromium import opened
from links import broken_links
from look import CHECKS, every_fault
from markup import checker, invalid
from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session", params=["demonstration", "example_2025"])
def outputs(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param) / "outputs"


def pages(outputs: Path) -> list[Path]:
    return sorted(outputs.rglob("*.html"))


@pytest.fixture(scope="session")
def faults(browser: Browser, outputs: Path) -> dict[str, dict[str, list[str]]]:
    """Page → check → what it finds there."""
    return {path.relative_to(outputs).as_posix(): every_fault(browser, path) for path in pages(outputs)}


@pytest.mark.parametrize("name", CHECKS)
def test_no_page_has_a_fault_in_a_browser(faults: dict[str, dict[str, list[str]]], name: str):
    """Every page of a whole review holds what pages are held to."""
    assert len(faults) > 10
    assert {page: found[name] for page, found in faults.items() if name in found} == {}


def test_the_story_and_its_chart_are_on_one_screen_of_a_laptop(browser: Browser, outputs: Path):
    """What matters most is read before anybody scrolls, and the whole front page is at most six screens."""
    page = next(outputs.glob("20*/index.html"))
    with opened(browser, page, viewport={"width": 1366, "height": 768}) as front:
        assert front.run("document.querySelector('.lead').getBoundingClientRect().bottom") <= 768
        assert front.run("document.documentElement.scrollHeight") <= 6 * 768


def test_no_link_of_a_whole_folder_is_broken(outputs: Path):
    """Every page and every place that is linked to is there, and no link leaves the folder."""
    assert broken_links(outputs) == []


def test_every_page_is_valid_html(outputs: Path):
    """The Nu checker finds no error."""
    if not checker():
        pytest.skip("the Nu checker is not installed (npm install vnu-jar; VNU_JAR=…/vnu.jar; Java)")
    assert invalid(pages(outputs)) == []


def test_pages_are_light(outputs: Path):
    """A front page takes at most 400 kB, any other at most 600 kB and 60 kB when compressed for sending."""
    for page in pages(outputs):
        content = page.read_bytes()
        assert len(content) <= (400_000 if page.name == "index.html" else 600_000), page.name
        assert len(gzip.compress(content)) <= 60_000, page.name
