"""The escalation test: which authority the rules of ``params/escalation.yaml`` require for a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.params import ActionDecision, Decision, Escalation, EscalationRule, Measure

__all__ = ["Matter", "RequiredAuthority", "matter_of", "required_authority"]


@dataclass(frozen=True)
class Matter:
    """What the escalation rules look at in a decision or a proposal."""

    kind: str
    change: str
    subject: str
    fields: frozenset[str] = frozenset()
    """Fields of an action that are given anew."""
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequiredAuthority:
    """The authority that the rules require ("" where no rule fits), and the rules that require it."""

    authority: str = ""
    rules: tuple[EscalationRule, ...] = ()

    @property
    def consult(self) -> str:
        """Who is consulted first."""
        return next((rule.consult for rule in self.rules if rule.consult), "")


def matter_of(decision: Decision) -> Matter:
    """A recorded decision as the rules see it."""
    given = decision.to.given if isinstance(decision, ActionDecision) and decision.to else {}
    return Matter(decision.kind, decision.change, decision.subject, frozenset(given), decision.scope)


def required_authority(matter: Matter, escalation: Escalation, measures: Mapping[str, Measure]) -> RequiredAuthority:
    """The highest authority of all rules that fit, with the rules that require it."""
    fitting = [rule for rule in escalation.rules if _fits(rule, matter, measures.get(matter.subject))]
    if not fitting:
        return RequiredAuthority()
    authority = escalation.governance.highest_of(rule.authority for rule in fitting)
    return RequiredAuthority(authority, tuple(rule for rule in fitting if rule.authority == authority))


def _fits(rule: EscalationRule, matter: Matter, measure: Measure | None) -> bool:
    when = rule.when
    return (
        when.kind in (None, matter.kind)
        and (not when.change or matter.change in when.change)
        and (not when.touches or not matter.fields.isdisjoint(when.touches))
        and (when.statutory is None or when.statutory == bool(measure and measure.statutory))
        and (when.scope is None or when.scope in matter.scope)
    )
