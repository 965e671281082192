"""How far a figure can be trusted and why not, when nothing may be judged, and when the next one comes out."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from grids import grid, measure

from toolkit.analysis import Setting
from toolkit.analysis.confidence import confidence, find_bars, next_figure
from toolkit.params import Measure, ReviewYear

PATH = Path(__file__).parents[1] / "examples" / "analysis" / "confidence.yaml"
CASES = yaml.safe_load(PATH.read_text(encoding="utf-8"))


def setting(**given: Any) -> Setting:
    return Setting("A", "E", "R", (), ReviewYear.model_construct(), minimum_base=30, **given)


def of_publisher(unit: str) -> Measure:
    return measure(unit=unit, numerator="", denominator="", value="v")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])
def test_worked_example(case: dict[str, Any]):
    of = of_publisher(case["publisher"]) if "publisher" in case else measure()
    base = {"denominator": float(case["base"])} if "base" in case else {}
    made = grid(of, {"A": {"2016": {"value": 1.0, **base}, "2018": case["now"]}, "B": {"2018": {"value": 1.0}}})
    rows = made.places(["A"])
    now, then = (made.at(rows, np.array([made.column(year)])) for year in ("2018", "2016"))
    checks = case.get("checks", [])
    known = setting(
        warnings=frozenset({"m"} if "warning" in checks else ()),
        illustrative=frozenset({"s"} if "made up" in checks else ()),
    )

    levels, doubts = confidence(of, (now, then), [case.get("bar", "")], known)

    assert levels == [case["level"]]
    assert doubts == [case["doubts"]]


@pytest.mark.parametrize(
    ("basis", "critical", "expected"),
    [
        ("calendar year", (), ["few people", "", "", "newer figure missing"]),
        ("calendar year", ("m",), ["data failed"] * 4),
        ("calendar year", ("other",), ["few people", "", "", "newer figure missing"]),
        ("month", (), ["single month", "single month", "", "newer figure missing"]),
    ],
)
def test_what_bars_judging(basis: str, critical: tuple[str, ...], expected: list[str]):
    """29 people, 30 people, no figure, and one that others have overtaken."""
    label = "2018-04" if basis == "month" else "2018"
    figures = {"A": {"value": 1.0, "denominator": 29.0}, "B": {"value": 1.0, "denominator": 30.0}}
    figures |= {"C": {"marker": "x", "denominator": 29.0}, "D": {"value": 1.0, "denominator": 29.0}}
    made = grid(measure(basis=basis), {area: {label: row} for area, row in figures.items()})
    now = made.at(made.places(figures), np.zeros(4, dtype=np.intp))
    overtaken = np.array([False, False, False, True])

    assert find_bars(made.measure, now, overtaken, setting(critical=frozenset(critical))) == expected


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        ({("s", "calendar year"): 4}, ("2019", "2020-04")),
        ({("s", "calendar year"): 0}, ("2019", "2019-12")),
        ({("s", "month"): 4}, ("2019", "each June")),
        ({("other", "calendar year"): 4}, ("2019", "each June")),
    ],
)
def test_the_next_figure_comes_out_when_the_calendar_says_or_else_the_measure(
    calendar: dict[tuple[str, str], int], expected: tuple[str, str]
):
    """2018 is out, so 2019 is next; it ends in December 2019."""
    made = grid(measure(published_in="each June"), {"A": {"2018": {"value": 1.0}}})
    assert next_figure(made, setting(calendar=calendar)) == expected


def test_nothing_is_next_where_nothing_is_out():
    made = grid(measure(published_in="each June"), {"A": {"2018": {"marker": "x"}}})
    assert next_figure(made, setting(calendar={("s", "calendar year"): 4})) == ("", "each June")
