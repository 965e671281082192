"""XmR limits, rules and assurance equal those of NHSRplotthedots, point by point."""

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from reference_vectors import close, read, records, rows, table

from toolkit.analysis.spc import (
    XmrOptions,
    assurance,
    classify_variation,
    part_of,
    run_ends,
    trend_ends,
    two_of_three,
    xmr,
)

Row = dict[str, Any]
POLARITY = {"increase": "high", "decrease": "low", "neutral": "none"}
ASSURANCE = {
    "consistent_pass": "consistently met",
    "consistent_fail": "consistently missed",
    "inconsistent": "sometimes met",
    "": "",
}
CAUSES = {
    "Common Cause": "common cause",
    "Above UCL": "above the upper limit",
    "Below LCL": "below the lower limit",
    "7 Point Trend (Increasing)": "rising trend",
    "7 Point Trend (Decreasing)": "falling trend",
    "2 in 3 Above CL": "two of three high",
    "2 in 3 Below CL": "two of three low",
    "7 Points Above CL": "run above the mean",
    "7 Points Below CL": "run below the mean",
}
READINGS = {
    "common_cause": "common cause",
    "special_cause_improvement": "improvement",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "high",
    "special_cause_neutral_low": "low",
}


def listed(text: Any) -> np.ndarray:
    return np.array([float(part) for part in str(text).split(";") if part], dtype=float)


@pytest.mark.parametrize("row", rows("spc_limits_published"))
def test_limits_are_those_published(row: Row):
    """Mean and limits of each published series, with outliers screened or not."""
    screen = str(row["screen_outliers"]) in ("True", "1.0")

    chart = xmr(listed(row["y"]), XmrOptions(screen=screen, minimum=2))

    abs_tolerance = float(row["tolerance"].removeprefix("abs "))
    for found, expected in (("mean", "mean"), ("low", "lpl"), ("high", "upl")):
        assert close(chart[found].iloc[0], row[expected], rel=0, abs=abs_tolerance)


@pytest.mark.parametrize("row", rows("spc_rule_functions"))
def test_each_rule_marks_the_points_that_the_reference_marks(row: Row):
    """Runs, trends, two of three, and the points that belong to them, on the reference's own unit tests."""
    first, second = listed(row["arg1"]), listed(row["arg2"])

    found = {
        "seven_point_one_side_mean": lambda: run_ends(first),
        "part_of_seven_trend": lambda: part_of(first),
        "seven_point_trend": lambda: trend_ends(first),
        "two_in_three": lambda: two_of_three(first, second),
        "part_of_two_in_three(two_in_three(v,rel),v)": lambda: two_of_three(first, second) & (first == 1),
    }[row["function"]]()

    assert found.astype(float).tolist() == listed(row["expected"]).tolist()


@pytest.mark.parametrize("row", rows("spc_assurance"))
def test_assurance_is_that_of_the_reference(row: Row):
    """Met, missed or sometimes met by where the target lies to the limits; nothing without a direction."""
    chart = pd.DataFrame({"low": [row["lpl"]], "mean": [row["mean"]], "high": [row["upl"]]})

    assert assurance(chart, row["target"], POLARITY[row["improvement_direction"]]) == ASSURANCE[row["expected"]]


@lru_cache
def chart_of(series: str) -> pd.DataFrame:
    given = table("oracle_spc_input")
    points = given[given["series_id"] == series].sort_values("i")
    first = points.iloc[0]
    options = XmrOptions(
        screen=str(first["screen_outliers"]) in ("True", "1.0"),
        rebase=() if np.isnan(first["rebase_at"]) else (int(first["rebase_at"]) - 1,),
        minimum=2,
    )
    chart = xmr(points["y"], options)
    polarity = POLARITY[first["improvement_direction"]]
    return chart.assign(
        id=points["id"].to_numpy(),
        reading=classify_variation(chart["side"], polarity),
        assurance=assurance(chart, first["target"], polarity),
    )


def test_every_point_agrees_with_the_reference_code():
    """35 series with phases and both screenings: limits, the rule named, its meaning, assurance.

    Three more have limits fixed on their first points, which no chart here has.
    """
    given = read("oracle_spc_input").set_index("id")
    given = given[given.groupby("series_id")["fix_after_n_points"].transform("count") == 0]
    expected = read("oracle_spc_expected")
    expected = expected[expected["id"].isin(given.index)]
    charts = pd.concat([chart_of(name) for name in given["series_id"].unique()])

    both = charts.merge(expected, on="id", validate="one_to_one", suffixes=("", "_expected"))

    assert len(both) == len(expected)
    for row in records(both):
        assert row["phase"] == row["rebase_group"], row
        assert close(row["mean"], row["mean_expected"], rel=1e-9), row
        assert close(row["low"], row["lpl"], rel=1e-9), row
        assert close(row["high"], row["upl"], rel=1e-9), row
        assert row["cause"] == CAUSES[row["special_cause_type"]], row
        assert row["reading"] == READINGS[row["point_type"]], row
        assert row["assurance"] == ASSURANCE[row["assurance_type"]], row


def test_the_known_faults_of_the_rules_are_not_reproduced():
    """A repeated value does not break a trend, nor a point on the mean a run; neither counts as one of the seven."""
    quiet = [0.0, 9.0] * 10
    eight_with_a_repeat = [1.0, 2.0, 3.0, 4.0, 4.0, 5.0, 6.0, 7.0]
    seven_with_a_repeat = [1.0, 2.0, 3.0, 4.0, 4.0, 5.0, 6.0]
    run_with_a_point_on_the_mean = [6.0, 9.0, 6.0, 5.0, 9.0, 6.0, 9.0, 6.0, 4.0, 1.0, 4.0, 1.0, 4.0, 1.0, 4.0]

    assert xmr(eight_with_a_repeat + quiet)["cause"].tolist()[:8] == ["rising trend"] * 8
    assert "rising trend" not in set(xmr(seven_with_a_repeat + quiet)["cause"])
    chart = xmr(run_with_a_point_on_the_mean)
    assert chart["mean"].iloc[0] == 5.0
    run = "run above the mean"
    assert chart["cause"].tolist()[:8] == [run, run, run, "common cause", run, run, run, run]
