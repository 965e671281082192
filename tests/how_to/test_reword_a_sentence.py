"""docs/how-to/reword-a-sentence.md, followed: a council's own phrase is said to its audience, and to no other."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.words.bank import FOLDER, lay_over, phrases_for

FACTS = {"aim": "95%", "by": "2022"}


@pytest.fixture(autouse=True)
def _shipped_words_afterwards(tmp_path: Path) -> Iterator[None]:
    yield
    lay_over(tmp_path / "another")


def test_a_phrase_of_the_project_is_said_to_families_alone(project: Path, follow: Callable[[str], Any]) -> None:
    """The check accepts the phrase; the report and the other papers keep their words."""
    before = phrases_for("report").say("measure_target.met", **FACTS)
    guide = follow("reword-a-sentence.md")
    guide.write_files()
    (check,) = guide.blocks("console")
    guide.type_in(check)
    lay_over(project)
    assert phrases_for("families").say("measure_target.met", **FACTS) == "It has reached the goal of 95%, set for 2022."
    assert phrases_for("report").say("measure_target.met", **FACTS) == before
    assert phrases_for("decisions").say("measure_target.met", **FACTS) == before


def test_the_page_names_every_bank_of_an_audience() -> None:
    page = (FOLDER.parents[2] / "docs" / "how-to" / "reword-a-sentence.md").read_text("utf-8")
    assert all(f"`{path.name}`" in page for path in FOLDER.glob("*.yaml") if path.stem != "sen2")
