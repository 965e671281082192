"""How an authority compares with the others in the period of its newest figure: direct cases."""

from datetime import date

import numpy as np
import pytest
from grids import grid, measure

from toolkit.analysis import Setting
from toolkit.analysis.funnels import average_proportion, proportion_limits, proportion_significance, ratio_significance
from toolkit.analysis.intervals import poisson
from toolkit.analysis.measure_grid import MeasureGrid
from toolkit.analysis.quantiles import quartile_bands
from toolkit.analysis.standing import BANDED, against_all, standing
from toolkit.params import ReviewYear

REVIEW = ReviewYear(year=2019, title="R", cut_off=date(2019, 4, 30), baseline={"calendar year": "2016"}, neighbours="n")


def setting(authority: str, *neighbours: str, before: tuple[str, ...] = (), region: str = "R") -> Setting:
    return Setting(authority, "E", region, neighbours, REVIEW, minimum_base=1, neighbours_before=before)


def beside(figures: MeasureGrid, *settings: Setting) -> dict[str, list]:
    rows = figures.places([one.authority for one in settings])
    at = rows, figures.newest(rows)
    return {name: list(column) for name, column in standing(figures, figures.at(*at), at, settings).items()}


def counted(**values: float | None) -> MeasureGrid:
    levels = {"E": "National", "R": "Regional"}
    return grid(
        measure(),
        {
            area: {
                "2018": {"value": value, "low": value - 1, "high": value + 1}
                | {"area_level": levels.get(area, "Local authority")}
            }
            for area, value in values.items()
            if value is not None
        },
    )


def test_each_authority_has_neighbours_of_its_own_however_many():
    """Two for one, one for the other and none for the third; a neighbour without figures is left out."""
    figures = counted(A=50.0, B=60.0, C=80.0, E=70.0, R=40.0)

    found = beside(figures, setting("A", "B", "C", "none"), setting("B", "A"), setting("C"))

    assert found["comparator_neighbours"][:2] == [70.0, 50.0]
    assert np.isnan(found["comparator_neighbours"][2])
    assert found["versus_neighbours"] == ["worse", "better", "cannot be judged"]
    assert found["comparator_england"] == [70.0, 70.0, 70.0]
    assert found["comparator_region"] == [40.0, 40.0, 40.0]
    assert found["versus_england"] == ["worse", "worse", "better"]


def test_england_and_regions_have_no_place_among_authorities():
    """Neither rank nor quarter nor funnel: they are no authorities."""
    figures = counted(**{f"A{number}": float(number) for number in range(50)}, E=70.0, R=40.0)

    found = beside(figures, setting("E"), setting("R"), setting("A1"))

    assert found["quartile_band"] == ["", "", "D"]
    assert found["versus_all"] == ["", "", ""]
    assert np.isnan(found["rank"][:2]).all()
    assert np.isnan(found["rank_of"][:2]).all()


def test_the_average_of_few_similar_authorities_has_a_chance_of_its_own():
    """Six points above the one or two like it is no difference in a panel; above the mean of all others it is."""
    draw = np.random.default_rng(5)
    levels = 0.6 + 0.06 * draw.standard_normal(40)
    levels[:3] = 0.66, 0.60, 0.61
    figures = {}
    for place, level in enumerate(levels):
        values = {
            str(year): 100 * round(400 * (level + 0.02 * draw.standard_normal())) / 400 for year in range(2014, 2020)
        }
        figures[f"A{place:02}"] = {
            year: {"numerator": 4 * value, "denominator": 400, "value": value, "low": value - 3, "high": value + 3}
            for year, value in values.items()
        }
    all_others = list(figures)[1:]

    found = beside(
        grid(measure(), figures), setting("A00", "A01", "A02"), setting("A00", "A01"), setting("A00", *all_others)
    )

    assert found["versus_neighbours"] == ["similar", "similar", "better"]


def test_the_neighbours_before_count_where_the_circle_changed_and_only_there():
    """Without a circle of before there is no word and no figure."""
    found = beside(counted(A=50.0, B=60.0, C=80.0), setting("A", "B", before=("C",)), setting("B", "A"))

    assert found["versus_neighbours_before"] == ["worse", ""]
    assert found["comparator_neighbours_before"][0] == 80.0
    assert np.isnan(found["comparator_neighbours_before"][1])


def test_comparators_are_those_of_the_authoritys_own_newest_period():
    """A figure of 2017 is compared with those of 2017."""
    years = {"A": {"2017": 50.0}, "B": {"2017": 60.0, "2018": 90.0}, "C": {"2018": 70.0}}
    figures = grid(measure(), {a: {y: {"value": v} for y, v in one.items()} for a, one in years.items()})

    found = beside(figures, setting("A", "B"), setting("C", "B"))

    assert found["comparator_neighbours"] == [60.0, 90.0]
    assert (found["rank"], found["rank_of"]) == ([2.0, 2.0], [2.0, 2.0])


@pytest.mark.parametrize(("polarity", "ranks"), [("high", [3.0, 1.0, 1.0]), ("low", [1.0, 2.0, 2.0])])
def test_the_best_is_first_and_equals_share_a_place(polarity: str, ranks: list[float]):
    values = {"A": 50.0, "B": 60.0, "C": 60.0, "D": float("nan")}
    figures = grid(measure(polarity), {area: {"2018": {"value": value}} for area, value in values.items()})

    found = beside(figures, *(setting(area) for area in "ABCD"))

    assert found["rank"][:3] == ranks
    assert found["rank_of"][:3] == [3.0] * 3
    assert np.isnan([found["rank"][3], found["rank_of"][3]]).all()


