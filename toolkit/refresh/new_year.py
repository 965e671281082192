"""The review year that follows: what carries over, and what the last decisions change, as the text of its files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from toolkit.params import Decision, PaperYear, ReviewYear, StoryOverride, Target, TargetDecision
from toolkit.params.writing import flow, scalar
from toolkit.refresh.in_force import AppliedDecisions

__all__ = ["LastReview", "file_texts", "keep_headings", "roll_forward"]

_ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"]

_DECISIONS = """\
# What the review of {year} decides, one entry a decision: see docs/reference/params.md. Nothing is decided yet.
[]
"""

_DUTIES = """\
# Who checked the strategy against which duty by the cut-off. A duty that is not named here has not been checked, and
# the report says so.
checks: []
changes_in_law: []
"""


def roll_forward(last: ReviewYear, year: int, applied: AppliedDecisions, neighbours: str) -> ReviewYear:
    """The review of ``year``: title and cut-off moved on, baselines kept, targets as the last decisions leave them.

    ``neighbours`` is the comparator set in force on the new cut-off; where it is another one, the set used so far
    becomes ``neighbours_before``, and its note is not carried over.
    """
    same, years = neighbours == last.neighbours, year - last.year
    returns = last.data_returns
    return last.model_copy(
        update={
            "year": year,
            "gap": "",
            "title": next_title(last.title, last, year),
            "cut_off": years_on(last.cut_off, years),
            "data_returns": returns and returns.model_copy(update={"by": working_day(years_on(returns.by, years))}),
            "baseline_exceptions": dict(applied.baseline_exceptions),
            "neighbours": neighbours,
            "neighbours_before": "" if same else last.neighbours,
            "neighbours_note": last.neighbours_note if same else "",
            "targets": dict(applied.targets),
            "story": StoryOverride(),
        }
    )


def next_title(title: str, last: ReviewYear, year: int) -> str:
    """The title of the review of ``year``, which follows that of ``last``: its year and its number are moved on.

    Example: ``Third annual review, school year 2024/25`` becomes ``Fourth annual review, school year 2025/26``
    """
    moved = title.replace(last.label, last.label_of(year))
    for one, following in pairwise(_ORDINALS):
        if year == last.year + 1 and re.search(rf"\b{one}\b", title, re.IGNORECASE):
            return re.sub(rf"\b{one}\b", following, moved, count=1, flags=re.IGNORECASE)
    return moved if moved != title else f"Annual review {last.label_of(year)}"


def years_on(day: date, years: int) -> date:
    """The same day of a later year; 28 February for a 29th that it does not have.

    >>> years_on(date(2020, 2, 29), 1)
    datetime.date(2021, 2, 28)
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend. Bank holidays are not considered.

    >>> working_day(date(2022, 5, 14)), working_day(date(2022, 5, 13))
    (datetime.date(2022, 5, 16), datetime.date(2022, 5, 13))
    """
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


@dataclass(frozen=True)
class LastReview:
    """What the last review had: its settings, decisions, commentaries (file → text) and the dates of its papers."""

    review: ReviewYear
    decisions: Sequence[Decision]
    commentaries: Mapping[str, str]
    papers: PaperYear


def file_texts(review: ReviewYear, last: LastReview) -> dict[str, str]:
    """File → text, of everything in the folder of the new year."""
    texts = {
        "review.yaml": review_text(review, last.review, last.decisions),
        "decisions.yaml": _DECISIONS.format(year=review.year),
        "duties.yaml": _DUTIES,
    }
    if last.papers != PaperYear():
        texts["papers.yaml"] = papers_text(last.papers, review.year - last.review.year)
    commentaries = last.commentaries
    return texts | {f"commentary/{name}": keep_headings(text) for name, text in sorted(commentaries.items())}


def papers_text(last: PaperYear, years: int) -> str:
    """``papers.yaml``: its dates ``years`` later, none on a weekend; easy words are not carried over."""
    dates = {name: working_day(years_on(day, years)).isoformat() for name, day in last.dates.items()}
    months = [f"{int(month[:4]) + years}{month[4:]}" for month in last.months]
    lines = [
        "# The dates of this year's papers: those of the last review, moved on. Set the ones that are agreed.",
        *(["illustrative: true"] if last.illustrative else []),
        f"dates: {flow(dates)}",
        f"months: [{', '.join(map(scalar, months))}]",
        f"seasons: [{', '.join(map(scalar, last.seasons))}]",
        "# Easy words for what was decided, done and said this year: id of a decision, an action or what was said.",
        "plain: {}",
    ]
    return "\n".join(lines) + "\n"


def keep_headings(commentary: str) -> str:
    """The headings of a commentary, without its text."""
    headings = [line.rstrip() for line in commentary.splitlines() if re.match(r"#{1,6} ", line)]
    return "".join(f"{heading}\n\n" for heading in headings)


def review_text(review: ReviewYear, last: ReviewYear, decisions: Iterable[Decision]) -> str:
    """``review.yaml``, with the decision beside each target that one changed."""
    lines = [
        f"# Begun from the review of {last.year}, with what it decided. Anything here may still be changed.",
        f"title: {scalar(review.title)}",
    ]
    if review.prepared_by:
        lines.append(f"prepared_by: {flow(dict(review.prepared_by))}")
    if returns := review.data_returns:
        lines.append(f"data_returns: {flow({'to': returns.to, 'by': returns.by.isoformat()})}")
    if review.year_kind != "calendar year":
        lines.append(f"year_kind: {review.year_kind}")
    lines.append(f'cut_off: "{review.cut_off.isoformat()}"')
    lines += _note_line("gap", review.gap)
    lines += [
        f"# As in {last.year}, so that change is counted from the same start.",
        f"baseline: {flow({str(basis): label for basis, label in review.baseline.items()})}",
    ]
    if review.baseline_exceptions:
        lines.append(f"baseline_exceptions: {flow(review.baseline_exceptions)}")
    lines.append(f"neighbours: {scalar(review.neighbours)}")
    if review.neighbours_before:
        lines.append(f"neighbours_before: {scalar(review.neighbours_before)}  # this year both averages are shown")
    lines += _note_line("neighbours_note", review.neighbours_note)
    lines.append("")
    lines += _note_line("targets_note", review.targets_note)
    lines += ["targets:", *_targets(review, last, decisions)] if review.targets else ["targets: {}"]
    return "\n".join(lines) + "\n"


def _note_line(key: str, text: str) -> list[str]:
    return [f"{key}: {scalar(text)}"] if text else []


def _targets(review: ReviewYear, last: ReviewYear, decisions: Iterable[Decision]) -> list[str]:
    by_subject = {d.subject: d for d in decisions if isinstance(d, TargetDecision)}
    lines = []
    for name, target in review.targets.items():
        line = f"  {scalar(name)}: {_target(target)}"
        was, decision = last.targets.get(name), by_subject.get(name)
        if target != was and decision:
            before = f"was {_describe_target(was)}" if was else "added"
            line += f"  # {before}: decision {decision.id}"
        lines.append(line)
    return lines


def _describe_target(target: Target) -> str:
    return f"{scalar(target.value)} by {target.by}"


def _target(target: Target) -> str:
    steps = f", milestones: {flow(target.milestones)}" if target.milestones else ""
    return f"{{value: {scalar(target.value)}, by: {scalar(target.by)}{steps}}}"
