"""Tables as CSV that is the same on every machine and safe to open in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

__all__ = ["csv_text", "guard_formula", "write_csv"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write ``table`` to ``path``: UTF-8, LF, numbers in their shortest exact form, nothing where there is no value.

    A spreadsheet runs text that starts with = + - or @; such text gets an apostrophe in front, unless the whole of it
    is a number. Numbers are never touched.

    Example: ``write_csv(judgements, folder / "judgements.csv")``
    """
    _as_text(table).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def csv_text(table: pd.DataFrame) -> str:
    """What ``write_csv`` writes."""
    return str(_as_text(table).to_csv(index=False, lineterminator="\n"))


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({name: _column(table[name]) for name in table.columns}, columns=table.columns)


def _column(column: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "true", False: "false"})
    if pd.api.types.is_numeric_dtype(column):
        return pd.Series([_number(value) for value in column], index=column.index, dtype="str")
    text = column.fillna("").astype("str")
    runs = text.str.startswith(_STARTS)
    return text.mask(runs, text[runs].map(guard_formula)) if runs.any() else text


def _number(value: float) -> str:
    """The shortest text that reads back as the same number, without a needless .0; "" for NaN.

    >>> _number(4222.0), _number(0.1), _number(float("nan"))
    ('4222', '0.1', '')
    """
    if value != value:
        return ""
    return repr(float(value)).removesuffix(".0")


def guard_formula(text: str) -> str:
    """``text`` with an apostrophe in front where a spreadsheet would run it; a number stays as it is.

    >>> guard_formula("=1+1"), guard_formula("-5"), guard_formula("plans")
    ("'=1+1", '-5', 'plans')
    """
    if not text.startswith(_STARTS):
        return text
    try:
        float(text)
    except ValueError:
        return "'" + text
    return text
