"""Rules about values that every table has, repeated rows, and the return as a whole."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules.rule import rule
from toolkit.sources.sen2.census import CENSUS_DAYS
from toolkit.sources.sen2.groups import authority_numbers
from toolkit.sources.sen2.items import HEADER, Item, blocks

MOST_EXCEPTIONS, MOST_UNPLACED, MOST_OTHER = 0.5, 0.05, 0.3
"""Shares beyond which a field was probably filled by default, not case by case: docs/decisions/sen2.md."""


def _unreadable(facts: ReturnFacts, table: str) -> pd.Series:
    bad = np.zeros(len(facts.made[table]), dtype=bool)
    for (of, _), rows in facts.made.unreadable.items():
        if of == table:
            bad[rows] = True
    return pd.Series(bad)


def _unknown_code(facts: ReturnFacts, table: str) -> pd.Series:
    year = facts.header.year
    bad = pd.Series(False, index=facts.made[table].index)
    for item in blocks()[table].items.values():
        if item.codes and item.first <= year <= item.last:
            given = facts.made[table][item.name]
            bad |= (given != "") & ~given.isin(_codes(item, year))
    return bad


def _codes(item: Item, year: int) -> list[str]:
    """The codes of a collection. Those of sex in 2023 are not known, so all pass."""
    return [code for code, since in item.codes.items() if since <= year]


def _repeats(facts: ReturnFacts, table: str) -> pd.Series:
    return facts.made[table].duplicated("request")


for _table in (name for name in blocks() if name != HEADER):
    rule("K006", _table)(partial(_unreadable, table=_table))
    rule("K007", _table)(partial(_unknown_code, table=_table))
for _table in ("assessments", "named_plans", "active_plans"):
    rule("K601", _table)(partial(_repeats, table=_table))


def _one(fails: bool) -> pd.Series:
    """A rule about the return as a whole looks at one row."""
    return pd.Series([bool(fails)])


@rule("K003", HEADER)
def not_the_census_day(facts: ReturnFacts) -> pd.Series:
    header = facts.header
    return _one(not header.is_extract and CENSUS_DAYS.get(header.year) != header.census_day)


@rule("K004", HEADER)
def no_such_authority(facts: ReturnFacts) -> pd.Series:
    return _one(facts.header.la not in authority_numbers())


@rule("K005", HEADER)
def officers_missing(facts: ReturnFacts) -> pd.Series:
    header = facts.header
    asked = [header.medical_officer, header.clinical_officer]
    asked += [header.social_care_officer] if header.year >= 2025 else []
    return _one(not header.is_extract and any(answer not in ("Y", "N", "R") for answer in asked))


@rule("K309", HEADER)
def exceptions_for_nearly_all(facts: ReturnFacts) -> pd.Series:
    issued = facts.assessments[facts.assessments["assessment_outcome"] == "Y"]
    return _one(len(issued) > 0 and (issued["exceptions"] == "1").mean() > MOST_EXCEPTIONS)


@rule("K405", HEADER)
def many_other_reasons(facts: ReturnFacts) -> pd.Series:
    ceased = facts.plans[facts.plans["plan_ceased"].notna()]
    return _one(len(ceased) > 0 and (ceased["cease_reason"] == "9").mean() > MOST_OTHER)


@rule("K605", HEADER)
def rows_that_hang_on_nothing(facts: ReturnFacts) -> pd.Series:
    return _one(bool(facts.made.orphans or facts.made.repeated))


@rule("K610", HEADER)
def many_not_placed(facts: ReturnFacts) -> pd.Series:
    plans = facts.plans[facts.plans["is_open"]]
    placed = facts.placements.loc[facts.placements["is_open"], "person"]
    return _one(len(plans) > 0 and (~plans["person"].isin(placed)).mean() > MOST_UNPLACED)
