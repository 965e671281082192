"""Reference values that ship with the project: every line of their arithmetic holds, and the toolkit gives the same."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from toolkit.analysis import comparisons, funnels, intervals, projection, quantiles, rates, spc, trends
from toolkit.analysis.intervals import Limits

ROWS = yaml.safe_load(Path(__file__).with_name("statistics.yaml").read_text("utf-8"))
NAMES = {"sqrt": Decimal.sqrt, "exp": Decimal.exp, "min": min, "max": max}


def _quartiles(values: list[float]) -> dict[str, Any]:
    return dict(zip(("lower", "middle", "upper"), quantiles.quartile_edges(values)[1:4], strict=True))


METHODS: dict[str, Callable[..., Mapping[str, Any]]] = {
    "wilson": lambda **given: intervals.wilson(**given)._asdict(),
    "byar": lambda **given: intervals.byar(**given)._asdict(),
    "exact_poisson": lambda **given: intervals.exact_poisson(**given)._asdict(),
    "rate": lambda **given: rates.rate(**given)._asdict(),
    "proportion_limits": lambda **given: funnels.proportion_limits(**given)._asdict(),
    "xmr": lambda values: spc.xmr(values).iloc[0].to_dict(),
    "proportion_trend": lambda **given: trends.proportion_trend(**given)._asdict(),
    "weighted_trend": lambda value, low, high: trends.weighted_trend(value, Limits(low, high))._asdict(),
    "significant": lambda: {"value": trends.SIGNIFICANT},
    "quartile_edges": _quartiles,
    "trajectory": lambda when, points: {"value": projection.trajectory(when, points)},
    "project": lambda **given: _line(projection.project(**given)),
    "neighbour_mean": lambda values: {"value": comparisons.neighbour_mean(values)},
}


def _line(found: projection.Projection | None) -> dict[str, float]:
    assert found is not None
    return found._asdict()


def worked(line: str, known: dict[str, Decimal]) -> tuple[str, Decimal, str]:
    """The name, the value worked out with 40 digits, and the value as written, of ``name = arithmetic = value``."""
    name, _, rest = line.partition(" = ")
    arithmetic, _, written = rest.partition(" = ")
    arithmetic = re.sub(r"  \(.*\)$", "", arithmetic)
    numbers = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)", r"Decimal('\1')", arithmetic)
    with localcontext() as context:
        context.prec = 40
        value = eval(numbers, {"__builtins__": {}, "Decimal": Decimal, **NAMES}, known)  # our own YAML
    return name, value, written or arithmetic


def places(written: str) -> int:
    return len(written.partition(".")[2])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']}: {row['name']}")
def test_every_line_of_the_arithmetic_holds(row: dict[str, Any]) -> None:
    """And what is given in the end is the line of that name, rounded."""
    known: dict[str, Decimal] = {}
    for line in row["work"]:
        name, value, written = worked(line, known)
        assert round(value, places(written)) == Decimal(written), line
        known[name] = value
    for name, written in row["gives"].items():
        assert round(known[name], places(written)) == Decimal(written), name


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['method']}: {row['name']}")
def test_the_toolkit_gives_the_same(row: dict[str, Any]) -> None:
    found = METHODS[row["method"]](**row["given"])
    for name, written in row["gives"].items():
        half = 0.51 * 10.0 ** -places(written)
        assert np.asarray(found[name]) == pytest.approx(float(written), abs=half), name


def test_every_row_says_where_its_formula_comes_from() -> None:
    assert all(row["source"].strip() and row["formula"].strip() and row["work"] for row in ROWS)
    assert len({(row["method"], row["name"]) for row in ROWS}) == len(ROWS) >= 36


def test_limits_printed_in_the_literature_are_reproduced() -> None:
    """The names of Newcombe's rows carry what he printed, to four places."""
    printed = [(row, re.findall(r"\d\.\d{4}|(?<= as )0", row["name"])) for row in ROWS if "printed" in row["name"]]
    assert len(printed) == 4
    for row, (low, high) in printed:
        limits = intervals.wilson(row["given"]["count"], row["given"]["base"])
        assert (round(float(limits.low), 4), round(float(limits.high), 4)) == (float(low), float(high))
