"""Who may change what: ``params/escalation.yaml``, the test of what must go to the highest body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from toolkit.errors import Problem, did_you_mean
from toolkit.params.governance import Governance, reading_governance
from toolkit.params.words import Identifier, Listed, Word
from toolkit.params.yaml import Params, YamlDocument, read_yaml, validate

__all__ = ["Escalation", "EscalationRule", "load_escalation"]

Change = Literal[
    "keep", "amend", "close", "merge", "pause", "add", "raise", "lower", "re-base", "retire", "redefine", "reword"
]


class When(Params):
    """Which decisions a rule is about: those that fit every condition here."""

    kind: Literal["action", "target", "measure", "priority"] | None = None
    change: Listed[Change] = ()
    """One of these changes; any, where none is named."""
    touches: Listed[Identifier] = ()
    """One of these fields of an action is given anew."""
    statutory: bool | None = None
    """The measure has a legal duty (true) or none (false)."""
    scope: Identifier | None = None
    """The decision says that it touches this; a key of ``scopes``."""


class EscalationRule(Params):
    """A rule: where a decision fits ``when``, this authority or a higher one takes it."""

    id: Identifier
    when: When
    authority: Word
    """Id of a body of params/governance.yaml that decides."""
    consult: str = ""
    """Who is asked before: the decision says that they were."""
    reason: str
    paragraph: Word = ""
    """Of the report that approved the strategy."""


class Escalation(Params):
    """All rules, and the words that a decision may use for its ``scope``; of the rules that fit, the highest counts."""

    scopes: Mapping[Identifier, str] = Field(default_factory=dict)
    rules: Listed[EscalationRule]
    governance: Governance
    """The bodies that rules name, with their rank."""


def load_escalation(project: Path) -> Escalation:
    """The project's escalation.yaml; no rules where there is no such file."""
    path = project / "params" / "escalation.yaml"
    with reading_governance(project) as governance:
        escalation = Escalation(rules=(), governance=governance)
        if path.exists():
            document = governance.check_authorities(governance.fill(read_yaml(path, project)), "rules")
            escalation = validate(document, Escalation, _problems, governance=governance)
    return escalation


def _problems(escalation: Escalation, document: YamlDocument) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, rule in enumerate(escalation.rules):
        at = ("rules", place)
        if rule.id in seen:
            yield document.problem((*at, "id"), f"the rule '{rule.id}' appears twice", "give each its own id")
        if rule.when.scope and rule.when.scope not in escalation.scopes:
            what = f"'{rule.when.scope}' is not one of the scopes"
            yield document.problem((*at, "when", "scope"), what, did_you_mean(rule.when.scope, escalation.scopes))
        seen.add(rule.id)
