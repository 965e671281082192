"""The phrases of an earlier release, as a lock keeps them, under a toolkit that has gained and lost some."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from toolkit.words.bank import FOLDER, REPORT, lay_over, phrases_for

DECISIONS = phrases_for("decisions")


@pytest.fixture(autouse=True)
def as_shipped(tmp_path: Path) -> Iterator[None]:
    """The banks are those that are shipped again afterwards."""
    yield
    lay_over(tmp_path / "no project")


def restored(project: Path, **phrases: dict[str, object]) -> None:
    """Restore banks from a lock: audience → sections."""
    folder = project / "defaults" / "phrases"
    folder.mkdir(parents=True)
    for audience, content in phrases.items():
        (folder / f"{audience}.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    lay_over(project)


def test_the_phrases_of_then_are_used(tmp_path: Path) -> None:
    """The report and every other audience say what they said."""
    restored(tmp_path, report={"difference": {"in_set": "among them"}})
    assert REPORT.say("difference.in_set") == "among them"
    assert DECISIONS.say("difference.in_set") == "among them"


def test_a_phrase_that_came_with_a_later_release_is_taken_from_there(tmp_path: Path) -> None:
    """A notebook of then that calls newer code still finds its words; an audience its own before the report's."""
    own = yaml.safe_load((FOLDER / "decisions.yaml").read_text(encoding="utf-8"))
    section, key = next((s, k) for s, group in own.items() for k, text in group.items() if isinstance(text, str))
    restored(tmp_path, report={"difference": {"in_set": "among them"}}, decisions={})
    assert REPORT.say("difference.no_figure") == "no figure"
    assert DECISIONS.phrases[f"{section}.{key}"] == own[section][key]


def test_phrases_that_this_release_has_no_use_for_are_passed_over(tmp_path: Path) -> None:
    """One that was renamed, and one with a fact that is not given any more: what is shipped stands in."""
    restored(tmp_path, report={"difference": {"left_out": "gone", "in_set": "in {set}", "set": "Set"}})
    assert REPORT.say("difference.in_set") == "in the set"
    assert REPORT.say("difference.set") == "Set"
