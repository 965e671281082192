"""What goes back to whoever owns the data: per owner and source, each failing row with what is wrong with it.

Rows of person-level sources are among them. They go into the return sheets and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.quality.outcomes import Checked

__all__ = ["RETURNED", "Return", "returns_of"]

RETURNED = ("severity", "file", "where", "key", "column", "value", "expected", "wrong", "action", "check")
_GRAVEST = {"critical": 0, "warning": 1, "info": 2}
NOBODY = "Nobody named"


@dataclass(frozen=True)
class Return:
    """One owner's faults: source → RETURNED, the gravest first. ``more`` counts failing rows that are not listed."""

    owner: str
    sheets: Mapping[str, pd.DataFrame]
    more: int

    def many(self, severity: str) -> int:
        """How many listed faults there are of one severity."""
        return sum(int((sheet["severity"] == severity).sum()) for sheet in self.sheets.values())


def returns_of(checked: Checked, files: Mapping[str, str]) -> list[Return]:
    """A return for each owner with something to mend, by name. Waived failures are not among them.

    ``checked.findings`` are those after waivers; ``files`` is source → the file that was read, from the project folder.
    A fault of a whole source is one row; failing rows over the limit of a check are counted in a row of their own.
    """
    failed = checked.findings[checked.findings["outcome"].isin(["fail", "error"])]
    failed = failed.assign(owner=failed["owner"].mask(failed["owner"] == "", NOBODY))
    rows: dict[Any, pd.DataFrame] = dict(iter(checked.failing.groupby(["check", "source"])))
    found = []
    for owner, of_owner in failed.groupby("owner"):
        sheets, more = {}, 0
        for source, findings in of_owner.groupby("source"):
            order = findings.assign(grave=findings["severity"].map(_GRAVEST)).sort_values(["grave", "check"])
            told = order.to_dict("records")
            listed = [row for f in told for row in _rows(f, rows.get((f["check"], f["source"])), files)]
            sheets[str(source)] = pd.DataFrame(listed, columns=list(RETURNED), dtype="str")
            more += sum(_unlisted(f, rows.get((f["check"], f["source"]))) for f in told)
        found.append(Return(str(owner), sheets, more))
    return found


def _unlisted(finding: Mapping[Any, Any], rows: pd.DataFrame | None) -> int:
    failed = finding["rows_failed"]
    return 0 if rows is None or pd.isna(failed) else max(0, int(failed) - len(rows))


def _rows(finding: Mapping[Any, Any], rows: pd.DataFrame | None, files: Mapping[str, str]) -> Iterator[dict[str, str]]:
    about = {name: str(finding[name]) for name in ("severity", "check", "action", "column")}
    about |= {"file": files.get(finding["source"], finding["source"]), "key": "", "value": ""}
    if rows is None or rows.empty:
        whole = {"where": "the whole source", "expected": _tested(finding["message"]), "wrong": finding["message"]}
        yield about | whole
        return
    for row in rows.to_dict("records"):
        wrong = _wrong(str(row["column"]), str(row["value"]))
        said = {str(name): str(row[name]) for name in ("key", "column", "value", "expected")}
        yield about | said | {"where": _where(str(row["place"])), "wrong": wrong}
    if more := _unlisted(finding, rows):
        first = f"{more:,} more rows fail this check; the first {len(rows):,} are listed above."
        yield about | {"where": "further rows", "expected": str(rows["expected"].iloc[0]), "wrong": first}


def _tested(message: str) -> str:
    """The sentence that says what was tested: what stands before the outcome."""
    return message.split(" Failed:")[0].split(" Could not be checked:")[0]


def _wrong(column: str, value: str) -> str:
    """What each column holds; together where a value has a comma in it, so that they cannot be told apart.

    >>> _wrong("value, previous", "220, 7"), _wrong("born", "")
    ('value holds “220”, previous holds “7”.', 'born is blank.')
    """
    columns, values = column.split(", "), value.split(", ")
    if len(columns) != len(values):
        columns, values = [column], [value]
    told = [
        f"{name or 'The row'} holds “{found}”" if found.strip(", ") else f"{name or 'The row'} is blank"
        for name, found in zip(columns, values, strict=True)
    ]
    return ", ".join(told) + "."


def _where(place: str) -> str:
    """The line or cell within the file.

    >>> _where("figures.csv:12"), _where("Places!row 5"), _where("a.csv:1 and a.csv:9")
    ('line 12', 'Places!row 5', 'a.csv:1 and a.csv:9')
    """
    name, _, line = place.rpartition(":")
    return f"line {line}" if name and line.isdigit() and " and " not in place else place
