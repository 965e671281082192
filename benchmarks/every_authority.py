"""The first review of every authority: init and run with no answers, as a table of what comes out.

    nice -n 10 python benchmarks/every_authority.py [--check-only] [--pdf] [--jobs N] [--folder DIR] [NAME …]

Without names: all authorities of today, those that differ most first. ``--check-only`` checks and does not run, in a
third of the time; without ``--pdf`` no PDF is printed. What was done before is in DIR/done.jsonl and is not done again,
so the benchmark can be stopped and resumed. The projects of those that differ, and of those that fail, stay in DIR.
The table gives the verdict, the seconds of init and run, how many measures have no figure, how many cannot be compared
with their baseline, and what failed critically.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from tempfile import mkdtemp

import annual_review_pack
import pandas as pd

from toolkit.sources import Areas, load_areas

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


def first_review(name: str, folder: Path, command: str, pdf: bool) -> Outcome:
    """Begin a project and run (or check) its review; a project without anything to look at is taken away."""
    project, outcome = folder / name.lower().replace(" ", "_").replace(",", ""), Outcome(name)
    shutil.rmtree(project, ignore_errors=True)
    arguments = {
        "init": ["init", str(project), "--authority", name, "--yes"],
        command: [command, str(YEAR), "--project", str(project)],
    }
    environment = os.environ if pdf else {**os.environ, "ANNUAL_REVIEW_CHROMIUM": "none"}
    for each, words in arguments.items():
        began = time.perf_counter()
        line = [sys.executable, "-m", "toolkit", *words]
        done = subprocess.run(line, capture_output=True, text=True, encoding="utf-8", env=environment)
        outcome.seconds[each], outcome.status[each] = round(time.perf_counter() - began, 1), done.returncode
        failed = [line.split()[1:3] for line in done.stdout.splitlines() if line.startswith("CRITICAL")]
        outcome.criticals += [" ".join(words).removesuffix(":") for words in failed]
        if done.returncode > 1:
            outcome.message = (done.stderr.strip().splitlines() or [""])[0]
            break
    _read_tables(outcome, project / "outputs" / str(YEAR) / "tables")
    if outcome.verdict == "complete" and name not in SHOWN:
        shutil.rmtree(project)
    return outcome


def _read_tables(outcome: Outcome, tables: Path) -> None:
    """What the review lacks, from its judgements and findings."""
    if not tables.is_dir():
        return
    judged, findings = (
        pd.read_csv(tables / f"{name}.csv", dtype="str", keep_default_na=False) for name in ("judgements", "findings")
    )
    outcome.without_figure = int((judged["value"] == "").sum())
    outcome.without_baseline = int((judged["change"] == "").sum())
    failed = findings[(findings["severity"] == "critical") & findings["outcome"].isin(["fail", "error"])]
    outcome.criticals = sorted({*outcome.criticals, *(failed["source"] + " " + failed["check"])})


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
    parser.add_argument("--check-only", action="store_true")
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args(arguments)
    names = given.names or in_order(load_areas(annual_review_pack.FOLDER))
    folder = given.folder or Path(mkdtemp(prefix="every-authority-"))
    folder.mkdir(parents=True, exist_ok=True)
    command, record = "check" if given.check_only else "run", folder / "done.jsonl"
    lines = record.read_text(encoding="utf-8").splitlines() if record.is_file() else []
    outcomes = [outcome for outcome in (Outcome(**json.loads(line)) for line in lines) if outcome.name in names]
    left = [name for name in names if name not in {outcome.name for outcome in outcomes}]
    with ThreadPoolExecutor(given.jobs) as pool, record.open("a", encoding="utf-8") as kept:
        for outcome in pool.map(lambda name: first_review(name, folder, command, given.pdf), left):
            kept.write(json.dumps(asdict(outcome)) + "\n")
            kept.flush()
            outcomes.append(outcome)
            print(line_of(outcome), flush=True)
    print("\n".join(["", *table_of(outcomes, command)]))
    print(f"\nThe projects and done.jsonl are in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
