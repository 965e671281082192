"""Rules as people write them in YAML, and the checks they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from pydantic import Field

from toolkit.frames import Found
from toolkit.params.words import Identifier, Listed
from toolkit.params.yaml import Params
from toolkit.quality.context import CannotCheckError
from toolkit.quality.expectations import Expectation

__all__ = ["Check", "ChecksFile", "Rule", "Suite", "SuiteFile", "blanks", "named_columns", "rows_where"]

On = Literal["observations", "records"]
Reader = Literal["ees", "figures", "lait", "nccis", "records", "two_header_rows", "work_plan"]
Severity = Literal["critical", "warning", "info"]
Dimension = Literal["completeness", "uniqueness", "consistency", "timeliness", "validity", "accuracy"]


class Rule(Params):
    """One rule of a suite. ``where`` picks rows before the step, ``only`` after it.

    Where they leave no row the rule could not be tried, which counts at its own severity and never below warning.
    """

    id: Identifier
    severity: Severity
    dimension: Dimension
    say: str
    do: str
    expectation: str
    on: On | None = None
    """The table it looks at, where that is not the one of the other rules in the file."""
    arguments: Mapping[str, Any] = Field(default_factory=dict)
    where: Mapping[str, Any] = Field(default_factory=dict)
    prepare: str | Mapping[str, Any] = ""
    only: Mapping[str, Any] = Field(default_factory=dict)
    may_be_empty: bool = False
    """Sound data may hold no row that ``where`` and ``only`` ask for: then the rule passes."""
    readers: Listed[Reader] = ()
    """The readers for whose files it holds, where it does not hold for all."""
    columns: Listed[str] = ()
    """Columns a reader should look at, where they are not the ones that the expectation names."""
    owner: str = ""


class SuiteFile(Params):
    """``data/checks/<suite>.yaml``. A parameter without a value must be given by the source that uses the suite."""

    title: str
    on: On
    parameters: Mapping[str, Any] = Field(default_factory=dict)
    rules: Listed[Rule]


class ChecksFile(Params):
    """``checks.yaml`` beside a ``source.yaml``: shared suites, what they must know, and rules of its own."""

    use: Listed[Identifier] = ()
    parameters: Mapping[str, Any] = Field(default_factory=dict)
    key: Listed[str] = ()
    """Columns by which a person finds a row of the records."""
    on: On = "observations"
    rules: Listed[Rule] = ()


@dataclass(frozen=True)
class Check:
    """A rule in force for one source: ``id`` is 'suite.rule'; a ``step`` of "" means the table as it was read."""

    id: str
    rule: Rule
    on: On
    expectation: Expectation
    step: str
    step_arguments: Mapping[str, Any]
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    """Columns that a reader should look at."""


@dataclass(frozen=True)
class Suite:
    """All checks of one source, in the order of their ids; ``key`` names the columns by which a row is found.

    ``chosen`` is False where nobody has chosen them: there is no checks.yaml beside the source.yaml.
    """

    source: str
    checks: tuple[Check, ...]
    key: tuple[str, ...] = ()
    chosen: bool = True


def named_columns(expectation: Expectation, arguments: Mapping[str, Any]) -> list[str]:
    """The columns that an expectation's arguments name."""
    given = [arguments[name] for name in expectation.columns if name in arguments]
    return [column for value in given for column in (value if isinstance(value, list | tuple) else [value])]


def blanks(column: pd.Series) -> pd.Series:
    """Where a cell holds nothing: a missing value, or "" in a column of text."""
    return (column == "") | column.isna() if pd.api.types.is_string_dtype(column) else column.isna()


def rows_where(table: pd.DataFrame, where: Mapping[str, Any], needed: bool = False) -> pd.DataFrame:
    """Rows that meet every condition: ``present``, ``absent``, a value, a list of values, ``{not: …}`` of these, or
    ``{at_least: …}``.

    What no row has is said, where a row is ``needed``, and an ``item`` always: a renamed item, or a word that the data
    writes otherwise, must not make its checks fall silent.
    """
    for column, condition in where.items():
        if column == "item":
            _all_there(table["item"], condition)
        table = table[_meets(table[column], condition)]
    if needed and where and table.empty:
        raise CannotCheckError(Found.NO_ROW_MEETS, columns=list(where))
    return table


def _all_there(items: pd.Series, condition: Any) -> None:
    wanted = [condition] if isinstance(condition, str) else [w for w in condition if isinstance(w, str)]
    absent = sorted(set(wanted) - set(items))
    if absent and not isinstance(condition, Mapping):
        raise CannotCheckError(Found.NO_ITEM, items=absent)


def _meets(column: pd.Series, condition: Any) -> pd.Series:
    if isinstance(condition, Mapping):
        return ~_meets(column, condition["not"]) if "not" in condition else column >= condition["at_least"]
    if condition in ("present", "absent"):
        return blanks(column) if condition == "absent" else ~blanks(column)
    return column.isin(condition if isinstance(condition, list | tuple) else [condition])
