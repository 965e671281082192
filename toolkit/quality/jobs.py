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
    """A check on one source: the rows to validate and the expectation; ``decided`` where no validation is needed."""

    source: str
    check: Check
    table: pd.DataFrame
    configured: ConfiguredExpectation
    checked: int
    decided: Validation | None = None


def jobs_of(suite: Suite, tables: Tables, context: Context) -> Iterator[Job]:
    """The jobs of one source. Checks that need the same rows share one table, so that they are validated together."""
    step_context = StepContext(context, suite.source, tables)
    prepared: dict[str, pd.DataFrame | CannotCheckError] = {}
    for check in suite.checks:
        try:
            yield _job(check, step_context, prepared)
        except CannotCheckError as error:
            nothing, configured = pd.DataFrame(), ConfiguredExpectation(check.expectation, {})
            decided = Validation("error", reason=error.reason, facts=error.facts)
            yield Job(suite.source, check, nothing, configured, 0, decided)


def _job(check: Check, context: StepContext, prepared: dict[str, pd.DataFrame | CannotCheckError]) -> Job:
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
    if name not in prepared:
        prepared[name] = _prepare_rows(check, source, recipe, context, needed)
    table = prepared[name]
    if isinstance(table, CannotCheckError):
        raise table
    checked = _count_rows(table, configured)
    decided = None if checked else _decide_without_rows(table, configured, check)
    return Job(context.source, check, table, configured, checked, decided)


def _prepare_rows(
    check: Check, table: pd.DataFrame, recipe: list[Any], context: StepContext, needed: bool
) -> pd.DataFrame | CannotCheckError:
    """The rows to validate, or why they cannot be prepared; a row is ``needed`` unless the rule may be empty."""
    where, arguments, only = recipe
    try:
        table = rows_where(table, where, needed)
        if check.step and not table.empty:
            table = STEPS[check.step].prepare(table.reset_index(drop=True), context, **arguments)
        return table if table.empty else rows_where(table, only, needed)
    except CannotCheckError as error:
        return error
    except (ValueError, TypeError, KeyError) as error:
        # The message may hold a value of a person-level row, so it stays out.
        return CannotCheckError(Found.STEP_FAILED, step=check.step, error=type(error).__name__)


def _count_rows(table: pd.DataFrame, configured: ConfiguredExpectation) -> int:
    """How many rows the expectation judges: those without a blank, or all where it judges blanks."""
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


def _decide_without_rows(table: pd.DataFrame, configured: ConfiguredExpectation, check: Check) -> Validation | None:
    """The result where there is no row to judge, which Great Expectations would call a pass."""
    if configured.expectation.kind == "table":
        return None
    if table.empty:
        return Validation("pass", reason=Found.NO_SUCH_ROW)
    helpers = STEPS[check.step].columns_after([], check.step_arguments) if check.step else []
    if set(configured.columns) & set(helpers):
        return Validation("pass", reason=Found.NOTHING_TO_COMPARE)
    return Validation("error", reason=Found.ALL_BLANK, facts={"columns": list(configured.columns)})
