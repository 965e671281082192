"""The escalation test: which authority the rules of ``params/escalation.yaml`` ask for a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.params import ActionDecision, Decision, Escalation, Measure, Rule

__all__ = ["RANK", "Matter", "Ruling", "is_enough", "matter_of", "ruling"]

RANK = {"director": 0, "board": 1, "cabinet": 2}
"""Who may decide what the one before may not."""


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
    rules: tuple[Rule, ...] = ()

    @property
    def escalates(self) -> bool:
        return self.authority == "cabinet"

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
    authority = max((rule.authority for rule in fitting), key=lambda name: RANK[name])
    return Ruling(authority, tuple(rule for rule in fitting if rule.authority == authority))


def _fits(rule: Rule, matter: Matter, measure: Measure | None) -> bool:
    when = rule.when
    return (
        when.kind in (None, matter.kind)
        and (not when.change or matter.change in when.change)
        and (not when.touches or not matter.fields.isdisjoint(when.touches))
        and (when.statutory is None or when.statutory == bool(measure and measure.statutory))
        and (when.scope is None or when.scope in matter.scope)
    )


def is_enough(authority: str, asked: str) -> bool:
    """May ``authority`` take what the rules ask ``asked`` for? Nothing is asked where no rule fits.

    >>> is_enough("board", "cabinet"), is_enough("cabinet", "board"), is_enough("director", "")
    (False, True, True)
    """
    return not asked or RANK[authority] >= RANK[asked]
