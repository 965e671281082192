"""One row a check: what was tested, PASS, FAIL, WARNING or IGNORE, what is wrong and where, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.texts import TEXTS, CheckTexts, texts_of

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
    """What a check found, where a list of faults cannot say it: ``note`` is a code of ``texts.yaml``."""

    result: Result
    note: str
    facts: Mapping[str, str] = {}


def ignored(note: str, **facts: str) -> Verdict:
    """The file has nothing that the check is about."""
    return Verdict("IGNORE", note, facts)


Test = Callable[[Pair], Sequence[str] | Verdict]


@dataclass(frozen=True)
class Check:
    """A test with its texts and with the result of a failure."""

    name: str
    test: Test
    texts: CheckTexts
    result: Result

    def row(self, pair: Pair, stage: str) -> Row:
        """The check on one pair of files."""
        found = self.test(pair)
        if isinstance(found, Verdict):
            result, message = found.result, TEXTS.notes[found.note].format(**found.facts)
        elif found:
            result, message = self.result, TEXTS.faults.format(wrong=self.texts.wrong, faults=_listed(found))
        else:
            result, message = "PASS", self.texts.fine
        return Row(self.name, stage, result, message, self.texts.fix if result in ("FAIL", "WARNING") else "")


def check(result: Result = "FAIL") -> Callable[[Test], Check]:
    """Make a test a check under its own name. The test returns its faults (none: PASS) or a ``Verdict``."""
    return lambda test: Check(test.__name__, test, texts_of(test.__name__), result)


def _listed(faults: Sequence[str]) -> str:
    """The first faults, and how many more there are.

    >>> _listed(["'a'", "'b'"])
    "'a', 'b'"
    """
    shown = ", ".join(faults[:SHOWN])
    return shown if len(faults) <= SHOWN else TEXTS.more.format(faults=shown, count=len(faults) - SHOWN)
