"""What a reader must know about the set of similar authorities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.sources import ComparatorSet
from toolkit.words.bank import REPORT, join_and
from toolkit.words.numbers import format_date

__all__ = ["comparator_sentences"]

FEWEST = 3
"""Similar authorities below which their average is said to be of few."""


def comparator_sentences(
    used: ComparatorSet, before: ComparatorSet | None, in_force: tuple[date, str] | None, cut_off: date
) -> list[str]:
    """That the set came later, was replaced or is new this year, and that it has ended or few areas; else nothing.

    ``before`` is the set that was used before, in a year when it changes; ``in_force`` is the newest set that holds on
    the cut-off, from when and its title.
    """
    return list(_sentences(used, before, in_force, cut_off))


def _sentences(
    used: ComparatorSet, before: ComparatorSet | None, in_force: tuple[date, str] | None, cut_off: date
) -> Iterator[str]:
    if used.holds_from > cut_off:
        since, day = format_date(used.holds_from), format_date(cut_off)
        yield REPORT.say("comparator_set.later", title=used.title, since=since, cut_off=day)
    elif in_force and in_force[0] > used.holds_from:
        since, newer = format_date(in_force[0]), in_force[1]
        yield REPORT.say("comparator_set.replaced", title=used.title, newer=newer, since=since)
    if ended := used.members_ended_by(cut_off):
        yield REPORT.say("comparator_set.ended", names=join_and(ended), count=len(ended))
    if (left := len(used.areas) - len(ended)) < FEWEST:
        yield REPORT.say("comparator_set.few", count=left)
    if before:
        kept = len(set(used.areas) & set(before.areas))
        yield REPORT.say("comparator_set.changed", kept=kept, all=len(used.areas), before=before.title)
