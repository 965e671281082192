"""What changed between two reviews, in words: the table CHANGES."""

from __future__ import annotations

from typing import Any

import pandas as pd

from toolkit.frames import CHANGES, Statement
from toolkit.refresh.printed_tables import (
    PlanCell,
    PrintedTables,
    ReviewDifference,
    ReviewFigure,
    ReviewTarget,
    ReviewValue,
    WhatChanged,
)
from toolkit.refresh.year_on_year import differences
from toolkit.words.bank import REPORT
from toolkit.words.codes import as_key, say_change, say_mark, say_plan_change, say_status
from toolkit.words.fields import measure_key
from toolkit.words.numbers import format_date, format_figure, format_period, format_target

__all__ = ["changes_between", "mark_name"]


def changes_between(then: PrintedTables, now: PrintedTables) -> pd.DataFrame:
    """CHANGES from one review to a later one; ``now`` holds the revisions since ``then``."""
    return CHANGES.of(_row(one) for one in differences(then, now))


def mark_name(mark: str) -> str:
    """What people call a mark: change since the start, target, legal duty …"""
    return REPORT.say(f"mark.{mark}")


def _row(one: ReviewDifference) -> dict[str, str]:
    then, now = _sides(one)
    return {
        "about": one.about,
        "subject": one.subject,
        "name": _name(one),
        "change": _change(one),
        "then": then,
        "now": now,
        "note": "; ".join(_note(statement) for statement in one.notes),
        "cause": REPORT.say(f"difference.cause.{one.cause}") if one.cause else "",
        "illustrative": one.illustrative,
    }


def _change(one: ReviewDifference) -> str:
    """What happened, in words."""
    if isinstance(one.change, WhatChanged):
        return REPORT.say(f"difference.change.{one.change}")
    if one.about == "definition":
        return REPORT.say("difference.key_changed", key=measure_key(one.change))
    if one.about == "revision":
        return REPORT.say(f"revision_kind.{as_key(one.change)}")
    return say_plan_change(one.change)


def _name(one: ReviewDifference) -> str:
    if one.about == "revision":
        return REPORT.say("difference.revised", name=one.name, area=one.area, period=format_period(one.period))
    return one.name or REPORT.say("difference.set")


def _sides(one: ReviewDifference) -> tuple[str, str]:
    """How the two reviews have it; "" where one has nothing."""
    if one.change in (WhatChanged.JOINED, WhatChanged.LEFT):
        inside = REPORT.say("difference.in_set")
        return ("", inside) if one.change == WhatChanged.JOINED else (inside, "")
    if one.about == "target":
        nothing = REPORT.say("decision.state.no_target")
    else:
        nothing = "" if one.then is None or one.now is None else REPORT.say("decision.none")
    then, now = (_side(side) or nothing for side in (one.then, one.now))
    is_status = one.about == "action" and not isinstance(one.then, PlanCell) and not isinstance(one.now, PlanCell)
    return (say_status(then), say_status(now)) if is_status else (then, now)


def _side(side: ReviewValue) -> str:
    if isinstance(side, ReviewFigure):
        return _figure(side)
    if isinstance(side, ReviewTarget):
        value = format_target(side.value, side.unit, side.decimals)
        return REPORT.say("decision.state.target", value=value, by=format_period(side.by))
    return format_date(side.text) if isinstance(side, PlanCell) else side or ""


def _figure(figure: ReviewFigure) -> str:
    """The figure and its period; that of a revision stands with its name."""
    value = format_figure(figure.value, figure.unit, figure.decimals, figure.marker)
    if figure.period is None:
        return value
    if not figure.period:
        return REPORT.say("difference.no_figure")
    return REPORT.say("difference.figure", value=value, period=format_period(figure.period))


def _note(statement: Statement) -> str:
    facts: dict[str, Any] = dict(statement.facts)
    if "mark" in facts:
        nothing = REPORT.say("decision.none")
        was, now = (say_mark(facts["mark"], facts[side]) or nothing for side in ("was", "now"))
        facts = {"mark": mark_name(facts["mark"]), "was": was, "now": now}
    if "change" in facts:
        facts["change"] = say_change(facts["change"])
    return REPORT.say(f"difference.note.{statement.code}", **facts)
