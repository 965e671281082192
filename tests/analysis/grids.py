"""Makes grids of figures for tests: area → period → the columns of results that matter."""

from typing import Any

import pandas as pd

from toolkit.analysis.measure_grid import MeasureGrid, grids_of
from toolkit.frames import RESULTS
from toolkit.params import Measure


def measure(polarity: str = "high", basis: str = "calendar year", **given: Any) -> Measure:
    """A percentage of counts, with anything changed by name."""
    usual = {
        "id": "m", "priority": "1", "name": "M", "short_name": "M", "why": "Why.", "unit": "percent", "decimals": 1,
        "polarity": polarity, "basis": basis, "source": "s", "numerator": "above", "denominator": "below",
    }  # fmt: skip
    return Measure.model_validate(usual | given)


def rows_of(figures: dict[str, dict[str, dict[str, Any]]]) -> pd.DataFrame:
    """RESULTS with the given columns; all others are empty."""
    rows = [
        {"area_code": area, "period": period, "area_level": "Local authority", "measure": "m"} | columns
        for area, periods in figures.items()
        for period, columns in periods.items()
    ]
    empty = {name: "" for name, (kind, _) in RESULTS.columns.items() if kind == "str"}
    return RESULTS.validate(pd.DataFrame([empty | row for row in rows], columns=list(RESULTS.columns)))


def grid(of: Measure, figures: dict[str, dict[str, dict[str, Any]]]) -> MeasureGrid:
    """The grid of those rows."""
    return grids_of([of], rows_of(figures))[0]
