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
from toolkit.review import explanation, judging
from toolkit.review.pages import (
    annual_refresh,
    data_quality,
    exceptions,
    front_page,
    papers,
    priority,
    voices,
    work_plan,
)
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
    data_verdict = asks(data_quality.data_verdict)
    findings_failed = asks(data_quality.findings_failed)
    corrections = asks(data_quality.corrections)
    coverage = asks(data_quality.coverage)
    timeliness = asks(data_quality.timeliness)
    revisions = asks(data_quality.revisions)
    provenance = asks(data_quality.provenance)
    file_notes = asks(data_quality.file_notes)
    findings_all = asks(data_quality.findings_all)

    # 2 one priority
    headline = asks(priority.headline)
    measures = asks(priority.measures)
    reasons = asks(priority.reasons)
    trends = asks(priority.trends)
    further = asks(priority.further)
    comparison = asks(priority.comparison)
    among_all = asks(priority.among_all)
    commentary = asks(priority.commentary)
    definitions = asks(priority.definitions)
    explain = asks(explanation.explain)
    facts = asks(explanation.facts)
    measure = asks(judging.measure)
    example = asks(judging.example)
    marks = asks(judging.marks)
    figures = asks(judging.figures)
    show = asks(judging.show)
    judge = asks(judging.judge)

    # 3 voices
    responses = asks(voices.responses)
    answers = asks(voices.answers)
    voices_trends = asks(voices.voices_trends)
    comments = asks(voices.comments)
    comments_by_question = asks(voices.comments_by_question)
    quotes = asks(voices.quotes)
    said_and_did = asks(voices.said_and_did)
    voices_definitions = asks(voices.voices_definitions)
    voices = asks(voices.voices)  # last: from here on the name is the answer

    # 4 the work plan
    plan_summary = asks(work_plan.plan_summary)
    plan_timeline = asks(work_plan.plan_timeline)
    plan_exceptions = asks(work_plan.plan_exceptions)
    plan_changes = asks(work_plan.plan_changes)
    actions = asks(work_plan.actions)
    rate_actions = asks(judging.rate_actions)
    example_action = asks(judging.example_action)
    actions_table = asks(judging.actions_table)

    # 5 the annual refresh
    overview = asks(front_page.overview)
    changes = asks(front_page.changes)
    requests = asks(front_page.requests)
    priorities = asks(front_page.priorities)
    all_definitions = asks(front_page.all_definitions)
    quality = asks(front_page.quality)
    accessibility = asks(front_page.accessibility)
    decisions = asks(annual_refresh.decisions)
    duties = asks(annual_refresh.duties)
    register = asks(annual_refresh.register)
    suppression = asks(annual_refresh.suppression)

    # 6 exceptions
    exceptions_here = asks(exceptions.exceptions_here)
    red_measures = asks(exceptions.red_measures)
    missing_commentaries = asks(data_quality.missing_commentaries)
    refresh_gaps = asks(annual_refresh.refresh_gaps)
    exceptions = asks(exceptions.exceptions)  # last, likewise

    # papers
    opening = asks(papers.opening)
    closing = asks(papers.closing)
    monthly = asks(papers.monthly)
    paper = asks(papers.paper)
    compose_paper = asks(papers.compose_paper)

    def as_at(self, month: str) -> Review:
        """This review at the end of a month of its year, for a paper: only what was public by then."""
        return Review(papers.as_at(self.frames, month))

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
