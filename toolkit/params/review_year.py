"""What changes from one review to the next: ``params/<year>/review.yaml`` and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from toolkit.params.measures import Measure
from toolkit.params.words import Basis, Day, Identifier, Word
from toolkit.params.yaml import Params

__all__ = ["Decision", "ReviewYear", "Target"]


class Target(Params):
    """A value to reach ``by`` a period of the measure's own basis."""

    value: float = Field(strict=False)
    by: Word


class ReviewYear(Params):
    """One review. Only what was public on ``cut_off`` is used; change is counted from ``baseline``, basis by basis.

    ``baseline_exceptions`` names the measures whose figures begin later than the baseline of their basis.
    """

    year: int
    title: str
    cut_off: Day
    baseline: Mapping[Basis, Word]
    baseline_exceptions: Mapping[str, Word] = Field(default_factory=dict)
    neighbours: Identifier
    neighbours_note: str = ""
    targets: Mapping[str, Target] = Field(default_factory=dict)
    targets_note: str = ""

    def baseline_of(self, measure: Measure) -> str:
        """Label of the period from which the measure's change is counted; "" where its basis has none."""
        return self.baseline_exceptions.get(measure.id, self.baseline.get(measure.basis, ""))


class Decision(Params):
    """Something the refresh decided, as ``params/<year>/decisions.yaml`` records it."""

    id: Identifier
    kind: Literal["action", "target", "measure", "priority"]
    subject: Identifier
    from_: Word = Field(alias="from")
    to: Word
    reason: str
    authority: Literal["director", "board", "cabinet"]
    escalate: bool
    illustrative: bool = False
