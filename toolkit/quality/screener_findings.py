"""The Department's screener on a source's files, as findings under its own names; never critical."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from toolkit.errors import InputError
from toolkit.frames import FINDINGS, Facts, Finding, Found
from toolkit.quality.context import SourceFacts
from toolkit.quality.screener import STAGES, CheckResult, Lookups, ScreenerCheck, screen_pair
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.sheet import Sheet

__all__ = ["SCREENER_CHECKS", "FilePair", "screen_source"]

STAGE_OF = {check.name: stage for stage, checks in STAGES.items() for check in checks}
CHECKS: Mapping[str, ScreenerCheck] = {check.name: check for checks in STAGES.values() for check in checks}
WHOLE = "screener.whole_file"
"""Id of the finding on whether every check of the screener could be run."""
SCREENER_CHECKS = (*CHECKS, WHOLE)
REPEATS = ("check_general_dupes", "duplicate_variable_names")
WARNINGS = (*REPEATS, "check_ind_invalid_entry")
"""Warnings, as are the checks of time: these faults change what a figure says. The others concern the file's form."""
TIME = ("Precheck time", "Check time")
CONSISTENCY = ("Precheck cross-file", "Precheck geography", "Check geography")


class FilePair(NamedTuple):
    """A data file and its metadata file; None if it has none."""

    data: Path
    meta: Path | None


class _ScreenedFile(NamedTuple):
    """The results for one file by check, its number of data rows, and why it could not be screened to the end."""

    file: str
    results: Mapping[str, CheckResult]
    row_count: int
    trouble: Facts


def screen_source(source: str, files: Sequence[FilePair], lookups: Lookups, facts: SourceFacts) -> pd.DataFrame:
    """FINDINGS of the screener's checks on the files of one source: one row per check, however many files.

    One more finding says which files have no metadata and so were not screened (info), and which checks could not be
    run because an earlier one failed (warning). ``rows_failed`` is empty where a check failed; its facts name lines.
    """
    screened = [_screen(one, lookups) for one in files if one.meta]
    rows = [
        _check_finding(name, screened, source, facts) for name in CHECKS if any(name in f.results for f in screened)
    ]
    rows.append(_coverage_finding(source, [one.data.name for one in files if not one.meta], screened, facts))
    return FINDINGS.table(sorted(rows, key=lambda row: row.check))


def _screen(files: FilePair, lookups: Lookups) -> _ScreenedFile:
    try:
        pair = Pair(Sheet(files.data), Sheet(files.meta or files.data), lookups)
        results = screen_pair(pair)
        by_check = {result.check: result for result in results}
        waiting = [name for name in CHECKS if name not in by_check]
        trouble = {"waiting": len(waiting), "stage": results[-1].stage} if waiting else {}
        return _ScreenedFile(files.data.name, by_check, len(pair.data.frame), trouble)
    except InputError as error:
        first = error.problems[0]
        return _ScreenedFile(files.data.name, {}, 0, {"problem": f"{first.file}:{first.line} {first.what}"})


def _check_finding(check: str, screened: Sequence[_ScreenedFile], source: str, facts: SourceFacts) -> Finding:
    checked = [(one, one.results[check]) for one in screened if check in one.results]
    bad = [[one.file, result._asdict()] for one, result in checked if result.result in ("FAIL", "WARNING")]
    row_count = sum(one.row_count for one, result in checked if result.result != "IGNORE")
    notes = [[result.note, dict(result.facts)] for _, result in checked if result.result == "IGNORE"]
    code: Found = Found.SCREENED
    details: dict[str, Any] = {"checked": row_count}
    if bad and facts.person_level:
        code, details = Found.SCREENER_FAULTS_OF_PEOPLE, {}
    elif bad:
        code, details = Found.SCREENER_FAULTS, {"files": bad}
    elif notes:
        code, details = Found.NOT_APPLICABLE, {"notes": notes}
    return Finding(
        check,
        severity=_severity(check),
        outcome="fail" if bad else "pass",
        source=source,
        rows_checked=float(row_count),
        rows_failed=math.nan if bad else 0.0,
        owner=facts.owner,
        measures=";".join(sorted(facts.measures)),
        dimension=_dimension(check),
    ).with_code(code, details)


def _coverage_finding(
    source: str, without: Sequence[str], screened: Sequence[_ScreenedFile], facts: SourceFacts
) -> Finding:
    """What was not screened: a note where there is no metadata, which is not wrong in itself."""
    stopped = [[one.file, {} if facts.person_level else one.trouble] for one in screened if one.trouble]
    code, outcome = Found.ALL_SCREENED, "pass"
    if stopped:
        code, outcome = Found.SCREENER_STOPPED, "error"
    elif without:
        code, outcome = Found.NO_METADATA, "fail"
    return Finding(
        WHOLE,
        severity="warning" if stopped else "info",
        outcome=outcome,
        source=source,
        rows_checked=float(len(screened)),
        rows_failed=math.nan if stopped else float(len(without)),
        owner=facts.owner,
        measures=";".join(sorted(facts.measures)) if stopped else "",
        dimension="completeness",
    ).with_code(code, {"screened": len(screened), "stopped": stopped, "without": list(without)})


def _severity(check: str) -> str:
    return "warning" if check in WARNINGS or STAGE_OF[check] in TIME else "info"


def _dimension(check: str) -> str:
    if check in REPEATS:
        return "uniqueness"
    return "consistency" if STAGE_OF[check] in CONSISTENCY else "validity"
