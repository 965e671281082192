"""Comparisons, targets and recent trends give the words that Fingertips' own unit tests assert, row by row."""

from typing import Any

import numpy as np
import pytest
from reference_vectors import read, rows

from toolkit.analysis.comparisons import (
    against_interval,
    against_target,
    against_value,
)
from toolkit.analysis.intervals import Estimate, Limits
from toolkit.analysis.trends import SIGNIFICANT, TrendTest, meaning_of, proportion_trend, weighted_trend

Row = dict[str, Any]
POLARITY = {"low_is_good": "low", "high_is_good": "high"}
WORDS = {
    "same": "similar",
    "none": "cannot be judged",
    "no_change": "similar",
    "cannot_be_calculated": "cannot be judged",
    "increasing": "better",
    "decreasing": "worse",
}


METHODS = ("single_ci_overlap", "double_ci_overlap", "latest_vs_previous")


@pytest.mark.parametrize("row", rows("fingertips_compare", method=METHODS))
def test_comparisons_say_what_fingertips_says(row: Row):
    """One interval beside a value; two intervals; the latest figure beside the previous one, where high is good."""
    polarity = POLARITY.get(row["polarity"], "none")
    area = Estimate(row["value"], row["lower95"], row["upper95"])
    other = Estimate(row["comp_value"], row["comp_lower95"], row["comp_upper95"])

    found = {
        "single_ci_overlap": lambda: against_value(area, other.value, polarity),
        "double_ci_overlap": lambda: against_interval(area, other, polarity),
        "latest_vs_previous": lambda: against_interval(area, other, "high"),
    }[row["method"]]()

    assert found == WORDS.get(row["expected"], row["expected"])


@pytest.mark.parametrize("row", rows("fingertips_target", rule=("single_value",)))
def test_targets_say_what_fingertips_says(row: Row):
    """A value beside a target."""
    assert against_target(row["value"], row["target_lower"], POLARITY[row["polarity"]]) == row["expected"]


MARKERS = {
    "NoChange": ("no change", None),
    "CannotBeCalculated": ("cannot be calculated", None),
    **{
        f"{move}{end}": (move.lower(), meaning)
        for move in ("Increasing", "Decreasing")
        for end, meaning in {
            "": None,
            "AndGettingBetter": "better",
            "AndGettingWorse": "worse",
        }.items()
    },
}
PEOPLE = {"High is good": "high", "Low is good": "low", "No judgement": "none", "": "none"}


def trend_of(case: str, method: str) -> TrendTest:
    years = read("fingertips_trend_input").query("case == @case").sort_values("year")
    if method == "proportion":
        return proportion_trend(years["count"], years["denominator"])
    return weighted_trend(years["value"], Limits(years["lower95"], years["upper95"]))


@pytest.mark.parametrize("row", rows("fingertips_trend_expected"))
def test_recent_trends_are_those_of_fingertips(row: Row):
    """Chi-squared to two places, significance and marker, with what the marker means for people."""
    trend = trend_of(row["case"], row["method"])
    if row["case"] == "fn_GpRegisteredPopulationOver65":
        # It has no limits: Fingertips compares a number that is none and says "no change".
        assert trend.marker == "cannot be calculated"
        return

    assert np.isnan(row["chi2"]) or round(float(trend.chi_squared), 2) == round(row["chi2"], 2)
    if row["significant"] != "":
        assert (str(trend.marker) in ("increasing", "decreasing")) == (str(row["significant"]) in ("True", "1.0"))
    if row["marker"]:
        marker = str(trend.marker)
        assert (marker, meaning_of(marker, PEOPLE[row["polarity"]])) == MARKERS[row["marker"]]


def test_the_published_chi_squared_of_a_proportion_is_that_of_the_trend_test():
    """47.90 for the published five years, as R's prop.trend.test gives it, far beyond what chance exceeds."""
    trend = trend_of("ft_prop_set1", "proportion")

    assert round(float(trend.chi_squared), 5) == 47.89668
    assert trend.chi_squared > SIGNIFICANT
    assert trend.marker == "increasing"
