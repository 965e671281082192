"""Rules about named plans, the places in them, and plans that ended."""

from __future__ import annotations

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts, is_blank
from toolkit.quality.sen2.rules.rule import rule

_A_WEEK = 7
_NO_STAY = ("EHE", "NEET", "NIEC", "NIEO")


@rule("K401", "named_plans")
def start_or_places_missing(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    return table["plan_start"].isna() | ~table["of_plan_details"].between(1, 2)


@rule("K402", "named_plans")
def start_is_not_the_day_of_issue(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    decided = table["assessment_decided"]
    apart = (table["plan_start"] - decided).dt.days.abs() > _A_WEEK
    return (table["assessment_outcome"] == "Y") & facts.during(decided) & apart


@rule("K403", "named_plans")
def end_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    day, reason = table["plan_ceased"], table["cease_reason"]
    return (day.isna() != is_blank(reason)) | (day < table["plan_start"]) | (day > facts.census)


@rule("K404", "named_plans")
def reason_does_not_fit_the_age(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    age = facts.age(table["birth_date"], table["plan_ceased"])
    reason = table["cease_reason"]
    return ((reason == "1") & (age < 19)) | (reason.isin(["3", "4", "6"]) & (age < 15))


@rule("K406", "named_plans")
def budget_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    part = (table["organised_arrangements"] == "1") | (table["direct_payments"] != "")
    return part != (table["personal_budget"] == "1")


@rule("K407", "named_plans")
def work_or_stay_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    without = facts.details.loc[facts.details["setting"].isin(_NO_STAY), "request"]
    young = (table["plan_work_based"] != "") & (facts.school_age(table["birth_date"]) < 15)
    return young | ((table["plan_residential"] != "") & table["request"].isin(without))


@rule("K408", "plan_details")
def ranks_of_places(facts: ReturnFacts) -> pd.Series:
    return _ranks_wrong(facts.details, "rank")


@rule("K513", "needs")
def ranks_of_needs(facts: ReturnFacts) -> pd.Series:
    table = facts.needs
    same = table.duplicated(["request", "need"], keep=False)
    return _ranks_wrong(table, "need_rank") | same


def _ranks_wrong(table: pd.DataFrame, rank: str) -> pd.Series:
    """Exactly one of rank 1, at most one of rank 2, of one plan."""
    first = (table[rank] == "1").groupby(table["request"]).transform("sum")
    second = (table[rank] == "2").groupby(table["request"]).transform("sum")
    return (first != 1) | (second > 1)


@rule("K501", "named_plans")
def active_plan_missing(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    in_force = (table["plan_start"] <= facts.census) & ~(table["plan_ceased"] < facts.first)
    whole = table["has_active"] & (table["of_placements"] >= 1) & table["of_needs"].between(1, 2)
    return in_force & ~whole


@rule("K514", "active_plans")
def review_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.active
    met, decided = table["review_meeting"], table["review_decided"]
    late = (met > facts.census) | (decided > facts.census)
    early: pd.Series = met.dt.year < table["plan_start"].dt.year
    return (decided < met) | ((table["review_outcome"] != "") & met.isna()) | late | early


@rule("K515", "active_plans")
def draft_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.active
    draft = table["review_draft"]
    return draft.notna() & ((table["review_outcome"] != "A") | (draft < table["review_meeting"]))


@rule("K516", "active_plans")
def phase_transfer_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.active
    due = table["phase_transfer_due"]
    statutory: pd.Series = ((due.dt.month == 2) & (due.dt.day == 15)) | ((due.dt.month == 3) & (due.dt.day == 31))
    return (table["phase_transfer_final"].notna() & due.isna()) | (due.notna() & ~statutory)


@rule("K517", "active_plans")
def no_review_in_the_year(facts: ReturnFacts) -> pd.Series:
    table = facts.active
    older: pd.Series = (table["plan_start"].dt.year < facts.first.year) & facts.open_on(table, facts.census)
    return older & ~(table["review_meeting"] >= facts.first) & (facts.header.year >= 2024)


@rule("K518", "active_plans")
def moved_from_does_not_fit(facts: ReturnFacts) -> pd.Series:
    moved = facts.active["moved_from"]
    return (moved != "") & (~moved.str.fullmatch(r"\d{3}") | (moved == facts.header.la))


@rule("K602", "named_plans")
def two_open_plans(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    return table["is_open"] & (table["is_open"].groupby(table["person"]).transform("sum") > 1)


@rule("K603", "named_plans")
def open_plan_without_placement(facts: ReturnFacts) -> pd.Series:
    placed = facts.placements
    return facts.plans["is_open"] & ~facts.plans["person"].isin(placed.loc[placed["is_open"], "person"])


@rule("K608", "named_plans")
def start_may_be_an_amendment(facts: ReturnFacts) -> pd.Series:
    table = facts.plans
    old = (table["assessment_outcome"] == "H") & (table["moved_from"] == "")
    return old & facts.during(table["plan_start"])
