"""What the commands print and how they leave."""

import json
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

TARGET = "targets:\n  attainment: {value: 99, by: 2020/21}\n"


def annual_review(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


def test_explain_says_where_a_figure_comes_from_and_how_it_is_judged(tiny: Path):
    """Definition, source, edition, numerator over denominator, interval and the reason, in words."""
    told = annual_review("explain", "rated_good", "--project", str(tiny)).output

    for words in (
        "Parents who rate the service good",
        "Parents who rate the service good as a percentage of those who answered",
        "Tiny parents' survey",
        "edition: 2021, as known on 30 June 2022 (the figures are illustrative)",
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
    assert told.output.startswith("The figures can be used.")


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


def test_check_answers_programs_with_an_object_a_failure(tiny: Path):
    """Every check that did not pass, then the verdict; the words go to standard error, or nowhere."""
    review = tiny / "params" / "2022" / "review.yaml"
    review.write_text(review.read_text(encoding="utf-8").replace("targets:\n", TARGET), encoding="utf-8")
    done = annual_review("check", "2022", "--json", "--project", str(tiny))
    *failures, verdict = map(json.loads, done.stdout.splitlines())

    assert done.exit_code == 0
    assert done.stderr.startswith("The figures can be used.")
    assert failures
    assert all(
        {"check", "severity", "outcome", "source", "message", "action"} <= failure.keys() for failure in failures
    )
    assert (verdict["review"], verdict["verdict"]) == (2022, "complete")
    assert annual_review("check", "2022", "--quiet", "--project", str(tiny)).output == ""


def test_an_error_is_printed_even_where_words_are_not_wanted(tiny: Path):
    """--quiet leaves out what went well."""
    done = annual_review("check", "1999", "--quiet", "--json", "--project", str(tiny))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "params/1999" in done.stderr


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("annual-review verif", ["verify"]),
        ("annual-review run --project {tiny} 2", ["2022"]),
        ("annual-review explain --project {tiny} o", ["on_time"]),
        ("annual-review list --js", ["--json"]),
    ],
)
def test_the_shell_completes_commands_options_years_and_measures(tiny: Path, words: str, completed: list[str]):
    """Years and measures are those of the project that is named, else of the current folder."""
    typed = words.format(tiny=tiny)
    variables = {
        "_ANNUAL_REVIEW_COMPLETE": "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    done = CliRunner().invoke(cli, [], prog_name="annual-review", env=variables)
    assert [line.split(",")[1] for line in done.output.splitlines()] == completed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_the_shell(shell: str):
    """It calls the command again with the words that were typed."""
    assert f"_ANNUAL_REVIEW_COMPLETE={shell}_complete" in annual_review("completion", shell).output
