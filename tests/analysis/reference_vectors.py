"""The reference vectors, read in place from the folder beside the checkout; every row of a file becomes one test."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "vectors"
ABSENT = "../shared is absent: the reference vectors are not kept in the project"

TEXT = {
    "id", "area", "Area", "AreaCode", "AreaName", "case", "quantile_group", "GroupSet", "polarity", "method", "rule",
    "significance", "function", "arg1", "arg2", "improvement_direction", "marker", "special_cause_type", "point_type",
    "assurance_type", "band", "rank", "tolerance", "LA and Regions", "statistic",
}  # fmt: skip
"""Columns that are words even in a file where all their cells look like numbers; "" where blank."""


def read(name: str) -> pd.DataFrame:
    """One file, words as text and the rest as numbers; the test is skipped where the folder is absent."""
    if not FOLDER.is_dir():
        pytest.skip(ABSENT)
    return table(name)


def table(name: str) -> pd.DataFrame:
    found = pd.read_csv(FOLDER / f"{name}.csv", dtype="str", keep_default_na=False, na_values=[""])
    for column in found.columns:
        words = column in TEXT or column.startswith(("dsr_", "crude_"))
        found[column] = found[column].fillna("") if words else _numbers(found[column])
    return found


def _numbers(column: pd.Series) -> pd.Series:
    try:
        return column.map(float, na_action="ignore").astype("float64")
    except ValueError:
        return column.fillna("")


def rows(*names: str, **only: tuple[str, ...]) -> list[Any]:
    """One parameter a row of the files, named by its id; one skipped parameter where the folder is absent.

    ``only`` is column → the values whose rows are wanted.
    """
    if not FOLDER.is_dir():
        return [pytest.param(None, marks=pytest.mark.skip(reason=ABSENT))]
    every = [row for name in names for row in records(table(name))]
    wanted = [row for row in every if all(row[column] in values for column, values in only.items())]
    return [pytest.param(row, id=str(row["id"])) for row in wanted]


def records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records")


def close(found: Any, expected: float, rel: float = 1.5e-8, abs: float = 0.0) -> bool:
    """Equal within the tolerance; a blank expectation wants NaN."""
    if np.isnan(expected):
        return bool(np.isnan(found))
    return bool(found == pytest.approx(expected, rel=rel, abs=abs))
