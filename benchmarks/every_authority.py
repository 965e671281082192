"""The first review of every authority: init and run with no answers, as a table of what comes out.

    nice -n 10 python benchmarks/every_authority.py [--cells] [--pdf] [--jobs N] [--folder DIR] [NAME …]

Without names: all authorities of today, those that differ most first. ``--cells`` reads, checks and judges, then
executes every cell of every notebook in a forked process, but renders no page: a quarter of the time of a run. Without
``--pdf`` no PDF is printed. What was done before is in DIR/done.jsonl and is not done again,
so the benchmark can be stopped and resumed. The projects of those that differ, and of those that fail, stay in DIR.
The table gives the verdict, the seconds of init and run, how many measures have no figure, how many cannot be compared
with their baseline, and what failed critically.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from typing import Any

import annual_review_pack
import pandas as pd

from toolkit.new_project import Answers, begin_project
from toolkit.review import open_review
from toolkit.sources import Areas, load_areas

ROOT = Path(__file__).parents[1]
NOTEBOOKS = (
    "1_data_quality", "2_priority", "3_voices", "4_work_plan", "5_annual_refresh", "6_exceptions", "7_decisions",
    "8_annexes", "brief",
)  # fmt: skip

YEAR = 2025
SHOWN = (
    "City of London", "Isles of Scilly", "Cumberland", "Westmorland and Furness", "North Northamptonshire",
    "West Northamptonshire", "Bournemouth, Christchurch and Poole", "Dorset", "North Yorkshire", "Somerset",
    "Buckinghamshire", "Rutland", "Norfolk", "Leicestershire", "Kent", "Birmingham",
)  # fmt: skip
"""Those that differ most: new or recoded bodies, the smallest, the largest. Their projects stay to be looked at."""
VERDICTS = {0: "complete", 1: "DRAFT"}


@dataclass
class Outcome:
    """What became of one authority: exit status and seconds of each command, and what its review lacks."""

    name: str
    seconds: dict[str, float] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    criticals: list[str] = field(default_factory=list)
    without_figure: int = 0
    without_baseline: int = 0
    message: str = ""

    @property
    def verdict(self) -> str:
        """Of the last command."""
        last = self.status[list(self.status)[-1]]
        return VERDICTS.get(last, f"FAILED ({last})")


def _project(name: str, folder: Path) -> Path:
    """An empty place for the project of one authority."""
    project = folder / name.lower().replace(" ", "_").replace(",", "")
    shutil.rmtree(project, ignore_errors=True)
    return project


def all_cells(name: str, folder: Path) -> Outcome:
    """Begin a project and execute every cell of the notebooks on its review, in this process."""
    project, outcome, began = _project(name, folder), Outcome(name), time.perf_counter()
    try:
        begin_project(project, Answers(authority=name), folder)
        outcome.seconds["init"], outcome.status["init"] = round(time.perf_counter() - began, 1), 0
        began = time.perf_counter()
        review = open_review(project, YEAR)
        priorities = list(review.judgements["priority"].unique())
        for notebook in NOTEBOOKS:
            for priority in priorities if "priority" in notebook else [""]:
                _execute(notebook, {"review": review, "priority": priority})
        _count(outcome, review.judgements, review.findings)
        outcome.status["cells"] = int(bool(outcome.criticals))
    except Exception as error:
        outcome.status["cells"], outcome.message = 3, f"{type(error).__name__}: {error}".splitlines()[0]
    outcome.seconds["cells"] = round(time.perf_counter() - began, 1)
    shutil.rmtree(project)
    return outcome


def _execute(notebook: str, names: dict[str, Any]) -> None:
    """The code cells of a notebook after the one that opens the review, without its trials; each result is shown."""
    cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        code = "".join(cell["source"])
        opens = "open_review" in code or "parameters" in cell["metadata"].get("tags", ())
        if cell["cell_type"] != "code" or opens or "review.judge(" in code:
            continue
        steps = ast.parse(code).body
        exec(compile(ast.Module(steps[:-1], []), notebook, "exec"), names)
        eval(ast.unparse(steps[-1]), names)._repr_html_()


def first_review(name: str, folder: Path, pdf: bool) -> Outcome:
    """Begin a project and run its review; a project without anything to look at is taken away."""
    project, outcome = _project(name, folder), Outcome(name)
    arguments = {
        "init": ["init", str(project), "--authority", name, "--yes"],
        "run": ["run", str(YEAR), "--project", str(project)],
    }
    environment = os.environ if pdf else {**os.environ, "ANNUAL_REVIEW_CHROMIUM": "none"}
    for each, words in arguments.items():
        began = time.perf_counter()
        line = [sys.executable, "-m", "toolkit", *words]
        done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment)
        outcome.seconds[each], outcome.status[each] = round(time.perf_counter() - began, 1), done.returncode
        if done.returncode > 1:
            outcome.message = (done.stderr.strip().splitlines() or [""])[0]
            break
    tables = project / "outputs" / str(YEAR) / "tables"
    if tables.is_dir():
        _count(outcome, *(pd.read_csv(tables / f"{name}.csv") for name in ("judgements", "findings")))
    if outcome.verdict == "complete" and name not in SHOWN:
        shutil.rmtree(project)
    return outcome


def _count(outcome: Outcome, judged: pd.DataFrame, findings: pd.DataFrame) -> None:
    """What the review lacks, from its judgements and findings."""
    outcome.without_figure = int(judged["value"].isna().sum())
    outcome.without_baseline = int(judged["change"].isna().sum())
    failed = findings[(findings["severity"] == "critical") & findings["outcome"].isin(["fail", "error"])]
    outcome.criticals = sorted({*(failed["source"] + " " + failed["check"])})


def line_of(outcome: Outcome) -> str:
    """A row of the table, in Markdown."""
    seconds = [f"{outcome.seconds.get(name, 0):.0f}" for name in ("init", list(outcome.status)[-1])]
    lacks = [str(outcome.without_figure), str(outcome.without_baseline)]
    failed = outcome.message or ", ".join(outcome.criticals) or "none"
    return "| " + " | ".join([outcome.name, outcome.verdict, *seconds, *lacks, failed]) + " |"


def table_of(outcomes: list[Outcome], command: str) -> Iterator[str]:
    """The table, and one line of totals before it."""
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    times = [sum(outcome.seconds.values()) for outcome in outcomes]
    counts = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
    yield f"{len(outcomes)} authorities: {counts}. Seconds each: median {median(times):.0f}, most {max(times):.0f}."
    yield ""
    yield f"| authority | verdict | init, s | {command}, s | no figure | no change | failed critically |"
    yield "|---|---|---:|---:|---:|---:|---|"
    yield from map(line_of, sorted(outcomes, key=lambda outcome: outcome.name))


def in_order(areas: Areas) -> list[str]:
    """All authorities of today, those that differ most first, then every fourth, so that a part is a fair sample."""
    today = sorted(one.name for one in areas.records if one.level == "Local authority" and one.valid_to is None)
    others = [name for name in dict.fromkeys(today) if name not in SHOWN]
    return [*SHOWN, *(name for start in range(4) for name in others[start::4])]


def main(arguments: list[str]) -> None:
    """Print a line for each authority as it is done, then the table."""
    parser = ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--cells", action="store_true")
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    names = given.names or in_order(load_areas(annual_review_pack.FOLDER))
    folder = given.folder or Path(mkdtemp(prefix="every-authority-"))
    folder.mkdir(parents=True, exist_ok=True)
    command, record = "cells" if given.cells else "run", folder / "done.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
    outcomes = [outcome for outcome in (Outcome(**json.loads(line)) for line in lines) if outcome.name in names]
    left = [name for name in names if name not in {outcome.name for outcome in outcomes}]
    if given.cells:
        import great_expectations  # noqa: F401  # once, for all processes that are forked
    one = partial(all_cells, folder=folder) if given.cells else partial(first_review, folder=folder, pdf=given.pdf)
    with get_context("fork").Pool(given.jobs, maxtasksperchild=1) as pool, record.open("a", encoding="utf-8") as kept:
        for outcome in pool.imap(one, left):
            kept.write(json.dumps(asdict(outcome)) + "\n")
            kept.flush()
            outcomes.append(outcome)
            print(line_of(outcome), flush=True)
    print("\n".join(["", *table_of(outcomes, command)]))
    print(f"\nThe projects and done.jsonl are in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
