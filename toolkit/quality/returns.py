"""What goes back to the owners of the data: by owner and source, each failing row with its finding.

Rows of person-level sources are among them: they go into the return sheets and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from toolkit.frames import FINDINGS, Finding
from toolkit.quality.outcomes import Checked, FailingRow

__all__ = ["Correction", "ReturnSheet", "returns_of"]

_BY_SEVERITY = {"critical": 0, "warning": 1, "info": 2}


class Correction(NamedTuple):
    """One line of a return: a failing row; the whole source (no row); or how many rows of a check are not listed."""

    finding: Finding
    file: str
    row: FailingRow | None = None
    listed: int = 0
    unlisted: int = 0


@dataclass(frozen=True)
class ReturnSheet:
    """One owner's faults: source → faults, the most serious first. ``owner`` is "" where a source has none."""

    owner: str
    sheets: Mapping[str, list[Correction]]

    def count(self, severity: str) -> int:
        """How many faults of one severity are listed."""
        return sum(fault.finding.severity == severity for faults in self.sheets.values() for fault in faults)

    @property
    def unlisted(self) -> int:
        """How many failing rows are counted and not listed."""
        return sum(fault.unlisted for faults in self.sheets.values() for fault in faults)


def returns_of(checked: Checked, files: Mapping[str, str]) -> list[ReturnSheet]:
    """A return for each owner with something to correct, by name. Waived failures are left out.

    ``checked.findings`` are those after waivers; ``files`` is source → the file that was read, from the project folder.
    A fault of a whole source is one line; failing rows beyond the limit of a check are counted in one more line.
    """
    failing = _by_check(checked.failing)
    failed = [row for row in FINDINGS.rows(checked.findings) if row.outcome in ("fail", "error")]
    failed.sort(key=lambda row: (not row.owner, row.owner, row.source, _BY_SEVERITY[row.severity], row.check))
    return [
        ReturnSheet(owner, {
            source: [
                fault for row in rows for fault in _faults(row, failing.get((row.check, source), []), files)
            ]
            for source, rows in groupby(of_owner, lambda row: row.source)
        })
        for owner, of_owner in groupby(failed, lambda row: row.owner)
    ]  # fmt: skip


def _by_check(failing: pd.DataFrame) -> dict[tuple[str, str], list[FailingRow]]:
    rows: dict[tuple[str, str], list[FailingRow]] = {}
    for values in failing.itertuples(index=False, name=None):
        row = FailingRow(*values)
        rows.setdefault((row.check, row.source), []).append(row)
    return rows


def _faults(finding: Finding, rows: list[FailingRow], files: Mapping[str, str]) -> Iterator[Correction]:
    file = files.get(finding.source, finding.source)
    if not rows:
        yield Correction(finding, file)
        return
    yield from (Correction(finding, file, row) for row in rows)
    if not pd.isna(finding.rows_failed) and finding.rows_failed > len(rows):
        yield Correction(finding, file, listed=len(rows), unlisted=int(finding.rows_failed) - len(rows))
