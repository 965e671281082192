"""How rows become a number for the authority: counted or added up, where they meet conditions, period by period."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, Self

import pandas as pd
from pydantic import Field, model_validator

from toolkit.errors import InputError
from toolkit.params.words import Listed, Word
from toolkit.params.yaml import Params
from toolkit.sources.faults import problems_by_fault, read_distinct
from toolkit.sources.periods import Period, parse_period

__all__ = ["Condition", "Tally", "TallyBasis", "count_tally", "is_part_of"]

TallyBasis = Literal["calendar year", "academic year", "financial year", "month"]
"""Bases without gaps: every day lies in one of their periods."""


class Condition(Params):
    """What the cell of a row must be: "present" or "absent", or the tests that it must all pass.

    With ``days_after``, another date column, ``at_least`` and ``at_most`` are days from that date to this one. An
    empty cell passes no test but "absent".
    """

    state: Literal["present", "absent"] | None = None
    equals: Word | None = None
    one_of: Listed[Word] = ()
    at_least: float | None = None
    at_most: float | None = None
    days_after: str = ""

    @model_validator(mode="before")
    @classmethod
    def _word(cls, given: Any) -> Any:
        return {"state": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _some_test(self) -> Self:
        if self.days_after and self.at_least is None and self.at_most is None:
            raise ValueError("'days_after' needs 'at_most' or 'at_least', a number of days")
        if not self.model_fields_set:
            raise ValueError("say present, absent, equals, one_of, at_least, at_most or days_after")
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """What the cell may be, in words."""
        return self.one_of if self.equals is None else (*self.one_of, self.equals)

    @property
    def kind(self) -> str:
        """Type that the column must have; "" for any."""
        if self.days_after:
            return "date"
        if self.at_least is not None or self.at_most is not None:
            return "number"
        return "text or number" if self.words else ""

    def implies(self, other: Condition) -> bool:
        """Whether a cell that passes this always passes ``other``."""
        if other.state is not None or self.state is not None:
            return self.state == other.state or (other.state == "present" and self.state is None)
        if other.words and not (self.words and set(self.words) <= set(other.words)):
            return False
        return (other.at_least is None and other.at_most is None) or self._within(other)

    def _within(self, other: Condition) -> bool:
        """Whether the range of amounts lies inside the other's, of the same kind of amount."""
        low, other_low = (-math.inf if c.at_least is None else c.at_least for c in (self, other))
        high, other_high = (math.inf if c.at_most is None else c.at_most for c in (self, other))
        return self.days_after == other.days_after and low >= other_low and high <= other_high

    def holds(self, rows: pd.DataFrame, column: str) -> pd.Series:
        """Whether each row passes."""
        cells = rows[column]
        present = cells.notna() & (cells != "")
        if self.state == "absent":
            return ~present
        if self.words:
            numbers = pd.to_numeric(pd.Series(self.words), errors="coerce")
            present &= cells.isin(numbers if pd.api.types.is_numeric_dtype(cells) else self.words)
        amounts = (cells - rows[self.days_after]).dt.days if self.days_after else cells
        if self.at_least is not None:
            present &= amounts >= self.at_least
        if self.at_most is not None:
            present &= amounts <= self.at_most
        return present


class Tally(Params):
    """Rows counted (``count: rows``) or a number column added up (``sum``), by the date or label in ``period``."""

    period: str
    count: Literal["rows"] | None = None
    sum: str = ""
    where: Mapping[str, Condition] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.count) == bool(self.sum):
            raise ValueError("give either 'count: rows' or 'sum', a column of numbers")
        return self

    def columns(self) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """Every column that the tally uses: where it is named, its name, and the type it must have ("" for any)."""
        yield ("period",), self.period, "date or text"
        if self.sum:
            yield ("sum",), self.sum, "number"
        for column, condition in self.where.items():
            yield ("where", column), column, condition.kind
            if condition.days_after:
                yield ("where", column, "days_after"), condition.days_after, "date"


def is_part_of(part: Tally, whole: Tally) -> bool:
    """True where every row that ``part`` counts is one that ``whole`` counts too, in the same period."""
    if part == whole or not part.count or (part.period, part.count) != (whole.period, whole.count):
        return False
    dated = {part.period: Condition(state="present"), **part.where}
    return all(column in dated and dated[column].implies(asked) for column, asked in whole.where.items())


def count_tally(rows: pd.DataFrame, tally: Tally, basis: TallyBasis, span: tuple[date | None, date]) -> pd.DataFrame:
    """``period`` (label) and ``value`` (text, "x" where a number to be added is missing), in time order.

    ``span`` is the first day that the rows cover (None: the first date in them) and the last. By a date, every period
    that lies in between has a value, 0 where no row counts, and a period that is only partly covered has none. By a
    label, the periods are those that the rows name and that have begun.
    """
    by_day = pd.api.types.is_datetime64_any_dtype(rows[tally.period])
    dated = rows[rows[tally.period].notna() & (rows[tally.period] != "")].reset_index(drop=True)
    read, at = read_distinct(dated, [tally.period], lambda cell: _period(cell, basis))
    if problems := list(problems_by_fault(read, at, dated)):
        raise InputError(problems)
    first = span[0] or (dated[tally.period].min().date() if by_day and len(dated) else None)
    periods = (
        _whole_periods(Period.containing(first, basis), span) if by_day and first else _periods_until(read, span[1])
    )
    counts = pd.Series(True, index=dated.index)
    for column, condition in tally.where.items():
        counts &= condition.holds(dated, column)
    numbers = dated[tally.sum] if tally.sum else pd.Series(1.0, index=dated.index)
    labels = pd.Series([read[place].label for place in at], index=dated.index, dtype="str")
    groups = numbers[counts].groupby(labels[counts])
    total = groups.sum().reindex([period.label for period in periods], fill_value=0.0)
    missing = groups.apply(lambda group: group.isna().any()).reindex(total.index, fill_value=False)
    values = total.map("{:.15g}".format).mask(missing.astype("bool"), "x")
    return pd.DataFrame({"period": total.index, "value": values.to_numpy()}, dtype="str")


def _period(cell: Any, basis: TallyBasis) -> Period:
    return parse_period(cell, basis) if isinstance(cell, str) else Period.containing(cell.date(), basis)


def _whole_periods(period: Period, span: tuple[date | None, date]) -> list[Period]:
    """Whole periods from the one given to the last that has ended."""
    periods = []
    while period.end <= span[1]:
        if span[0] is None or period.start >= span[0]:
            periods.append(period)
        period = period.before(-1)
    return periods


def _periods_until(read: list[Period], last: date) -> list[Period]:
    return sorted({period for period in read if period.start <= last})
