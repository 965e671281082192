"""Plan a run: its steps, the files it reads, and the functions that make its tables, pages and documents.

Which pages there are is declared in ``params/pages.yaml``; what the functions do is in ``toolkit.run.outputs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.evidence import ReviewInputs, leave_data, read_inputs
from toolkit.params import ReviewId
from toolkit.report.documents import document_tools
from toolkit.run.declared_pages import page_steps
from toolkit.run.documents import kinds_of
from toolkit.run.graph import ParameterValue
from toolkit.run.locking import lock_review, record_tools
from toolkit.run.plan import Plan

__all__ = ["about_of", "plan_of"]


def plan_of(project: Path, review: ReviewId, documents: Mapping[str, str] | None = None, fresh: bool = False) -> Plan:
    """The plan of one review. What is wrong with its params and sources is an ``InputError``: nothing has run yet.

    ``documents``: the kinds of document that a finished review has, with the tools that made them, in place of those
    of this machine. One that cannot be made here by the same tools is taken from outputs/ as it is. ``fresh``: the data
    is read again, whatever a command before left of it.
    """
    tools = document_tools() if documents is None else documents
    inputs = read_inputs(project, review.year)
    leave_data(inputs, fresh)  # a faulty file is refused before any kernel starts
    steps = tuple(page_steps(inputs, review.profile, kinds_of(tools)))
    return Plan(
        project=project,
        review=review,
        steps=steps,
        lock=lock_review(inputs, review, steps, record_tools(tools)),
        verdict="toolkit.run.outputs:verdict",
        tables="toolkit.run.outputs:tables",
        render="toolkit.run.outputs:render",
        index="toolkit.run.index_page:index",
        document="toolkit.run.documents:document",
        about=about_of(inputs, review.profile),
        read=inputs,
    )


def about_of(inputs: ReviewInputs, profile: str) -> dict[str, ParameterValue]:
    """What the manifest says of the review, for the pages beside it: a label only where its number is not that."""
    year = inputs.year
    return {
        "year": inputs.year.year,
        "title": inputs.year.title,
        "strategy": inputs.project.strategy.title,
        "authority": inputs.authority.name,
        "profile": profile,
        "cut_off": inputs.year.cut_off.isoformat(),
        **({} if year.label == str(year.year) else {"label": year.label}),
        "attributions": list(inputs.attributions),
    }
