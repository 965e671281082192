"""How far areas truly differ, beyond what chance does to areas of their size."""

from __future__ import annotations

import numpy as np

from toolkit.analysis.arrays import Numbers, floats

__all__ = ["additive_overdispersion"]

_TAIL = 0.1
"""The share of areas at each end whose distance is cut to that of the others: what they do is not the usual spread."""


def additive_overdispersion(deviation: Numbers, sampling: Numbers) -> float:
    """Variance τ² between areas beyond sampling, from the deviations of one year and their sampling variances.

    τ² = max(0, (Iφ − (I − 1)) ÷ (Σw − Σw²/Σw)) with w = 1/s² and φ the mean z² with z cut to its 10% and 90% quantiles.
    0 with fewer than 3 areas. Source: D. J. Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202 (appendix A).
    """
    d, s2 = floats(deviation), floats(sampling)
    sound = np.isfinite(d) & (s2 > 0)
    if sound.sum() < 3:
        return 0.0
    z, w = d[sound] / np.sqrt(s2[sound]), 1 / s2[sound]
    phi = float((np.clip(z, *np.quantile(z, [_TAIL, 1 - _TAIL])) ** 2).mean())
    count = len(z)
    return max(0.0, (count * phi - (count - 1)) / float(w.sum() - (w**2).sum() / w.sum()))
