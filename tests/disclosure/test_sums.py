"""Sums that give a small count back: of items, months, regions and counts on another basis; direct cases of each."""

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest

from toolkit.analysis import Setting
from toolkit.analysis.codes import CANNOT, Outlook
from toolkit.disclosure import Protection, SuppressionRule, protection_for
from toolkit.frames import JUDGEMENTS, OBSERVATIONS, RESULTS
from toolkit.params import Measure, ReviewYear

LEVELS = {"E": "National", "R": "Regional", "Q": "Regional"}
REGIONS = {"A": "R", "B": "R", "C": "Q", "R": "R", "Q": "Q", "E": ""}


def measure(**given: Any) -> Measure:
    usual = {
        "id": "m", "priority": "1", "name": "M", "short_name": "M", "why": "Why.", "unit": "percent", "decimals": 1,
        "polarity": "high", "basis": "calendar year", "source": "s", "numerator": "above", "denominator": "below",
    }  # fmt: skip
    return Measure.model_validate(usual | given)


PEOPLE = {"unit": "number", "numerator": "", "denominator": "", "value": "people"}


def observed(counts: dict[tuple[str, str, str], float], basis: dict[str, str] | None = None) -> pd.DataFrame:
    """(item, area, period) → count; items are counted by the calendar year unless ``basis`` says otherwise."""
    rows = [
        {"item": item, "area_code": area, "area_name": area, "area_level": LEVELS.get(area, "Local authority"),
         "period": period, "value": float(value), "basis": (basis or {}).get(item, "calendar year")}
        for (item, area, period), value in counts.items()
    ]  # fmt: skip
    fixed = {"source": "s", "edition": "1", "breakdown": "Total", "published": "2019-01-01", "place": "", "marker": ""}
    return OBSERVATIONS.validate(pd.DataFrame(rows).assign(**fixed))


def protection(table: pd.DataFrame, *measures: Measure, own: bool = False) -> Protection:
    return protection_for(table, measures, REGIONS, SuppressionRule(5, {"s": []} if own else {}))


def hidden(found: Protection) -> set[tuple[str, str, str]]:
    """(item, area, period) of the hidden cells that are in the table."""
    return {cell[1:4] for cell in found.cells if cell[0] == "s"}


def test_england_is_the_sum_of_its_regions():
    """One row for England is enough: a small region takes another region with it, and its own authorities."""
    counts = {"E": 53, "R": 3, "Q": 50, "C": 50}
    found = protection(observed({("people", area, "2018"): n for area, n in counts.items()}), measure(**PEOPLE))

    assert hidden(found) == {("people", area, "2018") for area in ("R", "Q", "C")}
    assert found.results_hidden == {("m", area, "2018") for area in ("R", "Q", "C")}


def test_a_region_without_england_is_a_part_of_nothing():
    """Its small count is hidden, and the other region is not."""
    counts = {"R": 3, "Q": 50}
    found = protection(observed({("people", area, "2018"): n for area, n in counts.items()}), measure(**PEOPLE))

    assert hidden(found) == {("people", "R", "2018")}


def test_a_small_part_of_a_numerator_hides_another_part_and_not_the_whole():
    """3 + 20 of 60: the sum is shown, so the 20 is hidden beside the 3, and the share stays."""
    of = measure(numerator=["few", "many"])
    counts = {("few", "A", "2018"): 3, ("many", "A", "2018"): 20, ("below", "A", "2018"): 60}
    found = protection(observed(counts), of)

    assert hidden(found) == {("few", "A", "2018"), ("many", "A", "2018")}
    assert not found.results_hidden


def test_a_small_sum_of_items_hides_the_result():
    """2 + 2 are four people."""
    of = measure(numerator=["few", "many"])
    counts = {("few", "A", "2018"): 2, ("many", "A", "2018"): 2, ("below", "A", "2018"): 60}

    assert protection(observed(counts), of).results_hidden == {("m", "A", "2018")}


def test_a_sum_of_which_an_item_is_not_known_is_no_sum():
    """Nothing rests on it, and nothing is hidden for it."""
    of = measure(numerator=["few", "many"])
    counts = {("few", "A", "2018"): 20, ("below", "A", "2018"): 60}
    found = protection(observed(counts), of)

    assert not hidden(found)
    assert not found.results_hidden


