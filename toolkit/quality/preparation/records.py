"""Steps about records, a row a case, answer, school or action: dates, ages, repeats, words and free text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, StepContext
from toolkit.quality.preparation.registry import Column, Columns, step
from toolkit.sources.days import parse_day

__all__: list[str] = []

PERSONAL = {
    "e-mail address": r"[\w.+-]+@[\w-]+\.[\w.]+",
    "telephone number": r"(?<!\d)(?:\+44|0)[\d ]{9,12}\d(?!\d)",
    "postcode": r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    "date of birth": r"\b(?:born|dob|date of birth)\b[^.]{0,20}\d{1,2}[./-]\d{1,2}[./-]\d{2,4}",
    "pupil or NHS number": r"\b(?:[A-Z]\d{11}[A-Z\d]|\d{3} ?\d{3} ?\d{4})\b",
}
"""What gives a person away in free text."""

NAMES = {
    "name after a title": r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z][a-z]",
    "name of a child": r"\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir) (?:\w+[ -]){0,4}"
    r"(?:son|daughter|boy|girl|child|brother|sister)(?:,|,? (?:who is |is )?(?:called|named))? (?!Year\b)[A-Z][a-z]",
}
"""The ways of naming a person that a pattern can tell: Mrs Smith; my son Sam; her sister called Ann."""


def as_days(column: pd.Series) -> pd.Series:
    """A column of dates as timestamps; texts are read as people write days, and what is no day is NaT."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return column
    read = {text: _day(text) for text in column.dropna().unique()}
    return pd.to_datetime(pd.Series([read.get(text) for text in column], column.index, dtype="object"))


def texts(column: pd.Series) -> pd.Series:
    """A column as text, "" where it is blank."""
    return column.astype("str").fillna("")


def _day(text: object) -> date | None:
    try:
        return parse_day(str(text))
    except ValueError:
        return None


@step("records", "days")
def days_between(table: pd.DataFrame, context: StepContext, *, first: Column, then: Column) -> pd.DataFrame:
    """``days`` from one date to another, below 0 where they are the wrong way round; NaN where either is blank."""
    return table.assign(days=(as_days(table[then]) - as_days(table[first])).dt.days)


@step("records", "days_before_cut_off")
def days_before_cut_off(table: pd.DataFrame, context: StepContext, *, date: Column) -> pd.DataFrame:
    """``days_before_cut_off``: below 0 where the date lies after the review's cut-off."""
    return table.assign(days_before_cut_off=(pd.Timestamp(context.review.cut_off) - as_days(table[date])).dt.days)


@step("records", "days_before_cut_off")
def latest_before_cut_off(table: pd.DataFrame, context: StepContext, *, among: Columns) -> pd.DataFrame:
    """``days_before_cut_off`` of the latest of these dates of the row, below 0 where it lies after the cut-off."""
    latest = pd.DataFrame({column: as_days(table[column]) for column in among}).max(axis=1)
    return table.assign(days_before_cut_off=(pd.Timestamp(context.review.cut_off) - latest).dt.days)


@step("records", "age")
def age_on(table: pd.DataFrame, context: StepContext, *, born: Column, on: Column) -> pd.DataFrame:
    """``age`` in whole years on the day in the column ``on``; NaN where either is blank."""
    first, day = as_days(table[born]), as_days(table[on])
    before_birthday = (day.dt.month * 100 + day.dt.day) < (first.dt.month * 100 + first.dt.day)
    return table.assign(age=day.dt.year - first.dt.year - before_birthday)


@step("records", "date_read")
def date_read(table: pd.DataFrame, context: StepContext, *, date: Column) -> pd.DataFrame:
    """``date_read``: yes, no (there is text, and it is not a date, or not one that can be) or blank."""
    blank = table[date].isna() | (texts(table[date]).str.strip() == "")
    if "problems" in table.columns:
        blank &= ~table["problems"].str.contains(rf"(?:^|; ){re.escape(date)}: ", regex=True)
    said = as_days(table[date]).notna().map({True: "yes", False: "no"}).astype("str").mask(blank, "blank")
    return table.assign(date_read=said)


