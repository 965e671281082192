"""What people decided in a refresh: ``params/<year>/decisions.yaml``, a list with one entry a decision.

How a thing stood is never typed: it is worked out from the plan, the targets and the wording in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from toolkit.errors import InputError
from toolkit.params.review_year import Target
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = [
    "ActionDecision",
    "ActionFields",
    "Authority",
    "Decision",
    "MeasureDecision",
    "PriorityDecision",
    "TargetDecision",
    "decisions_file",
    "load_decisions",
]

Authority = Literal["director", "board", "cabinet"]


class Decided(Params):
    """When, and by which role or body; ``consulted`` is who was asked before, such as the Lead Member."""

    on: Day
    by: str
    consulted: str = ""


class _Decision(Params):
    id: Identifier
    subject: Identifier
    """Id of the action, measure or priority; for a target, of its measure."""
    reason: str
    """Why."""
    authority: Authority
    """Who took it."""
    decided: Decided
    cabinet: Day | None = None
    """The meeting of Cabinet that agreed it, where it goes there; until then it is not in force."""
    scope: Listed[Identifier] = ()
    """What it touches beyond its own words, such as new spending: words that ``params/escalation.yaml`` explains."""
    evidence: str = ""
    """What it rests on beside the judgements, delivery and voices, which are worked out."""
    illustrative: bool = False
    """Made up for a demonstration."""


class ActionFields(Params):
    """The fields of an action that a decision gives anew; the rest stay as the work plan has them."""

    action: str = ""
    """What will be done, in the new words."""
    lead: str = ""
    accountable: str = ""
    due: Day | None = None
    success: str = ""
    outcome: str = ""
    priority: Word = ""
    workstream: str = ""
    measures: Listed[Identifier] = ()

    @property
    def given(self) -> dict[str, str]:
        """Field → its new words, of those that are given."""
        every: dict[str, object] = {
            **dict(self),
            "due": self.due.isoformat() if self.due else "",
            "measures": "; ".join(self.measures),
        }
        return {name: str(value) for name, value in every.items() if value}


class ActionDecision(_Decision):
    """What becomes of an action. ``close`` says ``as`` what, ``merge`` says ``into`` which, the others say ``to``."""

    kind: Literal["action"]
    change: Literal["keep", "amend", "close", "merge", "pause", "add", "leave out"]
    """``leave out`` refuses the proposal of a new action: its subject is the measure that has none."""
    as_: Literal["achieved", "embedded", "superseded"] | None = Field(default=None, alias="as")
    """Why a closed action ends."""
    into: Identifier | None = None
    """The action that takes a merged one in."""
    until: Word = ""
    """When a paused action is looked at again."""
    to: ActionFields | None = None
    """The new fields of an amended action, or all of a new one."""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        for key, change, said in (("as", "close", self.as_), ("into", "merge", self.into)):
            if (self.change == change) != bool(said):
                raise ValueError(f"'{key}' goes with '{change}', and '{change}' with '{key}'; give both or neither")
        if self.until and self.change != "pause":
            raise ValueError("'until' goes with 'pause'")
        given: Mapping[str, str] = self.to.given if self.to else {}
        if bool(given) != (self.change in ("amend", "add")):
            raise ValueError(
                f"'to' goes with 'amend' and 'add'; '{self.change}' " + ("has" if given else "lacks") + " it"
            )
        lacks = [name for name in ("action", "lead", "due", "priority") if name not in given]
        if self.change == "add" and lacks:
            raise ValueError(f"a new action also needs: {', '.join(lacks)}")
        return self


class TargetDecision(_Decision):
    """What becomes of the target of a measure. ``keep`` and ``retire`` say no ``to``, the others do."""

    kind: Literal["target"]
    change: Literal["keep", "raise", "lower", "re-base", "retire", "add"]
    """``raise`` and ``lower``: harder and easier to meet; ``re-base``: set anew after a break in the figures."""
    to: Target | None = None
    baseline: Word = ""
    """With ``re-base``: the period from which change is counted from now on."""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if bool(self.to) == (self.change in ("keep", "retire")):
            raise ValueError(f"'{self.change}' " + ("has no 'to'" if self.to else "needs 'to: {value: …, by: …}'"))
        if self.baseline and self.change != "re-base":
            raise ValueError("'baseline' goes with 're-base'")
        return self


class MeasureDecision(_Decision):
    """What becomes of a measure; ``to`` holds keys of its file in params/measures (and ``priority``, to add one)."""

    kind: Literal["measure"]
    change: Literal["keep", "add", "redefine", "retire"]
    to: Mapping[str, Any] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if bool(self.to) != (self.change == "redefine"):
            raise ValueError("'to' goes with 'redefine', and 'redefine' with 'to'; a new measure has a file of its own")
        return self


class Wording(Params):
    title: str
    short: str = ""


class PriorityDecision(_Decision):
    """The new wording of a priority."""

    kind: Literal["priority"]
    change: Literal["keep", "reword"]
    to: Wording | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        if bool(self.to) != (self.change == "reword"):
            raise ValueError("'reword' needs 'to: {title: …}'; 'keep' has none")
        return self


Decision = Annotated[ActionDecision | TargetDecision | MeasureDecision | PriorityDecision, Field(discriminator="kind")]
"""One entry of decisions.yaml, by its ``kind``."""


class _Decisions(Params):
    decisions: tuple[Decision, ...]


def load_decisions(project: Path, year: int) -> list[Decision]:
    """What ``params/<year>/decisions.yaml`` records; none where the file does not exist. Ids are unique."""
    document = decisions_file(project, year)
    if document is None:
        return []
    decisions = list(validate(document, _Decisions).decisions)
    seen: set[str] = set()
    problems = []
    for place, decision in enumerate(decisions):
        if decision.id in seen:
            what = f"the decision '{decision.id}' stands twice"
            problems.append(document.problem(("decisions", place, "id"), what, "give each its own id"))
        seen.add(decision.id)
    if problems:
        raise InputError(problems)
    return decisions


def decisions_file(project: Path, year: int) -> YamlDocument | None:
    """The file with its lines, its list under the key ``decisions``; None where there is none."""
    path = project / "params" / str(year) / "decisions.yaml"
    if not path.exists():
        return None
    document = read_yaml(path, project)
    if not isinstance(document.data, list):
        raise InputError(document.problem((), "this file must be a list", "start each decision with '- id:'"))
    lines = {("decisions", *at): line for at, line in document.lines.items()}
    return YamlDocument({"decisions": tuple(document.data)}, lines, document.file, document.faults)
