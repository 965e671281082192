"""Counts a return in other ways that the guidance of the collection allows: each may explain a published figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.cases import cases_of
from toolkit.sources.sen2.census import age_on, school_year_start
from toolkit.sources.sen2.measures import measure_return
from toolkit.sources.sen2.populations import FLAGS_OF_APPEAL
from toolkit.sources.sen2.schools import Schools
from toolkit.sources.sen2.window import Window

__all__ = ["RECOUNTS", "Recount", "recount"]

OLDEST = 24
"""Age at 31 August up to which a plan can be kept."""


@dataclass(frozen=True)
class Recount:
    """``change`` gives the cases to count instead. It concerns the measures of ``populations`` that begin so."""

    change: Callable[[pd.DataFrame, Window], pd.DataFrame]
    populations: tuple[str, ...]
    beginning: str = ""


def _date_by_plan(cases: pd.DataFrame, _: Window) -> pd.DataFrame:
    issued = (cases["assessment_outcome"] == "Y") & cases["plan_start"].notna()
    return cases.assign(assessment_decided=cases["assessment_decided"].mask(issued, cases["plan_start"]))


def _date_plans_by_assessment(cases: pd.DataFrame, _: Window) -> pd.DataFrame:
    dated = (cases["assessment_outcome"] == "Y") & cases["assessment_decided"].notna()
    return cases.assign(plan_start=cases["plan_start"].mask(dated, cases["assessment_decided"]))


def _count_historical(cases: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Plans of the period that are coded historical although nobody moved in are new."""
    during = cases["plan_start"].between(pd.Timestamp(window.first), pd.Timestamp(window.last))
    flipped = (cases["assessment_outcome"] == "H") & during & (cases["moved_from"] == "")
    decided = cases["assessment_decided"].fillna(cases["plan_start"])
    return cases.assign(
        assessment_outcome=cases["assessment_outcome"].mask(flipped, "Y"),
        assessment_decided=cases["assessment_decided"].mask(flipped, decided),
    )


def _leave_out_moved_in(cases: pd.DataFrame, _: Window) -> pd.DataFrame:
    """Assessments of people who moved in with a plan are historical, whatever they are coded."""
    moved = cases["moved_from"] != ""
    return cases.assign(assessment_outcome=cases["assessment_outcome"].mask(moved, "H"))


def _count_appeals(cases: pd.DataFrame, _: Window) -> pd.DataFrame:
    return cases.assign(**dict.fromkeys(FLAGS_OF_APPEAL, "0"))


def _ignore_other_appeals(cases: pd.DataFrame, _: Window) -> pd.DataFrame:
    others = [flag for flag in FLAGS_OF_APPEAL if not flag.startswith("assessment")]
    return cases.assign(**dict.fromkeys(others, "0"))


def _apply_blank_exceptions(cases: pd.DataFrame, _: Window) -> pd.DataFrame:
    return cases.assign(exceptions=cases["exceptions"].replace("", "1"))


def _move_decisions_to_request(cases: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Decisions on the requests of the period, whenever they were made: later ones move into it with their requests."""
    received = cases["received"].between(pd.Timestamp(window.first), pd.Timestamp(window.last))
    over = cases["request_decided"] - pd.Timestamp(window.last)
    late = over.where(over > pd.Timedelta(0), pd.Timedelta(0))
    return cases.assign(
        received=cases["received"] - late, request_decided=(cases["request_decided"] - late).where(received)
    )


def _keep_newest_plan(cases: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Of a person's plans in force only the one that started last."""
    day = pd.Timestamp(window.stock_day)
    ceased = cases["plan_ceased"]
    is_open = cases["has_named_plans"] & (cases["plan_start"] <= day) & (ceased.isna() | (ceased >= day))
    last = cases[is_open].sort_values("plan_start", kind="stable").drop_duplicates("person", keep="last").index
    return cases[~is_open | cases.index.isin(last)]


def _leave_out_over_age(cases: pd.DataFrame, window: Window) -> pd.DataFrame:
    start = pd.Timestamp(school_year_start(window.stock_day))
    ages = age_on(cases["birth_date"], pd.Series(start, index=cases.index))
    return cases[~(ages > OLDEST)]


RECOUNTS: Mapping[str, Recount] = {
    "dated_by_plan": Recount(_date_by_plan, ("assessments", "timeliness")),
    "dated_by_assessment": Recount(_date_plans_by_assessment, ("new_plans",)),
    "historical_counted": Recount(_count_historical, ("assessments", "timeliness", "new_plans")),
    "moved_in_not_counted": Recount(_leave_out_moved_in, ("assessments", "timeliness", "new_plans")),
    "appeals_counted": Recount(_count_appeals, ("timeliness",)),
    "only_appeals_about_plan": Recount(_ignore_other_appeals, ("timeliness",)),
    "blank_exceptions_apply": Recount(_apply_blank_exceptions, ("timeliness",)),
    "decisions_by_request": Recount(_move_decisions_to_request, ("requests",), "request_outcome_"),
    "one_plan_each": Recount(_keep_newest_plan, ("caseload", "reviews")),
    "nobody_over_age": Recount(_leave_out_over_age, ("caseload", "reviews")),
}
"""Code → the re-count. Their words are in toolkit/words."""


def recount(made: Sen2Return, window: Window, schools: Schools) -> dict[str, pd.DataFrame]:
    """Code → MEASURED for all, of the populations that the re-count concerns."""
    cases = cases_of(made)
    counted = {}
    for code, about in RECOUNTS.items():
        changed = about.change(cases, window)
        measured = measure_return(made, window, schools, grouped=False, cases=changed, only=about.populations)
        counted[code] = measured[measured["measure"].str.startswith(about.beginning)].reset_index(drop=True)
    return counted
