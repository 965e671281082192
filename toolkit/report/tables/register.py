"""The register of duties, and what has changed in the law."""

from __future__ import annotations

import pandas as pd

from toolkit.frames import DUTIES
from toolkit.params import LawChange
from toolkit.report.marks import marks
from toolkit.report.shown import Shown
from toolkit.report.tables.table import column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.duties import describe_last_check
from toolkit.words.numbers import format_date

__all__ = ["law_changes", "register"]

_REGISTER = ("duty", "state", "evidence", "note", "owner", "checked", "next_due", "law")


def register(rows: pd.DataFrame) -> Shown:
    """DUTIES as a table, the state in the second column."""
    checked = [describe_last_check(duty) for duty in DUTIES.rows(rows)]
    due = [format_date(day) if day else "" for day in rows["next_due"]]
    shown = rows.assign(state=marks(rows["state"]), checked=checked, next_due=due)
    return table(shown, REPORT.say("table.duty_register"), column_formats("duty_register", _REGISTER), "duties")


def law_changes(changes: tuple[LawChange, ...], illustrative: bool) -> Shown:
    """What has changed in law, guidance and good practice, and what it means for the strategy."""
    label = "illustrative" if illustrative else ""
    rows = [(c.what, format_date(c.since.isoformat()), c.means, label) for c in changes]
    columns = column_formats("law_changes", ("what", "since", "means"))
    frame = pd.DataFrame(rows, columns=["what", "since", "means", "illustrative"], dtype="str")
    return table(frame, REPORT.say("table.law_changes"), columns)
