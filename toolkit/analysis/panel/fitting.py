"""Estimating the four numbers of a measure: a start from the variogram, then maximum likelihood.

Deterministic: no random numbers, fixed bounds and steps. The variogram is the moment estimate (V(h) against the lag h);
the likelihood is that of the filter's one-step errors. Source of the decomposition: R. F. Engle and M. Watson (1981),
Journal of the American Statistical Association 76, 774–781; of the variogram: P. J. Diggle (1990), Time Series, 5.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from toolkit.analysis.arrays import Array
from toolkit.analysis.panel.dynamics import Dynamics, log_densities
from toolkit.analysis.panel.grid import Panel

__all__ = ["fit_dynamics", "overall_variance", "variogram_start"]

_PULLS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98)
_LAGS = range(1, 7)
_FEWEST_PAIRS = 30
_HIGHEST_PULL = 0.995
_BOUNDS = ((-8.0, 1.0), (-9.0, 1.0), (-2.0, 6.0))
_NOISE_TEST = 2.71
"""χ² at 10% with one degree of freedom: noise beyond sampling is kept only if it raises the likelihood this far."""
_TAIL_CORRECTION = 1.03
"""Makes up for the top 2% cut to their bound."""
_UNCERTAIN_PULL = 0.35
_FIXED_PULL = 0.95
_STEP = 1e-6


def overall_variance(panel: Panel) -> float:
    """Mean square of the figures about the national level, the top 2% cut to their bound; 0 where there are none."""
    squares = panel.deviation[np.isfinite(panel.deviation)] ** 2
    return _mean_cut(squares) if len(squares) else 0.0


def _mean_cut(squares: Array) -> float:
    return float(np.minimum(squares, np.quantile(squares, 0.98)).mean())


class _Variogram(NamedTuple):
    lag: Array
    half_square: Array
    """Half the mean squared difference between years this far apart, less sampling variance."""
    weight: Array


def _variogram(panel: Panel) -> _Variogram:
    d, span = panel.deviation, panel.span
    known = np.isfinite(d)
    sampling = float(panel.sampling[known].mean())
    points = []
    for lag in _LAGS:
        same = [(t, t + lag) for t in range(d.shape[1] - lag) if span[t] == span[t + lag]]
        differences = np.concatenate([d[:, later] - d[:, earlier] for earlier, later in same] or [np.empty(0)])
        squares = differences[np.isfinite(differences)] ** 2
        if len(squares) >= _FEWEST_PAIRS:
            points.append((lag, _TAIL_CORRECTION * _mean_cut(squares) / 2 - sampling, np.sqrt(len(squares))))
    total = (np.inf, overall_variance(panel) - sampling, np.sqrt(known.sum()))
    lag, half_square, weight = np.array([*points, total]).T
    return _Variogram(lag, half_square, weight)


def variogram_start(panel: Panel) -> Dynamics:
    """The moment estimate: V(h) = noise + spread (1 − φ^h) by non-negative least squares, for the φ that fits best."""
    points = _variogram(panel)

    def nearest(phi: float) -> tuple[float, Dynamics]:
        rise = 1 - phi**points.lag
        noise, spread = _two_parts(points, rise)
        error = np.sum((points.weight * (points.half_square - noise - spread * rise)) ** 2)
        return float(error), Dynamics(noise, spread * (1 - phi**2), phi)

    return min(map(nearest, _PULLS), key=lambda fit: fit[0])[1]


def _two_parts(points: _Variogram, rise: Array) -> tuple[float, float]:
    """The two non-negative numbers a, b with a + b × rise nearest to the variogram, in closed form."""
    w, y = points.weight**2, points.half_square
    s1, sr, srr = w.sum(), (w * rise).sum(), (w * rise**2).sum()
    sy, sry = (w * y).sum(), (w * rise * y).sum()
    determinant = s1 * srr - sr**2
    if determinant > 1e-12 * s1 * srr:
        a, b = (srr * sy - sr * sry) / determinant, (s1 * sry - sr * sy) / determinant
        if a >= 0 and b >= 0:
            return float(a), float(b)
    only_a, only_b = max(sy / s1, 0.0), max(sry / srr, 0.0)
    loss_a, loss_b = (w * (y - only_a) ** 2).sum(), (w * (y - only_b * rise) ** 2).sum()
    return (float(only_a), 0.0) if loss_a <= loss_b else (0.0, float(only_b))


def _from_point(point: Array, g0: float, exponent: float) -> Dynamics:
    noise, drift = g0 * np.exp(point[0]), g0 * np.exp(point[1])
    return Dynamics(float(noise), float(drift), float(_HIGHEST_PULL / (1 + np.exp(-point[2]))), exponent)


def _to_point(dynamics: Dynamics, g0: float) -> Array:
    share = min(dynamics.persistence / _HIGHEST_PULL, 0.997)
    raw = (
        np.log(max(dynamics.noise / g0, 1e-9)),
        np.log(max(dynamics.drift / g0, 1e-9)),
        np.log(share / (1 - share)),
    )
    return np.array([np.clip(value, low + 0.01, high - 0.01) for value, (low, high) in zip(raw, _BOUNDS, strict=True)])


def fit_dynamics(panel: Panel) -> Dynamics:
    """The four numbers of highest likelihood. Needs variation: guard with ``overall_variance`` first.

    With denominators, noise beyond sampling is dropped where the data do not show it (likelihood ratio under 2.71):
    otherwise power falls short of the test of a difference. Where the fit says that there is no drift and no memory,
    φ is not identified: it is fixed at 0.95 and the rest fitted again.
    """
    start = variogram_start(panel)
    if not panel.has_counts and panel.size is not None:
        tries = [replace(start, size_exponent=exponent) for exponent in (0.0, 0.5, 1.0)]
        start = tries[int(np.argmax(log_densities(panel, tries)))]
    best = _climb(panel, start, _BOUNDS)
    g0 = overall_variance(panel)
    if best.drift <= g0 * np.exp(_BOUNDS[1][0] + 0.1) and best.persistence <= _UNCERTAIN_PULL:
        logit = float(np.log(_FIXED_PULL / (_HIGHEST_PULL - _FIXED_PULL)))
        best = _climb(panel, replace(best, persistence=_FIXED_PULL), (*_BOUNDS[:2], (logit, logit)))
    return _without_noise(panel, best) if panel.has_counts else best


def _climb(panel: Panel, start: Dynamics, bounds: tuple[tuple[float, float], ...]) -> Dynamics:
    from scipy.optimize import minimize

    g0, exponent = overall_variance(panel), start.size_exponent

    def loss(point: Array) -> tuple[float, Array]:
        """Minus the log likelihood with its slopes by forward differences, all from one run of the filter."""
        points = [point, *(point + _STEP * axis for axis in np.eye(len(point)))]
        densities = log_densities(panel, [_from_point(one, g0, exponent) for one in points])
        return -float(densities[0]), (densities[0] - densities[1:]) / _STEP

    fit = minimize(
        loss,
        np.clip(_to_point(start, g0), [low for low, _ in bounds], [high for _, high in bounds]),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 12, "ftol": 1e-5},
    )
    return _from_point(fit.x, g0, exponent)


def _without_noise(panel: Panel, fitted: Dynamics) -> Dynamics:
    tries = [replace(fitted, noise=0.0, drift=fitted.drift * factor) for factor in (1, 1.5, 2, 3, 5)]
    free, *densities = log_densities(panel, [fitted, *tries])
    best = int(np.argmax(densities))
    return tries[best] if 2 * (free - densities[best]) < _NOISE_TEST else fitted
