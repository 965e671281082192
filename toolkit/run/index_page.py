"""``outputs/index.html``: every review that lies there, by its manifest, its ratings and its signatures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import Problem
from toolkit.report import ReviewSummary, outputs_index
from toolkit.run.comparing import compare_neighbours
from toolkit.run.ratings import comparison_link, read_ratings
from toolkit.run.revised_since import RevisedSince, find_revised_since
from toolkit.run.sign_off import SignOffStatus, read_sign_off
from toolkit.run.stored_reviews import StoredReview, stored_reviews
from toolkit.run.traces import find_gone, find_lost_reviews
from toolkit.words.bank import REPORT
from toolkit.words.new_data import count_old_sources
from toolkit.words.numbers import format_date
from toolkit.words.revisions import say_since, say_since_unknown

__all__ = ["INDEX", "describe_revised", "describe_sign_off", "index"]

INDEX = "toolkit.run.index_page:index"
"""The function that makes the page, as a plan names it."""


def index(outputs: Path) -> str:
    """The page of every review in ``outputs``; the pages of what changed between them are made first."""
    compare_neighbours(outputs)
    stored = stored_reviews(outputs)
    project = outputs.parent
    lost = [REPORT.say("sign_off.lost", place=review.place) for review in find_lost_reviews(project)]
    return outputs_index([_summary(outputs, one, stored) for one in stored], lost)


def _summary(outputs: Path, stored: StoredReview, every: list[StoredReview]) -> ReviewSummary:
    about = stored.about
    about.pop("attributions", None)
    gone = () if stored.superseded else find_gone(outputs.parent, stored.review)
    return ReviewSummary(
        **about,
        **read_ratings(stored.folder),
        verdict=stored.verdict,
        signed=describe_sign_off(read_sign_off(stored.folder), stored.superseded, gone),
        href=f"{stored.folder.relative_to(outputs).as_posix()}/index.html",
        compare=comparison_link(outputs, stored, every),
        revised="" if stored.superseded else describe_revised(find_revised_since(outputs, stored)),
        old_sources=count_old_sources(stored.old_sources),
        release=stored.release,
    )


def describe_revised(revised: RevisedSince) -> str:
    """What has been revised since the review, in words."""
    if revised.problem:
        return say_since_unknown(revised.problem)
    return say_since(revised.figures, revised.publishers, len(revised.flips))


def describe_sign_off(signed: SignOffStatus, superseded: bool, gone: Sequence[Problem] = ()) -> str:
    """The sign-off in words: how far the review has come, by whom, when and whether with a key; "" where not signed.

    ``gone`` are files that it had when it was signed.
    """
    if signed.broken:
        return REPORT.say("sign_off.broken", count=len(signed.changed), changed=signed.changed[0])
    if gone:
        return REPORT.say("sign_off.gone", count=len(gone), file=gone[0].file)
    if not signed.signatures:
        return ""
    last = signed.signatures[-1]
    state = REPORT.say("sign_off.state", state=last.state, body=last.body, on=format_date(last.on), check=last.check)
    return REPORT.say("sign_off.superseded", state=state) if superseded else state
