"""The tables that a review printed, as a later review reads them, and what may differ between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from toolkit.frames import (
    ACTIONS,
    COMPARATORS,
    DECISIONS,
    DEFINITIONS,
    JUDGEMENTS,
    PLAN_CHANGES,
    PUBLISHED_JUDGEMENTS,
    REVISIONS,
    Action,
    Comparator,
    DecisionRow,
    Definition,
    Frame,
    Judgement,
    PlanChange,
    Revision,
    Statement,
)

__all__ = [
    "ABOUT",
    "PlanCell",
    "PrintedTables",
    "Remark",
    "ReviewDifference",
    "ReviewFigure",
    "ReviewTarget",
    "ReviewValue",
    "WhatChanged",
]

ABOUT = ("value", "revision", "definition", "comparators", "target", "action")


class WhatChanged(StrEnum):
    """What happened to the subject of a difference (section ``difference.change``)."""

    ADDED = "added"
    NO_LONGER_SHOWN = "no_longer_shown"
    NEW_FIGURE = "new_figure"
    NO_NEWER_FIGURE = "no_newer_figure"
    OLD_FIGURE_CHANGED = "old_figure_changed"
    RETIRED = "retired"
    ANOTHER_SET = "another_set"
    JOINED = "joined"
    LEFT = "left"
    TARGET_GONE = "target_gone"
    TARGET_CHANGED = "target_changed"
    ANOTHER_STATE = "another_state"


class Remark(StrEnum):
    """What a reader must know about a difference (section ``difference.note``)."""

    DEFINED_ANEW = "defined_anew"
    MARK_MOVED = "mark_moved"
    DECISION = "decision"
    DECISION_NOT_IN_FORCE = "decision_not_in_force"
    NO_DECISION = "no_decision"
    KEPT_IN_SET = "kept_in_set"
    WRITTEN = "written"
    """A note of the table of revisions, word for word."""


class ReviewFigure(NamedTuple):
    """A figure in one of the two reviews. ``period``: "" where there is none, None where the difference names it."""

    value: float
    unit: str
    decimals: int
    marker: str
    period: str | None = None


class ReviewTarget(NamedTuple):
    """A target in one of the two reviews."""

    value: float
    unit: str
    decimals: int
    by: str


class PlanCell(NamedTuple):
    """A cell of the work plan: words, or a day."""

    text: str


ReviewValue = ReviewFigure | ReviewTarget | PlanCell | str | None
"""What one of the two reviews has; None where it has nothing."""


class ReviewDifference(NamedTuple):
    """One thing that differs between two reviews."""

    about: str
    """One of ``ABOUT``."""
    subject: str
    name: str
    change: str
    """A ``WhatChanged``, a change of PLAN_CHANGES or a kind of REVISIONS; of a definition that changed, its column."""
    then: ReviewValue
    now: ReviewValue
    notes: tuple[Statement, ...] = ()
    illustrative: str = ""
    period: str = ""
    area: str = ""
    cause: str = ""
    """A ``Cause``; "" for a measure that stands as it did."""


_NO_CHANGE = ("keep", "leave out")
Row = TypeVar("Row", bound=tuple[Any, ...])


@dataclass(frozen=True)
class PrintedTables:
    """A review's tables as it printed them, by the name of their frame; one that is missing counts as empty.

    They are judgements, definitions, comparators, actions, decisions, changes of the work plan and, of the later of two
    reviews, revisions.
    """

    year: int | str
    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def judgements(self) -> dict[str, Judgement]:
        """Measure → its judgement."""
        return {row.measure: row for row in JUDGEMENTS.rows(self.table(PUBLISHED_JUDGEMENTS))}

    @cached_property
    def definitions(self) -> dict[str, Definition]:
        """Measure → its definition."""
        return {row.measure: row for row in self._rows(DEFINITIONS)}

    @cached_property
    def comparators(self) -> dict[str, Comparator]:
        """Area code → similar authority."""
        return {row.area_code: row for row in self._rows(COMPARATORS)}

    @cached_property
    def actions(self) -> dict[str, Action]:
        """Id → action of the work plan."""
        return {row.id: row for row in self._rows(ACTIONS)}

    @property
    def revisions(self) -> list[Revision]:
        """The revised figures."""
        return self._rows(REVISIONS)

    def table(self, frame: Frame[Any]) -> pd.DataFrame:
        """The table of a frame; no rows where it was not printed."""
        return self.tables.get(frame.name, frame.empty())

    def decision_on(self, kind: str, subject: str) -> list[Statement]:
        """What this review decided to change about a subject; nothing for an open proposal or one to change nothing."""
        for row in self._decisions:
            if (row.kind, row.subject) == (kind, subject) and row.status != "proposed" and row.change not in _NO_CHANGE:
                code = Remark.DECISION if row.in_effect == "yes" else Remark.DECISION_NOT_IN_FORCE
                return [Statement(code, {"decision": row.id, "year": self.year, "change": row.change})]
        return []

    def departs(self, change: PlanChange) -> bool:
        """Whether this review found that the change of its plan does not follow from a decision."""
        cells = (change.action, change.what, change.before, change.after)
        changes = self._rows(PLAN_CHANGES)
        return any(row.explained == "no" and (row.action, row.what, row.before, row.after) == cells for row in changes)

    @cached_property
    def _decisions(self) -> list[DecisionRow]:
        return self._rows(DECISIONS)

    def _rows(self, frame: Frame[Row]) -> list[Row]:
        return frame.rows(self.table(frame))
