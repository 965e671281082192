"""When figures usually come out: ``data/reference/calendar.csv``, one row per source and basis."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pandas as pd

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.sources.days import month_number
from toolkit.sources.periods import BASES

__all__ = ["load_calendar"]

FILE = "data/reference/calendar.csv"
COLUMNS = ("source", "basis", "lag_months")


def load_calendar(project: Path, sources: Collection[str]) -> pd.DataFrame:
    """source, basis, lag_months (from the end of a period to its publication), and the file's other columns.

    No rows where a project has no calendar. A missing column, a source that is not among ``sources``, an unknown basis
    or month, a lag that is not a whole number and a repeated row are an ``InputError``.
    """
    path = project / FILE
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    missing = [column for column in COLUMNS if column not in table]
    problems = [Problem(FILE, 1, f"the column '{column}' is missing", "add it") for column in missing]
    if not missing:
        problems += [Problem(FILE, line, *fault) for line, fault in _faults(table, sources)]
    if problems:
        raise InputError(problems)
    return table.astype({"lag_months": "int64"})


def _faults(table: pd.DataFrame, sources: Collection[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Line and what is wrong there, with the fix."""
    months = table["usual_month"] if "usual_month" in table else [""] * len(table)
    first: dict[tuple[str, str], int] = {}
    rows = zip(table["source"], table["basis"], table["lag_months"], months, strict=True)
    for line, (source, basis, lag, month) in enumerate(rows, 2):
        if source not in sources:
            yield line, (f"there is no source '{source}'", did_you_mean(source, sources))
        if basis not in BASES:
            yield line, (f"unknown basis '{basis}'", f"use one of: {', '.join(BASES)}")
        if not lag.isdecimal():
            yield line, (f"lag_months must be a whole number of months, not '{lag}'", "")
        if month and not month_number(month):
            yield line, (f"'{month}' is not a month", "write it out, as March")
        if first.setdefault((source, basis), line) != line:
            yield line, (f"'{source}' has its {basis} on line {first[source, basis]} already", "keep one of the two")
