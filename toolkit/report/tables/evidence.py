"""What the figures rest on: the checks, the definitions, and where every file came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from toolkit.analysis.numbers import say_date
from toolkit.frames import Frame
from toolkit.params import Measure
from toolkit.report.marks import marks
from toolkit.report.shown import Shown, as_text, slug
from toolkit.report.tables.table import Column, Columns, table

__all__ = ["PROVENANCE", "definitions", "findings", "method_of", "provenance"]

PROVENANCE = Frame(
    "provenance",
    {
        "source": ("str", "folder name of the source"),
        "title": ("str", "title as the publisher gives it"),
        "publisher": ("str", "who published it"),
        "licence": ("str", "under what licence"),
        "edition": ("str", "edition, as source.yaml names it"),
        "published": ("str", "ISO date from which it was public"),
        "file": ("str", "path relative to the project folder"),
        "sha256": ("str", "hash of the file"),
        "illustrative": ("str", "'illustrative' where the figures are made up; else ''"),
    },
)
"""One row for each file that was read."""

_FINDINGS: Columns = {
    "message": "What was checked and found",
    "outcome": "Outcome",
    "severity": "How serious",
    "source": "Source",
    "rows_checked": "Rows checked",
    "rows_failed": "Rows that failed",
    "owner": Column("Who can put it right", empty="nobody named"),
    "action": Column("What to do", empty="nothing"),
    "examples": Column("First places", empty="none listed"),
}

_DEFINITIONS: Columns = {
    "name": "Measure",
    "why": "Why it matters",
    "method": "How it is worked out",
    "care": Column("Read with care", empty="nothing special"),
}

_PROVENANCE: Columns = {
    "title": "Source",
    "edition": "Edition",
    "published": "Public from",
    "publisher": "Publisher",
    "licence": "Licence",
    "file": "File",
    "sha256": "SHA-256 (first 12 characters)",
}

_POLARITY = {
    "high": "Higher is better",
    "low": "Lower is better",
    "none": "It is shown for context: neither higher nor lower is better",
}


def findings(rows: pd.DataFrame, caption: str) -> Shown:
    """FINDINGS as a table, the outcome in the second column. Example: ``findings(failed, "Checks that failed")``"""
    shown = rows.assign(
        outcome=marks(rows["outcome"]),
        severity=marks(rows["severity"]).where(
            rows["outcome"].isin(["fail", "error"]), rows["severity"].astype(object)
        ),
        examples=rows["examples"].str.replace(";+", "; ", regex=True),
    )
    return table(shown, caption, _FINDINGS)


def definitions(measures: Iterable[Measure], caption: str) -> Shown:
    """The catalogue in words. Example: ``definitions(project.active("1"), "Definitions: priority 1")``"""
    return table(pd.DataFrame([_defined(measure) for measure in measures]), caption, _DEFINITIONS)


def _defined(measure: Measure) -> dict[str, Any]:
    breaks = [f"Figures from {b.from_} cannot be compared with those before: {b.reason}." for b in measure.breaks]
    method = method_of(measure)
    where = f"Period: {measure.basis}. Source: {measure.source}."
    return {
        "name": measure.name,
        "why": measure.why,
        "method": f"{method[0].upper()}{method[1:]}. {where} {_POLARITY[measure.polarity]}.",
        "care": " ".join([*measure.caveats, *breaks]),
    }


def method_of(measure: Measure) -> str:
    """How a measure is worked out, with the names that the source itself uses."""
    if measure.value:
        return f"as published: {_words((measure.value,))}"
    return f"{_words(measure.above)}, divided by {_words(measure.below)}, times 100"


def _words(items: tuple[str, ...]) -> str:
    return " plus ".join(item.replace("_", " ") for item in items)


def provenance(rows: pd.DataFrame, caption: str) -> Shown:
    """PROVENANCE as a table. Example: ``provenance(files, "Where the figures came from")``"""
    first = ~rows["source"].duplicated()
    titles = [
        Shown(f'<span id="source-{slug(name)}">{as_text(title)}</span>') if new else title
        for name, title, new in zip(rows["source"], rows["title"], first, strict=True)
    ]
    shown = rows.assign(
        title=pd.Series(titles, index=rows.index, dtype=object),
        sha256=rows["sha256"].str[:12],
        published=rows["published"].map(say_date),
    )
    return table(shown, caption, _PROVENANCE)
