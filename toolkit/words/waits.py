"""What a table of waits says: the newest year of which it can be told, beside the measure's own figure."""

from __future__ import annotations

import math

import pandas as pd

from toolkit.frames import WAITS
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["waits_sentence"]


def waits_sentence(waits: pd.DataFrame, due: int, rounded: bool) -> str:
    """A sentence or more about WAITS of one measure at the weeks in which the end is ``due``.

    ``rounded``: counts of people are rounded, as they are in public.
    """
    rows = [row for row in WAITS.rows(waits) if row.weeks == due and not math.isnan(row.share)]
    if not rows:
        return REPORT.say("waits.nothing", weeks=due)
    newest = rows[-1]
    share, low, high = (format_figure(value, "percent", 1) for value in (newest.share, newest.low, newest.high))
    sentences = [REPORT.say("waits.newest", year=newest.cohort, weeks=due, share=share, low=low, high=high)]
    if not math.isnan(newest.measured):
        sentences.append(
            REPORT.say("waits.measured", year=newest.cohort, value=format_figure(newest.measured, "percent", 1))
        )
    if newest.open > 0:
        key = "waits.open_rounded" if rounded else "waits.open"
        sentences.append(REPORT.say(key, count=round(newest.open), weeks=due))
    return " ".join(sentences)
