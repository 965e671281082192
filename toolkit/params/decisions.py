"""What people decided in a refresh: ``params/<year>/decisions.yaml``, a list with one entry a decision.

How a thing stood is never typed: it is worked out from the plan, the targets and the wording in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from toolkit.errors import InputError, Problem, did_you_mean
from toolkit.params.escalation import OneOrMore, as_many
from toolkit.params.governance import Governance, reading_governance
from toolkit.params.review_year import Target
from toolkit.params.words import Day, Identifier, Listed, Word
from toolkit.params.yaml import KeyPath, Params, YamlDocument, clash, read_yaml, validate

__all__ = [
    "ActionDecision",
    "ActionFields",
    "Decision",
    "MeasureDecision",
    "PriorityDecision",
    "PutTo",
    "TargetDecision",
    "decisions_file",
    "load_decisions",
]

FEWEST_WORDS = 2
"""Of a reason: papers print it, and people who were not in the room must be able to follow it."""


class Decided(Params):
    """When, and by which role or body."""

    on: Day
    by: str = ""
    """Full name of the body of ``authority``, where nothing is given."""
    consulted: OneOrMore | None = None
    """Ids of the bodies that were asked before: those that its body ``consults``."""

    @field_validator("by")
    @classmethod
    def _names_who(cls, by: str) -> str:
        if by and not by.strip():
            raise clash("'by' is empty; name the role or body that decided, or leave it out")
        return by


class PutTo(Params):
    """A body that decides on a report which is put to it, and the day on which it agreed."""

    body: Word
    """Id of a body of params/governance.yaml with ``on_report: true``."""
    date: Day | None = None
    """Left out while it has not met."""


class _Decision(Params):
    # A key that is not given is looked at too: it may be one that the change needs.
    model_config = ConfigDict(validate_default=True)

    id: Identifier
    subject: Identifier
    """Id of the action, measure or priority; for a target, of its measure."""
    reason: str
    """Why, in a sentence: two words at the least."""
    authority: Word
    """Who took it: the id of a body of params/governance.yaml that decides."""
    decided: Decided
    put_to: Annotated[tuple[PutTo, ...], BeforeValidator(as_many)] = ()
    """The bodies that a report puts it to, each with the day on which it agreed; until then it is not in force."""
    scope: Listed[Identifier] = ()
    """Wider effects, such as new spending: ids of the ``scopes`` in params/governance.yaml."""
    evidence: str = ""
    """Further evidence; that of judgements, delivery and voices is added by the review."""
    cost: str = ""
    """What it costs, and who pays: "£40,000 a year, from the high needs block"; "" where it costs nothing more."""
    despite: str = ""
    """Why it is taken although the figures or the plan speak against it; a finding says what does."""
    illustrative: bool = False
    """Made up for a demonstration."""

    def find_agreement(self, body: str) -> date | None:
        """The day on which a body agreed what was put to it; None while it has not."""
        return next((put.date for put in self.put_to if put.body == body), None)

    @field_validator("reason", "despite")
    @classmethod
    def _says_why(cls, why: str, info: ValidationInfo) -> str:
        if len(re.findall(r"\w+", why)) < FEWEST_WORDS and (why or info.field_name == "reason"):
            raise clash(f"'{info.field_name}' says too little ('{why}'); write in a sentence why it was decided")
        return why


class ActionFields(Params):
    """The fields of an action that a decision changes; the rest stay as the work plan has them."""

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

    @field_validator("as_", "into")
    @classmethod
    def _says_how(cls, given: str | None, info: ValidationInfo) -> str | None:
        key, change = {"as_": ("as", "close"), "into": ("into", "merge")}[str(info.field_name)]
        if "change" in info.data and (info.data["change"] == change) != bool(given):
            raise clash(f"'{key}' goes with '{change}', and '{change}' with '{key}'; give both or neither")
        return given

    @field_validator("until")
    @classmethod
    def _pauses(cls, given: str, info: ValidationInfo) -> str:
        if given and info.data.get("change", "pause") != "pause":
            raise clash("'until' goes with 'pause'")
        return given

    @field_validator("to")
    @classmethod
    def _says_what(cls, to: ActionFields | None, info: ValidationInfo) -> ActionFields | None:
        given, change = to.given if to else {}, info.data.get("change")
        if change and bool(given) != (change in ("amend", "add")):
            raise clash(f"'to' goes with 'amend' and 'add'; '{change}' " + ("has" if given else "lacks") + " it")
        lacks = [name for name in ("action", "lead", "due", "priority") if name not in given]
        if change == "add" and lacks:
            raise clash(f"a new action also needs: {', '.join(lacks)}")
        return to


class TargetDecision(_Decision):
    """What becomes of the target of a measure. ``keep`` and ``retire`` say no ``to``, the others do."""

    kind: Literal["target"]
    change: Literal["keep", "raise", "lower", "re-base", "retire", "add"]
    """``raise`` and ``lower``: harder and easier to meet; ``re-base``: reset after a break in the figures."""
    to: Target | None = None
    baseline: Word = ""
    """With ``re-base``: the period from which change is counted from now on."""

    @field_validator("to")
    @classmethod
    def _says_what(cls, to: Target | None, info: ValidationInfo) -> Target | None:
        change = info.data.get("change")
        if change and bool(to) == (change in ("keep", "retire")):
            raise clash(f"'{change}' " + ("has no 'to'" if to else "needs 'to: {value: …, by: …}'"))
        return to

    @field_validator("baseline")
    @classmethod
    def _re_bases(cls, given: str, info: ValidationInfo) -> str:
        if given and info.data.get("change", "re-base") != "re-base":
            raise clash("'baseline' goes with 're-base'")
        return given


class MeasureDecision(_Decision):
    """What becomes of a measure; ``to`` holds keys of its file (and ``priority``, to add one)."""

    kind: Literal["measure"]
    change: Literal["keep", "add", "redefine", "retire"]
    to: Mapping[str, Any] = Field(default_factory=dict)

    @field_validator("to")
    @classmethod
    def _says_what(cls, to: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
        if bool(to) != (info.data.get("change") == "redefine") and "change" in info.data:
            raise clash("'to' goes with 'redefine', and 'redefine' with 'to'; a new measure has a file of its own")
        return to


class Wording(Params):
    title: str
    short: str = ""


class PriorityDecision(_Decision):
    """The new wording of a priority."""

    kind: Literal["priority"]
    change: Literal["keep", "reword"]
    to: Wording | None = None

    @field_validator("to")
    @classmethod
    def _says_what(cls, to: Wording | None, info: ValidationInfo) -> Wording | None:
        if bool(to) != (info.data.get("change") == "reword") and "change" in info.data:
            raise clash("'reword' needs 'to: {title: …}'; 'keep' has none")
        return to


Decision = Annotated[ActionDecision | TargetDecision | MeasureDecision | PriorityDecision, Field(discriminator="kind")]
"""One entry of decisions.yaml, by its ``kind``."""


class _Decisions(Params):
    decisions: tuple[Decision, ...]


DecisionCheck = Callable[[Sequence[Decision], YamlDocument], Iterable[Problem]]


def load_decisions(project: Path, year: int, against: DecisionCheck = lambda decisions, document: ()) -> list[Decision]:
    """What ``params/<year>/decisions.yaml`` records; none where the file does not exist. Ids are unique.

    ``against`` says what else is wrong with those that can be read, so that all problems are reported at once.
    """
    document = decisions_file(project, year)
    if document is None:
        return []

    def problems(listed: _Decisions, sound: YamlDocument) -> Iterator[Problem]:
        yield from _problems_of_ids(listed.decisions, sound)
        yield from _problems_of_bodies(listed.decisions, sound, governance)
        yield from against(listed.decisions, sound)

    with reading_governance(project) as governance:
        named = governance.check_authorities(governance.fill(document), "decisions")
        decisions = validate(named, _Decisions, problems).decisions
    return [_with_decider(decision, governance) for decision in decisions]


def _with_decider(decision: Decision, governance: Governance) -> Decision:
    """The decision with the name of who took it."""
    by = decision.decided.by or governance.name(decision.authority)
    return decision.model_copy(update={"decided": decision.decided.model_copy(update={"by": by})})


def _problems_of_ids(decisions: Iterable[Decision], document: YamlDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, decision in enumerate(decisions):
        if decision.id in seen:
            what = f"the decision '{decision.id}' appears twice"
            yield document.problem(("decisions", place, "id"), what, "give each its own id")
        seen.add(decision.id)


def _problems_of_bodies(
    decisions: Iterable[Decision], document: YamlDocument, governance: Governance
) -> Iterator[Problem]:
    """Bodies that were consulted or that a report was put to, and are none, or did not meet on that day."""
    for place, decision in enumerate(decisions):
        at = ("decisions", place)
        for name in decision.decided.consulted or ():
            if name not in governance.ids:
                what = f"'consulted' cannot be '{name}'"
                yield document.problem((*at, "decided", "consulted"), what, did_you_mean(name, governance.ids))
        for number, put in enumerate(decision.put_to):
            several = ("decisions", place, "put_to", number) in document.lines
            where: KeyPath = ("decisions", place, "put_to", number) if several else ("decisions", place, "put_to")
            if put.body not in governance.on_report:
                what = f"no report is put to '{put.body}'"
                yield document.problem((*where, "body"), what, did_you_mean(put.body, governance.on_report))
                continue
            days = governance.body(put.body).meetings.dates
            if put.date and days and put.date not in days:
                what = f"{governance.short(put.body)} does not meet on {put.date}"
                fix = did_you_mean(put.date.isoformat(), [day.isoformat() for day in days])
                yield document.problem((*where, "date"), what, fix)


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
