"""A browser, and pages to open in it; without Chromium, or a font of Arial's widths, these tests skip and say so."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "report"))
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from chromium import arial, executable, launch
from playwright.sync_api import Browser, sync_playwright


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not executable():
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium), so no page was opened")
    with sync_playwright() as playwright:
        found = launch(playwright)
        if not arial(found):
            pytest.skip("no font is as wide as Arial (Debian: apt-get install fonts-liberation), so no page was opened")
        yield found
        found.close()


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a chart of every kind, tables, commentary and folds, rendered in this process."""
    import sample_report as sample

    from toolkit.report import render_page

    path = tmp_path_factory.mktemp("sample") / "page.html"
    path.write_text(render_page(sample.notebook(), sample.PAGE), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def full_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of every chart that the tests of charts draw, long names and gaps included, and of every table."""
    import report
    import sample_report as sample
    from test_charts import EVERY

    from toolkit.report import stack

    shown = [make() for make in EVERY.values()] + [stack(*parts) for _, parts in sample.shown()]
    path = tmp_path_factory.mktemp("full") / "page.html"
    path.write_text(report.page(shown), encoding="utf-8")
    return path
