"""What a page says of the checks and of what is hidden, in one or two sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from toolkit.words.bank import REPORT, join_and
from toolkit.words.numbers import format_period

__all__ = ["hidden_sentence", "lacks_sentence", "newly_hidden_sentence", "quality_sentence"]


def quality_sentence(findings: pd.DataFrame) -> str:
    """Whether the figures can be used: how many checks passed, and what the failed ones mean.

    >>> quality_sentence(findings)  # doctest: +SKIP
    'Yes. 597 of 601 checks of the data passed, 4 gave a warning and none failed critically.'
    """
    failed = findings[findings["outcome"].isin(["fail", "error"])]
    critical, warned, noted = (int((failed["severity"] == word).sum()) for word in ("critical", "warning", "info"))
    passed, waived = (int((findings["outcome"] == word).sum()) for word in ("pass", "waived"))
    counts = REPORT.say("quality.passed", passed=passed, count=len(findings))
    counts += REPORT.say("quality.warned", count=warned)
    counts += REPORT.say("quality.noted", count=noted) if noted else ""
    counts += REPORT.say("quality.waived", count=waived) if waived else ""
    return REPORT.say("quality.draft" if critical else "quality.complete", counts=counts, count=critical)


def lacks_sentence(findings: pd.DataFrame) -> str:
    """What the review itself lacks, by its own checks: commentaries, duties looked at, decisions recorded.

    >>> lacks_sentence(own_findings)  # doctest: +SKIP
    'Of 70 checks on the review itself, 16 found something still to write, check or decide.'
    """
    failed = int(findings["outcome"].isin(["fail", "error"]).sum())
    checks = REPORT.say("quality.own_checks", count=len(findings))
    return REPORT.say("quality.lacks", checks=checks, count=failed)


def hidden_sentence(figures: int, threshold: int, public: bool) -> str:
    """What was hidden from the tables and charts, and by what rule."""
    if not public:
        return REPORT.say("hidden.internal")
    rule = REPORT.say("hidden.rule", most=threshold - 1)
    return " ".join([rule, REPORT.say("hidden.own_records"), REPORT.say("hidden.how_many", count=figures)])


def newly_hidden_sentence(printed: Sequence[tuple[str, str]], earlier: int) -> str:
    """Which figures (name, period) the last review printed and this one hides, and why; "" where there are none."""
    if not printed:
        return ""
    listed = join_and(REPORT.say("hidden.figure", name=name, period=format_period(period)) for name, period in printed)
    return REPORT.say("hidden.since", count=len(printed), listed=listed, earlier=earlier)
