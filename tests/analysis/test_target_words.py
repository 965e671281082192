"""The word on a target where a panel gives its probability: by the policy, and met or missed once it is due."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from judgement_examples import measure_of, observations_of

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.analysis.measure_grid import MeasureGrid
from toolkit.params import Measure, ReviewYear

YEARS = range(2011, 2019)
AREAS = [f"E{place:02}" for place in range(40)]


@cache
def panel() -> tuple[Measure, list[MeasureGrid]]:
    """Forty authorities of 300 people over eight years, whose shares drift by two points a year about 50 to 70%."""
    draw = np.random.default_rng(4)
    share = np.linspace(0.5, 0.7, len(AREAS))[:, None] + np.cumsum(
        draw.normal(0, 0.02, (len(AREAS), len(YEARS))), axis=1
    )
    count = draw.binomial(300, np.clip(share, 0.05, 0.95))
    figures = {
        area: {str(year): f"{of} of 300" for year, of in zip(YEARS, row, strict=True)}
        for area, row in zip(AREAS, count, strict=True)
    }
    measure = measure_of({"measure": {"polarity": "high", "basis": "calendar year"}, "figures": figures[AREAS[0]]})
    return measure, list(grids_of([measure], results_for([measure], observations_of(figures, measure))))


def judged(above: float, by: str = "2020", **policy: float) -> dict[str, Any]:
    """The first authority's judgement against a target so far above its figure of 2018."""
    _, grids = panel()
    (grid,) = grids
    here = float(grid.at(grid.places([AREAS[0]]), np.array([len(YEARS) - 1])).value[0])
    review = ReviewYear.model_validate(
        {"year": 2019, "title": "R", "cut_off": date(2019, 4, 30), "baseline": {"calendar year": "2016"},
         "neighbours": "n", "targets": {"m": {"value": round(here + above, 4), "by": by}}}
    )  # fmt: skip
    setting = replace(Setting(AREAS[0], "E", "", (), review, minimum_base=30), **policy)
    row: dict[str, Any] = judgements_for(grids, setting).iloc[0].to_dict()
    return row


@pytest.mark.parametrize("above", [0.3, 1, 2, 4, 8])
def test_the_word_follows_the_probability_and_the_policy(above: float) -> None:
    row = judged(above)
    chance = row["target_probability"]
    assert row["judged_from"] == "national panel"
    assert row["target_status"] == ("likely" if chance > 0.7 else "unlikely" if chance < 0.3 else "possible")
    assert judged(above, target_unlikely=chance + 0.01)["target_status"] == "unlikely" or chance >= 0.49
    assert judged(above, target_likely=0.99, target_unlikely=0.001)["target_status"] == "possible"


def test_harder_targets_are_less_likely() -> None:
    chances = [judged(above)["target_probability"] for above in (0.3, 2, 4, 8)]
    assert chances == sorted(chances, reverse=True)
    assert judged(8)["target_status"] == "unlikely"


def test_three_years_ahead_a_small_chance_is_a_word_without_a_number() -> None:
    row = judged(15, by="2021")
    assert (row["target_status"], np.isnan(row["target_probability"])) == ("unlikely", True)


def test_a_target_that_is_due_is_met_or_missed_by_the_figure_alone() -> None:
    """However near, and whatever the panel says."""
    assert judged(0.1, by="2018")["target_status"] == "missed"
    assert judged(0.0, by="2018")["target_status"] == "met"
    assert np.isnan(judged(0.1, by="2018")["target_probability"])
