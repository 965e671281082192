"""Which release made a review, what the changelog says has changed since, and how to go back to it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.errors import InputError
from toolkit.evidence.lock import ReviewLock
from toolkit.params import ReviewId
from toolkit.run import releases, verifying
from toolkit.run.releases import describe_rebuilding, entries_since, explain_differences, parse_changelog
from toolkit.run.sign_off import sign
from toolkit.run.signatures import Signature

CHANGELOG = """# Changelog

## 0.10.0

### Added

- `judgements.csv`: a new column.

### Changed

- `judgements.csv`, `priority_*.html`: "asked" is now "invited",
  as people say. [Why](docs/decisions/words.md).
- Charts have the letters of the pages.

## 0.9.0

### Fixed

- `index.html`: the day is that of the cut-off.

## 0.2.0

### Changed

- `index.html`: an old story.
"""
REVIEW = ReviewId(2019)
MADE = {"release": "0.2.0", "python": "3.12.4", "commit": "0123456789abcdef0123", "documents": {}}


@pytest.fixture(autouse=True)
def later_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The release that is running is 0.10.0."""
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    monkeypatch.setattr(releases, "SHIPPED", tmp_path)
    for module in (releases, verifying):
        monkeypatch.setattr(module, "current_release", lambda: "0.10.0")


def lock_of(release: str) -> ReviewLock:
    return ReviewLock({"year": 2019, "authority": "Anyshire"}, made_with={**MADE, "release": release})


def test_an_entry_names_the_files_that_it_begins_with() -> None:
    """An entry may run over two lines; its link is left out."""
    entries = list(parse_changelog(CHANGELOG))
    assert [(one.release, one.section) for one in entries] == [
        ("0.10.0", "Added"),
        *[("0.10.0", "Changed")] * 2,
        ("0.9.0", "Fixed"),
        ("0.2.0", "Changed"),
    ]
    assert entries[1].files == ("judgements.csv", "priority_*.html")
    assert str(entries[1]).endswith('"asked" is now "invited", as people say. (0.10.0)')


@pytest.mark.parametrize(("release", "count"), [("0.2.0", 3), ("0.9.0", 2), ("0.10.0", 0)])
def test_what_was_changed_or_fixed_since_counts_and_what_was_added_does_not(release: str, count: int) -> None:
    """0.10.0 comes after 0.9.0; an addition gives no other bytes to a review that does not use it."""
    assert len(entries_since(release)) == count


def test_each_file_that_differs_has_its_reason_or_is_said_to_have_none() -> None:
    """Which release made it, what differs and why, and what to do."""
    files = ["index.html", "priority_3a.html", "tables/judgements.csv", "voices.html"]
    assert list(explain_differences(lock_of("0.2.0"), REVIEW, files)) == [
        "The review was made with release 0.2.0; this is 0.10.0. Changed on purpose since:",
        '  priority_3a.html, tables/judgements.csv: `judgements.csv`, `priority_*.html`: "asked" is now "invited", '
        "as people say. (0.10.0)",
        "  index.html: `index.html`: the day is that of the cut-off. (0.9.0)",
        "No entry names voices.html. Others since 0.2.0 that may be the reason:",
        "  Charts have the letters of the pages. (0.10.0)",
        "To make it again byte for byte: annual-review verify 2019 --with-release says how.",
    ]
    assert list(explain_differences(lock_of("0.10.0"), REVIEW, files)) == []
    (newer,) = explain_differences(lock_of("0.11.0"), REVIEW, files)
    assert "release 0.11.0, which is newer than this one, 0.10.0. Install that one." in newer


def test_how_to_go_back_names_the_release_its_python_and_its_commit() -> None:
    """By uv, by pip, and from a clone."""
    lines = list(describe_rebuilding(lock_of("0.2.0"), replace(REVIEW, profile="internal")))
    assert "  uvx --python 3.12 --from annual-review==0.2.0 annual-review verify 2019 --profile internal" in lines
    assert "  release-0.2.0/bin/pip install annual-review==0.2.0" in lines
    assert "  git worktree add ../release-0.2.0 0123456789ab" in lines


