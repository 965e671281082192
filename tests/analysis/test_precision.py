"""The decimals that a judgement is shown with bear out its marks: tests/examples/analysis/precision.yaml."""

import math
from pathlib import Path
from typing import Any

import pytest
import yaml
from grids import measure

from toolkit.analysis.marks import exceptions_needed
from toolkit.analysis.precision import refine_decimals
from toolkit.frames import JUDGEMENTS, Judgement

EXAMPLES = Path(__file__).parents[1] / "examples" / "analysis" / "precision.yaml"
CASES = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))


def judgement(**given: Any) -> Judgement:
    """A judgement with nothing in it but what is given."""
    numbers = {name: math.nan for name, (kind, _) in JUDGEMENTS.columns.items() if kind == "float64"}
    (row,) = JUDGEMENTS.rows(JUDGEMENTS.of([numbers | {"basis": "calendar year"} | given]))
    return row


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_worked_example(case: dict[str, Any]) -> None:
    """The measure has one decimal; the judgement has as many as its marks need."""
    given = {name: value for name, value in case.items() if name not in ("says", "decimals", "tolerance")}
    of = measure(tolerance=case.get("tolerance"))

    assert refine_decimals(of, judgement(**given)).decimals == case["decimals"]


def test_a_measure_that_needs_no_more_decimals_is_itself() -> None:
    of = measure()
    assert refine_decimals(of, judgement(value=1.0)) is of


@pytest.mark.parametrize(
    ("met", "cases", "floor", "expected"),
    [
        (90, 100, 95, (6, 10)),  # 90 of 94 are 95.7%, 90 of 95 are 94.7%
        (19, 21, 95, (1, 2)),  # 19 of 20 are exactly 95%
        (95, 100, 95, (0, 5)),
        (93, 100, 95, (3, 7)),  # 93 of 97 are 95.9%, 93 of 98 are 94.9%
        (math.nan, 100, 95, None),
        (90, math.nan, 95, None),
        (90, 100, 0, None),
    ],
)
def test_exceptions_needed_are_the_fewest_that_lift_the_rest_to_the_floor(
    met: float, cases: float, floor: float, expected: tuple[int, int] | None
) -> None:
    row = judgement(numerator=float(met), denominator=float(cases), statutory_floor=float(floor))
    assert exceptions_needed(measure(), row) == expected


@pytest.mark.parametrize("of", [measure("low"), measure("none"), measure(unit="rate per 100")])
def test_exceptions_are_counted_for_shares_that_should_be_high_alone(of: Any) -> None:
    assert exceptions_needed(of, judgement(numerator=90.0, denominator=100.0, statutory_floor=95.0)) is None
