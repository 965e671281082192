"""England's row against the sum of its authorities: found where it counts some that returned nothing."""

from datetime import date

import numpy as np
import pytest
from grids import grid, measure

from toolkit.analysis import Setting
from toolkit.analysis.judgements import judgements_for
from toolkit.analysis.measure_grid import MeasureGrid
from toolkit.analysis.reference_rows import england_to_compare
from toolkit.params import ReviewYear
from toolkit.words.reason import with_reasons

REVIEW = ReviewYear(year=2019, title="R", cut_off=date(2019, 4, 30), baseline={"calendar year": "2017"}, neighbours="n")
EACH, PEOPLE = 60, 2_000
"""Authorities with a figure, and the people of each."""


def shares(
    rest: float, of: float, year: str = "2018", each: int = EACH, half_range: float = 0.05
) -> dict[str, dict[str, dict[str, float | str]]]:
    """Authorities of 1 to 2%, and an England that counts ``rest`` of ``of`` people more than they have."""
    above = np.linspace(20, 40, each).round()
    england = {"numerator": above.sum() + rest, "denominator": each * PEOPLE + of}
    value = 100 * england["numerator"] / england["denominator"]
    known = {
        f"A{i:02}": {year: {"numerator": n, "denominator": PEOPLE, "value": 100 * n / PEOPLE}}
        for i, n in enumerate(above)
    }
    limits = {"value": value, "low": value - half_range, "high": value + half_range, "area_level": "National"}
    return known | {"E": {year: england | limits}}


def compared(figures: MeasureGrid) -> tuple[float, float]:
    fair, published = england_to_compare(figures, figures.places(["E"]), np.array([figures.column("2018")]))
    return float(fair[0]), float(published[0])


def test_a_row_that_holds_an_authority_in_a_residual_category_is_not_compared_with():
    """All 4,000 people of an authority that returned nothing count as not recorded: 1.5% becomes 4.7%."""
    fair, published = compared(grid(measure("low"), shares(rest=3_900, of=4_000)))
    assert fair == 1.5
    assert published == pytest.approx(100 * 5_700 / 124_000)


@pytest.mark.parametrize(
    ("rest", "of"),
    [(0, 0), (65, 4_000), (100, 4_000), (3, 20), (9_000, 60_000)],
    ids=["adds up", "like the others", "high but possible", "too small to matter", "too much is unknown"],
)
def test_a_row_that_adds_up_or_may_do_so_is_left_alone(rest, of):
    whole = grid(measure("low"), shares(rest, of))
    fair, published = compared(whole)
    assert fair == whole.numbers["value"][whole.rows["E"], whole.column("2018")]
    assert np.isnan(published)


def test_others_like_the_rest_are_compared_with_however_exact_the_row_is():
    """4,000 people of whom 65 are counted are as many as elsewhere, although 1.504% is not 1.500%."""
    fair, published = compared(grid(measure("low"), shares(65, 4_000, half_range=0.0005)))
    assert fair == pytest.approx(1.504, abs=0.001)
    assert np.isnan(published)


@pytest.mark.parametrize(("each", "found"), [(8, True), (7, False)])
def test_eight_authorities_say_what_a_share_is_elsewhere(each, found):
    """Of fewer nobody can tell what is usual."""
    _, published = compared(grid(measure("low"), shares(1_500, 1_540, each=each, half_range=0.5)))
    assert np.isfinite(published) == found


def test_the_mark_against_england_and_its_change_are_of_the_row_that_adds_up():
    """2.0% with limits of 1.9 and 2.1 is better than the published 4.6%, and worse than the 1.5% of the others."""
    figures = shares(3_900, 4_000)
    before = shares(0, 0, "2017")
    figures = {area: before[area] | years for area, years in figures.items()}
    figures["A59"]["2018"] |= {"low": 1.9, "high": 2.1}
    judged = judgements_for([grid(measure("low"), figures)], Setting("A59", "E", "R", (), REVIEW, minimum_base=1))
    row = judged.iloc[0]
    assert (row["comparator_england"], row["versus_england"]) == (1.5, "worse")
    assert row["england_published"] == pytest.approx(4.597, abs=0.001)
    assert row["england_change"] == pytest.approx(0.0, abs=0.01)
    said = with_reasons(judged, {"m": measure("low")})["reason"][0]
    assert "worse than England without the authorities that returned no such figure (1.5%; 4.6% as published)" in said
