"""The preparation steps: they add columns, alter nothing, and do not depend on the order of the rows."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quality_examples import FOLDER, ROOT, Example, beside, example_context, examples, figures

from toolkit.frames import Found
from toolkit.params.yaml import read_yaml
from toolkit.quality import SourceFacts
from toolkit.quality.context import CannotCheckError, StepContext, fill
from toolkit.quality.preparation import STEPS, registry
from toolkit.quality.rules import rows_where

PREPARED = list({e.check.step: e for e in examples() if e.check.step and not (e.holds or e.table.empty)}.values())


def prepared(example: Example, table: pd.DataFrame) -> pd.DataFrame:
    """What the step of an example's check makes of a table."""
    context = example_context({example.source: SourceFacts("Us")})
    arguments = fill(example.check.step_arguments, {**context.parameters, **example.check.parameters})
    return STEPS[example.check.step].prepare(table, StepContext(context, example.source, beside()), **arguments)


@pytest.mark.parametrize("example", PREPARED, ids=[example.source for example in PREPARED])
def test_a_step_only_adds(example: Example) -> None:
    """The table that a step is given stays as it was, and what it keeps of it is unaltered."""
    before = example.table.copy(deep=True)

    after = prepared(example, example.table)

    pd.testing.assert_frame_equal(example.table, before)
    step = STEPS[example.check.step]
    assert set(step.columns_after(list(before.columns), example.check.step_arguments)) == set(after.columns)
    if step.keeps and len(after) == len(before):
        pd.testing.assert_frame_equal(after[list(before.columns)].reset_index(drop=True), before)


@pytest.mark.parametrize("example", PREPARED, ids=[example.source for example in PREPARED])
def test_a_step_does_not_depend_on_the_order_of_the_rows(example: Example) -> None:
    """A file that is sorted another way gives the same helper columns, and so do rows that were picked from a file."""
    turned = example.table.iloc[::-1].reset_index(drop=True)
    picked = example.table.set_axis(range(7, 7 + 3 * len(example.table), 3))

    expected = as_set(prepared(example, example.table))
    assert as_set(prepared(example, turned)) == expected
    assert as_set(prepared(example, picked)) == expected


def as_set(table: pd.DataFrame) -> list[str]:
    """The rows in an order of their own; ``place`` aside, which may name several."""
    rows = table.drop(columns="place").astype("str").to_dict("records")
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


CASES = read_yaml(FOLDER / "steps" / "steps.yaml", ROOT).data


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_step_gives_these_columns(case: Mapping[str, Any]) -> None:
    """The worked examples of steps.yaml: rows of figures or records, and the columns that the step adds."""
    table = figures(case["figures"]) if "figures" in case else pd.DataFrame(case["records"])
    table = table.assign(place=[f"a.csv:{line}" for line in range(2, len(table) + 2)])

    after = step(case["step"], table, case.get("calendar"), **case.get("given", {}))

    for name, wanted in case["gives"].items():
        cells = [None if pd.isna(cell) else cell for cell in after[name]]
        assert [round(cell, 6) if isinstance(cell, float) else cell for cell in cells] == wanted, name
    assert list(after.index) == case.get("index", list(range(len(after))))


def step(
    name: str, table: pd.DataFrame, calendar: Mapping[str, int] | None = None, /, **arguments: object
) -> pd.DataFrame:
    """What a step makes of a table of the source "here"; ``calendar`` is basis → months until its figures are due."""
    context = example_context({"here": SourceFacts("Us")})
    if calendar:
        due = pd.DataFrame({"source": "here", "basis": list(calendar), "lag_months": list(calendar.values())})
        context = replace(context, calendar=due)
    return STEPS[name].prepare(table, StepContext(context, "here", {}), **arguments)


def test_a_function_becomes_a_step_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps the table's columns and counts rows of the source unless it says otherwise."""
    monkeypatch.setattr(registry, "STEPS", {})

    @registry.step("observations", "twice")
    def doubles(table: pd.DataFrame, context: StepContext) -> pd.DataFrame:
        return table.assign(twice=2 * table["value"])

    @registry.step("records", "year", "$items", keeps=False, counts="year")
    def by_year(table: pd.DataFrame, context: StepContext, *, items: registry.ItemNames) -> pd.DataFrame:
        return table

    assert {
        "doubles": registry.PreparationStep("doubles", doubles, "observations", ("twice",), True, ""),
        "by_year": registry.PreparationStep("by_year", by_year, "records", ("year", "$items"), False, "year"),
    } == registry.STEPS
    assert registry.STEPS["doubles"].columns_after(["value"], {}) == ["value", "twice"]
    assert registry.STEPS["by_year"].columns_after(["value"], {"items": ["a", "b"]}) == ["year", "a", "b"]
    assert registry.STEPS["by_year"].needed == ["items"]


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


