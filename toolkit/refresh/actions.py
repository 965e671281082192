"""The work plan as the review reads it: a row for each action, with its state and its delivery colour."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import pandas as pd

from toolkit.frames import ACTIONS, DONE, OPEN, Action, ActionState, Statement, decode_statements, encode_statements
from toolkit.params import Strategy
from toolkit.refresh.codes import DeliveryReason, PlanNote
from toolkit.sources import Fault, parse_day

__all__ = ["Lateness", "PlanSettings", "actions_for", "day_of", "delivery_rag", "state_of", "worst"]

COLOURS = ("green", "amber", "red")


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


def state_of(written: str, words: Mapping[ActionState, Sequence[str]]) -> str:
    """The state that the source's map (``words``) gives for a status as written; "" where the map lacks the word."""
    states = {_normalise(word): str(state) for state, others in words.items() for word in (state, *others)}
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


@dataclass(frozen=True)
class PlanSettings:
    """How a plan is read: state → its words for it, what makes an action late, and whether the plan is made up.

    ``as_of`` is the ISO date of a plan that is not of the year of the review; else "".
    """

    status_words: Mapping[ActionState, Sequence[str]]
    lateness: Lateness
    illustrative: bool
    as_of: str = ""


class PlanRow(NamedTuple):
    """The cells of an action as written; "" where the plan has no such column.

    ``hidden``: its line is not shown. ``formulas`` are the cells of any column, but for day and status, that hold one.
    """

    id: str
    action: str
    lead: str
    due: str
    status: str
    priority: str
    workstream: str
    measures: str
    accountable: str = ""
    outcome: str = ""
    success: str = ""
    rag: str = ""
    progress: str = ""
    mitigation: str = ""
    hidden: bool = False
    formulas: tuple[str, ...] = ()


def delivery_rag(state: str, due: date | None, lateness: Lateness, own: str = "") -> str:
    """Green, amber or red on the day of the cut-off; an unfinished action is no better than its plan's ``own`` colour.

    Green: finished, closed, or not due yet. Red: unfinished and late by more than
    ``red_after_days``. Amber: unfinished and late by less, paused, or with no day to count from.
    """
    if state in DONE:
        return "green"
    if due is None or state in (ActionState.PAUSED, ""):
        return worst("amber", own)
    late = lateness.days(due)
    return worst("green" if late <= 0 else "amber" if late <= lateness.red_after_days else "red", own)


def worst(*colours: str) -> str:
    """The worst of some colours; other words are ignored.

    >>> worst("green", "amber"), worst("green", "blue")
    ('amber', 'green')
    """
    return max((one for one in colours if one in COLOURS), key=COLOURS.index)


def actions_for(plan: pd.DataFrame, strategy: Strategy, settings: PlanSettings) -> pd.DataFrame:
    """ACTIONS in the order of the plan, without last year's dates and without decisions.

    ``plan`` holds the cells of ``PlanRow`` as written, and the plan's own columns. ``delivery_reason`` and ``note``
    hold statements (codes and facts), which ``toolkit.words.plan`` puts into words.
    """
    streams = {_normalise(w.name): w.id for w in strategy.workstreams}
    table = ACTIONS.table(_action(row, settings) for row in _rows(plan))
    twice = table["id"].duplicated(keep=False) & (table["id"] != "")
    note = [
        encode_statements([*decode_statements(cell), Statement(PlanNote.SAME_ID)]) if again else cell
        for cell, again in zip(table["note"], twice, strict=True)
    ]
    workstream = [streams.get(_normalise(name), name) for name in table["workstream"]]
    return ACTIONS.validate(table.assign(note=note, workstream=workstream))


def _rows(plan: pd.DataFrame) -> Iterator[PlanRow]:
    names = [str(name) for name in plan.columns]
    for values in plan.itertuples(index=False, name=None):
        cells = dict(zip(names, values, strict=True))
        of_plan = {name: cells[name] for name in PlanRow._fields if name in cells}
        texts = [str(cell) for name, cell in cells.items() if name not in ("due", "status")]
        yield PlanRow(**of_plan, formulas=tuple(text for text in texts if text.startswith("=")))


def _action(row: PlanRow, settings: PlanSettings) -> Action:
    due, state = day_of(row.due), state_of(row.status, settings.status_words)
    own = row.rag.strip().lower()
    by_date, colour = (delivery_rag(state, due, settings.lateness, plans) for plans in ("", own))
    slipped = slipped_days(state, due, settings.lateness)
    reasons = [_delivery_reason(state, due, slipped, row.status)]
    if colour != by_date:
        reasons.append(Statement(DeliveryReason.PLAN_COLOUR, {"colour": own}))
    if settings.as_of and state not in DONE:
        reasons.append(Statement(DeliveryReason.AS_OF, {"as_of": settings.as_of}))
    return Action(
        id=row.id,
        priority=row.priority,
        workstream=row.workstream,
        action=row.action,
        lead=row.lead,
        due=due.isoformat() if due else row.due,
        status=state or row.status,
        delivery_rag=colour,
        disposition="",
        note=encode_statements(_notes(row, due, state)),
        measures=row.measures,
        illustrative="illustrative" if settings.illustrative else "",
        delivery_reason=encode_statements(reasons),
        mitigation=row.mitigation,
        slipped_days=float(slipped),
        due_before="",
        moved_days=float("nan"),
        accountable=row.accountable,
        success=row.success,
        outcome=row.outcome,
        progress=row.progress,
        plan_rag=own,
        decided="",
        as_of=settings.as_of,
    )


def slipped_days(state: str, due: date | None, lateness: Lateness) -> int:
    """Days past the due date of an unfinished action; 0 where it is not late or has no due day."""
    late = lateness.days(due) if due and state in OPEN else 0
    return max(late, 0)


def _delivery_reason(state: str, due: date | None, slipped: int, status: str) -> Statement:
    """Why the status and the due date give an action its colour."""
    if state in DONE:
        return Statement(DeliveryReason.FINISHED, {"state": state})
    if state == ActionState.PAUSED:
        return Statement(DeliveryReason.PAUSED)
    if due is None:
        return Statement(DeliveryReason.NO_DUE_DAY)
    if not state:
        return Statement(DeliveryReason.UNKNOWN_STATUS, {"status": status})
    if slipped:
        return Statement(DeliveryReason.LATE, {"count": slipped, "due": due.isoformat()})
    if state == ActionState.NOT_STARTED:
        return Statement(DeliveryReason.NOT_STARTED, {"due": due.isoformat()})
    return Statement(DeliveryReason.NOT_DUE, {"state": state, "due": due.isoformat()})


def _notes(row: PlanRow, due: date | None, state: str) -> list[Statement]:
    """What a reader must know about the row, whose cells are kept as written."""
    notes = []
    if not due and row.due:
        notes.append(Statement(PlanNote.DUE_IS_NO_DAY, {"due": row.due}))
    elif not due:
        notes.append(Statement(PlanNote.NO_DUE_DATE))
    if not state:
        notes.append(Statement(PlanNote.UNKNOWN_STATUS, {"status": row.status}))
    own = row.rag.strip()
    if own and own.lower() not in COLOURS and state not in DONE:
        notes.append(Statement(PlanNote.UNKNOWN_COLOUR, {"colour": own}))
    if not row.lead:
        notes.append(Statement(PlanNote.NO_LEAD))
    notes += [Statement(PlanNote.FORMULA, {"formula": cell}) for cell in row.formulas]
    if row.hidden:
        notes.append(Statement(PlanNote.HIDDEN_ROW))
    return notes
