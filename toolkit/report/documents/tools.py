"""The tools that make each kind of document on this machine, and messages where one is missing or has changed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

from toolkit.report.documents.chromium import browser, fonts, version
from toolkit.words.bank import REPORT

__all__ = ["KINDS", "describe_changed_tools", "document_tools", "missing"]

KINDS = {"docx": "Word", "pdf": "PDF"}
"""The kinds of document, by the ends of their names."""


@cache
def document_tools() -> dict[str, str]:
    """Kind of document → the tools that make it here, with versions; another version may give other bytes."""
    tools = {"docx": _packages("python-docx", "resvg-py"), "pdf": _printer()}
    return {kind: tool for kind, tool in tools.items() if tool}


def missing() -> list[str]:
    """A line for each kind of document that cannot be made here."""
    absent = [kind for kind in KINDS if kind not in document_tools()]
    return [REPORT.say("document.missing", kind=KINDS[kind], why=_why_missing(kind)) for kind in absent]


def describe_changed_tools(before: Mapping[str, str]) -> list[str]:
    """A line for each kind of document that was made with other tools ``before`` than there are here."""
    others = [(kind, tool) for kind, tool in before.items() if document_tools().get(kind) != tool]
    here = document_tools()
    return [_describe_change(KINDS[kind], tool, here.get(kind, "")) for kind, tool in others]


def _describe_change(kind: str, tool: str, here: str) -> str:
    key = "document.other_tool" if here else "document.no_tool"
    return REPORT.say(key, kind=kind, tool=tool, here=here)


def _why_missing(kind: str) -> str:
    return REPORT.say("document.no_browser" if kind == "pdf" and _packages("pikepdf") else "document.no_extra")


def _printer() -> str:
    editor, path = _packages("pikepdf"), browser()
    printer = version(path) if editor and path else ""
    return ", ".join(filter(None, [printer, editor, fonts()])) if printer else ""


def _packages(*names: str) -> str:
    """The packages with their versions; "" where one is not installed."""
    try:
        return ", ".join(f"{name} {version_of(name)}" for name in names)
    except PackageNotFoundError:
        return ""
