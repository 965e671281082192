"""One row a request with all that hangs on it once; the place of each on a day; the groups it is counted in."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from toolkit.sources.sen2.assemble import Sen2Return
from toolkit.sources.sen2.census import age_on, school_year_start
from toolkit.sources.sen2.groups import SPLITS, ethnic_groups, placement_kinds, sexes
from toolkit.sources.sen2.schools import Schools

__all__ = [
    "age_groups",
    "cases_of",
    "interval_days",
    "last_places",
    "open_plans",
    "place_groups",
    "place_names",
    "places_on",
]

_SCHOOL_AGES = (5, 15)
"""Ages at 31 August of those of compulsory school age."""


def cases_of(made: Sen2Return) -> pd.DataFrame:
    """Person, request, assessment, named plan and active plan side by side, with the groups of sex and ethnicity.

    Where a request has two assessments or plans (which the checks report), the first counts. ``need`` is the primary.
    """
    table = made["requests"].merge(
        made["persons"].drop(columns=["surname", "forename", "postcode"]), on="person", how="left"
    )
    for name in ("assessments", "named_plans", "active_plans"):
        first = made[name].drop_duplicates("request")
        table = table.merge(first.assign(**{f"has_{name}": True}), on="request", how="left")
        table[f"has_{name}"] = table[f"has_{name}"].notna()
    needs = made["needs"][made["needs"]["need_rank"] == "1"].drop_duplicates("request")
    table = table.merge(needs[["request", "need"]], on="request", how="left")
    text = [column for column in table.columns if pd.api.types.is_string_dtype(table[column])]
    table[text] = table[text].fillna("")
    groups, other = ethnic_groups()
    return table.assign(
        sex_group=table["sex"].map(sexes()).fillna("Unknown"),
        ethnic_group=table["ethnicity"].str[:4].map(groups).fillna(other),
    )


def interval_days(first: pd.Series, then: pd.Series) -> pd.Series:
    """Calendar days; NaN where a day is missing or the second is before the first: such an interval is not usable."""
    days = (then - first).dt.days.astype("float64")
    return days.mask(days < 0)


def open_plans(cases: pd.DataFrame, day: date) -> pd.DataFrame:
    """The plans in force on a day. A plan that ceased on the day itself still was."""
    stamp = pd.Timestamp(day)
    ceased = cases["plan_ceased"]
    return cases[cases["has_named_plans"] & (cases["plan_start"] <= stamp) & (ceased.isna() | (ceased >= stamp))]


def age_groups(births: pd.Series, on: pd.Series | date, youngest: int, oldest: int) -> pd.Series:
    """Single years as published, from ``youngest`` "and under" to ``oldest`` "and over"."""
    days = on if isinstance(on, pd.Series) else pd.Series(pd.Timestamp(on), index=births.index)
    ages = age_on(births, days).clip(youngest, oldest)
    names = {float(age): f"Aged {age}" for age in range(youngest, oldest + 1)}
    names |= {float(youngest): f"Aged {youngest} and under", float(oldest): f"Aged {oldest} and over"}
    return ages.map(names).fillna("Age unknown")


def places_on(plans: pd.DataFrame, made: Sen2Return, day: date) -> pd.DataFrame:
    """For each plan the placement open on ``day``: of its own request, else of another of the same person.

    The lowest rank, then the latest entry. A placement without a first or last day is taken as open at that end.
    """
    stamp = pd.Timestamp(day)
    placed = made["placements"]
    is_open = ~(placed["entered"] > stamp) & ~(placed["left"] < stamp)
    return _one_each(plans, made, placed[is_open])


def last_places(plans: pd.DataFrame, made: Sen2Return) -> pd.DataFrame:
    """For each plan the placement that was entered last."""
    return _one_each(plans, made, made["placements"])


def _one_each(plans: pd.DataFrame, made: Sen2Return, placed: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``plans``, each with the best of the placements; its columns are "" where there is none."""
    person_of = made["requests"].set_index("request")["person"]
    placed = placed.assign(person=placed["request"].map(person_of)).rename(columns={"request": "of_request"})
    placed = placed.drop(columns=["number", "setting_other", "attendance"])
    placed = placed.rename(columns={"residential": "place_residential", "work_based": "place_work_based"})
    pairs = plans[["request", "person"]].merge(placed, on="person")
    pairs = pairs.assign(own=pairs["of_request"] != pairs["request"], last=-pairs["entered"].astype("int64"))
    pairs["rank"] = pairs["rank"].replace("", "9")
    best = pairs.sort_values(["request", "own", "rank", "last"], kind="stable").drop_duplicates("request")
    joined = plans.merge(best.drop(columns=["person", "own", "last", "of_request"]), on="request", how="left")
    joined.index = plans.index
    text = [column for column in joined.columns if pd.api.types.is_string_dtype(joined[column])]
    joined[text] = joined[text].fillna("")
    return joined


def place_groups(placed: pd.DataFrame, schools: Schools, day: date) -> pd.Series:
    """The kind of placement (column of the published caseload) of each row of ``places_on`` or ``last_places``."""
    kinds = placement_kinds()
    by_code = {about.code: column for column, about in kinds.items() if about.code}
    by_urn = placed["urn"].map(lambda number: schools.by_urn.get(number, "school_not_looked_up"))
    by_ukprn = placed["ukprn"].map(lambda number: schools.by_ukprn.get(number, "ukrlp_provider"))
    school_age = age_on(placed["birth_date"], pd.Series(pd.Timestamp(school_year_start(day)), index=placed.index))
    not_in = pd.Series(np.where(school_age.between(*_SCHOOL_AGES), "neet_other_csa", "neet_other"), index=placed.index)
    by_setting = placed["setting"].map(by_code).mask(placed["setting"] == "NIEO", not_in)
    kind = by_setting.fillna("placement_unknown").astype("str")
    kind = kind.mask(placed["ukprn"] != "", by_ukprn.astype("str"))
    kind = kind.mask(placed["urn"] != "", by_urn.astype("str"))
    split = kind.isin([column for column, about in kinds.items() if about.split])
    kind = kind.mask(split & (placed["resourced"] == "1"), kind + "_resourced_provision")
    return kind.mask(split & (placed["sen_unit"] == "1"), kind.str.removesuffix("_resourced_provision") + "_senunit")


def place_names() -> dict[str, tuple[str, str]]:
    """Kind of placement, with its splits → its group and its published name."""
    names = {}
    for column, about in placement_kinds().items():
        for ending, words in SPLITS.items() if about.split else {"": ""}.items():
            names[column + ending] = (about.group, about.name + words)
    return names