@pytest.mark.parametrize(("stock", "gone"), [(3, {("m", "A", "2018")}), (60, set())])
def test_a_share_of_a_stock_rests_on_the_count_after_its_period(stock: float, gone: set):
    """The denominator of 2018 is the count of January 2019; that of January 2018 belongs to 2017."""
    of = measure(denominator_basis="January census")
    counts = {("above", "A", "2018"): 20, ("below", "A", "2019"): stock, ("below", "A", "2018"): 4}
    found = protection(observed(counts, {"below": "January census"}), of)

    assert found.results_hidden == gone


def test_another_measure_of_the_same_source_rests_on_its_own_items():
    """A small count of one item hides no result that does not use it."""
    counts = {("above", "A", "2018"): 3, ("below", "A", "2018"): 60, ("people", "A", "2018"): 70}

    found = protection(observed(counts), measure(), measure(id="n", **PEOPLE))

    assert found.results_hidden == {("m", "A", "2018")}


def test_nothing_rests_on_a_base_alone():
    """Without a count above the line there is no result, even where another source counts such an item."""
    counts = {("below", "A", "2018"): 3, ("above", "A", "2018"): 20}
    table = observed(counts).assign(source=["s", "t"])

    assert protection(table[:1], measure()).results_hidden == frozenset()
    assert protection(table, measure(), measure(id="n", source="t")).results_hidden == frozenset()


def test_a_value_that_is_no_count_is_not_hidden():
    """A score of 3 is not three people."""
    found = protection(observed({("people", "A", "2018"): 3}), measure(**PEOPLE | {"unit": "score"}))

    assert not hidden(found)


def test_a_year_and_its_other_months_give_no_small_month_back():
    """The council's own: beside the 3 of March the smallest other month is hidden, of that year and area alone."""
    months = {"2018-01": 20, "2018-02": 30, "2018-03": 3}
    counts = {("people", "A", month): n for month, n in months.items()}
    counts |= {("people", "A", "2018"): 53, ("people", "A", "2019-01"): 9, ("people", "B", "2018-01"): 9}
    table = observed(counts)
    table = table.assign(basis=["month" if "-" in period else "calendar year" for period in table["period"]])
    both = measure(**PEOPLE), measure(id="n", **PEOPLE | {"basis": "month"})

    assert hidden(protection(table, *both, own=True)) == {("people", "A", "2018-03"), ("people", "A", "2018-01")}
    assert hidden(protection(table, *both)) == {("people", "A", "2018-03")}


def test_months_of_each_area_group_and_item_add_up_for_themselves():
    """The year of another area, breakdown, item or source is another sum: what is small there hides nothing here."""
    months = {"2018-01": 20, "2018-02": 30, "2018": 50}
    counts = {("people", area, period): n for area in "AB" for period, n in months.items()}
    counts |= {("others", "A", period): n for period, n in months.items()}
    counts |= {("people", "B", "2018-01"): 3, ("people", "B", "2018"): 33}
    table = observed(counts).assign(
        basis=lambda rows: ["month" if "-" in one else "calendar year" for one in rows["period"]]
    )
    girls = table[table["area_code"] == "A"].assign(breakdown="Sex: girls", value=lambda rows: rows["value"] / 2)
    kinds = [PEOPLE, PEOPLE | {"value": "others"}]
    asked = [measure(id=f"{kind['value']}_{basis[0]}", **kind | {"basis": basis})
             for kind in kinds for basis in ("month", "calendar year")]  # fmt: skip

    found = protection(pd.concat([girls, table]), *asked, own=True)

    assert {cell[1:] for cell in found.cells} == {
        ("people", "B", "2018-01", "Total"),
        ("people", "B", "2018-02", "Total"),
    }


