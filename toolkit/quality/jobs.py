"""Jobs: each check with the rows to validate, or with the reason why it cannot be run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.context import CannotCheckError, Context, StepContext, Tables, fill
from toolkit.quality.engine import ConfiguredExpectation, Validation
from toolkit.quality.preparation import STEPS
from toolkit.quality.rules import Check, Suite, blanks, rows_where

__all__ = ["Job", "jobs_of"]


@dataclass(frozen=True)
class Job:
    """A check on one source: the rows to validate and the expectation, or the result where nothing has to be run."""

    source: str
    check: Check
    table: pd.DataFrame
    configured: ConfiguredExpectation
    checked: int
    settled: Validation | None = None


def jobs_of(suite: Suite, tables: Tables, context: Context) -> Iterator[Job]:
    """The jobs of one source. Checks that need the same rows share one table, so that they are validated together."""
    step_context = StepContext(context, suite.source, tables)
    made: dict[str, pd.DataFrame | CannotCheckError] = {}
    for check in suite.checks:
        try:
            yield _job(check, step_context, made)
        except CannotCheckError as reason:
            nothing, configured = pd.DataFrame(), ConfiguredExpectation(check.expectation, {})
            yield Job(
                suite.source, check, nothing, configured, 0, Validation("error", found=reason.found, facts=reason.facts)
            )


def _job(check: Check, context: StepContext, made: dict[str, pd.DataFrame | CannotCheckError]) -> Job:
    parameters = {**context.review.parameters, **check.parameters}
    configured = ConfiguredExpectation(check.expectation, fill(check.rule.arguments, parameters))
    source = context.tables.get(context.source, {}).get(check.on)
    if source is None:
        raise CannotCheckError(Found.NO_TABLE, table=check.on)
    if source.empty and check.expectation.kind != "table":
        raise CannotCheckError(Found.NO_ROWS)
    recipe = fill([check.rule.where, check.step_arguments, check.rule.only], parameters)
    needed = not check.rule.may_be_empty and check.expectation.kind != "table"
    name = json.dumps([check.on, check.step, recipe, needed], sort_keys=True, default=str)
    if name not in made:
        made[name] = _made(check, source, recipe, context, needed)
    table = made[name]
    if isinstance(table, CannotCheckError):
        raise table
    checked = _rows_to_check(table, configured)
    return Job(context.source, check, table, configured, checked, _settled(table, configured, checked, check))


def _made(
    check: Check, table: pd.DataFrame, recipe: list[Any], context: StepContext, needed: bool
) -> pd.DataFrame | CannotCheckError:
    """The rows to validate, or why there are none: where a row is ``needed``, no row that meets the conditions."""
    where, arguments, only = recipe
    try:
        table = rows_where(table, where, needed)
        if check.step and not table.empty:
            table = STEPS[check.step].prepare(table.reset_index(drop=True), context, **arguments)
        return table if table.empty else rows_where(table, only, needed)
    except CannotCheckError as reason:
        return reason
    except (ValueError, TypeError, KeyError) as error:
        # The message may hold a value of a person-level row, so it stays out.
        return CannotCheckError(Found.STEP_FAILED, step=check.step, error=type(error).__name__)


def _rows_to_check(table: pd.DataFrame, configured: ConfiguredExpectation) -> int:
    """Rows that the expectation looks at: those without a blank, or all of them where blanks are what it judges."""
    columns = configured.columns
    if table.empty or not columns or configured.expectation.judges_blanks or "unique" in configured.expectation.name:
        return len(table)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise CannotCheckError(Found.NO_COLUMN, columns=missing)
    blank = pd.Series(False, table.index)
    for column in columns:
        blank |= blanks(table[column])
    return int((~blank).sum())


def _settled(table: pd.DataFrame, configured: ConfiguredExpectation, checked: int, check: Check) -> Validation | None:
    """The result where the library's own would mislead: it passes every rule about rows that are not there."""
    if checked or configured.expectation.kind == "table":
        return None
    if table.empty:
        return Validation("pass", found=Found.NO_SUCH_ROW)
    helpers = STEPS[check.step].columns_after([], check.step_arguments) if check.step else []
    if set(configured.columns) & set(helpers):
        return Validation("pass", found=Found.NOTHING_TO_COMPARE)
    return Validation("error", found=Found.ALL_BLANK, facts={"columns": list(configured.columns)})
