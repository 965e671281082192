"""The first review of every authority: init, check and run with no answers, as a table of what comes out.

    python benchmarks/every_authority.py [--sample] [--check-only] [--folder DIR] [--year 2025] [NAME …]

Without names: all authorities of today. ``--sample``: ten that differ most. ``--check-only`` stops after the
checks, in a third of the time. The reviews stay in --folder to be looked at. The table gives the verdict, the
seconds of init, check and run, measures without a figure, those without a baseline, and what failed critically.
"""

from __future__ import annotations

import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import annual_review_pack
import pandas as pd

from toolkit.sources import load_areas

SAMPLE = (
    "Norfolk", "Leicestershire", "City of London", "Isles of Scilly", "Cumberland", "North Yorkshire",
    "Westmorland and Furness", "Kent", "Birmingham", "Rutland",
)  # fmt: skip
VERDICTS = {0: "complete", 1: "DRAFT"}


@dataclass
class Outcome:
    """What became of one authority: exit status and seconds of each command, and what its review lacks."""

    name: str
    seconds: dict[str, float] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    criticals: set[str] = field(default_factory=set)
    without_figure: int = 0
    without_baseline: int = 0
    message: str = ""

    @property
    def verdict(self) -> str:
        """Of the run, or of the check where nothing was run."""
        last = self.status[list(self.status)[-1]]
        return VERDICTS.get(last, f"FAILED ({last})")


def first_review(name: str, folder: Path, year: int, commands: list[str]) -> Outcome:
    """Begin, check and run the review of one authority."""
    project, outcome = folder / name.lower().replace(" ", "_").replace(",", ""), Outcome(name)
    arguments = {
        "init": ["init", str(project), "--authority", name, "--yes"],
        "check": ["check", str(year), "--project", str(project)],
        "run": ["run", str(year), "--project", str(project)],
    }
    for command in commands:
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", *arguments[command]], capture_output=True, text=True, encoding="utf-8"
        )
        outcome.seconds[command], outcome.status[command] = time.perf_counter() - began, done.returncode
        failed = [line.split()[1:3] for line in done.stdout.splitlines() if line.startswith("CRITICAL")]
        outcome.criticals |= {" ".join(words).removesuffix(":") for words in failed}
        if done.returncode > 1:
            outcome.message = (done.stderr.strip().splitlines() or [""])[0]
            break
    tables = project / "outputs" / str(year) / "tables" / "judgements.csv"
    if tables.is_file():
        judged = pd.read_csv(tables, dtype="str", keep_default_na=False)
        outcome.without_figure = int((judged["value"] == "").sum())
        outcome.without_baseline = int((judged["baseline_value"] == "").sum())
    return outcome


def line_of(outcome: Outcome) -> str:
    """A row of the table."""
    failed = ", ".join(sorted(outcome.criticals)) or "none"
    seconds = " ".join(f"{outcome.seconds.get(name, 0):6.1f}" for name in ("init", "check", "run"))
    lacks = f"{outcome.without_figure:4} {outcome.without_baseline:4}"
    return f"{outcome.name:36} {outcome.verdict:10} {seconds} {lacks}  {outcome.message or failed}"


def main(arguments: list[str]) -> None:
    """Print a line for each authority as it is done, and the totals."""
    parser = ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--check-only", action="store_true")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--year", type=int, default=2025)
    given = parser.parse_args(arguments)
    records = load_areas(annual_review_pack.FOLDER).records
    every = sorted({one.name for one in records if one.level == "Local authority" and one.valid_to is None})
    names = given.names or (SAMPLE if given.sample else every)
    folder = given.folder or Path(mkdtemp(prefix="every-authority-"))
    commands = ["init", "check"] if given.check_only else ["init", "check", "run"]
    print(f"{'authority':36} {'verdict':10} {'init':>6} {'check':>6} {'run':>6} {'no':>4} {'no':>4}  failed critically")
    print(f"{'':36} {'':10} {'s':>6} {'s':>6} {'s':>6} {'fig.':>4} {'base':>4}")
    outcomes = []
    for name in names:
        outcomes.append(first_review(name, folder, given.year, commands))
        print(line_of(outcomes[-1]), flush=True)
    counts = pd.Series([outcome.verdict for outcome in outcomes]).value_counts()
    total = sum(sum(outcome.seconds.values()) for outcome in outcomes)
    print(
        f"\n{len(outcomes)} authorities: {', '.join(f'{n} {v}' for v, n in counts.items())}; {total / 60:.0f} minutes"
    )
    print(f"The reviews are in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
