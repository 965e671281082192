"""Runs the suites: suites and tables in, findings out. Pure: no file, no clock, the same rows every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.quality.context import Context, SourceFacts, Tables
from toolkit.quality.engine import Batch, Validation, expectation_suite, table_to_validate, validate_batches
from toolkit.quality.jobs import Job, jobs_of
from toolkit.quality.outcomes import Checked, failing_rows_of, finding_of, frames, no_checks_file
from toolkit.quality.rules import Suite

__all__ = ["check_catalogue", "check_sources", "failing_rows", "great_expectations_suites", "run_checks"]

NO_OWNER = SourceFacts(owner="")


def run_checks(suites: Mapping[str, Suite], tables: Tables, context: Context) -> Checked:
    """Run every check of every suite and return the findings with the failing rows behind them.

    ``tables`` is source id → {"observations": frame, "records": frame}. A caller may keep the result under a hash of
    the three arguments, for it depends on nothing else. Great Expectations is imported only if a check is run.
    """
    jobs = [job for source in sorted(suites) for job in jobs_of(suites[source], tables, context)]
    findings, failing = [], []
    for job, validation in zip(jobs, _validate(jobs), strict=True):
        findings.append(finding_of(job, validation, context.sources.get(job.source, NO_OWNER), context.small))
        failing.extend(failing_rows_of(job, validation, suites[job.source]))
    findings.extend(no_checks_file(s, context.sources.get(s, NO_OWNER)) for s in suites if not suites[s].chosen)
    return frames(findings, failing)


def _validate(jobs: list[Job]) -> list[Validation]:
    """The validation of each job, in order. Jobs on the same table are run in one batch."""
    groups = _group_by_table(jobs)
    validations_of = {
        (job.source, job.check.id): validations[job.check.id]
        for group, validations in zip(groups, validate_batches([_batch(group) for group in groups]), strict=True)
        for job in group
    }
    return [job.decided or validations_of[job.source, job.check.id] for job in jobs]


def _group_by_table(jobs: list[Job]) -> list[list[Job]]:
    groups: dict[int, list[Job]] = {}
    for job in jobs:
        if job.decided is None:
            groups.setdefault(id(job.table), []).append(job)
    return list(groups.values())


def _batch(group: list[Job]) -> Batch:
    return Batch(group[0].table, {job.check.id: job.configured for job in group})


def check_sources(suites: Mapping[str, Suite], tables: Tables, context: Context) -> pd.DataFrame:
    """The findings alone (FINDINGS), sorted by check and source."""
    return run_checks(suites, tables, context).findings


def failing_rows(suites: Mapping[str, Suite], tables: Tables, context: Context) -> pd.DataFrame:
    """The failing rows alone (FAILING), for the return sheets: check, source, place, key, column, value, expected.

    They hold cells of person-level sources. They go to the owner of the data and are never rendered or logged.
    """
    return run_checks(suites, tables, context).failing


def great_expectations_suites(suite: Suite, tables: Tables, context: Context) -> list[tuple[pd.DataFrame, Any]]:
    """For work in JupyterLab: each prepared table of a source, with the ``ExpectationSuite`` to validate it against.

    The description of an expectation is the id of its check. Checks without rows to validate are left out.
    """
    batches = [_batch(group) for group in _group_by_table(list(jobs_of(suite, tables, context)))]
    return [(table_to_validate(batch), expectation_suite(suite.source, batch)) for batch in batches]


def check_catalogue(suites: Mapping[str, Suite]) -> pd.DataFrame:
    """Every check in use, once: check, severity, dimension, what is tested, what to do, the sources it is run on."""
    sources: dict[str, list[str]] = {}
    rules = {}
    for source in sorted(suites):
        for check in suites[source].checks:
            sources.setdefault(check.id, []).append(source)
            rules[check.id] = check.rule
    return pd.DataFrame(
        [(c, r.severity, r.dimension, r.say, r.do, ";".join(sources[c])) for c, r in sorted(rules.items())],
        columns=["check", "severity", "dimension", "tested", "action", "sources"],
        dtype="str",
    )
