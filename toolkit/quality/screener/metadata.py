"""Stages "Precheck meta" and "Check meta": the rows of the metadata file, filter groupings apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from toolkit.quality.screener.conventions import CONVENTION, UNITS, looks_like_geography
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.rows import check

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


def filled_for(pair: Pair, column: str, col_type: str) -> list[str]:
    """The rows of one ``col_type`` that have something in a column, as a message names them."""
    return meta_rows(pair, (pair.meta.frame["col_type"] == col_type) & (pair.meta.frame[column] != ""), column)


def stripped_alike(texts: Iterable[str]) -> list[str]:
    """Different texts that are the same without all but their letters and digits.

    >>> stripped_alike(["Early years", "Early  years", "Nursery"])
    ['Early years', 'Early  years']
    """
    plain = {text: re.sub(r"[^A-Za-z0-9]", "", text) for text in texts}
    keys = list(plain.values())
    return [text for text, key in plain.items() if keys.count(key) > 1]


def meta_rows(pair: Pair, wrong: pd.Series, column: str) -> list[str]:
    """The rows of the metadata where ``wrong`` holds, as a message names them: col_name, the cell, the line."""
    found = pair.meta.frame[wrong]
    texts = zip(found.index, found["col_name"], found[column], strict=True)
    return [f"'{name}'{f': {text}' if text else ''} (line {pair.meta.line(at)})" for at, name, text in texts]


@check()
def precheck_meta_col_type(pair: Pair) -> list[str]:
    """``col_type`` is Filter or Indicator."""
    return meta_rows(pair, ~pair.meta.frame["col_type"].isin(CONVENTION.columns.types), "col_type")


@check()
def precheck_meta_ob_unit(pair: Pair) -> list[str]:
    """No column of time or place is named, but school_name or provider_name as the only filter."""
    barred = UNITS - pair.name_filter
    return pair.meta.where("col_name", barred) + pair.meta.where("filter_grouping_column", barred)


@check()
def precheck_meta_col_name(pair: Pair) -> list[str]:
    """``col_name`` is never blank."""
    return _lines_of_blanks(pair, "col_name")


@check()
def check_meta_dupe_label(pair: Pair) -> list[str]:
    """No two rows have one label."""
    return _repeated(pair, "label")


@check()
def check_meta_label(pair: Pair) -> list[str]:
    """``label`` is never blank."""
    return _lines_of_blanks(pair, "label")


@check()
def check_meta_filter_hint(pair: Pair) -> list[str]:
    """``filter_hint`` is blank for indicators."""
    return filled_for(pair, "filter_hint", "Indicator")


@check()
def check_meta_geog_catch(pair: Pair) -> list[str]:
    """No filter or grouping is named like a geography column, but the only filter of school or provider files."""
    caught = set(filter(looks_like_geography, pair.filters_and_groups)) - pair.name_filter
    return pair.meta.where("col_name", caught) + pair.meta.where("filter_grouping_column", caught)


@check()
def check_meta_col_name_spaces(pair: Pair) -> list[str]:
    """No ``col_name`` has a space."""
    return pair.meta.where("col_name", (name for name in pair.meta.values("col_name") if re.search(r"\s", name)))


@check()
def check_meta_col_name_dupe(pair: Pair) -> list[str]:
    """No two rows have one ``col_name``."""
    return _repeated(pair, "col_name")


def _lines_of_blanks(pair: Pair, column: str) -> list[str]:
    blank = (pair.meta.frame[column].str.strip() == "").to_numpy().nonzero()[0]
    return [f"line {pair.meta.line(int(position))}" for position in blank]


def _repeated(pair: Pair, column: str) -> list[str]:
    texts = pair.meta.frame[column]
    return pair.meta.where(column, texts[texts.duplicated() & (texts != "")])
