"""Results and judgements: pure functions of observations, the catalogue and the review's setting.

No files, no clock, no randomness. What a mark means is in ``marks``; the vocabulary is in ``codes``.
"""

from toolkit.analysis.chance_calls import ChanceCalls, chance_calls
from toolkit.analysis.funnel_chart import funnel_of
from toolkit.analysis.judgements import judge, judgements_for, judgements_of_each
from toolkit.analysis.measure_grid import grids_of
from toolkit.analysis.monthly import months_of
from toolkit.analysis.place_demand import demand_of, places_of
from toolkit.analysis.results import results_for
from toolkit.analysis.series import ages_of, coverage_of, series_of
from toolkit.analysis.setting import Setting
from toolkit.analysis.story import story_of

__all__ = [
    "ChanceCalls",
    "Setting",
    "ages_of",
    "chance_calls",
    "coverage_of",
    "demand_of",
    "funnel_of",
    "grids_of",
    "judge",
    "judgements_for",
    "judgements_of_each",
    "months_of",
    "places_of",
    "results_for",
    "series_of",
    "story_of",
]
