"""From a check and the tables to the rows that are judged, or to the reason why they cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import Bench, CannotCheckError, Context, Tables, fill
from toolkit.quality.engine import Answer, Question
from toolkit.quality.preparation import STEPS
from toolkit.quality.rules import Check, Suite, blanks, rows_where

__all__ = ["Job", "jobs_of"]


@dataclass(frozen=True)
class Job:
    """A check on one source: the rows to judge and what to ask of them, or an answer that needs no asking."""

    source: str
    check: Check
    table: pd.DataFrame
    question: Question
    checked: int
    settled: Answer | None = None


def jobs_of(suite: Suite, tables: Tables, context: Context) -> Iterator[Job]:
    """The jobs of one source. Checks that need the same rows share one table, so that they are judged together."""
    bench = Bench(context, suite.source, tables)
    made: dict[str, pd.DataFrame | CannotCheckError] = {}
    for check in suite.checks:
        try:
            yield _job(check, bench, made)
        except CannotCheckError as reason:
            nothing, question = pd.DataFrame(), Question(check.expectation, {})
            yield Job(
                suite.source, check, nothing, question, 0, Answer("error", found=reason.found, facts=reason.facts)
            )


def _job(check: Check, bench: Bench, made: dict[str, pd.DataFrame | CannotCheckError]) -> Job:
    parameters = {**bench.context.parameters, **check.parameters}
    question = Question(check.expectation, fill(check.rule.arguments, parameters))
    source = bench.tables.get(bench.source, {}).get(check.on)
    if source is None:
        raise CannotCheckError(Found.NO_TABLE, table=check.on)
    if source.empty and check.expectation.kind != "table":
        raise CannotCheckError(Found.NO_ROWS)
    recipe = fill([check.rule.where, check.step_arguments, check.rule.only], parameters)
    needed = not check.rule.may_be_empty and check.expectation.kind != "table"
    name = json.dumps([check.on, check.step, recipe, needed], sort_keys=True, default=str)
    if name not in made:
        made[name] = _made(check, source, recipe, bench, needed)
    table = made[name]
    if isinstance(table, CannotCheckError):
        raise table
    checked = _rows_to_check(table, question)
    return Job(bench.source, check, table, question, checked, _settled(table, question, checked, check))


def _made(
    check: Check, table: pd.DataFrame, recipe: list[Any], bench: Bench, needed: bool
) -> pd.DataFrame | CannotCheckError:
    """The rows to judge, or why there are none: conditions that no row meets are told where a row is ``needed``."""
    where, arguments, only = recipe
    try:
        table = rows_where(table, where, needed)
        if check.step and not table.empty:
            table = STEPS[check.step].prepare(table.reset_index(drop=True), bench, **arguments)
        return table if table.empty else rows_where(table, only, needed)
    except CannotCheckError as reason:
        return reason
    except (ValueError, TypeError, KeyError) as error:
        # The message may hold a value of a person-level row, so it stays out.
        return CannotCheckError(Found.STEP_FAILED, step=check.step, error=type(error).__name__)


def _rows_to_check(table: pd.DataFrame, question: Question) -> int:
    """Rows that the expectation looks at: those without a blank, or all of them where blanks are what it judges."""
    columns = question.columns
    if table.empty or not columns or question.expectation.judges_blanks or "unique" in question.expectation.name:
        return len(table)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise CannotCheckError(Found.NO_COLUMN, columns=missing)
    blank = pd.Series(False, table.index)
    for column in columns:
        blank |= blanks(table[column])
    return int((~blank).sum())


def _settled(table: pd.DataFrame, question: Question, checked: int, check: Check) -> Answer | None:
    """An answer where the library's own would mislead: it passes every rule about rows that are not there."""
    if checked or question.expectation.kind == "table":
        return None
    if table.empty:
        return Answer("pass", found=Found.NO_SUCH_ROW)
    helpers = STEPS[check.step].columns_after([], check.step_arguments) if check.step else []
    if set(question.columns) & set(helpers):
        return Answer("pass", found=Found.NOTHING_TO_COMPARE)
    return Answer("error", found=Found.ALL_BLANK, facts={"columns": list(question.columns)})