@step("records", "year")
def year_of(table: pd.DataFrame, context: StepContext, *, date: Column) -> pd.DataFrame:
    """``year`` of the date; NaN where it is blank or not a day."""
    return table.assign(year=as_days(table[date]).dt.year)


@step("records", "weekday")
def weekday(table: pd.DataFrame, context: StepContext, *, date: Column) -> pd.DataFrame:
    """``weekday``: 1 for Monday to 7 for Sunday; NaN where the date is blank."""
    return table.assign(weekday=as_days(table[date]).dt.day_of_week + 1)


@step("records", "copies")
def copies(table: pd.DataFrame, context: StepContext, *, same: Columns) -> pd.DataFrame:
    """``copies``: rows that share all of these columns, case and spaces aside; 1 where any of them is blank."""
    text = pd.DataFrame({column: texts(table[column]).map(_plain) for column in same})
    blank = (table[list(same)].isna() | (text == "")).any(axis=1)
    count = text.groupby(list(same))[same[0]].transform("size")
    return table.assign(copies=count.mask(blank, 1))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


@step("records", "different")
def different_per(table: pd.DataFrame, context: StepContext, *, of: Column, by: Column) -> pd.DataFrame:
    """``different``: how many different values of ``of`` go with the row's value of ``by``."""
    return table.assign(different=table.groupby(by)[of].transform("nunique"))


@step("records", "percent")
def percent_of(table: pd.DataFrame, context: StepContext, *, part: Column, whole: Column) -> pd.DataFrame:
    """``percent``: one number of the row in percent of another; NaN where either is blank or the other is 0."""
    return table.assign(percent=100 * table[part] / table[whole].where(table[whole] != 0))


@step("records", "month", "place", "rows_in_month", keeps=False, counts="month")
def rows_by_month(table: pd.DataFrame, context: StepContext, *, date: Column) -> pd.DataFrame:
    """A row a month between the first date and the last: ``rows_in_month``, 0 where a month is empty."""
    months = as_days(table[date]).dropna().dt.to_period("M")
    every = pd.period_range(months.min(), months.max(), freq="M") if len(months) else pd.PeriodIndex([], freq="M")
    count = months.value_counts().reindex(every, fill_value=0)
    names = pd.Series([str(month) for month in every], dtype="str")
    return pd.DataFrame({"month": names, "place": "", "rows_in_month": count.to_numpy()})


@step("records", "days_since_newest", "place", keeps=False, counts="newest row")
def newest_row(table: pd.DataFrame, context: StepContext, *, date: Column) -> pd.DataFrame:
    """One row: ``days_since_newest``, from the newest date in the column to the cut-off."""
    newest = as_days(table[date]).max()
    return pd.DataFrame({"days_since_newest": [(pd.Timestamp(context.review.cut_off) - newest).days], "place": [""]})


@step("records", "place", "question", "answer", keeps=False)
def answers(table: pd.DataFrame, context: StepContext, *, questions: Columns) -> pd.DataFrame:
    """A row a question of each response: ``question`` (the column's name) and ``answer`` as text, "" where blank."""
    text = table[list(questions)].astype("object").where(table[list(questions)].notna(), "").astype("str")
    long = text.assign(place=table["place"]).melt(id_vars="place", var_name="question", value_name="answer")
    return long.astype({"question": "str", "answer": "str"})


@step("records", "answered", "different_answers")
def answered(table: pd.DataFrame, context: StepContext, *, questions: Columns) -> pd.DataFrame:
    """Per response: how many questions were ``answered``, and how many ``different_answers`` they got."""
    given = table[list(questions)].replace("", None)
    return table.assign(answered=given.notna().sum(axis=1), different_answers=given.nunique(axis=1))


