"""How far a figure can be trusted, when nothing may be judged at all, and when the next one comes out; in words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from toolkit.analysis.grid import Figures, Grid, Places
from toolkit.analysis.setting import Setting
from toolkit.params import Measure
from toolkit.sources import parse_period
from toolkit.words.numbers import format_period

__all__ = [
    "DATA_FAILED",
    "TOO_THIN",
    "UNCOUNTED",
    "UNJUDGED",
    "WARNED",
    "barred",
    "bars",
    "confidence",
    "next_figure",
    "overtaken",
    "why_missing",
]

DATA_FAILED = "data failed a critical check"
UNJUDGED = "so nothing is judged"
"""Ends every doubt that takes all judgements away, that on the duty included."""
TOO_THIN = "too few to compare with"
"""Ends the doubt about a baseline that rests on too few people."""
UNCOUNTED = "the publisher gives no counts, so chance cannot be worked out"
WARNED = "a check on its data gave a warning"
"""Begins the doubt that a check raised."""
_BARS = (UNJUDGED, "too few to judge", "a single month is not judged")
_WHY = {"c": "is hidden to protect people", "z": "does not apply", "low": "rounds to zero"}


def why_missing(marker: str, fault: str) -> str:
    """Why there is no figure, to follow its name.

    >>> why_missing("c", ""), why_missing("x", "a count cannot be below zero")
    ('is hidden to protect people', 'makes no sense (a count cannot be below zero)')
    """
    why = _WHY.get(marker, "makes no sense" if fault else "is not available")
    return f"{why} ({fault})" if fault else why


def overtaken(grid: Grid, rows: Places, columns: Places) -> list[str]:
    """Where authorities have figures for a newer period than this one's newest: what became of its own, else "".

    An older figure is shown with its year, and is never judged as if it were the newer one.
    """
    newest = grid.published
    figures = grid.at(rows, np.full(rows.shape, newest))
    said = []
    for column, marker, fault in zip(columns, figures.marker, figures.fault, strict=True):
        when = format_period(grid.periods[newest]) if 0 <= column < newest else ""
        said.append(f"the figure for {when} {why_missing(marker, fault)}, {UNJUDGED}" if when else "")
    return said


def bars(doubts: str) -> bool:
    """Whether one of the doubts is a reason to judge nothing, as ``barred`` words them."""
    return any(bar in doubts for bar in _BARS)


def barred(measure: Measure, now: Figures, passed: Sequence[str], setting: Setting) -> list[str]:
    """Why nothing may be judged, authority by authority; "" where judging is fair. ``passed`` is from ``overtaken``."""
    if measure.id in setting.critical:
        return [f"its {DATA_FAILED}, {UNJUDGED}"] * len(passed)
    if measure.basis == "month":
        said = "a single month is not judged: its chart says which months stand out"
        return [bar or (said if known else "") for bar, known in zip(passed, now.known, strict=True)]
    few = now.known & (now.denominator < setting.minimum_base)
    said = f"it rests on fewer than {setting.minimum_base} people, too few to judge"
    return [bar or (said if small else "") for bar, small in zip(passed, few, strict=True)]


def confidence(
    measure: Measure, figures: tuple[Figures, Figures], bars: Sequence[str], setting: Setting
) -> tuple[list[str], list[str]]:
    """High, medium or low for each authority, and the doubts behind it, separated by ";".

    ``figures`` are the newest ones and those of the baseline.
    """
    (now, then), least = figures, setting.minimum_base
    warned = [f"{WARNED} ({said.rstrip('.')})" for said in setting.warnings.get(measure.id, ())]
    made_up = ["the figures are illustrative"] if measure.source in setting.illustrative else []
    levels, doubts = [], []
    for bar, known, limit, base in zip(bars, now.known, now.low, then.denominator, strict=True):
        thin = [f"the baseline rests on fewer than {least} people, {TOO_THIN}"] if base < least else []
        reasons = ([bar] if bar else []) + made_up + ([] if known or made_up else ["there is no figure"])
        uncounted = bool(known and np.isnan(limit) and measure.value and measure.unit != "number") and not reasons
        others = [
            *warned,
            *thin,
            *([UNCOUNTED] if uncounted else []),
        ]
        levels.append("low" if reasons else "medium" if others else "high")
        doubts.append("; ".join([*reasons, *others]))
    return levels, doubts


def next_figure(grid: Grid, setting: Setting) -> tuple[str, str]:
    """The first period that no authority has a figure for yet, and the month in which figures like it come out.

    The month is worked out from the calendar, else it is the measure's own ``published_in``, else "".
    """
    measure = grid.measure
    if grid.published < 0:
        return "", measure.published_in
    period = parse_period(grid.periods[grid.published], measure.basis).before(-1)
    lag = setting.calendar.get((measure.source, measure.basis))
    if lag is None:
        return period.label, measure.published_in
    out = parse_period(f"{period.end.year}-{period.end.month:02}", "month").before(-lag)
    return period.label, format_period(out.label)
