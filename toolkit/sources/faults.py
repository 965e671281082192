"""Faults in single cells, and their conversion into problems with a file and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import pandas as pd

from toolkit.errors import InputError, Problem

__all__ = ["MOST_PROBLEMS", "Fault", "limit_problems", "problems_by_fault", "read_all", "read_distinct"]

MOST_PROBLEMS = 40
"""Problems of one file that are written out; the rest are counted."""

Got = TypeVar("Got")


class Fault(ValueError):  # noqa: N818 - a fault in a text, not yet an error that anyone sees
    """Why a text cannot be read, and the ``fix``. The caller, who knows the file and line, makes it a ``Problem``."""

    def __init__(self, what: str, fix: str = "") -> None:
        self.what, self.fix = what, fix
        super().__init__(f"{what} ({fix})" if fix else what)


def read_distinct(table: pd.DataFrame, columns: Sequence[str], read: Callable[..., Any]) -> tuple[list[Any], Any]:
    """``read`` applied once to each distinct combination of ``columns``, not once a row, since files repeat themselves.

    Returns what was read (a ``Fault`` where it raised one) and, for each row of ``table``, its position in that list.
    """
    groups = table.groupby(list(columns), sort=False).ngroup()
    distinct = table.loc[~groups.duplicated(), list(columns)]
    return [_read_or_fault(read, row) for row in distinct.itertuples(index=False, name=None)], groups.to_numpy()


def _read_or_fault(read: Callable[..., Any], row: tuple[Any, ...]) -> Any:
    try:
        return read(*row)
    except Fault as fault:
        return fault


def problems_by_fault(read: Sequence[Any], at: Any, table: pd.DataFrame) -> Iterator[Problem]:
    """A problem for each ``Fault`` in ``read``, at the first line that has it, with the number of other such lines."""
    faulty = [place for place, got in enumerate(read) if isinstance(got, Fault)]
    if not faulty:
        return
    rows = table.loc[:, ["file", "line", "sheet"]].assign(place=at)
    rows = rows[rows["place"].isin(faulty)].drop_duplicates()
    more = rows.groupby("place").size() - 1
    for file, line, sheet, place in rows.drop_duplicates("place").itertuples(index=False, name=None):
        fault, others = read[place], more[place]
        where = f"sheet '{sheet}': " if sheet else ""
        also = f", and on {others} more line{'s' if others > 1 else ''}" if others else ""
        yield Problem(file, int(line), f"{where}{fault.what}{also}", fault.fix)


def limit_problems(problems: Iterable[Problem]) -> list[Problem]:
    """At most ``MOST_PROBLEMS`` problems of each file, in order, and one that counts the rest."""
    by_file: dict[str, list[Problem]] = {}
    for problem in sorted(set(problems)):
        by_file.setdefault(problem.file, []).append(problem)
    short = []
    for file, many in by_file.items():
        short.extend(many[:MOST_PROBLEMS])
        if len(many) > MOST_PROBLEMS:
            last = many[MOST_PROBLEMS].line
            short.append(Problem(file, last, f"and {len(many) - MOST_PROBLEMS:,} more problems from this line on"))
    return short


def read_all(reads: Iterable[Callable[[], Got]]) -> list[Got]:
    """Results of all ``reads``; the problems of all that fail are raised at once."""
    got: list[Got] = []
    problems: list[Problem] = []
    for read in reads:
        try:
            got.append(read())
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return got
