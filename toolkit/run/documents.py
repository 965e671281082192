"""The documents of a review: which pages become Word and PDF, and which tools made them.

A document lies in the folder of its page, so the same links work in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from toolkit.report.documents import KINDS, document_tools, tagged_pdf, word
from toolkit.run.graph import Step, TaskKind
from toolkit.run.plan import Plan

__all__ = ["document", "kinds_of", "other_forms"]


def kinds_of(tools: Mapping[str, str]) -> tuple[TaskKind, ...]:
    """The kinds of document that ``tools`` make."""
    kinds: tuple[TaskKind, ...] = ("docx", "pdf")
    return tuple(kind for kind in kinds if kind in tools)


def document(plan: Plan, step: Step, page: str, kind: str) -> bytes:
    """The page as Word or PDF; the review's existing one where the tool that made it is not installed here."""
    if plan.document_tools[kind] != document_tools().get(kind):
        return (plan.review.folder(plan.project / "outputs") / step.document(kind)).read_bytes()
    return word(page) if kind == "docx" else tagged_pdf(page)


def other_forms(step: Step) -> Iterator[tuple[str, str]]:
    """(what it is, where it is) of the other forms of a page."""
    yield from ((KINDS[kind], PurePosixPath(step.document(kind)).name) for kind in step.documents)
