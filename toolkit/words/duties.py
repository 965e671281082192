"""The register of duties in words: whether the strategy remains current, and who checked what."""

from __future__ import annotations

import pandas as pd

from toolkit.frames import DUTIES, DutyRow
from toolkit.refresh import CONFORMS
from toolkit.words.bank import REPORT, Phrases
from toolkit.words.numbers import format_date

__all__ = ["describe_conformity", "describe_last_check"]


def describe_conformity(register: pd.DataFrame, phrases: Phrases = REPORT) -> str:
    """Whether the strategy remains current, from DUTIES: in the words of the report that approved it, or why not.

    The phrase is used only where every duty was checked, in time, and the strategy conforms with it.
    """
    duties = DUTIES.rows(register)
    if not duties:
        return phrases.say("conformity.no_duties")
    failing = [duty for duty in duties if duty.state != CONFORMS]
    if not failing:
        last = format_date(max(duty.checked_on for duty in duties))
        return phrases.say("conformity.current", count=len(duties), last=last)
    summary = phrases.say("conformity.not_shown", duties=len(duties), count=len(failing))
    return " ".join(
        [summary, *(_state(state, failing, phrases) for state in dict.fromkeys(duty.state for duty in failing))]
    )


def _state(state: str, failing: list[DutyRow], phrases: Phrases) -> str:
    """The duties in one state, as a sentence."""
    listed = "; ".join(phrases.say("conformity.duty", duty=duty.duty) for duty in failing if duty.state == state)
    return phrases.say("conformity.state", state=state[0].upper() + state[1:], listed=listed)


def describe_last_check(duty: DutyRow) -> str:
    """When a duty was last checked, and by whom."""
    if not duty.checked_on:
        return REPORT.say("conformity.never_checked")
    return REPORT.say("conformity.checked", on=format_date(duty.checked_on), by=duty.checked_by)
