"""``make calibration``: every back-test at once, printed, and its figures written into docs/methods.md.

    python benchmarks/methods_page.py

Takes a minute and a half of processor time. What stands between the marks of the page is replaced; the same figures
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from calibration import BRIER, Panels, one_run
from month_trials import found_changes, quiet_charts, rate_of_signals
from national_panels import national_panels
from panel_backtests import brier_scores, change_calls, growth_trials, reliability, target_trials

from toolkit.analysis.differences import counts_differ
from toolkit.analysis.intervals import wilson
from toolkit.analysis.panel.standing import far_from_average, rank_ranges
from toolkit.params import Policy

PAGE = Path(__file__).parents[1] / "docs" / "methods.md"
UP_TO_25 = 2015
"""The first count of plans after they came to reach to the age of 25; until then their number hardly grew."""
BEGIN, END = "<!-- calibration: written by make calibration -->", "<!-- end of calibration -->"
MONTHS_BEGIN, MONTHS_END = "<!-- months: written by make calibration -->", "<!-- end of months -->"


def rows_of(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown; the first column is text, the others are numbers."""
    names = list(header)
    rule = ["---", *["--:"] * (len(names) - 1)]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (names, rule, *rows))


def changes(panels: Panels) -> str:
    """How often a change since last year was called each word, and at least half taken back in the next."""
    calls = pd.concat([change_calls(one.panel) for one in panels.values()])
    both = calls["kind"].isin(["moved", "likely to last"])
    calls = pd.concat([calls, calls[both].assign(kind="moved or likely to last, together")])
    followed = calls.dropna(subset=["taken_back"]).groupby("kind")["taken_back"].agg(["mean", "size"])
    judged = len(both)
    rows = [
        (word, f"{100 * (calls['kind'] == word).sum() / judged:.1f}%", f"{100 * mean:.1f}%", f"{size:,.0f}")
        for word, (mean, size) in followed.iterrows()
    ]
    return rows_of(("change since last year", "called", "half taken back", "cases"), rows)


def targets(panels: Panels) -> str:
    """Brier scores, reliability, and what came true of each word of the policy."""
    made = (
        target_trials(one.panel, one.polarity, ahead)  # type: ignore[arg-type]
        for one in panels.values()
        for ahead in BRIER
    )
    trials = pd.concat(list(made))
    scores = brier_scores(trials)
    brier = rows_of(
        ("years ahead", "Brier score, panel", "no change", "England's trend", "own line of five years", "skill"),
        (
            [ahead, *(f"{score:.3f}" for score in row), f"{100 * (1 - row['panel'] / row['no_change']):.0f}%"]
            for ahead, row in scores.iterrows()
        ),
    )
    bands = reliability(trials)
    reliable = rows_of(
        ("probability", "said", "came true", "forecasts"),
        (
            (f"{band.left:.1f} to {band.right:.1f}".replace("-0.0", "0.0"), f"{row.said:.3f}", f"{row.came_true:.3f}",
             f"{row.forecasts:,.0f}")
            for band, row in bands.iterrows()
        ),
    )  # fmt: skip
    ahead = trials[~trials["met_now"].astype(bool)]
    policy = Policy()
    cut = pd.cut(ahead["panel"].astype(float).round(2), [-1, policy.target_unlikely - 1e-9, policy.target_likely, 2])
    by_word = ahead["met"].astype(float).groupby(cut, observed=False).agg(["mean", "size"])
    words = rows_of(
        ("word", "of targets ahead", "came true"),
        (
            (word, f"{100 * size / len(ahead):.0f}%", f"{100 * mean:.0f}%")
            for word, (mean, size) in zip(("unlikely", "possible", "likely"), by_word.to_numpy(), strict=True)
        ),
    )
    return f"{words}\n\n{reliable}\n\n{brier}"


def demand(panels: Panels) -> str:
    """Plans in place, one to three years ahead: the panel's forecast beside own growth alone, on the same cells."""
    plans = panels["plans in place"].panel.between(2014, 2025)
    rows = []
    for ahead in (1, 2, 3):
        trials = growth_trials(replace(plans, breaks=frozenset({UP_TO_25})), ahead, 5)
        held, width, error = (
            (trials[f"panel_{key}"].agg(how), trials[f"own_{key}"].agg(how))
            for key, how in (("held", "mean"), ("width", "median"), ("error", "median"))
        )
        figures = (f"{100 * held[0]:.1f}%", f"{width[0]:.0f}%", f"{error[0]:.1f}%")
        own = (f"{100 * held[1]:.1f}%", f"{width[1]:.0f}%", f"{error[1]:.1f}%")
        rows.append((ahead, *figures, *own, f"{100 * (1 - width[0] / width[1]):.0f}%", f"{len(trials):,}"))
    names = ("years ahead", "held", "width", "median error", "own growth: held", "width", "median error")
    return rows_of((*names, "narrower by", "forecasts"), rows)


