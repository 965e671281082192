"""What the refresh proposes and what was decided, as a table that papers can quote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from toolkit.frames import DECISIONS
from toolkit.params import Decision, Escalation
from toolkit.refresh.in_force import takes_effect
from toolkit.refresh.ruling import matter_of, ruling
from toolkit.refresh.wording import AsItStands

__all__ = ["decisions_table"]


def decisions_table(decisions: Iterable[Decision], stand: AsItStands, escalation: Escalation) -> pd.DataFrame:
    """DECISIONS, sorted by id."""
    rows = [_row(decision, stand, escalation) for decision in sorted(decisions, key=lambda d: d.id)]
    return DECISIONS.checked(pd.DataFrame(rows)) if rows else DECISIONS.empty()


def _row(decision: Decision, stand: AsItStands, escalation: Escalation) -> dict[str, Any]:
    measures = {**stand.later, **stand.project.measures}
    ruled = ruling(matter_of(decision), escalation, measures)
    old, new = stand.wordings(decision)
    return {
        "id": decision.id,
        "kind": decision.kind,
        "subject": decision.subject,
        "from": stand.stands(decision.kind, decision.subject),
        "to": stand.becomes(decision),
        "reason": decision.reason,
        "authority": decision.authority,
        "escalate": ruled.escalates or decision.authority == "cabinet",
        "illustrative": "illustrative" if decision.illustrative else "",
        "change": decision.change,
        "status": "accepted",
        "proposed": "",
        "evidence": decision.evidence,
        "old": old,
        "new": new,
        "asked": ruled.authority,
        "rules": ";".join(rule.id for rule in ruled.rules),
        "asked_because": " ".join(rule.reason for rule in ruled.rules),
        "paragraph": "; ".join(dict.fromkeys(rule.paragraph for rule in ruled.rules if rule.paragraph)),
        "cabinet_date": decision.cabinet.isoformat() if decision.cabinet else "",
        "decided_on": decision.decided.on.isoformat(),
        "decided_by": decision.decided.by,
        "in_effect": "yes" if takes_effect(decision, escalation, measures) else "no",
    }
