"""A finished review comes out the same, byte for byte, whatever the project has been given since."""

import json
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from toolkit.cli import cli
from toolkit.params import load_project, load_succession
from toolkit.params.yaml import read_yaml
from toolkit.report.documents import document_tools

pytestmark = pytest.mark.slow


def add_edition_to_every_source(project: Path) -> None:
    """The publishers issue their files again, under another name."""
    for described in sorted((project / "data").glob("*/*/source.yaml")):
        lines = described.read_text(encoding="utf-8").rstrip("\n").split("\n")
        first = next(number for number, line in enumerate(lines) if re.match(r" +- \{edition", line))
        file = next(name for line in lines[first:] for name in re.findall(r"file: ([\w.-]+)", line))
        again = described.with_name(f"later_{file}")
        shutil.copyfile(described.with_name(file), again)
        digest = sha256(again.read_bytes()).hexdigest()
        indent = lines[first][: lines[first].index("-")]
        entry = f'edition: later, published: "2021-06-30", file: {again.name}, sha256: {digest}'
        lines.insert(first, f"{indent}- {{{entry}}}")
        described.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def add_source(project: Path) -> None:
    """A source, with its line in the calendar."""
    shutil.copytree(project / "data/published/dfe_absence", project / "data/published/another")
    calendar = project / "data/reference/calendar.csv"
    rows = calendar.read_text(encoding="utf-8").splitlines()
    added = [row.replace("dfe_absence,", "another,", 1) for row in rows if row.startswith("dfe_absence,")]
    calendar.write_text("\n".join([*rows, *added]) + "\n", encoding="utf-8", newline="\n")


def add_three_measures(project: Path) -> None:
    """Measures from May 2020 on."""
    for path in sorted((project / "params/strategies/2017-2020/measures/3a").glob("*.yaml"))[:3]:
        text = path.read_text(encoding="utf-8").rstrip() + "\nsince: 2020-05-19\ndecision: The Board, 19 May 2020\n"
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


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine cannot make PDF any more."""
    monkeypatch.setenv("ANNUAL_REVIEW_CHROMIUM", "none")
    document_tools.cache_clear()
    yield
    document_tools.cache_clear()


@pytest.mark.usefixtures("no_browser")
def test_nothing_that_is_added_later_changes_a_review_that_was_made(demonstration: Path, tmp_path: Path) -> None:
    """``verify`` exits with 0 after every addition that an ordinary next year brings.

    A PDF that cannot be made in the same way is named and not compared.
    """
    project = tmp_path / "project"
    shutil.copytree(demonstration, project)
    for add in (
        add_edition_to_every_source,
        add_source,
        add_three_measures,
        add_comparator_set,
        add_page,
        add_strategy,
    ):
        add(project)
    done = CliRunner().invoke(cli, ["verify", "2019", "--project", str(project)])
    has_pdf = (project / "outputs/2019/annual_refresh.pdf").is_file()
    assert ("The PDF document was not made again" in done.output) == has_pdf
    assert (done.exit_code, done.output.splitlines()[-1]) == (
        0,
        "outputs/2019 is reproducible: every file came out the same, byte for byte.",
    )