@step("records", "year", "question", "place", "answers", keeps=False, counts="answer count")
def answers_by_year(table: pd.DataFrame, context: StepContext, *, date: Column, questions: Columns) -> pd.DataFrame:
    """A row a question and year: how many ``answers`` it got; a year is that of the date of the response."""
    given = table[list(questions)].replace("", None).notna()
    years = as_days(table[date]).dt.year.rename("year")
    count = given.groupby(years).sum().reset_index().melt(id_vars="year", var_name="question", value_name="answers")
    return count.assign(place="").astype({"question": "str", "place": "str"})


@step("records", "year", "place", "response_rate", keeps=False, counts="year")
def response_rate(
    table: pd.DataFrame, context: StepContext, *, date: Column, invited: Mapping[str | int, int]
) -> pd.DataFrame:
    """A row a year of responses: ``response_rate`` in percent of those ``invited`` (year → persons) that year."""
    count = as_days(table[date]).dt.year.dropna().astype("int64").astype("str").value_counts().sort_index()
    asked = {str(year): persons for year, persons in invited.items()}
    unknown = [year for year in count.index if year not in asked]
    if unknown:
        raise CannotCheckError(Found.NO_INVITED, years=unknown)
    rate = [100 * answers / asked[year] for year, answers in count.items()]
    return pd.DataFrame({"year": count.index.astype("str"), "place": "", "response_rate": rate})


@step("records", "personal_details")
def personal_details(table: pd.DataFrame, context: StepContext, *, within: Columns) -> pd.DataFrame:
    """``personal_details``: the kinds that the free text seems to hold (e-mail address, postcode, …), or none.

    The kind alone is told, never what was found.
    """
    return table.assign(personal_details=_kinds(table, within, PERSONAL))


@step("records", "named_persons")
def named_persons(table: pd.DataFrame, context: StepContext, *, within: Columns) -> pd.DataFrame:
    """``named_persons``: the kinds of name that the free text seems to hold (NAMES), or none; never the name itself."""
    return table.assign(named_persons=_kinds(table, within, NAMES))


def _kinds(table: pd.DataFrame, within: Columns, patterns: Mapping[str, str]) -> pd.Series:
    text = table[list(within)].astype("str").fillna("").agg("\n".join, axis=1)
    kinds = text.map(lambda given: ", ".join(k for k, pattern in patterns.items() if _holds(given, pattern)) or "none")
    return kinds.astype("str")


def _holds(text: str, pattern: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE if pattern.startswith(r"\b(?:born") else 0) is not None


@step("records", "listed")
def listed(table: pd.DataFrame, context: StepContext, *, words: Column) -> pd.DataFrame:
    """A row a word of a column that holds several, split at ; or , and freed of spaces: ``listed``."""
    split = texts(table[words]).str.split(r"[;,]", regex=True)
    found = table.assign(listed=split).explode("listed")
    return found.assign(listed=found["listed"].astype("str").str.strip()).reset_index(drop=True)


@step("records", "word_known")
def word_known(table: pd.DataFrame, context: StepContext, *, word: Column, words: Sequence[str]) -> pd.DataFrame:
    """``word_known``: yes or no, case and spaces aside; blank where there is no word."""
    known = {_plain(known) for known in words}
    said = texts(table[word]).map(lambda given: "yes" if _plain(given) in known else "no")
    return table.assign(word_known=said.astype("str").mask(table[word].isna() | (table[word] == ""), ""))


@step("records", "word", "place", "rows_found", keeps=False, counts="word")
def expected_words(table: pd.DataFrame, context: StepContext, *, among: Column, words: Sequence[str]) -> pd.DataFrame:
    """A row a word that should occur: ``rows_found`` with it in the column ``among``, case and spaces aside."""
    count = texts(table[among]).map(_plain).value_counts()
    found = [int(count.get(_plain(word), 0)) for word in words]
    return pd.DataFrame({"word": pd.Series(words, dtype="str"), "place": "", "rows_found": found})
