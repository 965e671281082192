"""Findings in words: what was tested, what was found, and what to do."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from toolkit.frames import FINDINGS, PUBLISHED_FINDINGS, Facts, Finding, Found, PlanChange, round_count
from toolkit.quality.screener import CheckResult
from toolkit.words.bank import REPORT, join_and
from toolkit.words.codes import say_mark, say_status
from toolkit.words.numbers import format_date, format_target
from toolkit.words.plan import describe_plan_change
from toolkit.words.screener import describe_check, describe_note, describe_result
from toolkit.words.subjects import name_decision

__all__ = [
    "counts_in_words",
    "describe_action",
    "describe_finding",
    "describe_test",
    "published_findings",
    "with_words",
]

SCREENER = "screener"
"""The kind of finding whose check has its sentences among the screener's phrases."""


def describe_finding(finding: Finding) -> str:
    """What was tested and what was found, and until when a failure is waived."""
    parts = [describe_test(finding), _say(finding, "few" if _all_few(finding.details) else "found")]
    parts += [
        REPORT.say("finding.withheld", place=place, day=format_date(day))
        for place, day in finding.details.get("withheld", ())
    ]
    if waiver := finding.details.get("waiver"):
        parts.append(REPORT.say("finding.waived", **waiver))
    return " ".join(parts)


def describe_test(finding: Finding) -> str:
    """What was tested: the rule's own text, or the phrase for this kind of check."""
    kind = Found(finding.code).kind
    if kind == SCREENER:
        return describe_check(finding.check, "fine")
    rule = str(finding.details.get("tested", ""))
    return rule or REPORT.say(f"finding.{kind}.tested", **_facts(finding)).strip()


def describe_action(finding: Finding) -> str:
    """What to do: the rule's own text, or the phrase for what was found; "" where the check passed."""
    if finding.outcome == "pass":
        return ""
    if Found(finding.code).kind == SCREENER:
        return describe_check(finding.check, "fix")
    return str(finding.details.get("do", "")) or _say(finding, "do")


def _say(finding: Finding, part: str) -> str:
    return REPORT.say(f"finding.{finding.code}.{part}", **_facts(finding))


def with_words(findings: pd.DataFrame) -> pd.DataFrame:
    """FINDINGS with two columns more: ``message`` and ``action``, in words."""
    rows = FINDINGS.rows(findings)
    words = {"message": [describe_finding(row) for row in rows], "action": [describe_action(row) for row in rows]}
    return findings.assign(**{name: pd.Series(texts, findings.index, dtype="str") for name, texts in words.items()})


def published_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """FINDINGS as they are published (PUBLISHED_FINDINGS)."""
    return PUBLISHED_FINDINGS.validate(with_words(findings)[list(PUBLISHED_FINDINGS.columns)])


def counts_in_words(findings: pd.DataFrame, people: Collection[str], small: int) -> pd.DataFrame:
    """Findings for a page: counts of the sources of ``people`` as "fewer than 5" or "about 25", others as they are."""
    of_people = findings["source"].isin(list(people))
    counts = findings[["rows_checked", "rows_failed"]].astype(object)
    rounded = counts.map(lambda count: _count(round_count(int(count), small)) if count > 0 else count)
    return findings.assign(**{str(name): counts[name].mask(of_people, rounded[name]) for name in counts})


def _count(count: int | Mapping[str, int]) -> str:
    """A number, or a rounded one.

    >>> _count({"below": 5}), _count(1200)
    ('fewer than 5', '1,200')
    """
    if isinstance(count, int):
        return f"{count:,}"
    [(how, number)] = count.items()
    return REPORT.say(f"finding.count.{how}", number=f"{number:,}")


def _all_few(facts: Facts) -> bool:
    """Whether so few people were checked that "fewer than 5 of fewer than 5" would be said of those that failed."""
    return isinstance(facts.get("failed"), dict) and "below" in facts["failed"] and facts["failed"] == facts["checked"]


def _facts(finding: Finding) -> dict[str, Any]:
    """The facts as they stand in a sentence: counts with commas, names in quotation marks."""
    details = finding.details
    own = _OWN.get(Found(finding.code).kind)
    return {name: _fact(value) for name, value in details.items()} | (own(details) if own else {})


