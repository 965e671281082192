"""How long results and judgements take: for the demonstration, and for every authority of England on the 2025 files.

    python benchmarks/analysis.py [FOLDER_WITH_THE_FILES]

The files are those that examples/leicestershire_2025/README.md lists; where no folder is given, ../shared/data.
Imports are counted as imports: the clock starts when everything has been read and loaded. All figures are of one run of
this process, so that their ratios hold on other machines too.
"""

from __future__ import annotations

import gc
import runpy
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd

from toolkit.analysis import Setting, grids_of, judgements_of_each, results_for
from toolkit.evidence import Frames, frames_of
from toolkit.params import Measure, review_years
from toolkit.sources import load_neighbours

ROOT = Path(__file__).parents[1]
SIZES = (1, 10, 50, 100)


def analysed(measures: list[Measure], observations: pd.DataFrame, settings: list[Setting]) -> tuple[int, int]:
    """Everything from observations to judgements: how many results and judgements there are."""
    results = results_for(measures, observations)
    judged = judgements_of_each(grids_of(measures, results), settings)
    return len(results), sum(len(table) for table in judged)


def settings_of(evidence: Frames) -> list[Setting]:
    """A setting for every authority with figures: its own region, and its neighbours where the set has them."""
    rows = evidence.observations
    codes = sorted(set(rows.loc[rows["area_level"] == "Local authority", "area_code"]))
    near = load_neighbours(evidence.inputs.folder, evidence.inputs.year.neighbours, evidence.inputs.areas)
    return [
        replace(
            evidence.setting,
            authority=code,
            region=evidence.inputs.areas.region_of(code),
            neighbours=tuple(near.get(code, ())),
        )
        for code in codes
    ]


def seconds(measures: list[Measure], observations: pd.DataFrame, settings: list[Setting]) -> tuple[float, str]:
    """The shortest of five runs, and what one of them made."""
    found = []
    for _ in range(5):
        gc.collect()
        start = time.perf_counter()
        results, judged = analysed(measures, observations, settings)
        found.append(time.perf_counter() - start)
    return min(found), f"{results:,} results, {judged:,} judgements"


def every_review(project: Path) -> None:
    """All measures, areas and years of a project: once cold, as a command finds it, then for every authority."""
    reviews = [frames_of(project, year) for year in review_years(project)]
    ready = [(review.inputs.project.active(), review.observations, settings_of(review)) for review in reviews]
    start = time.perf_counter()
    made = [analysed(*review) for review in ready]
    spent = time.perf_counter() - start
    results, judged = (sum(counts) for counts in zip(*made, strict=True))
    years = " and ".join(str(review.inputs.year.year) for review in reviews)
    print(f"{years}, every measure, area and authority: {spent:.3f} s ({results:,} results, {judged:,} judgements)")
    measures, observations, settings = ready[-1]
    alone(measures, observations, settings)


def alone(measures: list[Measure], observations: pd.DataFrame, settings: list[Setting]) -> None:
    """What one authority costs when more and more of them are analysed together, each with its own rows."""
    others = observations["area_level"] != "Local authority"
    first = 0.0
    for size in [size for size in SIZES if size < len(settings)] + [len(settings)]:
        chosen = settings[:size]
        codes = [setting.authority for setting in chosen]
        rows = observations[others | observations["area_code"].isin(codes)]
        spent, made = seconds(measures, rows, chosen)
        each = 1000 * spent / size
        first = first or each
        print(f"{size:4} authorities: {spent:.3f} s, {each:6.1f} ms each, {each / first:.3f} of one alone ({made})")


def filled(files: Path, place: Path) -> Path:
    """A copy of the 2025 example with the publishers' files in it."""
    example = ROOT / "examples" / "leicestershire_2025"
    project = shutil.copytree(
        example, place / "example", ignore=shutil.ignore_patterns("*.parquet", "*.xlsx", "outputs")
    )
    runpy.run_path(str(example / "fill.py"))["fill"](project, files)
    return Path(project)


if __name__ == "__main__":
    every_review(ROOT)
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    if given.is_dir():
        with tempfile.TemporaryDirectory() as place:
            every_review(filled(given, Path(place)))
    else:
        print(f"The 2025 files are not in {given.name}: every authority of England is not timed.")