def finished(project: Path, monkeypatch: pytest.MonkeyPatch, made_again: str) -> None:
    """A review made with 0.2.0 whose front page reads ``made_again`` when it is made again."""
    folder = project / "outputs" / "2019"
    folder.mkdir(parents=True)
    lock_of("0.2.0").write(folder / "lock.json")
    about = {"year": 2019, "profile": "public", "authority": "Anyshire"}
    (folder / "manifest.json").write_text(json.dumps({"about": about, "verdict": "complete"}), encoding="utf-8")
    (folder / "index.html").write_text("As it was.", encoding="utf-8")

    def rebuild(*given: object) -> None:
        options = given[3]
        again = REVIEW.folder(options.outputs)  # type: ignore[attr-defined]
        again.mkdir(parents=True)
        for path in folder.iterdir():
            (again / path.name).write_bytes(path.read_bytes())
        (again / "index.html").write_text(made_again, encoding="utf-8")

    monkeypatch.setattr(verifying, "rebuild", rebuild)


def test_verify_says_which_release_made_the_review_and_why_it_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, and as one object a file with its reasons and one for the whole."""
    finished(tmp_path, monkeypatch, "Otherwise.")
    done = CliRunner().invoke(cli, ["verify", "2019", "--json", "--project", str(tmp_path)])
    file, whole = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 1
    assert file["file"] == "index.html"
    assert file["reasons"] == ["`index.html`: the day is that of the cut-off. (0.9.0)"]
    assert whole == {
        "review": "2019",
        "reproducible": False,
        "differing": 1,
        "not_compared": [],
        "gone": [],
        "broken": [],
        "release": "0.2.0",
        "with_release": "0.10.0",
    }
    assert "The review was made with release 0.2.0; this is 0.10.0." in done.stderr
    words = CliRunner().invoke(cli, ["verify", "2019", "--project", str(tmp_path)])
    assert words.stdout == done.stderr
    assert CliRunner().invoke(cli, ["verify", "2019", "--quiet", "--project", str(tmp_path)]).output == ""


def test_a_newer_release_that_gives_the_same_bytes_is_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A toolkit that only gained features makes the review as it was."""
    finished(tmp_path, monkeypatch, "As it was.")
    done = CliRunner().invoke(cli, ["verify", "2019", "--project", str(tmp_path)])
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        ["outputs/2019 is reproducible: every file came out the same, byte for byte."],
    )


def test_verify_says_that_signatures_do_not_fit_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A review that its lock makes again is not the one that was signed where a hash beside a signature is another."""
    finished(tmp_path, monkeypatch, "Edited.")
    folder = REVIEW.folder(tmp_path / "outputs")
    sign(folder, Signature("board reviewed", "board", "Board", "B. Ard", "2019-05-14"))
    (tmp_path / "params" / "2019").mkdir(parents=True)
    lock_of("0.2.0").write(tmp_path / "params" / "2019" / "lock.json")
    (folder / "index.html").write_text("Edited.", encoding="utf-8")
    done = CliRunner().invoke(cli, ["verify", "2019", "--project", str(tmp_path)])
    assert done.exit_code == 1
    assert "the sign-off of outputs/2019 is broken: index.html has changed" in done.stdout


def test_a_lock_that_a_later_release_cannot_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the release of then and the way back, beside what cannot be read."""
    finished(tmp_path, monkeypatch, "")

    def refuse(*_: object) -> None:
        raise InputError([])

    monkeypatch.setattr(verifying, "rebuild", refuse)
    done = CliRunner().invoke(cli, ["verify", "2019", "--project", str(tmp_path)])
    assert done.exit_code == 2
    assert "made with release 0.2.0, and this one, 0.10.0, cannot read its lock" in done.stderr
    assert "verify 2019 --with-release says how" in done.stderr


def test_verify_with_release_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It prints the commands of the release of then."""
    finished(tmp_path, monkeypatch, "Otherwise.")
    done = CliRunner().invoke(cli, ["verify", "2019", "--with-release", "--project", str(tmp_path)])
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "outputs/2019 was made with release 0.2.0, Python 3.12.4, commit 0123456789ab.",
    )
