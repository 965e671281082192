"""What publishers have revised since a review was made is said of it, and changes nothing in it."""

import errno
import hashlib
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.analysis.revisions import Flip
from toolkit.cli import cli
from toolkit.evidence import read_inputs
from toolkit.params import ReviewId
from toolkit.run import revised_since
from toolkit.run.declared_pages import page_steps
from toolkit.run.index_page import describe_revised
from toolkit.run.locking import lock_review
from toolkit.run.planning import about_of
from toolkit.run.revised_since import RevisedSince, find_revised_since
from toolkit.run.stored_reviews import read_stored
from toolkit.words.bank import REPORT

REVIEW = ReviewId(2022)
FINDINGS = "check,severity,outcome,measures\n"


@pytest.fixture
def project(tiny: Path) -> Path:
    """The tiny project with a finished review, as far as this needs one."""
    folder = REVIEW.folder(tiny / "outputs")
    (folder / "tables").mkdir(parents=True)
    inputs = read_inputs(tiny, 2022)
    made_with = {"release": "0.2.0"}
    lock_review(inputs, REVIEW, page_steps(inputs, "public", ()), made_with).write(folder / "lock.json")
    manifest = {"about": about_of(inputs, "public"), "verdict": "complete"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "tables" / "findings.csv").write_text(FINDINGS, encoding="utf-8")
    return tiny


def add_edition(project: Path, old: str, new: str, published: str = "2022-09-30") -> None:
    """The Department issues its file again, with one row changed."""
    source = project / "data" / "published" / "plans"
    text = (source / "figures.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (source / "again.csv").write_text(text.replace(old, new), encoding="utf-8")
    digest = hashlib.sha256((source / "again.csv").read_bytes()).hexdigest()
    entry = f'  - {{edition: "again", published: "{published}", file: again.csv, sha256: {digest}}}\n'
    described = source / "source.yaml"
    described.write_text(described.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8")


def found(project: Path) -> RevisedSince:
    stored = read_stored(project / "outputs", REVIEW)
    assert stored
    return find_revised_since(project / "outputs", stored)


STANDARD = "reached_standard,percent,2020/21,academic year,E10000901,901,Northshire,Local authority,"


def row(project: Path) -> str:
    text = (project / "data" / "published" / "plans" / "figures.csv").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith(STANDARD))


def test_without_a_later_edition_nothing_has_been_revised(project: Path) -> None:
    """Nothing is even read again."""
    assert found(project) == RevisedSince()
    assert describe_revised(found(project)) == "no figure that it prints has been revised since"


def test_a_revised_figure_is_counted_with_its_publisher_and_the_marks_that_would_change(project: Path) -> None:
    """The review of 2022 stays as it is, byte for byte, and so do the phrases in use."""
    was = row(project)
    before = {path: path.read_bytes() for path in (project / "outputs").rglob("*") if path.is_file()}
    bank = dict(REPORT.phrases)
    add_edition(project, was, was.replace(",50,", ",40,"))
    now = found(project)
    assert (now.figures, now.publishers, now.problem) == (1, ("Department for Examples",), "")
    assert now.flips == (
        ("Standard", Flip("direction", "better", "worse")),
        ("Standard", Flip("versus_england", "similar", "worse")),
        ("Standard", Flip("versus_neighbours", "similar", "worse")),
    )
    assert describe_revised(now) == (
        "1 figure that it prints has been revised since (Department for Examples); 3 marks would change"
    )
    assert before == {path: path.read_bytes() for path in (project / "outputs").rglob("*") if path.is_file()}
    assert dict(REPORT.phrases) == bank


def test_an_edition_registered_late_counts_as_a_later_one(project: Path) -> None:
    """One that was public before the cut-off, but that nobody had when the review was made, changes no review."""
    was = row(project)
    add_edition(project, was, was.replace(",50,", ",40,"), "2022-06-01")
    assert found(project).figures == 1


def test_a_measure_that_the_review_could_not_judge_has_no_marks_to_change(project: Path) -> None:
    """Its data failed a critical check then."""
    was = row(project)
    add_edition(project, was, was.replace(",50,", ",40,"))
    findings = project / "outputs" / "2022" / "tables" / "findings.csv"
    findings.write_text(f"{FINDINGS}x,critical,fail,attainment;plans\n", encoding="utf-8")
    assert found(project).flips == ()


def test_what_was_found_is_kept_until_the_editions_change(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of reviews does not read all their data each time."""
    was = row(project)
    add_edition(project, was, was.replace(",50,", ",40,"))
    first = found(project)
    monkeypatch.setattr(revised_since, "restore_project", lambda *_: pytest.fail("it was worked out again"))
    assert found(project) == first


def test_list_says_it_in_words_and_as_objects(project: Path) -> None:
    """With --json one object a review; with --quiet nothing."""
    was = row(project)
    add_edition(project, was, was.replace(",50,", ",40,"))
    words, quiet, objects = (
        CliRunner().invoke(cli, ["list", "--project", str(project), *more]) for more in ([], ["--quiet"], ["--json"])
    )
    assert "made with release 0.2.0" in words.stdout
    assert "revised since: 1 figure that it prints has been revised since (Department for Examples)" in words.stdout
    assert (quiet.output, quiet.exit_code) == ("", 0)
    (line,) = objects.stdout.splitlines()
    review = json.loads(line)
    assert (review["review"], review["release"], review["state"]) == ("2022", "0.2.0", "draft")
    assert review["revised"]["figures"] == 1
    assert words.stdout == objects.stderr


def test_where_the_lock_or_a_file_is_gone_it_says_that_nothing_is_known(project: Path) -> None:
    """One line, and the list goes on."""
    was = row(project)
    add_edition(project, was, was.replace(",50,", ",40,"))
    (project / "data" / "published" / "plans" / "again.csv").unlink()
    assert describe_revised(found(project)) == "not known: the file that the review used is not in data/"
    (project / "outputs" / "2022" / "lock.json").unlink()
    assert describe_revised(found(project)) == "not known: the review has no lock"


def test_a_folder_that_may_only_be_read_is_listed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of a shared drive sees the reviews; the page of all reviews stays as it is, and a signer is told."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    done = CliRunner().invoke(cli, ["list", "--project", str(project)])
    assert done.exit_code == 0
    assert done.output.splitlines()[-1] == (
        "outputs/index.html was not written again: outputs: cannot be written: Permission denied "
        "(free some disk space, or allow writing, and try again)"
    )