def test_one_alone_has_no_rank():
    found = beside(counted(A=50.0, E=60.0), setting("A"))

    assert np.isnan(found["rank"] + found["rank_of"]).all()


@pytest.mark.parametrize(("many", "bands"), [(BANDED - 1, False), (BANDED, True)])
def test_quarters_need_forty_authorities(many: int, bands: bool):
    """With 39 there is no quarter for anybody, with 40 the best is in the best."""
    figures = counted(**{f"A{place:02}": float(place) for place in range(many)})

    found = beside(figures, setting("A00"), setting(f"A{many - 1:02}"))

    assert [band != "" for band in found["quartile_band"]] == [bands, bands]
    assert not bands or found["quartile_band"][0] != found["quartile_band"][1]


@pytest.mark.parametrize(
    ("unit", "many", "word"),
    [
        ("percent", BANDED, "far better"),
        ("percent", BANDED - 1, ""),
        ("rate per 100", BANDED, "far better"),
        ("number", BANDED, ""),
    ],
)
def test_a_funnel_needs_forty_authorities_with_counts_of_shares_or_rates(unit: str, many: int, word: str):
    """The first has 90 of 100 where the others have 50 of 100; a base of nothing is no count."""
    shape = {"unit": unit} if unit != "number" else {"unit": unit, "numerator": "", "denominator": "", "value": "v"}
    rows = {
        f"A{place:02}": {"2018": {"value": 50.0, "numerator": 90.0 if place == 0 else 50.0, "denominator": 100.0}}
        for place in range(many)
    }
    rows["Z"] = {"2018": {"value": 0.0, "numerator": 0.0, "denominator": 0.0}}

    found = beside(grid(measure(**shape), rows), setting("A00"), setting("A01"))

    assert found["versus_all"] == [word, "similar" if word else ""]


@pytest.mark.parametrize(
    ("unit", "polarity"), [(u, p) for u in ("percent", "rate per 100") for p in ("high", "low", "none")]
)
def test_counts_that_make_no_sense_have_no_place_among_all(unit: str, polarity: str):
    """No base, no count, a count below none: no word, and no part of the average of the others."""
    count, base = np.array([5.0, np.nan, -1.0, 500.0, 500.0]), np.array([0.0, 1000.0, 1000.0, 1000.0, 1000.0])
    similar = "cannot be judged" if polarity == "none" else "similar"
    assert against_all(measure(polarity, unit=unit), count, base).tolist() == ["", "", "", similar, similar]


@pytest.mark.parametrize("events", [5, 20])
@pytest.mark.parametrize(
    ("level", "inside", "outside"),
    [
        (0.95, ["Not significant", "Not significant"], ["High (0.025)", "Low (0.025)"]),
        (0.998, ["High (0.025)", "Low (0.025)"], ["High (0.001)", "Low (0.001)"]),
    ],
)
def test_an_authority_exactly_on_a_line_is_within_it(events: int, level: float, inside: list[str], outside: list[str]):
    """The expected events at which the line passes through the count belong to the inner side, the next number not."""
    low, high = (float(limit) for limit in poisson(events, level))
    on_the_line = [str(ratio_significance(events, expected)) for expected in (low, high)]
    beyond = [str(ratio_significance(events, np.nextafter(*ends))) for ends in ((low, 0), (high, np.inf))]
    assert on_the_line == inside
    assert beyond == outside


@pytest.mark.parametrize(("events", "expected"), [(5, 0), (5, -1), (-1, 5), (np.nan, 5), (5, np.nan)])
def test_events_beside_none_expected_have_no_label(events: float, expected: float):
    assert str(ratio_significance(events, expected)) == ""


def test_without_one_sound_area_nobody_has_a_label():
    assert proportion_significance([5, -1], [0, 10]).tolist() == ["", ""]
    assert np.isnan(average_proportion([5, -1], [0, 10]))
    assert np.isnan(proportion_limits(np.nan, 100)).all()


@pytest.mark.parametrize("average", [-0.01, 1.01])
def test_an_average_that_is_no_share_has_no_funnel(average: float):
    with pytest.raises(ValueError, match=r"must lie between 0 and 1"):
        proportion_limits(average, 100)


def test_an_average_of_none_or_all_leaves_chance_no_room():
    assert proportion_limits(0.0, 100) == (0.0, 0.0)
    assert proportion_limits(1.0, 100) == (100.0, 100.0)


@pytest.mark.parametrize(("count", "base"), [(0.0, 100.0), (1.0, 1.0)])
def test_none_of_a_base_and_a_base_of_one_are_counts_for_a_funnel(count: float, base: float):
    """With the fortieth authority so there is a funnel; with none it has no word."""
    rows = {
        f"A{place:02}": {"2018": {"value": 50.0, "numerator": 50.0, "denominator": 100.0}}
        for place in range(BANDED - 1)
    }
    assert beside(grid(measure(), rows), setting("A00"))["versus_all"] == [""]
    rows["Z"] = {"2018": {"value": 100 * count / base, "numerator": count, "denominator": base}}
    assert beside(grid(measure(), rows), setting("A00"))["versus_all"] == ["similar"]


def test_one_value_outside_the_edges_is_refused_though_others_lie_within_them():
    with pytest.raises(ValueError, match="outside the quartile edges"):
        quartile_bands([1.0, 50.0], [0.0, 1.0, 2.0, 3.0, 4.0], "high")
