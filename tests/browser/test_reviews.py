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


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (820, 1180)])
def test_the_front_page_answers_on_one_screen(browser: Browser, demonstration: Path, width: int, height: int):
    """How each priority does, what changed and what is asked are all seen before anybody scrolls."""
    page = demonstration / "outputs" / "2019" / "index.html"
    with opened(browser, page, viewport={"width": width, "height": height}) as front:
        assert front.run("document.querySelector('.opening').getBoundingClientRect().bottom") <= height


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
