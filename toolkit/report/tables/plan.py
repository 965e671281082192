"""The work plan and the decisions of the refresh."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.analysis.numbers import say_date
from toolkit.report.marks import marks
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, Columns, table

__all__ = ["actions", "decisions", "plan_changes"]

_ACTIONS: Columns = {
    "id": "Action",
    "delivery_rag": "Is it on time?",
    "action": "What will be done",
    "lead": "Lead",
    "due": "Due",
    "status": "Status",
    "delivery_reason": "Why",
    "mitigation": Column("What is done about it", empty="none given"),
    "disposition": Column("What the refresh decides", empty="not decided"),
    "note": Column("Note", empty="none"),
}

_CHANGES: Columns = {
    "action": "Action",
    "change": "What happened",
    "said": "In words",
    "explained": "Does a decision explain it?",
    "decision": Column("Decision", empty="none"),
}

_DECISIONS: Columns = {
    "id": "Decision",
    "kind": "About",
    "subject": "Which",
    "from": "As it stands",
    "to": "As proposed",
    "reason": "Why",
    "authority": "Who may decide",
    "escalate": "Goes to Cabinet?",
}


def actions(rows: pd.DataFrame, caption: str) -> Shown:
    """ACTIONS as a table, with the delivery mark in the second column. Example: ``actions(late, "Actions late")``"""
    shown = rows.assign(delivery_rag=marks(rows["delivery_rag"]), due=rows["due"].map(say_date))
    return table(shown, caption, _ACTIONS)


def plan_changes(rows: pd.DataFrame, caption: str) -> Shown:
    """PLAN_CHANGES as a table, what no decision explains first."""
    return table(rows.sort_values("explained", kind="stable"), caption, _CHANGES)


def decisions(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """DECISIONS as a table; ``names`` says what a subject's id stands for.

    Example: ``decisions(rows[rows["escalate"]], "Decisions for Cabinet", {"plans": "Plans issued"})``
    """
    return table(rows.assign(subject=[names.get(key, key) for key in rows["subject"]]), caption, _DECISIONS)
