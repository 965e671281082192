"""Back-tests of the panel's words over all authorities and years: taken back, Brier score, reliability, rank cover.

Every judgement of a year uses a model fitted on figures up to that year. Only the second half of a series is judged.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from toolkit.analysis.arrays import Array
from toolkit.analysis.demand import extrapolate
from toolkit.analysis.panel.changes import judge_changes_since
from toolkit.analysis.panel.grid import Panel
from toolkit.analysis.panel.growth import counts_ahead
from toolkit.analysis.panel.model import PanelModel, fit_panel
from toolkit.analysis.panel.targets import forecast, national_trend, reach_probability
from toolkit.params.words import Polarity

__all__ = ["brier_scores", "call_table", "change_calls", "growth_trials", "origins_of", "reliability", "target_trials"]

METHODS = ("panel", "no_change", "england_trend", "own_line")
BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
LINE_YEARS = 5


def origins_of(panel: Panel) -> Iterator[tuple[int, PanelModel]]:
    """Each year of the second half that has a model, with the model fitted on what was known after it."""
    seen = [t for t in range(len(panel.years)) if np.isfinite(panel.national[t])]
    for t in seen[len(seen) // 2 :]:
        model = fit_panel(panel.until(panel.years[t]))
        if model.dynamics is not None:
            yield t, model


def change_calls(panel: Panel, back: int = 1) -> pd.DataFrame:
    """One row for each area and year judged against ``back`` years before: kind, z, probability, and what came next.

    ``taken_back``: the next year's change relative to England is opposite and larger than half of this change (NaN
    where there is no next figure).
    """
    rows = []
    for t, model in origins_of(panel):
        if t - back < 0 or not np.isfinite(panel.national[t - back]):
            continue
        changes = judge_changes_since(model, panel.years[t], panel.years[t - back])
        known = np.isfinite(changes.z)
        d = panel.deviation
        made = d[:, t] - d[:, t - back]
        unbroken = t + 1 < d.shape[1] and panel.span[t + 1] == panel.span[t]
        following = d[:, t + 1] - d[:, t] if unbroken else np.full(len(d), np.nan)
        returned = (np.sign(following) != np.sign(made)) & (np.abs(following) > np.abs(made) / 2)
        frame = pd.DataFrame(
            {
                "area": panel.areas,
                "year": panel.years[t],
                "kind": changes.kind,
                "z": changes.z,
                "half_stands": changes.half_stands,
                "surprise": changes.surprise,
                "value": panel.value[:, t],
                "own": panel.value[:, t] - panel.value[:, t - back],
                "taken_back": np.where(np.isfinite(following), returned.astype(float), np.nan),
            }
        )
        rows.append(frame[known])
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["area", "year", "kind", "taken_back"])


def call_table(calls: pd.DataFrame) -> pd.DataFrame:
    """Of judged authority-years: how many had each word, in percent, and what share was at least half taken back."""
    followed = calls.dropna(subset=["taken_back"])
    share = calls["kind"].value_counts(normalize=True) * 100
    back = followed.groupby("kind")["taken_back"].mean() * 100
    return pd.DataFrame({"called": share, "taken_back": back, "followed": followed["kind"].value_counts()}).sort_index()


def target_trials(panel: Panel, polarity: Polarity = "high", ahead: int = 1) -> pd.DataFrame:
    """Forecasts of six targets for every area and origin: the probability by each method and whether it came true.

    Targets: the last value, a quarter, half and one spread better, England's median and its best quarter. A measure
    without polarity is tried as if high were good.
    """
    towards: Polarity = "low" if polarity == "low" else "high"
    sign = -1.0 if towards == "low" else 1.0
    rows = []
    for t, model in origins_of(panel):
        later = t + ahead
        if later >= len(panel.years) or panel.span[later] != panel.span[t] or not np.isfinite(panel.national[later]):
            continue
        x, outcome = panel.x[:, t], panel.x[:, later]
        known = np.isfinite(x) & np.isfinite(outcome)
        made = forecast(model, panel.years[t], ahead)
        rivals = _rival_errors(panel, t, ahead)
        for name, needed in _targets(x, sign).items():
            chances = {"panel": reach_probability(made, needed, towards)}
            for method, (centre, errors) in rivals.items():
                chances[method] = _pooled_chance(sign * (needed - centre), np.sort(sign * errors))
            frame = pd.DataFrame(chances | {"met_now": sign * (x - needed) >= 0, "met": sign * (outcome - needed) >= 0})
            rows.append(frame.assign(year=panel.years[t], ahead=ahead, target=name)[known])
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=[*METHODS, "met_now", "met", "ahead"])


def _targets(x: Array, sign: float) -> dict[str, Array]:
    spread = float(np.nanstd(x))
    median, best = (float(np.nanquantile(sign * x, share)) * sign for share in (0.5, 0.75))
    steps = {"last value": 0.0, "quarter better": 0.25, "half better": 0.5, "spread better": 1.0}
    own = {name: np.asarray(x + sign * step * spread) for name, step in steps.items()}
    return own | {"median": np.full(len(x), median), "best quarter": np.full(len(x), best)}


def _rival_errors(panel: Panel, t: int, ahead: int) -> dict[str, tuple[Array, Array]]:
    """Centre and pooled past errors of: no change, own value with England's trend, own straight line of five years."""
    centres = {"no_change": _no_change, "england_trend": _england_trend, "own_line": _own_line}
    by_method = {}
    for method, centre in centres.items():
        past = [
            panel.x[:, u + ahead] - centre(panel, u, ahead)
            for u in range(t - ahead + 1)
            if panel.span[u] == panel.span[u + ahead]
        ]
        errors = np.array(past).ravel()
        by_method[method] = (centre(panel, t, ahead), errors[np.isfinite(errors)])
    return by_method


