"""docs/how-to/add-a-page.md, followed: an analyst's own page is one notebook and three lines of YAML."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from toolkit.params import GATE, ReviewId
from toolkit.run.outputs import render
from toolkit.run.planning import plan_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HIDDEN_COUNT = """\
from toolkit.report import table

table(review.results, "Every count", {"measure": "Measure", "numerator": "Counted"})"""


def own_notebook(project: Path, cells: list[Any]) -> None:
    """The shipped notebook that the page copies, with the page's cells after its parameters and ``open_review``."""
    notebook = nbformat.read(ROOT / "notebooks" / "4_work_plan.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "code"][:2] + cells
    (project / "notebooks").mkdir()
    nbformat.write(notebook, project / "notebooks" / "for_the_board.ipynb")


@pytest.fixture
def outputs(project: Path, follow: Callable[[str], Any]) -> Path:
    """What the project has once the page has been followed, with one more table: every count of the review."""
    guide = follow("add-a-page.md")
    make = {"markdown": nbformat.v4.new_markdown_cell, "python": nbformat.v4.new_code_cell}
    cells = [make[block.language](block.text.strip()) for block in guide.blocks("markdown", "python")]
    own_notebook(project, [*cells, nbformat.v4.new_code_cell(HIDDEN_COUNT)])
    unnamed, made = guide.blocks("console")
    guide.type_in(unnamed)
    guide.write_files()
    guide.type_in(made)
    return project / "outputs" / "2022"


def test_the_page_is_made_like_every_other(project: Path, outputs: Path) -> None:
    """Gated, protected, rendered, in the navigation and the manifest, and a draft where the review is one."""
    page = (outputs / "for_the_board.html").read_text("utf-8")
    assert "<title>For the Board, " in page
    assert "What should the Board look at first?" in page
    assert "Measures that are better" in page

    (step,) = [step for step in plan_of(project, ReviewId(2022)).steps if step.id == "for_the_board"]
    assert step.needs == (GATE,)

    counts = re.findall(r'<td class="number">(?:<span class="marker">)?([^<]+)<', page.split("Every count")[1])
    assert "[c]" in counts
    assert not {"1", "2", "3", "4"} & set(counts)

    for other in outputs.glob("*.html"):
        links = re.findall(r'<a href="for_the_board.html"[^>]*>([^<]*)</a>', other.read_text("utf-8"))
        assert links == ["For the Board"], other.name
    assert (outputs / "notebooks" / "for_the_board.ipynb").is_file()

    manifest = json.loads((outputs / "manifest.json").read_text("utf-8"))
    assert "for_the_board.html" in [entry["path"] for entry in manifest["outputs"]]
    lock = json.loads((outputs / "lock.json").read_text("utf-8"))
    assert {"for_the_board", "4_work_plan"} <= lock["notebooks"].keys()
    assert "for_the_board" in lock["texts"]["params/pages.yaml"]["yaml"]

    draft = render(plan_of(project, ReviewId(2022)), step, outputs / "notebooks" / "for_the_board.ipynb", "draft")
    assert "<title>DRAFT: For the Board" in draft
