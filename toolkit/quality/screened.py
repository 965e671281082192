"""The Department's screener on a source's files, as findings under its own names; never critical."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from toolkit.errors import InputError
from toolkit.frames import FINDINGS, Facts, Finding, Found, finding
from toolkit.quality.context import SourceFacts
from toolkit.quality.screener import STAGES, Check, Lookups, Row, screened_rows
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.sheet import Sheet

__all__ = ["SCREENER_CHECKS", "Screened", "screened"]

STAGE_OF = {check.name: stage for stage, checks in STAGES.items() for check in checks}
CHECKS: Mapping[str, Check] = {check.name: check for checks in STAGES.values() for check in checks}
WHOLE = "screener.whole_file"
"""Whether every check of the screener could be made at all."""
SCREENER_CHECKS = (*CHECKS, WHOLE)
REPEATS = ("check_general_dupes", "duplicate_variable_names")
GRAVER = (*REPEATS, "check_ind_invalid_entry")
"""Warnings, as are the checks of time: these change what a figure says. The rest are about the form of the file."""
CONSISTENCY = ("Precheck cross-file", "Precheck geography", "Check geography")


class Screened(NamedTuple):
    """A data file and its metadata file, or None where there is none beside it."""

    data: Path
    meta: Path | None


class _Found(NamedTuple):
    """The rows of one file, how many rows of data it has, and why it could not be screened to the end."""

    file: str
    rows: Sequence[Row]
    many: int
    trouble: Facts


def screened(source: str, files: Sequence[Screened], lookups: Lookups, facts: SourceFacts) -> pd.DataFrame:
    """FINDINGS of the screener's checks on the files of one source: a row a check, whatever the number of files.

    A file without metadata is told as not screened (info); checks that a failed one keeps from being made are told
    together, as a warning. ``rows_failed`` is empty where a check failed: the message says what, and on which line.
    """
    found = [_screen(one, lookups) for one in files if one.meta]
    rows = [_finding(name, found, source, facts) for name in CHECKS if any(_of(name, one) for one in found)]
    rows.append(_not_made(source, [one.data.name for one in files if not one.meta], found, facts))
    return FINDINGS.table(sorted(rows, key=lambda row: row.check))


def _screen(files: Screened, lookups: Lookups) -> _Found:
    try:
        pair = Pair(Sheet(files.data), Sheet(files.meta or files.data), lookups)
        rows = screened_rows(pair)
        made = {row.check for row in rows}
        left = [name for name in CHECKS if name not in made]
        stopped = {"waiting": len(left), "stage": rows[-1].stage} if left else {}
        return _Found(files.data.name, rows, len(pair.data.frame), stopped)
    except InputError as error:
        first = error.problems[0]
        return _Found(files.data.name, (), 0, {"problem": f"{first.file}:{first.line} {first.what}"})


def _of(check: str, found: _Found) -> list[Row]:
    return [row for row in found.rows if row.check == check]


def _finding(check: str, found: Sequence[_Found], source: str, facts: SourceFacts) -> Finding:
    made = [(one, row) for one in found for row in _of(check, one)]
    bad = [[one.file, row.message] for one, row in made if row.result in ("FAIL", "WARNING")]
    looked_at = sum(one.many for one, row in made if row.result != "IGNORE")
    passed = " ".join(dict.fromkeys(row.message for _, row in made if row.result == "IGNORE"))
    details: dict[str, Any] = {"tested": CHECKS[check].texts.fine, "do": CHECKS[check].texts.fix}
    if not bad:
        code, details = (
            (Found.NOT_APPLICABLE, details | {"ignored": passed})
            if passed
            else (Found.SCREENED, details | {"checked": looked_at})
        )
    elif facts.person_level:
        code = Found.SCREENER_FAULTS_OF_PEOPLE
    else:
        code, details = Found.SCREENER_FAULTS, details | {"files": bad}
    return finding(
        check,
        code,
        facts=details,
        severity=_severity(check),
        outcome="fail" if bad else "pass",
        source=source,
        rows_checked=float(looked_at),
        rows_failed=math.nan if bad else 0.0,
        owner=facts.owner,
        measures=";".join(sorted(facts.measures)),
        dimension=_dimension(check),
    )


def _not_made(source: str, without: Sequence[str], found: Sequence[_Found], facts: SourceFacts) -> Finding:
    """What was not screened. It is an info where the metadata is missing: nothing says that is wrong."""
    stopped = [[one.file, {} if facts.person_level else one.trouble] for one in found if one.trouble]
    code, outcome = Found.ALL_SCREENED, "pass"
    if stopped:
        code, outcome = Found.SCREENER_STOPPED, "error"
    elif without:
        code, outcome = Found.NO_METADATA, "fail"
    return finding(
        WHOLE,
        code,
        facts={"screened": len(found), "stopped": stopped, "without": list(without)},
        severity="warning" if stopped else "info",
        outcome=outcome,
        source=source,
        rows_checked=float(len(found)),
        rows_failed=math.nan if stopped else float(len(without)),
        owner=facts.owner,
        measures=";".join(sorted(facts.measures)) if stopped else "",
        dimension="completeness",
    )


def _severity(check: str) -> str:
    return "warning" if check in GRAVER or STAGE_OF[check].endswith(" time") else "info"


def _dimension(check: str) -> str:
    if check in REPEATS:
        return "uniqueness"
    return "consistency" if STAGE_OF[check] in CONSISTENCY else "validity"
