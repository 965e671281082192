"""Rules about assessments, and requests that should have one."""

from __future__ import annotations

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules.rule import rule

_TWO_WEEKS, _THREE_YEARS = 14, 1096


@rule("K301", "requests")
def assessment_missing(facts: ReturnFacts) -> pd.Series:
    return (facts.requests["request_outcome"] == "Y") & ~facts.requests["has_assessment"]


@rule("K302", "assessments")
def outcome_day_missing(facts: ReturnFacts) -> pd.Series:
    table = facts.assessments
    outcome = table["assessment_outcome"]
    due = (outcome == "N") | ((outcome == "Y") & table["has_plan"])
    return due & table["assessment_decided"].isna()


@rule("K303", "assessments")
def plan_without_decision(facts: ReturnFacts) -> pd.Series:
    table = facts.assessments
    return table["assessment_outcome"].isin(["A", "W"]) & table["has_plan"]


@rule("K304", "assessments")
def days_out_of_order(facts: ReturnFacts) -> pd.Series:
    table = facts.assessments
    ended = table["assessment_decided"]
    return (ended < table["request_decided"]) | (ended < table["received"])


@rule("K305", "assessments")
def historical_does_not_fit(facts: ReturnFacts) -> pd.Series:
    """An old request may lead to an assessment of this year, but then its day of receipt starts the 20 weeks."""
    table = facts.assessments
    old_request, old = table["request_outcome"] == "H", table["assessment_outcome"] == "H"
    return (old & ~old_request) | (~old & old_request & table["received"].isna())


@rule("K306", "active_plans")
def moved_in_but_assessed_here(facts: ReturnFacts) -> pd.Series:
    table = facts.active
    return (table["moved_from"] != "") & (table["assessment_outcome"] != "H")


@rule("K307", "assessments")
def exceptions_missing(facts: ReturnFacts) -> pd.Series:
    table = facts.assessments
    return table["assessment_outcome"].isin(["Y", "N"]) & (table["exceptions"] == "")


@rule("K308", "assessments")
def absurd_length(facts: ReturnFacts) -> pd.Series:
    table = facts.assessments
    days = (table["assessment_decided"] - table["received"]).dt.days
    return (table["assessment_outcome"] == "Y") & (days.between(0, _TWO_WEEKS) | (days > _THREE_YEARS))
