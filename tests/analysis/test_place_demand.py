"""Places against demand: which places belong to which count, what is projected, and what is not."""

import math
from typing import Any

import pandas as pd
import pytest

from toolkit.analysis.place_demand import demand_of, places_of
from toolkit.frames import RESULTS
from toolkit.params import Assumption, Measure

PLANS = {"2014": 2772.0, "2015": 2770.0, "2016": 2995.0, "2017": 3350.0, "2018": 3703.0}
PLACES = {"2016/17": 983.0, "2017/18": 1014.0, "2018/19": 1070.0}
TAKEN = {"2016/17": 938.0, "2017/18": 976.0, "2018/19": 1056.0}


def measure(name: str, basis: str, **given: Any) -> Measure:
    about = {"id": name, "priority": "1", "name": name, "short_name": name, "why": "Why.", "source": "s"}
    shape = {"unit": "number", "decimals": 0, "polarity": "none", "basis": basis, "value": name}
    return Measure.model_validate({**about, **shape, **given})


def roles(**demand: Any) -> dict[str, Measure]:
    return {
        "capacity": measure("capacity", "academic year"),
        "occupied": measure("occupied", "academic year"),
        "demand": measure("demand", "January census", **demand),
    }


def results(**figures: dict[str, float]) -> pd.DataFrame:
    empty = {name: "" if kind == "str" else math.nan for name, (kind, _) in RESULTS.columns.items()}
    rows = [
        empty | {"measure": name, "area_code": "A", "period": period, "value": value}
        for name, values in figures.items()
        for period, value in values.items()
    ]
    return RESULTS.validate(pd.DataFrame(rows, columns=list(RESULTS.columns)))


def series(plans: dict[str, float] = PLANS, ahead: int = 2, **demand: Any):
    return places_of(roles(**demand), results(demand=plans, capacity=PLACES, occupied=TAKEN), "A", ahead)


def test_a_january_count_belongs_to_the_school_year_it_lies_in():
    """January 2018 lies in the school year 2017/18: its places are set beside it."""
    row = series().table.set_index("period").loc["2018"]

    assert (row["places_period"], row["capacity"], row["occupied"]) == ("2017/18", 1014, 976)
    assert row["occupancy"] == pytest.approx(100 * 976 / 1014)
    assert row["per_hundred"] == pytest.approx(100 * 1014 / 3703)
    assert not row["projected"]


def test_demand_is_projected_without_places():
    """A council without a measure of places sees how many plans there will be, and no place."""
    alone = {"demand": roles()["demand"]}
    found = places_of(alone, results(demand=PLANS), "A", 2)
    ahead = found.table[found.table["projected"]].set_index("period")

    assert ahead["demand"].tolist() == series().table.query("projected")["demand"].tolist()
    assert found.table[["capacity", "occupied", "wanted"]].isna().all(axis=None)
    assert set(found.table["places_period"]) == {""}
    (row,) = demand_of(alone["demand"], found, [Assumption(title="Ten", growth=10)]).query(
        "kind == 'what if' and period == '2019'"
    )["demand"]
    assert row == pytest.approx(3703 * 1.1)


def test_demand_goes_on_after_its_newest_count():
    """Each year ahead has a range, the places that are known for it, and what the newest share would want."""
    found = series()
    ahead = found.table[found.table["projected"]].set_index("period")

    assert list(ahead.index) == ["2019", "2020"]
    assert ahead.loc["2019", "demand"] == pytest.approx(3981.0, abs=0.1)
    assert (ahead.loc["2019", "capacity"], ahead.loc["2019", "occupied"]) == (1070, 1056)
    assert (found.share, found.share_period) == (pytest.approx(100 * 976 / 3703), "2018")
    for wanted, demand in (("wanted", "demand"), ("wanted_low", "low"), ("wanted_high", "high")):
        assert ahead.loc["2020", wanted] == pytest.approx(ahead.loc["2020", demand] * found.share / 100)
    assert ahead["per_hundred"].isna().all()


def test_four_comparable_years_are_too_few():
    """A break leaves only the years since: nothing is projected, and how many there were is told."""
    found = series(breaks=[{"from": "2015", "reason": "Another way of counting"}])

    assert (found.too_few, found.comparable) == (True, 4)
    assert not found.table["projected"].any()
    assert found.errors.empty


