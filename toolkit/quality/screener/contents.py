"""Stages "Precheck file" and "Check file": whether the files are whole tables. All are the older screener's checks."""

from __future__ import annotations

from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import check
from toolkit.quality.screener.sheet import Sheet

__all__ = ["data_empty_cols", "data_empty_rows", "file_separator", "meta_empty_rows", "utf8"]


@check()
def utf8(pair: Pair) -> list[str]:
    """Both files are UTF-8."""
    return [f"'{sheet.name}' ({sheet.not_utf8})" for sheet in (pair.data, pair.meta) if sheet.not_utf8]


@check()
def file_separator(pair: Pair) -> list[str]:
    """The headers of both files are more than one cell."""
    return [f"in '{sheet.name}'" for sheet in (pair.data, pair.meta) if len(sheet.header) < 2]


@check()
def data_empty_rows(pair: Pair) -> list[str]:
    """No row of the data is all blank."""
    return _blank_rows(pair.data)


@check()
def meta_empty_rows(pair: Pair) -> list[str]:
    """No row of the metadata is all blank."""
    return _blank_rows(pair.meta)


@check()
def data_empty_cols(pair: Pair) -> list[str]:
    """No column of the data is all blank."""
    filled = (pair.data.frame != "").any().to_list()
    return [f"'{column}'" for column, some in zip(pair.data.header, filled, strict=True) if not some]


def _blank_rows(sheet: Sheet) -> list[str]:
    blank = (sheet.frame == "").all(axis=1).to_numpy().nonzero()[0]
    return [f"line {sheet.line(int(position))}" for position in blank]