def without_panel(draws: int = 20_000) -> str:
    """A figure that makes no progress, in year one of three from 40 to 50%: what its own figures alone would say."""
    draw = np.random.default_rng(7)
    rows = []
    for n in (78, 300, 1000):
        then, now = draw.binomial(n, 0.4, (2, draws)).astype(float)
        keeps_up = wilson(now, n).high * 100 >= 100 * then / n + (50 - 100 * then / n) / 3
        better = counts_differ("percent", (now, n), (then, n)) & (now > then)
        rows.append((n, *(f"{100 * flags.mean():.1f}%" for flags in (keeps_up, keeps_up & better, ~keeps_up))))
    return rows_of(("people, no progress, no panel", "range reaches the line", "possible", "unlikely"), rows)


def simulated(runs: int = 40) -> str:
    """False alarms and power of "moved" in simulated panels, beside the difference test."""
    rows = []
    for scatter in (0.0, 0.03):
        for n in (30, 150, 300, 1000, 5000):
            rates = 100 * np.mean([one_run(seed, n, scatter, 0.0) for seed in range(runs)], axis=0)
            found = (f"{rates[place]:.0f}%" for place in (0, 1, 3, 4))
            rows.append((f"{n:,} people, scatter of {100 * scatter:.0f} points", *found))
    names = ("150 authorities, eight years", "false: difference test", "false: moved", "found: test", "found: moved")
    return rows_of(names, rows)


def standing(panels: Panels, runs: int = 20) -> str:
    """How many authorities are far from the average, and how often a range of rank holds the true rank."""
    far = []
    for one in panels.values():
        panel, last = one.panel, len(one.panel.years) - 1
        if panel.has_counts:
            far.append(100 * float(far_from_average(panel.deviation[:, last], panel.sampling[:, last]).mean()))
    rows = [("far from the average of all, median of the measures with counts", f"{np.median(far):.1f}%")]
    for n in (60, 300, 1000):
        held = []
        for seed in range(runs):
            draw = np.random.default_rng(seed)
            truth = draw.normal(0.6, 0.06, 150)
            chance = 0.6 * 0.4 / n
            kept = 0.06**2 / (0.06**2 + chance)
            level = 0.6 + kept * (truth + draw.normal(0, chance**0.5, 150) - 0.6)
            ranks = rank_ranges(level, np.full(150, kept * chance))
            true = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
            held.append(float(((ranks.low <= true) & (true <= ranks.high)).mean()))
        rows.append((f"range of rank holds the true rank, {n:,} people (simulated)", f"{100 * np.mean(held):.1f}%"))
    return rows_of(("standing", "found"), rows)


def months() -> str:
    """False alarms of charts of months, and changes found, in two and in three years."""
    tables = []
    for name, trials in (("nothing changes", quiet_charts()), ("a lasting change", found_changes())):
        rows = [(one.name, *(f"{rate_of_signals(one, length):.1f}%" for length in (24, 36))) for one in trials]
        tables.append(rows_of((name, "24 months", "36 months"), rows))
    return "\n\n".join(tables)


def sections() -> Iterator[str]:
    """The tables, in the order of the page; each is printed as it is ready."""
    panels = national_panels()
    yield f"From {len(panels)} measures of the pack of national figures; a judgement uses figures up to its year alone."
    for made in (changes(panels), targets(panels), demand(panels), without_panel(), simulated(), standing(panels)):
        print(made, flush=True)
        yield made


def write(tables: str, begin: str, end: str) -> None:
    """Put tables between two marks of the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(begin)
    _, after = rest.split(end)
    PAGE.write_text(f"{before}{begin}\n\n{tables}\n\n{end}{after}", encoding="utf-8", newline="\n")


def main() -> None:
    """Print every table, and write them between the marks of the page."""
    write("\n\n".join(sections()), BEGIN, END)
    by_month = months()
    print(by_month, flush=True)
    write(by_month, MONTHS_BEGIN, MONTHS_END)


if __name__ == "__main__":
    main()
