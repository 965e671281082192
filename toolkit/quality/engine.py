"""Great Expectations, and nothing else, judges: tables and expectations in, answers out.

The one place that imports it, and only when there is something to judge: the import takes seconds. It runs in memory,
without files, telemetry or progress bars. Traps that are met here: results come back in another order; two equal
expectations in a suite are silently one; an expectation that errs reports its error in one of two shapes; dates must
be written with a time; every column is carried through every rule, so tables come with the columns they need alone.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from toolkit.frames import Found
from toolkit.quality.compact import compact
from toolkit.quality.questions import Answer, Question, Sitting

__all__ = ["LARGE", "Answer", "Question", "Sitting", "expectation_suite", "judge", "ready"]

LARGE = 5_000
"""Rows from which a table is judged by one row of each kind."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def judge(sittings: Sequence[Sitting], large: int = LARGE) -> Iterator[dict[str, Answer]]:
    """The answers to each sitting's questions. Tables of ``large`` rows and more are judged by kinds of rows."""
    if not sittings:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations inside the library are nothing that a user can act on
        whole_table = _whole_table()
        for sitting in sittings:
            if len(sitting.table) < max(1, large):
                yield _answers(whole_table, sitting)
                continue
            parts = compact(sitting)
            of_values = _answers(whole_table, parts.values)
            yield {check: parts.carried_back(check, answer) for check, answer in of_values.items()} | _answers(
                whole_table, parts.rest
            )


def _answers(whole_table: Any, sitting: Sitting) -> dict[str, Answer]:
    """Rows are looked up in a second pass, for questions that failed."""
    if not sitting.questions:
        return {}
    first = _ask(whole_table, sitting, "BOOLEAN_ONLY")
    failed = {check: sitting.questions[check] for check, answer in first.items() if answer.outcome == "fail"}
    return first | (_ask(whole_table, Sitting(sitting.table, failed), "COMPLETE") if failed else {})


def _whole_table() -> Any:
    """A batch definition of Great Expectations that takes any data frame."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "False")
    import great_expectations  # takes seconds; no other module of the toolkit may import it
    from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),  # no site of Data Docs, not even in a temporary folder
        analytics_enabled=False,
        progress_bars={"globally": False},
    )
    context = great_expectations.get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    return asset.add_batch_definition_whole_dataframe("whole table")


def _ask(whole_table: Any, sitting: Sitting, detail: str) -> dict[str, Answer]:
    batch = whole_table.get_batch(batch_parameters={"dataframe": ready(sitting)})
    suite = expectation_suite("suite", sitting)
    found = batch.validate(suite, result_format={"result_format": detail, "return_unexpected_index_query": False})
    return {result.expectation_config.description: _answer(result) for result in found.results}


def expectation_suite(name: str, sitting: Sitting) -> Any:
    """The questions as a Great Expectations ``ExpectationSuite``.

    The description of each is the id of its check: without it, two equal expectations would silently become one.
    """
    import great_expectations
    import great_expectations.expectations as gx

    questions, table = sitting.questions, sitting.table
    classes = {check: getattr(gx, question.expectation.class_name) for check, question in questions.items()}
    return great_expectations.ExpectationSuite(
        name=name,
        expectations=[
            classes[check](**_pairs(question), **_with_time(question, table), description=check)
            for check, question in questions.items()
        ],
    )


def _pairs(question: Question) -> dict[str, Any]:
    """Rows in which a value of the pair is blank are passed over, as everywhere, unless the rule says otherwise."""
    several = question.expectation.kind == "rows" and question.expectation.columns != ("column",)
    if not several or "ignore_row_if" in question.arguments or "unique" in question.expectation.name:
        return {}
    pair = question.expectation.columns == ("column_A", "column_B")
    return {"ignore_row_if": "either_value_is_missing" if pair else "any_value_is_missing"}


def _with_time(question: Question, table: pd.DataFrame) -> dict[str, Any]:
    """The arguments; dates that are compared with a column of dates get the time without which the comparison errs."""
    dated = any(pd.api.types.is_datetime64_any_dtype(table[c]) for c in question.columns if c in table.columns)
    given = dict(question.arguments)
    if dated:
        given |= {n: f"{v}T00:00:00" for n, v in given.items() if isinstance(v, str) and _DAY.fullmatch(v)}
    return given


def ready(sitting: Sitting) -> pd.DataFrame:
    """The columns that the questions name, blanks as missing values, under an unnamed index from 0."""
    whole = any("column_set" in question.arguments for question in sitting.questions.values())
    named = {column for question in sitting.questions.values() for column in question.columns}
    table = sitting.table if whole else sitting.table[[c for c in sitting.table.columns if c in named]]
    blank = {c: table[c].mask(table[c] == "") for c in table.columns if pd.api.types.is_string_dtype(table[c])}
    return table.assign(**blank).reset_index(drop=True)


def _answer(result: Any) -> Answer:
    trouble = _trouble(result.exception_info or {})
    if trouble:
        return Answer("error", found=Found.LIBRARY_ERROR, facts={"error": trouble})
    if result.success:
        return Answer("pass")
    rows = result.result.get("unexpected_index_list") or ()
    return Answer("fail", tuple(sorted(int(row) for row in rows)), result.result.get("observed_value"))


def _trouble(info: Mapping[str, Any]) -> str:
    """The message of an error, whether it comes flat or under the id of the metric that failed."""
    if "raised_exception" in info:
        return str(info.get("exception_message") or "an error without a message") if info["raised_exception"] else ""
    return next((found for inner in info.values() if (found := _trouble(inner))), "")
