"""Quantiles, quartiles, bands, ranks, funnels and changes equal UKHSA's and LAIT's own, row by row."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from grids import grid, measure
from reference_vectors import close, read, records, rows

from toolkit.analysis.funnels import (
    LEVELS,
    RateFunnel,
    RatePoints,
    average_proportion,
    proportion_limits,
    proportion_significance,
    ratio_limits,
    ratio_significance,
)
from toolkit.analysis.previous_year import change_on_previous_year
from toolkit.analysis.quantiles import quantiles, quartile_bands, quartile_edges, ranks

Row = dict[str, Any]
POLARITY = {"High": "high", "Low": "low", "-": "none"}


def test_quantiles_are_those_of_the_reference():
    """Every area's quantile in its group, for 4, 7 and 10 quantiles from either end; none in groups too small."""
    given = read("phe_quantile_input")
    for (*_, how_many, inverted), group in given.groupby(["quantile_group", "GroupSet", "nquantiles", "invert"]):
        given.loc[group.index, "found"] = quantiles(group["Value"], int(how_many), inverted == "True")

    both = given.merge(read("phe_quantile_expected"), on="id", validate="one_to_one")

    assert len(both) == len(read("phe_quantile_expected"))
    pd.testing.assert_series_equal(both["found"], both["QuantileInGrp"], check_names=False)


def test_quarters_of_a_funnel_agree_with_the_reference_code():
    """Quarters of 152 areas' shares from the highest and from the lowest, and their funnel labels."""
    given = read("oracle_phe_funnel_input")
    share = given["num"] / given["den"]
    found = given.assign(
        inverted=quantiles(share, 4), direct=quantiles(share, 4, highest_first=False),
        label=proportion_significance(given["num"], given["den"]),
    )  # fmt: skip

    both = found.merge(read("oracle_phe_funnel_expected"), on="id", validate="one_to_one")

    assert len(both) == len(read("oracle_phe_funnel_expected"))
    assert both["inverted"].equals(both["q4_inverted"])
    assert both["direct"].equals(both["q4_direct"])
    assert both["label"].tolist() == both["significance"].tolist()


def test_funnel_labels_of_proportions_are_those_of_the_reference():
    """Every area beside the average of all 303."""
    given = read("phe_funnel_prop_input")
    given["found"] = proportion_significance(given["numerator"], given["denominator"])

    both = given.merge(read("phe_funnel_prop_expected"), on="id", validate="one_to_one")

    assert len(both) == len(read("phe_funnel_prop_expected"))
    assert both["found"].tolist() == both["significance"].tolist()


@pytest.mark.parametrize("row", rows("phe_funnel_ratio"))
def test_funnel_labels_of_ratios_are_those_of_the_reference(row: Row):
    """Observed beside expected events, each area on its own."""
    assert ratio_significance(row["obs"], row["expected"]) == row["significance"]


@pytest.mark.parametrize("kind", ["dsr", "crude"])
@pytest.mark.parametrize("per", [100_000, 100])
@pytest.mark.parametrize("zeros", ["with", "without"])
def test_funnel_labels_of_rates_are_those_of_the_reference(kind: str, per: int, zeros: str):
    """Crude and standardised rates beside their average, the area without events counted in it or left out."""
    given, expected = read("phe_funnel_rate_input"), read("phe_funnel_rate_expected")
    funnel = RateFunnel(float(per), standardised=kind == "dsr")
    rate = given["rate_dsr"] if kind == "dsr" else given[f"rate_crude_per_{per}"]
    points = funnel.points(given["count"], rate, given["pop"])
    left_out = (given["count"] == 0).to_numpy() & (zeros == "without")

    averaged = RatePoints(points.rate, np.where(left_out, np.nan, points.population))
    given["found"] = funnel.significance(given["count"], averaged)
    both = given.merge(expected, on="id", validate="one_to_one")
    # An area without a rate, or left out of the average, has no label here, whatever the source calls it.
    judged = both[both["found"] != ""]

    assert judged["found"].tolist() == judged[f"{kind}_per_{per}_{zeros}_0"].tolist()
    assert (both.loc[both["found"] == "", "count"] == 0).all()


