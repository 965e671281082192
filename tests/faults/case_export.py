"""A made-up export of a case system, as such systems write it: other headers, pounds, dates and words than ours."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from toolkit.fingerprint import file_digest

__all__ = ["CHECKS", "FIRST", "HEADERS", "LAST", "NEEDS", "add_case_source", "case_rows"]

HEADERS = (
    *("Case ID", "Pupil ref", "DOB", "Request received", "Agreed to assess?", "Date of decision", "Final EHCP issued"),
    *("Assessment outcome", "Main need", "Placement", "Area team", "Annual cost"),
)
NEEDS = ("ASD", "SEMH", "SLCN", "MLD", "SLD", "PD", "HI")
PLACES = ("Mainstream", "Special", "Post-16", "None")
FIRST, LAST = date(2018, 1, 2), date(2022, 6, 20)
"""The first and the last day of a request."""

SOURCE = """\
title: Cases of the case system
publisher: Northshire County Council
licence: Not for publication
owner: Head of SEND
reader: records
person_level: true
illustrative: true
editions:
  - {{edition: "2022-06", published: "2022-06-30", file: {file}, sha256: {digest}}}
columns:
  case: {{header: Case ID, type: text}}
  pupil: {{header: Pupil ref, type: text}}
  dob: {{header: DOB, type: date, past: true}}
  received: {{header: Request received, type: date, past: true}}
  agreed: {{header: "Agreed to assess?", type: text}}
  decision_date: {{header: Date of decision, type: date}}
  final: {{header: Final EHCP issued, type: date}}
  result: {{header: Assessment outcome, type: text}}
  need: {{header: Main need, type: text}}
  placement: {{header: Placement, type: text}}
  team: {{header: Area team, type: text}}
  cost: {{header: Annual cost, type: number}}
tallies:
  cases_requests: {{count: rows, period: received}}
  cases_plans: {{count: rows, period: final, where: {{final: present}}}}
  cases_plans_20_weeks: {{count: rows, period: final, where: {{final: {{days_after: received, at_most: 140}}}}}}
bases: [calendar year, month]
"""
CHECKS = """\
use: [figures, counts, records, dates, cases]
roles:
  reference: case
  person: pupil
  birth: dob
  request: received
  decision: agreed
  decided: decision_date
  issued: final
  outcome: result
  need: need
  setting: placement
  locality: team
parameters:
  count_items: [cases_requests, cases_plans, cases_plans_20_weeks]
  agreed: [Y]
  refused: [N]
  plan: [EHCP]
  no_plan: [No EHCP]
  needs: [ASD, SEMH, SLCN, MLD, SLD, PD, HI]
  no_need: [Unknown]
key: [case]
"""


def case_rows(number: int = 900) -> Iterator[list[str]]:
    """The rows under the headers, the same every time: requests over four years and a half, in their order."""
    dice = random.Random("cases")
    days = sorted(dice.randrange((LAST - FIRST).days + 1) for _ in range(number))
    for case, offset in enumerate(days, 1):
        received = FIRST + timedelta(days=offset)
        yield list(_case(dice, case, received))


def _case(dice: random.Random, case: int, received: date) -> Iterator[str]:
    born = received - timedelta(days=dice.randrange(365 * 3, 365 * 17))
    decided, agreed = _weekday(received + timedelta(days=dice.randrange(20, 43))), dice.random() < 0.8
    issued = received + timedelta(days=dice.choice([dice.randrange(90, 141), dice.randrange(141, 260)]))
    known, finished = decided <= LAST, agreed and issued <= LAST and decided <= LAST
    yield from (f"{case + 40000:07}", f"P{case + 70000}", _written(born), _written(received))
    yield from (("Y" if agreed else "N") if known else "", _written(decided) if known else "")
    yield from (_written(issued) if finished else "", "EHCP" if finished else "")
    yield from (dice.choice(NEEDS), dice.choice(PLACES), dice.choice(("North", "South", "East")))
    yield f"£{dice.randrange(4, 90) * 250:,}.00" if finished else ""


def _weekday(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - 4, 0))


def _written(day: date) -> str:
    return f"{day:%d-%b-%y}"


def add_case_source(project: Path, lines: list[list[str]], checks: str = CHECKS) -> Path:
    """``data/local/cases`` of a project, with these lines (headers among them) as its only file; gives the file."""
    folder = project / "data" / "local" / "cases"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "export.csv"
    quoted = [",".join(f'"{cell}"' if "," in cell else cell for cell in line) for line in lines]
    file.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    (folder / "source.yaml").write_text(SOURCE.format(file=file.name, digest=file_digest(file)), encoding="utf-8")
    (folder / "checks.yaml").write_text(checks, encoding="utf-8")
    return file
