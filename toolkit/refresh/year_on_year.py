"""Two reviews compared, from the tables that each of them printed: what changed from the one to the other."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator

from toolkit.analysis.revisions import parse_flips
from toolkit.frames import ACTIONS, PLAN_CHANGES, Definition, Judgement, PlanChange, Revision, Statement
from toolkit.refresh.causes import TARGET_MARK, cause_of, is_moved_by_target
from toolkit.refresh.plan_changes import plan_changes
from toolkit.refresh.printed_tables import (
    PlanCell,
    PrintedTables,
    Remark,
    ReviewDifference,
    ReviewFigure,
    ReviewTarget,
    WhatChanged,
)

__all__ = ["MARKS", "differences"]

MARKS = ("direction", "target_status", "statutory_status", "versus_england", "versus_neighbours")
"""The marks that are compared."""
_DEFINED_BY = (
    "name",
    "priority",
    "unit",
    "polarity",
    "basis",
    "source",
    "value",
    "numerator",
    "denominator",
    "breakdown",
    "duty",
    "tolerance",
    "breaks",
    "caveats",
)
"""Columns of DEFINITIONS that are compared."""
_COUNTED_BY = ("unit", "basis", "source", "value", "numerator", "denominator", "breakdown")
"""Where one of these differs, the two figures are not of the same thing."""


def differences(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    """What differs from one review to a later one, subject by subject in the order of ``ABOUT``.

    ``now`` holds the revisions since ``then``. Figures of a measure that was redefined are shown and not compared.
    """
    for one in _all_differences(then, now):
        yield one._replace(cause=cause_of(one, then, now) or "")


def _all_differences(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    yield from _values(then, now)
    yield from _revisions(now)
    yield from _definitions(then, now)
    yield from _comparators(then, now)
    yield from _targets(then, now)
    yield from _actions(then, now)


def _union(*keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for some in keys for key in some))


def _values(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    for name in _union(now.judgements, then.judgements):
        old, new = then.judgements.get(name), now.judgements.get(name)
        sides = (_figure(old, then.definitions.get(name)), _figure(new, now.definitions.get(name)))
        short_name = (now if new else then).definitions[name].short_name
        if old is None or new is None:
            change, shown = (WhatChanged.ADDED, new) if new else (WhatChanged.NO_LONGER_SHOWN, old)
            illustrative = shown.illustrative if shown else ""
            yield ReviewDifference("value", name, short_name, change, *sides, illustrative=illustrative)
            continue
        was, defined = then.definitions[name], now.definitions[name]
        otherwise = any(getattr(was, column) != getattr(defined, column) for column in _COUNTED_BY)
        by_target = {TARGET_MARK} if is_moved_by_target(old, new, defined.polarity) else set[str]()
        notes = (Statement(Remark.DEFINED_ANEW),) if otherwise else tuple(_moved_marks(old, new, by_target))
        yield ReviewDifference("value", name, short_name, _what_moved(old, new), *sides, notes, new.illustrative)


def _figure(judgement: Judgement | None, defined: Definition | None) -> ReviewFigure | None:
    if judgement is None or defined is None:
        return None
    decimals = int(defined.decimals)
    return ReviewFigure(judgement.value, defined.unit, decimals, judgement.marker, judgement.period)


def _what_moved(old: Judgement, new: Judgement) -> WhatChanged:
    if old.period != new.period:
        return WhatChanged.NEW_FIGURE
    same = old.value == new.value or (math.isnan(old.value) and math.isnan(new.value))
    return WhatChanged.NO_NEWER_FIGURE if same else WhatChanged.OLD_FIGURE_CHANGED


def _moved_marks(old: Judgement, new: Judgement, left_out: Container[str] = ()) -> Iterator[Statement]:
    for mark in MARKS:
        was, now = str(getattr(old, mark)), str(getattr(new, mark))
        if was != now and mark not in left_out:
            yield Statement(Remark.MARK_MOVED, {"mark": mark, "was": was, "now": now})


def _revisions(now: PrintedTables) -> Iterator[ReviewDifference]:
    for row in now.revisions:
        decimals = int(now.definitions[row.measure].decimals) if row.measure in now.definitions else 1
        yield ReviewDifference(
            about="revision",
            subject=row.measure,
            name=row.name,
            change=row.kind,
            then=ReviewFigure(row.then_value, row.unit, decimals, row.marker),
            now=ReviewFigure(row.now_value, row.unit, decimals, row.marker),
            notes=tuple(_notes_of(row)),
            illustrative=row.illustrative,
            period=row.period,
            area=row.area,
        )


def _notes_of(row: Revision) -> Iterator[Statement]:
    """The publisher's note on a revision, word for word, and the marks that it would move."""
    if row.note:
        yield Statement(Remark.WRITTEN, {"text": row.note})
    for flip in parse_flips(row.flips):
        yield Statement(Remark.MARK_MOVED, {"mark": flip.mark, "was": flip.then, "now": flip.now})


