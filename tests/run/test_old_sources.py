"""A review of old data says so wherever it is listed, by the names of its sources."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from toolkit.cli import cli
from toolkit.evidence import read_inputs
from toolkit.params import ReviewId
from toolkit.run.declared_pages import page_steps
from toolkit.run.locking import lock_review
from toolkit.run.planning import about_of

REVIEW = ReviewId(2022)
SAID = "1 source has no new data for the year of this review: Tiny plans"


@pytest.fixture
def project(tiny: Path) -> Path:
    """The tiny project with a finished review, of which one source had nothing new, by a waiver."""
    folder = REVIEW.folder(tiny / "outputs")
    (folder / "tables").mkdir(parents=True)
    inputs = read_inputs(tiny, 2022)
    lock_review(inputs, REVIEW, page_steps(inputs, "public", ()), {}).write(folder / "lock.json")
    manifest = {"about": about_of(inputs, "public"), "verdict": "complete"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    rows = ["timeliness.new_data,warning,waived,plans,", "timeliness.new_data,warning,pass,survey,"]
    findings = "\n".join(["check,severity,outcome,source,measures", *rows, "another,critical,fail,survey,", ""])
    (folder / "tables" / "findings.csv").write_text(findings, encoding="utf-8")
    return tiny


def test_the_list_and_its_page_name_the_sources_without_new_data(project: Path) -> None:
    """In words, on the page, and for programs; a source that passed or failed otherwise is not named."""
    listed = CliRunner().invoke(cli, ["list", "--project", str(project), "--json"])
    assert f"  {SAID}" in listed.stderr.splitlines()
    assert json.loads(listed.stdout)["old_sources"] == ["Tiny plans"]
    assert SAID in (project / "outputs" / "index.html").read_text(encoding="utf-8")


def test_without_a_lock_a_source_is_named_by_its_folder(project: Path) -> None:
    """A review of an early release has none."""
    (project / "outputs" / "2022" / "lock.json").unlink()
    listed = CliRunner().invoke(cli, ["list", "--project", str(project)])
    assert "no new data for the year of this review: plans" in listed.output


def test_where_all_sources_had_new_data_nothing_is_said(project: Path) -> None:
    """No line is no worry."""
    path = project / "outputs" / "2022" / "tables" / "findings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("waived", "pass"), encoding="utf-8")
    listed = CliRunner().invoke(cli, ["list", "--project", str(project)])
    assert "no new data" not in listed.output
