"""Steps about the cells of records: repeats, words from a list, one number as a share of another."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.quality.context import StepContext
from toolkit.quality.preparation.registry import ColumnName, ColumnNames, step

__all__: list[str] = []


def texts(column: pd.Series) -> pd.Series:
    """A column as text, "" where it is blank."""
    return column.astype("str").fillna("")


def normalise_text(text: str) -> str:
    """Without differences of case, spaces and a full stop at the end."""
    return " ".join(text.split()).casefold().rstrip(".")


@step("records", "copies")
def copies(table: pd.DataFrame, context: StepContext, *, same: ColumnNames) -> pd.DataFrame:
    """``copies``: rows that agree in all of these columns, ignoring case and spaces; 1 where any of them is blank."""
    text = pd.DataFrame({column: texts(table[column]).map(normalise_text) for column in same})
    blank = (table[list(same)].isna() | (text == "")).any(axis=1)
    count = text.groupby(list(same))[same[0]].transform("size")
    return table.assign(copies=count.mask(blank, 1))


@step("records", "different")
def different_per(table: pd.DataFrame, context: StepContext, *, of: ColumnName, by: ColumnName) -> pd.DataFrame:
    """``different``: how many different values of ``of`` go with the row's value of ``by``."""
    return table.assign(different=table.groupby(by)[of].transform("nunique"))


@step("records", "percent")
def percent_of(table: pd.DataFrame, context: StepContext, *, part: ColumnName, whole: ColumnName) -> pd.DataFrame:
    """``percent``: ``part`` in percent of ``whole``; NaN where either is blank or ``whole`` is 0."""
    return table.assign(percent=100 * table[part] / table[whole].where(table[whole] != 0))


@step("records", "listed")
def split_words(table: pd.DataFrame, context: StepContext, *, words: ColumnName) -> pd.DataFrame:
    """One row per word of a column that holds several, split at ; or , and stripped of spaces: ``listed``."""
    split = texts(table[words]).str.split(r"[;,]", regex=True)
    rows = table.assign(listed=split).explode("listed")
    return rows.assign(listed=rows["listed"].astype("str").str.strip()).reset_index(drop=True)


@step("records", "word_known")
def word_known(table: pd.DataFrame, context: StepContext, *, word: ColumnName, words: Sequence[str]) -> pd.DataFrame:
    """``word_known``: whether ``words`` has it: yes or no, ignoring case and spaces; blank where there is no word."""
    allowed = {normalise_text(one) for one in words}
    codes = texts(table[word]).map(lambda given: "yes" if normalise_text(given) in allowed else "no")
    return table.assign(word_known=codes.astype("str").mask(table[word].isna() | (table[word] == ""), ""))


@step("records", "word", "place", "rows_found", keeps=False, counts="word")
def expected_words(
    table: pd.DataFrame, context: StepContext, *, among: ColumnName, words: Sequence[str]
) -> pd.DataFrame:
    """One row per expected word: ``rows_found`` with it in the column ``among``, ignoring case and spaces."""
    count = texts(table[among]).map(normalise_text).value_counts()
    numbers = [int(count.get(normalise_text(word), 0)) for word in words]
    return pd.DataFrame({"word": pd.Series(words, dtype="str"), "place": "", "rows_found": numbers})
