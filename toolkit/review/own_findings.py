"""What the review itself lacks: commentaries, checks of duties, reasons, easy words."""

from __future__ import annotations

import pandas as pd

from toolkit.evidence import Frames
from toolkit.frames import FINDINGS
from toolkit.refresh import (
    commentary_findings,
    decision_findings,
    duty_findings,
    easy_word_findings,
    evidence_findings,
    plan_findings,
    term_findings,
)

__all__ = ["own_findings"]


def own_findings(frames: Frames, judgements: pd.DataFrame) -> pd.DataFrame:
    """FINDINGS about the review itself; ``judgements`` are those that leave."""
    inputs = frames.inputs
    strategy, year, context = inputs.project.strategy, inputs.year, frames.decision_context
    easy = () if inputs.told_by else inputs.papers.plain  # a month's paper does not know the whole year
    role = year.prepared_by.role if year.prepared_by else ""
    every = [
        commentary_findings(judgements, inputs.commentaries, strategy, year.year),
        duty_findings(frames.duties, year.year),
        plan_findings(frames.plan_changes, strategy),
        decision_findings(inputs.recorded, context),
        evidence_findings(inputs.recorded, judgements, frames.actions, context),
        term_findings(inputs.project, year.cut_off),
        easy_word_findings(easy, _known_ids(frames), year.year, role),
    ]
    return FINDINGS.validate(pd.concat(every).sort_values(["check", "source"], kind="stable"))


def _known_ids(frames: Frames) -> frozenset[str]:
    """Ids of what a paper may tell: measures, decisions, actions, rows of what was said, parts of the strategy.

    Easy words may still be there for measures of the strategies before.
    """
    inputs, strategy = frames.inputs, frames.inputs.project.strategy
    parts = (strategy.reviewed_parts(), strategy.duties, strategy.workstreams, inputs.project.governance.bodies)
    decided = (name for d in inputs.recorded for name in (d.id, d.subject))
    named = {*inputs.project.measures, *inputs.later, *decided, *(one.id for many in parts for one in many)}
    before = {name for succession in inputs.project.successions for name in succession.measures}
    return frozenset(named | before | {*frames.planned["id"], *frames.said_and_did["id"]})