@pytest.mark.parametrize(
    ("whole", "part", "cells"),
    [
        (60, 20, set()),
        (60, 57, {"part"}),
        (60, 60, set()),
        (60, 55, set()),
        (60, 3, {"part"}),
        (4, 3, {"whole", "part"}),
    ],
)
def test_a_whole_and_a_part_do_not_show_a_small_rest(whole: float, part: float, cells: set[str]):
    """57 of 60 shows that three were not: of the council's own rows, the part is hidden; a published one is not."""
    both = measure(id="w", **PEOPLE | {"value": "whole"}), measure(id="p", **PEOPLE | {"value": "part"})
    table = observed({("whole", "A", "2018"): whole, ("part", "A", "2018"): part, ("whole", "A", "2017"): 90})
    rule = SuppressionRule(5, {"s": [("whole", "part"), ("whole", "elsewhere")]})

    found = protection_for(table, both, REGIONS, rule)

    assert hidden(found) == {(item, "A", "2018") for item in cells}
    published = protection_for(table, both, REGIONS, SuppressionRule(5, {"t": [("whole", "part")]}))
    assert hidden(published) == {(item, "A", "2018") for item, n in (("whole", whole), ("part", part)) if n < 5}


def test_two_parts_of_one_whole_have_each_their_own_rest():
    """58 of 60 leaves two; 30 of 60 leaves thirty, and is hidden for nothing."""
    items = ("whole", "most", "half")
    table = observed(dict(zip([(item, "A", "2018") for item in items], (60, 58, 30), strict=True)))
    rule = SuppressionRule(5, {"s": [("whole", "most"), ("whole", "half")]})

    found = protection_for(table, [measure(id=item, **PEOPLE | {"value": item}) for item in items], REGIONS, rule)

    assert hidden(found) == {("most", "A", "2018")}


@pytest.mark.parametrize("wholes", [("many", "most"), ("most", "many")])
def test_a_part_of_two_wholes_has_a_rest_in_each(wholes: tuple[str, str]):
    """30 of 60 leaves thirty, 30 of 33 leaves three: the part is hidden, whichever whole is named first."""
    items = {"many": 60, "most": 33, "part": 30}
    table = observed({(item, "A", "2018"): n for item, n in items.items()})
    rule = SuppressionRule(5, {"s": [(whole, "part") for whole in wholes]})

    found = protection_for(table, [measure(id=item, **PEOPLE | {"value": item}) for item in items], REGIONS, rule)

    assert hidden(found) == {("part", "A", "2018")}


def test_england_is_a_part_of_nothing_even_where_a_region_is_named_for_it():
    """It is the sum of its regions alone: 3 takes the 50 beside it."""
    table = observed({("people", area, "2018"): n for area, n in {"E": 53, "R": 3, "Q": 50}.items()})

    found = protection_for(table, [measure(**PEOPLE)], REGIONS | {"E": "E"}, SuppressionRule(5))

    assert hidden(found) == {("people", "R", "2018"), ("people", "Q", "2018")}


def test_a_base_of_another_group_makes_no_result():
    """The count above the line is of girls alone, and the measure is about everybody."""
    counts = {("above", "A", "2018"): 20, ("below", "A", "2018"): 3}
    table = observed(counts).assign(breakdown=["Sex: girls", "Total"])

    assert protection(table, measure()).results_hidden == frozenset()


def test_hidden_cells_and_results_are_blank_and_marked_and_the_others_stay():
    """By all that makes a cell what it is; the same area and period of another measure keep their figure."""
    table = observed({("above", "A", "2018"): 3, ("above", "A", "2017"): 20, ("below", "A", "2018"): 60})
    cells = Protection(frozenset({("s", "above", "A", "2018", "Total")}), frozenset()).observations(table)

    assert cells["value"].isna().tolist() == [True, False, False]
    assert cells["marker"].tolist() == ["c", "", ""]
    assert cells.drop(columns=["value", "marker"]).equals(table.drop(columns=["value", "marker"]))

    numbers = {name: 1.0 for name, (kind, _) in RESULTS.columns.items() if kind == "float64"}
    rows = [("m", "A", "2018"), ("n", "A", "2018"), ("m", "B", "2018"), ("m", "A", "2017")]
    results = RESULTS.of(numbers | dict(zip(("measure", "area_code", "period"), row, strict=True)) for row in rows)
    shown = Protection(frozenset(), frozenset({("m", "A", "2018")})).results(results)

    figures = ["value", "low", "high", "low_998", "high_998", "numerator", "denominator"]
    assert shown[figures].isna().all(axis=1).tolist() == [True, False, False, False]
    assert shown[figures].notna().all(axis=1).tolist() == [False, True, True, True]
    assert shown["marker"].tolist() == ["c", "", "", ""]


