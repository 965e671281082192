"""Stages "Precheck time" and "Check time": time_period and time_identifier."""

from __future__ import annotations

import re

from toolkit.quality.screener.conventions import CONVENTION
from toolkit.quality.screener.fault import ScreenerFault
from toolkit.quality.screener.pair import Pair
from toolkit.quality.screener.results import Note, check, ignore

__all__ = [
    "check_time_period",
    "check_time_period_six",
    "precheck_time_id_mix",
    "precheck_time_id_valid",
    "precheck_time_period_num",
]

DIGITS = {identifier: group.digits for group in CONVENTION.time for identifier in group.identifiers}
GROUP = {identifier: number for number, group in enumerate(CONVENTION.time) for identifier in group.identifiers}


@check()
def precheck_time_period_num(pair: Pair) -> list[ScreenerFault]:
    """``time_period`` has digits only."""
    return pair.data.faults_where(
        "time_period", (p for p in pair.data.values("time_period") if not re.fullmatch("[0-9]+", p))
    )


@check()
def precheck_time_id_valid(pair: Pair) -> list[ScreenerFault]:
    """``time_identifier`` is one that the service knows."""
    return pair.data.faults_where("time_identifier", set(pair.data.values("time_identifier")) - set(DIGITS))


@check()
def precheck_time_id_mix(pair: Pair) -> list[ScreenerFault]:
    """The time identifiers are of one group: months alone, terms alone, and so on."""
    identifiers = pair.data.values("time_identifier")
    groups = {GROUP.get(identifier) for identifier in identifiers}
    return pair.data.faults_where("time_identifier", identifiers) if len(groups) > 1 else []


@check()
def check_time_period(pair: Pair) -> list[ScreenerFault]:
    """``time_period`` has 4 or 6 digits, as ``time_identifier`` says."""
    rows = pair.data.distinct("time_period", "time_identifier")
    return pair.data.faults_at({row: at for row, at in rows.items() if len(row[0]) != DIGITS[row[1]]})


@check()
def check_time_period_six(pair: Pair) -> list[ScreenerFault] | Note:
    """Six digits are a year and the last two digits of the next year."""
    six = [period for period in pair.data.values("time_period") if len(period) == 6]
    if not six:
        return ignore("no_six_digits")
    return pair.data.faults_where("time_period", (p for p in six if (int(p[2:4]) + 1) % 100 != int(p[4:])))
