"""Bodies are words of params: no code, notebook, template, phrase or style sheet of the toolkit names one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES_A_BODY = re.compile(
    r"(?<![a-z])(cabinet|board|director|scrutiny|lead[ _]member|executive|committee|mayor)s?(?![a-z])", re.IGNORECASE
)
SETS = ROOT / "toolkit" / "new_project" / "governance"
EXPLAINS = ("toolkit/params/bodies.py", "toolkit/params/governance.py")
"""Their docstrings, which the reference of params prints, show by example what the keys of a body mean."""
OTHER_MEANINGS = tuple(path.stem for path in SETS.glob("*.yaml"))
"""What has such a word and is no body: the names of the worked sets, of which a project begins with one."""


def files() -> Iterator[Path]:
    for folder in ("toolkit", "notebooks"):
        for path in sorted((ROOT / folder).rglob("*")):
            text = path.suffix in (".py", ".ipynb", ".j2", ".css", ".js", ".yaml", ".json", ".md")
            if text and "__pycache__" not in path.parts and SETS not in path.parents:
                yield path


def bodies_in(text: str) -> list[str]:
    """The lines of a text that name a body."""
    for other in OTHER_MEANINGS:
        text = text.replace(other, "")
    return [line.strip()[:100] for line in text.splitlines() if NAMES_A_BODY.search(line)]


@pytest.mark.parametrize("text", ["goes to Cabinet", "board_update", "the Directors of", "lead_member"])
def test_a_body_is_seen(text: str) -> None:
    assert bodies_in(text)


@pytest.mark.parametrize("text", ["with a keyboard", "a directory", "what a scrutineer is"])
def test_other_words_are_no_bodies(text: str) -> None:
    assert not bodies_in(text)


def test_nothing_of_the_toolkit_names_a_body() -> None:
    """A council with a committee meets no Cabinet: what bodies are called stands in params/governance.yaml alone."""
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files()
        if (lines := bodies_in(path.read_text(encoding="utf-8")))
    }
    assert {name: lines for name, lines in found.items() if name not in EXPLAINS} == {}
    docstrings = [line for name in EXPLAINS for line in found.get(name, [])]
    assert all(line.startswith(('"""', "Texts", "a sentence", "without")) for line in docstrings), docstrings


def test_the_shipped_papers_and_pages_name_bodies_by_their_part() -> None:
    """So that another council takes them as they are; a comment may say what they are for."""
    shipped = [*(ROOT / "params" / "papers").glob("*.yaml"), ROOT / "params" / "pages.yaml"]
    found = {path.name: bodies_in(path.read_text(encoding="utf-8")) for path in shipped}
    heading = "heading_with: {scrutineer: Timetable for Decisions (including scrutiny)}"
    assert {name: lines for name, lines in found.items() if lines} == {"decision_report.yaml": [heading]}
