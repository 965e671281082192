"""The preparation steps: they add columns, alter nothing, and do not depend on the order of the rows."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality_examples import Example, beside, example_context, examples, figures

from toolkit.quality import SourceFacts
from toolkit.quality.context import Bench, fill
from toolkit.quality.preparation import STEPS
from toolkit.quality.rules import rows_where

PREPARED = list({e.check.step: e for e in examples() if e.check.step and not (e.holds or e.table.empty)}.values())


def prepared(example: Example, table: pd.DataFrame) -> pd.DataFrame:
    """What the step of an example's check makes of a table."""
    context = example_context({example.source: SourceFacts("Us")})
    arguments = fill(example.check.step_arguments, {**context.parameters, **example.check.parameters})
    return STEPS[example.check.step].prepare(table, Bench(context, example.source, beside()), **arguments)


@pytest.mark.parametrize("example", PREPARED, ids=[example.source for example in PREPARED])
def test_a_step_only_adds(example: Example) -> None:
    """The table that a step is given stays as it was, and what it keeps of it is unaltered."""
    before = example.table.copy(deep=True)

    after = prepared(example, example.table)

    pd.testing.assert_frame_equal(example.table, before)
    step = STEPS[example.check.step]
    assert set(step.columns_after([], example.check.step_arguments)) <= set(after.columns)
    if step.keeps and len(after) == len(before):
        pd.testing.assert_frame_equal(after[list(before.columns)].reset_index(drop=True), before)


@pytest.mark.parametrize("example", PREPARED, ids=[example.source for example in PREPARED])
def test_a_step_does_not_depend_on_the_order_of_the_rows(example: Example) -> None:
    """A file that is sorted another way gives the same helper columns."""
    turned = example.table.iloc[::-1].reset_index(drop=True)

    assert as_set(prepared(example, example.table)) == as_set(prepared(example, turned))


def as_set(table: pd.DataFrame) -> list[str]:
    """The rows in an order of their own; ``place`` aside, which may name several."""
    rows = table.drop(columns="place").astype("str").to_dict("records")
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def step(name: str, table: pd.DataFrame, **arguments: object) -> pd.DataFrame:
    context = example_context({"here": SourceFacts("Us")})
    return STEPS[name].prepare(table, Bench(context, "here", {}), **arguments)


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(2010, 2020), min_size=1))
def test_gaps_are_the_years_between_that_are_missing(years: set[int]) -> None:
    """All gaps together are the years from the first to the last that have no row."""
    table = figures([{"period": str(year)} for year in sorted(years)])

    assert step("gaps", table)["periods_missing_before"].sum() == max(years) - min(years) + 1 - len(years)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=2, max_size=8), st.integers(1, 50))
def test_a_steady_series_has_no_jump(levels: list[int], move: int) -> None:
    """Where every authority moves by the same amount, nobody jumps."""
    rows = [
        {"area": area, "period": str(2010 + year), "value": level + move * year}
        for area, level in zip(("Leicestershire", "Derbyshire", "Lincolnshire", "Essex"), levels, strict=False)
        for year in range(5)
    ]

    jumps = step("jumps", figures(rows))["jump"].dropna()

    assert (jumps == 0).all()


def test_a_jump_must_stand_out_twice() -> None:
    """A change that all authorities share, or that the area makes every year, is no jump."""
    areas = ("Leicestershire", "Derbyshire", "Lincolnshire", "Essex", "Kent")
    shared = [
        {"area": area, "period": str(year), "value": 40 if year == 2017 else 10}
        for area in areas
        for year in range(2012, 2018)
    ]
    alone = [row | {"value": 10} if row["area"] != "Leicestershire" else row for row in shared]

    assert step("jumps", figures(shared))["jump"].max() == 0
    found = step("jumps", figures(alone))
    assert found.loc[found["jump"].idxmax(), ["area_name", "period"]].to_list() == ["Leicestershire", "2017"]


def test_age_is_counted_in_birthdays() -> None:
    """On the day before the 25th birthday a young person is 24."""
    table = pd.DataFrame(
        {"born": pd.to_datetime(["1993-02-01", "1993-02-01"]), "on": pd.to_datetime(["2018-01-31", "2018-02-01"])}
    )

    assert step("age_on", table, born="born", on="on")["age"].to_list() == [24, 25]


def test_a_period_that_was_never_published_is_no_gap() -> None:
    """A known gap is passed over, another one beside it is not."""
    table = figures([{"period": "2014"}, {"period": "2017"}])

    assert step("gaps", table, known_gaps={"calendar year": ["2015"]})["periods_missing_before"].to_list() == [0, 1]


def test_sources_that_the_calendar_lacks_are_told() -> None:
    """Staleness cannot be judged without a line in the publication calendar, and that is said."""
    context = example_context({})

    with pytest.raises(Exception, match="the publication calendar does not list 'elsewhere'"):
        STEPS["newest_period"].prepare(figures([{}]), Bench(context, "elsewhere", {}))


def test_conditions_pick_rows() -> None:
    """present, absent, a value, a list, not and at_least."""
    table = pd.DataFrame({"a": ["x", "", "y"], "n": [1.0, None, 3.0]})

    picked = {
        name: rows_where(table, where).index.to_list()
        for name, where in {
            "present": {"a": "present"},
            "absent": {"n": "absent"},
            "value": {"a": "x"},
            "list": {"a": ["x", "y"]},
            "not": {"a": {"not": "x"}},
            "at least": {"n": {"at_least": 2}},
        }.items()
    }

    assert picked == {"present": [0, 2], "absent": [1], "value": [0], "list": [0, 2], "not": [1, 2], "at least": [2]}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Mrs Smith was kind.", "name after a title"),
        ("The letter from Dr. Patel came late.", "name after a title"),
        ("My son Sam waited.", "name of a child"),
        ("our 7-year-old daughter, Ann, waited", "name of a child"),
        ("Her little brother is called Ali.", "name of a child"),
        ("Ms Jones met my son Sam.", "name after a title, name of a child"),
        ("My son is in Year 7 and my daughter Year 9.", "none"),
        ("The SENCO knows our child. She rings.", "none"),
        ("Miss a call and you wait. Drop in at the Local Offer event.", "none"),
        ("Sam waited.", "none"),  # docs/decisions/gate.md says that this is not found
    ],
)
def test_a_name_is_found_after_a_telling_word(said: str, kind: str) -> None:
    """The kind is told and never the name."""
    found = step("named_persons", pd.DataFrame({"comment": [said]}), within=["comment"])

    assert found["named_persons"].to_list() == [kind]
