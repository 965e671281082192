"""The year as an analyst lives it, from the command line only; docs/how-to/run-a-review-year.md is its record."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.report.documents import document_tools

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_page_tells_what_the_commands_print():
    """From new-year over check, run, decisions and compare to sign-off and verify: each prints what the page says."""
    if "pdf" not in document_tools():
        pytest.skip("no Chromium here: the story prints a PDF")
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "story.py"), "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout + done.stderr) == (0, ""), done.stdout + done.stderr