def _no_change(panel: Panel, t: int, ahead: int) -> Array:
    return panel.x[:, t]


def _england_trend(panel: Panel, t: int, ahead: int) -> Array:
    return np.asarray(panel.x[:, t] + ahead * national_trend(panel, t)[0])


def _own_line(panel: Panel, t: int, ahead: int) -> Array:
    """Least squares of the last five years of the unbroken series; the last value where an area has under three."""
    columns = [u for u in range(max(0, t - LINE_YEARS + 1), t + 1) if panel.span[u] == panel.span[t]]
    years, x = np.array(columns, float), panel.x[:, columns]
    known = np.isfinite(x)
    count = np.maximum(known.sum(axis=1), 1)
    mean_year, mean = (known * years).sum(axis=1) / count, np.where(known, x, 0).sum(axis=1) / count
    from_mean = np.where(known, years - mean_year[:, None], 0)
    slope = (from_mean * np.where(known, x, 0)).sum(axis=1) / np.maximum((from_mean**2).sum(axis=1), 1e-12)
    line = mean + slope * (t + ahead - mean_year)
    return np.asarray(np.where(known.sum(axis=1) >= 3, line, panel.x[:, t]))


def _pooled_chance(gap: Array, errors: Array) -> Array:
    count = len(errors) - np.searchsorted(errors, gap, side="left")
    return np.asarray((count + 0.5) / (len(errors) + 1))


def brier_scores(trials: pd.DataFrame) -> pd.DataFrame:
    """Mean squared error of the probability, by years ahead and method, over targets not yet met at the origin.

    Source: G. W. Brier (1950), Monthly Weather Review 78, 1–3.
    """
    open_trials = trials[~trials["met_now"].astype(bool)]
    squares = open_trials[list(METHODS)].sub(open_trials["met"].astype(float), axis=0) ** 2
    return squares.groupby(open_trials["ahead"]).mean()


def reliability(trials: pd.DataFrame, method: str = "panel") -> pd.DataFrame:
    """Said against came true in five bands of probability, over targets not yet met at the origin."""
    open_trials = trials[~trials["met_now"].astype(bool)]
    band = pd.cut(open_trials[method].astype(float), list(BANDS), include_lowest=True)
    grouped = open_trials.assign(met=open_trials["met"].astype(float)).groupby(band, observed=False)
    table = grouped.agg(said=(method, "mean"), came_true=("met", "mean"), forecasts=("met", "size"))
    return table.assign(gap=100 * (table["came_true"] - table["said"]))


def growth_trials(panel: Panel, ahead: int, fewest: int) -> pd.DataFrame:
    """Back-test with a row for each authority and origin, next to own growth alone (``demand.extrapolate``).

    Own growth is of all years of the panel; a break among them begins the years that the panel's forecast reads.
    Columns: year of the origin, and for each method (``panel``, ``own``) its error in percent of the count, whether its
    range held it, and the width of the range in percent of the forecast. Origins with ``fewest`` counts before them.
    """
    rows = []
    for t in range(fewest - 1, len(panel.years) - ahead):
        if (panel.span[: t + 1] == panel.span[t]).sum() < ahead + 2:
            continue  # no past origin has an outcome yet
        made = counts_ahead(panel.until(panel.years[t]), panel.years[t], ahead)
        for i in np.flatnonzero(np.isfinite(panel.x[:, : t + 1]).all(axis=1) & np.isfinite(panel.x[:, t + ahead])):
            own = extrapolate(panel.value[i, : t + 1].tolist(), ahead, fewest)
            if own is not None:
                counted = panel.value[i, t + ahead]
                limits = (made.value[i], made.low[i], made.high[i]), (own.value, own.low, own.high)
                parts = zip(("panel", "own"), limits, strict=True)
                row = {f"{name}_{key}": value for name, one in parts for key, value in _outcome(one, counted).items()}
                rows.append({"year": panel.years[t]} | row)
    return pd.DataFrame(rows)


def _outcome(limits: tuple[float, float, float], counted: float) -> dict[str, float]:
    value, low, high = limits
    out = 100 * abs(value / counted - 1)
    return {"error": out, "held": float(low <= counted <= high), "width": 100 * (high - low) / value}
