"""How often chance alone makes a measure look better or worse, by simulation; the table goes into docs/methods.

40,000 areas of each size whose true share never changes, with every share between 5% and 98% alike; seeded.
Print the table with ``pytest -m slow -s tests/analysis/test_false_alarms.py``.
"""

from typing import Any, NamedTuple

import numpy as np
import pytest

from toolkit.analysis import marks
from toolkit.analysis.comparisons import against_value
from toolkit.analysis.differences import counts_differ
from toolkit.analysis.intervals import Array, Estimate, Limits, wilson
from toolkit.analysis.measure_grid import AreaFigures
from toolkit.analysis.projection import project_percent
from toolkit.analysis.rates import rate
from toolkit.analysis.spc import xmr
from toolkit.analysis.trends import percent_trend, proportion_trend, weighted_trend
from toolkit.params import Measure

pytestmark = pytest.mark.slow

SEED = 20170401
AREAS, YEARS = 40_000, 5
BASES = (30, 60, 300, 2_000)


class Alarms(NamedTuple):
    """Shares of areas called better, worse or trending although nothing changed."""

    base: int
    since_baseline: float
    beside_a_value: float
    weighted_trend: float
    trend_of_proportions: float
    trend: float


def alarms(base: int) -> Alarms:
    rng = np.random.default_rng([SEED, base])
    truth = rng.uniform(0.05, 0.98, AREAS)
    counts = rng.binomial(base, truth[:, None], (AREAS, YEARS))
    limits = wilson(counts, base)
    last = Estimate(counts[:, -1] / base, limits.low[:, -1], limits.high[:, -1])
    both = (counts, np.full_like(counts, base))
    return Alarms(
        base,
        float(counts_differ("percent", (counts[:, -1], base), (counts[:, 0], base)).mean()),
        share(against_value(last, truth, "high"), "better", "worse"),
        share(weighted_trend(counts / base, limits).marker, "increasing", "decreasing"),
        share(proportion_trend(*both).marker, "increasing", "decreasing"),
        share(percent_trend(both, counts / base, limits), "increasing", "decreasing"),
    )


class RateAlarms(NamedTuple):
    """The same of rates, by the events that are to be expected in a year."""

    events: int
    since_baseline: float
    beside_a_value: float
    trend: float


def rate_alarms(events: int) -> RateAlarms:
    rng = np.random.default_rng([SEED, events, 1])
    truth = rng.uniform(0.7 * events, 1.3 * events, AREAS)
    counts = rng.poisson(truth[:, None], (AREAS, YEARS))
    found = rate(counts, 1_000)
    last = Estimate(*(part[:, -1] for part in found))
    return RateAlarms(
        events,
        float(counts_differ("rate per 100", (counts[:, -1], 1_000), (counts[:, 0], 1_000)).mean()),
        share(against_value(last, truth / 10, "high"), "better", "worse"),
        share(weighted_trend(found.value, Limits(found.low, found.high)).marker, "increasing", "decreasing"),
    )


def share(words: np.ndarray, *wanted: str) -> float:
    return float(np.isin(words, wanted).mean())


def by_luck(nominal: float, runs: int = AREAS) -> float:
    """The nominal rate with three standard errors of the simulation on top."""
    return nominal + 3 * float(np.sqrt(nominal * (1 - nominal) / runs))


def print_table(heads: tuple[str, ...], rows: list[Any]) -> None:
    print(f"\n\n| {' | '.join(heads)} |\n|{' --: |' * len(heads)}")
    for first, *shares in rows:
        print(f"| {first:,} |" + "".join(f" {100 * part:.2f}% |" for part in shares))


@pytest.fixture(scope="module")
def simulated() -> list[Alarms]:
    found = [alarms(base) for base in BASES]
    heads = ("people", "baseline year", "beside a value", "weighted line", "proportions", "as judged")
    print_table(heads, found)
    return found


def test_direction_stays_within_the_nominal_rate(simulated: list[Alarms]):
    """Beside their baseline year, at most 5% of unchanged measures are called better or worse, and not far fewer."""
    assert all(0.03 < row.since_baseline <= by_luck(0.05) for row in simulated)


def test_a_comparison_with_a_value_stays_within_the_nominal_rate(simulated: list[Alarms]):
    """Beside the truth itself, at most 5% of areas are called better or worse than it, and not far fewer."""
    assert all(0.04 < row.beside_a_value <= by_luck(0.05) for row in simulated)


