"""The page of the work plan."""

from __future__ import annotations

import pandas as pd

from toolkit.report import Shown, charts, sentence, stack, tables
from toolkit.review.pages.notices import notice_of_sources
from toolkit.review.published import Published
from toolkit.words.bank import REPORT

__all__ = ["actions", "plan_changes", "plan_exceptions", "plan_summary", "plan_timeline", "workstreams"]


def _actions_of(frames: Published, priority: str = "") -> pd.DataFrame:
    every = frames.evidence.actions
    return every[every["priority"] == priority] if priority else every


def actions(frames: Published, priority: str = "") -> Shown:
    """The whole plan, or the actions of one priority in brief; those that are not on time come first."""
    mine = _actions_of(frames, priority)
    mine = mine.loc[(mine["delivery_rag"] == "green").sort_values(kind="stable").index]
    if priority:
        return tables.actions_in_brief(mine, REPORT.say("page.actions", id=priority))
    return tables.actions(mine, REPORT.say("page.whole_plan"))


def plan_summary(frames: Published) -> Shown:
    """How many actions of each priority are on time."""
    parts = [(part.id, part.short) for part in frames.inputs.project.strategy.reviewed_parts()]
    shown = tables.delivery(frames.evidence.actions, parts, frames.inputs.project.policy.red_after_days)
    return stack(*notice_of_sources(frames, ["work_plan"]), shown)


def plan_timeline(frames: Published) -> Shown:
    """The actions by due date."""
    return charts.timeline(frames.evidence.actions, frames.inputs.year.cut_off)


def plan_changes(frames: Published) -> Shown:
    """What changed in the plan since last year, and which of it no decision explains."""
    if frames.inputs.earlier is None:
        return sentence(REPORT.say("page.first_plan"))
    before = frames.inputs.earlier.year.label
    return tables.plan_changes(frames.evidence.plan_changes, REPORT.say("page.plan_changes", year=before))


def plan_exceptions(frames: Published) -> Shown:
    """Actions that are late or paused, or whose delivery cannot be judged; the work plan says why."""
    every = frames.evidence.actions
    return tables.actions_in_brief(
        every[every["delivery_rag"] != "green"], REPORT.say("page.unsure_actions"), frames.up
    )


def workstreams(frames: Published) -> Shown:
    """Each workstream: its lead, how many of its actions are on time, and what its plan says of each."""
    streams = frames.inputs.project.strategy.workstreams
    return tables.workstreams(frames.evidence.actions, streams, REPORT.say("page.workstreams"))
