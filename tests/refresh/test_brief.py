"""What the brief lists: nothing that is red gets worse unseen, and a duty has a run of years."""

import math
from typing import Any

import pandas as pd
import pytest

from toolkit.frames import JUDGEMENTS, STORY
from toolkit.params import Measure
from toolkit.refresh.brief import duty_run, late_and_undated, moves


def measure(name: str = "m", **given: Any) -> Measure:
    usual = {
        "id": name, "priority": "1", "name": "Plans", "short_name": "Plans", "why": "Why.", "unit": "percent",
        "decimals": 1, "polarity": "high", "basis": "calendar year", "source": "s", "value": "v",
    }  # fmt: skip
    return Measure.model_validate(usual | given)


def row(frame: Any, **given: Any) -> pd.DataFrame:
    """One row of a frame; what is not named is unknown."""
    blank = {name: math.nan if kind == "float64" else "" for name, (kind, _) in frame.columns.items()}
    return pd.DataFrame([blank | given])[list(frame.columns)]


def moved(judged: dict[str, Any], news: dict[str, Any], **about: Any) -> dict[str, list[str]]:
    """List → the measures in it, for one measure that went from 80 to 70."""
    usual = {"measure": "m", "value": 70.0, "direction": "no clear change", "target_status": "no target",
             "statutory_status": "no duty", "baseline_value": 60.0, "baseline_period": "2016"}  # fmt: skip
    story = {"measure": "m", "value": 70.0, "year_before_value": 80.0, "year_before": "2018", "year": 0.0, "score": 1.0}
    found = moves(row(JUDGEMENTS, **usual | judged), row(STORY, **story | news), {"m": measure(**about)})
    lists = {"worse": found.worse, "better": found.better, "neither": found.neither}
    named = {kind: [move.item.measure for move in many] for kind, many in lists.items()}
    return {kind: names for kind, names in {**named, "still red": list(found.still_red)}.items() if names}


@pytest.mark.parametrize(
    ("judged", "news", "about", "listed"),
    [
        ({}, {}, {}, {}),
        ({}, {"year": 0.5}, {}, {"worse": ["m"]}),
        ({}, {"year": 0.5}, {"polarity": "low"}, {"better": ["m"]}),
        ({}, {"year": 0.5}, {"polarity": "none"}, {"neither": ["m"]}),
        ({"direction": "better"}, {}, {}, {"better": ["m"]}),
        ({"direction": "better"}, {"year": 0.5}, {}, {"worse": ["m"]}),
        ({"statutory_status": "not met"}, {}, {}, {"worse": ["m"]}),
        ({"statutory_status": "not met"}, {"year_before_value": 65.0}, {}, {"still red": ["m"]}),
    ],
)
def test_what_moved_is_listed_once(
    judged: dict[str, Any], news: dict[str, Any], about: dict[str, Any], listed: dict[str, list[str]]
) -> None:
    """A sure change of a year decides, then that since the baseline; a red one that fell is worse, sure or not."""
    assert moved(judged, news, **about) == listed


@pytest.mark.parametrize(
    ("values", "run"),
    [
        ({"2016": 99.0, "2017": 98.0}, (False, "2016", 98.0, 99.0, 2)),
        ({"2016": 100.0, "2017": 98.0}, (False, "2017", 98.0, 98.0, 1)),
        ({"2015": 90.0, "2016": 100.0, "2017": 100.0}, (True, "2016", 100.0, 100.0, 2)),
    ],
)
def test_a_duty_has_a_run_of_years(values: dict[str, float], run: tuple[Any, ...]) -> None:
    """Since when it has been met, or not, and between which figures."""
    duty = measure(statutory={"floor": 100, "duty": "In time.", "reference": "The Act"})
    figures = pd.DataFrame({"period": list(values), "value": list(values.values())})
    assert duty_run(figures, duty, "2017") == run


def test_late_actions_come_latest_first_and_undated_ones_are_open() -> None:
    """A finished action without a date is nobody's concern."""
    plan = pd.DataFrame(
        {
            "id": ["1", "2", "3", "4"],
            "slipped_days": [30.0, 90.0, 0.0, 0.0],
            "due": ["2019-03-31", "2019-01-30", "ASAP", "TBC"],
            "status": ["in progress", "in progress", "in progress", "complete"],
        }
    )
    late, undated = late_and_undated(plan)
    assert (list(late["id"]), list(undated["id"])) == (["2", "1"], ["3"])
