"""What is behind the figures: the checks, the definitions, and where every file came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, NamedTuple

import pandas as pd

from toolkit.frames import Frame
from toolkit.params import Measure
from toolkit.report.links import link, measure_link
from toolkit.report.marks import label_of, marks
from toolkit.report.shown import Html, Shown, say_html, slug
from toolkit.report.tables.shared import table_said_once
from toolkit.report.tables.table import column_formats, table
from toolkit.words.bank import REPORT
from toolkit.words.cells import describe_places
from toolkit.words.findings import with_words
from toolkit.words.numbers import format_date

__all__ = [
    "PROVENANCE",
    "FileRead",
    "checks_by_source",
    "definitions",
    "failed_checks",
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

_FINDINGS = ("message", "outcome", "severity", "source", "rows_checked", "rows_failed", "owner", "action", "examples")


_FAILED = ("message", "outcome", "severity", "measures", "source", "owner", "action", "examples")
"""How many rows failed is in the sentence; what a failure touches must be seen without scrolling sideways."""

_TO_MEND = ("owner", "action", "severity", "source", "sheet")

_DEFINITIONS = ("name", "why", "method", "care")

_PROVENANCE = ("title", "edition", "published", "publisher", "licence", "file", "sha256")


def findings(rows: pd.DataFrame, caption: str, titles: Mapping[str, str]) -> Shown:
    """FINDINGS as a table, the outcome in the second column; ``titles`` has the title of each source.

    Example: ``findings(failed, "Checks that failed", titles)``
    """
    shown = _with_marks(rows).assign(source=[_title_of(name, titles) for name in rows["source"]])
    return table(shown, caption, column_formats("findings", _FINDINGS), "findings")


def failed_checks(
    rows: pd.DataFrame, caption: str, measures: Mapping[str, Measure], titles: Mapping[str, str]
) -> Shown:
    """FINDINGS that failed, each with links to its source and to the measures that it touches."""
    touched = [
        Shown(
            Html(", ").join(measure_link(measures[name]) for name in named.split(";") if name in measures)
            or say_html("table.no_measures")
        )
        for named in rows["measures"]
    ]
    sources = [Shown(link(f"#source-{slug(name)}", _title_of(name, titles))) for name in rows["source"]]
    shown = _with_marks(rows).assign(
        measures=pd.Series(touched, index=rows.index, dtype=object),
        source=pd.Series(sources, index=rows.index, dtype=object),
    )
    return table(shown, caption, column_formats("failed_findings", _FAILED), "findings")


def to_mend(rows: pd.DataFrame, caption: str, folder: str, titles: Mapping[str, str]) -> Shown:
    """Who needs to correct what: an action a row, with the return sheet that ``check`` writes into ``folder``."""
    sheets = [f"{folder}/{slug(owner)}.xlsx" for owner in rows["owner"]]
    shown = with_words(rows).assign(
        severity=marks(rows["severity"]),
        source=[_title_of(name, titles) for name in rows["source"]],
        sheet=pd.Series(sheets, index=rows.index, dtype="str"),
    )
    return table(shown.drop_duplicates(["owner", "action", "source"]), caption, column_formats("to_mend", _TO_MEND))


def checks_by_source(rows: pd.DataFrame, titles: Mapping[str, str]) -> Shown:
    """How many checks of each source passed, failed or were waived, and what they looked at: a line a source.

    The line of a source is at ``#checks-<source>``; each check is a row of ``tables/findings.csv``.
    """
    lines = [_check_line(str(name), mine, titles) for name, mine in rows.groupby("source", sort=True)]
    columns = column_formats("checks", _CHECKED, numbers=_COUNTED)
    return table(pd.DataFrame(lines, columns=list(_CHECKED)), REPORT.say("table.checks"), columns)


_COUNTED = ("checks", "passed", "failed", "waived")
_CHECKED = ("source", *_COUNTED, "looked_at")


def _check_line(source: str, rows: pd.DataFrame, titles: Mapping[str, str]) -> dict[str, Any]:
    outcomes = rows["outcome"].replace("error", "fail").value_counts()
    kinds = rows["dimension"].value_counts().sort_index()
    looked = (REPORT.say("table.checks_of_kind", kind=str(kind), count=int(count)) for kind, count in kinds.items())
    name = Html('<span id="checks-{}">{}</span>').format(slug(source), _title_of(source, titles))
    counted = {"passed": "pass", "failed": "fail", "waived": "waived"}
    return {
        "source": Shown(name),
        "checks": float(len(rows)),
        **{column: float(outcomes.get(outcome, 0)) for column, outcome in counted.items()},
        "looked_at": ", ".join(looked),
    }


def _with_marks(rows: pd.DataFrame) -> pd.DataFrame:
    passed = rows["severity"].map(label_of).astype(object)
    return (
        with_words(rows)
        .infer_objects()
        .assign(
            outcome=marks(rows["outcome"]),
            severity=marks(rows["severity"]).where(rows["outcome"].isin(["fail", "error"]), passed),
            examples=[_say_examples(examples) for examples in rows["examples"]],
        )
    )


def _say_examples(examples: str) -> str:
    """The first places of a finding in words: a sheet and its rows, a file and its lines."""
    return describe_places(place for place in examples.split(";") if place)


def _title_of(source: str, titles: Mapping[str, str]) -> str:
    """The title of a source of data; of the review's own checks, what they look at."""
    return titles.get(source) or REPORT.say(f"finding_source.{source}")


def definitions(measures: Iterable[Measure], caption: str, sources: Mapping[str, str]) -> Shown:
    """The catalogue in words; ``sources`` has the title of each source.

    Example: ``definitions(project.active("1"), "Definitions: priority 1", titles)``
    """
    listed = list(measures)
    rows = pd.DataFrame([_define(measure, sources[measure.source]) for measure in listed])
    names = pd.Series([measure.short_name for measure in listed], index=rows.index, dtype=object)
    return table_said_once(rows, names, ["method", "care"], caption, column_formats("definitions", _DEFINITIONS))


def _define(measure: Measure, title: str) -> dict[str, Any]:
    breaks = [REPORT.say("definition.break", from_=b.from_, reason=b.reason) for b in measure.breaks]
    return {
        "name": measure.short_name,
        "why": measure.why,
        "method": REPORT.say(
            "definition.method",
            method=method_of(measure),
            title=title,
            polarity=REPORT.say(f"definition.polarity.{measure.polarity}"),
        ),
        "care": " ".join([*measure.caveats, *breaks]),
    }


def method_of(measure: Measure) -> str:
    """How a measure is worked out: in its own words, else whether it is published or a share of two counts.

    >>> method_of(measure)  # doctest: +SKIP
    'Plans issued within 20 weeks as a percentage of all plans issued without a permitted exception'
    """
    if measure.method:
        return measure.method
    if measure.value:
        return REPORT.say("definition.as_published")
    return REPORT.say("definition.share" if measure.unit == "percent" else "definition.rate")


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
    return table(shown, caption, column_formats("provenance", _PROVENANCE))
