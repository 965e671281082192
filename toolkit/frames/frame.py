"""A table with fixed columns, declared once as a class whose fields are the columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, get_type_hints

import pandas as pd

from toolkit.errors import InputError, Problem

__all__ = ["FLAG", "NUMBER", "TEXT", "Frame"]

TEXT, NUMBER, FLAG, COUNT, DAY = "str", "float64", "bool", "int64", "datetime64[s]"
_DTYPES: Mapping[type, str] = {str: TEXT, float: NUMBER, bool: FLAG, int: COUNT, date: DAY}

_MOST_COLUMNS_LISTED = 5
Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class Frame(Generic[Row]):
    """A named table. ``row`` is a NamedTuple: each field is a column, annotated with its type and what it holds.

    A field that would be a Python keyword ends in an underscore, its column does not. Text columns hold "" where there
    is nothing, never NaN. ``key``: the columns that identify a row. ``title``: the heading readers see.
    """

    name: str
    row: type[Row]
    key: tuple[str, ...] = ()
    title: str = ""

    @cached_property
    def columns(self) -> Mapping[str, tuple[str, str]]:
        """Column name → (dtype, what it holds)."""
        hints = get_type_hints(self.row, include_extras=True)
        return {field.rstrip("_"): (_DTYPES[hint.__origin__], hint.__metadata__[0]) for field, hint in hints.items()}

    def with_text(self, column: str, meaning: str, after: str) -> Frame[Any]:
        """This frame with one more text column, for a table in words."""
        fields = list(get_type_hints(self.row, include_extras=True).items())
        fields.insert(1 + list(self.columns).index(after), (column, Annotated[str, meaning]))
        make_row: Any = NamedTuple
        return replace(self, row=make_row(f"Published{self.row.__name__}", fields))

    def validate(self, table: pd.DataFrame) -> pd.DataFrame:
        """``table`` with exactly these columns, in this order and these dtypes; a missing or extra one is our bug."""
        missing = [c for c in self.columns if c not in table.columns]
        extra = [c for c in table.columns if c not in self.columns]
        if missing or extra:
            raise ValueError(f"{self.name}: missing columns {missing}, unexpected columns {extra}")
        ordered = table.loc[:, list(self.columns)].reset_index(drop=True)
        wrong = {
            c: _with_dtype(ordered[c], dtype) for c, (dtype, _) in self.columns.items() if _differs(ordered[c], dtype)
        }
        return ordered.assign(**wrong)

    def require(self, table: object, example: str) -> pd.DataFrame:
        """``table`` if it has these columns; else an ``InputError`` says what it lacks. ``example``: one that does.

        For what people give in a notebook. What one room gives another is validated.
        """
        here, fix = f"a table of {self.name.removesuffix('_in_codes')}", f"give it a table such as {example}"
        if not isinstance(table, pd.DataFrame):
            raise InputError(Problem(here, 0, f"this is no table but a {type(table).__name__}", fix))
        if missing := [f"'{column}'" for column in self.columns if column not in table.columns]:
            shown = ", ".join(missing[:_MOST_COLUMNS_LISTED]) + (", …" if len(missing) > _MOST_COLUMNS_LISTED else "")
            raise InputError(Problem(here, 0, f"this one has no column {shown}", fix))
        return table

    def of(self, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """The table of some rows; text that a row does not name is empty."""
        blank: dict[str, Any] = {c: "" for c, (dtype, _) in self.columns.items() if dtype == TEXT}
        made = [blank | dict(row) for row in rows]
        return self.validate(pd.DataFrame(made)) if made else self.empty()

    def table(self, rows: Iterable[Row]) -> pd.DataFrame:
        """The table of typed rows."""
        return self.validate(pd.DataFrame(list(rows), columns=list(self.columns)))

    def rows(self, table: pd.DataFrame) -> list[Row]:
        """The rows of a table as typed values; columns beyond these are left aside.

        >>> from toolkit.frames import JUDGEMENTS
        >>> [judgement.target_status for judgement in JUDGEMENTS.rows(JUDGEMENTS.empty())]
        []
        """
        wanted = table[list(self.columns)]
        return [self.row(*values) for values in wanted.itertuples(index=False, name=None)]

    def empty(self) -> pd.DataFrame:
        """No rows, all columns."""
        return self._empty.copy()

    @cached_property
    def _empty(self) -> pd.DataFrame:
        return self.validate(pd.DataFrame({c: [] for c in self.columns}))


def _differs(column: pd.Series[Any], dtype: str) -> bool:
    return bool(column.dtype != dtype or (dtype == TEXT and column.hasnans))


def _with_dtype(column: pd.Series[Any], dtype: Any) -> pd.Series[Any]:
    return (column.fillna("") if dtype == TEXT else column).astype(dtype)
