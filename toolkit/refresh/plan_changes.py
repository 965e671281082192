"""This year's work plan beside last year's: what changed, and whether a decision of last year's review explains it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.frames import ACTIONS, FINDINGS, PLAN_CHANGES
from toolkit.params import ActionDecision, Decision, Strategy
from toolkit.refresh.actions import DONE, Lateness, day_of, delivery_rag, worst
from toolkit.refresh.wording import FIELD_NAMES
from toolkit.words.numbers import format_date

__all__ = ["WORK_PLAN", "plan_changes", "plan_findings", "with_dates_before"]

WORK_PLAN = "work plan"
"""What findings about changes of the plan name as their source."""
SCOPE = ("success", "outcome", "measures")
"""Fields that say what an action is for: another one is another action."""

Row = Mapping[Any, Any]


def with_dates_before(
    actions: pd.DataFrame, before: pd.DataFrame, changes: pd.DataFrame, lateness: Lateness
) -> pd.DataFrame:
    """ACTIONS with the due dates of last year's plan (``before``), and by how many days each was moved.

    ``changes`` are PLAN_CHANGES between the two. A date that was put off without a decision makes no action punctual:
    while it is unfinished it is amber at least, and red where the date that was agreed lies so far back.
    """
    was = dict(zip(before["id"], before["due"], strict=True))
    due_before = [was.get(action, "") for action in actions["id"]]
    moves = {row["action"]: row for row in changes[changes["what"] == "due"].to_dict("records")}
    done = set(before.loc[before["status"].isin(DONE), "id"])
    rows = [
        _with_move(row, moves.get(row["id"]), None if row["id"] in done else lateness)
        for row in actions.to_dict("records")
    ]
    moved = [_days(old, new) for old, new in zip(due_before, actions["due"], strict=True)]
    told = pd.DataFrame(rows, columns=list(actions.columns))
    return ACTIONS.checked(told.assign(due_before=due_before, moved_days=moved))


def _with_move(row: Row, move: Row | None, lateness: Lateness | None) -> Row:
    """An action with what the move of its date does to its colour, and why.

    ``lateness`` is None where the action was finished by the date that was agreed: it is not late by that.
    """
    if move is None or move["days"] < 0 or row["status"] in DONE:
        return row
    said = f"{row['delivery_reason']} {_put_off(move)}"
    if move["explained"] == "yes":
        return {**row, "delivery_reason": said}
    agreed = day_of(move["before"])
    late = lateness.days(agreed) if agreed and lateness else 0
    by_agreed = delivery_rag(row["status"], agreed, lateness) if lateness else ""
    colour = worst(row["delivery_rag"], "amber", by_agreed)
    more = f" That is {late} days past the date that was agreed, {format_date(move['before'])}." if late > 0 else ""
    return {**row, "delivery_rag": colour, "delivery_reason": said + more}


def _put_off(move: Row) -> str:
    days, was = move["days"], format_date(move["before"])
    by = f"moved by {days:.0f} days" if days == days else f"changed from '{was}'"
    return f"Its date was {by}{_why(move['explained'] == 'yes', move['decision'])}."


def _why(explained: bool, decision: str) -> str:
    """What explains a change."""
    if explained:
        return f", as decided ({decision})" if decision else ""
    return f", against the decision {decision}" if decision else ", without a decision"


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
    old, new = ({str(row["id"]): row for row in plan.to_dict("records")} for plan in (before, after))
    rows = [
        _said(name, change, new.get(name) or old[name])
        for name in [*old, *(name for name in new if name not in old)]
        for change in _changes(old.get(name), new.get(name), decided.get(name), since.get(name))
    ]
    rows += [_said(name, _Change("not as decided", "action", "to be added", "not in the plan", d.id), {})
             for name, d in decided.items() if d.change == "add" and name not in new]  # fmt: skip
    return PLAN_CHANGES.checked(pd.DataFrame(rows)) if rows else PLAN_CHANGES.empty()


def _changes(
    old: Row | None, new: Row | None, decision: ActionDecision | None, since: ActionDecision | None
) -> Iterator[_Change]:
    """What happened to one action; one of the two rows is there."""
    known = decision.id if decision else ""
    change = decision.change if decision else ""
    if old is None and new is not None:
        kept = since.id if since and since.change in ("keep", "amend") else ""
        yield _Change("new", "action", "", str(new["action"]), kept or known, bool(kept) or change == "add")
    elif new is None and old is not None:
        ended = change in ("close", "merge") or old["status"] in ("closed", "complete and embedded")
        yield _Change("dropped", "action", str(old["action"]), "", known, ended)
    elif old is not None and new is not None:
        if _state_departs(change, str(new["status"])):
            yield _Change("not as decided", "status", _TOLD[change], str(new["status"]), known)
        for field in ("due", *SCOPE, "action", "lead"):
            wanted, ratified = (_given(one, field) for one in (decision, since))
            if since and ratified is not None and _same(str(new[field]), ratified):
                yield from _field(field, str(old[field]), str(new[field]), (since.id, ratified))
            else:
                yield from _field(field, str(old[field]), str(new[field]), (known, wanted))


def _given(decision: ActionDecision | None, field: str) -> str | None:
    return decision.to.given.get(field) if decision and decision.to else None


_TOLD = {"close": "to be closed", "merge": "to be merged", "pause": "to be paused"}


def _state_departs(change: str, state: str) -> bool:
    """Does the plan carry on with what was to end, or to rest?"""
    return (change in ("close", "merge") and state not in DONE) or (change == "pause" and state in ("not started", ""))


def _field(field: str, old: str, new: str, decided: tuple[str, str | None]) -> Iterator[_Change]:
    """How one field changed: as decided, otherwise than decided, or with no word of a decision."""
    decision, wanted = decided
    if wanted is not None and _same(new, wanted):
        if not _same(old, new):
            yield _Change(_name(field, old, new), field, old, new, decision, True)
    elif wanted is not None:
        yield _Change("not as decided", field, wanted, new, decision)
    elif not _same(old, new):
        yield _Change(_name(field, old, new), field, old, new)


def _same(one: str, other: str) -> bool:
    """The same words or the same day, whatever the spelling of the day, the case and the stops."""
    first, second = day_of(one), day_of(other)
    return first == second if first and second else _words(one) == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _name(field: str, old: str, new: str) -> str:
    if field == "due":
        return "brought forward" if _days(old, new) < 0 else "slipped"
    return "re-scoped" if field in SCOPE else {"action": "reworded", "lead": "new lead"}[field]


def _said(name: str, change: _Change, row: Row) -> dict[str, Any]:
    return {
        "action": name,
        "priority": row.get("priority", ""),
        "change": change.change,
        "what": change.what,
        "before": change.before,
        "after": change.after,
        "days": _days(change.before, change.after) if change.what == "due" else float("nan"),
        "decision": change.decision,
        "explained": "yes" if change.explained else "no",
        "said": _sentence(name, change),
        "illustrative": row.get("illustrative", ""),
    }


def _sentence(name: str, change: _Change) -> str:
    """The change in words, with what explains it."""
    why = _why(change.explained, change.decision)
    old, new = (format_date(text) or "nothing" for text in (change.before, change.after))
    if change.change == "new":
        return f"Action {name} is new{why}."
    if change.change == "dropped":
        return f"Action {name} is no longer in the plan{why or ', finished'}."
    if change.change == "not as decided":
        field = FIELD_NAMES.get(change.what, "Status").lower()
        return f"Action {name}: {field} was decided to be '{old}', and the plan says '{new}' ({change.decision})."
    days = _days(change.before, change.after) if change.what == "due" else float("nan")
    by = f", {abs(days):.0f} days {'later' if days > 0 else 'earlier'}" if days == days else ""
    return f"Action {name}: {FIELD_NAMES[change.what].lower()} went from '{old}' to '{new}'{by}{why}."


_DO = {
    "new": "Decide that it goes on (change: keep), or take it out of the plan.",
    "dropped": "Put it back, or record what became of it: close, merge.",
    "not as decided": "Bring the plan in line with the decision, or record another one.",
}


def plan_findings(changes: pd.DataFrame, strategy: Strategy) -> pd.DataFrame:
    """FINDINGS: a warning for each change of the plan that no decision explains, to who leads its workstreams."""
    rows: list[dict[str, Any]] = []
    for row in changes.to_dict("records"):
        failed = row["explained"] == "no"
        leads = [stream.lead for stream in strategy.workstreams if row["priority"] in stream.priorities]
        rows.append(
            {
                "check": f"plan.{row['change'].replace(' ', '_')}.{row['action']}.{row['what']}",
                "severity": "info" if row["change"] == "new" else "warning",
                "outcome": "fail" if failed else "pass",
                "source": WORK_PLAN,
                "column": row["what"],
                "rows_checked": 1.0,
                "rows_failed": float(failed),
                "message": f"A change of the work plan rests on a decision. {row['said']}",
                "owner": ", ".join(dict.fromkeys(leads)),
                "action": _DO.get(row["change"], "Record the decision, or put the plan back.") if failed else "",
                "dimension": "consistency",
            }
        )
    return FINDINGS.of(rows)
