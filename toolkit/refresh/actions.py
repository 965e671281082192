"""The work plan as the review reads it: one row an action, its state, its delivery colour and what was decided."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from toolkit.frames import ACTIONS
from toolkit.params import Strategy
from toolkit.sources import Fault, parse_day
from toolkit.words.numbers import format_date

__all__ = ["Lateness", "actions_for", "day_of", "delivery_rag", "state_of", "worst"]

COLOURS = ("green", "amber", "red")
DONE = ("complete", "complete and embedded", "closed")
"""States in which nothing more is to be done."""


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
    """The contract's state for a status as written, by the source's map; "" where the map does not know the word."""
    spoken = _plain(written)
    known = {_plain(word): state for state, said in words.items() for word in (state, *said)}
    return known.get(spoken, "")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()


@dataclass(frozen=True)
class Lateness:
    """The day on which lateness is counted, and the days after which an unfinished action is red (the policy's)."""

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
    """The worst of some colours; a word that is none of the three says nothing.

    >>> worst("green", "amber"), worst("green", "blue")
    ('amber', 'green')
    """
    return max((one for one in colours if one in COLOURS), key=COLOURS.index)


def actions_for(plan: pd.DataFrame, strategy: Strategy, settings: Mapping[str, Any]) -> pd.DataFrame:
    """ACTIONS in the order of the plan, before anything is known of the year before or of decisions.

    ``plan`` holds the cells as written (id, action, lead, due, status, priority, workstream, measures; ``hidden``,
    ``place``); ``settings`` gives status_words, lateness and illustrative.
    """
    streams = {_plain(w.name): w.id for w in strategy.workstreams}
    rows = [_action({str(k): v for k, v in row.items()}, settings) for row in plan.to_dict("records")]
    columns = [name for name in ACTIONS.columns if name not in ("due_before", "moved_days")]
    table = pd.DataFrame(rows, columns=columns)
    twice = table["id"].duplicated(keep=False) & (table["id"] != "")
    told = (table["note"] + "; another action has the same id").str.removeprefix("; ")
    return ACTIONS.checked(
        table.assign(
            note=table["note"].mask(twice, told),
            workstream=[streams.get(_plain(name), name) for name in table["workstream"]],
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
    by_date, colour = (delivery_rag(state, due, settings["lateness"], said) for said in ("", own))
    worse = f" The plan itself says {own}." if colour != by_date else ""
    slipped = slipped_days(state, due, settings["lateness"])
    return {
        "id": row["id"],
        "priority": row["priority"],
        "workstream": row["workstream"],
        "action": row["action"],
        "lead": row["lead"],
        "due": due.isoformat() if due else row["due"],
        "status": state or row["status"],
        "delivery_rag": colour,
        "note": "; ".join(_notes(row, due, state)),
        "measures": row["measures"],
        "delivery_reason": _because(state, due, slipped, row) + worse,
        "slipped_days": float(slipped),
        **{name: row.get(name, "") for name in ("mitigation", "accountable", "success", "outcome", "progress")},
        "plan_rag": own,
    }


def slipped_days(state: str, due: date | None, lateness: Lateness) -> int:
    """Days past the due date of an action that is not finished; 0 where it is not late or cannot be told."""
    late = lateness.days(due) if due and state in ("not started", "in progress") else 0
    return max(late, 0)


def _because(state: str, due: date | None, slipped: int, row: Mapping[str, Any]) -> str:
    """Why an action has its colour."""
    if state in DONE:
        return f"It is {state}."
    if state == "paused":
        return "It is paused."
    if due is None:
        return "It has no date against which lateness could be told."
    if not state:
        return f"Its status, '{row['status']}', is not one that we know."
    day = format_date(due)
    return f"{slipped} days past its due date, {day}." if slipped else f"It is {state} and due on {day}."


def _notes(row: Mapping[str, Any], due: date | None, state: str) -> list[str]:
    """What a reader must know about the row; kept as written, never mended."""
    notes = []
    if not due:
        notes.append(f"the due date '{row['due']}' is not a day" if row["due"] else "there is no due date")
    if not state:
        notes.append(f"the status '{row['status']}' is not in the list of status words")
    own = row.get("rag", "").strip()
    if own and own.lower() not in COLOURS and state not in DONE:
        notes.append(f"the plan's own colour, '{own}', is not red, amber or green")
    if not row["lead"]:
        notes.append("nobody leads it")
    typed = [str(cell) for name, cell in row.items() if str(cell).startswith("=") and name not in ("due", "status")]
    notes += [f"the formula '{cell}' has no stored result" for cell in typed]
    if row.get("hidden"):
        notes.append("the row is hidden in the workbook")
    return notes
