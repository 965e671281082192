"""The lock of a finished review is its own, whole, and the one that was signed; else one clear error before any run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.evidence.lock import NotebookCell, ReviewLock
from toolkit.params import ReviewId
from toolkit.run.rebuild import review_lock
from toolkit.run.sign_off import sign
from toolkit.run.signatures import Signature

ABOUT = {"year": 2022, "profile": "public", "authority": "Anyshire", "strategy": "SEND Strategy"}
LOCK = ReviewLock({"year": 2022, "authority": "Anyshire", "strategy": "SEND Strategy"})
FOLDER = Path("outputs/2022")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a finished review, signed by the Board."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"about": ABOUT, "verdict": "complete"}), encoding="utf-8")
    LOCK.write(folder / "lock.json")
    (tmp_path / "params" / "2022").mkdir(parents=True)
    LOCK.write(tmp_path / "params" / "2022" / "lock.json")
    sign(folder, Signature("board reviewed", "board", "Board", "B. Ard", "2022-07-14"))
    return tmp_path


def refuse(project: Path) -> str:
    """What ``verify`` says of a lock that it refuses."""
    done = CliRunner().invoke(cli, ["verify", "2022", "--project", str(project)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


def test_the_lock_that_was_signed_is_read(project: Path) -> None:
    """The review's own, the same as the one kept with the params."""
    assert review_lock(project, ReviewId(2022)) == LOCK


@pytest.mark.parametrize("name", ["year", "authority", "strategy"])
def test_a_lock_of_another_project_or_review_is_refused(project: Path, name: str) -> None:
    """Its digest is right; it is only not this review's."""
    ReviewLock({**LOCK.review, name: "another"}).write(project / FOLDER / "lock.json")
    message = refuse(project)
    assert message.startswith("outputs/2022/lock.json: the lock is of another review (")
    assert "another" in message


def test_a_lock_that_is_not_the_one_that_was_signed_is_refused(project: Path) -> None:
    """Somebody who edits the lock and its digest has not edited the copy that the first signature kept."""
    ReviewLock(LOCK.review, {"params/2022/review.yaml": {"text": ""}}).write(project / FOLDER / "lock.json")
    assert "the lock is not the one that was signed, params/2022/lock.json" in refuse(project)
    (project / "params" / "2022" / "lock.json").unlink()
    assert "params/2022/lock.json: the file is gone, and the review was signed" in refuse(project)


@pytest.mark.parametrize("made_with", [{"release": "0.1.0"}, {"documents": {"docx": "python-docx 0.9"}}])
def test_tools_that_were_not_those_of_the_signed_lock_are_refused(project: Path, made_with: dict[str, Any]) -> None:
    """They decide which documents are compared, so that nobody excuses a document from comparison by hand."""
    ReviewLock(LOCK.review, made_with=made_with).write(project / FOLDER / "lock.json")
    assert "the lock is not the one that was signed, params/2022/lock.json" in refuse(project)


@pytest.mark.parametrize(
    "edit",
    [
        lambda _: "{",
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("SEND Strategy", "Send Strategy"),
        lambda _: "[]",
        lambda _: json.dumps({"sha256": "0"}),
    ],
)
def test_a_lock_that_was_edited_by_hand_is_refused(project: Path, edit: Callable[[str], str]) -> None:
    """Half of it, one letter of it, or something else altogether."""
    lock = project / FOLDER / "lock.json"
    lock.write_text(edit(lock.read_text(encoding="utf-8")), encoding="utf-8")
    message = refuse(project)
    assert message.startswith("outputs/2022/lock.json: the lock ")
    assert "restore it from a copy" in message


@pytest.mark.parametrize(
    "parts",
    [
        {"texts": {"params/a.yaml": {"yml": {}}}},
        {"texts": {"params/a.yaml": {}}},
        {"notebooks": {"one": (NotebookCell("python", "1"),)}},
        {"review": {"year": 2022}},
    ],
)
def test_a_lock_of_another_form_is_refused_though_its_digest_is_right(project: Path, parts: dict[str, Any]) -> None:
    """A lock that another tool wrote, or a later release."""
    ReviewLock(**{"review": LOCK.review, **parts}).write(project / FOLDER / "lock.json")
    assert "the lock cannot be read" in refuse(project)
