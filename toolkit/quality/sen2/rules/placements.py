"""Rules about where a person is educated."""

from __future__ import annotations

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules.rule import rule

_UNUSUAL = ("other_schools", "online_provider")
_NEEDS_TEXT = ("OTH", "NIEO")


def _both(facts: ReturnFacts, table: str) -> pd.DataFrame:
    return facts.details if table == "plan_details" else facts.placements


def _no_or_two_names(table: pd.DataFrame) -> pd.Series:
    school = (table["urn"] != "") | (table["ukprn"] != "")
    return school == (table["setting"] != "")


def _wrong_number(facts: ReturnFacts, table: pd.DataFrame) -> pd.Series:
    urn, ukprn = table["urn"], table["ukprn"]
    form = ~urn.str.fullmatch(r"\d{6}")
    unknown = ~urn.isin(list(facts.schools.by_urn)) if facts.schools.by_urn else form
    return ((urn != "") & (form | unknown)) | ((ukprn != "") & ~ukprn.str.fullmatch(r"1\d{7}"))


def _indicators_wrong(table: pd.DataFrame) -> pd.Series:
    unit, resourced = table["sen_unit"], table["resourced"]
    return (unit == "") | (resourced == "") | ((unit == "1") & (resourced == "1"))


def _text_does_not_fit(table: pd.DataFrame) -> pd.Series:
    return table["setting"].isin(_NEEDS_TEXT) != (table["setting_other"] != "")


@rule("K502", "plan_details")
def place_named_badly(facts: ReturnFacts) -> pd.Series:
    return _no_or_two_names(facts.details)


@rule("K502", "placements")
def placement_named_badly(facts: ReturnFacts) -> pd.Series:
    return _no_or_two_names(facts.placements)


@rule("K503", "plan_details")
def number_of_place_wrong(facts: ReturnFacts) -> pd.Series:
    return _wrong_number(facts, facts.details)


@rule("K503", "placements")
def number_of_placement_wrong(facts: ReturnFacts) -> pd.Series:
    return _wrong_number(facts, facts.placements)


@rule("K504", "plan_details")
def indicators_of_place_wrong(facts: ReturnFacts) -> pd.Series:
    return _indicators_wrong(facts.details)


@rule("K504", "placements")
def indicators_of_placement_wrong(facts: ReturnFacts) -> pd.Series:
    return _indicators_wrong(facts.placements)


@rule("K505", "placements")
def unusual_school(facts: ReturnFacts) -> pd.Series:
    return facts.placements["urn"].map(facts.schools.by_urn).isin(_UNUSUAL)


@rule("K506", "placements")
def days_of_placement_wrong(facts: ReturnFacts) -> pd.Series:
    table = facts.placements
    entered, left = table["entered"], table["left"]
    return entered.isna() | (entered > facts.census) | (left < entered) | (left > facts.census)


@rule("K507", "plan_details")
def text_of_place_does_not_fit(facts: ReturnFacts) -> pd.Series:
    return _text_does_not_fit(facts.details)


@rule("K507", "placements")
def text_of_placement_does_not_fit(facts: ReturnFacts) -> pd.Series:
    return _text_does_not_fit(facts.placements)


@rule("K508", "placements")
def setting_does_not_fit_the_age(facts: ReturnFacts) -> pd.Series:
    table = facts.placements
    age = facts.age(table["birth_date"], facts.census)
    early = facts.school_age(table["birth_date"]) > 5
    return ((table["setting"] == "NEET") & ~age.between(16, 25)) | ((table["setting"] == "EYP") & early)


@rule("K509", "placements")
def notice_to_cease_without_one(facts: ReturnFacts) -> pd.Series:
    table = facts.placements
    return (table["setting"] == "NIEC") & table["plan_ceased"].isna() & (table["review_outcome"] != "C")


@rule("K510", "placements")
def not_one_first_placement(facts: ReturnFacts) -> pd.Series:
    table = facts.placements
    now = table["is_open"] & table["plan_open"]
    first = (now & (table["rank"] == "1")).groupby(table["request"]).transform("sum")
    return now & (first != 1)


@rule("K511", "placements")
def open_placements_overlap(facts: ReturnFacts) -> pd.Series:
    table = facts.placements
    unended = table["left"].isna()
    return unended & (unended.groupby([table["request"], table["rank"]]).transform("sum") > 1)


@rule("K512", "placements")
def open_after_the_plan_ceased(facts: ReturnFacts) -> pd.Series:
    table = facts.placements
    ended = table["plan_ceased"]
    return ended.notna() & (table["left"].isna() | (table["left"] > ended))


def _two_names(table: pd.DataFrame) -> pd.Series:
    return (table["urn"] != "") & (table["ukprn"] != "")


def _not_where_there_is_one(facts: ReturnFacts, table: pd.DataFrame) -> pd.Series:
    """In a unit or resourced provision that the school has not, where GIAS lists which schools have one."""
    if not facts.schools.provision:
        return pd.Series(False, index=table.index)
    has = table["urn"].map(facts.schools.provision).fillna("")
    in_unit = (table["sen_unit"] == "1") & ~has.str.contains("SEN unit", case=False)
    in_provision = (table["resourced"] == "1") & ~has.str.contains("resourced provision", case=False)
    return (table["urn"] != "") & (in_unit | in_provision)


@rule("K519", "plan_details")
def place_with_two_numbers(facts: ReturnFacts) -> pd.Series:
    return _two_names(facts.details)


@rule("K519", "placements")
def placement_with_two_numbers(facts: ReturnFacts) -> pd.Series:
    return _two_names(facts.placements)


@rule("K520", "plan_details")
def place_in_no_known_unit(facts: ReturnFacts) -> pd.Series:
    return _not_where_there_is_one(facts, facts.details)


@rule("K520", "placements")
def placement_in_no_known_unit(facts: ReturnFacts) -> pd.Series:
    return _not_where_there_is_one(facts, facts.placements)


@rule("K604", "placements")
def placement_without_plan(facts: ReturnFacts) -> pd.Series:
    with_plan = facts.plans.loc[facts.plans["is_open"], "person"]
    return facts.placements["is_open"] & ~facts.placements["person"].isin(with_plan)
