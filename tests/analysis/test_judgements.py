"""Each word of a judgement is earned by a rule; tests/examples/judgements.yaml shows every rule at work."""

import math
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.analysis import Setting, grids_of, judgements_for, results_for
from toolkit.frames import OBSERVATIONS
from toolkit.params import Measure, ReviewYear

EXAMPLES = Path(__file__).parents[1] / "examples" / "judgements.yaml"
CASES = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
LEVELS = {"E": "National"}


def measure_of(case: dict[str, Any]) -> Measure:
    counts = any("of" in str(figure) for figure in case["figures"].values()) or "c" in case["figures"].values()
    parts = {"numerator": "above", "denominator": "below"} if counts else {"value": "value"}
    about = {"id": "m", "priority": "1", "name": "Measure", "short_name": "Measure", "why": "Because."}
    return Measure.model_validate(
        {**about, "unit": "percent", "decimals": 1, "source": "s", **parts, **case["measure"]}
    )


def observed(area: str, period: str, figure: Any, basis: str) -> list[dict[str, Any]]:
    """The rows behind "160 of 200", 7 or "c" (hidden, where a share of 100 would be)."""
    common = {"area_code": area, "area_name": area, "area_level": LEVELS.get(area, "Local authority"), "period": period}
    if isinstance(figure, str) and " of " in figure:
        above, below = (float(part) for part in figure.split(" of "))
        cells = [("above", above, ""), ("below", below, "")]
    elif figure == "c":
        cells = [("above", math.nan, "c"), ("below", 100.0, "")]
    else:
        cells = [("value", float(figure), "")]
    return [{**common, "item": item, "value": value, "marker": marker, "basis": basis} for item, value, marker in cells]


def judge(case: dict[str, Any]) -> dict[str, Any]:
    measure = measure_of(case)
    others = case.get("others", {})
    figures = {"A": case["figures"], **others}
    rows = [
        row for area, said in figures.items() for p, f in said.items() for row in observed(area, p, f, measure.basis)
    ]
    fixed = {"source": "s", "edition": "1", "breakdown": "Total", "published": "2019-01-01", "place": ""}
    observations = OBSERVATIONS.checked(pd.DataFrame(rows).assign(**fixed))
    targets = {"m": case["target"]} if "target" in case else {}
    review = ReviewYear.model_validate(
        {"year": 2019, "title": "R", "cut_off": date(2019, 4, 30), "baseline": {measure.basis: case["baseline"]},
         "neighbours": "n", "targets": targets}
    )  # fmt: skip
    setting = Setting(
        "A", "E", "", ("B", "C"), review, minimum_base=30,
        neighbours_before=tuple(case.get("neighbours_before", ())),
        calendar={("s", measure.basis): case["months_to_publication"]} if "months_to_publication" in case else {},
    )  # fmt: skip
    return judgements_for(grids_of([measure], results_for([measure], observations)), setting).iloc[0].to_dict()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_worked_example(case: dict[str, Any]):
    """What the example says is what the judgement says."""
    row = judge(case)

    for column, expected in case["judgement"].items():
        if expected is None:
            assert math.isnan(row[column]), column
        else:
            assert row[column] == (pytest.approx(expected) if isinstance(expected, float) else expected), column
    assert case.get("reason", "") in row["reason"]


@settings(max_examples=40, deadline=None)
@given(st.integers(30, 3000), st.integers(0, 3000), st.integers(30, 3000), st.integers(0, 3000))
def test_turning_the_polarity_round_turns_the_word_round(n: int, x: int, m: int, y: int):
    """Better where high is good is worse where low is good; no clear change stays what it is."""
    case = {"figures": {"2016": f"{min(x, n)} of {n}", "2018": f"{min(y, m)} of {m}"}, "baseline": "2016"}
    words = {
        p: judge({**case, "measure": {"polarity": p, "basis": "calendar year"}})["direction"] for p in ("high", "low")
    }

    turned = {"better": "worse", "worse": "better", "no clear change": "no clear change"}
    assert words["low"] == turned[words["high"]]


@settings(max_examples=40, deadline=None)
@given(st.integers(30, 500), st.data())
def test_a_value_lies_inside_its_interval(n: int, data: st.DataObject):
    """Whatever the counts, the interval holds the value and stays between 0 and 100."""
    x = data.draw(st.integers(0, n))
    row = judge(
        {
            "measure": {"polarity": "high", "basis": "calendar year"},
            "figures": {"2018": f"{x} of {n}"},
            "baseline": "2016",
        }
    )

    assert 0 <= row["low"] <= row["value"] <= row["high"] <= 100


def test_the_same_figures_in_another_order_give_the_same_judgement():
    """Rows may come in any order."""
    case = CASES[15]
    turned = {
        **case,
        "others": dict(reversed(case["others"].items())),
        "figures": dict(reversed(case["figures"].items())),
    }

    assert str(judge(case)) == str(judge(turned))
