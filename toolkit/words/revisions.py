"""What has become of the figures of the review before."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.analysis.codes import RevisionKind
from toolkit.analysis.revisions import NEIGHBOURS, parse_flips
from toolkit.words.bank import REPORT, join_and
from toolkit.words.year_on_year import mark_name

__all__ = ["name_area", "revisions_sentence", "say_flips", "say_kind", "say_since", "say_since_unknown"]


def name_area(area: str) -> str:
    """The area of a row of REVISIONS as people name it."""
    return REPORT.say("revision.neighbours") if area == NEIGHBOURS else area


def say_kind(kind: str, note: str) -> str:
    """What happened to one figure, with the publisher's reason where there is one."""
    happened = REPORT.say(f"revision_kind.{kind.replace(' ', '_')}")
    return f"{happened} ({note})" if note else happened


def say_flips(flips: str) -> str:
    """The marks that would be different, as people name them.

    >>> say_flips("direction: worse, now better")
    'change since the start: worse, now better'
    """
    return "; ".join(
        REPORT.say("revision.flip", name=mark_name(flip.mark), then=flip.then, now=flip.now)
        for flip in parse_flips(flips)
    )


def revisions_sentence(rows: pd.DataFrame, earlier: int | str | None) -> str:
    """How many figures of the review before have changed, and whether it would judge anything differently."""
    if earlier is None:
        return REPORT.say("revision.first_review")
    real = rows[rows["kind"] != RevisionKind.REDEFINED]
    changed = REPORT.say("revision.changed", count=len(real), earlier=earlier)
    if real.empty:
        return changed
    flipped = real.loc[real["flips"] != "", "measure"].nunique()
    return f"{changed} {REPORT.say('revision.flipped', count=flipped)}"


def say_since(figures: int, publishers: Sequence[str], marks: int) -> str:
    """What has been revised since a review was made, and how many of its marks would change."""
    revised = REPORT.say("revision.since", count=figures, publishers=join_and(publishers))
    if not figures:
        return revised
    return REPORT.say(
        "revision.since_and_marks", figures=revised, marks=REPORT.say("revision.since_marks", count=marks)
    )


def say_since_unknown(why: str) -> str:
    """Where it cannot be told what has been revised."""
    return REPORT.say("revision.since_unknown", why=why)