def test_recent_trends_by_chance_are_rare(simulated: list[Alarms]):
    """The test for proportions keeps to its 0.2%, and so does the trend as judged, but for a little at small bases.

    The weights of the weighted slope come from the same figures, so small bases give it a few false trends more: it is
    used only where a year has none or all of its base.
    """
    assert all(row.trend_of_proportions <= by_luck(0.002) for row in simulated)
    assert all(row.trend <= by_luck(0.002) for row in simulated)
    assert all(row.weighted_trend < 0.007 for row in simulated)
    assert simulated[-1].weighted_trend <= by_luck(0.002)


def test_rates_keep_to_the_nominal_rates_too():
    """Mid-P, exact Poisson and Byar's limits: at most 5% of unchanged rates move or differ, 0.2% have a trend."""
    found = [rate_alarms(events) for events in (5, 15, 50, 300)]
    print_table(("events", "baseline year", "beside a value", "recent trend"), found)

    assert all(0.02 < row.since_baseline <= by_luck(0.05) for row in found)
    assert all(0.02 < row.beside_a_value <= by_luck(0.05) for row in found)
    assert all(row.trend <= by_luck(0.002) for row in found)


@pytest.mark.parametrize(
    ("errors", "changed", "beside"), [(1.0, 0.4795, 0.3173), (1.96, 0.1658, 0.0500), (2.77, 0.0501, 0.0056)]
)
def test_a_tolerance_gives_as_many_false_alarms_as_methods_says(errors: float, changed: float, beside: float):
    """A tolerance as wide as one figure's interval calls one unchanged measure in six better or worse."""
    rng = np.random.default_rng([SEED, int(100 * errors), 2])
    figures = rng.normal(50, 1, (AREAS, 2))
    now, then = (uncounted(column) for column in figures.T)
    measure = Measure.model_validate({**TOLERANT, "tolerance": errors})
    found = share(marks.direction(now, then, measure), "better", "worse")
    apart = share(marks.versus(now, np.full(AREAS, 50.0), measure), "better", "worse")
    print(f"\n| {errors:.2f} | {100 * found:.1f}% | {100 * apart:.1f}% |")

    assert abs(found - changed) < by_luck(changed) - changed
    assert abs(apart - beside) < by_luck(beside) - beside


TOLERANT = {
    **{"id": "m", "priority": "1", "name": "M", "short_name": "M", "why": "Because.", "source": "s", "value": "v"},
    **{"unit": "percent", "decimals": 1, "polarity": "high", "basis": "academic year"},
}


def uncounted(values: np.ndarray) -> AreaFigures:
    """Figures without counts, so that nothing but the tolerance decides."""
    nothing, text = np.full(values.shape, np.nan), np.full(values.shape, "", dtype=object)
    return AreaFigures(text, values, *[nothing] * 6, *[text] * 3, reach=nothing)


def covered(base: int, noise: float, line: Array) -> tuple[float, float]:
    """Share of projections whose range held the next figure, and their median width in percentage points."""
    rng, runs = np.random.default_rng([SEED, base, int(100 * noise), int(1000 * line[0])]), 6_000
    shares: Array = np.clip(line + rng.normal(0, noise, (runs, YEARS + 1)), 0, 1)
    counts = rng.binomial(base, shares)
    ranges = [project_percent(range(YEARS), row[:YEARS], base, YEARS) for row in counts]
    held = [range_.low <= 100 * row[YEARS] / base <= range_.high for range_, row in zip(ranges, counts, strict=True)]
    return float(np.mean(held)), float(np.median([range_.high - range_.low for range_ in ranges]))


@pytest.mark.parametrize("base", [300, 2_000])
@pytest.mark.parametrize("noise", [0.0, 0.03])
@pytest.mark.parametrize(("start", "step"), [(0.5, 0.02), (0.95, 0.0)])
def test_a_projection_holds_the_next_figure_as_often_as_it_says(base: int, noise: float, start: float, step: float):
    """From five years, rising by two points or level near the top, the range holds the sixth 95 times in 100."""
    held, width = covered(base, noise, start + step * np.arange(YEARS + 1))
    about = f"{base:,} people from {100 * start:.0f}%, {100 * step:.0f}pp a year, real scatter {100 * noise:.0f}pp"
    print(f"\nprojection, {about}: held {held:.3f}, width {width:.0f}pp")

    assert 0.93 < held < 0.98


@pytest.mark.parametrize(("months", "most"), [(13, 0.12), (24, 0.24)])
def test_a_quiet_chart_seldom_signals(months: int, most: float):
    """A process that never changes gives a signal on one chart in twelve over 13 months, one in five over 24."""
    rng, runs = np.random.default_rng([SEED, months]), 1_000
    signals = [bool((xmr(rng.normal(50, 5, months))["side"] != 0).any()) for _ in range(runs)]
    print(f"\nXmR, {months} months: {np.mean(signals):.3f} of charts show a signal")

    assert 0.02 < np.mean(signals) < most
