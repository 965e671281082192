"""The door of the room: suites and tables in, findings out. Pure: no file, no clock, and the same rows every time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.quality.context import Context, SourceFacts, Tables
from toolkit.quality.engine import Answer, Sitting, expectation_suite, judge, ready
from toolkit.quality.outcomes import Checked, failing_rows_of, finding_of, frames, no_checks_file
from toolkit.quality.preparing import Job, jobs_of
from toolkit.quality.rules import Suite

__all__ = ["check_catalogue", "check_sources", "failing_rows", "great_expectations_suites", "run_checks"]

NOBODY = SourceFacts(owner="")


def run_checks(suites: Mapping[str, Suite], tables: Tables, context: Context) -> Checked:
    """Run every check of every suite and return the findings with the failing rows behind them.

    ``tables`` is source id → {"observations": frame, "records": frame}. A caller may keep the result under a hash of
    the three arguments: nothing else goes into it. Great Expectations is imported here, and only if a check is run.
    """
    jobs = [job for source in sorted(suites) for job in jobs_of(suites[source], tables, context)]
    findings, failing = [], []
    for job, answer in zip(jobs, _answers(jobs), strict=True):
        findings.append(finding_of(job, answer, context.sources.get(job.source, NOBODY), context.small))
        failing.extend(failing_rows_of(job, answer, suites[job.source]))
    findings.extend(no_checks_file(s, context.sources.get(s, NOBODY)) for s in suites if not suites[s].chosen)
    return frames(findings, failing)


def _answers(jobs: list[Job]) -> list[Answer]:
    """The answer to each job, in the order of the jobs. Jobs on the very same table are asked together."""
    together = _together(jobs)
    found = {
        (job.source, job.check.id): answers[job.check.id]
        for group, answers in zip(together, judge([_sitting(group) for group in together]), strict=True)
        for job in group
    }
    return [job.settled or found[job.source, job.check.id] for job in jobs]


def _together(jobs: list[Job]) -> list[list[Job]]:
    groups: dict[int, list[Job]] = {}
    for job in jobs:
        if job.settled is None:
            groups.setdefault(id(job.table), []).append(job)
    return list(groups.values())


def _sitting(group: list[Job]) -> Sitting:
    return Sitting(group[0].table, {job.check.id: job.question for job in group})


def check_sources(suites: Mapping[str, Suite], tables: Tables, context: Context) -> pd.DataFrame:
    """The findings alone (FINDINGS), sorted by check and source."""
    return run_checks(suites, tables, context).findings


def failing_rows(suites: Mapping[str, Suite], tables: Tables, context: Context) -> pd.DataFrame:
    """The failing rows alone (FAILING), for the return sheets: check, source, place, key, column, value, expected.

    They hold cells of person-level sources. They go to the owner of the data and are never rendered or logged.
    """
    return run_checks(suites, tables, context).failing


def great_expectations_suites(suite: Suite, tables: Tables, context: Context) -> list[tuple[pd.DataFrame, Any]]:
    """For work by hand in JupyterLab: each prepared table of a source, with the ``ExpectationSuite`` that judges it.

    The description of an expectation is the id of its check. Checks that need no judging (no rows) are left out.
    """
    sittings = [_sitting(group) for group in _together(list(jobs_of(suite, tables, context)))]
    return [(ready(sitting), expectation_suite(suite.source, sitting)) for sitting in sittings]


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
