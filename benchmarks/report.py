"""How long a page of 24 charts takes to draw and to render, and how large it is. Nothing is executed.

    python benchmarks/report.py

Imports are counted as imports: the clock starts when everything has been loaded and one chart has been drawn.
"""

from __future__ import annotations

import gzip
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "report"))

import sample_report as sample

from toolkit.report import Shown, charts, render_page

PLANS = sample.CATALOGUE["plans_within_20_weeks"]
AGES = sample.CATALOGUE["plans_16_to_25_rate"]
CHARTS = 24

KINDS: tuple[Callable[[], Shown], ...] = (
    lambda: charts.trend(sample.series(sample.TIMELINESS), sample.judged(), PLANS),
    lambda: charts.trend(sample.series(sample.AGES), sample.PUBLISHED_JUDGEMENTS.rows(sample.judgements())[1], AGES),
    lambda: charts.dumbbell(sample.judgements(), "Leicestershire", sample.CATALOGUE),
    lambda: charts.funnel(sample.spread(), PLANS, sample.OURS, "2018"),
    lambda: charts.months(sample.months(sample.FALLING, MONTHLY), sample.judged(), MONTHLY, "Leicestershire"),
    lambda: charts.timeline(sample.actions(), sample.CUT_OFF),
    lambda: charts.capacity_and_demand(*sample.places(), "Leicestershire", False),
)
MONTHLY = sample.monthly()


def drawn(number: int = CHARTS) -> list[Shown]:
    """So many charts, the kinds in turn."""
    return [make() for make in islice(cycle(KINDS), number)]


def page(shown: list[Shown]) -> str:
    """A page of them, each under a heading of its own."""
    cells = [new_markdown_cell("# How well does it go?")]
    for number, one in enumerate(shown, start=1):
        output = new_output("display_data", data={"text/html": one.html})
        cells += [new_markdown_cell(f"## Chart {number}"), new_code_cell("review.chart()", outputs=[output])]
    return render_page(new_notebook(cells=cells), sample.PAGE)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    page(drawn(len(KINDS)))
    shown = drawn()
    html = page(shown).encode()
    drawing, rendering = (min(seconds(work) for _ in range(3)) for work in (drawn, lambda: page(shown)))
    print(f"{CHARTS} charts drawn in {drawing:.2f} s, their page rendered in {rendering:.2f} s")
    print(f"the page: {len(html) / 1000:.0f} kB, {len(gzip.compress(html)) / 1000:.0f} kB compressed")


if __name__ == "__main__":
    main()
