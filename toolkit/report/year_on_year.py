"""What changed between two reviews, as a page and in plain lines, from CHANGES alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from toolkit.report.layout import stack
from toolkit.report.shown import Shown, sentence
from toolkit.report.tables import Column, Columns, table

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["change_lines", "changes_notebook"]

_SECTIONS = {
    "value": ("Which figures are new, and which marks moved?", "Figures and marks", "figures"),
    "revision": ("Which figures were revised?", "Figures of the earlier review that were revised", "revised figures"),
    "definition": ("Which measures are defined otherwise?", "Changes of definitions", "definitions"),
    "comparators": (
        "Who are the similar authorities?",
        "Changes of similar authorities",
        "similar authorities",
    ),
    "target": ("Which targets moved?", "Changes of targets", "targets"),
    "action": ("What became of the actions?", "Changes of the work plan", "actions"),
}
"""Subject → its question, the caption of its table, and what it is called in a sentence."""

_COLUMNS: Columns = {
    "name": "What",
    "change": "What happened",
    "then": Column("Then", empty="not there"),
    "now": Column("Now", empty="not there"),
    "note": Column("To know", empty="nothing"),
}


def changes_notebook(changes: pd.DataFrame, years: tuple[int, int]) -> NotebookNode:
    """The page's headings and tables in the form that ``render_page`` takes; nothing in it is left to be run."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    cells = [new_markdown_cell(f"# What changed from the review of {years[0]} to that of {years[1]}?", id="cell-00")]
    for place, (about, (question, _, _)) in enumerate(_SECTIONS.items(), 1):
        shown = new_output("display_data", {"text/html": _section(changes, about).html})
        cells.append(new_markdown_cell(f"## {question}", id=f"cell-{place:02}-question"))
        cells.append(new_code_cell("", outputs=[shown], id=f"cell-{place:02}"))
    return new_notebook(cells=cells)


def _section(changes: pd.DataFrame, about: str) -> Shown:
    rows, caption = changes[changes["about"] == about], _SECTIONS[about][1]
    if about == "action":
        rows = rows.assign(name=rows["subject"] + " " + rows["name"])
    counted = sentence(_counted(rows, about))
    silent = "no mark moved" if about == "value" else "nothing"
    columns = {**_COLUMNS, "note": Column("To know", empty=silent)}
    return stack(counted, table(rows, caption, columns)) if len(rows) else counted


def _counted(rows: pd.DataFrame, about: str) -> str:
    """How often each thing happened, the commonest first."""
    if rows.empty:
        return f"No change in {_SECTIONS[about][2]}."
    counts = rows["change"].value_counts()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return f"{_SECTIONS[about][1]}: " + "; ".join(f"{change} ({count})" for change, count in ordered) + "."


def change_lines(changes: pd.DataFrame) -> Iterator[str]:
    """The same for a terminal: each subject counted, then its rows; of values only those whose marks moved."""
    for about in _SECTIONS:
        rows = changes[changes["about"] == about]
        yield f"\n{_counted(rows, about)}"
        for row in rows.to_dict("records"):
            if about != "value" or row["note"] or row["change"] in ("added", "no longer shown"):
                name = f"{row['subject']} {row['name']}" if about == "action" else row["name"]
                sides = " -> ".join(filter(None, [row["then"], row["now"]]))
                note = f" [{row['note']}]" if row["note"] else ""
                yield f"  - {name}: {row['change']}" + (f": {sides}" if sides else "") + note
