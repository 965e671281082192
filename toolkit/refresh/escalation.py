"""The escalation test: which bodies the rules of ``params/governance.yaml`` require for a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.frames import DecisionRow
from toolkit.params import ActionDecision, Decision, EscalationRule, Governance, Measure

__all__ = [
    "Matter",
    "RequiredAuthority",
    "agreements",
    "bodies_put_to",
    "bodies_to_decide",
    "matter_of",
    "required_authority",
]


@dataclass(frozen=True)
class Matter:
    """What the escalation rules look at in a decision or a proposal."""

    kind: str
    change: str
    subject: str
    fields: frozenset[str] = frozenset()
    """Fields of an action that are changed."""
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequiredAuthority:
    """The bodies that the rules require, each of which must agree (none where no rule fits), and those rules."""

    bodies: tuple[str, ...] = ()
    rules: tuple[EscalationRule, ...] = ()


def matter_of(decision: Decision) -> Matter:
    """A recorded decision as the rules see it."""
    given = decision.to.given if isinstance(decision, ActionDecision) and decision.to else {}
    return Matter(decision.kind, decision.change, decision.subject, frozenset(given), decision.scope)


def required_authority(matter: Matter, governance: Governance, measures: Mapping[str, Measure]) -> RequiredAuthority:
    """The highest bodies of all rules that fit, with the rules that require them."""
    fitting = [rule for rule in governance.rules if _fits(rule, matter, measures.get(matter.subject))]
    bodies = governance.highest_of(name for rule in fitting for name in rule.authority)
    return RequiredAuthority(bodies, tuple(rule for rule in fitting if not set(bodies).isdisjoint(rule.authority)))


def bodies_put_to(decision: Decision, required: RequiredAuthority, governance: Governance) -> tuple[str, ...]:
    """The bodies that a report puts a decision to: who took it, and who must agree and is not below that body."""
    asked = [body for body in required.bodies if not governance.may_take(decision.authority, [body])]
    return tuple(body for body in governance.on_report if body in (*asked, decision.authority))


def agreements(row: DecisionRow) -> dict[str, str]:
    """Id of each body that a report puts a decision to → the ISO date on which it agreed; "" while it has not."""
    if not row.put_to:
        return {}
    bodies = row.put_to.split(";")
    return dict(zip(bodies, row.agreed_on.split(";") if row.agreed_on else [""] * len(bodies), strict=True))


def bodies_to_decide(row: DecisionRow) -> tuple[str, ...]:
    """The bodies that still have to decide: those it is put to, else those that the rules ask for, else its own."""
    waiting = tuple(body for body, day in agreements(row).items() if not day)
    return waiting or tuple((row.asked or row.authority).split(";"))


def _fits(rule: EscalationRule, matter: Matter, measure: Measure | None) -> bool:
    when = rule.when
    return (
        when.kind in (None, matter.kind)
        and (not when.change or matter.change in when.change)
        and (not when.touches or not matter.fields.isdisjoint(when.touches))
        and (when.statutory is None or when.statutory == bool(measure and measure.statutory))
        and (when.scope is None or when.scope in matter.scope)
    )
