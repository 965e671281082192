"""What the script of a page adds, as a reader uses it: tables filtered and sorted, and a measure found by its name."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from chromium import A4, opened
from look import CHECKS, faults_seen
from playwright.sync_api import Browser

MONTHS = [f"{day} {month} 2018" for day, month in zip(range(20, 32), ["April", "January", "March"] * 4, strict=True)]
PLANS = [9.0, 1200.0, *(float(n) for n in range(30, 39)), float("nan")]


@pytest.fixture(scope="module")
def controlled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with a table of twelve rows and one of three, and two measures to be found on it."""
    import sample_report as sample
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    from toolkit.report import render_page, table

    names = [f"Séndia {letter}" if letter == "a" else f"Area {letter}" for letter in "lkjihgfedcba"]
    rows = pd.DataFrame({"area": names, "plans": PLANS, "day": MONTHS, "marker": ["", *[""] * 10, "c"]})
    columns = {"area": "Area", "plans": "Plans", "day": "Last counted"}
    shown = [table(rows, "Plans of areas", columns), table(rows[:3], "Plans of three areas", columns)]
    cells = [
        new_code_cell("show()", outputs=[new_output("display_data", data={"text/html": str(one.html)})])
        for one in shown
    ]
    notebook = new_notebook(cells=[new_markdown_cell("# How many plans?\n\n## Plans"), *cells])
    measures = (("Plans in 20 weeks", "#plans-of-areas"), ("Appeals & rates", "#plans-of-three-areas"))
    path = tmp_path_factory.mktemp("controlled") / "page.html"
    path.write_text(render_page(notebook, replace(sample.PAGE, measures=measures)), encoding="utf-8")
    return path


def column(page: object, number: int) -> list[str]:
    return page.page.locator(f"table:first-of-type tbody tr:visible > :nth-child({number})").all_inner_texts()[:12]


def test_a_long_table_is_filtered_and_says_how_many_rows_are_left(browser: Browser, controlled: Path):
    """Every word typed is in the row, whatever its accents; Escape brings all back; a short table has no field."""
    with opened(browser, controlled) as page:
        field = page.page.get_by_label("Show only rows with: Plans of areas")
        assert page.page.get_by_label("Show only rows with").count() == 1
        field.fill("march area")
        assert page.page.locator("tbody").first.locator("tr:visible").count() == 3
        assert page.page.get_by_text("3 found").get_attribute("role") == "status"
        field.fill("sendia")
        assert page.page.locator("tbody").first.locator("tr:visible").count() == 1
        field.press("Escape")
        assert page.page.locator("tbody").first.locator("tr:visible").count() == 12
        assert page.said == [], "the policy lets the script run"


def test_a_heading_sorts_by_keyboard_and_a_third_press_restores_the_order(browser: Browser, controlled: Path):
    """Numbers by size and days by the calendar, hidden figures last either way; the order is announced."""
    with opened(browser, controlled) as page:
        before = column(page, 2)
        for way, first in (("ascending", "9"), ("descending", "1,200")):
            page.page.locator("thead button", has_text="Plans").first.press("Enter")
            assert page.page.locator("th", has_text="Plans").first.get_attribute("aria-sort") == way
            assert column(page, 2)[0] == first
            assert column(page, 2)[-1] == "[c]"
        assert page.page.get_by_text("Sorted by Plans, largest").get_attribute("role") == "status"
        page.page.locator("thead button", has_text="Plans").first.press("Enter")
        assert column(page, 2) == before
        page.page.locator("thead button", has_text="Last counted").first.click()
        assert [day.split()[1] for day in column(page, 3)] == ["January"] * 4 + ["March"] * 4 + ["April"] * 4


def test_a_measure_is_found_by_part_of_its_name(browser: Browser, controlled: Path):
    """Its links appear under the field, counted aloud, and lead to it."""
    with opened(browser, controlled) as page:
        page.page.get_by_label("Find a measure").fill("rates app")
        link = page.page.get_by_role("link", name="Appeals & rates")
        assert page.page.locator("header [role=search] [role=status]").inner_text() == "1 found"
        link.click()
        assert page.page.url.endswith("#plans-of-three-areas")


def test_without_the_script_nothing_is_missing_and_nothing_is_dead(browser: Browser, controlled: Path):
    """No field, no button and no list of measures; every row is there."""
    with opened(browser, controlled, java_script_enabled=False) as page:
        assert page.page.locator("button, input").count() == 0
        assert page.page.locator("a", has_text="Appeals").count() == 0
        assert page.page.locator("tbody tr:visible").count() == 15


def test_on_paper_the_whole_table_stands_without_controls(browser: Browser, controlled: Path):
    """A filter that is still set does not leave rows out of what is printed."""
    with opened(browser, controlled, viewport=A4) as page:
        page.page.get_by_label("Show only rows with: Plans of areas").fill("march")
        page.page.emulate_media(media="print")
        assert page.page.locator("tbody tr:visible").count() == 15
        assert page.page.locator("input:visible").count() == 0


@pytest.mark.parametrize("name", [name for name in CHECKS if "axe" in name or "keyboard" in name or "narrow" in name])
def test_controls_have_no_fault_in_a_browser(browser: Browser, controlled: Path, name: str):
    """axe finds nothing, the keyboard reaches every control, and a telephone holds them."""
    assert faults_seen(browser, controlled, CHECKS[name]) == []