def test_a_total_and_its_other_groups_give_no_small_group_back():
    """Beside 3 girls the boys are hidden; ages add up to the same total, and none of them has to be hidden."""
    groups = {"Total": 53, "Sex: girls": 3, "Sex: boys": 50, "Age: 5": 23, "Age: 6": 30}
    table = observed({("people", group, "2018"): n for group, n in groups.items()})
    table = table.assign(breakdown=table["area_code"], area_code="A")

    found = protection(table, measure(**PEOPLE))

    assert {cell[4] for cell in found.cells} == {"Sex: girls", "Sex: boys"}


REVIEW = ReviewYear(year=2019, title="R", cut_off=date(2019, 4, 30), baseline={"calendar year": "2016"}, neighbours="n")
SETTING = Setting("A", "E", "R", ("B",), REVIEW, minimum_base=1, neighbours_before=("C",))
JUDGED = {
    "measure": "m", "period": "2018", "baseline_period": "2016", "previous_period": "2017", "value": 50.0,
    "trend": "rising", "quartile_band": "best quarter", "confidence": "high", "direction": "better", "fault": "odd",
    "versus_england": "better", "versus_neighbours": "better", "versus_neighbours_before": "better",
    "versus_all": "far better", "statutory_status": "met", "target_status": "met", "outlook": Outlook.WOULD_MEET,
    "rank": 1.0, "rank_of": 100.0,
}  # fmt: skip
WORDS = [name for name, value in JUDGED.items() if isinstance(value, str) and not name.endswith(("measure", "period"))]


def words_after(area: str, period: str, **given: Any) -> dict[str, Any]:
    """The words of the judgement that differ where the figure of an area and period is hidden."""
    numbers = {name: 1.0 for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}
    table = JUDGEMENTS.of([numbers | {"england_published": math.nan} | JUDGED | given])
    after = Protection(frozenset(), frozenset({("m", area, period)})).judgements(table, SETTING).iloc[0]
    return {word: after[word] for word in WORDS if after[word] != table.iloc[0][word]}


def test_every_word_about_a_hidden_figure_is_taken_back():
    """Marks that are there cannot be judged; those about the figure alone are blank; confidence is low."""
    assert words_after("A", "2018") == {
        "trend": CANNOT, "quartile_band": "", "confidence": "low", "direction": CANNOT, "fault": "",
        "versus_england": CANNOT, "versus_neighbours": CANNOT, "versus_neighbours_before": CANNOT,
        "versus_all": CANNOT, "statutory_status": "cannot be shown", "target_status": CANNOT, "outlook": CANNOT,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("area", "period", "words"),
    [
        ("A", "2016", {"direction": CANNOT, "outlook": CANNOT}),
        ("A", "2014", {"outlook": CANNOT}),
        ("A", "2017", {"outlook": CANNOT}),
        ("E", "2018", {"versus_england": CANNOT}),
        ("E", "2016", {}),
        ("B", "2018", {"versus_neighbours": CANNOT}),
        ("R", "2018", {}),
    ],
)
def test_words_that_rest_on_another_figure(area: str, period: str, words: dict[str, str]):
    """A baseline, an older year, England and the neighbours take back the words that are about them, and no others."""
    assert words_after(area, period) == words


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("outlook", ""),
        ("outlook", Outlook.TOO_FEW_YEARS),
        ("versus_all", ""),
        ("versus_neighbours_before", ""),
        ("statutory_status", "no duty"),
        ("target_status", "no target"),
    ],
)
def test_what_says_nothing_of_the_figure_stays(name: str, value: str):
    """No comparison, no duty, no target and too few years are so whatever the figure is."""
    assert name not in words_after("A", "2018", **{name: value})


@pytest.mark.parametrize(("rank_of", "shown"), [(39.0, False), (40.0, True)])
def test_a_rank_among_many_tells_nothing_of_one_that_is_hidden(rank_of: float, shown: bool):
    numbers = {name: 1.0 for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}
    table = JUDGEMENTS.of([numbers | JUDGED | {"rank_of": rank_of}])
    after = Protection(frozenset(), frozenset({("m", "Z", "2018")})).judgements(table, SETTING).iloc[0]

    assert bool(after["rank"] == 1.0) is shown
    assert bool(after["rank_of"] == rank_of) is shown
