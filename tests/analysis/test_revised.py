"""Figures of an earlier review held against those of today: which differ, in what order, and what is hidden."""

import math
from typing import Any

import pandas as pd
import pytest
from grids import measure, rows_of

from toolkit.analysis import Setting
from toolkit.analysis.codes import RevisionKind
from toolkit.analysis.revisions import (
    NEIGHBOURS,
    Flip,
    ReviewFigures,
    find_revisions,
    flips_of,
    parse_flips,
    revised_figures,
)
from toolkit.frames import JUDGEMENTS
from toolkit.params import Measure, ReviewYear

NAN = math.nan
SETTING = Setting("A", "E", "R", ("N1", "N2"), ReviewYear.model_construct(), 10, illustrative=frozenset({"made_up"}))
M = measure()


def results(figures: dict[str, dict[str, Any]], edition: str = "", of: str = "m") -> pd.DataFrame:
    """RESULTS: area → period → value, or the columns that matter."""
    columns = {
        area: {period: one if isinstance(one, dict) else {"value": one} for period, one in periods.items()}
        for area, periods in figures.items()
    }
    return rows_of(columns).assign(
        edition=edition, measure=of, area_name=[f"Name of {area}" for area in _areas(figures)]
    )


def _areas(figures: dict[str, dict[str, Any]]) -> list[str]:
    return [area for area, periods in figures.items() for _ in periods]


def found(
    then: dict[str, dict[str, Any]],
    now: dict[str, dict[str, Any]],
    hidden: tuple[tuple[str, str, str], ...] = (),
    redefined: dict[str, str] | None = None,
    of: Measure = M,
) -> list[dict[str, Any]]:
    sides = ReviewFigures(results(then, "old"), hidden), ReviewFigures(results(now, "new"))
    return find_revisions(*sides, SETTING, {"m": of}, redefined or {}).to_dict("records")


@pytest.mark.parametrize(
    ("then", "now", "kind", "difference"),
    [
        (10.0, 12.5, "revised", 2.5),
        (10.0, 7.5, "revised", -2.5),
        (NAN, 12.0, "filled in", NAN),
        (10.0, NAN, "withdrawn", NAN),
        (10.0, 10.001, "revised", 0.001),
    ],
)
def test_a_figure_that_is_another_today_is_told_with_its_difference(
    then: float, now: float, kind: str, difference: float
) -> None:
    (row,) = found({"A": {"2018": then}}, {"A": {"2018": now}})
    assert row["kind"] == kind
    assert row["difference"] == pytest.approx(difference, nan_ok=True)
    assert (row["then_value"], row["now_value"]) == pytest.approx((then, now), nan_ok=True)
    assert (row["then_edition"], row["now_edition"]) == ("old", "new")
    assert (row["area"], row["area_code"], row["period"]) == ("Name of A", "A", "2018")
    assert (row["name"], row["unit"], row["basis"], row["source"]) == ("M", "percent", "calendar year", "s")
    assert (row["marker"], row["flips"], row["note"], row["illustrative"]) == ("", "", "", "")


@pytest.mark.parametrize("value", [10.0, NAN])
def test_a_figure_that_is_the_same_is_no_revision(value: float) -> None:
    """Nor is one that is known on neither side, nor a difference that arithmetic alone makes."""
    assert found({"A": {"2018": value}}, {"A": {"2018": value}}) == []
    assert found({"A": {"2018": 0.1 + 0.2}}, {"A": {"2018": 0.3}}) == []


@pytest.mark.parametrize("part", ["numerator", "denominator"])
def test_a_count_that_changed_under_the_same_value_is_a_revision(part: str) -> None:
    (row,) = found({"A": {"2018": {"value": 50.0, part: 5.0}}}, {"A": {"2018": {"value": 50.0, part: 6.0}}})
    assert (row[f"then_{part}"], row[f"now_{part}"], row["difference"]) == (5.0, 6.0, 0.0)


def test_a_figure_that_is_no_longer_there_is_withdrawn_and_has_no_edition() -> None:
    (row,) = found({"A": {"2018": 10.0}}, {"A": {"2017": 9.0}})
    assert (row["kind"], row["now_edition"], row["then_edition"]) == ("withdrawn", "", "old")
    assert math.isnan(row["now_value"])


def test_a_figure_that_is_new_today_is_no_revision() -> None:
    assert found({"A": {"2017": 9.0}}, {"A": {"2017": 9.0, "2018": 10.0}}) == []


def test_a_publisher_who_counts_otherwise_now_is_told_apart() -> None:
    (row,) = found({"A": {"2018": 10.0}}, {"A": {"2018": 11.0}}, redefined={"m": "Counted by pupil now."})
    assert (row["kind"], row["note"]) == (RevisionKind.REDEFINED, "Counted by pupil now.")


