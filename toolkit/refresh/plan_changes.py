"""Changes of the work plan since last year, and whether a decision of last year's review explains each."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from toolkit.frames import (
    ACTIONS,
    DONE,
    FINDINGS,
    PLAN_CHANGES,
    Action,
    ActionState,
    Finding,
    Found,
    PlanChange,
    Statement,
    decode_statements,
    encode_statements,
)
from toolkit.params import ActionDecision, Decision, Strategy
from toolkit.refresh.actions import Lateness, day_of, delivery_rag, worst
from toolkit.refresh.codes import DeliveryReason, Explanation

__all__ = [
    "NOT_IN_PLAN",
    "TO_BE_ADDED",
    "WORK_PLAN",
    "explain_change",
    "plan_changes",
    "plan_findings",
    "with_dates_before",
]

WORK_PLAN = "work plan"
"""What findings about changes of the plan name as their source."""
TO_BE_ADDED = "to be added"
NOT_IN_PLAN = "not in the plan"
"""``before`` and ``after`` of a change where a decision adds an action that the plan does not have."""
SCOPE = ("success", "outcome", "measures")
"""Fields that say what an action is for."""


def with_dates_before(
    actions: pd.DataFrame, before: pd.DataFrame, changes: pd.DataFrame, lateness: Lateness
) -> pd.DataFrame:
    """ACTIONS with the due dates of last year's plan (``before``), and by how many days each was moved.

    ``changes`` are PLAN_CHANGES between the two. Moving a date without a decision does not make an action punctual:
    while unfinished it is amber at least, and red where it is that late by the agreed date.
    """
    was = dict(zip(before["id"], before["due"], strict=True))
    due_before = [was.get(action, "") for action in actions["id"]]
    moves = {move.action: move for move in PLAN_CHANGES.rows(changes) if move.what == "due"}
    done = set(before.loc[before["status"].isin(DONE), "id"])
    delivery = [
        _delivery(action, moves.get(action.id), None if action.id in done else lateness)
        for action in ACTIONS.rows(actions)
    ]
    return ACTIONS.validate(
        actions.assign(
            due_before=due_before,
            moved_days=[_days(old, new) for old, new in zip(due_before, actions["due"], strict=True)],
            delivery_rag=[colour for colour, _ in delivery],
            delivery_reason=[reason for _, reason in delivery],
        )
    )


def _delivery(action: Action, move: PlanChange | None, lateness: Lateness | None) -> tuple[str, str]:
    """(delivery_rag, delivery_reason) of an action after the move of its due date.

    ``lateness`` is None where last year's plan had the action as done: it is not late by the agreed date.
    """
    if move is None or move.days < 0 or action.status in DONE:
        return action.delivery_rag, action.delivery_reason
    reasons = [*decode_statements(action.delivery_reason), _date_moved(move)]
    if move.explained == "yes":
        return action.delivery_rag, encode_statements(reasons)
    agreed = day_of(move.before)
    late = lateness.days(agreed) if agreed and lateness else 0
    if late > 0:
        reasons.append(Statement(DeliveryReason.LATE_BY_AGREED_DAY, {"count": late, "agreed": move.before}))
    by_agreed = delivery_rag(action.status, agreed, lateness) if lateness else ""
    return worst(action.delivery_rag, "amber", by_agreed), encode_statements(reasons)


def _date_moved(move: PlanChange) -> Statement:
    if math.isnan(move.days):
        code = f"{DeliveryReason.CHANGED}.{explain_change(move)}"
        return Statement(code, {"was": move.before, "decision": move.decision})
    code = f"{DeliveryReason.MOVED}.{explain_change(move)}"
    return Statement(code, {"count": int(move.days), "decision": move.decision})


def explain_change(change: PlanChange) -> Explanation:
    """Whether a decision explains a change of the plan; ``change.decision`` says which."""
    if change.explained == "yes":
        return Explanation.AS_DECIDED if change.decision else Explanation.FINISHED
    return Explanation.AGAINST_DECISION if change.decision else Explanation.WITHOUT_DECISION


def _days(old: str, new: str) -> float:
    first, second = day_of(old), day_of(new)
    return float((second - first).days) if first and second else float("nan")


@dataclass(frozen=True)
class _Change:
    change: str
    what: str
    before: str
    after: str
    decision: str = ""
    explained: bool = False


def plan_changes(
    before: pd.DataFrame, after: pd.DataFrame, decisions: Iterable[Decision], agreed: Iterable[Decision] = ()
) -> pd.DataFrame:
    """PLAN_CHANGES, in the order of both plans; ``decisions`` are those of last year's review that are in effect.

    ``agreed`` are this review's own: one that gives a field the very words of the plan explains them, and one that
    keeps a new action explains that it is there.
    """
    decided = {d.subject: d for d in decisions if isinstance(d, ActionDecision)}
    since = {d.subject: d for d in agreed if isinstance(d, ActionDecision)}
    old, new = ({action.id: action for action in ACTIONS.rows(plan)} for plan in (before, after))
    rows = [
        _row(name, change, new.get(name) or old[name])
        for name in [*old, *(name for name in new if name not in old)]
        for change in _changes(old.get(name), new.get(name), decided.get(name), since.get(name))
    ]
    rows += [_row(name, _Change("not as decided", "action", TO_BE_ADDED, NOT_IN_PLAN, d.id))
             for name, d in decided.items() if d.change == "add" and name not in new]  # fmt: skip
    return PLAN_CHANGES.table(rows)


def _changes(
    old: Action | None, new: Action | None, decision: ActionDecision | None, since: ActionDecision | None
) -> Iterator[_Change]:
    """What happened to one action; at least one of ``old`` and ``new`` is there."""
    decided = decision.id if decision else ""
    change = decision.change if decision else ""
    if old is None and new is not None:
        kept = since.id if since and since.change in ("keep", "amend") else ""
        yield _Change("new", "action", "", new.action, kept or decided, bool(kept) or change == "add")
    elif new is None and old is not None:
        ended = change in ("close", "merge") or old.status in (ActionState.CLOSED, ActionState.EMBEDDED)
        yield _Change("dropped", "action", old.action, "", decided, ended)
    elif old is not None and new is not None:
        if _state_departs(change, new.status):
            yield _Change("not as decided", "status", _DECIDED_STATE[change], new.status, decided)
        for field in ("due", *SCOPE, "action", "lead"):
            before, after = getattr(old, field), getattr(new, field)
            wanted, ratified = (_wanted_text(one, field) for one in (decision, since))
            if since and ratified is not None and _same(after, ratified):
                yield from _field(field, before, after, (since.id, ratified))
            else:
                yield from _field(field, before, after, (decided, wanted))


def _wanted_text(decision: ActionDecision | None, field: str) -> str | None:
    return decision.to.given.get(field) if decision and decision.to else None


_DECIDED_STATE = {"close": "to be closed", "merge": "to be merged", "pause": "to be paused"}


def _state_departs(change: str, state: str) -> bool:
    """Does the plan carry on with an action that was to end or to pause?"""
    return (change in ("close", "merge") and state not in DONE) or (
        change == "pause" and state in (ActionState.NOT_STARTED, "")
    )


def _field(field: str, old: str, new: str, decided: tuple[str, str | None]) -> Iterator[_Change]:
    """How one field changed: as decided, otherwise than decided, or without a decision."""
    decision, wanted = decided
    if wanted is not None and _same(new, wanted):
        if not _same(old, new):
            yield _Change(_name(field, old, new), field, old, new, decision, True)
    elif wanted is not None:
        yield _Change("not as decided", field, wanted, new, decision)
    elif not _same(old, new):
        yield _Change(_name(field, old, new), field, old, new)


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same words or the same day, whatever the spelling of the day, case and full stops."""
    first, second = day_of(one), day_of(other)
    return first == second if first and second else _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _name(field: str, old: str, new: str) -> str:
    if field == "due":
        return "brought forward" if _days(old, new) < 0 else "slipped"
    return "re-scoped" if field in SCOPE else {"action": "reworded", "lead": "new lead"}[field]


