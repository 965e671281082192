"""The annual refresh: decisions, duties and what is suppressed."""

from __future__ import annotations

from toolkit.refresh import DECIDED, PAPERS, WORK_PLAN
from toolkit.report import Shown, sentence, stack, tables
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.duties import describe_conformity
from toolkit.words.quality import hidden_sentence, newly_hidden_sentence

__all__ = ["decisions", "duties", "refresh_gaps", "register", "suppression"]


def decisions(frames: Published) -> Shown:
    """What the refresh decides, with old and new wording side by side, and what is still to be decided."""
    rows, names = frames.decided, frames.names
    return stack(
        tables.decisions(rows, REPORT.say("page.decisions"), names, frames.inputs.project.governance),
        tables.wordings(rows, REPORT.say("page.wordings"), names),
        tables.open_proposals(rows, REPORT.say("page.undecided"), names, frames.inputs.project.governance),
        tables.kept_actions(rows, REPORT.say("page.kept"), names),
        refresh_gaps(frames),
    )


def refresh_gaps(frames: Published) -> Shown:
    """Decisions taken without authority or agreement, and changes of the plan that no decision explains."""
    every = frames.all_findings[frames.all_findings["source"].isin([DECIDED, PAPERS, WORK_PLAN])]
    gaps = every[every["outcome"] == "fail"]
    return tables.findings(gaps, REPORT.say("page.undone"), frames.inputs.source_titles)


def duties(frames: Published) -> Shown:
    """The legal duties that a figure watches, and whether it shows that they are met."""
    return tables.duties(frames.judgements, frames.catalogue)


def register(frames: Published) -> Shown:
    """Whether the strategy remains current, duty by duty, and what has changed in the law."""
    checks, duties = frames.inputs.duty_checks, frames.evidence.duties
    changes = tables.law_changes(checks.changes_in_law, checks.illustrative)
    return stack(sentence(describe_conformity(duties), checks.illustrative), tables.register(duties), changes)


def suppression(frames: Published) -> Shown:
    """How many figures are suppressed, and by what rule; and which of them the last review printed."""
    mine = frames.evidence.protection.results_hidden
    here = [row for row in mine if row[1] == frames.inputs.authority.code]
    rule = sentence(hidden_sentence(len(here), frames.inputs.project.policy.disclosure_threshold, frames.public))
    earlier = frames.evidence.earlier
    if not (earlier and frames.public):
        return rule
    printed = [(frames.catalogue[name].short_name, period) for name, period in frames.evidence.hidden_since]
    newly_hidden = newly_hidden_sentence(printed, earlier.inputs.year.year)
    return stack(rule, sentence(newly_hidden)) if newly_hidden else rule
