"""What decisions and proposals are about, as people call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["change_in_words", "outcome_in_words", "subject_in_words", "way_of"]

_OUTCOMES = {
    "keep": "goes on as it is",
    "amend": "changed",
    "add": "new",
    "leave out": "not taken up",
    "close (achieved)": "closed, as it is done",
    "close (embedded)": "closed, as it is everyday work now",
    "close (superseded)": "closed, as something else takes its place",
}
_WAYS = {"raise": ", which is harder to meet", "lower": ", which is easier to meet"}
"""Whether a new target promises more or less: nobody should have to know which way a measure points."""


def subject_in_words(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    """The subject of one row of DECISIONS; ``names`` says what the id of a measure, action or priority stands for.

    An action that is proposed for a measure says so; what is new is told by its own wording.
    """
    subject = str(row["subject"])
    if row["status"] == "proposed" and (row["kind"], row["change"]) == ("action", "add"):
        return f"a new one for “{names.get(subject, subject)}”"
    return names.get(subject) or _first_wording(row["new"] or row["old"]) or subject


def _first_wording(fields: str) -> str:
    """Of "Action: Open a school; Lead: …" the action."""
    return fields.split("; ", maxsplit=1)[0].removeprefix("Action: ")


def change_in_words(row: Mapping[Any, Any], names: Mapping[str, str]) -> str:
    """What one row of DECISIONS changes, as a line of a list."""
    name = subject_in_words(row, names)
    if row["kind"] == "target":
        return f"The target for “{name}”: from {row['from']} to {row['to']}{way_of(row)}"
    if row["kind"] == "action":
        return f"A new action: {name}" if row["change"] == "add" else f"{name}: {outcome_in_words(row['to'], names)}"
    return (
        f"“{row['old'] or name}” becomes “{row['new']}”" if row["new"] else f"“{row['old'] or name}”: {row['change']}"
    )


def way_of(row: Mapping[Any, Any]) -> str:
    """Of one row of DECISIONS: ", which is easier to meet" where it lowers a target; "" where it is about no way."""
    return _WAYS.get(str(row["change"]), "")


def outcome_in_words(change: str, names: Mapping[str, str]) -> str:
    """What becomes of an action, as a parent reads it; ``change`` is that of ``refresh.say_change_of``.

    >>> outcome_in_words("merge into 3b.4", {"3b.4": "Open a school"}), outcome_in_words("pause until 30 April", {})
    ('joined with “Open a school”', 'paused until 30 April')
    """
    change, _, into = change.partition(" into ")
    if into:
        return f"joined with “{names.get(into, into)}”"
    return _OUTCOMES.get(change) or change.replace("pause", "paused", 1)
