"""Rules about persons: their details and identifiers."""

from __future__ import annotations

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts, is_blank
from toolkit.quality.sen2.rules.rule import rule
from toolkit.sources.sen2.groups import ethnic_groups
from toolkit.sources.sen2.identifiers import is_uln, is_upn

_NEEDED = ("surname", "forename", "birth_date", "sex", "ethnicity", "postcode")
_SCHOOL_AGES = (5, 15)


@rule("K008", "persons")
def no_request(facts: ReturnFacts) -> pd.Series:
    return facts.persons["requests"] == 0


@rule("K101", "persons")
def detail_missing(facts: ReturnFacts) -> pd.Series:
    blank = pd.DataFrame({item: is_blank(facts.persons[item]) for item in _NEEDED})
    return blank.any(axis=1)


@rule("K102", "persons")
def outside_the_ages(facts: ReturnFacts) -> pd.Series:
    births = facts.persons["birth_date"]
    age = facts.school_age(births)
    return (births > facts.census) | (age > 25)


@rule("K103", "persons")
def upn_wrong(facts: ReturnFacts) -> pd.Series:
    upn = facts.persons["upn"]
    return (upn != "") & ~upn.map(is_upn).astype(bool)


@rule("K104", "persons")
def uln_wrong(facts: ReturnFacts) -> pd.Series:
    uln = facts.persons["uln"]
    return (uln != "") & ~uln.map(is_uln).astype(bool)


@rule("K105", "persons")
def no_identifier_and_no_reason(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    return (persons["upn"] == "") & (persons["uln"] == "") & (persons["no_identifier"] == "")


@rule("K106", "persons")
def reason_beside_an_identifier(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    return (persons["no_identifier"] != "") & ((persons["upn"] != "") | (persons["uln"] != ""))


@rule("K107", "persons")
def reason_does_not_fit_the_age(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    reason = persons["no_identifier"]
    too_old = (reason == "UN1") & (facts.age(persons["birth_date"], facts.census) >= 6)
    at_school = (reason == "UN9") & facts.school_age(persons["birth_date"]).between(*_SCHOOL_AGES)
    return too_old | at_school


@rule("K108", "persons")
def ended_but_agreed(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    return (persons["no_identifier"] == "UN10") & (persons["agreed"] | persons["has_plan"])


@rule("K109", "persons")
def identifier_twice(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    twice = [(persons[item] != "") & persons.duplicated(item, keep=False) for item in ("upn", "uln")]
    return twice[0] | twice[1]


@rule("K110", "persons")
def person_twice(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    named = persons[["surname", "forename"]].apply(lambda names: names.str.casefold())
    same: pd.Series = named.assign(birth=persons["birth_date"]).duplicated(keep=False)
    return same & (persons["surname"] != "") & persons["birth_date"].notna()


@rule("K111", "persons")
def temporary_upn(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    return persons["upn"].str.fullmatch(r".{12}[A-Z]") & persons["has_plan"]


@rule("K113", "persons")
def same_birthday_and_postcode(facts: ReturnFacts) -> pd.Series:
    persons = facts.persons
    given = persons["birth_date"].notna() & (persons["postcode"] != "") & (persons["upn"] != "")
    return given & persons.duplicated(["birth_date", "postcode", "forename"], keep=False)


@rule("K114", "persons")
def ethnicity_not_known(facts: ReturnFacts) -> pd.Series:
    """Finer codes were compared with one list only, so another may be right: it is counted as unclassified."""
    given = facts.persons["ethnicity"]
    return (given != "") & ~given.isin(list(ethnic_groups()[0]))
