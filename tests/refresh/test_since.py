"""What changed since the review before: marks, revised figures, the work plan."""

import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

import sample_report as sample

from toolkit.analysis.revisions import revised_figures
from toolkit.frames import ACTIONS, JUDGEMENTS, REVISIONS
from toolkit.params import Target, load_project, load_review
from toolkit.refresh import changes_since, eased_targets

NOTHING = pd.DataFrame({"measure": [], "period": [], "value_before": [], "value": []})


def judged(**marks: dict[str, str]) -> pd.DataFrame:
    """JUDGEMENTS, a row a measure; marks that a measure does not name are neither red nor met."""
    calm = {"target_status": "no target", "direction": "no clear change", "statutory_status": "no duty"}
    rows = [sample.judgement(measure=name, **(calm | said)) for name, said in marks.items()]
    return sample.framed(JUDGEMENTS, rows)


def planned(**states: tuple[str, str]) -> pd.DataFrame:
    """ACTIONS: id → (status, delivery)."""
    rows = [{"id": key, "status": status, "delivery_rag": rag} for key, (status, rag) in states.items()]
    return sample.framed(ACTIONS, rows)


NO_PLAN = (planned(), planned())


@pytest.mark.parametrize(
    ("before", "now", "where"),
    [
        ({"direction": "better"}, {"direction": "worse"}, "newly_red"),
        ({"target_status": "possible"}, {"target_status": "missed"}, "newly_red"),
        ({"statutory_status": "not met"}, {"statutory_status": "met"}, "recovered"),
        ({"target_status": "possible"}, {"target_status": "met"}, "newly_met"),
        ({"statutory_status": "not met", "direction": "worse"}, {"statutory_status": "met", "direction": "worse"},
         "newly_met"),
        ({"target_status": "missed"}, {"target_status": "cannot be judged"}, "unjudged"),
        ({"direction": "worse"}, {"direction": "cannot be judged"}, "unjudged"),
        ({"statutory_status": "not met"}, {"statutory_status": ""}, "unjudged"),
        ({"target_status": "missed", "direction": "worse"},
         {"target_status": "met", "direction": "cannot be judged"}, "unjudged"),
    ],
)  # fmt: skip
def test_a_mark_that_changes_is_named_under_what_became_of_it(
    before: dict[str, str], now: dict[str, str], where: str
) -> None:
    """A reader finds a measure under newly red, no longer red, no longer judged or newly met when its marks changed so.

    What cannot be judged, be it for want of sound data, is never told as no longer red.
    """
    found = changes_since((judged(plans=before), judged(plans=now)), NOTHING, NO_PLAN)
    kinds = ("newly_red", "recovered", "unjudged", "newly_met")
    assert getattr(found, where) == ("plans",)
    if where != "newly_met":
        assert [kind for kind in kinds[:3] if getattr(found, kind)] == [where]


@pytest.mark.parametrize(
    ("before", "now", "value", "where"),
    [(1.5, 2.0, 2.0, "met_by_easing"), (70.0, 60.0, 65.0, "met_by_easing"), (70.0, 60.0, 75.0, "newly_met"),
     (70.0, 80.0, 85.0, "newly_met"), (1.5, 1.5, 1.5, "newly_met")],
)  # fmt: skip
def test_a_target_that_is_met_only_since_it_was_eased_is_no_news_of_the_figure(
    before: float, now: float, value: float, where: str
) -> None:
    """Low is good in the first and the last of these, high in the others."""
    was, is_ = {"target_status": "missed", "target": before}, {"target_status": "met", "target": now, "value": value}
    found = changes_since((judged(plans=was), judged(plans=is_)), NOTHING, NO_PLAN)
    assert getattr(found, where) == ("plans",)


def test_what_was_red_and_still_is_and_what_is_new_are_not_news() -> None:
    """A measure that stays red, or that the review before did not have, is not called newly red."""
    red = {"direction": "worse"}
    found = changes_since((judged(old=red), judged(old=red, fresh=red)), NOTHING, NO_PLAN)
    assert (found.newly_red, found.recovered, found.newly_met) == ((), (), ())


def test_the_plan_tells_finished_late_new_and_gone_apart() -> None:
    """Each action counts under what happened to it since the plan before."""
    before = planned(a=("in progress", "green"), b=("in progress", "green"), c=("not started", "green"))
    now = planned(a=("complete", "green"), b=("in progress", "amber"), d=("not started", "green"))
    found = changes_since((judged(plans={}), judged(plans={})), NOTHING, (before, now))
    assert (found.finished, found.newly_late, found.added, found.gone) == (("a",), ("b",), ("d",), ("c",))


def revised(**values: tuple[float, float]) -> pd.DataFrame:
    """REVISIONS of the first sample measure (one decimal) for area A: period → value then and now."""
    rows: list[dict[str, Any]] = [
        {"measure": "plans_within_20_weeks", "area_code": "A", "period": period[1:], "kind": "revised"}
        | {"then_value": then, "now_value": now, "difference": now - then}
        for period, (then, now) in values.items()
    ]
    nothing = {name: sample.NAN if kind == "float64" else "" for name, (kind, _) in REVISIONS.columns.items()}
    return REVISIONS.validate(pd.DataFrame([nothing | row for row in rows]))


def test_only_a_figure_that_reads_differently_was_revised() -> None:
    """A figure that its publisher changed is told; a change that no reader sees, or of another area, is not."""
    table = revised(_2016=(61.5, 61.5000001), _2017=(79.4, 80.4))
    found = revised_figures(table, "A", sample.CATALOGUE)
    assert found.to_dict("records") == [
        {"measure": "plans_within_20_weeks", "period": "2017", "value_before": 79.4, "value": 80.4}
    ]
    assert revised_figures(table, "B", sample.CATALOGUE).empty


@pytest.mark.parametrize(
    ("low", "now", "eased"),
    [
        (False, (95, "2022"), False), (False, (94.9, "2022"), True), (False, (95.1, "2022"), False),
        (False, (95, "2023"), True), (False, (95, "2021"), False),
        (True, (95.1, "2022"), True), (True, (94.9, "2022"), False),
    ],
)  # fmt: skip
def test_a_target_is_eased_by_a_worse_value_or_a_later_date(
    tiny: Path, low: bool, now: tuple[float, str], eased: bool
) -> None:
    """Whichever way the measure points; the target that stood before is named, 95 by 2022."""
    project = load_project(tiny)
    then = load_review(project, 2022)
    measures = {"on_time": project.measures["on_time"].model_copy(update={"polarity": "low" if low else "high"})}
    later = then.model_copy(update={"targets": {"on_time": Target(value=now[0], by=now[1])}})
    assert eased_targets(then, later, measures) == ({"on_time": then.targets["on_time"]} if eased else {})
