"""The page of exceptions: each red measure, why it is red, and what is being done."""

from __future__ import annotations

from toolkit.refresh import RedMeasure
from toolkit.refresh import red_measures as red_of
from toolkit.report import Shown, sentence, stack, tables
from toolkit.report.red_measures import red_measure
from toolkit.review.published import Published
from toolkit.words.bank import REPORT

__all__ = ["EXCEPTIONS_PAGE", "exceptions", "exceptions_here", "red_measures"]

EXCEPTIONS_PAGE = "exceptions.html"


def exceptions(frames: Published) -> Shown:
    """Measures that fall short of their target, are worse or in breach of a duty."""
    return tables.exceptions(frames.judgements, frames.catalogue, frames.up + EXCEPTIONS_PAGE)


def _red(frames: Published) -> list[RedMeasure]:
    return list(red_of(frames.judgements, frames.evidence.actions, frames.inputs.commentaries))


def exceptions_here(frames: Published) -> Shown:
    """The red measures, a line each: whether there is a commentary, and how many actions are meant to improve it."""
    return tables.red_measures(_red(frames), frames.catalogue)


def red_measures(frames: Published) -> Shown:
    """Each red measure: its marks and reason, the officers' commentary, and the actions meant to improve it."""
    parts = [
        red_measure(r, frames.catalogue[r.judgement.measure], frames.pages[r.judgement.priority]) for r in _red(frames)
    ]
    return stack(*parts) if parts else sentence(REPORT.say("page.nothing_red"))
