"""The work plan and the decisions of the refresh."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.frames import DECISIONS
from toolkit.params import Governance
from toolkit.report.marks import marks
from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.numbers import format_date
from toolkit.words.subjects import describe_decider, describe_kind_and_subject

__all__ = ["actions", "decisions", "plan_changes", "undecided", "wordings"]

_ACTIONS: Columns = {
    "id": "Action",
    "delivery_rag": "Is it on time?",
    "action": "What will be done",
    "lead": "Lead",
    "due": "Due",
    "status": "Status",
    "delivery_reason": "Why",
    "mitigation": Column("What is done about it", empty="none given"),
    "decided": Column("What the refresh decides", empty="not decided"),
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
    "subject": "About",
    "from": "As it is now",
    "to": "As it will be",
    "reason": "Why",
    "who": "Who decided",
    "status": "What became of the proposal",
    "evidence": Column("What it rests on", empty="what people said"),
}

_WORDING: Columns = {
    "id": "Decision",
    "subject": "About",
    "old": Column("Old wording", empty="nothing: it is new"),
    "new": Column("New wording", empty="nothing: it ends"),
}

_OPEN: Columns = {
    "subject": "About",
    "from": "As it is now",
    "to": "What is proposed",
    "reason": "Why",
    "evidence": Column("What it rests on", empty="nothing further"),
    "asked": Column("Who may decide", empty="its lead"),
    "status": "What became of it",
}


def actions(rows: pd.DataFrame, caption: str) -> Shown:
    """ACTIONS as a table, with the delivery mark in the second column. Example: ``actions(late, "Actions late")``"""
    shown = rows.assign(delivery_rag=marks(rows["delivery_rag"]), due=rows["due"].map(format_date))
    return table(shown, caption, _ACTIONS)


def plan_changes(rows: pd.DataFrame, caption: str) -> Shown:
    """PLAN_CHANGES as a table, what no decision explains first."""
    return table(rows.sort_values("explained", kind="stable"), caption, _CHANGES)


def decisions(rows: pd.DataFrame, caption: str, names: Mapping[str, str], governance: Governance) -> Shown:
    """The decisions that are recorded; ``names`` says what a subject's id stands for.

    Example: ``decisions(rows, "Decisions of the refresh", {"plans": "Plans issued"}, governance)``
    """
    recorded = _named(rows[rows["status"] != "proposed"], names)
    who = [describe_decider(row, governance) for row in DECISIONS.rows(recorded)]
    return table(recorded.assign(who=who), caption, _DECISIONS)


def wordings(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """Old and new wording side by side, of the recorded decisions that change any."""
    changed = rows[(rows["status"] != "proposed") & ((rows["old"] != "") | (rows["new"] != ""))]
    return table(_named(changed, names), caption, _WORDING)


def undecided(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """The proposals that nobody has answered; those that change something come first."""
    still = _named(rows[rows["status"] == "proposed"], names).assign(status="not decided")
    return table(still.sort_values("change", key=lambda c: c == "keep", kind="stable"), caption, _OPEN)


def _named(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    return rows.assign(subject=[describe_kind_and_subject(row, names) for row in DECISIONS.rows(rows)])