def _row(name: str, change: _Change, action: Action | None = None) -> PlanChange:
    """``sentence`` stays empty until ``toolkit.words.plan`` fills it."""
    return PlanChange(
        action=name,
        priority=action.priority if action else "",
        change=change.change,
        what=change.what,
        before=change.before,
        after=change.after,
        days=_days(change.before, change.after) if change.what == "due" else float("nan"),
        decision=change.decision,
        explained="yes" if change.explained else "no",
        sentence="",
        illustrative=action.illustrative if action else "",
    )


_UNEXPLAINED = {
    "new": Found.NEW_UNEXPLAINED,
    "dropped": Found.DROPPED_UNEXPLAINED,
    "not as decided": Found.NOT_AS_DECIDED,
}


def plan_findings(changes: pd.DataFrame, strategy: Strategy) -> pd.DataFrame:
    """FINDINGS: a warning for each unexplained change of the plan, owned by the leads of its workstreams."""
    return FINDINGS.table(_finding(change, strategy) for change in PLAN_CHANGES.rows(changes))


def _finding(change: PlanChange, strategy: Strategy) -> Finding:
    explained = change.explained == "yes"
    leads = [stream.lead for stream in strategy.workstreams if change.priority in stream.priorities]
    return Finding(
        f"plan.{change.change.replace(' ', '_')}.{change.action}.{change.what}",
        severity="info" if change.change == "new" else "warning",
        outcome="pass" if explained else "fail",
        source=WORK_PLAN,
        column=change.what,
        owner=", ".join(dict.fromkeys(leads)),
        dimension="consistency",
    ).with_code(
        Found.CHANGE_EXPLAINED if explained else _UNEXPLAINED.get(change.change, Found.CHANGE_UNEXPLAINED),
        {"change": change._asdict()},
    )
