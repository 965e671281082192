"""What the Department's screener says of a source's files, as findings: its own names, and never critical."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from toolkit.errors import InputError
from toolkit.frames import FINDINGS
from toolkit.quality.context import SourceFacts
from toolkit.quality.screener import STAGES, Check, Lookups, Row, screened_rows
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.sheet import Sheet

__all__ = ["SCREENER_CHECKS", "Screened", "screened"]

STAGE_OF = {check.name: stage for stage, checks in STAGES.items() for check in checks}
SENTENCES: Mapping[str, Check] = {check.name: check for checks in STAGES.values() for check in checks}
WHOLE = "screener.whole_file"
"""Whether every check of the screener could be made at all."""
SCREENER_CHECKS = (*SENTENCES, WHOLE)
REPEATS = ("check_general_dupes", "duplicate_variable_names")
GRAVER = (*REPEATS, "check_ind_invalid_entry")
"""Warnings, as are the checks of time: these change what a figure says. The rest are about the form of the file."""
CONSISTENCY = ("Precheck cross-file", "Precheck geography", "Check geography")
SCREENED = "Every data file is screened together with its metadata file."
WITHHELD = "what and where is not said here, since the rows are people"


class Screened(NamedTuple):
    """A data file and its metadata file, or None where there is none beside it."""

    data: Path
    meta: Path | None


class _Found(NamedTuple):
    """The rows of one file, how many rows of data it has, and why it could not be screened to the end."""

    file: str
    rows: Sequence[Row]
    many: int
    trouble: str = ""


def screened(source: str, files: Sequence[Screened], lookups: Lookups, facts: SourceFacts) -> pd.DataFrame:
    """FINDINGS of the screener's checks on the files of one source: a row a check, whatever the number of files.

    A file without metadata is told as not screened (info); checks that a failed one keeps from being made are told
    together, as a warning. ``rows_failed`` is empty where a check failed: the message says what, and on which line.
    """
    found = [_screen(one, lookups) for one in files if one.meta]
    rows = [_finding(name, found, source, facts) for name in SENTENCES if any(_of(name, one) for one in found)]
    rows += _not_made(source, [one.data.name for one in files if not one.meta], found, facts)
    table = pd.DataFrame(rows, columns=list(FINDINGS.columns))
    return FINDINGS.checked(table.sort_values(["check", "source"], kind="stable"))


def _screen(files: Screened, lookups: Lookups) -> _Found:
    try:
        pair = Pair(Sheet(files.data), Sheet(files.meta or files.data), lookups)
        rows = screened_rows(pair)
        made = {row.check for row in rows}
        left = [name for name in SENTENCES if name not in made]
        stopped = f"{len(left)} checks wait until the faults of '{rows[-1].stage}' are mended" if left else ""
        return _Found(files.data.name, rows, len(pair.data.frame), stopped)
    except InputError as error:
        first = error.problems[0]
        return _Found(files.data.name, (), 0, f"{first.file}:{first.line} {first.what}")


def _of(check: str, found: _Found) -> list[Row]:
    return [row for row in found.rows if row.check == check]


def _finding(check: str, found: Sequence[_Found], source: str, facts: SourceFacts) -> dict[str, Any]:
    made = [(one, row) for one in found for row in _of(check, one)]
    bad = [(one.file, row.message) for one, row in made if row.result in ("FAIL", "WARNING")]
    looked_at = sum(one.many for one, row in made if row.result != "IGNORE")
    told = WITHHELD if facts.person_level else " ".join(f"{file}: {message}" for file, message in bad)
    passed = " ".join(dict.fromkeys(row.message for _, row in made if row.result == "IGNORE"))
    fine = SENTENCES[check].fine
    return {
        **_about(check, source, facts),
        "severity": _severity(check),
        "outcome": "fail" if bad else "pass",
        "rows_checked": float(looked_at),
        "rows_failed": float("nan") if bad else 0.0,
        "message": f"{fine} Failed: {told}" if bad else f"{fine} Passed: {passed or f'{looked_at:,} rows checked.'}",
        "action": SENTENCES[check].fix if bad else "",
        "dimension": _dimension(check),
    }


def _not_made(
    source: str, without: Sequence[str], found: Sequence[_Found], facts: SourceFacts
) -> Iterator[dict[str, Any]]:
    """One row about what was not screened. It is an info where the metadata is missing: nothing says that is wrong."""
    stopped = [f"{one.file}: {WITHHELD if facts.person_level else one.trouble}" for one in found if one.trouble]
    lacking = f"not screened: no metadata file beside {', '.join(without)}" if without else ""
    outcome, told = ("fail", f"Failed: {lacking}.") if lacking else ("pass", f"Passed: {len(found)} screened.")
    if stopped:
        outcome, told = "error", f"Could not be checked: {'; '.join([*stopped, *filter(None, [lacking])])}."
    yield {
        **_about(WHOLE, source, facts),
        "severity": "warning" if stopped else "info",
        "outcome": outcome,
        "rows_checked": float(len(found)),
        "rows_failed": float("nan") if stopped else float(len(without)),
        "message": f"{SCREENED} {told}",
        "measures": ";".join(sorted(facts.measures)) if stopped else "",
        "action": _action(bool(stopped), bool(without)),
        "dimension": "completeness",
    }


def _action(stopped: bool, without: bool) -> str:
    mend = "Mend what the screener's prechecks name; the rest is then checked." if stopped else ""
    add = "Put the file's .meta.csv beside it and name both under files: in source.yaml." if without else ""
    return " ".join(filter(None, [mend, add]))


def _about(check: str, source: str, facts: SourceFacts) -> dict[str, Any]:
    measures = ";".join(sorted(facts.measures))
    return {"check": check, "source": source, "column": "", "owner": facts.owner, "measures": measures, "examples": ""}


def _severity(check: str) -> str:
    return "warning" if check in GRAVER or STAGE_OF[check].endswith(" time") else "info"


def _dimension(check: str) -> str:
    if check in REPEATS:
        return "uniqueness"
    return "consistency" if STAGE_OF[check] in CONSISTENCY else "validity"
