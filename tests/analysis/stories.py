"""Figures, settings and news of one measure for tests of the story."""

import math
from collections.abc import Mapping
from typing import Any

from grids import measure

from toolkit.analysis import Setting
from toolkit.analysis.story_changes import Move
from toolkit.analysis.story_parts import MeasureNews
from toolkit.analysis.story_series import Count, MeasureSeries
from toolkit.frames import JUDGEMENTS, Judgement
from toolkit.params import ReviewYear, StoryRule

HERE, ENGLAND = "E10000018", "E92000001"
OTHERS = [f"E0600{number:04}" for number in range(1, 21)]
Figures = Mapping[str, Mapping[str, tuple[float, float] | float]]
"""Area → period → (numerator, denominator), or the value where there are no counts."""

RULE = StoryRule()
DUTY = {"floor": 100.0, "duty": "Do it", "reference": "The Act"}
SCORE = {"unit": "score", "numerator": (), "denominator": (), "value": "points"}
NUMBER = {"unit": "number", "polarity": "none", "numerator": (), "denominator": (), "value": "above", "decimals": 0}


def setting(**review: Any) -> Setting:
    year = {
        "year": 2023,
        "title": "R",
        "cut_off": "2023-06-30",
        "baseline": {"calendar year": "2021"},
        "neighbours": "n",
    }
    return Setting(HERE, ENGLAND, "", tuple(OTHERS[:10]), ReviewYear.model_validate(year | review), 30)


def series(figures: Figures, **about: Any) -> MeasureSeries:
    """The figures of a measure, a percentage unless ``about`` says otherwise."""
    counts = {
        (area, period): Count(100 * one[0] / one[1], *one) if isinstance(one, tuple) else Count(one, math.nan, math.nan)
        for area, periods in figures.items()
        for period, one in periods.items()
    }
    return MeasureSeries(measure(**about), counts, frozenset(figures) - {ENGLAND})


def move(own: Mapping[str, tuple[float, float] | float], others: Figures | None = None, **about: Any) -> Move:
    """The change of the authority from 2021 to 2022."""
    return Move(series({HERE: own, **(others or {})}, **about), HERE, ENGLAND, "2021", "2022")


def spread_out(level: float, step: float, period: str = "2022", number: int = 8) -> dict[str, dict[str, float]]:
    """So many authorities about a level, ``step`` apart."""
    return {code: {period: level + step * (place - (number - 1) / 2)} for place, code in enumerate(OTHERS[:number])}


def news(own: float, others: Figures | None = None, about: dict[str, Any] | None = None, **judged: Any) -> MeasureNews:
    """What a measure with this figure in 2022 has to tell; ``judged`` are fields of its judgement."""
    nothing = Judgement(*("" if kind == "str" else math.nan for kind, _ in JUDGEMENTS.columns.values()))
    figures = series({HERE: {"2022": own}, **(others or {})}, **(about or {}))
    return MeasureNews(nothing._replace(period="2022", value=own, **judged), figures, setting(), RULE)
