"""What is published of the comments: counts by question and group, approved quotes, and what was done in response."""

from __future__ import annotations

import math

import pandas as pd

from toolkit.refresh.voices import BOXES, BoxCount
from toolkit.report.shown import Shown
from toolkit.report.tables.table import ColumnFormat, column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["comments_by_question", "quotes", "said_and_did"]

_SAID_AND_DID = ("id", "status", "said", "did", "impact", "priority", "source")

_QUOTES = ("quote", "group", "priority", "approved_by")


def comments_by_question(rows: pd.DataFrame) -> Shown:
    """BOXES with their ``marker`` as a table: a row for each priority and group, a column for each question.

    A group that was not asked a question has "not asked"; hidden counts have a marker.
    """
    questions = list(dict.fromkeys(rows["question"]))
    lines = [
        {"priority": str(priority), "group": str(group), **_cells(mine, questions), "illustrative": _label(mine)}
        for (priority, group), mine in rows.groupby(["priority", "group"], sort=False)
    ]
    columns = column_formats("asked", ("group", "priority"))
    columns |= {name: ColumnFormat(name, "number", empty=REPORT.say("table.not_asked")) for name in questions}
    shown = pd.DataFrame(lines, columns=[*columns, "illustrative"]).sort_values("priority", kind="stable")
    return table(shown, REPORT.say("table.asked"), columns)


def _cells(mine: pd.DataFrame, questions: list[str]) -> dict[str, str]:
    markers = mine["marker"]
    counts = {box.question: _count(box, marker) for box, marker in zip(BOXES.rows(mine), markers, strict=True)}
    return {question: counts.get(question, "") for question in questions}


def _count(box: BoxCount, marker: str) -> str:
    """Such as "12 of 98"; the marker where it is hidden."""
    if math.isnan(box.comments):
        return f"[{marker}]"
    comments, all_comments = (format_figure(count, "number", 0) for count in (box.comments, box.of))
    return REPORT.say("table.count_of", count=comments, all=all_comments)


def _label(rows: pd.DataFrame) -> str:
    return "illustrative" if (rows["illustrative"] != "").any() else ""


def said_and_did(rows: pd.DataFrame) -> Shown:
    """SAID_AND_DID as a table, in the order of the source."""
    return table(rows, REPORT.say("table.said_and_did"), column_formats("said_and_did", _SAID_AND_DID), "said_and_did")


def quotes(rows: pd.DataFrame) -> Shown:
    """QUOTES as a table; the caller leaves out what nobody has approved."""
    quoted = [REPORT.say("table.quote", words=words) for words in rows["quote"]]
    return table(rows.assign(quote=quoted), REPORT.say("table.quotes"), column_formats("quotes", _QUOTES))
