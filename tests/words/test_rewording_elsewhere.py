"""No wording decides anything outside the tables either: pages, return sheets, comparisons and a new year."""

import inspect
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from lxml import html
from openpyxl import load_workbook

from toolkit.evidence import build, read_inputs
from toolkit.evidence.returned import write_returns
from toolkit.params import ReviewId
from toolkit.report.shown import Html, Shown
from toolkit.review import Review
from toolkit.review.published import publish
from toolkit.run.comparing import compare_reviews
from toolkit.run.new_year import begin_year
from toolkit.words.bank import Phrases

TINY = Path(__file__).parents[1] / "tiny"
ARGUMENTS = {"priority": "a", "measure": "on_time"}
WHOLE_TEXTS = {"accessibility"}
"""What is one phrase: its paragraphs and lists are the phrase's own."""
TEXT = ("wbr", "text", "tspan", "polyline")
"""With the lines of a chart, of which there is one for each label along the bottom that has room."""
CODES_OF_A_SHEET = (2, 4, 5, 6)
"""File, key, column and value of a return sheet; the others, the line of a file among them, are words."""


def in_capitals(phrases: Phrases, key: str, /, **facts: object) -> str:
    """The key instead of the phrase, with the page's title for a window. An unknown key is a ``KeyError``."""
    assert phrases.phrases[key]
    return f"{key.upper()} {facts['title']}" if key.endswith(("window_title", "dated_title")) else key.upper()


def outline(shown: Shown) -> list[tuple[Any, ...]]:
    """Each element of what is shown, in order: its tag, its classes, and the rows and columns that it spans.

    What follows from the length of a text alone is left aside: where a word may break, the lines of a label in a
    chart, and the width of a column. So is a marker, such as [c], that a phrase names.
    """
    if not str(shown.html).strip():
        return []
    tree = html.fragment_fromstring(str(shown.html), create_parent="main")
    elements = (one for one in tree.iter("*") if one.tag not in TEXT and one.get("class") != "marker")
    return [
        (one.tag, (one.get("class") or "").replace("long", ""), *map(one.get, ("scope", "colspan", "rowspan")))
        for one in elements
    ]


def answers(project: Path, profile: str) -> dict[str, list[tuple[Any, ...]]]:
    """Question of a page → the outline of its answer, for all that a page may ask without more than ARGUMENTS."""
    review = Review(publish(build(read_inputs(project, 2022)), profile))
    return {name: outline(answer) for name, answer in asked(review, ARGUMENTS) if name not in WHOLE_TEXTS}


def asked(review: Review, arguments: dict[str, str]) -> Iterator[tuple[str, Shown]]:
    """Each question that can be asked with these arguments, and what its answer shows."""
    for name, question in vars(Review).items():
        if name.startswith("_") or not callable(question) or name == "as_at":
            continue
        wanted = [p for p in list(inspect.signature(question).parameters.values())[1:] if p.default is p.empty]
        if all(p.name in arguments for p in wanted):
            answer = question(review, *(arguments[p.name] for p in wanted))
            yield name, answer if isinstance(answer, Shown) else Shown(Html(""))


def returned(project: Path) -> dict[str, list[list[Any]]]:
    """Sheet of a return workbook → its rows without the columns of words; the first sheet holds words alone."""
    sheets: dict[str, list[list[Any]]] = {}
    for sent in write_returns(build(read_inputs(project, 2022))):
        for sheet in load_workbook(sent.path).worksheets[1:]:
            rows = [[row[column - 1].value for column in CODES_OF_A_SHEET] for row in sheet.iter_rows(min_row=2)]
            sheets[f"{sent.path.name} {sheet.title}"] = rows
    return sheets


def compared(project: Path) -> list[list[Any]]:
    """What a comparison of two reviews is about, in its order."""
    begin_year(project, 2023, 2022)
    changes = compare_reviews(project, ReviewId(2022), ReviewId(2023))
    return changes[["about", "subject", "illustrative"]].to_numpy().tolist()


def begun(project: Path) -> dict[str, Any]:
    """File of a new year → what it sets; comments and headings are words."""
    begin_year(project, 2023, 2022)
    folder = project / "params" / "2023"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): yaml.safe_load(path.read_text("utf-8")) if path.suffix == ".yaml" else ""
        for path in files
    }


OUTCOMES: dict[str, Callable[[Path], Any]] = {
    "pages, public": lambda project: answers(project, "public"),
    "pages, internal": lambda project: answers(project, "internal"),
    "return sheets": returned,
    "a comparison": compared,
    "a new year": begun,
}


RULE = """use: [records]
rules:
  - id: overall_low
    on: records
    severity: critical
    dimension: validity
    say: No answer is above 3.
    do: Correct it.
    expectation: expect_column_values_to_be_between
    arguments: {column: overall, max_value: 3}
"""


def spoil(project: Path) -> None:
    """A rule that some answers break, so that rows go back to the owner of the data."""
    (project / "data" / "local" / "survey" / "checks.yaml").write_text(RULE, encoding="utf-8")


@pytest.mark.parametrize("what", OUTCOMES)
def test_another_wording_changes_no_outline_no_code_and_no_order(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every phrase replaced by its key, the same elements, marks, rows and settings come in the same order."""
    projects = [Path(shutil.copytree(TINY, tmp_path / name)) for name in ("as_it_is", "reworded")]
    for project in projects:
        spoil(project)
    before = OUTCOMES[what](projects[0])
    monkeypatch.setattr(Phrases, "say", in_capitals)
    after = OUTCOMES[what](projects[1])

    assert before
    assert after == before


def test_the_outline_sees_marks_and_order() -> None:
    """Else the test above would prove nothing."""
    first, second = (Shown(text) for text in ("<p class='good'>a</p><b>1</b>", "<b>1</b><p class='bad'>a</p>"))  # type: ignore[arg-type]
    assert outline(first) != outline(second)
    assert pd.Series(outline(first)).size == 3
