"""What makes which document on this machine, and what to say where a part is missing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from toolkit.report.documents.chromium import browser, version

__all__ = ["KINDS", "describe_changed_tools", "document_tools", "missing"]

KINDS = {"docx": "Word", "pdf": "PDF"}
"""The kinds of document, by the ends of their names."""

_EXTRA = "the extra documents is not installed; see the README"


@cache
def document_tools() -> dict[str, str]:
    """For each kind of document that can be made here, with what: another version may give other bytes."""
    tools = {"docx": _packages("python-docx", "resvg-py"), "pdf": _printer()}
    return {kind: tool for kind, tool in tools.items() if tool}


def missing() -> list[str]:
    """One line for each kind of document that cannot be made here; everything else is made without it."""
    absent = [kind for kind in KINDS if kind not in document_tools()]
    return [f"No {KINDS[kind]} document was made: {_why(kind)}. Everything else is as it should be." for kind in absent]


def describe_changed_tools(before: Mapping[str, str]) -> list[str]:
    """One line for each kind of document that was made ``before`` with something else than there is here."""
    others = [(kind, tool) for kind, tool in before.items() if document_tools().get(kind) != tool]
    return [
        f"The {KINDS[kind]} document was not made again and is only compared with its hash: it was made with {tool}, "
        f"and here is {document_tools().get(kind, 'nothing that makes one')}."
        for kind, tool in others
    ]


def _why(kind: str) -> str:
    return "Chromium is not on the path" if kind == "pdf" and _packages("pikepdf") else _EXTRA


def _printer() -> str:
    editor, path = _packages("pikepdf"), browser()
    printer = version(path) if editor and path else ""
    return f"{printer}, {editor}" if printer else ""


def _packages(*names: str) -> str:
    """The packages with their versions; "" where one is not installed."""
    try:
        return ", ".join(f"{name} {version_of(name)}" for name in names)
    except PackageNotFoundError:
        return ""
