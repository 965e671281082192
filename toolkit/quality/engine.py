"""Runs Great Expectations: tables and expectations in, validations out.

The only module that imports it, and only when there is something to check: the import takes seconds. It runs in memory,
without files, telemetry or progress bars. Its pitfalls are handled here: results come back in another order; two equal
expectations in a suite silently become one; an error is reported in one of two shapes; dates must be written with a
time; every column is carried through every rule, so a table is given only the columns that its rules need.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.batch import Batch, ConfiguredExpectation, Validation
from toolkit.quality.compact import compact

__all__ = [
    "LARGE",
    "Batch",
    "ConfiguredExpectation",
    "Validation",
    "expectation_suite",
    "table_to_validate",
    "validate_batches",
]

LARGE = 5_000
"""Rows from which a table is validated by one row of each kind."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def validate_batches(batches: Sequence[Batch], large: int = LARGE) -> Iterator[dict[str, Validation]]:
    """Validate each batch. Tables of ``large`` rows and more are validated by one row of each kind."""
    if not batches:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a user cannot act on deprecations inside the library
        whole_table = _whole_table()
        for batch in batches:
            if len(batch.table) < max(1, large):
                yield _validate(whole_table, batch)
                continue
            parts = compact(batch)
            of_values = _validate(whole_table, parts.values)
            yield {check: parts.expand(check, validation) for check, validation in of_values.items()} | _validate(
                whole_table, parts.rest
            )


def _validate(whole_table: Any, batch: Batch) -> dict[str, Validation]:
    """Validate in two passes: failing rows are only looked up for expectations that failed."""
    if not batch.expectations:
        return {}
    first = _run_suite(whole_table, batch, "BOOLEAN_ONLY")
    failed = {check: batch.expectations[check] for check, validation in first.items() if validation.outcome == "fail"}
    return first | (_run_suite(whole_table, Batch(batch.table, failed), "COMPLETE") if failed else {})


def _whole_table() -> Any:
    """A batch definition of Great Expectations that takes any data frame."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    import great_expectations  # takes seconds; no other module of the toolkit may import it
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),  # no Data Docs, not even in a temporary folder
        analytics_enabled=False,
        progress_bars={"globally": False},
    )
    context = great_expectations.get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole table")


def _run_suite(whole_table: Any, batch: Batch, detail: str) -> dict[str, Validation]:
    suite = expectation_suite("suite", batch)
    loaded = whole_table.get_batch(batch_parameters={"dataframe": table_to_validate(batch)})
    results = loaded.validate(suite, result_format={"result_format": detail, "return_unexpected_index_query": False})
    return {result.expectation_config.description: _validation(result) for result in results.results}


def expectation_suite(name: str, batch: Batch) -> Any:
    """The batch's expectations as a Great Expectations ``ExpectationSuite``.

    The description of each is the id of its check: without it, two equal expectations would silently become one.
    """
    import great_expectations
    import great_expectations.expectations as gx

    expectations, table = batch.expectations, batch.table
    classes = {check: getattr(gx, configured.expectation.class_name) for check, configured in expectations.items()}
    return great_expectations.ExpectationSuite(
        name=name,
        expectations=[
            classes[check](**_skip_blanks(configured), **_with_time(configured, table), description=check)
            for check, configured in expectations.items()
        ],
    )


def _skip_blanks(configured: ConfiguredExpectation) -> dict[str, Any]:
    """Skip rows in which one of several values is blank, as for single columns, unless the rule says otherwise."""
    several = configured.expectation.kind == "rows" and configured.expectation.columns != ("column",)
    if not several or "ignore_row_if" in configured.arguments or "unique" in configured.expectation.name:
        return {}
    pair = configured.expectation.columns == ("column_A", "column_B")
    return {"ignore_row_if": "either_value_is_missing" if pair else "any_value_is_missing"}


def _with_time(configured: ConfiguredExpectation, table: pd.DataFrame) -> dict[str, Any]:
    """The arguments; dates that are compared with a column of dates get the time without which the comparison errs."""
    has_dates = any(pd.api.types.is_datetime64_any_dtype(table[c]) for c in configured.columns if c in table.columns)
    given = dict(configured.arguments)
    if has_dates:
        given |= {n: f"{v}T00:00:00" for n, v in given.items() if isinstance(v, str) and _DAY.fullmatch(v)}
    return given


def table_to_validate(batch: Batch) -> pd.DataFrame:
    """The columns that the expectations name, blanks as missing values, under an unnamed index from 0."""
    whole = any("column_set" in configured.arguments for configured in batch.expectations.values())
    named = {column for configured in batch.expectations.values() for column in configured.columns}
    table = batch.table if whole else batch.table[[c for c in batch.table.columns if c in named]]
    blank = {c: table[c].mask(table[c] == "") for c in table.columns if pd.api.types.is_string_dtype(table[c])}
    return table.assign(**blank).reset_index(drop=True)


def _validation(result: Any) -> Validation:
    message = _error_message(result.exception_info or {})
    if message is not None:
        return Validation("error", reason=Found.LIBRARY_ERROR, facts={"error": message})
    if result.success:
        return Validation("pass")
    rows = result.result.get("unexpected_index_list") or ()
    return Validation("fail", tuple(sorted(int(row) for row in rows)), result.result.get("observed_value"))


def _error_message(info: Mapping[str, Any]) -> str | None:
    """The message of an error, whether flat or under the id of the metric that failed; None without an error."""
    if "raised_exception" in info:
        return str(info.get("exception_message") or "") if info["raised_exception"] else None
    messages = (_error_message(inner) for inner in info.values())
    return next((message for message in messages if message is not None), None)