def test_what_is_hidden_has_no_number_on_either_side() -> None:
    (row,) = found(
        {"A": {"2018": {"value": 10.0, "numerator": 1.0, "denominator": 10.0}}},
        {"A": {"2018": {"value": 20.0, "numerator": 2.0, "denominator": 10.0}}},
        hidden=(("m", "A", "2018"),),
    )
    assert (row["marker"], row["kind"]) == ("c", "hidden")
    numbers = ("difference", "then_value", "now_value", "then_numerator", "now_numerator", "then_denominator")
    assert all(math.isnan(row[name]) for name in (*numbers, "now_denominator"))


def test_a_figure_hidden_in_another_period_or_area_hides_nothing_here() -> None:
    (row,) = found({"A": {"2018": 10.0}}, {"A": {"2018": 20.0}}, hidden=(("m", "A", "2017"), ("m", "E", "2018")))
    assert (row["marker"], row["difference"]) == ("", 10.0)


def test_the_neighbours_are_told_as_their_mean_without_counts() -> None:
    counted = {"value": 10.0, "numerator": 1.0, "denominator": 10.0}
    (row,) = found({"N1": {"2018": counted}, "N2": {"2018": 20.0}}, {"N1": {"2018": 16.0}, "N2": {"2018": 20.0}})
    assert (row["area"], row["area_code"]) == (NEIGHBOURS, "")
    assert (row["then_value"], row["now_value"], row["difference"]) == (15.0, 18.0, 3.0)
    assert math.isnan(row["then_numerator"])
    assert (row["kind"], row["now_edition"]) == ("revised", "new")


def test_a_hidden_neighbour_hides_the_mean() -> None:
    (row,) = found(
        {"N1": {"2018": 10.0}, "N2": {"2018": 20.0}},
        {"N1": {"2018": 16.0}, "N2": {"2018": 20.0}},
        hidden=(("m", "N2", "2018"),),
    )
    assert (row["marker"], row["kind"]) == ("c", "hidden")


def test_the_mean_is_withdrawn_only_where_no_neighbour_is_left() -> None:
    then = {"N1": {"2018": 10.0}, "N2": {"2018": 20.0}}
    (one_left,) = found(then, {"N1": {"2018": 10.0}})
    assert (one_left["kind"], one_left["now_value"], one_left["now_edition"]) == ("revised", 10.0, "new")
    (none_left,) = found(then, {"N1": {"2017": 10.0}})
    assert (none_left["kind"], none_left["now_edition"]) == ("withdrawn", "")


def test_rows_come_by_measure_then_authority_england_region_and_neighbours_then_period() -> None:
    areas = ("N1", "R", "E", "A", "X")
    then = pd.concat(
        results({area: {"2018": 1.0, "2017": 1.0} for area in areas}, of=name) for name in ("second", "first")
    )
    now = then.assign(value=2.0)
    measures = {name: measure(id=name) for name in ("first", "second")}
    table = find_revisions(ReviewFigures(then), ReviewFigures(now), SETTING, measures, {})
    assert table["measure"].tolist() == ["first"] * 8 + ["second"] * 8
    assert table["area_code"].tolist()[:8] == ["A", "A", "E", "E", "R", "R", "", ""]
    assert table["period"].tolist()[:4] == ["2017", "2018", "2017", "2018"]


def test_made_up_figures_are_labelled() -> None:
    (row,) = found({"A": {"2018": 1.0}}, {"A": {"2018": 2.0}}, of=measure(source="made_up"))
    assert row["illustrative"] == "illustrative"


MARKS = {
    "measure": "m", "direction": "better", "target_status": "met", "statutory_status": "met",
    "versus_england": "", "versus_neighbours": "similar", "versus_neighbours_before": "",
}  # fmt: skip


def test_marks_that_would_be_others_are_named_before_and_after() -> None:
    """An empty mark is one that cannot be given; a measure that is gone, or is the same, is not among them."""
    numbers = {name: NAN for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}
    marks = numbers | MARKS
    then = JUDGEMENTS.of([marks, marks | {"measure": "same"}, marks | {"measure": "gone"}])
    now = JUDGEMENTS.of([marks | {"direction": "worse", "versus_england": "worse"}, marks | {"measure": "same"}])
    flips = flips_of(then, now)
    assert list(flips) == ["m"]
    assert [part.partition(":")[0] for part in flips["m"].split("; ")] == ["direction", "versus_england"]
    assert "better" in flips["m"]
    assert "cannot be judged" in flips["m"]


