"""What the refresh proposes and what people decided, as a table that papers can quote, and what decisions lack."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from toolkit.frames import ACTIONS, DECISIONS, FINDINGS
from toolkit.params import ActionDecision, Decision, Escalation
from toolkit.refresh.in_force import takes_effect
from toolkit.refresh.proposals import Proposal
from toolkit.refresh.ruling import Matter, Ruling, matter_of, ruling
from toolkit.refresh.wording import AsItStands, say_change_of

__all__ = ["DECIDED", "decision_findings", "decisions_table", "finding_about", "status_of", "with_decisions"]

DECIDED = "decisions"
"""What findings about decisions name as their source."""
DISPOSITIONS = ("keep", "amend", "close", "merge", "pause", "add")
"""What may be decided of an action that is in the plan, or comes into it."""


def decisions_table(
    decisions: Sequence[Decision], stand: AsItStands, escalation: Escalation, proposed: Sequence[Proposal] = ()
) -> pd.DataFrame:
    """DECISIONS: the recorded ones by id, each with the proposal that it answers; then what nobody has decided."""
    answers = {(p.kind, p.subject): d for p in proposed for d in decisions if answers_to(p, d)}
    asked = {d.id: p for p in proposed if (d := answers.get((p.kind, p.subject)))}
    rows = [_recorded(d, asked.get(d.id), stand, escalation) for d in sorted(decisions, key=lambda d: d.id)]
    rows += [_open(p, stand, escalation) for p in proposed if (p.kind, p.subject) not in answers]
    return DECISIONS.checked(pd.DataFrame(rows)) if rows else DECISIONS.empty()


def with_decisions(actions: pd.DataFrame, decisions: Sequence[Decision], stand: AsItStands) -> pd.DataFrame:
    """ACTIONS with what is decided of each: the word, and in words with old and new of what it amends."""
    decided = {d.subject: d for d in decisions if d.kind == "action" and d.change in DISPOSITIONS}
    mine = [decided.get(action) for action in actions["id"]]
    return ACTIONS.checked(
        actions.assign(
            disposition=[one.change if one else "" for one in mine],
            decided=[". ".join([say_change_of(one), *stand.amends(one)]) if one else "" for one in mine],
        )
    )


def answers_to(proposal: Proposal, decision: Decision) -> bool:
    """Is the decision about what is proposed? A new action answers for every measure that it is to move."""
    if proposal.change == "add" and isinstance(decision, ActionDecision):
        named = decision.to.measures if decision.to else ()
        return proposal.subject in named or (decision.change, decision.subject) == ("leave out", proposal.subject)
    return (proposal.kind, proposal.subject) == (decision.kind, decision.subject)


def status_of(proposal: Proposal | None, decision: Decision) -> str:
    """accepted, changed or refused: who keeps what was to change refuses it; what nobody proposed is accepted."""
    if proposal is None:
        return "accepted"
    how = (decision.as_ or decision.into or "") if isinstance(decision, ActionDecision) else proposal.how
    if (decision.change, how) == (proposal.change, proposal.how if proposal.change in ("close", "merge") else how):
        return "accepted"
    return "refused" if decision.change in ("keep", "leave out") else "changed"


def _recorded(
    decision: Decision, proposal: Proposal | None, stand: AsItStands, escalation: Escalation
) -> dict[str, Any]:
    measures = {**stand.later, **stand.project.measures}
    ruled = ruling(matter_of(decision), escalation, measures)
    old, new = stand.wordings(decision)
    told = [proposal.because, proposal.evidence] if proposal else []
    return {
        "id": decision.id,
        "kind": decision.kind,
        "subject": decision.subject,
        "from": stand.stands(decision.kind, decision.subject),
        "to": stand.becomes(decision),
        "reason": decision.reason,
        "authority": decision.authority,
        "escalate": escalation.governance.highest in (ruled.authority, decision.authority),
        "illustrative": "illustrative" if decision.illustrative else "",
        "change": decision.change,
        "status": status_of(proposal, decision),
        "proposed": proposal.said if proposal else "",
        "evidence": " ".join(filter(None, [*told, decision.evidence, _despite(decision)])),
        "old": old,
        "new": new,
        **_asked(ruled),
        "cabinet_date": decision.cabinet.isoformat() if decision.cabinet else "",
        "decided_on": decision.decided.on.isoformat(),
        "decided_by": decision.decided.by,
        "in_effect": "yes" if takes_effect(decision, escalation, measures) else "no",
    }


def _despite(decision: Decision) -> str:
    return f"Taken although something speaks against it: {decision.despite}" if decision.despite else ""


def _asked(ruled: Ruling) -> dict[str, str]:
    return {
        "asked": ruled.authority,
        "rules": ";".join(rule.id for rule in ruled.rules),
        "asked_because": " ".join(rule.reason for rule in ruled.rules),
        "paragraph": "; ".join(dict.fromkeys(rule.paragraph for rule in ruled.rules if rule.paragraph)),
    }


def _open(proposal: Proposal, stand: AsItStands, escalation: Escalation) -> dict[str, Any]:
    """A proposal that nobody has answered."""
    ruled = ruling(Matter(proposal.kind, proposal.change, proposal.subject), escalation, stand.project.measures)
    about = "measure" if proposal.kind == "action" and proposal.change == "add" else proposal.kind
    made_up = any(row["illustrative"] for row in stand.actions.values())
    nothing = dict.fromkeys(("old", "new", "cabinet_date", "decided_on", "decided_by"), "")
    return {
        "id": f"proposal-{proposal.kind}-{proposal.subject}",
        "kind": proposal.kind,
        "subject": proposal.subject,
        "from": stand.stands(about, proposal.subject),
        "to": proposal.said,
        "reason": proposal.because,
        "authority": ruled.authority or escalation.governance.lowest,
        "escalate": ruled.authority == escalation.governance.highest,
        "illustrative": "illustrative" if made_up else "",
        "change": proposal.change,
        "status": "proposed",
        "proposed": proposal.said,
        "evidence": proposal.evidence,
        **nothing,
        **_asked(ruled),
        "in_effect": "no",
    }


def decision_findings(decisions: Iterable[Decision], stand: AsItStands, escalation: Escalation) -> pd.DataFrame:
    """FINDINGS: a warning for each decision that its authority may not take, or the highest body has not agreed."""
    measures = {**stand.later, **stand.project.measures}
    return FINDINGS.of(row for d in decisions for row in _checked(d, ruling(matter_of(d), escalation, measures), stand))


def _checked(decision: Decision, ruled: Ruling, stand: AsItStands) -> Iterable[dict[str, Any]]:
    about, year = stand.called(decision), stand.review.year
    reason = " ".join(rule.reason + _of_paragraph(rule.paragraph) for rule in ruled.rules)
    told = f"say so in params/{year}/decisions.yaml."
    governance = stand.project.governance
    required = governance.short(ruled.authority or governance.lowest)
    enough = governance.may_take(decision.authority, ruled.authority)
    what = f"{about} is for {required} to decide and was taken by a body that may. {reason}".strip()
    yield finding_about(decision, "authority", what, "" if enough else f"Take it to {required}, and {told}")
    if governance.highest in (ruled.authority, decision.authority):
        highest = governance.short(governance.highest)
        what = f"{about} goes to {highest} and has the date of its meeting. {reason}".strip()
        yield finding_about(
            decision, "cabinet", what, "" if decision.cabinet else f"Report it to {highest}, and {told}"
        )
    if ruled.consult and decision.authority == ruled.authority:
        what = f"{about} was taken after consulting the {ruled.consult}. {reason}"
        asked = decision.decided.consulted == ruled.consult
        yield finding_about(decision, "consulted", what, "" if asked else f"Consult the {ruled.consult}, and {told}")


def _of_paragraph(paragraph: str) -> str:
    return f" (Paragraph {paragraph} of the report.)" if paragraph else ""


def finding_about(decision: Decision, check: str, what: str, action: str) -> dict[str, Any]:
    """One row of FINDINGS; it fails where there is an ``action`` to take."""
    return {
        "check": f"decision.{check}.{decision.id}",
        "severity": "warning",
        "outcome": "fail" if action else "pass",
        "source": DECIDED,
        "rows_checked": 1.0,
        "rows_failed": float(bool(action)),
        "message": f"{what} {'Failed: it is not so.' if action else 'Passed.'}",
        "owner": decision.decided.by,
        "action": action,
        "dimension": "validity",
    }
