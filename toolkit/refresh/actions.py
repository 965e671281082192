"""The work plan as the review reads it: a row for each action, with its state and its delivery colour."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from toolkit.frames import ACTIONS, Statement, decode_statements, encode_statements
from toolkit.params import Strategy
from toolkit.refresh.codes import DeliveryReason, PlanNote
from toolkit.sources import Fault, parse_day

__all__ = ["Lateness", "actions_for", "day_of", "delivery_rag", "state_of", "worst"]

COLOURS = ("green", "amber", "red")
DONE = ("complete", "complete and embedded", "closed")
"""States of an action on which no work is left."""


def day_of(written: str) -> date | None:
    """The day that a cell names, day first; None for anything that is not exactly one day, which is never guessed.

    A plan's years may have two digits: they are of this century.

    >>> day_of("31.3.19"), day_of("end of Sept")
    (datetime.date(2019, 3, 31), None)
    """
    try:
        return parse_day(re.sub(r"^(\d{1,2}([./-])\d{1,2}\2)(\d\d)$", r"\g<1>20\3", written.strip()))
    except Fault:
        return None


def state_of(written: str, words: Mapping[str, Sequence[str]]) -> str:
    """The state that the source's map (``words``) gives for a status as written; "" where the map lacks the word."""
    states = {_normalise(word): state for state, others in words.items() for word in (state, *others)}
    return states.get(_normalise(written), "")


def _normalise(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


@dataclass(frozen=True)
class Lateness:
    """The cut-off to which lateness is counted, and the days after which an unfinished action is red (the policy's)."""

    cut_off: date
    red_after_days: int

    def days(self, due: date) -> int:
        """Days past the due date; below 0 where it is still to come."""
        return (self.cut_off - due).days


def delivery_rag(state: str, due: date | None, lateness: Lateness, own: str = "") -> str:
    """Green, amber or red on the day of the cut-off; an unfinished action is no better than its plan's ``own`` colour.

    Green: finished, closed, or not due yet. Red: unfinished and late by more than
    ``red_after_days``. Amber: unfinished and late by less, paused, or with no day to count from.
    """
    if state in DONE:
        return "green"
    if due is None or state in ("paused", ""):
        return worst("amber", own)
    late = lateness.days(due)
    return worst("green" if late <= 0 else "amber" if late <= lateness.red_after_days else "red", own)


def worst(*colours: str) -> str:
    """The worst of some colours; other words are ignored.

    >>> worst("green", "amber"), worst("green", "blue")
    ('amber', 'green')
    """
    return max((one for one in colours if one in COLOURS), key=COLOURS.index)


def actions_for(plan: pd.DataFrame, strategy: Strategy, settings: Mapping[str, Any]) -> pd.DataFrame:
    """ACTIONS in the order of the plan, without last year's dates and without decisions.

    ``plan`` holds the cells as written (id, action, lead, due, status, priority, workstream, measures; ``hidden``,
    ``place``); ``settings`` gives status_words, lateness and illustrative. ``delivery_reason`` and ``note`` hold
    statements (codes and facts), which ``toolkit.words.plan`` puts into words.
    """
    streams = {_normalise(w.name): w.id for w in strategy.workstreams}
    rows = [_action({str(k): v for k, v in row.items()}, settings) for row in plan.to_dict("records")]
    columns = [name for name in ACTIONS.columns if name not in ("due_before", "moved_days")]
    table = pd.DataFrame(rows, columns=columns)
    twice = table["id"].duplicated(keep=False) & (table["id"] != "")
    note = [
        encode_statements([*decode_statements(cell), Statement(PlanNote.SAME_ID)]) if again else cell
        for cell, again in zip(table["note"], twice, strict=True)
    ]
    return ACTIONS.validate(
        table.assign(
            note=note,
            workstream=[streams.get(_normalise(name), name) for name in table["workstream"]],
            disposition="",
            decided="",
            illustrative="illustrative" if settings["illustrative"] else "",
            due_before="",
            moved_days=float("nan"),
        )
    )


def _action(row: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    due, state = day_of(row["due"]), state_of(row["status"], settings["status_words"])
    own = row.get("rag", "").strip().lower()
    by_date, colour = (delivery_rag(state, due, settings["lateness"], plans) for plans in ("", own))
    slipped = slipped_days(state, due, settings["lateness"])
    reasons = [_delivery_reason(state, due, slipped, row["status"])]
    if colour != by_date:
        reasons.append(Statement(DeliveryReason.PLAN_COLOUR, {"colour": own}))
    return {
        "id": row["id"],
        "priority": row["priority"],
        "workstream": row["workstream"],
        "action": row["action"],
        "lead": row["lead"],
        "due": due.isoformat() if due else row["due"],
        "status": state or row["status"],
        "delivery_rag": colour,
        "note": encode_statements(_notes(row, due, state)),
        "measures": row["measures"],
        "delivery_reason": encode_statements(reasons),
        "slipped_days": float(slipped),
        **{name: row.get(name, "") for name in ("mitigation", "accountable", "success", "outcome", "progress")},
        "plan_rag": own,
    }


def slipped_days(state: str, due: date | None, lateness: Lateness) -> int:
    """Days past the due date of an unfinished action; 0 where it is not late or has no due day."""
    late = lateness.days(due) if due and state in ("not started", "in progress") else 0
    return max(late, 0)


def _delivery_reason(state: str, due: date | None, slipped: int, status: str) -> Statement:
    """Why the status and the due date give an action its colour."""
    if state in DONE:
        return Statement(DeliveryReason.FINISHED, {"state": state})
    if state == "paused":
        return Statement(DeliveryReason.PAUSED)
    if due is None:
        return Statement(DeliveryReason.NO_DUE_DAY)
    if not state:
        return Statement(DeliveryReason.UNKNOWN_STATUS, {"status": status})
    if slipped:
        return Statement(DeliveryReason.LATE, {"count": slipped, "due": due.isoformat()})
    if state == "not started":
        return Statement(DeliveryReason.NOT_STARTED, {"due": due.isoformat()})
    return Statement(DeliveryReason.NOT_DUE, {"state": state, "due": due.isoformat()})


def _notes(row: Mapping[str, Any], due: date | None, state: str) -> list[Statement]:
    """What a reader must know about the row, whose cells are kept as written."""
    notes = []
    if not due and row["due"]:
        notes.append(Statement(PlanNote.DUE_IS_NO_DAY, {"due": row["due"]}))
    elif not due:
        notes.append(Statement(PlanNote.NO_DUE_DATE))
    if not state:
        notes.append(Statement(PlanNote.UNKNOWN_STATUS, {"status": row["status"]}))
    own = row.get("rag", "").strip()
    if own and own.lower() not in COLOURS and state not in DONE:
        notes.append(Statement(PlanNote.UNKNOWN_COLOUR, {"colour": own}))
    if not row["lead"]:
        notes.append(Statement(PlanNote.NO_LEAD))
    typed = [str(cell) for name, cell in row.items() if str(cell).startswith("=") and name not in ("due", "status")]
    notes += [Statement(PlanNote.FORMULA, {"formula": cell}) for cell in typed]
    if row.get("hidden"):
        notes.append(Statement(PlanNote.HIDDEN_ROW))
    return notes
