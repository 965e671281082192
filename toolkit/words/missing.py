"""Why there is no figure, and what lowers confidence in one."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.analysis.codes import Doubt, FigureFault, Marker
from toolkit.frames import Judgement
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_period

__all__ = ["say_doubt", "say_fault", "say_missing"]

_MISSING: Mapping[str, str] = {
    Marker.HIDDEN: "hidden",
    Marker.NOT_APPLICABLE: "not_applicable",
    Marker.ROUNDS_TO_ZERO: "rounds_to_zero",
}


def say_missing(marker: str, fault: str) -> str:
    """Why there is no figure, to follow its name.

    >>> say_missing("c", ""), say_missing("x", "below zero")
    ('is hidden to protect people', 'cannot be right (a count cannot be below zero)')
    """
    why = REPORT.say(f"missing.{_MISSING.get(marker, 'faulty' if fault else 'not_available')}")
    return f"{why} ({say_fault(fault)})" if fault else why


def say_fault(fault: str) -> str:
    """Why a figure makes no sense, by its code.

    >>> say_fault("below zero")
    'a count cannot be below zero'
    """
    return REPORT.say(f"fault.{FigureFault(fault).name.lower()}")


def say_doubt(judgement: Judgement, doubt: Doubt) -> str:
    """One doubt about a judgement, as a sentence."""
    if doubt is not Doubt.NEWER_MISSING:
        return REPORT.say(f"doubt.{doubt.name.lower()}")
    why = say_missing(judgement.newer_marker, judgement.newer_fault)
    return REPORT.say("doubt.newer_missing", period=format_period(judgement.newer_period), why=why)
