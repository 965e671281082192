"""Large tables, judged by what is different in them: a rule about a value is asked once for each different value.

A column of a million figures has a few thousand different ones. Great Expectations carries whole columns through every
rule; here it is given the different values (or pairs of values) of each rule's columns side by side, and the answer is
carried back to the rows. Rules about a column as a whole (a mean) or about repeats still see every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from toolkit.quality.questions import Answer, Question, Sitting

__all__ = ["Compact", "compact"]

_BY_SET = ("_max_to_be_between", "_min_to_be_between", "_unique_value_count_to_be_between", "_distinct_values_to_")
"""Rules about a column as a whole that depend on its different values alone."""
Codes = NDArray[Any]


@dataclass(frozen=True)
class Compact:
    """``values``: questions about different values; ``rest``: questions about all rows. ``codes`` is check → for each
    row which of the different values it has, and how many there are."""

    values: Sitting
    rest: Sitting
    codes: Mapping[str, tuple[Codes, int]]

    def carried_back(self, check: str, answer: Answer) -> Answer:
        """The answer about different values, as one about rows."""
        if not answer.rows:
            return answer
        codes, many = self.codes[check]
        bad = np.zeros(many, dtype=bool)
        at = np.asarray(answer.rows)
        bad[np.where(at < many, at, 0)] = True  # what stands beyond is the first value again
        return Answer(answer.outcome, tuple(np.flatnonzero(bad[codes]).tolist()), answer.observed, answer.trouble)


def compact(sitting: Sitting) -> Compact:
    """The sitting in two parts. A question stays whole where hardly any two rows have the same values."""
    table = sitting.table
    groups: dict[tuple[str, ...], list[str]] = {}
    for check, question in sitting.questions.items():
        if _by_value(question) and set(question.columns) <= set(table.columns):
            groups.setdefault(tuple(question.columns), []).append(check)
    questions, codes, blocks = {}, {}, []
    for number, (columns, checks) in enumerate(groups.items()):
        of_row, many = _different(table, columns)
        if many > len(table) // 4:
            continue
        names = {column: f"{column} {number}" for column in columns}
        blocks.append((names, _first(of_row, many)))
        for check in checks:
            asked = sitting.questions[check]
            questions[check] = Question(asked.expectation, _renamed(asked, names))
            codes[check] = of_row, many
    rest = {check: question for check, question in sitting.questions.items() if check not in questions}
    return Compact(Sitting(_side_by_side(table, blocks), questions), Sitting(_coded(table, rest), rest), codes)


def _by_value(question: Question) -> bool:
    name = question.expectation.name
    if question.expectation.kind == "rows":
        return "mostly" not in question.arguments and "_unique" not in name
    return any(end in name for end in _BY_SET)


def _different(table: pd.DataFrame, columns: tuple[str, ...]) -> tuple[Codes, int]:
    """For each row which of the different rows of these columns it is, counted in order of appearance."""
    codes = (pd.factorize(table[column], use_na_sentinel=False) for column in columns)
    of_row, many = reduce(_both, ((found, len(values)) for found, values in codes))
    return of_row.astype(np.min_scalar_type(many)), many


def _both(one: tuple[Codes, int], other: tuple[Codes, int]) -> tuple[Codes, int]:
    codes, different = pd.factorize(one[0].astype(np.int64) * other[1] + other[0])
    return codes, len(different)


def _first(codes: Codes, many: int) -> Codes:
    """The position at which each of the different rows first stands."""
    first = np.empty(many, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first


def _renamed(question: Question, names: Mapping[str, str]) -> dict[str, Any]:
    """The arguments, with the columns under the names that they have here."""
    given = dict(question.arguments)
    for argument in question.expectation.columns:
        if argument in given:
            value = given[argument]
            several = isinstance(value, list | tuple)
            given[argument] = [names[column] for column in value] if several else names[value]
    return given


def _side_by_side(table: pd.DataFrame, blocks: list[tuple[dict[str, str], Codes]]) -> pd.DataFrame:
    """The different rows of each set of columns; shorter ones are filled up with their own first row."""
    longest = max((len(first) for _, first in blocks), default=0)
    made: dict[str, pd.Series] = {}
    for names, first in blocks:
        at = np.concatenate([first, np.full(longest - len(first), first[0])])
        made |= {new: table[column].take(at).reset_index(drop=True) for column, new in names.items()}
    return pd.DataFrame(made)


def _coded(table: pd.DataFrame, questions: Mapping[str, Question]) -> pd.DataFrame:
    """The table, text that is only looked at for repeats as numbers: equal where the text was, missing where blank."""
    repeats = {c for q in questions.values() if "_unique" in q.expectation.name for c in q.columns}
    others = {c for q in questions.values() if "_unique" not in q.expectation.name for c in q.columns}
    text = [c for c in repeats - others if c in table.columns and pd.api.types.is_string_dtype(table[c])]
    coded = {c: pd.Series(pd.factorize(table[c].mask(table[c] == ""))[0], table.index) for c in sorted(text)}
    return table.assign(**{c: codes.astype("float64").mask(codes < 0) for c, codes in coded.items()})