def _definitions(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    for name in _union(now.definitions, then.definitions):
        old, new = then.definitions.get(name), now.definitions.get(name)
        notes = tuple(then.decision_on("measure", name))
        if old and new:
            yield from _redefinitions(old, new, notes)
        elif new:
            yield ReviewDifference("definition", name, new.short_name, WhatChanged.ADDED, None, new.name, notes)
        elif old:
            yield ReviewDifference("definition", name, old.short_name, WhatChanged.RETIRED, old.name, None, notes)


def _redefinitions(old: Definition, new: Definition, notes: tuple[Statement, ...]) -> Iterator[ReviewDifference]:
    """One difference for each column in which two definitions of a measure differ."""
    for column in _DEFINED_BY:
        was, is_now = getattr(old, column), getattr(new, column)
        if was != is_now:
            if column == "breaks":
                was, is_now = _only_in_one(was, is_now)
            yield ReviewDifference("definition", new.measure, new.short_name, column, was, is_now, notes)


def _only_in_one(old: str, new: str) -> tuple[str, str]:
    """Of two lists separated by ;, what only one of them has."""
    before, after = old.split("; "), new.split("; ")
    return "; ".join(one for one in before if one not in after), "; ".join(one for one in after if one not in before)


def _comparators(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    before, after = then.comparators, now.comparators
    old, new = (next(((row.set, row.title) for row in rows.values()), ("", "")) for rows in (before, after))
    if old[0] != new[0]:
        kept = Statement(Remark.KEPT_IN_SET, {"count": len(before.keys() & after.keys()), "of": len(after)})
        yield ReviewDifference("comparators", new[0], "", WhatChanged.ANOTHER_SET, old[1], new[1], (kept,))
    for code in _union(before, after):
        if code not in after or code not in before:
            name = (after.get(code) or before[code]).area_name
            change = WhatChanged.JOINED if code in after else WhatChanged.LEFT
            yield ReviewDifference("comparators", code, name, change, None, None)


def _targets(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    definitions = {**then.definitions, **now.definitions}
    for name in _union(now.judgements, then.judgements):
        old, new = (_target(review.judgements.get(name), definitions[name]) for review in (then, now))
        if old != new:
            change = WhatChanged.TARGET_CHANGED if new else WhatChanged.TARGET_GONE
            if old is None:
                change = WhatChanged.ADDED
            decided = then.decision_on("target", name) or then.decision_on("measure", name)
            notes = tuple(decided or [Statement(Remark.NO_DECISION)])
            before, after = then.judgements.get(name), now.judgements.get(name)
            if before and after and is_moved_by_target(before, after, definitions[name].polarity):
                notes = (*notes, *_moved_marks(before, after, {mark for mark in MARKS if mark != TARGET_MARK}))
            yield ReviewDifference("target", name, definitions[name].short_name, change, old, new, notes)


def _target(judgement: Judgement | None, defined: Definition) -> ReviewTarget | None:
    if judgement is None or not judgement.target_period:
        return None
    return ReviewTarget(judgement.target, defined.unit, int(defined.decimals), judgement.target_period)


def _actions(then: PrintedTables, now: PrintedTables) -> Iterator[ReviewDifference]:
    """What became of each action: how the plan was changed, as on its own page, and its state."""
    changes: dict[str, list[PlanChange]] = {}
    for change in PLAN_CHANGES.rows(plan_changes(then.table(ACTIONS), now.table(ACTIONS), ())):
        changes.setdefault(change.action, []).append(change)
    for key in _union(then.actions, now.actions):
        old, new = then.actions.get(key), now.actions.get(key)
        decided = then.decision_on("action", key)
        if old and new:
            about = ("action", key, new.action)
            if old.status != new.status:
                notes = _behind(decided, WhatChanged.ANOTHER_STATE)
                yield ReviewDifference(
                    *about, WhatChanged.ANOTHER_STATE, old.status, new.status, notes, new.illustrative
                )
            for change in changes.get(key, ()):
                cells = (PlanCell(change.before), PlanCell(change.after))
                notes = () if now.departs(change) else _behind(decided, change.change)
                yield ReviewDifference(*about, change.change, *cells, notes, new.illustrative)
        elif row := new or old:
            sides = (old.status if old else None, new.status if new else None)
            happened = changes[key][0].change
            notes = _behind(decided, happened) or (Statement(Remark.NO_DECISION),)
            yield ReviewDifference("action", key, row.action, happened, *sides, notes, row.illustrative)


_DECIDED_BY = {
    WhatChanged.ANOTHER_STATE: ("close", "merge", "pause"),
    "new": ("add",),
    "dropped": ("close", "merge"),
}
"""Which decisions explain that an action is new, gone or has another status; fields of an action are amended."""


def _behind(decided: Iterable[Statement], change: str) -> tuple[Statement, ...]:
    """The decision on an action if it is about this change of it: one that moves its date explains no new status."""
    return tuple(note for note in decided if note.facts["change"] in _DECIDED_BY.get(change, ("amend",)))
