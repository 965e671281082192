"""The lines of a return sheet in words: where a fault is, what was expected, what is wrong and what to do."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.quality import Correction
from toolkit.words.bank import REPORT
from toolkit.words.findings import describe_action, describe_finding, describe_test

__all__ = ["ReturnedRow", "describe_fault", "owner_of"]


class ReturnedRow(NamedTuple):
    """One line of a return sheet, in the order in which a person reads it."""

    severity: str
    file: str
    where: str
    key: str
    column: str
    value: str
    expected: str
    wrong: str
    action: str
    check: str


def owner_of(owner: str) -> str:
    """Whose return it is; a source may have no owner."""
    return owner or REPORT.say("returned.nobody")


def describe_fault(fault: Correction) -> ReturnedRow:
    """One line of a return sheet."""
    finding, row = fault.finding, fault.row
    where, wrong = REPORT.say("returned.whole_source"), ""
    if fault.unlisted:
        where = REPORT.say("returned.further_rows")
        wrong = REPORT.say("returned.unlisted", count=fault.unlisted, listed=f"{fault.listed:,}")
    elif row:
        where, wrong = _where(row.place), _contents(row.column, row.value)
    return ReturnedRow(
        severity=finding.severity,
        file=fault.file,
        where=where,
        key=row.key if row else "",
        column=row.column if row else finding.column,
        value=row.value if row else "",
        expected=row.expected if row else describe_test(finding),
        wrong=wrong or describe_finding(finding),
        action=describe_action(finding),
        check=finding.check,
    )


def _contents(column: str, value: str) -> str:
    """What each column holds; together where a value has a comma in it, so that they cannot be told apart.

    >>> _contents("value, previous", "220, 7"), _contents("born", "")
    ('value holds “220”, previous holds “7”.', 'born is blank.')
    """
    columns, values = column.split(", "), value.split(", ")
    if len(columns) != len(values):
        columns, values = [column], [value]
    contents = [_content(name, cell) for name, cell in zip(columns, values, strict=True)]
    return ", ".join(contents) + "."


def _content(column: str, value: str) -> str:
    name = column or REPORT.say("returned.row")
    return REPORT.say("returned.holds" if value.strip(", ") else "returned.blank", column=name, value=value)


def _where(place: str) -> str:
    """The line or cell within the file.

    >>> _where("figures.csv:12"), _where("Places!row 5"), _where("a.csv:1 and a.csv:9")
    ('line 12', 'Places!row 5', 'a.csv:1 and a.csv:9')
    """
    name, _, line = place.rpartition(":")
    is_line = name and line.isdigit() and " and " not in place
    return REPORT.say("returned.line", line=line) if is_line else place
