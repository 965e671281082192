"""What goes to print of what people said: by what was asked, in their own words, and what was done about it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from toolkit.report.shown import Shown
from toolkit.report.tables.table import Column, columns_of, table
from toolkit.words.bank import REPORT
from toolkit.words.numbers import format_figure

__all__ = ["asked", "quotes", "said_and_did"]

_SAID_AND_DID = ("id", "status", "said", "did", "impact", "priority", "source")

_QUOTES = ("quote", "group", "priority", "approved_by")


def asked(rows: pd.DataFrame) -> Shown:
    """BOXES with markers as a table: a row a priority and group, a column for what was asked.

    A group that was not asked something has "not asked"; hidden counts are marked.
    """
    boxes = list(dict.fromkeys(rows["question"]))
    lines = [
        {"priority": str(priority), "group": str(group), **_boxes(mine, boxes), "illustrative": _label(mine)}
        for (priority, group), mine in rows.groupby(["priority", "group"], sort=False)
    ]
    columns = columns_of("asked", ("group", "priority"))
    columns |= {box: Column(box, "number", empty=REPORT.say("table.not_asked")) for box in boxes}
    shown = pd.DataFrame(lines, columns=[*columns, "illustrative"]).sort_values("priority", kind="stable")
    return table(shown, REPORT.say("table.asked"), columns)


def _boxes(mine: pd.DataFrame, boxes: list[str]) -> dict[str, str]:
    found = {row["question"]: _count(row) for row in mine.to_dict("records")}
    return {box: found.get(box, "") for box in boxes}


def _count(row: Mapping[Any, Any]) -> str:
    """Such as "12 of 98"; the marker where it is hidden."""
    if math.isnan(row["comments"]):
        return f"[{row['marker']}]"
    comments, every = (format_figure(row[name], "number", 0) for name in ("comments", "of"))
    return REPORT.say("table.count_of", count=comments, all=every)


def _label(rows: pd.DataFrame) -> str:
    return "illustrative" if (rows["illustrative"] != "").any() else ""


def said_and_did(rows: pd.DataFrame) -> Shown:
    """SAID_AND_DID as a table, in the order of the source."""
    return table(rows, REPORT.say("table.said_and_did"), columns_of("said_and_did", _SAID_AND_DID))


def quotes(rows: pd.DataFrame) -> Shown:
    """QUOTES as a table; the caller leaves out what nobody has approved."""
    quoted = [REPORT.say("table.quote", words=words) for words in rows["quote"]]
    return table(rows.assign(quote=quoted), REPORT.say("table.quotes"), columns_of("quotes", _QUOTES))