def test_the_mean_has_the_newest_edition_of_todays_neighbours() -> None:
    """Where neighbours come from two editions, the newer one; one without a figure today adds none."""
    then = results({"N1": {"2018": 10.0}, "N2": {"2018": 20.0}}, "old")
    now = results({"N1": {"2018": 12.0}, "N2": {"2018": 20.0}}, "2019-05").assign(edition=["2019-05", "2019-01"])
    table = find_revisions(ReviewFigures(then), ReviewFigures(now), SETTING, {"m": M}, {})
    assert table["now_edition"].tolist() == ["2019-05"]
    assert table["then_value"].tolist() == [15.0]
    assert table["now_value"].tolist() == [16.0]


def test_a_count_that_changed_is_a_revision_although_its_share_did_not() -> None:
    """98 of 100 and 196 of 200 are both 98%."""
    (row,) = found(
        {"A": {"2018": {"value": 98.0, "numerator": 98.0, "denominator": 100.0}}},
        {"A": {"2018": {"value": 98.0, "numerator": 196.0, "denominator": 200.0}}},
    )
    assert (row["kind"], row["difference"]) == ("revised", 0.0)
    assert (row["then_numerator"], row["now_numerator"]) == (98.0, 196.0)
    assert (row["then_denominator"], row["now_denominator"]) == (100.0, 200.0)


@pytest.mark.parametrize(("now", "shown"), [(10.04, False), (10.06, True), (9.94, True), (9.96, False), (NAN, False)])
def test_a_reader_is_told_of_a_revision_that_the_decimals_show(now: float, shown: bool) -> None:
    """With one decimal, a figure that moved by less than 0.05 reads the same; one that was withdrawn is no other."""
    then, today = ({area: {"2018": value} for area in ("A", "E")} for value in (10.0, now))
    table = find_revisions(ReviewFigures(results(then)), ReviewFigures(results(today)), SETTING, {"m": M}, {})
    rows = revised_figures(table, "A", {"m": M})
    assert list(rows.columns) == ["measure", "period", "value_before", "value"]
    assert rows.to_numpy().tolist() == ([["m", "2018", 10.0, now]] if shown else [])


@pytest.mark.parametrize(
    ("decimals", "now", "shown"),
    [(0, 10.5, True), (0, 10.4375, False), (0, 9.5, True), (2, 10.006, True), (2, 10.004, False)],
)
def test_the_decimals_of_the_measure_say_what_a_reader_sees(decimals: int, now: float, shown: bool) -> None:
    """Half a unit of the last decimal and more is seen."""
    of = measure(decimals=decimals)
    sides = (ReviewFigures(results({"A": {"2017": 9.0, "2018": value}})) for value in (10.0, now))
    table = find_revisions(*sides, SETTING, {"m": of}, {})
    rows = revised_figures(table, "A", {"m": of})
    assert rows["value"].tolist() == ([now] if shown else [])
    assert rows.index.tolist() == list(range(len(rows)))


def test_only_the_area_asked_for_and_only_what_was_revised_is_seen() -> None:
    """What was filled in, or is counted otherwise now, is no figure that reads differently."""
    then = {"A": {"2016": NAN, "2017": 10.0, "2018": 10.0}, "E": {"2018": 10.0}}
    now = {"A": {"2016": 5.0, "2017": 10.0, "2018": 20.0}, "E": {"2018": 20.0}}
    sides = ReviewFigures(results(then)), ReviewFigures(results(now))
    table = find_revisions(*sides, SETTING, {"m": M}, {})
    assert revised_figures(table, "A", {"m": M}).to_numpy().tolist() == [["m", "2018", 10.0, 20.0]]
    redefined = find_revisions(*sides, SETTING, {"m": M}, {"m": "A new register"})
    assert set(redefined["kind"]) == {"counted otherwise"}
    assert set(redefined["note"]) == {"A new register"}
    assert revised_figures(redefined, "A", {"m": M}).empty


def test_nothing_revised_is_an_empty_table() -> None:
    same = ReviewFigures(results({"A": {"2018": 1.0}}))
    table = find_revisions(same, same, SETTING, {"m": M}, {})
    assert revised_figures(table, "A", {"m": M}).empty


def test_flips_are_read_as_they_were_written() -> None:
    """A mark may have a colon or "now" among its words only after the first."""
    assert parse_flips("") == []
    assert parse_flips("direction: better, now worse; target_status: met, now cannot be judged") == [
        Flip("direction", "better", "worse"),
        Flip("target_status", "met", "cannot be judged"),
    ]
    assert parse_flips("direction: better, now worse: a, now b") == [Flip("direction", "better", "worse: a, now b")]
