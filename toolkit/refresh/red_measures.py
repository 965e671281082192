"""Measures with a red mark: which mark, the officers' commentary, and the actions meant to improve them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from toolkit.frames import FINDINGS, JUDGEMENTS, Finding, Found, Judgement
from toolkit.params import Strategy

__all__ = [
    "COMMENTARY",
    "RED",
    "RedMeasure",
    "actions_for_measure",
    "commentary_findings",
    "is_red",
    "red_marks",
    "red_measures",
]

RED = {"target_status": ("missed", "unlikely"), "direction": ("worse",), "statutory_status": ("not met",)}
"""The red words of each mark. Confidence has none: a doubtful figure is not a bad one."""


COMMENTARY = "commentary"
"""What findings about missing commentaries name as their source."""


def red_marks(judgement: Judgement) -> list[tuple[str, str]]:
    """(mark, word) of the red marks of a judgement."""
    marks = {mark: str(getattr(judgement, mark)) for mark in RED}
    return [(mark, word) for mark, word in marks.items() if word in RED[mark]]


def is_red(judgements: pd.DataFrame) -> pd.Series:
    """Per row of JUDGEMENTS: is any mark red?"""
    return pd.concat([judgements[mark].isin(words) for mark, words in RED.items()], axis=1).any(axis=1)


@dataclass(frozen=True)
class RedMeasure:
    """A judgement that is red, its commentary as written ("" where there is none), and the rows of its ACTIONS."""

    judgement: Judgement
    commentary: str
    actions: pd.DataFrame


def red_measures(
    judgements: pd.DataFrame, actions: pd.DataFrame, commentaries: Mapping[str, str]
) -> Iterator[RedMeasure]:
    """Every red measure, in the order of the judgements; ``commentaries`` is measure → Markdown."""
    for judgement in JUDGEMENTS.rows(judgements[is_red(judgements)]):
        measure = judgement.measure
        yield RedMeasure(judgement, commentaries.get(measure, ""), actions_for_measure(actions, measure))


def actions_for_measure(actions: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The actions that name the measure in the work plan."""
    named = [{part.strip() for part in listed.split(";")} for listed in actions["measures"]]
    return actions[pd.Series([measure in names for names in named], index=actions.index, dtype="bool")]


def commentary_findings(
    judgements: pd.DataFrame, commentaries: Mapping[str, str], strategy: Strategy, year: int
) -> pd.DataFrame:
    """FINDINGS: a warning for each red measure without a commentary, owned by the leads of its workstreams."""
    rows = []
    for judgement in JUDGEMENTS.rows(judgements[is_red(judgements)]):
        measure = judgement.measure
        written = bool(commentaries.get(measure, "").strip())
        leads = [stream.lead for stream in strategy.workstreams if judgement.priority in stream.priorities]
        rows.append(
            Finding(
                f"commentary.{measure}",
                severity="warning",
                outcome="pass" if written else "fail",
                source=COMMENTARY,
                owner=", ".join(dict.fromkeys(leads)),
                measures=measure,
                dimension="completeness",
            ).with_code(
                Found.COMMENTARY_WRITTEN if written else Found.COMMENTARY_MISSING,
                {
                    "name": judgement.name,
                    "marks": [mark for _, mark in red_marks(judgement)],
                    "file": f"params/{year}/commentary/measures/{measure}.md",
                },
            )
        )
    return FINDINGS.table(rows)
