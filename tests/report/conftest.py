"""The sample report is a module beside the tests; its page is rendered once."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import sample_report as sample
from reading import Read, read

from toolkit.report import render_page


@pytest.fixture(scope="session")
def page_html() -> str:
    """The sample page as HTML."""
    return render_page(sample.notebook(), sample.PAGE)


@pytest.fixture(scope="session")
def page(page_html: str) -> Read:
    """The sample page as a reader's software sees it."""
    return read(page_html)


@pytest.fixture
def rendered() -> Callable[..., Read]:
    """Renders the sample page with anything of the page changed by name."""
    from dataclasses import replace

    return lambda **given: read(render_page(sample.notebook(), replace(sample.PAGE, **given)))


@pytest.fixture
def row() -> dict[str, Any]:
    """One judgement."""
    return sample.judged()
