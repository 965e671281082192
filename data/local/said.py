"""What goes to print of what people said, edition by edition, as said.yaml tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["EDITIONS", "HEADERS", "rows_until"]

EDITIONS = ("2019", "2020", "2021")
HEADERS = {
    "you_said": [
        "Number",
        "Where it was said",
        "Theme",
        "Priority",
        "You said",
        "We did",
        "The difference it made",
        "Status",
        "Publish",
        "Approved by",
    ],
    "quotes": ["Number", "Said on", "Who", "Priority", "Words", "Publish", "Approved by"],
}


def rows_until(edition: str, entries: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The rows of an edition: those that stand in it, each as it stood then."""
    return [
        entry.get("later", {}).get(edition, entry["row"])
        for entry in entries
        if entry["from"] <= edition <= entry.get("until", edition)
    ]
