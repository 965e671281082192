"""Whether the term of the strategy in force has ended without a strategy that succeeds it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from toolkit.frames import FINDINGS, Finding, Found
from toolkit.params import Project

__all__ = ["STRATEGY", "has_ended", "term_findings"]

STRATEGY = "strategy"
"""What the finding about the term names as its source."""


def has_ended(project: Project, cut_off: date) -> bool:
    """Whether the cut-off lies after the term of the strategy that is in force on it."""
    return cut_off > project.strategy.term.last_day


def term_findings(project: Project, cut_off: date) -> pd.DataFrame:
    """FINDINGS: one, a warning where the term has ended."""
    ended, strategy, governance = has_ended(project, cut_off), project.strategy, project.governance
    highest = governance.name(governance.deciding[-1])
    row = Finding(
        "strategy.term",
        severity="warning",
        outcome="fail" if ended else "pass",
        source=STRATEGY,
        owner=highest,
        dimension="timeliness",
    ).with_code(
        Found.TERM_ENDED if ended else Found.TERM_RUNS,
        {"title": strategy.title, "last": strategy.term.last_day.isoformat(), "body": highest},
    )
    return FINDINGS.table([row])
