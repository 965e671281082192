"""A review as notebooks see it: the frames behind it, and the questions that each page asks of them.

Each question is a plain function over the frames, in the module of its page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd

from toolkit.analysis import Setting
from toolkit.evidence import Frames
from toolkit.review import explanation, judging, pages
from toolkit.review.published import Published

__all__ = ["Review"]

P = ParamSpec("P")
T = TypeVar("T")


def asks(page: Callable[Concatenate[Published, P], T]) -> Callable[Concatenate[Review, P], T]:
    """A function over frames as a method of the review that holds them; its help stays as it is."""

    @wraps(page)
    def method(review: Review, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return page(review.frames, *args, **kwargs)

    return method


@dataclass(frozen=True)
class Review:
    """One review: ``frames`` are tables, methods show an answer."""

    frames: Published

    # 1 data quality
    data_verdict = asks(pages.data_quality.data_verdict)
    findings_failed = asks(pages.data_quality.findings_failed)
    corrections = asks(pages.data_quality.corrections)
    chance = asks(pages.data_quality.chance)
    coverage = asks(pages.data_quality.coverage)
    timeliness = asks(pages.data_quality.timeliness)
    revisions = asks(pages.data_quality.revisions)
    provenance = asks(pages.data_quality.provenance)
    file_notes = asks(pages.data_quality.file_notes)
    findings_all = asks(pages.data_quality.findings_all)

    # 2 one priority
    headline = asks(pages.priority.headline)
    measures = asks(pages.priority.measures)
    reasons = asks(pages.priority.reasons)
    trends = asks(pages.priority.trends)
    further = asks(pages.priority.further)
    comparison = asks(pages.priority.comparison)
    among_all = asks(pages.priority.among_all)
    commentary = asks(pages.priority.commentary)
    definitions = asks(pages.priority.definitions)
    notes = asks(pages.priority.notes)
    explain = asks(explanation.explain)
    facts = asks(explanation.facts)
    measure = asks(judging.measure)
    example = asks(judging.example)
    marks = asks(judging.marks)
    figures = asks(judging.figures)
    show = asks(judging.show)
    judge = asks(judging.judge)

    # 3 voices
    voices = asks(pages.voices.voices)
    responses = asks(pages.voices.responses)
    answers = asks(pages.voices.answers)
    voices_trends = asks(pages.voices.voices_trends)
    comments = asks(pages.voices.comments)
    comments_by_question = asks(pages.voices.comments_by_question)
    quotes = asks(pages.voices.quotes)
    said_and_did = asks(pages.voices.said_and_did)
    voices_definitions = asks(pages.voices.voices_definitions)

    # 4 the work plan
    plan_summary = asks(pages.work_plan.plan_summary)
    plan_timeline = asks(pages.work_plan.plan_timeline)
    plan_exceptions = asks(pages.work_plan.plan_exceptions)
    plan_changes = asks(pages.work_plan.plan_changes)
    actions = asks(pages.work_plan.actions)
    workstreams = asks(pages.work_plan.workstreams)
    rate_actions = asks(judging.rate_actions)
    example_action = asks(judging.example_action)
    actions_table = asks(judging.actions_table)

    # the brief
    story = asks(pages.brief.story)
    what_moved = asks(pages.brief.what_moved)
    what_to_decide = asks(pages.brief.what_to_decide)
    actions_and_responses = asks(pages.brief.actions_and_responses)
    next_targets = asks(pages.brief.next_targets)
    cautions = asks(pages.brief.cautions)
    main_measures = asks(pages.brief.main_measures)

    # 5 the annual refresh
    overview = asks(pages.front_page.overview)
    changes = asks(pages.front_page.changes)
    requests = asks(pages.front_page.requests)
    quality = asks(pages.front_page.quality)
    accessibility = asks(pages.front_page.accessibility)
    decisions = asks(pages.annual_refresh.decisions)
    duties = asks(pages.annual_refresh.duties)
    register = asks(pages.annual_refresh.register)
    suppression = asks(pages.annual_refresh.suppression)

    # 6 exceptions
    exceptions = asks(pages.exceptions.exceptions)
    exceptions_here = asks(pages.exceptions.exceptions_here)
    red_measures = asks(pages.exceptions.red_measures)
    missing_commentaries = asks(pages.data_quality.missing_commentaries)
    refresh_gaps = asks(pages.annual_refresh.refresh_gaps)

    # papers
    opening = asks(pages.papers.opening)
    closing = asks(pages.papers.closing)
    monthly = asks(pages.papers.monthly)
    paper = asks(pages.papers.paper)
    compose_paper = asks(pages.papers.compose_paper)

    def as_at(self, month: str) -> Review:
        """This review at the end of a month of its year, for a paper: only what was public by then."""
        return Review(pages.papers.as_at(self.frames, month))

    @property
    def evidence(self) -> Frames:
        """The frames behind it all, unprotected: nothing of them may leave the room."""
        return self.frames.evidence

    @property
    def judgements(self) -> pd.DataFrame:
        return self.frames.judgements

    @property
    def results(self) -> pd.DataFrame:
        return self.frames.results

    @property
    def observations(self) -> pd.DataFrame:
        return self.frames.observations

    @property
    def findings(self) -> pd.DataFrame:
        return self.frames.findings

    @property
    def setting(self) -> Setting:
        """What the judgements are made against: vary it with ``dataclasses.replace`` and judge again."""
        return self.frames.evidence.setting
