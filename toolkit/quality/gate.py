"""The gate: what the findings mean for the review as a whole and for each measure."""

from __future__ import annotations

from typing import Literal

import pandas as pd

__all__ = ["critical_failures", "doubts", "verdict"]


def critical_failures(findings: pd.DataFrame) -> pd.DataFrame:
    """Critical checks that failed or could not be run, and are not waived."""
    return findings[(findings["severity"] == "critical") & findings["outcome"].isin(["fail", "error"])]


def verdict(findings: pd.DataFrame) -> Literal["complete", "draft"]:
    """ "draft" if any critical check failed or could not be run, and is not waived; else "complete"."""
    return "complete" if critical_failures(findings).empty else "draft"


def doubts(findings: pd.DataFrame) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """What the findings take from measures: measure → the sentences of its warnings, and the measures not to be judged.

    A warning that is waived is no longer one; a note (info) lowers nobody's confidence.
    """
    failed = findings[findings["outcome"].isin(["fail", "error"])]
    warnings: dict[str, list[str]] = {}
    for severity, message, measures in zip(failed["severity"], failed["message"], failed["measures"], strict=True):
        for measure in filter(None, measures.split(";")):
            warnings.setdefault(measure, []).extend([message] if severity == "warning" else [])
    doubted = {
        measure for listed in critical_failures(findings)["measures"] for measure in listed.split(";") if measure
    }
    return {m: tuple(sorted(told)) for m, told in sorted(warnings.items()) if told}, frozenset(doubted)
