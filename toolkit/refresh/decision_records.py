"""What the refresh proposes and what people decided, as ids and codes, and what a decision still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from toolkit.frames import ACTIONS, DECISIONS, FINDINGS, FLAG, DecisionRow, Facts, Finding, Found
from toolkit.params import ActionDecision, Decision
from toolkit.refresh.context import DecisionContext
from toolkit.refresh.escalation import Matter, RequiredAuthority, bodies_put_to, matter_of, required_authority
from toolkit.refresh.in_force import effective_date
from toolkit.refresh.proposals import Proposal

__all__ = [
    "DECIDED",
    "DISPOSITIONS",
    "DecisionRecord",
    "decision_findings",
    "decision_records",
    "facts_about",
    "finding_about",
    "status_of",
    "with_dispositions",
]

DECIDED = "decisions"
"""What findings about decisions name as their source."""
DISPOSITIONS = ("keep", "amend", "close", "merge", "pause", "add")
"""What may be decided about an action of the plan, or one that joins it."""


@dataclass(frozen=True)
class DecisionRecord:
    """A recorded decision with the proposal that it answers, or an open proposal."""

    decision: Decision | None
    proposal: Proposal | None
    codes: DecisionRow
    """Its ids, codes and days; the columns of text are empty until ``toolkit.words.decisions`` fills them."""

    @property
    def subject(self) -> str:
        """Id of what it is about."""
        return self.codes.subject

    @property
    def about(self) -> str:
        """The kind of what it is about: a new action that is proposed is about the measure that lacks one."""
        new_action = self.decision is None and (self.codes.kind, self.codes.change) == ("action", "add")
        return "measure" if new_action else self.codes.kind


def decision_records(
    decisions: Sequence[Decision], context: DecisionContext, proposed: Sequence[Proposal] = ()
) -> list[DecisionRecord]:
    """The recorded decisions by id, each with the proposal that it answers; then the open proposals."""
    answers = {(p.kind, p.subject): d for p in proposed for d in decisions if answers_to(p, d)}
    answered = {d.id: p for p in proposed if (d := answers.get((p.kind, p.subject)))}
    ordered = sorted(decisions, key=lambda d: d.id)
    return [
        *(DecisionRecord(d, answered.get(d.id), _decision_codes(d, answered.get(d.id), context)) for d in ordered),
        *(DecisionRecord(None, p, _proposal_codes(p, context)) for p in proposed if (p.kind, p.subject) not in answers),
    ]


def with_dispositions(actions: pd.DataFrame, decisions: Sequence[Decision]) -> pd.DataFrame:
    """ACTIONS with ``disposition``: what is decided about each."""
    decided = {d.subject: d.change for d in decisions if d.kind == "action" and d.change in DISPOSITIONS}
    return ACTIONS.validate(actions.assign(disposition=[decided.get(action, "") for action in actions["id"]]))


def answers_to(proposal: Proposal, decision: Decision) -> bool:
    """Is the decision about what is proposed? A new action answers the proposal for each measure that it names."""
    if proposal.change == "add" and isinstance(decision, ActionDecision):
        named = decision.to.measures if decision.to else ()
        return proposal.subject in named or (decision.change, decision.subject) == ("leave out", proposal.subject)
    return (proposal.kind, proposal.subject) == (decision.kind, decision.subject)


def status_of(proposal: Proposal | None, decision: Decision) -> str:
    """accepted, changed or refused. To keep what was to change refuses it; without a proposal it is accepted."""
    if proposal is None:
        return "accepted"
    how = (decision.as_ or decision.into or "") if isinstance(decision, ActionDecision) else proposal.how
    if (decision.change, how) == (proposal.change, proposal.how if proposal.change in ("close", "merge") else how):
        return "accepted"
    return "refused" if decision.change in ("keep", "leave out") else "changed"


_BLANK = DecisionRow._make(False if dtype == FLAG else "" for dtype, _ in DECISIONS.columns.values())


def _decision_codes(decision: Decision, proposal: Proposal | None, context: DecisionContext) -> DecisionRow:
    governance = context.project.governance
    ruled = required_authority(matter_of(decision), governance, context.measures)
    put_to = bodies_put_to(decision, ruled, governance)
    agreed = [decision.find_agreement(body) for body in put_to]
    holds_from = effective_date(decision, governance, context.measures)
    return _list_rules(ruled)._replace(
        id=decision.id,
        kind=decision.kind,
        subject=decision.subject,
        authority=decision.authority,
        escalate=bool(put_to),
        illustrative="illustrative" if decision.illustrative else "",
        change=decision.change,
        status=status_of(proposal, decision),
        put_to=";".join(put_to),
        agreed_on=";".join(day.isoformat() if day else "" for day in agreed),
        decided_on=decision.decided.on.isoformat(),
        decided_by=decision.decided.by,
        in_effect="yes" if holds_from else "no",
        effective_on=holds_from.isoformat() if holds_from else "",
        cost=decision.cost,
    )


def _list_rules(ruled: RequiredAuthority) -> DecisionRow:
    """A row that says no more than which bodies must decide, by which rules."""
    return _BLANK._replace(
        asked=";".join(ruled.bodies),
        rules=";".join(rule.id for rule in ruled.rules),
        asked_because=" ".join(rule.reason for rule in ruled.rules),
        paragraph="; ".join(dict.fromkeys(rule.paragraph for rule in ruled.rules if rule.paragraph)),
    )


def _proposal_codes(proposal: Proposal, context: DecisionContext) -> DecisionRow:
    """The codes of an open proposal."""
    governance = context.project.governance
    matter = Matter(proposal.kind, proposal.change, proposal.subject)
    ruled = required_authority(matter, governance, context.project.measures)
    return _list_rules(ruled)._replace(
        id=f"proposal-{proposal.kind}-{proposal.subject}",
        kind=proposal.kind,
        subject=proposal.subject,
        authority=";".join(ruled.bodies) or governance.lowest,
        escalate=not set(ruled.bodies).isdisjoint(governance.on_report),
        illustrative="illustrative" if any(action.illustrative for action in context.actions) else "",
        change=proposal.change,
        status="proposed",
        put_to=";".join(body for body in ruled.bodies if body in governance.on_report),
        in_effect="no",
    )


def decision_findings(decisions: Iterable[Decision], context: DecisionContext) -> pd.DataFrame:
    """FINDINGS: a warning for each decision that its body may not take, or that a body it is put to has not agreed."""
    ruled = ((d, required_authority(matter_of(d), context.project.governance, context.measures)) for d in decisions)
    return FINDINGS.table(
        row for decision, required in ruled for row in _authority_findings(decision, required, context)
    )


def _authority_findings(decision: Decision, ruled: RequiredAuthority, context: DecisionContext) -> Iterable[Finding]:
    governance = context.project.governance
    required = ruled.bodies or (governance.lowest,)
    about = facts_about(decision, context) | {"reasons": [[rule.reason, rule.paragraph] for rule in ruled.rules]}
    may_take = governance.may_take(decision.authority, ruled.bodies)
    code = Found.DECIDED_WITH_AUTHORITY if may_take else Found.DECIDED_WITHOUT_AUTHORITY
    yield finding_about(decision, "authority", code, about | {"body": governance.short(*required)})
    for body in bodies_put_to(decision, ruled, governance):
        code = Found.BODY_AGREED if decision.find_agreement(body) else Found.BODY_NOT_AGREED
        yield finding_about(decision, body, code, about | {"body": governance.short(body)})
    consults = governance.body(decision.authority).consults
    if consults:
        done = set(consults) <= set(decision.decided.consulted or ())
        code = Found.CONSULTED if done else Found.NOT_CONSULTED
        yield finding_about(decision, "consulted", code, about | {"consult": governance.short(*consults)})


def facts_about(decision: Decision, context: DecisionContext) -> dict[str, Any]:
    """The facts that every finding about a decision has."""
    measure = context.measures.get(decision.subject)
    return {
        "id": decision.id,
        "kind": decision.kind,
        "name": measure.short_name if measure else decision.subject,
        "change": decision.change,
        "file": f"params/{context.review.year}/decisions.yaml",
    }


def finding_about(decision: Decision, check: str, code: Found, facts: Facts) -> Finding:
    """A finding about a decision."""
    return Finding(
        f"decision.{check}.{decision.id}",
        severity="warning",
        outcome="fail" if code in _FAILURES else "pass",
        source=DECIDED,
        owner=decision.decided.by,
        dimension="validity",
    ).with_code(code, facts)


_FAILURES = {
    Found.DECIDED_WITHOUT_AUTHORITY,
    Found.BODY_NOT_AGREED,
    Found.NOT_CONSULTED,
    Found.EVIDENCE_AGAINST,
}
