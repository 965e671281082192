"""What a chart of months says, in words: does the newest month stand out, and can the target be relied on?

Made from MONTHS alone, so the same months always give the same sentence; what happened, never why.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from toolkit.analysis.monthly import DATA_FAILED, HIDDEN_MONTHS, TOO_FEW
from toolkit.analysis.spc import COMMON, MINIMUM_POINTS, assurance
from toolkit.params import Measure, MonthlyChart
from toolkit.words.numbers import format_period, format_target

__all__ = ["STANDS_OUT", "cause_in_words", "variation", "variation_title"]

STANDS_OUT = {
    "improvement": "better than usual",
    "concern": "worse than usual",
    "high": "higher than usual",
    "low": "lower than usual",
}
"""Reading of a month that stands out → what people call it."""

_MEANING = {
    "improvement": "It is a change for the better.",
    "concern": "It is a change for the worse.",
    "high": "Whether that is good or bad, the figure alone does not say.",
    "low": "Whether that is good or bad, the figure alone does not say.",
}
_UNJUDGED = {
    TOO_FEW: "too few months to judge",
    HIDDEN_MONTHS: "months hidden, so not judged",
    DATA_FAILED: "data failed a check, so not judged",
}
"""Why a month is not judged, as the title of the chart has it."""
_COUNTED = {"improvement": "for the better", "concern": "for the worse", "high": "high", "low": "low"}
_ASSURED = {
    "consistently met": "met in every month",
    "consistently missed": "missed in every month",
    "sometimes met": "met in some months and missed in others",
}


def variation_title(months: pd.DataFrame, measure: Measure) -> str:
    """The message of the chart, in a few words: "Requests, monthly: lower than usual in April 2020"."""
    known = months[months["value"].notna()]
    if known.empty:
        return f"{measure.short_name}: no figures"
    newest = known.iloc[-1]
    if newest["cause"] in _UNJUDGED:
        return f"{measure.short_name}: {_UNJUDGED[newest['cause']]}"
    if newest["reading"] not in STANDS_OUT:
        return f"{measure.short_name}: no unusual change"
    return f"{measure.short_name}: {STANDS_OUT[newest['reading']]} in {format_period(newest['period'])}"


def variation(months: pd.DataFrame, row: Mapping[Any, Any], measure: Measure) -> str:
    """The chart in sentences: the newest month, how many stand out, the target (of ``row``, JUDGEMENTS), the method."""
    return " ".join(_sentences(months, row, measure))


def _sentences(months: pd.DataFrame, row: Mapping[Any, Any], measure: Measure) -> Iterator[str]:
    known = months[months["value"].notna()]
    if known.empty:
        return
    newest = known.iloc[-1]
    yield _newest(newest, months, known)
    judged = known[known["mean"].notna()]
    if judged.empty:
        return
    yield _how_many(judged)
    if newest["cause"] not in _UNJUDGED:
        yield from _target(months, row, measure)
    yield from _phases(months, measure)
    yield _method(measure)


def _newest(newest: pd.Series, months: pd.DataFrame, known: pd.DataFrame) -> str:
    month, cause = format_period(newest["period"]), str(newest["cause"])
    of_phase = months["phase"] == newest["phase"]
    since = f" since {format_period(months.loc[of_phase, 'period'].iloc[0])}" if newest["phase"] else ""
    if cause == TOO_FEW:
        count = int((of_phase & months["value"].notna()).sum())
        return f"There {_are(count, 'month')}{since}. Limits need {MINIMUM_POINTS}, so no month is judged yet."
    if cause == HIDDEN_MONTHS:
        count = int((of_phase & (months["marker"] == "c")).sum())
        return (
            f"{count} of {int(of_phase.sum())} months{since} are hidden to protect people. The others are no fair"
            " sample of all months, so no limits are drawn and no month is judged."
        )
    if cause == DATA_FAILED:
        return "The data failed a critical check, so no limits are drawn and no month is judged."
    if newest["reading"] not in STANDS_OUT:
        return f"Nothing stands out in {month}: it lies within the range in which the months usually go up and down."
    why = f"it is {_phrase(cause)}, which is more than the usual ups and downs of the months"
    return f"{month} stands out: {why}. {_MEANING[newest['reading']]}"


def _phrase(cause: str) -> str:
    """A rule as spc names it, as a part of a sentence."""
    said = cause.replace("points", "months")
    if said.startswith(("trend", "run")):
        return f"part of a {said}"
    return f"one of {said}" if said.startswith("two") else said


def _how_many(judged: pd.DataFrame) -> str:
    counts = [(int((judged["reading"] == name).sum()), words) for name, words in _COUNTED.items()]
    said = [f"{count} {words}" for count, words in counts if count]
    stands = "stands" if sum(count for count, _ in counts) == 1 else "stand"
    if not said:
        return f"None of the {len(judged)} months that can be judged stands out."
    total = sum(count for count, _ in counts)
    return f"Of {len(judged)} months that can be judged, {total} {stands} out: {' and '.join(said)}."


def _target(months: pd.DataFrame, row: Mapping[Any, Any], measure: Measure) -> Iterator[str]:
    found = _ASSURED.get(assurance(months, row["target"], measure.polarity))
    if found:
        aim = format_target(row["target"], measure.unit, measure.decimals)
        yield f"If nothing changes, the target of {aim} will be {found}."


def _phases(months: pd.DataFrame, measure: Measure) -> Iterator[str]:
    reasons = {b.from_: b.reason for b in measure.breaks}
    inside = [month for month in measure.phases if month in set(months["period"].iloc[1:])]
    for month in inside:
        because = f": {reasons[month]}" if month in reasons else ""
        yield f"The limits are worked out anew from {format_period(month)}{because}."


def _method(measure: Measure) -> str:
    chosen = measure.chart or MonthlyChart()
    screened = " (changes far larger than the others left out)" if chosen.screen else ""
    return (
        f"The limits are the mean plus and minus 2.66 times the average change from month to month{screened}. A month"
        f" stands out beyond a limit, in a run of {chosen.run} on one side of the mean, in a trend of {chosen.trend},"
        " or as one of two of three close to a limit."
    )


def cause_in_words(month: Mapping[Any, Any]) -> str:
    """What one month of MONTHS is, as its table says it.

    >>> cause_in_words({"cause": "run of 7 points below the mean", "reading": "concern"})
    'worse than usual: run of 7 months below the mean'
    """
    cause = str(month["cause"])
    if cause in (COMMON, ""):
        return "as usual" if cause else "no figure"
    if cause in _UNJUDGED:
        return "not judged"
    return f"{STANDS_OUT[month['reading']]}: {cause.replace('points', 'months')}"


def _are(count: int, one: str) -> str:
    return f"is one {one}" if count == 1 else f"are {count} {one}s"


def clipped(value: float, measure: Measure) -> float:
    """A limit cut to what the measure can be: 0 to 100 for a percentage, 0 and more for what is counted."""
    if math.isnan(value) or measure.unit in ("score", "pounds"):
        return value
    return min(100.0, max(0.0, value)) if measure.unit == "percent" else max(0.0, value)
