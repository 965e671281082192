"""What the figures rest on: the checks, the definitions, and where every file came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple

import pandas as pd

from toolkit.frames import Frame
from toolkit.params import Measure
from toolkit.report.layout import fold
from toolkit.report.links import link, measure_link
from toolkit.report.marks import marks
from toolkit.report.shown import Html, Shown, slug
from toolkit.report.tables.table import Column, Columns, table
from toolkit.words.findings import with_words
from toolkit.words.numbers import format_date

__all__ = [
    "PROVENANCE",
    "FileRead",
    "checks_of",
    "definitions",
    "failed",
    "findings",
    "method_of",
    "provenance",
    "to_mend",
]


class FileRead(NamedTuple):
    """A file that the review read."""

    source: Annotated[str, "folder name of the source"]
    title: Annotated[str, "title as the publisher gives it"]
    publisher: Annotated[str, "who published it"]
    licence: Annotated[str, "under what licence"]
    edition: Annotated[str, "edition, as source.yaml names it"]
    published: Annotated[str, "ISO date from which it was public"]
    file: Annotated[str, "path relative to the project folder"]
    sha256: Annotated[str, "hash of the file"]
    illustrative: Annotated[str, "'illustrative' where the figures are made up; else ''"]


PROVENANCE = Frame("provenance", FileRead)
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

_FAILED: Columns = {
    "message": "What was checked and found",
    "outcome": "Outcome",
    "severity": "How serious",
    "measures": Column("Measures it touches", empty="none"),
    "source": "Source",
    "owner": Column("Who can put it right", empty="nobody named"),
    "action": Column("What to do", empty="nothing"),
    "examples": Column("First places", empty="none listed"),
}
"""How many rows failed is in the sentence; what a failure touches must be seen without scrolling sideways."""

_TO_MEND: Columns = {
    "owner": Column("Who", empty="nobody named"),
    "action": Column("What to do", empty="nothing"),
    "severity": "How serious",
    "source": "Source",
    "sheet": "Return sheet",
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
    return table(_told(rows), caption, _FINDINGS)


def failed(rows: pd.DataFrame, caption: str, measures: Mapping[str, Measure]) -> Shown:
    """FINDINGS that failed, each with links to its source and to the measures that it touches."""
    touched = [
        Shown(
            Html(", ").join(measure_link(measures[name]) for name in named.split(";") if name in measures)
            or Html("none")
        )
        for named in rows["measures"]
    ]
    sources = [Shown(link(f"#source-{slug(name)}", name)) for name in rows["source"]]
    shown = _told(rows).assign(
        measures=pd.Series(touched, index=rows.index, dtype=object),
        source=pd.Series(sources, index=rows.index, dtype=object),
    )
    return table(shown, caption, _FAILED)


def to_mend(rows: pd.DataFrame, caption: str, folder: str) -> Shown:
    """Who needs to correct what: an action a row, with the return sheet that ``check`` writes into ``folder``."""
    sheets = [f"{folder}/{slug(owner)}.xlsx" for owner in rows["owner"]]
    shown = with_words(rows).assign(
        severity=marks(rows["severity"]), sheet=pd.Series(sheets, index=rows.index, dtype="str")
    )
    return table(shown.drop_duplicates(["owner", "action", "source"]), caption, _TO_MEND)


def checks_of(source: str, rows: pd.DataFrame, title: str) -> Shown:
    """All checks of one source, folded away under ``#checks-<source>``; each stands at ``#check-<source>-<check>``."""
    passed = int((rows["outcome"] == "pass").sum())
    told = _told(rows)
    named = [
        Shown(Html('<span id="check-{}-{}">{}</span>').format(slug(source), slug(check), message))
        for check, message in zip(rows["check"], told["message"], strict=True)
    ]
    told = told.assign(message=pd.Series(named, index=rows.index, dtype=object))
    folded = fold(f"{title}: {passed} of {len(rows)} passed", table(told, f"Checks: {title}", _FINDINGS))
    return Shown(Html('<div id="checks-{}">{}</div>').format(slug(source), folded))


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    return (
        with_words(rows)
        .infer_objects()
        .assign(
            outcome=marks(rows["outcome"]),
            severity=marks(rows["severity"]).where(
                rows["outcome"].isin(["fail", "error"]), rows["severity"].astype(object)
            ),
            examples=rows["examples"].str.replace(";+", "; ", regex=True),
        )
    )


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
    return f"{_words(measure.numerator_items)}, divided by {_words(measure.denominator_items)}, times 100"


def _words(items: tuple[str, ...]) -> str:
    return " plus ".join(item.replace("_", " ") for item in items)


def provenance(rows: pd.DataFrame, caption: str) -> Shown:
    """PROVENANCE as a table. Example: ``provenance(files, "Where the figures came from")``"""
    first = ~rows["source"].duplicated()
    titles = [
        Shown(Html('<span id="source-{}">{}</span>').format(slug(name), title)) if new else title
        for name, title, new in zip(rows["source"], rows["title"], first, strict=True)
    ]
    shown = rows.assign(
        title=pd.Series(titles, index=rows.index, dtype=object),
        sha256=rows["sha256"].str[:12],
        published=rows["published"].map(format_date),
    )
    return table(shown, caption, _PROVENANCE)
