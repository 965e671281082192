"""The escalation test: which authority the rules of ``params/escalation.yaml`` ask for a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.params import ActionDecision, Decision, Escalation, EscalationRule, Measure

__all__ = ["Matter", "Ruling", "matter_of", "ruling"]


@dataclass(frozen=True)
class Matter:
    """What a decision, or a proposal, is about, as far as the rules look at it."""

    kind: str
    change: str
    subject: str
    fields: frozenset[str] = frozenset()
    """Fields of an action that are given anew."""
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """The authority that the rules ask for ("" where no rule fits) and the rules that ask for it."""

    authority: str = ""
    rules: tuple[EscalationRule, ...] = ()

    @property
    def consult(self) -> str:
        """Who is asked before."""
        return next((rule.consult for rule in self.rules if rule.consult), "")


def matter_of(decision: Decision) -> Matter:
    """A recorded decision as the rules see it."""
    given = decision.to.given if isinstance(decision, ActionDecision) and decision.to else {}
    return Matter(decision.kind, decision.change, decision.subject, frozenset(given), decision.scope)


def ruling(matter: Matter, escalation: Escalation, measures: Mapping[str, Measure]) -> Ruling:
    """The highest authority of all rules that fit, with those that ask for it."""
    fitting = [rule for rule in escalation.rules if _fits(rule, matter, measures.get(matter.subject))]
    if not fitting:
        return Ruling()
    authority = escalation.governance.highest_of(rule.authority for rule in fitting)
    return Ruling(authority, tuple(rule for rule in fitting if rule.authority == authority))


def _fits(rule: EscalationRule, matter: Matter, measure: Measure | None) -> bool:
    when = rule.when
    return (
        when.kind in (None, matter.kind)
        and (not when.change or matter.change in when.change)
        and (not when.touches or not matter.fields.isdisjoint(when.touches))
        and (when.statutory is None or when.statutory == bool(measure and measure.statutory))
        and (when.scope is None or when.scope in matter.scope)
    )
