"""What changes from one review to the next: ``params/<year>/review.yaml`` and the files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from toolkit.params.words import Basis, Day, Identifier, Word
from toolkit.params.yaml import Params

__all__ = ["Decision", "ReviewYear", "Target"]


class Target(Params):
    """A value to reach ``by`` a period of the measure's own basis."""

    value: float = Field(strict=False)
    by: Word


class ReviewYear(Params):
    """One review. Only what was public on ``cut_off`` is used; change is counted from ``baseline``, basis by basis."""

    year: int
    title: str
    cut_off: Day
    baseline: Mapping[Basis, Word]
    neighbours: Identifier
    neighbours_note: str = ""
    targets: Mapping[str, Target] = Field(default_factory=dict)
    targets_note: str = ""


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