def _fact(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(f"'{one}'" for one in value)
    return _count(value) if isinstance(value, int) or (isinstance(value, dict) and len(value) == 1) else value


def _of_rule(facts: Facts) -> dict[str, Any]:
    number, error = facts.get("checked"), facts.get("error")
    unit = f"finding.unit.{facts.get('unit') or 'row'}"
    return {
        "rows": REPORT.say(unit, count=number if isinstance(number, int) else 0),
        "together": join_and([f"'{item}'" for item in facts.get("items", ())]),
        "years": ", ".join(facts.get("years", ())),
        "error": REPORT.say("finding.rule.no_message") if error == "" else error,
    }


def _of_screener(facts: Facts) -> dict[str, Any]:
    files = [(file, describe_result(CheckResult(**result))) for file, result in facts.get("files", ())]
    notes = dict.fromkeys(describe_note(code, note_facts) for code, note_facts in facts.get("notes", ()))
    return {"faults": " ".join(f"{file}: {faults}" for file, faults in files), "ignored": " ".join(notes)}


def _of_screened_files(facts: Facts) -> dict[str, Any]:
    without = ", ".join(facts["without"])
    lacking = [REPORT.say("finding.screened_files.lacking", without=without)] if without else []
    people = REPORT.say("finding.screened_files.of_people")
    stopped = [f"{file}: {_trouble(trouble) or people}" for file, trouble in facts["stopped"]]
    add = [REPORT.say("finding.screened_files.no_metadata.do")] if without else []
    files = REPORT.say("finding.screened_files.files", count=facts["screened"])
    return {
        "files": files,
        "without": without,
        "trouble": "; ".join([*stopped, *lacking]),
        "add": "".join(f" {one}" for one in add),
    }


def _trouble(trouble: Facts) -> str:
    """Why a file could not be screened to the end: the problem of a broken file, or how many checks are waiting."""
    if "waiting" in trouble:
        return REPORT.say("finding.screened_files.waiting", count=trouble["waiting"], stage=trouble["stage"])
    return str(trouble.get("problem", ""))


def _of_reconciliation(facts: Facts) -> dict[str, Any]:
    unit = "points" if facts["unit"] == "percent" else facts["unit"]
    tolerance = math.nan if facts["tolerance"] is None else float(facts["tolerance"])
    periods = REPORT.say("finding.reconciliation.periods", count=facts["compared"])
    return {"margin": format_target(tolerance, unit, 2), "periods": periods}


def _of_commentary(facts: Facts) -> dict[str, Any]:
    return {"marks": join_and([REPORT.say(f"finding.commentary.mark.{mark}") for mark in facts["marks"]])}


def _of_decision(facts: Facts) -> dict[str, Any]:
    reasons = [
        reason + (" " + REPORT.say("finding.decision.paragraph", paragraph=paragraph) if paragraph else "")
        for reason, paragraph in facts.get("reasons", ())
    ]
    return {
        "called": name_decision(facts["id"], facts["kind"], facts["name"], facts["change"]),
        "reasons": " ".join(reasons),
        "against": " ".join(
            REPORT.say(f"finding.decision_evidence.why.{code}", **_against(why)).strip()
            for code, why in facts.get("against", ())
        ),
    }


def _of_day(facts: Facts) -> dict[str, Any]:
    return {"last": format_date(facts["last"])}


def _against(why: Facts) -> Facts:
    """What speaks against a decision, its codes in words."""
    words: dict[str, Callable[[str], str]] = {"mark": _say_mark, "status": say_status, "how": _say_how}
    return {name: words[name](fact) if name in words else fact for name, fact in why.items()}


def _say_mark(word: str) -> str:
    """The word of a mark, as it stands after "although it is"."""
    return REPORT.say(f"finding.commentary.mark.{word}") if word == "not met" else say_mark("target_status", word)


def _say_how(how: str) -> str:
    """How an action is closed; "" for a decision that closes none."""
    return REPORT.say(f"outcome.{how}") if how else ""


def _of_plan_change(facts: Facts) -> dict[str, Any]:
    return {"change": describe_plan_change(PlanChange(**facts["change"]))}


_OWN: Mapping[str, Callable[[Facts], dict[str, Any]]] = {
    "rule": _of_rule,
    "screener": _of_screener,
    "screened_files": _of_screened_files,
    "reconciliation": _of_reconciliation,
    "commentary": _of_commentary,
    "new_data": _of_day,
    "strategy_term": _of_day,
    "plan_change": _of_plan_change,
    "decision_authority": _of_decision,
    "decision_body": _of_decision,
    "decision_consulted": _of_decision,
    "decision_evidence": _of_decision,
}
"""What a kind of check says in its own way."""
