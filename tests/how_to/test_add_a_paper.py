"""docs/how-to/add-a-paper.md, followed: a paper is a form and an entry of params/pages.yaml."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def test_the_paper_goes_out_beside_the_report(project: Path, follow: Callable[[str], Any]) -> None:
    """It is filled with the review's facts, says whom to ask, and every page leads to it."""
    guide = follow("add-a-paper.md")
    guide.write_files()
    (made,) = guide.blocks("console")
    guide.type_in(made)

    outputs = project / "outputs" / "2022"
    paper = (outputs / "publications" / "head_teachers.html").read_text("utf-8")
    assert "to head teachers, 2022</h1>" in paper
    assert "This is the position on 30 June 2022." in paper
    assert "Head of SEND: this letter and the review" in paper
    assert 'href="publications/head_teachers.html"' in (outputs / "index.html").read_text("utf-8")
    assert (outputs / "notebooks" / "head_teachers.ipynb").is_file()
