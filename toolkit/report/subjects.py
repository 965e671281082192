"""What decisions and proposals are about, as people call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["change_in_words", "subject_in_words"]


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
        return f"The target for “{name}”: from {row['from']} to {row['to']}"
    if row["kind"] == "action":
        return f"A new action: {name}" if row["change"] == "add" else f"{name}: {row['to']}"
    return (
        f"“{row['old'] or name}” becomes “{row['new']}”" if row["new"] else f"“{row['old'] or name}”: {row['change']}"
    )
