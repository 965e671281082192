"""Rules about requests."""

from __future__ import annotations

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules.rule import rule

_HALF_A_YEAR = 183


@rule("K201", "requests")
def outcome_missing(facts: ReturnFacts) -> pd.Series:
    return facts.requests["request_outcome"] == ""


@rule("K202", "requests")
def received_missing(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    return table["request_outcome"].isin(["Y", "N", "A", "W"]) & table["received"].isna()


@rule("K203", "requests")
def decision_day_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    given = table["request_decided"].notna()
    outcome = table["request_outcome"]
    return (outcome.isin(["Y", "N"]) & ~given) | (outcome.isin(["A", "W", "H"]) & given)


@rule("K204", "requests")
def decided_before_received(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    return table["request_decided"] < table["received"]


@rule("K205", "requests")
def days_out_of_range(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    late = (table["received"] > facts.census) | (table["request_decided"] > facts.census)
    return late | (table["received"] < table["birth_date"])


@rule("K206", "requests")
def decided_before_the_year(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    early = (table["received"] < facts.first) & (table["request_decided"] < facts.first)
    return table["request_outcome"].isin(["Y", "N", "W"]) & early


@rule("K207", "requests")
def source_missing(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    asked = table["request_outcome"].isin(["Y", "N", "A", "W"]) & (facts.header.year >= 2026)
    return asked & (table["request_source"] == "")


@rule("K208", "requests")
def assessed_though_refused(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    appealed = (table["request_mediation"] == "1") | (table["request_tribunal"] == "1")
    went_on = table["assessment_outcome"].isin(["Y", "N", "A"])
    return table["request_outcome"].isin(["N", "W"]) & went_on & ~appealed


@rule("K209", "requests")
def appealed_without_decision(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    appealed = (table["request_mediation"] == "1") | (table["request_tribunal"] == "1")
    return appealed & table["request_outcome"].isin(["A", "W"])


@rule("K210", "requests")
def exported_does_not_fit(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    to = table["exported_to"]
    wrong = ~to.str.fullmatch(r"\d{3}") | (to == facts.header.la) | table["has_plan"]
    return (to != "") & wrong


@rule("K211", "requests")
def accommodation_does_not_fit_the_age(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    age = facts.age(table["birth_date"], table["received"])
    return (table["in_youth_accommodation"] == "1") & ((age < 10) | (age > 18))


@rule("K212", "requests")
def two_requests_within_half_a_year(facts: ReturnFacts) -> pd.Series:
    table = facts.requests
    asked = table[table["request_outcome"].isin(["Y", "N", "A", "W"]) & table["received"].notna()]
    ordered = asked.sort_values(["person", "received"])
    gap = (ordered["received"] - ordered.groupby("person")["received"].shift()).dt.days
    return (gap < _HALF_A_YEAR).reindex(table.index, fill_value=False)
