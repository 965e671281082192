"""One row a check: what was tested, PASS, FAIL, WARNING or IGNORE, what is wrong and where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from toolkit.quality.screener.pair import Pair

__all__ = ["COLUMNS", "Check", "Result", "Row", "Verdict", "check", "ignored"]

Result = Literal["PASS", "FAIL", "WARNING", "IGNORE"]
"""FAIL stops the later stages, WARNING does not; IGNORE: the file has nothing that the check is about."""
SHOWN = 10
"""Faults that a message names; the rest are counted."""


class Row(NamedTuple):
    """The outcome of one check."""

    check: str
    stage: str
    result: Result
    message: str
    guidance: str


COLUMNS = Row._fields


class Verdict(NamedTuple):
    """What a check found, where a list of faults cannot say it. ``fix`` replaces the check's own."""

    result: Result
    message: str


def ignored(why: str) -> Verdict:
    """The file has nothing that the check is about."""
    return Verdict("IGNORE", why)


Test = Callable[[Pair], Sequence[str] | Verdict]


@dataclass(frozen=True)
class Check:
    """A test with its sentences: ``fine`` when it passes, ``wrong`` before the faults, ``fix`` for a person."""

    name: str
    test: Test
    fine: str
    wrong: str
    fix: str
    result: Result

    def row(self, pair: Pair, stage: str) -> Row:
        """The check on one pair of files."""
        found = self.test(pair)
        if not isinstance(found, Verdict):
            found = Verdict(self.result, f"{self.wrong}: {_listed(found)}.") if found else Verdict("PASS", self.fine)
        fix = self.fix if found.result in ("FAIL", "WARNING") else ""
        return Row(self.name, stage, found.result, found.message, fix)


def check(fine: str, wrong: str, fix: str, result: Result = "FAIL") -> Callable[[Test], Check]:
    """Make a test a check under its own name. The test returns its faults (none: PASS) or a ``Verdict``."""
    return lambda test: Check(test.__name__, test, fine, wrong, fix, result)


def _listed(faults: Sequence[str]) -> str:
    """The faults in words.

    >>> _listed(["'a'", "'b'"])
    "'a', 'b'"
    """
    shown = ", ".join(faults[:SHOWN])
    return shown if len(faults) <= SHOWN else f"{shown} and {len(faults) - SHOWN:,} more"
