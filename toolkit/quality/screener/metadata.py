"""Stages "Precheck meta" and "Check meta": the rows of the metadata file, filter groupings apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from toolkit.quality.screener.conventions import CONVENTION, UNITS, looks_like_geography
from toolkit.quality.screener.fault import ScreenerFault, fault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import check

__all__ = [
    "check_meta_col_name_dupe",
    "check_meta_col_name_spaces",
    "check_meta_dupe_label",
    "check_meta_filter_hint",
    "check_meta_geog_catch",
    "check_meta_label",
    "precheck_meta_col_name",
    "precheck_meta_col_type",
    "precheck_meta_ob_unit",
]


def rows_filled_in(pair: Pair, column: str, col_type: str) -> list[ScreenerFault]:
    """The rows of one ``col_type`` in which a column is not blank."""
    return meta_rows(pair, (pair.meta.frame["col_type"] == col_type) & (pair.meta.frame[column] != ""), column)


def alike_when_stripped(texts: Iterable[str]) -> list[str]:
    """Different texts that are the same when only letters and digits are kept.

    >>> alike_when_stripped(["Early years", "Early  years", "Nursery"])
    ['Early years', 'Early  years']
    """
    plain = {text: re.sub(r"[^A-Za-z0-9]", "", text) for text in texts}
    keys = list(plain.values())
    return [text for text, key in plain.items() if keys.count(key) > 1]


def meta_rows(pair: Pair, wrong: pd.Series, column: str) -> list[ScreenerFault]:
    """A fault for each row of the metadata where ``wrong`` holds: col_name, the cell, the line."""
    rows = pair.meta.frame[wrong]
    texts = zip(rows.index, rows["col_name"], rows[column], strict=True)
    return [
        fault("metadata_cell" if text else "metadata_row", name=name, text=text, line=pair.meta.line(at))
        for at, name, text in texts
    ]


@check()
def precheck_meta_col_type(pair: Pair) -> list[ScreenerFault]:
    """``col_type`` is Filter or Indicator."""
    return meta_rows(pair, ~pair.meta.frame["col_type"].isin(CONVENTION.columns.types), "col_type")


@check()
def precheck_meta_ob_unit(pair: Pair) -> list[ScreenerFault]:
    """No column of time or place is described, except school_name or provider_name as the only filter."""
    units = UNITS - pair.name_filter
    return pair.meta.faults_where("col_name", units) + pair.meta.faults_where("filter_grouping_column", units)


@check()
def precheck_meta_col_name(pair: Pair) -> list[ScreenerFault]:
    """``col_name`` is never blank."""
    return _lines_of_blanks(pair, "col_name")


@check()
def check_meta_dupe_label(pair: Pair) -> list[ScreenerFault]:
    """No two rows have the same label."""
    return _repeats(pair, "label")


@check()
def check_meta_label(pair: Pair) -> list[ScreenerFault]:
    """``label`` is never blank."""
    return _lines_of_blanks(pair, "label")


@check()
def check_meta_filter_hint(pair: Pair) -> list[ScreenerFault]:
    """``filter_hint`` is blank for indicators."""
    return rows_filled_in(pair, "filter_hint", "Indicator")


@check()
def check_meta_geog_catch(pair: Pair) -> list[ScreenerFault]:
    """No filter or grouping is named like a geography column, except the only filter of school or provider files."""
    names = set(filter(looks_like_geography, pair.filters_and_groups)) - pair.name_filter
    return pair.meta.faults_where("col_name", names) + pair.meta.faults_where("filter_grouping_column", names)


@check()
def check_meta_col_name_spaces(pair: Pair) -> list[ScreenerFault]:
    """No ``col_name`` has a space."""
    return pair.meta.faults_where("col_name", (name for name in pair.meta.values("col_name") if re.search(r"\s", name)))


@check()
def check_meta_col_name_dupe(pair: Pair) -> list[ScreenerFault]:
    """No two rows have the same ``col_name``."""
    return _repeats(pair, "col_name")


def _lines_of_blanks(pair: Pair, column: str) -> list[ScreenerFault]:
    blank = (pair.meta.frame[column].str.strip() == "").to_numpy().nonzero()[0]
    return [fault("line", line=pair.meta.line(int(position))) for position in blank]


def _repeats(pair: Pair, column: str) -> list[ScreenerFault]:
    texts = pair.meta.frame[column]
    return pair.meta.faults_where(column, texts[texts.duplicated() & (texts != "")])
