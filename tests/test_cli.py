"""What the commands print and how they leave."""

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import cli
from toolkit.refresh import is_red
from toolkit.review import open_review

TARGET = "targets:\n  attainment: {value: 99, by: 2021/22}\n"


def annual_review(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_explain_says_where_a_figure_comes_from_and_how_it_is_judged(tiny: Path):
    """Definition, source, edition, numerator over denominator, interval and the reason, in words."""
    told = annual_review("explain", "rated_good", "--project", str(tiny)).output

    for words in (
        "Parents who rate the service good",
        "Parents who rate the service good as a percentage of those who answered",
        "Tiny parents' survey",
        "edition: 2021; the figures are illustrative",
        "95% interval:",
        "confidence: low",
        "reason:",
    ):
        assert words in told, told


def test_explain_shows_both_averages_in_the_year_when_the_set_changes(tiny: Path):
    """The mean of either set, the word beside it, and which of the two is in force."""
    sets = tiny / "data" / "reference" / "comparators"
    shutil.copytree(sets / "near", sets / "new")
    described = sets / "new" / "source.yaml"
    text = described.read_text(encoding="utf-8").replace('holds_from: "2019-01-01"', 'holds_from: "2023-01-01"')
    described.write_text(text.replace("Near authorities", "New authorities"), encoding="utf-8")
    review = tiny / "params" / "2022" / "review.yaml"
    text = review.read_text(encoding="utf-8").replace("neighbours: near", "neighbours: new\nneighbours_before: near")
    review.write_text(text, encoding="utf-8")

    told = annual_review("explain", "attainment", "2022", "--project", str(tiny)).output

    for words in (
        "mean of similar authorities:",
        "mean of the set before:",
        "compared with the set before:",
        "New authorities\u201d. It has been in force only since 1 January 2023, after the cut-off date of this review",
        "2 of 2 were in the set used before, \u201cNear authorities\u201d",
        "next figure: 2021/22",
    ):
        assert words in told, told


def test_explain_knows_a_measure_that_only_the_next_review_judges(tiny: Path):
    """What has just been added to the catalogue is explained: its definition, and from when it counts."""
    (path,) = (tiny / "params" / "strategies" / "2020-2023" / "measures").rglob("rated_good.yaml")
    added = path.read_text("utf-8") + "since: 2022-07-01\ndecision: The Board\n"
    path.with_name("added.yaml").write_text(added, encoding="utf-8")

    told = annual_review("explain", "added", "--project", str(tiny)).output

    assert "Parents who rate the service good as a percentage of those who answered" in told
    assert "status: The review of 2022 does not judge it: it counts from 1 July 2022 on." in told


def test_explain_offers_the_nearest_measure(tiny: Path):
    """A mistyped measure is refused with the one that was meant."""
    told = annual_review("explain", "on_tim", "--project", str(tiny))

    assert told.exit_code == 2
    assert "did you mean 'on_time'?" in told.stderr


def test_the_command_says_which_release_it_is():
    """What somebody who reports a fault is asked for first."""
    assert annual_review("--version").output == f"{version('annual-review')}\n"


def test_list_says_what_to_do_where_there_is_no_review(tiny: Path):
    """An empty outputs folder is no error: the next step is named."""
    told = annual_review("list", "--project", str(tiny))

    assert told.exit_code == 0
    assert "annual-review run YEAR" in told.output


def test_check_begins_with_the_verdict(tiny: Path):
    """Sound data: exit 0 and a sentence about the data alone, whatever the review itself still lacks."""
    told = annual_review("check", "2022", "--project", str(tiny))

    assert told.exit_code == 0
    assert told.output.startswith("Yes.")


def test_check_names_the_red_measures_without_a_commentary(tiny: Path):
    """Nothing is said of a red measure that has one; without it the warning names the file to write."""
    commentary = tiny / "params" / "2022" / "commentary" / "measures"
    shutil.rmtree(commentary, ignore_errors=True)
    review = tiny / "params" / "2022" / "review.yaml"
    text = review.read_text(encoding="utf-8").replace("targets:\n", TARGET)
    review.write_text(text, encoding="utf-8")
    judged = open_review(tiny, 2022).judgements
    red = judged.loc[is_red(judged), "measure"].to_list()

    told = annual_review("check", "2022", "--project", str(tiny)).output
    commentary.mkdir()
    for measure in red:
        (commentary / f"{measure}.md").write_text("It happened, and this is being done.\n", encoding="utf-8")
    afterwards = annual_review("check", "2022", "--project", str(tiny)).output

    assert red, "the tiny project has no red measure to try this on"
    for measure in red:
        assert f"WARNING commentary commentary.{measure}: " in told
        assert f"Write params/2022/commentary/measures/{measure}.md" in told
    assert "What the review itself still lacks:" in told
    assert "commentary." not in afterwards


def test_verify_without_a_review_says_so(tiny: Path):
    """There is nothing to verify before a run."""
    told = annual_review("verify", "2022", "--project", str(tiny))

    assert told.exit_code == 2
    assert "there is no review to verify" in told.stderr


@pytest.mark.parametrize("command", ["run", "check", "explain", "verify", "list"])
def test_every_command_explains_itself(command: str):
    """--help says what the command does and that it takes a project folder."""
    told = annual_review(command, "--help").output

    assert "--project" in told
    assert len(told.splitlines()) > 5


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows breaks in another way")
def test_a_reader_that_goes_away_is_no_fault(tiny: Path):
    """`annual-review check 2022 | head -1` prints one line and no complaint."""
    command = [sys.executable, "-u", "-m", "toolkit", "check", "2022", "--project", str(tiny)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        complaint = running.stderr.read()

    assert (complaint, running.returncode) == ("", 141)