def test_a_break_after_the_newest_count_parts_nothing():
    """What will be counted differently one day does not part the figures of today."""
    assert not series(breaks=[{"from": "2023", "reason": "Another way of counting"}]).too_few


def test_past_projections_are_checked():
    """With six counts, the sixth was projected from the five before it."""
    errors = series({**PLANS, "2019": 4222.0}).errors

    assert errors[["year", "known_until"]].to_numpy().tolist() == [[2019, 2018]]
    assert errors["error"].iloc[0] == pytest.approx(-241, abs=0.1)


def test_without_a_count_there_is_nothing():
    """An authority without figures has no table, no share and no projection."""
    found = places_of(roles(), results(), "A", 3)

    assert found.table.empty
    assert found.too_few
    assert math.isnan(found.share)


def test_demand_is_projected_from_the_years_since_the_newest_break_alone():
    """Breaks in 2013 and 2015, six and four comparable years: the newest one counts, and four years are too few."""
    plans = {str(year): 2000.0 + 100 * (year - 2010) for year in range(2010, 2019)}
    older = [{"from": "2012", "reason": "new"}]
    assert series(plans, breaks=older).comparable == 7
    assert series(plans, breaks=[*older, {"from": "2015", "reason": "again"}]).comparable == 4
    assert series(plans, breaks=[{"from": "2015", "reason": "again"}, *older]).comparable == 4
    assert series(plans, breaks=[*older, {"from": "2020", "reason": "later"}]).comparable == 7


def test_the_share_is_that_of_the_newest_year_with_both_figures():
    """Of three years with places and plans, the third; a year without places is passed over."""
    found = places_of(
        roles(), results(demand=PLANS | {"2019": 4000.0, "2020": 4200.0}, capacity=PLACES, occupied=TAKEN), "A", 1
    )
    assert found.share_period == "2019"
    assert found.share == pytest.approx(100 * 1056 / 4000)


def test_enough_authorities_and_years_replace_own_growth_alone():
    """Of forty councils that grow by a tenth, one that has just doubled is expected to grow as the others do."""
    empty = {name: "" if kind == "str" else math.nan for name, (kind, _) in RESULTS.columns.items()}
    level = {"area_level": "Local authority", "measure": "demand"}
    rows = [
        empty | level | {"area_code": f"B{i:02}", "period": str(year), "value": 1000 * 1.1 ** (year - 2009) * swing}
        for i in range(40)
        for year in range(2009, 2019)
        for swing in [1 + (i * 7 + year * 3) % 5 / 100]
    ]
    rows += [
        empty | level | {"area_code": "A", "period": str(year), "value": 1000.0 if year < 2018 else 2000.0}
        for year in range(2009, 2019)
    ]
    table = RESULTS.validate(pd.DataFrame(rows, columns=list(RESULTS.columns)))

    alone = places_of(roles(), table[table["area_code"] == "A"], "A", 1)
    among = places_of(roles(), table, "A", 1)

    assert (alone.by_panel, among.by_panel) == (False, True)
    ahead = among.table[among.table["projected"]].iloc[0]
    assert ahead["demand"] == pytest.approx(2200, rel=0.05)
    assert ahead["low"] < ahead["demand"] < ahead["high"]


def test_assumptions_stand_beside_the_projection_and_say_what_they_are():
    """10% a year takes the place of the projection; 50 places from 2020 on are added to the newest known."""
    found = series(ahead=2)
    given = [Assumption(title="If it grows", growth=10), Assumption(title="If 50 open", places=50, opens=2020)]
    table = demand_of(roles()["demand"], found, given)

    grown = table[table["assumption"] == "If it grows"].set_index("period")
    assert grown["demand"].tolist() == pytest.approx([3703 * 1.1, 3703 * 1.21])
    assert grown["capacity"].tolist() == [1070, 1070]
    limits = ["low", "high", "wanted_low", "wanted_high"]
    assert grown[limits].isna().all(axis=None)
    opened = table[table["assumption"] == "If 50 open"]
    projected = table[table["kind"] == "projected"]
    assert opened["capacity"].tolist() == [1070, 1120]
    assert opened["demand"].tolist() == projected["demand"].tolist()
    assert opened[limits].notna().all(axis=None)
    assert opened[limits].to_numpy() == pytest.approx(projected[limits].to_numpy())
    assert set(table["kind"]) == {"counted", "projected", "what if"}
    assert set(projected["judged_from"]) == {"own growth"}
