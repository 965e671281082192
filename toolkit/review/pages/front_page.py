"""What the front page has after the brief, and its annexes."""

from __future__ import annotations

import pandas as pd

from toolkit.analysis.revisions import revised_figures
from toolkit.evidence import Frames, ReviewInputs
from toolkit.params import Part
from toolkit.refresh import changes_since, is_red
from toolkit.refresh.brief import duties_once
from toolkit.report import Shown, front, glance, sentence, stack
from toolkit.report.accessibility import AccessibilityStatement, accessibility_statement
from toolkit.report.links import link
from toolkit.report.shown import Html
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_date
from toolkit.words.quality import lacks_sentence, quality_sentence

__all__ = ["accessibility", "changes", "overview", "quality", "requests"]

FAILED = ("fail", "error")


def _parts(frames: Published) -> dict[str, Part]:
    """The anchor of each priority on the front page → the priority or part."""
    return {f"priority-{part.id}": part for part in frames.inputs.project.strategy.reviewed_parts()}


def overview(frames: Published) -> Shown:
    """Each priority on one line: its marks, and whether its actions are on time."""
    parts = {frames.pages[part.id]: part for part in _parts(frames).values()}
    return glance.priorities(
        frames.judgements, frames.evidence.actions, parts, duties_once(frames.judgements, frames.catalogue)
    )


def changes(frames: Published) -> Shown:
    """What changed since the review before: marks, figures that were revised, and the work plan."""
    earlier = frames.evidence.earlier
    if earlier is None:
        return sentence(REPORT.say("page.first_review"))
    area, before = frames.inputs.authority.code, earlier.inputs.year.label
    since = changes_since(
        (frames.judgements_before, frames.judgements),
        revised_figures(frames.revisions, area, frames.catalogue),
        (earlier.actions, frames.evidence.actions),
    )
    shown = front.changes(since, frames.catalogue, before, _illustrative_ids(frames, earlier))
    return stack(*map(sentence, _between(frames, earlier.inputs)), shown) if _between(frames, earlier.inputs) else shown


def _between(frames: Published, earlier: ReviewInputs) -> list[str]:
    """What lies between the review before and this one: years without a review, and the border of two strategies."""
    inputs, before = frames.inputs, earlier.year.label
    between = []
    if inputs.year.gap:
        years = ", ".join(map(inputs.year.label_of, range(earlier.year.year + 1, inputs.year.year)))
        between.append(REPORT.say("page.gap", years=years, before=before, reason=inputs.year.gap))
    old, new = inputs.project.predecessor, inputs.project.strategy
    if earlier.successions and old:
        since = format_date(new.begins)
        between.append(REPORT.say("page.first_under_strategy", title=new.title, since=since, before=old.title))
    return between


def _illustrative_ids(frames: Published, earlier: Frames) -> frozenset[str]:
    """Ids of the measures and actions of both reviews that are made up for the demonstration."""
    plans = pd.concat([earlier.actions, frames.evidence.actions])
    rows = frames.judgements
    measures = rows.loc[rows["illustrative"] != "", "measure"]
    return frozenset((*measures, *plans.loc[plans["illustrative"] != "", "id"]))


def requests(frames: Published) -> Shown:
    """Which decisions each body must take, what must be put right first, and what has been decided already."""
    failed = frames.findings[frames.findings["outcome"].isin(FAILED)]
    red = frames.judgements.loc[is_red(frames.judgements), "measure"]
    commentaries = frames.inputs.commentaries
    waiting = {
        "critical": int((failed["severity"] == "critical").sum()),
        "uncommented": sum(not commentaries.get(name, "").strip() for name in red),
    }
    parts = {part.id: REPORT.say("page.in_a_list", id=part.id, name=part.short) for part in _parts(frames).values()}
    return front.decisions_needed(frames.decided, frames.inputs.project.governance, frames.names | parts, waiting)


def quality(frames: Published) -> Shown:
    """Whether the figures can be used, what the review itself lacks, and where to read what was checked."""
    linked = Html("<p>{}</p>").format(link("data_quality.html", REPORT.say("page.quality_link")))
    sentences = (quality_sentence(frames.findings), lacks_sentence(frames.own_findings))
    return stack(*(sentence(text) for text in sentences), Shown(linked))


def accessibility(frames: Published) -> Shown:
    """The accessibility statement of these pages."""
    project, cut_off = frames.inputs.project, frames.inputs.year.cut_off
    days = project.policy.reply_working_days
    name, contact = frames.inputs.authority.name, project.strategy.contact
    return accessibility_statement(AccessibilityStatement(name, contact, cut_off.isoformat(), days))
