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

__all__ = ["Check", "ChecksFile", "Suite", "SuiteFile", "SuiteRule", "blanks", "named_columns", "rows_where"]

On = Literal["observations", "records"]
Reader = Literal["ees", "figures", "lait", "nccis", "records", "sen2_return", "two_header_rows", "work_plan"]
Severity = Literal["critical", "warning", "info"]
Dimension = Literal["completeness", "uniqueness", "consistency", "timeliness", "validity", "accuracy"]


class SuiteRule(Params):
    """One rule of a suite. ``where`` picks rows before the step, ``only`` after it.

    If they leave no row, the rule could not be checked, which counts at its own severity and at least as a warning.
    """

    id: Identifier
    severity: Severity
    dimension: Dimension
    say: str
    do: str
    expectation: str
    on: On | None = None
    """The table that it checks, if not that of the file's other rules."""
    arguments: Mapping[str, Any] = Field(default_factory=dict)
    where: Mapping[str, Any] = Field(default_factory=dict)
    prepare: str | Mapping[str, Any] = ""
    only: Mapping[str, Any] = Field(default_factory=dict)
    may_be_empty: bool = False
    """Correct data may have no row that ``where`` and ``only`` select: then the rule passes."""
    only_where_named: bool = False
    """It does not apply where the suite follows from the reader and no ``checks.yaml`` names it."""
    readers: Listed[Reader] = ()
    """The readers whose files it applies to, if not all."""
    columns: Listed[str] = ()
    """Columns to show with a failing row, if not those that the expectation names."""
    owner: str = ""
    interpreted: bool = False
    """Worked out from what is published about the collection; the Department's own rule may differ."""
    number: str = ""
    """The Department's own number for the rule, where it is known."""


class SuiteFile(Params):
    """``data/checks/<suite>.yaml``. A parameter without a value must be given by the source that uses the suite."""

    title: str
    on: On
    roles: Mapping[Identifier, str] = Field(default_factory=dict)
    """What a column of a source can be → what that is, in words. A rule names it after a ``$``."""
    parameters: Mapping[str, Any] = Field(default_factory=dict)
    rules: Listed[SuiteRule]


class ChecksFile(Params):
    """``checks.yaml`` beside a ``source.yaml``: shared suites, their parameters, and rules of its own."""

    use: Listed[Identifier] = ()
    roles: Mapping[Identifier, str] = Field(default_factory=dict)
    """Role → the column that plays it. A rule of a suite whose role no column plays does not apply."""
    parameters: Mapping[str, Any] = Field(default_factory=dict)
    key: Listed[str] = ()
    """Columns that identify a row of the records for a person."""
    on: On = "observations"
    rules: Listed[SuiteRule] = ()


@dataclass(frozen=True)
class Check:
    """A rule in force for one source: ``id`` is 'suite.rule'; a ``step`` of "" means the table as it was read."""

    id: str
    rule: SuiteRule
    on: On
    expectation: Expectation
    step: str
    step_arguments: Mapping[str, Any]
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    """Columns to show with a failing row."""


@dataclass(frozen=True)
class Suite:
    """All checks of one source, in the order of their ids; ``key`` names the columns that identify a row.

    ``chosen`` is False if there is no checks.yaml beside the source.yaml: nobody has chosen the checks.
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

    Raises CannotCheckError for an ``item`` that no row has, and if a row is ``needed`` and none meets the conditions: a
    renamed item, or another spelling in the data, must not silence its checks.
    """
    for column, condition in where.items():
        if column == "item":
            _require_items(table["item"], condition)
        table = table[_meets_condition(table[column], condition)]
    if needed and where and table.empty:
        raise CannotCheckError(Found.NO_ROW_MEETS, columns=list(where))
    return table


def _require_items(items: pd.Series, condition: Any) -> None:
    wanted = [condition] if isinstance(condition, str) else [w for w in condition if isinstance(w, str)]
    absent = sorted(set(wanted) - set(items))
    if absent and not isinstance(condition, Mapping):
        raise CannotCheckError(Found.NO_ITEM, items=absent)


def _meets_condition(column: pd.Series, condition: Any) -> pd.Series:
    if isinstance(condition, Mapping):
        return ~_meets_condition(column, condition["not"]) if "not" in condition else column >= condition["at_least"]
    if condition in ("present", "absent"):
        return blanks(column) if condition == "absent" else ~blanks(column)
    return column.isin(condition if isinstance(condition, list | tuple) else [condition])
