"""Quartiles, bands, ranks, funnels and changes equal UKHSA's and LAIT's own, row by row."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from grids import grid, measure
from reference_vectors import close, read, records, rows

from toolkit.analysis.funnels import (
    LEVELS,
    average_proportion,
    proportion_limits,
    proportion_significance,
    rate_lines,
    ratio_limits,
    ratio_significance,
)
from toolkit.analysis.previous_year import change_on_previous_year
from toolkit.analysis.quantiles import quartile_bands, quartile_edges, ranks

Row = dict[str, Any]
POLARITY = {"High": "high", "Low": "low", "-": "none"}


@pytest.mark.parametrize(
    ("kind", "rows_"), [("phe_funnel_prop", ("numerator", "denominator")), ("oracle_phe_funnel", ("num", "den"))]
)
def test_funnel_labels_of_proportions_are_those_of_the_reference(kind: str, rows_: tuple[str, str]):
    """Every area beside the average of all 303 of the published file, and of the 152 that the code was run on."""
    given, expected = read(f"{kind}_input"), read(f"{kind}_expected")
    given["label"] = proportion_significance(*(given[name] for name in rows_))

    both = given.merge(expected, on="id", validate="one_to_one")

    assert len(both) == len(expected)
    assert both["label"].tolist() == both["significance"].tolist()


@pytest.mark.parametrize("row", rows("phe_funnel_ratio"))
def test_funnel_labels_of_ratios_are_those_of_the_reference(row: Row):
    """Observed beside expected events, each area on its own."""
    assert ratio_significance(row["obs"], row["expected"]) == row["significance"]


@pytest.mark.parametrize("kind", ["dsr", "crude"])
@pytest.mark.parametrize("per", [100_000, 100])
@pytest.mark.parametrize("zeros", ["with", "without"])
def test_funnel_labels_of_rates_are_those_of_the_reference(kind: str, per: int, zeros: str):
    """Crude and standardised rates beside their average, the area without events counted in it or left out.

    The people behind a rate are events ÷ rate; those of a crude rate without events are the ones given.
    """
    given, expected = read("phe_funnel_rate_input"), read("phe_funnel_rate_expected")
    areas = given if kind == "crude" and zeros == "with" else given[given["count"] > 0]
    rate = areas["rate_dsr"] if kind == "dsr" else areas[f"rate_crude_per_{per}"]
    people = (areas["count"] / rate * (100_000 if kind == "dsr" else per)).fillna(areas["pop"])
    found = areas.assign(found=ratio_significance(areas["count"], people * areas["count"].sum() / people.sum()))

    both = found.merge(expected, on="id", validate="one_to_one")

    assert len(both) == len(areas.merge(expected, on="id"))
    assert both["found"].tolist() == both[f"{kind}_per_{per}_{zeros}_0"].tolist()


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


@pytest.mark.parametrize("row", rows("phe_funnel_limits_rate", "phe_funnel_limits_rate2", "phe_funnel_limits_rate3"))
def test_funnel_lines_of_rates_are_those_of_the_reference(row: Row):
    """Rate per 100,000 and yearly population on each line for a number of events over three years."""
    for level, name in zip(LEVELS, ("2s", "3s"), strict=True):
        lines = rate_lines(row["Events"], row["baseline"] / 1000, level)
        for side, line in zip(("lower", "upper"), lines, strict=True):
            expected = line.base * row["baseline"] / 100_000
            loose = 1e-6 + EVENTS / expected
            assert close(line.base / 3, row[f"{side}_{name}_population_1_year"], rel=loose)
            assert close(1000 * line.rate, row[f"{side}_{name}_limit"], rel=loose)


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
