"""The index of a published folder in a browser: over HTTP, from a memory stick, with script and without."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from toolkit.report import ReviewSummary, outputs_index


def review(year: int) -> ReviewSummary:
    about = ("Annual review", "SEND Strategy", "Rutland", "public", "complete", "", f"{year}-04-30")
    return ReviewSummary(year, *about, f"{year}/index.html", {"direction": {"worse": year - 2018}})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder of three reviews."""
    path = tmp_path_factory.mktemp("published")
    years = (2019, 2020, 2021)
    (path / "index.html").write_text(outputs_index([review(year) for year in years]), encoding="utf-8")
    for year in years:
        (path / str(year)).mkdir()
        (path / str(year) / "index.html").write_text(f"<title>Review {year}</title>", encoding="utf-8")
    return path


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told."""


@pytest.fixture(scope="module", params=["file", "http"])
def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Where the folder can be read: on a disk, or from a plain static host on this machine."""
    if request.param == "file":
        yield (folder / "index.html").as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


def test_the_search_finds_a_review_and_links_lead_to_it(browser: Browser, address: str) -> None:
    """Whoever types a year is left with that review, is told how many are left, and gets there by its link."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.get_by_label("Find a review").fill("2020 rev")
    assert page.locator("tbody tr:visible").count() == 1
    assert page.get_by_role("status").inner_text() == "1 review"
    assert said == [], "the policy lets the search run"
    page.locator("tbody a:visible").first.click()
    assert page.title() == "Review 2020"
    page.close()


def test_without_script_every_review_is_there(browser: Browser, address: str) -> None:
    """The search is an addition: a browser that runs no script shows every review and no field that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("tbody tr:visible").count() == 3
    assert not page.get_by_label("Find a review").is_visible()
    context.close()
