"""Comparisons say what the worked examples say, on and off every edge, for both polarities."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.analysis.comparisons import (
    against_interval,
    against_target_interval,
    against_target_range,
    against_two_levels,
    against_value,
)
from toolkit.analysis.intervals import Estimate, Limits

EXAMPLES = yaml.safe_load(
    (Path(__file__).parents[1] / "examples/analysis/comparisons.yaml").read_text(encoding="utf-8")
)
Case = dict[str, Any]


def examples(kind: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", EXAMPLES[kind], ids=lambda case: case["says"])


def number(given: Any) -> float:
    return float("nan") if given == "none" else float(given)


def limits(pair: list[Any]) -> Limits:
    return Limits(*map(number, pair))


POLARITIES = pytest.mark.parametrize("polarity", ["high", "low"])


@POLARITIES
@examples("beside_a_value")
def test_a_figure_beside_a_value(case: Case, polarity: str):
    """One interval beside a value taken as exact."""
    area = Estimate(case["figure"], *limits(case["limits"]))

    assert against_value(area, number(case["other"]), polarity) == case[polarity]


@POLARITIES
@examples("two_intervals")
def test_a_figure_beside_another(case: Case, polarity: str):
    """Two intervals."""
    area = Estimate(case["figure"], *limits(case["limits"]))
    other = Estimate(case["other"], *limits(case["other_limits"]))

    assert against_interval(area, other, polarity) == case[polarity]


@POLARITIES
@examples("target_range")
def test_a_value_beside_a_target_range(case: Case, polarity: str):
    """A value beside a range."""
    assert against_target_range(case["value"], case["from"], case["to"], polarity) == case[polarity]


@POLARITIES
@examples("target_interval")
def test_an_interval_beside_a_target(case: Case, polarity: str):
    """An interval beside one target."""
    assert against_target_interval(limits(case["limits"]), case["target"], polarity) == case[polarity]


@POLARITIES
@examples("two_levels")
def test_two_levels_beside_a_value(case: Case, polarity: str):
    """95% and 99.8% limits beside a value."""
    area = Estimate(60.0, *limits(case["limits"]))

    assert against_two_levels(area, limits(case["wider"]), case["other"], polarity) == case[polarity]