@pytest.mark.parametrize("row", rows("phe_funnel_limits_prop", "phe_funnel_limits_prop_axis"))
def test_funnel_lines_of_proportions_are_those_of_the_reference(row: Row):
    """Both pairs of lines and the baseline, in percent, at each size on the axis; cut at 0 and 100."""
    given = read("phe_funnel_prop_input")
    if "axis" in row["id"]:
        given = given[given["denominator"] < 31_000]
    average = average_proportion(given["numerator"], given["denominator"])

    assert close(100 * average, row["Baseline"], rel=1e-6)
    for level, name in zip(LEVELS, ("2s0025", "3s0001"), strict=True):
        limits = proportion_limits(average, row["Population"], level)
        assert close(limits.low, row[f"Lower{name}limit"], rel=1e-6, abs=1e-6)
        assert close(limits.high, row[f"Upper{name}limit"], rel=1e-6)


EVENTS = 2e-7
"""How well the reference's own search finds the expected events on a line; all it derives from them inherits it."""


@pytest.mark.parametrize("row", rows("phe_funnel_limits_ratio"))
def test_funnel_lines_of_ratios_are_those_of_the_reference(row: Row):
    """Expected events on each line for the observed ones, with the excess and the ratio that go with them."""
    observed = row["Observed_events"]
    for level, name in zip(LEVELS, ("2s", "3s"), strict=True):
        for side, expected in zip(("lower", "upper"), ratio_limits(observed, level), strict=True):
            loose = 1e-6 + EVENTS / expected
            assert close(expected, row[f"{side}_{name}_exp_events"], rel=loose)
            assert close(100 * observed / expected, row[f"{side}_{name}_isr"], rel=loose)
            excess = observed / expected - 1
            assert close(excess, row[f"{side}_{name}_count"], rel=1e-6, abs=loose * observed / expected)


def rate_case(name: str) -> tuple[RateFunnel, pd.DataFrame]:
    """The funnel of one published file of rate lines, and the areas (ev, rate, pop) that its baseline is taken over."""
    given = read("phe_funnel_limits_rate_input")
    whole = given["ev"] / given["rate"] * 100_000
    largest = given["ev"] == given["ev"].max()
    if name == "rate":
        return RateFunnel(100_000.0, years=3.0, standardised=True), given
    if name == "rate2":
        return RateFunnel(100_000.0, years=3.0), given.assign(ev=given["ev"].mask(largest, 5.0))
    cut = given.assign(ev=given["ev"].mask(largest, 0.0), pop=whole)
    return RateFunnel(100_000.0, years=3.0), cut[whole > whole.max() / 2]


@pytest.mark.parametrize("row", rows("phe_funnel_limits_rate", "phe_funnel_limits_rate2", "phe_funnel_limits_rate3"))
def test_funnel_lines_of_rates_are_those_of_the_reference(row: Row):
    """Rate and yearly population on each line for a number of events, over three years, and the baseline."""
    funnel, areas = rate_case(row["id"].split("_")[3])
    average = funnel.average(areas["ev"], funnel.points(areas["ev"], areas["rate"], areas["pop"]))

    assert close(average, row["baseline"], rel=1e-6)
    for level, name in zip(LEVELS, ("2s", "3s"), strict=True):
        lines = funnel.limits(row["Events"], average, level)
        for side, line in zip(("lower", "upper"), lines, strict=True):
            expected = line.population * average / 100_000 * 3
            loose = 1e-6 + EVENTS / expected
            assert close(line.population, row[f"{side}_{name}_population_1_year"], rel=loose)
            assert close(line.rate, row[f"{side}_{name}_limit"], rel=loose)


@pytest.mark.parametrize("row", rows("phe_funnel_limits_rate_input"))
def test_points_of_a_rate_funnel_are_those_of_the_reference(row: Row):
    """Rate and yearly population of each area: three years, and five with the largest area left without events.

    Of the standardised rates, the largest area has five events, too few for a rate.
    """
    largest = row["ev"] == read("phe_funnel_limits_rate_input")["ev"].max()
    crude = RateFunnel(100_000.0, years=3.0).points(row["ev"], row["rate"], row["pop"])
    five = RateFunnel(100_000.0, years=5.0).points(0.0 if largest else row["ev"], row["rate"], row["pop"])
    strict = RateFunnel(100_000.0, years=3.0, standardised=True)
    standardised = strict.points(5.0 if largest else row["ev"], row["rate"], row["pop"])

    for points, rate, population in (
        (standardised, "rate_chart", "denominator_derived"),
        (crude, "rate_chart_crude", "denominator_derived_crude"),
        (five, "rate_chart_crude_with_denom", "denominator_derived_crude_with_denom"),
    ):
        assert close(points.rate, row[rate], rel=1e-6)
        assert close(points.population, row[population], rel=1e-6)


