"""What the notebook of the work plan asks."""

from __future__ import annotations

import pandas as pd

from toolkit.report import Shown, charts, sentence, tables
from toolkit.review.protected import Protected

__all__ = ["WorkPlan"]


class WorkPlan(Protected):
    """Are the actions on time?"""

    def _planned(self, priority: str = "") -> pd.DataFrame:
        every = self.evidence.actions
        return every[every["priority"] == priority] if priority else every

    def actions(self, priority: str = "") -> Shown:
        """The actions of one priority, or of the whole plan."""
        about = f"Actions of priority {priority}" if priority else "The whole work plan"
        return tables.actions(self._planned(priority), about)

    def plan_summary(self) -> Shown:
        """How many actions of each priority are on time."""
        parts = [(part.id, part.short) for part in self.evidence.project.strategy.reviewed()]
        return tables.delivery(self.evidence.actions, parts, self.evidence.project.policy.red_after_days)

    def plan_timeline(self) -> Shown:
        """The actions by due date."""
        return charts.timeline(self.evidence.actions, self.evidence.year.cut_off)

    def plan_changes(self) -> Shown:
        """What changed in the plan since last year, and which of it no decision explains."""
        if self.evidence.earlier is None:
            return sentence("This is the first review: there is no earlier plan to compare this one with.")
        before = self.evidence.earlier.year.year
        return tables.plan_changes(self.evidence.plan_changes, f"What has changed in the plan since {before}")

    def plan_exceptions(self) -> Shown:
        """Actions that are late, paused, or cannot be told."""
        every = self.evidence.actions
        return tables.actions(every[every["delivery_rag"] != "green"], "Actions late or unsure")
