"""Intervals, rates and means equal the published and computed reference values of UKHSA, row by row."""

from typing import Any

import pytest
from reference_vectors import close, rows

from toolkit.analysis.intervals import byar, wilson
from toolkit.analysis.rates import rate

CONFIDENCES = {"95_0": 0.95, "99_8": 0.998}
Row = dict[str, Any]


@pytest.mark.parametrize("row", rows("phe_byars_wilson"))
def test_byar_and_wilson_limits_are_those_of_the_reference(row: Row):
    """The limits of one count, or one proportion, at 95% or 99.8%; no lower Byar's limit where it falls below 0."""
    confidence = row["confidence"] / 100

    limits = byar(row["x"], confidence) if row["method"] == "Byars" else wilson(row["x"], row["n"], confidence)

    assert close(limits.low, row["lowercl"])
    assert close(limits.high, row["uppercl"])


@pytest.mark.parametrize("row", rows("phe_proportion", "phe_proportion_grouped"))
def test_proportions_have_the_reference_wilson_limits(row: Row):
    """Share and limits of each area, as a share or a percentage; nothing where a count or base is missing."""
    count, base, times = row["Numerator"], row["Denominator"], row["multiplier"]

    assert close(times * count / base, row["value"])
    for confidence, low, high in limits_of(row):
        limits = wilson(count, base, confidence)
        assert close(times * limits.low, low)
        assert close(times * limits.high, high)


@pytest.mark.parametrize("row", rows("oracle_phe_proportion"))
def test_proportions_agree_with_the_reference_code(row: Row):
    """From none of five to all of 25,000, the limits at both levels; exactly 0 and 1 at the ends."""
    for confidence, low, high in limits_of(row):
        limits = wilson(row["x"], row["n"], confidence)
        assert close(limits.low, low, rel=1e-9)
        assert close(limits.high, high, rel=1e-9)


@pytest.mark.parametrize("row", rows("phe_rate", "phe_rate_grouped", "oracle_phe_rate"))
def test_rates_have_the_reference_limits(row: Row):
    """Rate and limits of each area: exact under ten events, Byar's from ten; nothing where a number is missing."""
    made_here = row["id"].startswith("oracle")
    count, base = (row["x"], row["n"]) if made_here else (row["Numerator"], row["Denominator"])
    tolerance = 1e-9 if made_here else 1.5e-8

    for confidence, low, high in limits_of(row):
        found = rate(count, base, row.get("multiplier", 100_000.0), confidence)
        assert close(found.value, row["value"], rel=tolerance)
        assert close(found.low, low, rel=tolerance)
        assert close(found.high, high, rel=tolerance)


def limits_of(row: Row) -> list[tuple[float, float, float]]:
    """(confidence, low, high) for each level that a row of the reference has."""
    if "lowercl" in row:
        return [(float(str(row["confidence"]).rstrip("%")) / 100, row["lowercl"], row["uppercl"])]
    return [(c, row[f"lower{name}cl"], row[f"upper{name}cl"]) for name, c in CONFIDENCES.items()]
