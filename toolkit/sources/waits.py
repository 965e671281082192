"""What a wait is, in the rows of a source: where it begins, and how it may end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

import pandas as pd
from pydantic import Field, model_validator

from toolkit.params.words import Listed
from toolkit.params.yaml import Params
from toolkit.sources.tallies import Condition

__all__ = ["Ending", "WaitDefinition", "waits_in"]


class Ending(Params):
    """Another way for a case to end: the date column that says when, and what its row must be."""

    on: str
    where: Mapping[str, Condition] = Field(default_factory=dict)


class WaitDefinition(Params):
    """``waits: {plans: {from: requested, to: issued, due: 20}}`` of a source of records."""

    from_: str = Field(alias="from")
    """Date column of the beginning."""
    to: str
    """Date column of the end that is waited for."""
    due: int = Field(gt=0)
    """Weeks within which the end should come."""
    weeks: Listed[int] = (6, 16, 20, 52)
    """Weeks after which the cases are looked at; ``due`` is one of them."""
    end: str = "an outcome"
    """What the end is called in a sentence: a plan, a decision."""
    refused: Ending | None = None
    ended: Ending | None = None
    """Withdrawn, or ended otherwise."""
    where: Mapping[str, Condition] = Field(default_factory=dict)
    """Which rows count."""

    @model_validator(mode="after")
    def _due_is_looked_at(self) -> Self:
        if self.due not in self.weeks or list(self.weeks) != sorted(set(self.weeks)) or min(self.weeks) < 1:
            raise ValueError("'weeks' are whole numbers in rising order, and 'due' is one of them")
        return self

    def columns(self) -> Iterator[tuple[tuple[str, ...], str, str]]:
        """Every column that is used: where it is named, its name, and the type it must have."""
        yield ("from",), self.from_, "date"
        yield ("to",), self.to, "date"
        endings = {"refused": self.refused, "ended": self.ended}
        for name, ending in endings.items():
            if ending:
                yield (name, "on"), ending.on, "date"
        for at, where in (((), self.where), *(((name,), e.where) for name, e in endings.items() if e)):
            for column, condition in where.items():
                yield (*at, "where", column), column, condition.kind


def waits_in(rows: pd.DataFrame, definition: WaitDefinition, cut_off: pd.Timestamp) -> pd.DataFrame:
    """A row a case: ``cohort`` (year it began), ``days``, and ``state`` (0 open, 1 issued, 2 refused, 3 ended).

    A case without a beginning, or that ends before it, is left out: the checks of the source name it.
    """
    began = rows[definition.from_]
    kept = began.notna() & _all_hold(rows, definition.where)
    stopped, state = pd.Series(cut_off, rows.index), pd.Series(0, rows.index)
    for number, ending in ((3, definition.ended), (2, definition.refused)):
        if ending:
            holds = rows[ending.on].notna() & _all_hold(rows, ending.where)
            stopped, state = stopped.mask(holds, rows[ending.on]), state.mask(holds, number)
    issued = rows[definition.to].notna()
    stopped, state = stopped.mask(issued, rows[definition.to]), state.mask(issued, 1)
    days = (stopped - began).dt.days
    cases = pd.DataFrame({"cohort": began.dt.strftime("%Y"), "days": days, "state": state})
    return cases[kept & (days >= 0)].reset_index(drop=True)


def _all_hold(rows: pd.DataFrame, where: Mapping[str, Condition]) -> pd.Series:
    """Whether a row meets every condition."""
    holds = pd.Series(True, rows.index)
    for column, condition in where.items():
        holds &= condition.holds(rows, column)
    return holds
