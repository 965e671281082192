"""What changed between two reviews, as a page and in plain lines, from CHANGES alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from toolkit.report.layout import stack
from toolkit.report.shown import Shown, sentence
from toolkit.report.tables import ColumnFormat, Columns, table
from toolkit.words.bank import REPORT

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["change_lines", "changes_notebook"]

_SECTIONS = ("value", "revision", "definition", "comparators", "target", "action")
"""What a change may be about, in the order of the page."""


def changes_notebook(changes: pd.DataFrame, years: tuple[int | str, int | str]) -> NotebookNode:
    """The page's headings and tables in the form that ``render_page`` takes; nothing in it is left to be run."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    title = REPORT.say("changes.title", then=years[0], now=years[1])
    cells = [new_markdown_cell(f"# {title}", id="cell-00")]
    for place, about in enumerate(_SECTIONS, 1):
        question = REPORT.say(f"changes.question.{about}")
        shown = new_output("display_data", {"text/html": _section(changes, about).html})
        cells.append(new_markdown_cell(f"## {question}", id=f"cell-{place:02}-question"))
        cells.append(new_code_cell("", outputs=[shown], id=f"cell-{place:02}"))
    return new_notebook(cells=cells)


def _section(changes: pd.DataFrame, about: str) -> Shown:
    rows = changes[changes["about"] == about]
    if about == "action":
        rows = rows.assign(name=rows["subject"] + " " + rows["name"])
    summary = sentence(_count_changes(rows, about))
    if rows.empty:
        return summary
    absent = REPORT.say("changes.absent")
    silent = REPORT.say("changes.no_mark_moved" if about == "value" else "changes.nothing_to_know")
    columns: Columns = {
        "name": REPORT.say("changes.column.name"),
        "change": REPORT.say("changes.column.change"),
        "then": ColumnFormat(REPORT.say("changes.column.then"), empty=absent),
        "now": ColumnFormat(REPORT.say("changes.column.now"), empty=absent),
        "note": ColumnFormat(REPORT.say("changes.column.note"), empty=silent),
        "cause": ColumnFormat(REPORT.say("changes.column.cause"), empty=REPORT.say("changes.no_cause")),
    }
    return stack(summary, table(rows, REPORT.say(f"changes.caption.{about}"), columns))


def _count_changes(rows: pd.DataFrame, about: str) -> str:
    """How often each thing happened, the commonest first."""
    if rows.empty:
        return REPORT.say(f"changes.none.{about}")
    counts = rows["change"].value_counts()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    listed = "; ".join(f"{change} ({count})" for change, count in ordered)
    return REPORT.say("changes.counted", caption=REPORT.say(f"changes.caption.{about}"), listed=listed)


def change_lines(changes: pd.DataFrame) -> Iterator[str]:
    """What changed, for a terminal: each subject counted, then its rows; of values only those whose marks moved."""
    for about in _SECTIONS:
        rows = changes[changes["about"] == about]
        yield f"\n{_count_changes(rows, about)}"
        for row in rows.to_dict("records"):
            if about != "value" or row["note"] or not (row["then"] and row["now"]):
                name = f"{row['subject']} {row['name']}" if about == "action" else row["name"]
                sides = " -> ".join(filter(None, [row["then"], row["now"]]))
                note = f" [{row['note']}]" if row["note"] else ""
                named = row["cause"] in ("", row["change"])
                cause = "" if named else f" ({row['cause']})"
                yield f"  - {name}: {row['change']}" + (f": {sides}" if sides else "") + note + cause
