"""Two reviews side by side: what changed, as a table, in plain lines and as a page."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner, Result

from tests.refresh.two_years import with_second_year
from toolkit.cli import cli
from toolkit.frames import ACTIONS, CHANGES
from toolkit.refresh.printed_tables import PrintedTables
from toolkit.report.year_on_year import change_lines
from toolkit.words.year_on_year import changes_between

ROOT = Path(__file__).parents[2]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "examples" / "year_on_year.yaml").read_text(encoding="utf-8"))
PAGE = "compare_2022_2023.html"


def annual_review(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--project", str(project)])


def prepared(project: Path, example: dict[str, Any]) -> Path:
    with_second_year(project, example["changed"])
    if "decisions" in example:
        (project / "params" / "2022" / "decisions.yaml").write_text(example["decisions"] + "\n", encoding="utf-8")
    if "breaks" in example:
        measure = project / "params" / "strategies" / "2020-2023" / "measures" / "b2" / "attainment.yaml"
        line = "  - {{from: {from}, reason: {reason}}}\n".format(**example["breaks"])
        text = measure.read_text(encoding="utf-8").replace("breaks:\n", "breaks:\n" + line)
        measure.write_text(text, encoding="utf-8")
    if example.get("smaller_set"):
        smaller_set(project / "data" / "reference" / "comparators")
    review = project / "params" / "2023" / "review.yaml"
    for old, new in example.get("review", {}).items():
        assert old in review.read_text(encoding="utf-8")
        review.write_text(review.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return project


def smaller_set(sets: Path) -> None:
    """A set named smaller, without Eastshire."""
    folder = Path(shutil.copytree(sets / "near", sets / "smaller"))
    file = folder / "neighbours.csv"
    was = sha256(file.read_bytes()).hexdigest()
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "Eastshire" not in line), encoding="utf-8", newline="\n")
    described = folder / "source.yaml"
    text = described.read_text(encoding="utf-8").replace(was, sha256(file.read_bytes()).hexdigest())
    described.write_text(text.replace("Near authorities", "Fewer authorities"), encoding="utf-8")


def table_of(project: Path) -> list[dict[str, str]]:
    path = (project / "outputs" / PAGE).with_suffix(".csv")
    return pd.read_csv(path, dtype="str", keep_default_na=False).to_dict("records")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_the_worked_examples(tiny: Path, example: dict[str, Any]):
    """Each example of tests/examples/year_on_year.yaml: rows of the table, and subjects it does not touch."""
    done = annual_review(prepared(tiny, example), "compare", "2022", "2023")

    assert done.exit_code == 0, done.output + done.stderr
    rows = table_of(tiny)
    for expected in example["expect"]:
        alike = [{key: row[key] for key in expected} for row in rows]
        assert expected in alike, rows
    assert {row["about"] for row in rows} & set(example["never"]) == set()


def test_the_command_prints_each_subject_and_where_the_page_is(tiny: Path):
    """Counted first, then line by line; unchanged measures are not listed."""
    with_second_year(tiny, {"issued, 2021, England": 5300})

    said = annual_review(tiny, "compare", "2022", "2023").output

    assert "From the review of 2022 to that of 2023." in said
    assert "- Plans, England, 2021: revised: 5,200 -> 5,300" in said
    assert "No change in targets." in said
    assert "- Rated good:" not in said
    assert f"outputs/{PAGE}" in said


def test_a_line_for_the_terminal_names_its_cause_once():
    """What happened and why it did may be the same two words, "new figure"; else the cause ends the line."""
    row = dict.fromkeys(CHANGES.columns, "") | {"about": "value", "name": "Plans", "then": "5,200 in 2021"}
    newer = row | {"now": "5,300 in 2022", "change": "new figure", "cause": "new figure", "note": "target: met"}
    revised = row | {"about": "revision", "now": "5,300", "change": "revised", "cause": "revision"}

    lines = [line for line in change_lines(CHANGES.of([newer, revised])) if line.startswith("  -")]

    assert lines == [
        "  - Plans: new figure: 5,200 in 2021 -> 5,300 in 2022 [target: met]",
        "  - Plans: revised: 5,200 in 2021 -> 5,300 (revision)",
    ]


def test_the_page_has_every_subject_and_the_same_bytes_when_made_again(tiny: Path):
    """One heading a subject, tables with their rows; nothing depends on when it is made."""
    with_second_year(tiny, {"issued, 2021, England": 5300})
    annual_review(tiny, "compare", "2022", "2023")
    first = (tiny / "outputs" / PAGE).read_bytes()

    annual_review(tiny, "compare", "2022", "2023")

    assert (tiny / "outputs" / PAGE).read_bytes() == first
    for words in ("Which figures were revised?", "5,300", "No change in similar authorities.", "no mark moved"):
        assert words in first.decode()


def test_the_plan_is_compared_as_on_its_own_page():
    """Each change of an action has the name that the page of the work plan gives it; a new spelling is none."""
    usual = {"id": "1", "action": "Meet", "lead": "Head", "due": "2019-07-31", "status": "in progress"}
    numbers = {"slipped_days": 0.0, "moved_days": float("nan")}
    before = ACTIONS.of([usual | numbers, usual | numbers | {"id": "2"}])
    later = {"due": "2020-07-31", "success": "Nine in ten", "status": "paused", "action": "meet."}
    after = ACTIONS.of([usual | numbers | later, usual | numbers | {"id": "3"}])

    changes = changes_between(PrintedTables(1, {"actions": before}), PrintedTables(2, {"actions": after}))

    assert changes[["subject", "change", "then", "now"]].to_numpy().tolist() == [
        ["1", "new status", "in progress", "paused"],
        ["1", "new due date", "31 July 2019", "31 July 2020"],
        ["1", "new scope", "none", "Nine in ten"],
        ["2", "no longer in the plan", "in progress", ""],
        ["3", "new action", "", "in progress"],
    ]


def test_words_of_a_plan_are_shown_as_text(tiny: Path):
    """What looks like HTML in an action reaches the page escaped."""
    numbers = {"slipped_days": 0.0, "moved_days": float("nan")}
    later = ACTIONS.of([{"id": "1", "action": "<script>x</script>", "lead": "A", "status": "closed"} | numbers])
    changes = changes_between(PrintedTables(1, {}), PrintedTables(2, {"actions": later}))

    from toolkit.report.year_on_year import changes_notebook

    html = changes_notebook(changes, (1, 2)).cells[-1].outputs[0].data["text/html"]
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("years", "says"),
    [
        (("2023", "2022"), "2022 does not come after 2023 (give the earlier review first)"),
        (("2022", "2022"), "2022 does not come after 2022"),
        (("2021", "2022"), "there is no review of 2021"),
    ],
)
def test_years_that_cannot_be_compared_are_refused(tiny: Path, years: tuple[str, str], says: str):
    """Exit 2 and one line."""
    refused = annual_review(with_second_year(tiny, {}), "compare", *years)

    assert refused.exit_code == 2
    assert says in refused.stderr


@pytest.mark.slow
def test_a_run_makes_the_page_of_its_neighbours_and_the_index_leads_to_it(tiny: Path):
    """After both years were run the page is there, says what the command says, and goes with the review it is about."""
    with_second_year(tiny, {"issued, 2021, England": 5300})
    unmade = annual_review(tiny, "compare", "2022", "2023").output
    for year in ("2022", "2023"):
        assert annual_review(tiny, "run", year, "--jobs", "1").exit_code in (0, 1)
    outputs = tiny / "outputs"
    made = (outputs / PAGE).read_bytes()

    assert PAGE in (outputs / "index.html").read_text(encoding="utf-8")
    assert annual_review(tiny, "compare", "2022", "2023").output == unmade
    assert (outputs / PAGE).read_bytes() == made
    assert 'href="2022/index.html"' in made.decode()

    shutil.rmtree(outputs / "2022")
    annual_review(tiny, "list")
    assert not (outputs / PAGE).exists()