def test_an_area_with_one_change_that_did_not_change_has_no_jump() -> None:
    """All others fell by 30 and it stayed: it is far from them, and as it was itself. The smaller of the two counts."""
    rows = [
        {"area": area, "period": year, "value": value if area != "Leicestershire" else 40}
        for area in ("Leicestershire", "Derbyshire", "Lincolnshire", "Essex", "Kent")
        for year, value in (("2016", 40), ("2017", 10))
    ]
    found = step("jumps", figures(rows)).set_index(["area_name", "period"])["jump"]

    assert found["Leicestershire", "2017"] == 0


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

    with pytest.raises(CannotCheckError, match=Found.NOT_IN_CALENDAR):
        STEPS["newest_period"].prepare(figures([{}]), StepContext(context, "elsewhere", {}))


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
        ("Mrs Smith was kind.", "name_after_title"),
        ("The letter from Dr. Patel came late.", "name_after_title"),
        ("My son Sam waited.", "name_of_child"),
        ("our 7-year-old daughter, Ann, waited", "name_of_child"),
        ("Her little brother is called Ali.", "name_of_child"),
        ("Ms Jones met my son Sam.", "name_after_title, name_of_child"),
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


def figures_of(area: str, **values: float) -> list[dict[str, object]]:
    return [{"area": area, "item": item, "value": value} for item, value in values.items()]


def test_parts_are_told_from_their_total_only_where_all_are_known() -> None:
    """Parts that are known may exceed the total; what lies between them and it can be told only of all of them."""
    rows = [*figures_of("Essex", a=3, b=4, total=9), *figures_of("Kent", a=12, total=9), *figures_of("Devon", b=1)]

    found = step("parts_and_total", figures(rows), parts=["a", "b"], total="total").set_index("area_name")

    assert found["excess"].dropna().to_dict() == {"Essex": -2, "Kent": 3}
    assert found["difference"].dropna().to_dict() == {"Essex": -2}


def test_a_percentage_is_worked_out_only_from_all_its_parts() -> None:
    """A numerator without one of its parts would be called wrong, although nothing is."""
    rows = [*figures_of("Essex", rate=50, a=3, b=2, all=10), *figures_of("Kent", rate=50, a=3, all=10)]

    found = step("published_rate", figures(rows), published="rate", numerator=["a", "b"], denominator=["all"])

    assert found.set_index("area_name")["difference"].dropna().to_dict() == {"Essex": 0}


@pytest.mark.parametrize(
    ("source", "fits"),
    [
        ("here", ["yes", "no", "yes", "no"]),  # plans are counted; nothing says in what pupils are
        ("elsewhere", ["yes", "yes", "yes", "no"]),  # no measure uses that source
    ],
)
def test_a_unit_fits_where_the_measures_of_the_item_can_take_it(source: str, fits: list[str]) -> None:
    """Where no measure uses an item, every unit fits that the toolkit knows."""
    rows = [("plans", "Number"), ("plans", "percent"), ("pupils", "percent"), ("pupils", "furlongs")]
    table = figures([{"item": item, "unit": unit} for item, unit in rows])
    context = example_context({"here": SourceFacts("Us", units={"plans": {"number"}})})

    assert STEPS["stated_unit"].prepare(table, StepContext(context, source, {}))["unit_fits"].to_list() == fits


@pytest.mark.parametrize(("total", "told"), [(120, True), (121, False)])
def test_a_swap_is_looked_for_while_the_total_is_steady(total: int, told: bool) -> None:
    """A total that grows by a fifth is steady still; where it grows by more, shares may well move."""
    before = [{"item": item, "period": "2016", "value": value} for item, value in (("a", 60), ("b", 40), ("all", 100))]
    now = [{"item": item, "value": value} for item, value in (("a", total / 4), ("b", total * 3 / 4), ("all", total))]

    found = step("swaps", figures([*before, *now]), parts=["a", "b"], total="all")["points_moved"].dropna()

    assert found.to_list() == ([35] if told else [])