@pytest.mark.parametrize("row", rows("fingertips_quartile_bounds"))
def test_quartile_edges_are_those_of_fingertips(row: Row):
    """The edge at one probability of whole numbers in a row, or of the values given."""
    values = str(row["values"])
    first, _, last = values.partition("..")
    numbers = np.arange(float(first), float(last) + 1) if last else np.array(values.split(";"), dtype=float)

    edges = dict(zip((0.0, 0.25, 0.5, 0.75, 1.0), quartile_edges(numbers), strict=True))

    assert close(edges[row["prob"]], row["expected"], rel=0, abs=1e-9)


@pytest.mark.parametrize("row", rows("lait_quartile_band"))
def test_bands_are_those_of_lait(row: Row):
    """A to D beside given edges, for either polarity; what LAIT calls "Error" is an error here."""
    edges = [row[f"q{percent}"] for percent in (0, 25, 50, 75, 100)]
    polarity = POLARITY[row["polarity"]]

    if row["expected"] == "Error":
        with pytest.raises(ValueError, match="outside the quartile edges"):
            quartile_bands(row["value"], edges, polarity)
    else:
        assert quartile_bands(row["value"], edges, polarity) == row["expected"]


def test_ranks_are_those_of_lait():
    """Ranks by polarity; ties take the smallest, missing values none."""
    given, expected = read("lait_rank_input"), read("lait_rank")
    for _, case in given.groupby("case"):
        given.loc[case.index, "found"] = ranks(case["value"], POLARITY[case["polarity"].iloc[0]])

    both = given.merge(expected, on="id", validate="one_to_one")

    assert len(both) == len(expected)
    pd.testing.assert_series_equal(both["found"], both["expected_rank"], check_names=False)


def test_ranks_bands_and_quartiles_agree_with_the_code_of_lait():
    """152 areas in nine cases, with ties, gaps and all polarities; no rank or band without a polarity."""
    given, expected = read("oracle_lait_input"), read("oracle_lait_expected")
    for _, case in given.groupby("case"):
        polarity = POLARITY[case["polarity"].iloc[0]]
        edges = quartile_edges(case["value"])
        given.loc[case.index, "found_rank"] = ranks(case["value"], polarity)
        given.loc[case.index, "found_band"] = quartile_bands(case["value"], edges, polarity)
        given.loc[case.index, ["found_q25", "found_q50", "found_q75"]] = edges[1:4]

    both = given.merge(expected, on="id", validate="one_to_one")

    assert len(both) == len(expected)
    for row in records(both):
        assert ("" if np.isnan(row["found_rank"]) else f"{row['found_rank']:.0f}") == row["rank"].replace("-", ""), row
        assert row["found_band"] == row["band"].replace("-", ""), row
        assert all(close(row[f"found_{q}"], row[q], rel=1e-12) for q in ("q25", "q50", "q75")), row


def test_changes_are_those_of_lait_except_across_a_missing_year():
    """The change on the year before; LAIT gives area D a change from 2021 to 2023, its documentation says none."""
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for row in records(read("oracle_lait_change_input")):
        figures.setdefault(row["LA and Regions"], {})[str(int(row["Years_num"]))] = {"value": row["values_num"]}
    made = grid(measure(), figures)
    newest = np.array([made.column(max(years)) for years in figures.values()], dtype=np.intp)
    changes = dict(zip(figures, change_on_previous_year(made, made.places(figures), newest), strict=True))

    for row in records(read("oracle_lait_change_expected")):
        expected = np.nan if row["LA and Regions"] == "D" else row["values_num"]
        assert close(changes[row["LA and Regions"]], expected, rel=1e-12), row
    assert np.isnan(changes["D"])
