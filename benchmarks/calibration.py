"""How often the panel's words are wrong: back-tests on the published national figures, and simulated panels.

    python benchmarks/calibration.py [changes|poor|targets|standing|simulated|speed ...]

Reads the pack of national figures. Every table prints the target next to the result; "prototype" is what docs/panel.md
of the shared folder reports. Only ``simulated`` uses random numbers, with fixed seeds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from national_panels import NationalPanel, national_panels
from panel_backtests import brier_scores, call_table, change_calls, reliability, target_trials

from toolkit.analysis.differences import clearly_differs, newcombe
from toolkit.analysis.panel.changes import judge_changes_since
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.model import fit_panel
from toolkit.analysis.panel.scales import swing
from toolkit.analysis.panel.standing import far_from_average, standings

Panels = dict[str, NationalPanel]
BRIER = {1: (0.119, 0.130), 2: (0.149, 0.166), 3: (0.182, 0.199)}


def speed(panels: Panels) -> None:
    """Processor time of all fits, and the numbers they give (points at the median figure)."""
    import scipy.optimize  # noqa: F401  imports are not counted

    start = time.process_time()
    models = {name: fit_panel(one.panel) for name, one in panels.items()}
    print(f"fits of {len(models)} measures: {time.process_time() - start:.2f} s (promised: 1 s or less)\n")
    for name, model in models.items():
        if model.dynamics is None:
            print(f"{name:40} {model.basis}")
            continue
        median, fitted = float(np.nanmedian(model.panel.value)), model.fitted
        noise, drift = (float(swing(median, v**0.5, model.panel.scale)) for v in (fitted.noise, fitted.drift))
        print(f"{name:40} noise {noise:6.2f} drift {drift:6.2f} phi {fitted.persistence:.2f} {model.basis}")


def changes(panels: Panels) -> None:
    """Of calls of change, how many are at least half taken back in the next year."""
    calls = pd.concat([change_calls(p.panel).assign(measure=n, tolerance=p.tolerance) for n, p in panels.items()])
    print(f"\nchanges since last year, {len(calls)} authority-years")
    with_tolerance = calls[calls["tolerance"].notna()]
    for title, some in (("all measures", calls), ("measures with a hand-set tolerance", with_tolerance)):
        print(f"-- {title}\n{call_table(some).round(1).to_string()}")
    by_hand = with_tolerance[with_tolerance["own"].abs() > with_tolerance["tolerance"].astype(float)]
    share = 100 * len(by_hand) / max(len(with_tolerance), 1)
    back = 100 * by_hand["taken_back"].mean()
    print(f"hand-set tolerances: called {share:.1f}%, taken back {back:.1f}% (prototype: 39.7 and 43.7)")
    for kinds, most in ((["likely to last"], 20), (["moved", "likely to last"], 30), (["moved"], 30)):
        back = 100 * calls[calls["kind"].isin(kinds)]["taken_back"].mean()
        print(f"{' or '.join(kinds)}: {back:.1f}% taken back; promised at most {most}%")
    reliable = calls.dropna(subset=["taken_back"]).query("half_stands >= .5")
    band = pd.cut(reliable["half_stands"], [0.5, 0.6, 0.7, 0.8, 0.91])
    said = reliable.groupby(band, observed=True).agg(said=("half_stands", "mean"), taken_back=("taken_back", "mean"))
    print(f"probability that half stands\n{said.round(2).to_string()}")
    worst = calls[calls["kind"].eq("likely to last")].dropna(subset=["taken_back"]).groupby("measure")["taken_back"]
    by_measure = worst.agg(["mean", "size"]).query("size >= 15").sort_values("mean", ascending=False)
    print(f"likely to last, by measure with 15 or more calls\n{by_measure.head(8).round(2).to_string()}")
    for years in (2, 3):
        later = pd.concat([change_calls(p.panel, years) for p in panels.values()])
        print(f"-- since {years} years before\n{call_table(later).round(1).to_string()}")


def poor(panels: Panels) -> None:
    """The words for a change where the panel is poor: 20-odd authorities, and three years."""
    few = [one.panel.some(range(0, len(one.panel.areas), 7)) for one in panels.values()]
    print(f"\nevery seventh authority\n{call_table(pd.concat([change_calls(p) for p in few])).round(1).to_string()}")
    calls = []
    for one in panels.values():
        for last in one.panel.years[3:]:
            window = one.panel.between(last - 3, last)
            made = change_calls(window)
            calls.append(made[made["year"] == last - 1] if len(made) else made)
    print(f"three years known\n{call_table(pd.concat(calls)).round(1).to_string()}")


def targets(panels: Panels) -> None:
    """Brier scores and reliability of the probability of reaching a target."""
    trials = pd.concat(
        [target_trials(p.panel, p.polarity, ahead) for p in panels.values() for ahead in (1, 2, 3)]  # type: ignore[arg-type]
    )
    scores = brier_scores(trials)
    print(f"\ntargets: {len(trials)} forecasts, {(~trials['met_now'].astype(bool)).sum()} not yet met")
    promised = pd.DataFrame(BRIER, index=["promised", "no_change_said"]).T
    print(scores.join(promised).round(3).to_string())
    print(f"reliability, all horizons\n{reliability(trials).round(3).to_string()}")
    for ahead, some in trials.groupby("ahead"):
        print(f"{ahead} ahead: gaps {reliability(some)['gap'].round(1).tolist()}")


def standing(panels: Panels) -> None:
    """How many authorities are far from the average, and how wide the ranges of rank are."""
    far, widths = {}, {}
    for name, one in panels.items():
        model = fit_panel(one.panel)
        panel, t = model.panel, len(model.panel.years) - 1
        if panel.has_counts:
            far[name] = 100 * float(far_from_average(panel.deviation[:, t], panel.sampling[:, t]).mean())
        if model.dynamics is not None:
            ranks = standings(model, panel.years[t])
            widths[name] = float(np.nanmedian(ranks.high - ranks.low))
    print(f"\nfar from the average, % (promised: about 2): { {n: round(v, 1) for n, v in far.items()} }")
    print(f"median width of a range of rank: {pd.Series(widths).sort_values().round(0).to_string()}")


def simulated_panel(seed: int, n: int, scatter: float, drift: float) -> Panel:
    """150 authorities over 8 years about 60%, spread 6 points; the first three rise by 10 points in the last year."""
    draw = np.random.default_rng(seed)
    truth = 0.6 + 0.06 * draw.standard_normal((150, 1)) + np.cumsum(drift * draw.standard_normal((150, 8)), axis=1)
    truth = truth + scatter * draw.standard_normal((150, 8))
    truth[:3, -1] += 0.1
    base = np.full((150, 8), float(n))
    count = draw.binomial(n, np.clip(truth, 0.01, 0.99))
    return Panel(tuple(f"{i:03}" for i in range(150)), tuple(range(2017, 2025)), 100 * count / base, base=base)


def simulated(_: Panels, runs: int = 40) -> None:
    """False alarms among the 147 that do not move, and power among the three that do, against the difference test."""
    print("\nsimulated: false alarms and power in %, difference test / moved or lasts / lasts")
    for scatter, drift in ((0, 0), (0, 0.01), (0.03, 0), (0.03, 0.01)):
        for n in (30, 150, 300, 1000, 5000):
            rates = np.mean([one_run(seed, n, scatter, drift) for seed in range(runs)], axis=0) * 100
            false, power = rates[:3].round(1), rates[3:].round(0)
            print(f"scatter {100 * scatter:.0f}, drift {100 * drift:.0f}, n {n:5}: false {false} power {power}")


def one_run(seed: int, n: int, scatter: float, drift: float) -> list[float]:
    panel = simulated_panel(seed, n, scatter, drift)
    model = fit_panel(panel)
    made = judge_changes_since(model, 2024, 2023)
    counts = np.rint(panel.value * panel.base / 100)
    tested = clearly_differs(newcombe((counts[:, -1], panel.base[:, -1]), (counts[:, -2], panel.base[:, -2])))
    called = np.isin(made.kind, ["moved", "likely to last", "check the figure"])
    flags = (tested, called, made.kind == "likely to last")
    return [*(float(flag[3:].mean()) for flag in flags), *(float(flag[:3].mean()) for flag in flags)]


PARTS: dict[str, Callable[[Panels], None]] = {
    "speed": speed,
    "changes": changes,
    "poor": poor,
    "targets": targets,
    "standing": standing,
    "simulated": simulated,
}


def main(names: list[str]) -> None:
    """Run the parts named, or all."""
    panels = {} if names == ["simulated"] else national_panels()
    for name in names or list(PARTS):
        PARTS[name](panels)


if __name__ == "__main__":
    main(sys.argv[1:])
