"""The sample page and the index, byte for byte. A change that is meant is written with the command in the failure."""

import os
from pathlib import Path

import pytest
from test_outputs_index import summary

from toolkit.report import outputs_index

GOLDEN = Path(__file__).parents[1] / "golden" / "report"


@pytest.mark.parametrize("name", ["page.html", "outputs_index.html"])
def test_pages_are_as_they_were(name: str, page_html: str) -> None:
    """Nothing on a page changes by accident."""
    made = page_html if name == "page.html" else outputs_index([summary(2019), summary(2020, verdict="draft")])
    kept = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_text(made, encoding="utf-8", newline="\n")
    if not kept.is_file() or made != kept.read_text("utf-8"):
        pytest.fail(
            f"{name} differs from tests/golden/report/{name}. If the change is meant, look at it and write it with\n"
            "    UPDATE_GOLDEN=1 .venv/bin/pytest tests/report/test_golden.py"
        )