def test_what_does_not_apply_is_not_missing() -> None:
    """An authority without such schools (z) lacks no number; only the newest period counts."""
    rows: list[dict[str, object]] = [
        {"area": "Essex"},
        {"area": "Kent", "value": "none", "marker": "z"},
        {"area": "Devon", "value": "none", "marker": "x"},
        {"area": "Essex", "period": "2016", "value": "none", "marker": "x"},
    ]

    assert step("missing_shares", figures(rows))["percent_missing"].to_list() == [50]


@pytest.mark.parametrize(("areas", "told"), [(5, [40.0]), (4, [])])
def test_england_is_set_among_authorities_where_enough_are_known(areas: int, told: list[float]) -> None:
    """A few authorities say nothing of the country."""
    some = ("Essex", "Kent", "Devon", "Leicestershire", "Derbyshire")[:areas]
    rows = [{"area": "England", "value": 90}, *({"area": area} for area in some)]

    assert step("nation_among_areas", figures(rows))["points_outside"].dropna().to_list() == told


@pytest.mark.parametrize(("areas", "told"), [(5, [100.0]), (4, [])])
def test_a_period_is_called_repeated_where_enough_areas_have_two(areas: int, told: list[float]) -> None:
    """Areas that are at zero in both say nothing, and are not counted."""
    some = ("Essex", "Kent", "Devon", "Leicestershire", "Derbyshire")[:areas]
    rows = [{"area": area, "period": year} for area in some for year in ("2016", "2017")]
    rows += [{"area": "Lincolnshire", "period": year, "value": 0} for year in ("2016", "2017")]

    assert step("repeated_period", figures(rows))["percent_unchanged"].dropna().to_list() == told


@pytest.mark.parametrize(("lag", "behind"), [(4, 1), (5, 0)])
def test_figures_that_come_out_on_the_day_of_the_cut_off_are_awaited(lag: int, behind: int) -> None:
    """The year 2018 and four months end on 30 April 2019, the cut-off: from that day on 2017 is stale."""
    context = example_context({"here": SourceFacts("Us")})
    context.calendar.loc[:, "lag_months"] = lag

    found = STEPS["newest_period"].prepare(figures([{}]), StepContext(context, "here", {}))

    assert found["periods_behind"].to_list() == [behind]


def test_periods_that_were_never_published_are_not_awaited() -> None:
    """A newest figure of before a known gap is no older for it."""
    context = example_context({"here": SourceFacts("Us")})
    table, gap = figures([{"period": "2015"}]), {"calendar year": ["2016"]}

    found = [
        STEPS["newest_period"]
        .prepare(table, StepContext(context, "here", {}), known_gaps=gaps)["periods_behind"]
        .iloc[0]
        for gaps in ({}, gap)
    ]

    assert found == [2, 1]


def test_rows_are_copies_where_nothing_that_they_share_is_blank() -> None:
    """Two children of whom nothing is filled in are not the same child."""
    table = pd.DataFrame({"born": ["1 May", "1 may ", "", ""], "place": ["a", "A", "b", "b"]})

    assert step("copies", table, same=["born", "place"])["copies"].to_list() == [2, 2, 1, 1]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ring +44 7700 900123.", "telephone_number"),
        ("Ring 07700 900123.", "telephone_number"),
        ("Her number is 943 476 5919.", "pupil_or_nhs_number"),
        ("Her number is 9434765919.", "pupil_or_nhs_number"),
        ("His UPN is H801200001001.", "pupil_or_nhs_number"),
        ("He was born on 3/4/2011.", "date_of_birth"),
        ("DOB: 03.04.11", "date_of_birth"),
        ("We waited 20 weeks in 2018, for 12 of 300 hours.", "none"),
    ],
)
def test_what_gives_a_person_away_is_told_by_its_kind(text: str, kind: str) -> None:
    """However it is written; numbers of other things are no alarm."""
    assert step("personal_details", pd.DataFrame({"said": [text]}), within=["said"])["personal_details"].item() == kind


def test_an_area_is_not_expected_before_it_was_created() -> None:
    """Dorset was made anew in April 2019: no figure of the year before is missing, one of the year after is."""
    dorset, year = "E06000059", {"basis": "academic year"}
    rows = [{"area": "Kent", "period": period, **year} for period in ("2017/18", "2018/19", "2019/20")]

    found = step("expected_areas", figures(rows), areas=[dorset])

    assert found.set_index("period")["rows_found"].to_dict() == {"2018/19": 0, "2019/20": 0}


