"""Figures of a return, for tests."""

from pathlib import Path

import pandas as pd

from toolkit.sources.sen2 import measure_return, read_return, read_schools, window_of

FOUR_PEOPLE = Path(__file__).with_name("four_people.xml")
"""Four invented people: a plan in time, a refusal, an older plan with a review, a plan that ceased."""


def figures(path: Path, schools: Path | None = None, period: str = "") -> dict[str, float]:
    """Measure → its value for all, of a return."""
    made = read_return([path])
    measured = measure_return(made, window_of(period, made.header), read_schools(schools) if schools else None)
    return whole(measured)


def whole(measured: pd.DataFrame) -> dict[str, float]:
    """Measure → its value for all."""
    rows = measured[measured["topic"] == "all"]
    return dict(zip(rows["measure"], rows["value"], strict=True))
