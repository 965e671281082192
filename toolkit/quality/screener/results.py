"""The result of a check on a pair of files: PASS, FAIL, WARNING or IGNORE, with its faults or a note.

Results are codes and facts; ``toolkit.words.screener`` puts them into words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from toolkit.quality.screener.fault import ScreenerFault
from toolkit.quality.screener.pair import Pair

__all__ = ["CheckResult", "Note", "ScreenerCheck", "TestResult", "check", "ignore"]

TestResult = Literal["PASS", "FAIL", "WARNING", "IGNORE"]
"""FAIL stops the later stages, WARNING does not; IGNORE: the file has nothing that the check is about."""
MOST_FAULTS = 10
"""Faults of a check that are kept; the rest are counted."""


class CheckResult(NamedTuple):
    """The result of one check: the first faults and how many ``more`` there are, or a ``note`` with its facts."""

    check: str
    stage: str
    result: TestResult
    faults: Sequence[ScreenerFault] = ()
    more: int = 0
    note: str = ""
    facts: Mapping[str, Any] = {}


class Note(NamedTuple):
    """A result that faults alone cannot explain: the code of a phrase, with its facts and faults."""

    result: TestResult
    code: str
    facts: Mapping[str, Any] = {}
    faults: Sequence[ScreenerFault] = ()


def ignore(code: str, **facts: Any) -> Note:
    """The file has nothing that the check is about, for the reason ``code``."""
    return Note("IGNORE", code, facts)


Test = Callable[[Pair], Sequence[ScreenerFault] | Note]


@dataclass(frozen=True)
class ScreenerCheck:
    """A test with the result that a failure has. Its phrases are under ``text``, or its own name, with ``facts``."""

    name: str
    test: Test
    result: TestResult
    text: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def run(self, pair: Pair, stage: str) -> CheckResult:
        """The result on one pair of files."""
        outcome = self.test(pair)
        if not isinstance(outcome, Note):
            outcome = Note(self.result if outcome else "PASS", "", {}, outcome)
        faults = tuple(outcome.faults)
        more = max(0, len(faults) - MOST_FAULTS)
        return CheckResult(self.name, stage, outcome.result, faults[:MOST_FAULTS], more, outcome.code, outcome.facts)


def check(result: TestResult = "FAIL") -> Callable[[Test], ScreenerCheck]:
    """Make a test a check under its own name. The test returns its faults (none: PASS) or a ``Note``."""
    return lambda test: ScreenerCheck(test.__name__, test, result)