def test_a_missing_area_has_no_place_unless_its_row_came_out_after_the_cut_off() -> None:
    """Each area is told its own row of after the cut-off, with the day."""
    context = example_context({"here": SourceFacts("Us")})
    areas = {name: context.areas.set_index("area_name").at[name, "area_code"] for name in ("Essex", "Kent", "Devon")}
    late = figures([{"area": "Essex", "published": "2019-05-31"}, {"area": "Kent", "published": "2019-06-30"}])
    late = late.assign(place=["a.csv:8", "a.csv:9"])
    rows = figures([{"place": "a.csv:2"}])

    found = STEPS["expected_areas"].prepare(
        rows, StepContext(context, "here", {"here": {"withheld": late}}), areas=list(areas.values())
    )

    told = found.set_index("area_code")[["rows_found", "place", "withheld_until"]]
    assert told.loc[areas["Essex"]].to_list() == [0, "a.csv:8", "2019-05-31"]
    assert told.loc[areas["Kent"]].to_list() == [0, "a.csv:9", "2019-06-30"]
    assert told.loc[areas["Devon"]].to_list() == [0, "", ""]


@pytest.mark.parametrize(("start", "judged"), [(100, True), (99, False)])
def test_growth_in_percent_is_judged_from_a_hundred_on(start: int, judged: bool) -> None:
    """What begins small grows many times over in a year; England's is judged by its own other years."""
    levels = [1000, 1010, 1020, 1030, 1040, start, 5000]
    table = figures([{"area": "England", "period": str(2011 + n), "value": level} for n, level in enumerate(levels)])

    newest = step("jumps", table, scale="log", floor=5.0)["jump"].iloc[-1]

    assert (newest > 6) if judged else pd.isna(newest)


@pytest.mark.parametrize(("years", "others", "judged"), [(3, 2, True), (3, 1, False), (4, 1, False), (5, 1, True)])
def test_a_jump_needs_others_or_a_history_to_stand_out_from(years: int, others: int, judged: bool) -> None:
    """Three authorities with a change, itself among them, or four of its own; else nobody knows what is usual."""
    areas = ("Essex", "Kent", "Devon")[:others]
    rows: list[dict[str, object]] = [
        {"area": area, "period": year, "value": 10} for area in areas for year in ("2016", "2017")
    ]
    rows += [{"period": str(2017 - year), "value": 90 if year == 0 else 10} for year in range(years)]

    found = step("jumps", figures(rows)).set_index(["area_name", "period"])["jump"]

    assert bool(found["Leicestershire", "2017"] > 6) is judged


@pytest.mark.parametrize(("areas", "years", "told"), [(5, 3, [1.0, 100.0]), (4, 3, []), (5, 2, [])])
def test_a_level_is_judged_where_enough_areas_and_years_are_known(areas: int, years: int, told: list[float]) -> None:
    """A few authorities are no peers, and two years may both be odd."""
    some = ("Essex", "Kent", "Devon", "Leicestershire", "Derbyshire")[:areas]
    rows = [
        {"area": area, "period": str(2017 - back), "value": 0.5 if area == "Essex" else 50}
        for area in some
        for back in range(years)
    ]

    assert sorted(set(step("level_among_areas", figures(rows))["times_off"].dropna().round(9))) == told


def test_an_authority_with_nothing_is_no_peer() -> None:
    """The usual level is that of authorities that have some: a count of nobody would halve it."""
    values = {
        "Essex": 0,
        "Kent": 0,
        "Devon": 10,
        "Leicestershire": 20,
        "Derbyshire": 30,
        "Lincolnshire": 40,
        "Surrey": 50,
    }
    rows = [
        {"area": area, "period": year, "value": v} for area, v in values.items() for year in ("2015", "2016", "2017")
    ]

    assert set(step("level_among_areas", figures(rows), at_least=5)["value_of_others"]) == {30}


def test_of_two_changes_of_a_series_each_is_judged_by_the_other() -> None:
    """Both rise by 30, as far above all others: that is what this area does, and no jump."""
    areas = ("Essex", "Kent", "Devon", "Derbyshire")
    rows = [{"area": area, "period": year, "value": 10} for area in areas for year in ("2015", "2016", "2017")]
    rows += [{"period": year, "value": value} for year, value in (("2015", 10), ("2016", 40), ("2017", 70))]

    assert step("jumps", figures(rows))["jump"].max() == 0


