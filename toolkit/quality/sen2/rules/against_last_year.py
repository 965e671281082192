"""Rules that compare a return with that of the collection before. Without one they hold."""

from __future__ import annotations

import pandas as pd

from toolkit.quality.sen2.facts import ReturnFacts
from toolkit.quality.sen2.rules.rule import rule
from toolkit.sources.sen2.items import HEADER

MOST_RISE = 0.05
"""Rise of a share of persons that is worth a question: 5 percentage points."""
FEWEST_IN_UNIT = 3
MOST_FALL, MOST_GROWTH, MOST_DRIFT = 0.1, 0.3, 0.05


def _compare(facts: ReturnFacts, differs: bool) -> pd.Series:
    return pd.Series([facts.before is not None and differs])


@rule("K112", HEADER)
def more_unknown_than_last_year(facts: ReturnFacts) -> pd.Series:
    if facts.before is None:
        return _compare(facts, False)
    now, then = (_shares_unknown(one.made["persons"]) for one in (facts, facts.before))
    return _compare(facts, any(share - then[item] > MOST_RISE for item, share in now.items()))


def _shares_unknown(persons: pd.DataFrame) -> dict[str, float]:
    unknown = {
        "ethnicity": persons["ethnicity"].isin(["NOBT", "REFU"]),
        "sex": persons["sex"] == "U",
        "identifier": persons["no_identifier"] != "",
    }
    return {item: float(flags.mean()) for item, flags in unknown.items()}


@rule("K606", "placements")
def fewer_in_a_unit_than_last_year(facts: ReturnFacts) -> pd.Series:
    """Open placements outside the unit of a school where fewer than half as many as last year are in it."""
    table = facts.placements
    nobody = pd.Series(False, index=table.index)
    if facts.before is None:
        return nobody
    now, then = _in_unit_by_school(facts), _in_unit_by_school(facts.before)
    fewer = [urn for urn, count in then.items() if count >= FEWEST_IN_UNIT and now.get(urn, 0) * 2 < count]
    return table["is_open"] & table["urn"].isin(fewer) & ~_is_in_unit(table)


def _is_in_unit(table: pd.DataFrame) -> pd.Series:
    return (table["sen_unit"] == "1") | (table["resourced"] == "1")


def _in_unit_by_school(facts: ReturnFacts) -> dict[str, int]:
    table = facts.placements
    in_unit = table[table["is_open"] & (table["urn"] != "") & _is_in_unit(table)]
    return {str(urn): int(count) for urn, count in in_unit["urn"].value_counts().items()}


@rule("K607", HEADER)
def totals_do_not_fit_last_year(facts: ReturnFacts) -> pd.Series:
    """The plans of the census day against last year's, and this return's view of that day against last year's own."""
    if facts.before is None:
        return _compare(facts, False)
    then = int(facts.before.plans["is_open"].sum())
    growth = (int(facts.plans["is_open"].sum()) - then) / max(then, 1)
    on_that_day = facts.open_on(facts.plans, facts.before.census) & (facts.plans["moved_from"] == "")
    drift = abs(int(on_that_day.sum()) - then) / max(then, 1)
    return _compare(facts, growth < -MOST_FALL or growth > MOST_GROWTH or drift > MOST_DRIFT)
