"""Stages "Precheck file" and "Check file": whether the files are whole tables. All are the older screener's checks."""

from __future__ import annotations

from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import check
from toolkit.quality.screener.sheet import Sheet

__all__ = ["data_empty_cols", "data_empty_rows", "file_separator", "meta_empty_rows", "utf8"]


@check()
def utf8(pair: Pair) -> list[ScreenerFault]:
    """Both files are UTF-8."""
    lines = {sheet.name: sheet.line_not_utf8 for sheet in (pair.data, pair.meta)}
    return [fault("not_utf8", name=name, line=line) for name, line in lines.items() if line]


@check()
def file_separator(pair: Pair) -> list[ScreenerFault]:
    """The headers of both files are more than one cell."""
    return [fault("in_file", name=sheet.name) for sheet in (pair.data, pair.meta) if len(sheet.header) < 2]


@check()
def data_empty_rows(pair: Pair) -> list[ScreenerFault]:
    """No row of the data is all blank."""
    return _blank_rows(pair.data)


@check()
def meta_empty_rows(pair: Pair) -> list[ScreenerFault]:
    """No row of the metadata is all blank."""
    return _blank_rows(pair.meta)


@check()
def data_empty_cols(pair: Pair) -> list[ScreenerFault]:
    """No column of the data is all blank."""
    has_cells = (pair.data.frame != "").any().to_list()
    return [fault("name", name=column) for column, some in zip(pair.data.header, has_cells, strict=True) if not some]


def _blank_rows(sheet: Sheet) -> list[ScreenerFault]:
    blank = (sheet.frame == "").all(axis=1).to_numpy().nonzero()[0]
    return [fault("line", line=sheet.line(int(position))) for position in blank]
