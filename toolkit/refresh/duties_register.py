"""The register of duties: whether the strategy still conforms with each, and which has not been checked."""

from __future__ import annotations

from datetime import date

import pandas as pd

from toolkit.frames import DUTIES, FINDINGS, DutyRow, Finding, Found
from toolkit.params import Duty, DutyCheck, DutyChecks, Strategy

__all__ = ["CONFORMS", "REGISTER", "duties_register", "duty_findings"]

REGISTER = "duties"
"""What findings about the register name as their source."""
CONFORMS = "conforms"
NOT_CHECKED, OVERDUE = "not checked", "check overdue"
_STATES = {"yes": CONFORMS, "in part": "conforms in part", "no": "does not conform"}


def duties_register(strategy: Strategy, checks: DutyChecks, cut_off: date) -> pd.DataFrame:
    """DUTIES: a row for each duty of the strategy, in its order. It is overdue the day after its next check was due."""
    check_of = {check.duty: check for check in checks.checks}
    rows = [_row(duty, check_of.get(duty.id), cut_off) for duty in strategy.duties]
    label = "illustrative" if checks.illustrative else ""
    return DUTIES.validate(pd.DataFrame(rows).assign(illustrative=label)) if rows else DUTIES.empty()


def _row(duty: Duty, check: DutyCheck | None, cut_off: date) -> dict[str, str]:
    row = dict.fromkeys(DUTIES.columns, "") | {
        "id": duty.id,
        "duty": duty.duty,
        "law": duty.law,
        "owner": duty.owner,
        "state": NOT_CHECKED,
    }
    if check is None:
        return row
    return row | {
        "state": OVERDUE if check.next_due < cut_off else _STATES[check.conforms],
        "evidence": check.evidence,
        "checked_by": check.by,
        "checked_on": check.on.isoformat(),
        "next_due": check.next_due.isoformat(),
        "note": check.note,
    }


def duty_findings(register: pd.DataFrame, year: int) -> pd.DataFrame:
    """FINDINGS: a warning for each duty that was not checked in time or that the strategy does not conform with."""
    return FINDINGS.table(_finding(duty, year) for duty in DUTIES.rows(register))


def _finding(duty: DutyRow, year: int) -> Finding:
    conforms = duty.state == CONFORMS
    return Finding(
        f"{REGISTER}.{duty.id}",
        severity="warning",
        outcome="pass" if conforms else "fail",
        source=REGISTER,
        owner=duty.owner,
        dimension="timeliness" if duty.state in (NOT_CHECKED, OVERDUE) else "validity",
    ).with_code(
        Found.DUTY_CONFORMS if conforms else Found.DUTY_DOUBTFUL,
        {"duty": duty.duty, "law": duty.law, "state": duty.state, "file": f"params/{year}/duties.yaml"},
    )
