"""The change since the baseline where a panel of authorities tells how far such figures move by themselves."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.analysis.grids import measure
from toolkit.analysis import Setting, grids_of, judgements_for
from toolkit.frames import JUDGEMENTS, RESULTS, Judgement
from toolkit.params import ReviewYear
from toolkit.words.reason import reason_for

YEARS = tuple(range(2013, 2020))
BASELINE = "2016"
AUTHORITIES = 60


def national(scatter: float, seed: int = 3) -> np.ndarray:
    """Shares of 60 authorities over seven years around levels of their own: they bounce by ``scatter`` points."""
    draw = np.random.default_rng(seed)
    return draw.normal(50, 6, (AUTHORITIES, 1)) + draw.normal(0, scatter, (AUTHORITIES, len(YEARS)))


def judged(share: np.ndarray, base: int = 5_000, target: Any = None, **of: Any) -> Judgement:
    """The judgement of the first authority; England is the mean of all."""
    of_measure, counted = measure(**of), "value" not in of
    rows = []
    for area, series in enumerate([*share, share.mean(axis=0)]):
        code, level = (f"A{area:02}", "Local authority") if area < len(share) else ("E", "National")
        for year, value in zip(YEARS, series, strict=True):
            near = 100 * 1.96 * np.sqrt(value / 100 * (1 - value / 100) / base)
            counts = {"numerator": value * base / 100, "denominator": base, "low": value - near, "high": value + near}
            rows.append({"area_code": code, "area_level": level, "period": str(year), "measure": "m", "value": value}
                        | (counts if counted else {}))  # fmt: skip
    empty = {name: "" for name, (kind, _) in RESULTS.columns.items() if kind == "str"}
    results = RESULTS.validate(pd.DataFrame([empty | row for row in rows], columns=list(RESULTS.columns)))
    baseline = {"calendar year": BASELINE}
    review = ReviewYear.model_validate(
        {"year": 2020, "title": "R", "cut_off": date(2020, 4, 30), "baseline": baseline, "neighbours": "n"}
        | ({"targets": {"m": target}} if target else {})
    )
    setting = Setting("A00", "E", "", (), review, minimum_base=30)
    return JUDGEMENTS.rows(judgements_for(grids_of([of_measure], results), setting))[0]


def moved(share: np.ndarray, points: float, whom: slice = slice(0, 1), years: slice = slice(-1, None)) -> np.ndarray:
    """The same figures with some authorities' newest ones moved by some points from level ground."""
    changed = share.copy()
    changed[0] = 50.0
    changed[whom, years] += points
    return changed


def sentence(judgement: Judgement, **of: Any) -> str:
    return reason_for(measure(**of), judgement)


def test_a_move_that_such_figures_make_by_themselves_is_no_change():
    """Three points on 5,000 people are more than sampling, and little where all authorities bounce by as much."""
    quiet, restless = (judged(moved(national(scatter), 3)) for scatter in (0.2, 3.0))
    assert (quiet.direction, restless.direction) == ("better", "no clear change")
    assert quiet.judged_from == restless.judged_from == "national panel"
    assert "by more than is usual for its size" in sentence(quiet)
    assert "(usual for its size)" in sentence(restless)


def test_a_large_move_is_better_or_worse_by_the_polarity():
    share = moved(national(2.0), 8)
    assert judged(share).direction == "better"
    assert judged(share, polarity="low").direction == "worse"
    assert judged(share, polarity="none").direction == "cannot be judged"


def test_a_move_that_all_authorities_made_is_not_its_own():
    judgement = judged(moved(national(1.0), 10, whom=slice(None)))
    assert judgement.direction == "better"
    assert judgement.change_kind == "no clear move"
    assert ", much as England did" in sentence(judgement)
    assert judgement.england_change == pytest.approx(10, abs=1)


def test_standing_still_while_all_others_rise_is_a_move_too():
    judgement = judged(moved(national(2.0), 7, whom=slice(1, None)))
    assert judgement.direction == "no clear change"
    assert judgement.change_kind in ("moved", "likely to last")
    assert "but its change differs from England’s" in sentence(judgement)


def test_a_figure_out_of_all_proportion_is_checked_before_it_is_called_better():
    judgement = judged(moved(national(1.0), 45))
    assert (judgement.direction, judgement.change_kind) == ("cannot be judged", "check the figure")
    assert "check this figure first" in sentence(judgement)


def test_a_margin_that_the_council_has_set_decides_where_there_are_no_counts():
    published = {"numerator": (), "denominator": (), "value": "v"}
    share = moved(national(2.0), 4)
    assert judged(share, **published).direction == "no clear change"
    own = judged(share, **published, tolerance=3.0)
    assert (own.direction, own.change_kind) == ("better", "no clear move")
    reason = sentence(own, **published, tolerance=3.0)
    assert "by more than the margin of 3 percentage points, though that is usual for its size" in reason


def test_few_authorities_are_no_panel_and_a_rank_has_a_range():
    judgement = judged(moved(national(3.0), 4)[:11])
    assert (judgement.judged_from, judgement.change_kind, judgement.direction) == (
        "no panel",
        "differs, no panel",
        "better",
    )
    whole = judged(moved(national(3.0), 4), base=200)
    assert whole.rank_low < whole.rank < whole.rank_high
    sure = judged(moved(national(0.1), 4))
    assert sure.rank_high - sure.rank_low < whole.rank_high - whole.rank_low


def test_two_authorities_that_swap_figures_swap_judgements():
    share = moved(national(2.0), 9)
    assert judged(share[[1, 0, *range(2, AUTHORITIES)]]).change_kind == "no clear move"


def test_a_target_has_the_chances_of_authorities_in_the_same_place():
    """Where all bounce by two points about their own levels, ten points more is out of reach and one point is not."""
    share = moved(national(2.0), 0)
    far, near, past = (
        judged(share, target={"value": value, "by": by}) for value, by in ((60, "2021"), (51, "2021"), (60, "2019"))
    )
    assert far.target_probability < 0.1
    assert 0.2 < near.target_probability < 0.6
    assert np.isnan(past.target_probability)
    assert "The chance is less than 1 in 20." in sentence(far)
    assert "The chance is about" in sentence(near)
    assert far.outlook == near.outlook == ""
    assert np.isnan(judged(share[:20], target={"value": 51, "by": "2021"}).target_probability)
