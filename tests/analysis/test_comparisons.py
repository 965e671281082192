"""Comparisons say what the worked examples say, on and off every edge, for both polarities."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit.analysis.comparisons import (
    against_interval,
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


def test_a_figure_that_is_known_exactly_is_compared_like_one_with_a_range() -> None:
    """Its range has no width."""
    exact = Estimate(70.0, 70.0, 70.0)
    assert against_interval(Estimate(80.0, 75.0, 85.0), exact, "high") == "better"
    assert against_interval(Estimate(80.0, 70.0, 90.0), exact, "high") == "similar"
    assert against_interval(exact, Estimate(80.0, 75.0, 85.0), "high") == "worse"
