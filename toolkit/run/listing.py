"""What ``list`` says of each review in ``outputs/``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.params import ReviewId
from toolkit.run.hold import hold
from toolkit.run.index_page import INDEX, describe_revised, describe_sign_off
from toolkit.run.review_run import write_index
from toolkit.run.revised_since import RevisedSince, find_revised_since
from toolkit.run.sign_off import SignOffStatus, read_sign_off
from toolkit.run.stored_reviews import StoredReview, stored_reviews
from toolkit.run.traces import find_gone, find_lost_reviews
from toolkit.words.new_data import count_old_sources
from toolkit.words.numbers import format_date
from toolkit.words.revisions import say_flips

__all__ = ["ListedReview", "LostReview", "list_reviews", "write_index_if_allowed"]

_MOST_FILES_LISTED = 10
"""Changed files that are named."""


@dataclass(frozen=True)
class ListedReview:
    """A review with its signatures and what has been revised since; ``name`` is its folder in outputs/.

    ``gone`` are files that it had when it was signed.
    """

    name: str
    stored: StoredReview
    signed: SignOffStatus
    revised: RevisedSince
    gone: tuple[Problem, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether files of it have changed since it was signed, or are gone."""
        return self.signed.broken or bool(self.gone)

    @cached_property
    def release(self) -> str:
        return self.stored.release

    @property
    def lines(self) -> Iterator[str]:
        """The review in words."""
        about, signed = self.stored.about, self.signed
        state = describe_sign_off(signed, self.stored.superseded, self.gone) or "not signed"
        yield f"{self.name}  {self.stored.verdict}  {state}  figures public on {about['cut_off']}  {about['title']}"
        yield from (f"  {each}" for each in self.gone)
        yield from (f"  {change}" for change in signed.changed[:_MOST_FILES_LISTED])
        if len(signed.changed) > _MOST_FILES_LISTED:
            yield f"  and {len(signed.changed) - _MOST_FILES_LISTED} more"
        for one in signed.signatures:
            yield f"  {one.state}: {one.body}, {one.name}, {format_date(one.on)} ({one.check})"
        yield f"  made with release {self.release or 'not known'}"
        if self.stored.old_sources:
            yield f"  {count_old_sources(self.stored.old_sources)}"
        if not self.stored.superseded:
            yield f"  revised since: {describe_revised(self.revised)}"
            yield from (f"    {name}, {say_flips(flip.text)}" for name, flip in self.revised.flips)

    @property
    def facts(self) -> dict[str, Any]:
        """What ``list --json`` prints of the review."""
        about = self.stored.about
        return {
            "review": self.name,
            **{key: about[key] for key in ("year", "profile", "authority", "title", "cut_off")},
            "verdict": self.stored.verdict,
            "superseded": self.stored.superseded,
            "state": self.signed.state,
            "signatures": [{**one.content, "check": one.check} for one in self.signed.signatures],
            "broken": list(self.signed.changed),
            "gone": [each.file for each in self.gone],
            "release": self.release,
            "old_sources": self.stored.old_sources,
            "revised": {
                "figures": self.revised.figures,
                "publishers": list(self.revised.publishers),
                "marks": [{"measure": name, **flip._asdict()} for name, flip in self.revised.flips],
                "problem": self.revised.problem,
            },
        }


@dataclass(frozen=True)
class LostReview:
    """A review that was signed, of which there is no manifest in outputs/ any more."""

    review: ReviewId
    gone: tuple[Problem, ...]

    @property
    def broken(self) -> bool:
        return True

    @property
    def lines(self) -> Iterator[str]:
        """What is gone, in words."""
        yield from map(str, self.gone)

    @property
    def facts(self) -> dict[str, Any]:
        """What ``list --json`` prints of the review."""
        year, authority = self.review.year, self.review.authority
        about = {"year": year, "profile": self.review.profile, "authority": authority}
        gone = [each.file for each in self.gone]
        return {"review": self.review.place.removeprefix("outputs/"), **about, "gone": gone}


def list_reviews(outputs: Path) -> list[ListedReview | LostReview]:
    """Every review that lies in ``outputs``, by its folder, and those that were signed and are no longer there."""
    project = outputs.parent
    lost = [LostReview(review, tuple(find_gone(project, review))) for review in find_lost_reviews(project)]
    return [*(_list(outputs, stored) for stored in stored_reviews(outputs)), *lost]


def _list(outputs: Path, stored: StoredReview) -> ListedReview:
    revised = RevisedSince() if stored.superseded else find_revised_since(outputs, stored)
    name = stored.folder.relative_to(outputs).as_posix()
    gone = () if stored.superseded else tuple(find_gone(outputs.parent, stored.review))
    return ListedReview(name, stored, read_sign_off(stored.folder), revised, gone)


def write_index_if_allowed(outputs: Path) -> Iterator[str]:
    """Write ``outputs/index.html`` and stamp what is broken; a line where the folder may only be read."""
    try:
        with hold(outputs, "outputs"):
            write_index(INDEX, outputs)
    except InputError as error:
        yield f"outputs/index.html was not written again: {error}"
