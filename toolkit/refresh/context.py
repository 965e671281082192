"""What the decisions of a review are about: the plan, targets, measures and wording in force when it decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.frames import Action
from toolkit.params import Measure, Project, ReviewYear

__all__ = ["DecisionContext"]


@dataclass(frozen=True)
class DecisionContext:
    """The project and review that decide, and the actions of the plan in force."""

    project: Project
    review: ReviewYear
    actions: tuple[Action, ...] = ()
    has_plan: bool = True
    later: Mapping[str, Measure] = field(default_factory=dict)
    """Measures of the catalogue that a later review adds."""

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Every measure that a decision may be about."""
        return {**self.later, **self.project.measures}

    def action(self, id_: str) -> Action | None:
        """The action of the plan with an id."""
        return next((action for action in reversed(self.actions) if action.id == id_), None)

    def title(self, priority: str) -> str:
        """Title of a priority or part; "" for an unknown id."""
        every = (part for outer in self.project.strategy.priorities for part in (outer, *outer.parts))
        return next((part.title for part in every if part.id == priority), "")
