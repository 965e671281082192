"""What the brief lists: nothing that is red gets worse unseen, and a duty has a run of years."""

import math
from typing import Any

import pandas as pd
import pytest

from toolkit.analysis.codes import Doubt
from toolkit.analysis.story_codes import Omission
from toolkit.frames import DECISIONS, JUDGEMENTS, STORY
from toolkit.params import Measure
from toolkit.refresh.brief import careful_with, duties_once, duty_run, is_open, late_and_undated, moves, to_decide
from toolkit.refresh.escalation import bodies_to_decide


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
        ({"statutory_status": "not met"}, {"year_before_value": 70.0}, {}, {"still red": ["m"]}),
        ({"statutory_status": "not met"}, {"year_before_value": 70.0}, {"polarity": "low"}, {"still red": ["m"]}),
        ({"statutory_status": "not met"}, {"year_before_value": 65.0}, {"polarity": "low"}, {"worse": ["m"]}),
        ({"direction": "worse"}, {}, {"polarity": "low"}, {"worse": ["m"]}),
        ({"direction": "better"}, {"year": 0.5, "year_before_value": 70.0}, {}, {"better": ["m"]}),
        ({}, {}, {"polarity": "none"}, {}),
        ({}, {"year": 0.5, "score": 0.0}, {"polarity": "none"}, {}),
        ({}, {"year": 0.5, "score": 0.5}, {"polarity": "none"}, {"neither": ["m"]}),
        ({}, {"year": 0.5, "omitted": Omission.LITTLE}, {"polarity": "none"}, {"neither": ["m"]}),
        ({}, {"year": 0.5, "omitted": Omission.ENOUGH}, {"polarity": "none"}, {"neither": ["m"]}),
        ({}, {"year": 0.5, "omitted": Omission.CHECK_FIRST}, {"polarity": "none"}, {}),
        ({}, {"year": 0.5, "omitted": Omission.CHECK_FIRST}, {}, {"worse": ["m"]}),
        ({"direction": "better"}, {"year": 0.5, "value": math.nan}, {}, {}),
        ({"direction": "better"}, {"measure": "another"}, {}, {}),
    ],
)
def test_what_moved_is_listed_once(
    judged: dict[str, Any], news: dict[str, Any], about: dict[str, Any], listed: dict[str, list[str]]
) -> None:
    """A sure change of a year decides, then that since the baseline; a red one that fell is worse, sure or not."""
    assert moved(judged, news, **about) == listed


def test_measures_that_tell_one_story_are_one_item() -> None:
    """A rate as counted and as published got worse alike: the first is listed, or the one that is red."""
    twin = measure("twin", news={"same_story_as": "m"})
    known = {"m": measure(), "twin": twin, "other": measure("other")}
    story = {"value": 70.0, "year_before_value": 80.0, "year_before": "2018", "year": 1.0, "score": 1.0}
    news = pd.concat([row(STORY, measure=name, **story) for name in known])
    for red, listed in (("m", ["m", "other"]), ("twin", ["twin", "other"]), ("", ["m", "other"])):
        status = {name: "not met" if name == red else "no duty" for name in known}
        judged = pd.concat(
            [row(JUDGEMENTS, measure=name, target_status="no target", statutory_status=status[name]) for name in known]
        )
        found = moves(judged, news, known)
        assert [move.item.measure for move in found.worse] == listed
        assert found.still_red == ()


def test_a_move_says_from_when_it_is_counted_and_how_sure_it_is() -> None:
    """From the year before where that is sure, or where a red measure fell; else from the baseline."""

    def only(judged: dict[str, Any], news: dict[str, Any]) -> tuple[float, str, bool, bool]:
        about = {"measure": "m", "value": 70.0, "target_status": "", "statutory_status": "", "baseline_period": "2016"}
        item = {
            "measure": "m",
            "value": 70.0,
            "year_before_value": 80.0,
            "year_before": "2018",
            "year": 0.0,
            "score": 1.0,
        }
        found = moves(
            row(JUDGEMENTS, **about | {"baseline_value": 60.0} | judged), row(STORY, **item | news), {"m": measure()}
        )
        ((move),) = (*found.worse, *found.better)
        assert move.item.measure == "m"
        return move.before, move.then, move.sure, move.red

    assert only({"direction": "better"}, {}) == (60.0, "2016", True, False)
    assert only({"direction": "worse"}, {}) == (60.0, "2016", True, True)
    assert only({"direction": "better"}, {"year": 0.1}) == (80.0, "2018", True, False)
    assert only({"statutory_status": "not met"}, {}) == (80.0, "2018", False, True)


@pytest.mark.parametrize(
    ("status", "change", "effective_on", "open_"),
    [
        ("proposed", "close", "", True),
        ("proposed", "keep", "", False),
        ("accepted", "keep", "", True),
        ("accepted", "lower", "", True),
        ("accepted", "lower", "2019-05-01", False),
    ],
)
def test_what_is_still_to_be_decided(status: str, change: str, effective_on: str, open_: bool) -> None:
    """A proposal to keep something as it is needs no decision; a decision that holds is done."""
    decisions = row(DECISIONS, id="d", status=status, change=change, effective_on=effective_on)

    assert is_open(decisions).tolist() == [open_]
    assert [one.id for one in to_decide(decisions)] == ["d"] * open_


