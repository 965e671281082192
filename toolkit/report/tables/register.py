"""The register of duties, what has changed in the law, and whether the strategy remains current."""

from __future__ import annotations

import pandas as pd

from toolkit.params import LawChange
from toolkit.refresh import CONFORMS
from toolkit.report.marks import marks
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.numbers import format_date

__all__ = ["conformity", "law_changes", "register"]

_REGISTER: Columns = {
    "duty": "Duty",
    "state": "Does the strategy conform?",
    "evidence": Column("What was looked at", empty="nothing"),
    "note": Column("Note", empty="none"),
    "owner": Column("Who answers for it", empty="nobody named"),
    "checked": "Last checked",
    "next_due": Column("Next check due", empty="now"),
    "law": "Law",
}

REMAINS = "the strategy remains current and conforms with legislation and good practice"


def register(rows: pd.DataFrame) -> Shown:
    """DUTIES as a table, the state in the second column."""
    checked = [
        f"{format_date(row['checked_on'])}, by {row['checked_by']}" if row["checked_on"] else "never"
        for row in rows.to_dict("records")
    ]
    due = [format_date(day) if day else "" for day in rows["next_due"]]
    shown = rows.assign(state=marks(rows["state"]), checked=checked, next_due=due)
    return table(shown, "Register of duties", _REGISTER)


def law_changes(changes: tuple[LawChange, ...], illustrative: bool) -> Shown:
    """What has changed in law, guidance and good practice, and what it means for the strategy."""
    label = "illustrative" if illustrative else ""
    rows = [(c.what, format_date(c.since.isoformat()), c.means, label) for c in changes]
    columns: Columns = {"what": "What changed", "since": "Since", "means": "What it means for the strategy"}
    frame = pd.DataFrame(rows, columns=["what", "since", "means", "illustrative"], dtype="str")
    return table(frame, "Changes in law and guidance", columns)


def conformity(rows: pd.DataFrame) -> str:
    """Whether the strategy remains current, from DUTIES: in the words of the report that approved it, or why not.

    It is said only where every duty was checked, in time, and the strategy conforms with it.
    """
    if rows.empty:
        return f"It cannot be said whether {REMAINS}: it names no duty."
    failing = rows[rows["state"] != CONFORMS]
    if failing.empty:
        last = format_date(rows["checked_on"].max())
        return f"{REMAINS[0].upper()}{REMAINS[1:]}: each of its {len(rows)} duties was checked, the last on {last}."
    told = [f"{state[0].upper()}{state[1:]}: {'; '.join(mine)}." for state, mine in _by_state(failing).items()]
    open_ = "1 stands open" if len(failing) == 1 else f"{len(failing)} stand open"
    return " ".join([f"It cannot be said that {REMAINS}. Of {len(rows)} duties, {open_}.", *told])


def _by_state(rows: pd.DataFrame) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for state, duty in zip(rows["state"], rows["duty"], strict=True):
        grouped.setdefault(str(state), []).append(f"\u201c{duty}\u201d")
    return grouped
