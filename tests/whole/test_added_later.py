"""Signed reviews come out the same, byte for byte, whatever the project is given since and wherever they are made."""

import json
import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from toolkit.cli import cli
from toolkit.params import load_project, load_succession
from toolkit.params.yaml import read_yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NO_BROWSER = {"ANNUAL_REVIEW_CHROMIUM": "none"}
SAME = "outputs/{year} is reproducible: {which} came out the same, byte for byte."


def add_edition_to_every_source(project: Path) -> None:
    """Another edition, public by the cut-off of 2019: without its lock the review of 2019 would be made from it."""
    for described in sorted((project / "data").glob("*/*/source.yaml")):
        lines = described.read_text(encoding="utf-8").rstrip("\n").split("\n")
        first = next(number for number, line in enumerate(lines) if re.match(r" +- \{edition", line))
        file = next(name for line in lines[first:] for name in re.findall(r"file: ([\w.-]+)", line))
        again = described.with_name(f"later_{file}")
        content = described.with_name(file).read_bytes()
        again.write_bytes(content.replace(b"\n", b"\r\n") if again.suffix == ".csv" else content)
        digest = sha256(again.read_bytes()).hexdigest()
        indent = lines[first][: lines[first].index("-")]
        entry = f'edition: later, published: "2019-04-30", file: {again.name}, sha256: {digest}'
        lines.insert(first + 1, f"{indent}- {{{entry}}}")
        described.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def add_source(project: Path) -> None:
    """A source, with its line in the calendar."""
    shutil.copytree(project / "data/published/dfe_absence", project / "data/published/another")
    calendar = project / "data/reference/calendar.csv"
    rows = calendar.read_text(encoding="utf-8").splitlines()
    added = [row.replace("dfe_absence,", "another,", 1) for row in rows if row.startswith("dfe_absence,")]
    calendar.write_text("\n".join([*rows, *added]) + "\n", encoding="utf-8", newline="\n")


def add_three_measures(project: Path) -> None:
    """Measures of the strategy in force from 2021, which the review of that year shows; one is of the new source."""
    for path in sorted((project / "params/strategies/2021-2024/measures/c").glob("*.yaml"))[:3]:
        text = path.read_text(encoding="utf-8").replace("source: dfe_absence\n", "source: another\n")
        path.with_name(f"later_{path.name}").write_text(text, encoding="utf-8", newline="\n")


def add_comparator_set(project: Path) -> None:
    """The next set of similar authorities."""
    to = project / "data/reference/comparators/dfe_2026_01"
    shutil.copytree(project / "data/reference/comparators/dfe_2021_04", to)
    text = re.sub(r"holds_from: .*", 'holds_from: "2026-01-01"', (to / "source.yaml").read_text(encoding="utf-8"))
    (to / "source.yaml").write_text(text, encoding="utf-8", newline="\n")


def add_page(project: Path) -> None:
    """A page of the council's own, and another wording."""
    parameters = new_code_cell('project = "."\nyear = 2021\nprofile = "public"', metadata={"tags": ["parameters"]})
    (project / "notebooks").mkdir()
    nbformat.write(new_notebook(cells=[parameters, new_markdown_cell("# Added")]), project / "notebooks/added.ipynb")
    pages = project / "params/pages.yaml"
    added = "added: {notebook: added, title: Added}\n"
    pages.write_text(pages.read_text(encoding="utf-8") + added, encoding="utf-8", newline="\n")


def add_strategy(project: Path) -> None:
    """A strategy that succeeds the newest: another four priorities, and measures that go on under other ids."""
    strategies = project / "params/strategies"
    old, new = strategies / "2021-2024", strategies / "2025-2028"
    written = read_yaml(old / "strategy.yaml", project).data
    priorities = [{"id": id_, "title": f"Priority {id_}", "short": id_} for id_ in ("e", "f", "g", "h")]
    measures = sorted(old.glob("measures/*/*.yaml"))
    for number, path in enumerate(measures):
        to = new / "measures" / "efgh"[number % 4] / f"new_{path.name}"
        to.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        to.write_text(re.sub(r"reconciles_with: ", "reconciles_with: new_", text), encoding="utf-8", newline="\n")
    succeeds = {
        "strategy": "2021-2024",
        "priorities": {"a": "e", "b": "f", "c": "ended"},
        "workstreams": {stream["id"]: "ended" for stream in written["workstreams"]},
        "measures": {path.stem: f"new_{path.stem}" for path in measures},
    }
    for stream in written["workstreams"]:
        stream |= {"id": f"new_{stream['id']}", "priorities": ["e"]}
    written |= {"priorities": priorities, "term": {"from": 2025, "to": 2028}, "in_force_from": "2025-01-01"}
    (new / "strategy.yaml").write_text(json.dumps(written | {"succeeds": succeeds}), encoding="utf-8", newline="\n")
    assert load_succession(load_project(project)) is not None


def leave_out_papers(project: Path) -> None:
    """The pages alone, which are made of everything: a paper takes as long as a page."""
    path = project / "params/pages.yaml"
    pages = read_yaml(path, project).data
    kept = [f"{name}: {json.dumps(page)}\n" for name, page in pages.items() if "paper" not in page]
    path.write_text("".join(kept), encoding="utf-8", newline="\n")
    shutil.rmtree(project / "params/papers")


def sign(project: Path, year: str) -> None:
    """The first signature, which keeps the lock in params/."""
    arguments = ["sign-off", year, "--role", "board", "--name", "C. Hair", "--project", str(project)]
    signed = CliRunner().invoke(cli, arguments)
    assert signed.exit_code == 0, signed.output
    assert (project / "params" / year / "lock.json").is_file()


def command(project: Path, *arguments: str, **environment: str) -> str:
    """What a command prints in a process of its own, on a machine without a browser; it must exit with 0."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments, "--project", str(project)],
        cwd=ROOT,
        env={**os.environ, **NO_BROWSER, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_signed_reviews_outlast_what_is_added_and_are_made_again_elsewhere(demonstration: Path, tmp_path: Path) -> None:
    """2019 and 2020 are signed; an ordinary next year adds of everything, and is run; ``verify`` exits with 0.

    It does so fourteen hours ahead and five behind, without a locale and in Turkish, where i is no I, after the folder
    was moved. A PDF that cannot be made in the same way is named and not compared.
    """
    first = tmp_path / "first"
    shutil.copytree(demonstration, first)
    sign(first, "2019")
    leave_out_papers(first)
    assert "No PDF documents were made" in command(first, "run", "2020")
    sign(first, "2020")
    add_edition_to_every_source(first)
    add_source(first)
    add_three_measures(first)
    add_comparator_set(first)
    add_page(first)
    add_strategy(first)
    command(first, "run", "2021")
    judged = (first / "outputs/2021/tables/judgements.csv").read_text(encoding="utf-8")
    assert judged.count("\nc,later_") == 3
    assert (first / "outputs/2021/added.html").is_file()

    project = first.rename(tmp_path / "another place, é")
    ahead = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "77"}
    behind = {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "5"}
    of_2019, of_2020 = command(project, "verify", "2019", **ahead), command(project, "verify", "2020", **behind)
    has_pdf = (project / "outputs/2019/annual_refresh.pdf").is_file()
    assert ("The PDF document was not made again" in of_2019) == has_pdf
    of_both = [said.splitlines()[-1] for said in (of_2019, of_2020)]
    made_again = "every other file" if has_pdf else "every file"
    assert of_both == [SAME.format(year=2019, which=made_again), SAME.format(year=2020, which="every file")]
