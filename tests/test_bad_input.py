"""Bad input: exit status 2, the place and the remedy in words, never a traceback, and the outputs as they were."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from toolkit.cli import cli

EXAMPLES = Path(__file__).parent / "examples" / "bad_input.yaml"
CASES = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))


def run(project: Path, year: int = 2022, *options: str) -> Result:
    return CliRunner().invoke(cli, ["run", str(year), "--project", str(project), *options])


def spoil(project: Path, case: dict[str, Any]) -> None:
    """Do to the copy what the example says."""
    path = project / case["file"]
    for copy, original in case.get("also", {}).items():
        shutil.copy(project / original, project / copy)
    if "write" in case:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case["write"], encoding="utf-8")
        return
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    text = path.read_text(encoding="utf-8")
    if case.get("remove"):
        path.unlink()
    elif "rename" in case:
        path.rename(path.with_name(case["rename"]))
    elif case.get("empty"):
        path.write_bytes(b"")
    elif "keep_lines" in case:
        path.write_text("".join(text.splitlines(keepends=True)[: case["keep_lines"]]), encoding="utf-8")
    elif "keep_characters" in case:
        path.write_text(text[: case["keep_characters"]], encoding="utf-8")
    elif "append" in case:
        path.write_text(text + case["append"], encoding="utf-8")
    else:
        assert case["find"] in text, "the example no longer fits the tiny project"
        path.write_text(text.replace(case["find"], case["put"], 1), encoding="utf-8")
    if case.get("rehash"):
        after = hashlib.sha256(path.read_bytes()).hexdigest()
        source = path.parent / "source.yaml"
        source.write_text(source.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_bad_input_is_refused_with_its_place(case: dict[str, Any], tiny: Path):
    """What tests/examples/bad_input.yaml promises is what a person sees."""
    standing = tiny / "outputs" / "2022" / "index.html"
    standing.parent.mkdir(parents=True)
    standing.write_text("last run", encoding="utf-8")
    if "file" in case:
        spoil(tiny, case)

    result = run(tiny, case.get("year", 2022))

    assert result.exit_code == 2, result.output
    for words in case["told"]:
        assert words in result.stderr
    assert "Traceback" not in result.output
    assert str(tiny) not in result.output
    assert standing.read_text(encoding="utf-8") == "last run"
    assert sorted(path.name for path in (tiny / "outputs").iterdir()) == ["2022"]


def test_all_problems_of_a_data_file_come_together(tiny: Path):
    """An analyst mends a file once: two faults in it are told in one go."""
    figures = "data/published/plans/figures.csv"
    spoil(tiny, {"file": figures, "find": "England,National,5000,", "put": 'England,National,"5,000",', "rehash": True})
    spoil(
        tiny,
        {
            "file": figures,
            "find": "Southshire,Local authority,150",
            "put": "Southshire2,Local authority,150",
            "rehash": True,
        },
    )

    told = run(tiny).stderr

    assert "'5,000'" in told
    assert "'Southshire2'" in told


def test_a_folder_that_is_no_project_is_told_so(tmp_path: Path):
    """Started in the wrong folder, the command says what a project folder holds."""
    result = run(tmp_path)

    assert result.exit_code == 2
    assert "has no params/" in result.stderr


def test_debug_shows_where_in_the_code(tiny: Path):
    """With --debug a developer gets the traceback beside the message."""
    shutil.rmtree(tiny / "params" / "2022")

    assert "Traceback" in run(tiny, 2022, "--debug").output


def test_a_fault_of_the_toolkit_is_one_line_and_no_draft(tiny: Path, monkeypatch: pytest.MonkeyPatch):
    """What nobody foresaw ends with 3, not with 1, which means a draft."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of ideas")

    monkeypatch.setattr("toolkit.run.planning.plan_of", broken)

    result = run(tiny)

    assert result.exit_code == 3
    assert result.stderr == "An error in the toolkit itself: RuntimeError: out of ideas (--debug shows where)\n"


def test_an_interrupted_run_says_so(tiny: Path, monkeypatch: pytest.MonkeyPatch):
    """Ctrl-C ends with 130."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("toolkit.run.planning.plan_of", interrupted)

    assert run(tiny).exit_code == 130


def test_all_that_is_wrong_with_a_review_year_is_told_at_once(tiny: Path):
    """A misspelt key, a target for no measure and a baseline after the cut-off: one round, not three."""
    review = "params/2022/review.yaml"
    spoil(tiny, {"file": review, "find": "title: Annual review 2022", "put": "titel: Annual review 2022"})
    spoil(tiny, {"file": review, "find": "  on_time:", "put": "  in_time:"})

    told = run(tiny).stderr

    assert "unknown key 'titel'" in told
    assert "a target for 'in_time', which is not a measure" in told


def test_an_edition_that_is_not_used_yet_is_checked_too(tiny: Path):
    """A missing file is told when it is added, not when a later review needs it."""
    source = tiny / "data/published/plans/source.yaml"
    later = f'  - {{edition: "2030", published: "2030-01-01", file: later.csv, sha256: {"0" * 64}}}\n'
    source.write_text(source.read_text(encoding="utf-8") + later, encoding="utf-8")

    assert "there is no file 'later.csv'" in run(tiny).stderr


def test_commentary_from_outside_the_project_is_refused(tiny: Path, tmp_path: Path):
    """A link in the params to a file elsewhere would publish that file."""
    (tmp_path / "outside.md").write_text("private", encoding="utf-8")
    comment = tiny / "params/2022/commentary/a.md"
    comment.unlink()
    comment.symlink_to(tmp_path / "outside.md")

    assert "params/2022/commentary/a.md: the file is outside the project folder" in run(tiny).stderr
