"""The work plan and the decisions of the refresh."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.frames import DECISIONS
from toolkit.params import Governance
from toolkit.report.marks import marks
from toolkit.report.shown import Shown
from toolkit.report.tables.table import column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date
from toolkit.words.statements import say_status
from toolkit.words.subjects import describe_decider, describe_kind_and_subject

__all__ = ["actions", "decisions", "open_proposals", "plan_changes", "wordings"]

_ACTIONS = ("id", "delivery_rag", "action", "lead", "due", "status", "delivery_reason", "mitigation", "decided", "note")

_CHANGES = ("action", "change", "sentence", "explained", "decision")

_DECISIONS = ("id", "subject", "from", "to", "reason", "who", "status", "evidence")

_WORDING = ("id", "subject", "old", "new")

_OPEN = ("subject", "from", "to", "reason", "evidence", "asked", "status")


def actions(rows: pd.DataFrame, caption: str) -> Shown:
    """ACTIONS as a table, with the delivery mark in the second column. Example: ``actions(late, "Actions late")``"""
    shown = rows.assign(
        delivery_rag=marks(rows["delivery_rag"]),
        due=rows["due"].map(format_date),
        status=rows["status"].map(say_status),
        decided=rows["decided"].map(_say_change),
    )
    return table(shown, caption, column_formats("actions", _ACTIONS))


def plan_changes(rows: pd.DataFrame, caption: str) -> Shown:
    """PLAN_CHANGES as a table, what no decision explains first."""
    return table(rows.sort_values("explained", kind="stable"), caption, column_formats("plan_changes", _CHANGES))


def decisions(rows: pd.DataFrame, caption: str, names: Mapping[str, str], governance: Governance) -> Shown:
    """The decisions that are recorded; ``names`` says what a subject's id stands for.

    Example: ``decisions(rows, "Decisions of the refresh", {"plans": "Plans issued"}, governance)``
    """
    recorded = _with_subjects(rows[rows["status"] != "proposed"], names)
    who = [describe_decider(row, governance) for row in DECISIONS.rows(recorded)]
    return table(recorded.assign(who=who), caption, column_formats("decisions", _DECISIONS))


def wordings(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """Old and new wording side by side, of the recorded decisions that change any."""
    changed = rows[(rows["status"] != "proposed") & ((rows["old"] != "") | (rows["new"] != ""))]
    return table(_with_subjects(changed, names), caption, column_formats("wordings", _WORDING))


def open_proposals(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """The proposals that nobody has answered; those that change something come first."""
    still = _with_subjects(rows[rows["status"] == "proposed"], names).assign(status=REPORT.say("table.not_decided"))
    return table(
        still.sort_values("change", key=lambda c: c == "keep", kind="stable"),
        caption,
        column_formats("undecided", _OPEN),
    )


def _with_subjects(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    subjects = [describe_kind_and_subject(row, names) for row in DECISIONS.rows(rows)]
    return rows.assign(subject=subjects, to=rows["to"].map(_say_change))


def _say_change(change: str) -> str:
    """A change that is a bare code, such as "amend", in words; any other text as it is."""
    key = f"table.change.{change}"
    return REPORT.say(key) if key in REPORT else change
