"""The gate: whether the review is complete or a draft, and which measures are in doubt."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from toolkit.frames import FINDINGS

__all__ = ["critical_failures", "doubts", "verdict"]


def critical_failures(findings: pd.DataFrame) -> pd.DataFrame:
    """Critical checks that failed or could not be run, and are not waived."""
    return findings[(findings["severity"] == "critical") & findings["outcome"].isin(["fail", "error"])]


def verdict(findings: pd.DataFrame) -> Literal["complete", "draft"]:
    """ "draft" if any critical check failed or could not be run, and is not waived; else "complete"."""
    return "complete" if critical_failures(findings).empty else "draft"


def doubts(findings: pd.DataFrame) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Measure → the ids of the checks of its source that gave a warning; and the measures that must not be judged.

    A waived warning does not count, nor does a note (info).
    """
    failed = [row for row in FINDINGS.rows(findings) if row.outcome in ("fail", "error")]
    warnings: dict[str, set[str]] = {}
    critical: set[str] = set()
    for row in failed:
        for measure in filter(None, row.measures.split(";")):
            if row.severity == "warning":
                warnings.setdefault(measure, set()).add(row.check)
            elif row.severity == "critical":
                critical.add(measure)
    return {measure: tuple(sorted(checks)) for measure, checks in sorted(warnings.items())}, frozenset(critical)
