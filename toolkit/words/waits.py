"""What a table of waits says: the newest year of which it can be told, beside the measure's own figure."""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd

from toolkit.frames import WAITS, Wait
from toolkit.words.bank import REPORT, join_and
from toolkit.words.numbers import format_figure

__all__ = [
    "WaitWords",
    "describe_waits",
    "leaves_cases_out",
    "open_cases_sentence",
    "say_band",
    "waits_sentence",
    "waits_title",
]


class WaitWords(NamedTuple):
    """What sentences about waits say: the weeks in which the end is ``due``, what it is called, and the year not over.

    ``rounded``: counts of people are rounded, as they are in public.
    """

    due: int
    end: str
    unfinished: str = ""
    rounded: bool = False

    def year(self, row: Wait) -> str:
        return REPORT.say("waits.so_far", year=row.cohort) if row.cohort == self.unfinished else row.cohort


def waits_sentence(waits: pd.DataFrame, words: WaitWords) -> str:
    """A sentence or more about WAITS of one measure at the weeks that are due."""
    due = words.due
    rows = _rows_due(waits, due)
    if not rows:
        return REPORT.say("waits.nothing", weeks=due)
    newest = rows[-1]
    share, low, high = (format_figure(value, "percent", 1) for value in (newest.share, newest.low, newest.high))
    facts = {"year": words.year(newest), "weeks": due, "end": words.end}
    sentences = [REPORT.say("waits.newest", share=share, low=low, high=high, **facts)]
    if leaves_cases_out(waits):
        sentences.append(REPORT.say("waits.left_out"))
    if not math.isnan(newest.measured):
        sentences.append(
            REPORT.say("waits.measured", year=newest.cohort, value=format_figure(newest.measured, "percent", 1))
        )
    if newest.open > 0:
        key = "waits.open_rounded" if words.rounded else "waits.open"
        sentences.append(REPORT.say(key, count=round(newest.open), weeks=due))
    return " ".join(sentences)


def leaves_cases_out(waits: pd.DataFrame) -> bool:
    """Whether cases of WAITS were refused, or ended otherwise."""
    return bool((waits[["refused", "ended"]] > 0).any(axis=None))


def waits_title(waits: pd.DataFrame, words: WaitWords) -> str:
    """The message of the chart: the newest year of which it can be told, beside the year before it."""
    rows = _rows_due(waits, words.due)
    if not rows:
        return REPORT.say("waits.nothing", weeks=words.due)
    newest = {"share": format_figure(rows[-1].share, "percent", 1), "year": words.year(rows[-1])}
    if len(rows) == 1:
        return REPORT.say("waits.title_one", end=words.end, weeks=words.due, **newest)
    was = format_figure(rows[-2].share, "percent", 1)
    return REPORT.say("waits.title", end=words.end, weeks=words.due, was=was, before=rows[-2].cohort, **newest)


def describe_waits(waits: pd.DataFrame, words: WaitWords) -> str:
    """The chart for those who cannot see it: the share of each year within the weeks that are due."""
    rows = _rows_due(waits, words.due)
    if not rows:
        return REPORT.say("waits.nothing", weeks=words.due)
    shares = ((words.year(row), format_figure(row.share, "percent", 1)) for row in rows)
    years = join_and(REPORT.say("waits.of_year", year=year, share=share) for year, share in shares)
    return REPORT.say("waits.years", end=words.end, weeks=words.due, years=years)


def _rows_due(waits: pd.DataFrame, due: int) -> list[Wait]:
    """The rows at the weeks that are due, of the years that have a share."""
    return [row for row in WAITS.rows(waits) if row.weeks == due and not math.isnan(row.share)]


def open_cases_sentence(cases: pd.DataFrame, rounded: bool) -> str:
    """How many cases are open, and how long the longest of them has waited where that may be said."""
    total, longest = cases["cases"].sum(), cases["longest"].max()
    if total == 0 and not cases["cases"].isna().any():
        return REPORT.say("waits.none_open")
    sentence = REPORT.say("waits.all_open_rounded" if rounded else "waits.all_open", count=round(total))
    return sentence if math.isnan(longest) else f"{sentence} {REPORT.say('waits.longest', count=round(longest))}"


def say_band(over: float, up_to: float) -> str:
    """How long cases have waited: "more than 16, up to 20 weeks"."""
    if over < 0:
        return REPORT.say("waits.band_first", up_to=f"{up_to:.0f}")
    if math.isnan(up_to):
        return REPORT.say("waits.band_last", over=f"{over:.0f}")
    return REPORT.say("waits.band", over=f"{over:.0f}", up_to=f"{up_to:.0f}")
