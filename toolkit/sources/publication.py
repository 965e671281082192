"""When figures usually come out: ``data/reference/calendar.csv``, one row a source and basis."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem
from toolkit.sources.periods import BASES

__all__ = ["load_calendar"]

FILE = "data/reference/calendar.csv"
COLUMNS = ("source", "basis", "lag_months")


def load_calendar(project: Path) -> pd.DataFrame:
    """source, basis, lag_months (from the end of a period to its publication), and what else the file says.

    No rows where a project has no calendar. A missing column, an unknown basis or a lag that is no whole number is an
    ``InputError``.
    """
    path = project / FILE
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    missing = [column for column in COLUMNS if column not in table]
    problems = [Problem(FILE, 1, f"the column '{column}' is missing", "add it") for column in missing]
    if not missing:
        for line, (basis, lag) in enumerate(zip(table["basis"], table["lag_months"], strict=True), 2):
            if basis not in BASES:
                problems.append(Problem(FILE, line, f"unknown basis '{basis}'", f"use one of: {', '.join(BASES)}"))
            if not lag.isdecimal():
                problems.append(Problem(FILE, line, f"lag_months must be a whole number of months, not '{lag}'"))
    if problems:
        raise InputError(problems)
    return table.astype({"lag_months": "int64"})
