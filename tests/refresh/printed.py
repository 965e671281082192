"""The tables of a review as an earlier or later one reads them, made for tests."""

from typing import Any

import pandas as pd

from toolkit.frames import Frame
from toolkit.refresh.printed_tables import PrintedTables


def rows(frame: Frame[Any], *given: dict[str, Any]) -> pd.DataFrame:
    """The table of a frame; what a row does not name is blank."""
    blanks = {"float64": float("nan"), "bool": False}
    blank = {name: blanks.get(kind, "") for name, (kind, _) in frame.columns.items()}
    return frame.of([blank | row for row in given])


def printed(year: int, tables: dict[Frame[Any], list[dict[str, Any]]]) -> PrintedTables:
    """A review that printed these tables and no others."""
    return PrintedTables(year, {frame.name: rows(frame, *given) for frame, given in tables.items()})
