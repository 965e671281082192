"""Panels made by simulation, with fixed seeds."""

import numpy as np

from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.scales import ModelScale


def areas(count):
    return tuple(f"A{i:03}" for i in range(count))


def drifting(seed=1, shape=(150, 10), noise=0.05, drift=0.04, phi=0.9, national=0.0, size=None):
    """Scores whose levels drift and bounce; ``national`` is England's rise a year; noise falls with 1/√size."""
    draw, (count, years) = np.random.default_rng(seed), shape
    level = draw.normal(0, drift / np.sqrt(1 - phi**2), count)
    factor = np.ones(count) if size is None else np.sqrt(np.median(size) / size)
    columns = []
    for year in range(years):
        columns.append(level + national * year + noise * factor * draw.standard_normal(count))
        level = phi * level + drift * draw.standard_normal(count)
    return Panel(areas(count), tuple(range(2016, 2016 + years)), np.array(columns).T, ModelScale.SCORE, size=size)


def counted(seed, n, scatter=0.0, step=0.1, average=()):
    """Shares about 60% of n people, eight years, spread 6 points; the first three areas step up in the last year.

    The levels of ``average`` areas are exactly 60%.
    """
    draw = np.random.default_rng(seed)
    own = 0.06 * draw.standard_normal((150, 1))
    own[list(average)] = 0
    truth = 0.6 + own + scatter * draw.standard_normal((150, 8))
    truth[:3, -1] += step
    share = draw.binomial(n, np.clip(truth, 0.01, 0.99)) / n
    return Panel(areas(150), tuple(range(2017, 2025)), 100 * share, base=np.full(share.shape, float(n)))
