"""What ``add`` prints: which edition the file is, what it changes, what its checks found, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.new_edition.add import AddedEdition
from toolkit.new_edition.differences import Differences
from toolkit.new_edition.propose import ProposedSource
from toolkit.report.check_output import failed_lines
from toolkit.words.bank import REPORT, join_and
from toolkit.words.numbers import format_date
from toolkit.words.quality import quality_sentence

__all__ = ["describe_added", "describe_proposal"]

MOST_REVISIONS_LISTED = 8
"""Revised figures that are written out."""


def describe_added(added: AddedEdition) -> Iterator[str]:
    """The lines for the terminal. Of rows about people they hold numbers of rows alone."""
    source, edition = added.source, added.edition
    files = ", ".join(part.file for part in edition.parts)
    day = format_date(edition.published)
    yield REPORT.say("added.edition", files=files, edition=edition.edition, title=source.title, id=source.id, day=day)
    yield from _describe_differences(added.differences, added.authority)
    yield ""
    yield quality_sentence(added.findings)
    yield from failed_lines(added.findings)
    yield ""
    if not added.registered:
        yield REPORT.say("added.refused")
        return
    yield REPORT.say("added.registered", file=source.file)
    if added.reviews:
        yield REPORT.say("added.next", year=added.reviews[-1])
    else:
        yield REPORT.say("added.for_next_review", day=day)


def _describe_differences(differences: Differences, authority: str) -> Iterator[str]:
    now, before = differences.rows
    yield REPORT.say("added.rows", count=now, before=before)
    if differences.periods is not None:
        yield REPORT.say("added.periods", count=len(differences.periods), periods=join_and(differences.periods))
    if differences.revised:
        here = differences.revised_here
        yield REPORT.say("added.revised", count=len(differences.revised), here=here, authority=authority)
        for figure in differences.revised[:MOST_REVISIONS_LISTED]:
            yield "  " + REPORT.say("added.figure", **figure._asdict())
        if (more := len(differences.revised) - MOST_REVISIONS_LISTED) > 0:
            yield "  " + REPORT.say("added.more", count=more)
    if differences.gone:
        yield REPORT.say("added.gone", count=differences.gone, periods=join_and(differences.gone_from))


def describe_proposal(proposal: ProposedSource, year: int) -> Iterator[str]:
    """The lines for the terminal; no cell of the file is among them."""
    yield REPORT.say("added.proposed", file=proposal.file, count=proposal.rows)
    if proposal.left_out:
        yield REPORT.say("added.proposed_left_out", lines=join_and([str(line) for line in proposal.left_out]))
    if people := [column.header for column in proposal.columns.values() if column.about_people]:
        yield REPORT.say("added.proposed_people", columns=join_and(people))
    for column in proposal.columns.values():
        if column.unread:
            line, _ = column.unread[0]
            yield REPORT.say("added.proposed_unread", column=column.header, count=len(column.unread), line=line)
    yield REPORT.say("added.proposed_next", year=year)
