"""The work plan and the decisions of the refresh."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from toolkit.frames import DECISIONS, DecisionRow
from toolkit.params import Governance
from toolkit.params.strategy import Workstream
from toolkit.report.layout import stack
from toolkit.report.links import link
from toolkit.report.marks import count_marks, marks
from toolkit.report.shown import Html, Shown, slug
from toolkit.report.tables.shared import sentences_by_name, table_said_once
from toolkit.report.tables.table import column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.codes import say_plan_change, say_proposal_status, say_status, say_yes_no
from toolkit.words.numbers import format_date
from toolkit.words.subjects import describe_decider, describe_kind_and_subject

__all__ = [
    "actions",
    "actions_in_brief",
    "decisions",
    "due_dates",
    "kept_actions",
    "open_proposals",
    "plan_changes",
    "ratings",
    "wordings",
    "workstreams",
]

_ACTIONS = ("action", "delivery_rag", "status", "due", "lead", "mitigation", "decided", "note")
_BRIEF = ("action", "delivery_rag", "status", "due", "lead")
_RATINGS = ("action", "delivery_rag", "status", "delivery_reason", "due")
_DATES = ("action", "delivery_rag", "due")

_CHANGES = ("action", "change", "sentence", "explained", "decision")

_DECISIONS = ("id", "subject", "from", "to", "status", "reason", "who", "evidence")

_WORDING = ("id", "subject", "old", "new")

_KEPT = ("subject", "from")

_OPEN = ("subject", "from", "to", "reason", "evidence", "asked")


def actions(rows: pd.DataFrame, caption: str) -> Shown:
    """ACTIONS as a table, with the delivery mark in the second column; each is found at ``#action-<id>``.

    Why actions are not on time stands before it, each reason once. Example: ``actions(late, "Actions late")``
    """
    places = [_place(_anchor(number), words) for number, words in zip(rows["id"], _measure_names(rows), strict=True)]
    shown = _in_words(rows).assign(action=pd.Series(places, rows.index, dtype=object))
    late = rows[rows["delivery_rag"] != "green"]
    why = sentences_by_name(
        REPORT.say("table.why_not_on_time"), dict(zip(late["id"], late["delivery_reason"], strict=True))
    )
    return stack(*why, table(shown, caption, column_formats("actions", _ACTIONS), "actions"))


def actions_in_brief(rows: pd.DataFrame, caption: str, up: str = "") -> Shown:
    """ACTIONS with their mark, date and lead; each links to the work plan, which has the rest.

    ``up`` leads from the page to the folder of the report.
    """
    linked = [
        Shown(link(f"{up}work_plan.html#{_anchor(number)}", words))
        for number, words in zip(rows["id"], _measure_names(rows), strict=True)
    ]
    shown = _in_words(rows).assign(action=pd.Series(linked, rows.index, dtype=object))
    return table(shown, caption, column_formats("actions", _BRIEF), "actions")


def _measure_names(rows: pd.DataFrame) -> list[str]:
    return [f"{number} {words}" for number, words in zip(rows["id"], rows["action"], strict=True)]


def _anchor(number: str) -> str:
    return slug(f"action {number}")


def workstreams(rows: pd.DataFrame, streams: Iterable[Workstream], caption: str) -> Shown:
    """What the plan says of each workstream, as the plan words it, next to how many of its actions are on time."""
    lines = [_stream(rows[rows["workstream"] == stream.id], stream) for stream in streams]
    made_up = "illustrative" if (rows["illustrative"] != "").any() else ""
    columns = column_formats("workstreams", _STREAMS)
    return table(pd.DataFrame(lines, columns=list(_STREAMS)).assign(illustrative=made_up), caption, columns)


_STREAMS = ("workstream", "delivery", "lead", "outcomes", "progress", "success")


def _stream(rows: pd.DataFrame, stream: Workstream) -> dict[str, object]:
    outcomes = dict.fromkeys([*stream.outcomes, *(cell for cell in rows["outcome"] if cell)])
    return {
        "workstream": stream.name,
        "delivery": count_marks(rows["delivery_rag"], ("green", "amber", "red")),
        "lead": stream.lead,
        "outcomes": "; ".join(outcomes),
        "progress": _as_planned(rows, "progress"),
        "success": _as_planned(rows, "success"),
    }


def _as_planned(rows: pd.DataFrame, field: str) -> str:
    """The words of the plan by action; "" where it has none."""
    cells = zip(rows["id"], rows[field], strict=True)
    return " ".join(REPORT.say("table.as_planned", id=name, words=words) for name, words in cells if words)


def ratings(rows: pd.DataFrame, caption: str) -> Shown:
    """ACTIONS with no more than how each is rated and why."""
    return table(_in_words(rows).assign(action=rows["id"]), caption, column_formats("actions", _RATINGS), "actions")


def due_dates(rows: pd.DataFrame, caption: str) -> Shown:
    """ACTIONS by id, with when each is due: the figures behind the timeline."""
    return table(_in_words(rows).assign(action=rows["id"]), caption, column_formats("actions", _DATES), "actions")


def _in_words(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        delivery_rag=marks(rows["delivery_rag"]),
        due=rows["due"].map(format_date),
        status=rows["status"].map(say_status),
    )


def plan_changes(rows: pd.DataFrame, caption: str) -> Shown:
    """PLAN_CHANGES as a table, what no decision explains first."""
    shown = rows.sort_values("explained", kind="stable")
    shown = shown.assign(change=shown["change"].map(say_plan_change), explained=shown["explained"].map(say_yes_no))
    return table(shown, caption, column_formats("plan_changes", _CHANGES), "plan_changes")


def decisions(rows: pd.DataFrame, caption: str, names: Mapping[str, str], governance: Governance) -> Shown:
    """The decisions that are recorded; ``names`` says what a subject's id stands for.

    Example: ``decisions(rows, "Decisions of the refresh", {"plans": "Plans issued"}, governance)``
    """
    recorded = _with_subjects(rows[rows["status"] != "proposed"], names)
    who = [describe_decider(row, governance) for row in DECISIONS.rows(recorded)]
    outcomes = [say_proposal_status(status) for status in recorded["status"]]
    places = pd.Series([_place(name, name) for name in recorded["id"]], recorded.index, dtype=object)
    to = [_with_cost(row) for row in DECISIONS.rows(recorded)]
    shown = recorded.assign(id=places, who=who, status=outcomes, to=to)
    columns = column_formats("decisions", _DECISIONS)
    return table_said_once(shown, recorded["id"], ["evidence"], caption, columns, "decisions")


def _with_cost(row: DecisionRow) -> str:
    return REPORT.say("decision.with_cost", to=row.to, cost=row.cost) if row.cost else row.to


def wordings(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """Old and new wording side by side, of the recorded decisions that change any; targets stand with the decision."""
    worded = (rows["kind"] != "target") & ((rows["old"] != "") | (rows["new"] != ""))
    changed = rows[(rows["status"] != "proposed") & worded]
    return table(_with_subjects(changed, names), caption, column_formats("wordings", _WORDING), "decisions")


def open_proposals(rows: pd.DataFrame, caption: str, names: Mapping[str, str], governance: Governance) -> Shown:
    """The proposals that nobody has answered and that would change something, with who may decide each."""
    still = _to_answer(rows[rows["change"] != "keep"], names)
    asked = [governance.name(*row.asked.split(";")) if row.asked else "" for row in DECISIONS.rows(still)]
    shown = still.assign(subject=_subject_places(still), asked=asked)
    columns = column_formats("undecided", _OPEN)
    return table_said_once(shown, _name_subjects(rows, still, names), ["evidence"], caption, columns, "decisions")


def kept_actions(rows: pd.DataFrame, caption: str, names: Mapping[str, str]) -> Shown:
    """The proposals to keep something as it is, with the reason; nothing has to be decided about them."""
    still = _to_answer(rows[rows["change"] == "keep"], names)
    called = _name_subjects(rows, still, names)
    why = sentences_by_name(REPORT.say("table.why_kept"), dict(zip(called, still["reason"], strict=True)))
    shown = still.assign(subject=_subject_places(still))
    return stack(*why, table(shown, caption, column_formats("undecided", _KEPT), "decisions"))


def _name_subjects(rows: pd.DataFrame, still: pd.DataFrame, names: Mapping[str, str]) -> pd.Series:
    """What sentences that several proposals share call each: an action of the plan by its number, else its name."""
    called = [
        row.subject if row.kind == "action" and row.change != "add" else names.get(row.subject, row.subject)
        for row in DECISIONS.rows(rows.loc[still.index])
    ]
    return pd.Series(called, still.index, dtype=object)


def _to_answer(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    return _with_subjects(rows[rows["status"] == "proposed"], names)


def _subject_places(rows: pd.DataFrame) -> pd.Series:
    """Subjects that links to their proposal lead to."""
    places = [_place(row.id, row.subject) for row in DECISIONS.rows(rows)]
    return pd.Series(places, rows.index, dtype=object)


def _place(number: str, words: str) -> Shown:
    """Words that links to a decision or proposal lead to."""
    return Shown(Html('<span id="{}">{}</span>').format(slug(number), words))


def _with_subjects(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    subjects = [describe_kind_and_subject(row, names) for row in DECISIONS.rows(rows)]
    return rows.assign(subject=subjects)
