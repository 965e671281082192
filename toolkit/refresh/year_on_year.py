"""Two reviews side by side, from the tables that each of them printed: what changed from the one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.analysis.targets import read_mark
from toolkit.frames import ACTIONS, CHANGES
from toolkit.refresh.plan_changes import plan_changes
from toolkit.words.fields import measure_key
from toolkit.words.numbers import format_date, format_figure, format_period, format_target

__all__ = ["ABOUT", "MARK_NAMES", "Printed", "changes_between"]

ABOUT = ("value", "revision", "definition", "comparators", "target", "action")
MARK_NAMES = {
    "direction": "change since the start",
    "target_status": "target",
    "statutory_status": "legal duty",
    "versus_england": "beside England",
    "versus_neighbours": "beside similar authorities",
}
"""The marks that are compared, as people name them."""
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

    def decided(self, kind: str, subject: str) -> str:
        """What this review decided about a subject, such as "decision 2019-05: amend"; "" where it did not.

        A proposal that nobody has answered is no decision.
        """
        for row in self.rows("decisions", "id").values():
            if (row["kind"], row["subject"]) == (kind, subject) and row.get("status") != "proposed":
                waits = "" if row.get("in_effect", "yes") == "yes" else " (not in force)"
                return f"decision {row['id']} of {self.year}: {row.get('change', '')}{waits}"
        return ""


def changes_between(then: Printed, now: Printed) -> pd.DataFrame:
    """CHANGES from one review to a later one, subject by subject in the order of ``ABOUT``.

    ``now`` holds the revisions since ``then``. Figures of a measure that was defined anew are shown and not compared.
    """
    rows = [
        *_values(then, now),
        *_revisions(now),
        *_definitions(then, now),
        *_comparators(then, now),
        *_targets(then, now),
        *_actions(then, now),
    ]
    table = pd.DataFrame(rows, columns=list(CHANGES.columns))
    return CHANGES.checked(table)


def _said(about: str, who: tuple[str, str], change: str, sides: tuple[str, str], **more: str) -> dict[str, str]:
    told = {"about": about, "subject": who[0], "name": who[1], "change": change, "then": sides[0], "now": sides[1]}
    return {**told, "note": more.get("note", ""), "illustrative": more.get("illustrative", "")}


def _union(*keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for some in keys for key in some))


def _values(then: Printed, now: Printed) -> Iterator[dict[str, str]]:
    before, after = then.rows("judgements", "measure"), now.rows("judgements", "measure")
    defined = (then.rows("definitions", "measure"), now.rows("definitions", "measure"))
    for name in _union(after, before):
        old, new = before.get(name), after.get(name)
        about = (defined[1] if new else defined[0])[name]
        sides = (_figure(old, defined[0].get(name)), _figure(new, defined[1].get(name)))
        who = (name, str(about["short_name"]))
        made_up = str((new or old or {}).get("illustrative", ""))
        if old is None or new is None:
            yield _said("value", who, "added" if old is None else "no longer shown", sides, illustrative=made_up)
            continue
        otherwise = any(defined[0][name][key] != defined[1][name][key] for key in _COUNTED_BY)
        note = "Defined anew: the two are not of the same thing." if otherwise else _marks(old, new)
        yield _said("value", who, _moved(old, new), sides, note=note, illustrative=made_up)


def _figure(row: Row | None, defined: Row | None) -> str:
    if row is None or defined is None:
        return ""
    if not row["period"]:
        return "no figure"
    how = (str(defined["unit"]), int(defined["decimals"]), str(row["marker"]))
    return f"{format_figure(float(row['value']), *how)} in {format_period(str(row['period']))}"


def _moved(old: Row, new: Row) -> str:
    if old["period"] != new["period"]:
        return "new figure"
    same = old["value"] == new["value"] or (pd.isna(old["value"]) and pd.isna(new["value"]))
    return "no newer figure" if same else "no newer figure; the same one reads otherwise"


def _marks(old: Row, new: Row) -> str:
    marks = ((said, read_mark(old, mark), read_mark(new, mark)) for mark, said in MARK_NAMES.items())
    return "; ".join(f"{said}: {was or 'none'}, now {then or 'none'}" for said, was, then in marks if was != then)


def _revisions(now: Printed) -> Iterator[dict[str, str]]:
    table, defined = now.tables["revisions"], now.rows("definitions", "measure")
    for row in table.to_dict("records"):
        decimals = int(defined[row["measure"]]["decimals"]) if row["measure"] in defined else 1
        then, later = (
            format_figure(float(row[c]), row["unit"], decimals, row["marker"]) for c in ("then_value", "now_value")
        )
        where = f"{row['name']}, {row['area']}, {format_period(row['period'])}"
        note = "; ".join(filter(None, [row["note"], row["flips"]]))
        yield _said(
            "revision", (row["measure"], where), row["kind"], (then, later), note=note, illustrative=row["illustrative"]
        )


def _definitions(then: Printed, now: Printed) -> Iterator[dict[str, str]]:
    before, after = then.rows("definitions", "measure"), now.rows("definitions", "measure")
    for name in _union(after, before):
        old, new = before.get(name), after.get(name)
        note = then.decided("measure", name)
        who = (name, str((new or old or {})["short_name"]))
        if old is None or new is None:
            sides = (str(old["name"]) if old else "", str(new["name"]) if new else "")
            yield _said("definition", who, "added" if old is None else "retired", sides, note=note)
            continue
        for key in _DEFINED_BY:
            if old[key] != new[key]:
                sides = (
                    _parts_apart(str(old[key]), str(new[key])) if key == "breaks" else (str(old[key]), str(new[key]))
                )
                sides = (sides[0] or "none", sides[1] or "none")
                yield _said("definition", who, f"{measure_key(key)} changed", sides, note=note)


def _parts_apart(old: str, new: str) -> tuple[str, str]:
    """Of two lists separated by ;, what only one of them has."""
    before, after = old.split("; "), new.split("; ")
    return "; ".join(one for one in before if one not in after), "; ".join(one for one in after if one not in before)


def _comparators(then: Printed, now: Printed) -> Iterator[dict[str, str]]:
    before, after = then.rows("comparators", "area_code"), now.rows("comparators", "area_code")
    old, new = (next(iter(rows.values()), {"set": "", "title": ""}) for rows in (before, after))
    if old["set"] != new["set"]:
        sides = (str(old["title"]), str(new["title"]))
        kept = f"{len(before.keys() & after.keys())} of {len(after)} were in the set before."
        yield _said("comparators", (str(new["set"]), "Set of similar authorities"), "another set", sides, note=kept)
    for code in _union(before, after):
        if code not in after or code not in before:
            row = after.get(code) or before[code]
            joined = code in after
            sides = ("", "in the set") if joined else ("in the set", "")
            yield _said("comparators", (code, str(row["area_name"])), "joined" if joined else "left", sides)


def _targets(then: Printed, now: Printed) -> Iterator[dict[str, str]]:
    before, after = then.rows("judgements", "measure"), now.rows("judgements", "measure")
    defined = {**then.rows("definitions", "measure"), **now.rows("definitions", "measure")}
    for name in _union(after, before):
        sides = tuple(_aim(rows.get(name), defined[name]) for rows in (before, after))
        if sides[0] != sides[1]:
            kind = "added" if sides[0] == _NO_TARGET else "gone" if sides[1] == _NO_TARGET else "changed"
            note = then.decided("target", name) or then.decided("measure", name) or "no decision is recorded"
            who = (name, str(defined[name]["short_name"]))
            yield _said("target", who, kind, (sides[0], sides[1]), note=note)


_NO_TARGET = "no target"


def _aim(row: Row | None, defined: Row) -> str:
    if row is None or not row["target_period"]:
        return _NO_TARGET
    aim = format_target(float(row["target"]), str(defined["unit"]), int(defined["decimals"]))
    return f"{aim} by {format_period(str(row['target_period']))}"


def _whole(actions: pd.DataFrame) -> pd.DataFrame:
    """ACTIONS as printed, with the columns that an older review did not print."""
    return actions.reindex(columns=list(ACTIONS.columns), fill_value="")


def _actions(then: Printed, now: Printed) -> Iterator[dict[str, str]]:
    """What became of each action: how the plan was changed, told as on its own page, and its state."""
    before, after = then.rows("actions", "id"), now.rows("actions", "id")
    found = plan_changes(_whole(then.tables["actions"]), _whole(now.tables["actions"]), ())
    moved = {str(key): rows.to_dict("records") for key, rows in found.groupby("action")}
    for key in _union(before, after):
        old, new = before.get(key), after.get(key)
        row, note = new or old or {}, then.decided("action", key)
        who, made_up = (key, str(row["action"])), str(row["illustrative"])
        if old is None or new is None:
            sides = (str(old["status"]) if old else "", str(new["status"]) if new else "")
            note = note or "no decision is recorded"
            yield _said("action", who, moved[key][0]["change"], sides, note=note, illustrative=made_up)
            continue
        if old["status"] != new["status"]:
            sides = (str(old["status"]), str(new["status"]))
            yield _said("action", who, "another state", sides, note=note, illustrative=made_up)
        for change in moved.get(key, ()):
            sides = (format_date(change["before"]) or "none", format_date(change["after"]) or "none")
            yield _said("action", who, change["change"], sides, note=note, illustrative=made_up)
