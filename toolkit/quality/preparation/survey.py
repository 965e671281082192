"""Steps about the responses to a survey."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.dates import as_days
from toolkit.quality.preparation.registry import ColumnName, ColumnNames, step

__all__: list[str] = []


@step("records", "place", "question", "answer", keeps=False)
def answers(table: pd.DataFrame, context: StepContext, *, questions: ColumnNames) -> pd.DataFrame:
    """One row per response and question: ``question`` (the column's name) and ``answer`` as text, "" where blank."""
    text = table[list(questions)].astype("object").where(table[list(questions)].notna(), "").astype("str")
    long = text.assign(place=table["place"]).melt(id_vars="place", var_name="question", value_name="answer")
    return long.astype({"question": "str", "answer": "str"})


@step("records", "answered", "different_answers")
def count_answers(table: pd.DataFrame, context: StepContext, *, questions: ColumnNames) -> pd.DataFrame:
    """For each response: how many questions it ``answered``, and how many ``different_answers`` it gave."""
    given = table[list(questions)].replace("", None)
    return table.assign(answered=given.notna().sum(axis=1), different_answers=given.nunique(axis=1))


@step("records", "year", "question", "place", "answers", keeps=False, counts="answer_count")
def answers_by_year(
    table: pd.DataFrame, context: StepContext, *, date: ColumnName, questions: ColumnNames
) -> pd.DataFrame:
    """One row per question and year: how many ``answers`` it got in responses of that year."""
    given = table[list(questions)].replace("", None).notna()
    years = _years_of(table, date).rename("year")
    count = given.groupby(years).sum().reset_index().melt(id_vars="year", var_name="question", value_name="answers")
    return count.assign(place="").astype({"question": "str", "place": "str"})


@step("records", "year", "place", "response_rate", keeps=False, counts="year")
def response_rate(
    table: pd.DataFrame, context: StepContext, *, date: ColumnName, invited: Mapping[str | int, int]
) -> pd.DataFrame:
    """One row per year: ``response_rate``, responses in percent of the people ``invited`` (year → people) that year."""
    years = _years_of(table, date).dropna()
    labels = years if date == "round" else years.astype("int64")
    count = labels.astype("str").value_counts().sort_index()
    invited_in = {str(year): persons for year, persons in invited.items()}
    unknown = [year for year in count.index if year not in invited_in]
    if unknown:
        raise CannotCheckError(Found.NO_INVITED, years=unknown)
    rate = [100 * responses / invited_in[year] for year, responses in zip(count.index, count, strict=True)]
    return pd.DataFrame({"year": count.index.astype("str"), "place": "", "response_rate": rate})


def _years_of(table: pd.DataFrame, date: str) -> pd.Series:
    """The year of each row by a date column, or the round that the source names."""
    return table[date].replace("", None) if date == "round" else as_days(table[date]).dt.year
