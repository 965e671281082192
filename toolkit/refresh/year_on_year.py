"""Two reviews side by side, from the tables that each of them printed: what changed from the one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import pandas as pd

from toolkit.analysis.targets import read_mark
from toolkit.frames import ACTIONS, Statement
from toolkit.refresh.plan_changes import plan_changes

__all__ = ["ABOUT", "MARKS", "Difference", "FigureThen", "PlanCell", "Printed", "Remark", "TargetThen", "differences"]

ABOUT = ("value", "revision", "definition", "comparators", "target", "action")
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

Row = Mapping[Any, Any]


class Remark(StrEnum):
    """What a reader must know about a difference (section ``difference.note``)."""

    DEFINED_ANEW = "defined_anew"
    MARK_MOVED = "mark_moved"
    DECISION = "decision"
    DECISION_NOT_IN_FORCE = "decision_not_in_force"
    NO_DECISION = "no_decision"
    KEPT_IN_SET = "kept_in_set"
    WRITTEN = "written"
    """As the table of revisions has it."""


class FigureThen(NamedTuple):
    """A figure as one of the two reviews has it. Without a period (""), there is none; None: that of the difference."""

    value: float
    unit: str
    decimals: int
    marker: str
    period: str | None = None


class TargetThen(NamedTuple):
    """A target as one of the two reviews has it."""

    value: float
    unit: str
    decimals: int
    by: str


class PlanCell(NamedTuple):
    """A cell of the work plan: words, or a day."""

    text: str


Side = FigureThen | TargetThen | PlanCell | str | None
"""How one of the two reviews has it; None where it has nothing."""


class Difference(NamedTuple):
    """One thing that differs between two reviews."""

    about: str
    """One of ``ABOUT``."""
    subject: str
    name: str
    change: str
    """What happened, in a word of the table; of a definition that changed, the column that did."""
    then: Side
    now: Side
    notes: tuple[Statement, ...] = ()
    illustrative: str = ""
    period: str = ""
    area: str = ""


@dataclass(frozen=True)
class Printed:
    """A review's tables as it printed them, by name.

    They are judgements, definitions, comparators, actions, decisions and, in the later of two, revisions.
    """

    year: int
    tables: Mapping[str, pd.DataFrame]

    def rows(self, name: str, key: str) -> dict[str, Row]:
        """The rows of a table by their key, in its order; none where there is no such table."""
        table = self.tables.get(name)
        return {} if table is None else {str(row[key]): row for row in table.to_dict("records")}

    def decision_on(self, kind: str, subject: str) -> list[Statement]:
        """What this review decided about a subject; nothing where it did not. A proposal without answer is none."""
        for row in self.rows("decisions", "id").values():
            if (row["kind"], row["subject"]) == (kind, subject) and row.get("status") != "proposed":
                code = Remark.DECISION if row.get("in_effect", "yes") == "yes" else Remark.DECISION_NOT_IN_FORCE
                change = str(row.get("change", ""))
                return [Statement(code, {"decision": str(row["id"]), "year": self.year, "change": change})]
        return []


def differences(then: Printed, now: Printed) -> Iterator[Difference]:
    """What differs from one review to a later one, subject by subject in the order of ``ABOUT``.

    ``now`` holds the revisions since ``then``. Figures of a measure that was defined anew are shown and not compared.
    """
    yield from _values(then, now)
    yield from _revisions(now)
    yield from _definitions(then, now)
    yield from _comparators(then, now)
    yield from _targets(then, now)
    yield from _actions(then, now)


def _union(*keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for some in keys for key in some))


def _values(then: Printed, now: Printed) -> Iterator[Difference]:
    before, after = then.rows("judgements", "measure"), now.rows("judgements", "measure")
    defined = (then.rows("definitions", "measure"), now.rows("definitions", "measure"))
    for name in _union(after, before):
        old, new = before.get(name), after.get(name)
        called = str((defined[1] if new else defined[0])[name]["short_name"])
        sides = (_figure(old, defined[0].get(name)), _figure(new, defined[1].get(name)))
        illustrative = str((new or old or {}).get("illustrative", ""))
        if old is None or new is None:
            change = "added" if old is None else "no longer shown"
            yield Difference("value", name, called, change, *sides, illustrative=illustrative)
            continue
        otherwise = any(defined[0][name][key] != defined[1][name][key] for key in _COUNTED_BY)
        notes = (Statement(Remark.DEFINED_ANEW),) if otherwise else tuple(_moved_marks(old, new))
        yield Difference("value", name, called, _what_moved(old, new), *sides, notes, illustrative)


def _figure(row: Row | None, defined: Row | None) -> FigureThen | None:
    if row is None or defined is None:
        return None
    about = (str(defined["unit"]), int(defined["decimals"]), str(row["marker"]))
    return FigureThen(float(row["value"]), *about, str(row["period"]))


def _what_moved(old: Row, new: Row) -> str:
    if old["period"] != new["period"]:
        return "new figure"
    same = old["value"] == new["value"] or (pd.isna(old["value"]) and pd.isna(new["value"]))
    return "no newer figure" if same else "no newer figure, but the old one has changed"


def _moved_marks(old: Row, new: Row) -> Iterator[Statement]:
    for mark in MARKS:
        was, now = read_mark(old, mark), read_mark(new, mark)
        if was != now:
            yield Statement(Remark.MARK_MOVED, {"mark": mark, "was": was, "now": now})


def _revisions(now: Printed) -> Iterator[Difference]:
    defined = now.rows("definitions", "measure")
    for row in now.tables["revisions"].to_dict("records"):
        decimals = int(defined[row["measure"]]["decimals"]) if row["measure"] in defined else 1
        how = (str(row["unit"]), decimals, str(row["marker"]))
        yield Difference(
            about="revision",
            subject=str(row["measure"]),
            name=str(row["name"]),
            change=str(row["kind"]),
            then=FigureThen(float(row["then_value"]), *how),
            now=FigureThen(float(row["now_value"]), *how),
            notes=tuple(Statement(Remark.WRITTEN, {"text": str(row[c])}) for c in ("note", "flips") if row[c]),
            illustrative=str(row["illustrative"]),
            period=str(row["period"]),
            area=str(row["area"]),
        )


def _definitions(then: Printed, now: Printed) -> Iterator[Difference]:
    before, after = then.rows("definitions", "measure"), now.rows("definitions", "measure")
    for name in _union(after, before):
        old, new = before.get(name), after.get(name)
        notes = tuple(then.decision_on("measure", name))
        called = str((new or old or {})["short_name"])
        if old is None or new is None:
            sides = (str(old["name"]) if old else None, str(new["name"]) if new else None)
            yield Difference("definition", name, called, "added" if old is None else "retired", *sides, notes)
            continue
        for key in _DEFINED_BY:
            was, is_now = str(old[key]), str(new[key])
            if was != is_now:
                sides = _only_in_one(was, is_now) if key == "breaks" else (was, is_now)
                yield Difference("definition", name, called, key, *sides, notes)


def _only_in_one(old: str, new: str) -> tuple[str, str]:
    """Of two lists separated by ;, what only one of them has."""
    before, after = old.split("; "), new.split("; ")
    return "; ".join(one for one in before if one not in after), "; ".join(one for one in after if one not in before)


def _comparators(then: Printed, now: Printed) -> Iterator[Difference]:
    before, after = then.rows("comparators", "area_code"), now.rows("comparators", "area_code")
    old, new = (next(iter(rows.values()), {"set": "", "title": ""}) for rows in (before, after))
    if old["set"] != new["set"]:
        kept = Statement(Remark.KEPT_IN_SET, {"count": len(before.keys() & after.keys()), "of": len(after)})
        yield Difference(
            "comparators", str(new["set"]), "", "another set", str(old["title"]), str(new["title"]), (kept,)
        )
    for code in _union(before, after):
        if code not in after or code not in before:
            name = str((after.get(code) or before[code])["area_name"])
            yield Difference("comparators", code, name, "joined" if code in after else "left", None, None)


def _targets(then: Printed, now: Printed) -> Iterator[Difference]:
    before, after = then.rows("judgements", "measure"), now.rows("judgements", "measure")
    defined = {**then.rows("definitions", "measure"), **now.rows("definitions", "measure")}
    for name in _union(after, before):
        old, new = (_target(rows.get(name), defined[name]) for rows in (before, after))
        if old != new:
            change = "added" if old is None else "gone" if new is None else "changed"
            decided = then.decision_on("target", name) or then.decision_on("measure", name)
            notes = tuple(decided or [Statement(Remark.NO_DECISION)])
            yield Difference("target", name, str(defined[name]["short_name"]), change, old, new, notes)


def _target(row: Row | None, defined: Row) -> TargetThen | None:
    if row is None or not row["target_period"]:
        return None
    return TargetThen(float(row["target"]), str(defined["unit"]), int(defined["decimals"]), str(row["target_period"]))


def _actions(then: Printed, now: Printed) -> Iterator[Difference]:
    """What became of each action: how the plan was changed, as on its own page, and its state."""
    before, after = then.rows("actions", "id"), now.rows("actions", "id")
    found = plan_changes(_with_all_columns(then.tables["actions"]), _with_all_columns(now.tables["actions"]), ())
    moved = {str(key): rows.to_dict("records") for key, rows in found.groupby("action")}
    for key in _union(before, after):
        old, new = before.get(key), after.get(key)
        row, notes = new or old or {}, tuple(then.decision_on("action", key))
        name, illustrative = str(row["action"]), str(row["illustrative"])
        if old is None or new is None:
            sides = (str(old["status"]) if old else None, str(new["status"]) if new else None)
            notes = notes or (Statement(Remark.NO_DECISION),)
            yield Difference("action", key, name, str(moved[key][0]["change"]), *sides, notes, illustrative)
            continue
        if old["status"] != new["status"]:
            sides = (str(old["status"]), str(new["status"]))
            yield Difference("action", key, name, "another state", *sides, notes, illustrative)
        for change in moved.get(key, ()):
            cells = (PlanCell(str(change["before"])), PlanCell(str(change["after"])))
            yield Difference("action", key, name, str(change["change"]), *cells, notes, illustrative)


def _with_all_columns(actions: pd.DataFrame) -> pd.DataFrame:
    """ACTIONS as printed, with the columns that an older review did not print."""
    return actions.reindex(columns=list(ACTIONS.columns), fill_value="")