@pytest.mark.parametrize(
    ("put_to", "agreed_on", "asked", "bodies"),
    [
        ("board;cabinet", "2019-05-01;", "cabinet", ("cabinet",)),
        ("board;cabinet", "", "cabinet", ("board", "cabinet")),
        ("", "", "board;cabinet", ("board", "cabinet")),
        ("", "", "", ("director",)),
    ],
)
def test_who_still_has_to_decide(put_to: str, agreed_on: str, asked: str, bodies: tuple[str, ...]) -> None:
    """The bodies it is put to that have not agreed, else those that the rules ask for, else its own."""
    given = row(DECISIONS, put_to=put_to, agreed_on=agreed_on, asked=asked, authority="director")

    assert bodies_to_decide(next(iter(DECISIONS.rows(given)))) == bodies


def test_each_figure_that_needs_care_is_named_under_its_gravest_doubt() -> None:
    """A doubt that nobody has is not named, and one about a figure that does not exist is nobody's concern."""
    doubts = {
        "a": f"{Doubt.CHECK_WARNING};{Doubt.NEWER_MISSING}",
        "b": Doubt.NEWER_MISSING,
        "c": Doubt.DATA_FAILED,
        "d": "",
        "e": Doubt.NO_COUNTS,
    }
    judged = [row(JUDGEMENTS, measure=name, value=1.0, doubts=codes) for name, codes in doubts.items()]
    without = row(JUDGEMENTS, measure="f", doubts=Doubt.DATA_FAILED)

    assert careful_with(pd.concat([*judged, without])) == {Doubt.DATA_FAILED: ["c"], Doubt.NEWER_MISSING: ["a", "b"]}


@pytest.mark.parametrize(
    ("values", "run"),
    [
        ({"2014": 90.0, "2016": 99.0, "2017": 98.0}, (False, "2016", 98.0, 99.0, 2)),
        ({"2015": 90.0, "2016": math.nan, "2017": 98.0}, (False, "2017", 98.0, 98.0, 1)),
        ({"2016": 98.0, "2017": 99.0, "2018": 100.0}, (False, "2016", 98.0, 99.0, 2)),
        ({"2017": 99.0, "2016": 98.0}, (False, "2016", 98.0, 99.0, 2)),
        ({"2016": 99.0, "2017": 98.0}, (False, "2016", 98.0, 99.0, 2)),
        ({"2016": 100.0, "2017": 98.0}, (False, "2017", 98.0, 98.0, 1)),
        ({"2015": 90.0, "2016": 100.0, "2017": 100.0}, (True, "2016", 100.0, 100.0, 2)),
    ],
)
def test_a_duty_has_a_run_of_years(values: dict[str, float], run: tuple[Any, ...]) -> None:
    """Since when it has been met, or not, and between which figures; a year without a figure ends the run."""
    duty = measure(statutory={"floor": 100, "duty": "In time.", "reference": "The Act"})
    figures = pd.DataFrame({"period": list(values), "value": list(values.values())})
    assert duty_run(figures, duty, "2017") == run


@pytest.mark.parametrize(
    ("about", "values", "run"),
    [
        ({}, {"2016": 5.0, "2017": 6.0}, (False, "2016", 5.0, 6.0, 2)),
        ({"breaks": [{"from": "2017", "reason": "New"}]}, {"2016": 5.0, "2017": 6.0}, (False, "2017", 6.0, 6.0, 1)),
        ({"breaks": [{"from": "2018", "reason": "New"}]}, {"2016": 5.0, "2017": 6.0}, (False, "2016", 5.0, 6.0, 2)),
        ({}, {"2016": 5.0, "2017": 3.0}, (True, "2017", 3.0, 3.0, 1)),
        ({"statutory": None}, {"2016": 5.0, "2017": 6.0}, None),
        ({}, {"2016": math.nan, "2018": 6.0}, None),
    ],
)
def test_a_duty_that_few_may_miss_has_a_run_of_years(about: dict[str, Any], values: Any, run: Any) -> None:
    """Three in a hundred are allowed; a break begins a new run, and without a duty or a figure there is none."""
    duty = measure(**{"polarity": "low", "statutory": {"floor": 3, "duty": "All.", "reference": "The Act"}} | about)
    figures = pd.DataFrame({"period": list(values), "value": list(values.values())})
    assert duty_run(figures, duty, "2017") == run


def test_late_actions_come_latest_first_and_undated_ones_are_open() -> None:
    """A finished action without a date is nobody's concern."""
    plan = pd.DataFrame(
        {
            "id": ["1", "2", "3", "4", "5"],
            "slipped_days": [30.0, 90.0, 0.0, 0.0, 1.0],
            "due": ["2019-03-31", "2019-01-30", "ASAP", "TBC", "2019-04-29"],
            "status": ["in progress", "in progress", "in progress", "complete", "in progress"],
        }
    )
    late, undated = late_and_undated(plan)
    assert (list(late["id"]), list(undated["id"])) == (["2", "1", "5"], ["3"])


def test_an_action_that_is_late_is_listed_once() -> None:
    """A plan's "end of June" with an agreed day that has passed is late, and not also without a date."""
    plan = pd.DataFrame({"id": ["1"], "slipped_days": [30.0], "due": ["end of June"], "status": ["in progress"]})
    late, undated = late_and_undated(plan)
    assert (list(late["id"]), list(undated["id"])) == (["1"], [])


def test_a_duty_that_two_measures_tell_of_counts_once() -> None:
    """A local and a national count of one duty are one breach, not two."""
    local = measure(id="local", reconciles_with="national", reconciliation={"tolerance": 1})
    measures = {"local": local, "national": measure(id="national"), "other": measure(id="other")}
    judged = pd.DataFrame(
        {
            "measure": ["local", "national", "other"],
            "priority": ["1", "1", "2"],
            "statutory_status": ["met", "not met", "no duty"],
        }
    )
    assert duties_once(judged, measures).to_dict() == {"1": "not met"}