@pytest.mark.parametrize(("years", "told"), [(3, -14.0), (2, None)])
def test_a_margin_is_usual_from_three_years_on(years: int, told: float | None) -> None:
    """Two years of a small authority may both be turned round."""
    rows = [
        {"item": i, "period": str(2017 - back), "value": v} for i, v in (("a", 8), ("b", 22)) for back in range(years)
    ]

    found = step("usual_margin", figures(rows), items=["a", "b"])["usual_margin"].dropna()

    assert found.to_list() == ([told] * years if told else [])


def test_only_a_newest_value_that_repeats_the_one_before_is_repeated() -> None:
    """A value that changed counts as 0, and one beside a gap as unknown."""
    rows = [
        *({"area": "Leicestershire", "period": period, "value": value} for period, value in (("2016", 5), ("2017", 5))),
        *({"area": "Derbyshire", "period": period, "value": value} for period, value in (("2016", 5), ("2017", 6))),
        *({"area": "Essex", "period": period, "value": value} for period, value in (("2016", "none"), ("2017", 6))),
    ]
    found = step("newest_repeated", figures(rows)).set_index("area_name")["repeated"]
    assert found["Leicestershire"] == 5
    assert found["Derbyshire"] == 0
    assert pd.isna(found["Essex"])


def test_a_figure_is_apart_from_another_source_by_a_share_of_what_that_says() -> None:
    """90 beside 120 is a quarter less; beside none, or beside nothing, it is not compared."""
    here = [*figures_of("Essex", plans=90), *figures_of("Kent", plans=90), *figures_of("Devon", plans=90)]
    there = [*figures_of("Essex", count=120), *figures_of("Kent", count=0)]
    context = StepContext(
        example_context({"here": SourceFacts("Us")}), "here", {"there": {"observations": figures(there)}}
    )

    found = (
        STEPS["other_source"]
        .prepare(figures(here), context, item="plans", source="there", other_item="count")
        .set_index("area_name")
    )

    assert found["percent_apart"].dropna().to_dict() == {"Essex": -25}


def test_of_the_figures_of_the_last_edition_some_are_gone_and_some_are_others_now() -> None:
    """Of four, one is gone and one revised; a new one says nothing of the last edition."""
    then = [{"period": str(year), "value": 10} for year in range(2010, 2014)]
    now = [{"period": "2010", "value": 10}, {"period": "2011", "value": 11}, {"period": "2012", "value": 10}]
    tables = {"here": {"last observations": figures(then)}}
    context = StepContext(example_context({"here": SourceFacts("Us")}), "here", tables)

    def shares(at_least: int) -> list[float]:
        new = figures([*now, {"period": "2015", "value": 10}])
        (row,) = STEPS["against_last_edition"].prepare(new, context, at_least=at_least).to_dict("records")
        return [row["percent_revised"], row["percent_gone"]]

    assert shares(at_least=4) == [25, 25]
    assert shares(at_least=5) == pytest.approx([float("nan")] * 2, nan_ok=True)


def test_a_figure_that_the_new_edition_withholds_is_revised() -> None:
    """One that was withheld before and is still withheld is not."""
    years = ("2010", "2011", "2012", "2013")
    then = [{"period": year, "value": value} for year, value in zip(years, (10, 10, "none", "none"), strict=True)]
    now = [{"period": year, "value": value} for year, value in zip(years, (10, "none", "none", 10), strict=True)]
    context = StepContext(
        example_context({"here": SourceFacts("Us")}), "here", {"here": {"last observations": figures(then)}}
    )
    (row,) = STEPS["against_last_edition"].prepare(figures(now), context, at_least=4).to_dict("records")

    assert (row["percent_revised"], row["percent_gone"]) == (50, 0)


def test_authorities_that_fell_to_none_do_not_make_the_usual_change() -> None:
    """Three have none now and two have as many as before: the figures as a whole are not out by a factor."""
    values = {"Essex": 0, "Kent": 0, "Devon": 0, "Derbyshire": 10, "Lincolnshire": 10}
    rows = [{"area": area, "period": "2016", "value": 10} for area in values]
    rows += [{"area": area, "period": "2017", "value": value} for area, value in values.items()]

    (row,) = step("common_change", figures(rows), at_least=2).to_dict("records")
    assert row["times_changed"] == pytest.approx(1)
    assert step("common_change", figures(rows), at_least=3).empty


def test_a_question_that_was_left_blank_has_no_answer() -> None:
    """An empty text, whether the cell is empty or holds nothing at all."""
    table = pd.DataFrame({"warm": ["Yes", "", None], "place": ["a:2", "a:3", "a:4"]})
    assert step("answers", table, questions=["warm"])["answer"].to_list() == ["Yes", "", ""]
