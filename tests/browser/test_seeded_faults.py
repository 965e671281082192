"""Each check finds the fault that it is there for, and nothing on the sound page it was put into."""

from pathlib import Path

import pytest
from look import CHECKS, faults_seen
from playwright.sync_api import Browser
from seeded import FAULTS, VARIANTS, Fault

from toolkit.report.faults import faults_in


def seeded(page: Path, fault: Fault) -> str:
    html = page.read_text(encoding="utf-8").replace("</main>", f"{fault.html}\n</main>", 1)
    return html.replace("</head>", f"<style>{fault.style}</style>\n</head>", 1) if fault.style else html


@pytest.mark.parametrize("name", [*FAULTS, *VARIANTS])
def test_a_seeded_fault_is_found(browser: Browser, sample_page: Path, tmp_path: Path, name: str):
    """By the check that is named for it: before a page is written, or in the browser."""
    fault = (FAULTS | VARIANTS)[name]
    html = seeded(sample_page, fault)
    if fault.caught == "house":
        assert len(set(faults_in(html)) - set(faults_in(sample_page.read_text(encoding="utf-8")))) >= 1
        return
    spoilt = tmp_path / "spoilt.html"
    spoilt.write_text(html, encoding="utf-8")
    assert faults_seen(browser, spoilt, CHECKS[fault.caught], bypass_csp=True)


def test_there_are_twenty_one_and_the_sound_page_has_none(sample_page: Path):
    """Those of the trial and the broad table are here, and the page they are put into has no fault of the house's."""
    assert len(FAULTS) == 21
    assert faults_in(sample_page.read_text(encoding="utf-8")) == []
