"""What the Department's screener found, in words: the message of each check, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pandas as pd

from toolkit.quality.screener import CONVENTION, STAGES, CheckResult
from toolkit.words.bank import REPORT, join_and

__all__ = ["describe_check", "describe_note", "describe_result", "describe_screening"]

CHECKS = {check.name: check for checks in STAGES.values() for check in checks}


def describe_screening(results: pd.DataFrame) -> pd.DataFrame:
    """A row a check of ``screen``: check, stage, result, message, and guidance where it failed or gave a warning."""
    rows = [CheckResult(*row) for row in results.itertuples(index=False, name=None)]
    failed = [row.result in ("FAIL", "WARNING") for row in rows]
    return pd.DataFrame(
        {
            "check": [row.check for row in rows],
            "stage": [row.stage for row in rows],
            "result": [row.result for row in rows],
            "message": [describe_result(row) for row in rows],
            "guidance": [
                describe_check(row.check, "fix") if bad else "" for row, bad in zip(rows, failed, strict=True)
            ],
        },
        dtype="str",
    )


def describe_result(result: CheckResult) -> str:
    """What is wrong and where; the note on the file; or what was tested, where nothing is wrong."""
    faults = _list_faults(result)
    if result.note:
        return describe_note(result.note, {**result.facts, "faults": faults})
    if not faults:
        return describe_check(result.check, "fine")
    return REPORT.say("screener.faults", wrong=describe_check(result.check, "wrong"), faults=faults)


def describe_note(code: str, facts: Mapping[str, Any]) -> str:
    """What a check says of a file where faults alone cannot."""
    return REPORT.say(f"screener.note.{code}", **_join_lists(facts))


def describe_check(name: str, part: Literal["fine", "wrong", "fix"]) -> str:
    """What a check tests (fine), what is wrong where it fails, and what to do (fix).

    >>> describe_check("check_filter_whitespace", "fix")
    'Remove the spaces.'
    """
    check = CHECKS[name]
    facts = {key: join_and(value) if isinstance(value, list) else value for key, value in check.facts.items()}
    return REPORT.say(
        f"screener.check.{check.text or name}.{part}",
        **facts,
        limits=CONVENTION.limits,
        levels=", ".join(place.level for place in CONVENTION.geography),
        units=", ".join(CONVENTION.units),
        ethnicity_groups=", ".join(CONVENTION.ethnicity_groups),
    )


def _list_faults(result: CheckResult) -> str:
    faults = ", ".join(_fault(code, facts) for code, facts in result.faults)
    return REPORT.say("screener.more", faults=faults, count=result.more) if result.more else faults


def _fault(code: str, facts: Mapping[str, Any]) -> str:
    """One fault with its place; the cells of a row in quotation marks."""
    words = _join_lists(facts)
    if "cells" in facts:
        cells = " | ".join(facts["cells"])
        words["cells"] = (
            REPORT.say("screener.cells", cells=cells) if any(facts["cells"]) else REPORT.say("screener.blank")
        )
    return REPORT.say(f"screener.fault.{code}", **words)


def _join_lists(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: ", ".join(value) if _is_list(value) else value for name, value in facts.items()}


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str)
