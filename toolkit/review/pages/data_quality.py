"""The page of data quality."""

from __future__ import annotations

import pandas as pd

from toolkit.analysis import ages_of, chance_calls, coverage_of
from toolkit.refresh import COMMENTARY
from toolkit.report import Shown, charts, sentence, stack, tables
from toolkit.report.links import link
from toolkit.report.shown import Html
from toolkit.report.tables.table import column_formats
from toolkit.review.published import Published
from toolkit.words.bank import REPORT
from toolkit.words.chance import basis_sentence, chance_sentence
from toolkit.words.numbers import format_figure
from toolkit.words.quality import quality_sentence
from toolkit.words.revisions import revisions_sentence

__all__ = [
    "chance",
    "corrections",
    "coverage",
    "data_verdict",
    "file_notes",
    "findings_all",
    "findings_failed",
    "missing_commentaries",
    "provenance",
    "revisions",
    "timeliness",
]

_SEVERITY_ORDER = {"critical": 0, "warning": 1, "info": 2}


def data_verdict(frames: Published) -> Shown:
    """Whether the figures can be used, in one or two sentences."""
    return sentence(quality_sentence(frames.findings))


def chance(frames: Published) -> Shown:
    """How many of the review's comparisons found a difference, and how many chance alone would have found."""
    by_policy = [one.id for one in frames.catalogue.values() if one.tolerance is not None]
    parts = (
        chance_sentence(chance_calls(frames.judgements, by_policy)),
        basis_sentence(frames.judgements["judged_from"]),
    )
    return sentence(" ".join(filter(None, parts)))


def findings_failed(frames: Published) -> Shown:
    """The checks that failed or could not run, the most serious first; then those that were waived."""
    failed = frames.findings_in_words[frames.findings["outcome"].isin(["fail", "error", "waived"])]
    keys = failed.assign(waived=failed["outcome"] == "waived", rank=failed["severity"].map(_SEVERITY_ORDER))
    ordered = failed.loc[keys.sort_values(["waived", "rank"], kind="stable").index]
    return tables.failed_checks(ordered, REPORT.say("page.failed"), frames.catalogue, frames.inputs.source_titles)


def corrections(frames: Published) -> Shown:
    """Who needs to correct what, the most serious first, with the return sheet of each."""
    failed = frames.findings[frames.findings["outcome"].isin(["fail", "error"])]
    ranked = failed.assign(rank=failed["severity"].map(_SEVERITY_ORDER))
    ordered = ranked.sort_values(["rank", "owner"], kind="stable")
    folder = f"returns/{frames.inputs.year.year}"
    return tables.to_mend(ordered, REPORT.say("page.to_mend"), folder, frames.inputs.source_titles)


def timeliness(frames: Published) -> Shown:
    """How old the newest figures of each source are on the cut-off, in months, the oldest first."""
    inputs = frames.inputs
    titles = inputs.source_titles
    grid = ages_of(frames.evidence.observations, inputs.authority.code, titles, inputs.year.cut_off)
    ages = grid.min(axis=1).sort_values(ascending=False, kind="stable")
    described = REPORT.say("page.ages.described", sources=len(ages))
    caption = charts.Caption(REPORT.say("page.ages.title"), REPORT.say("page.ages.about"), described)
    rows = [charts.Bar(str(name), age, format_figure(age, "number", 0)) for name, age in ages.items()]
    columns = column_formats("ages", ("source", "months"), numbers=("months",))
    data = pd.DataFrame({"source": ages.index.astype(str), "months": ages.to_numpy()})
    return charts.bars(rows, caption, tables.table(data, REPORT.say("chart.behind", title=caption.title), columns))


def missing_commentaries(frames: Published) -> Shown:
    """The findings about red measures that nobody has commented on."""
    every = frames.all_findings[frames.all_findings["source"] == COMMENTARY]
    missing = every[every["outcome"] == "fail"]
    return tables.findings(missing, REPORT.say("page.uncommented"), frames.inputs.source_titles)


def findings_all(frames: Published) -> Shown:
    """What became of the checks of each source, a line each, and the table of every check."""
    checked = tables.checks_by_source(frames.findings, frames.inputs.source_titles)
    every = Html("<p>{}</p>").format(link("tables/findings.csv", REPORT.say("page.every_check")))
    return stack(checked, Shown(every, {"findings": frames.findings}))


def coverage(frames: Published) -> Shown:
    """From which year to which each source has figures of the authority, how many, and which years lack any."""
    titles = frames.inputs.source_titles
    grid = coverage_of(frames.evidence.observations, frames.inputs.authority.code, titles)
    rows = [_coverage_row(str(name), figures.dropna()) for name, figures in grid.iterrows()]
    columns = column_formats("coverage", ("source", "first", "last", "figures", "gaps"), numbers=("figures",))
    caption = REPORT.say("page.coverage.about", authority=frames.inputs.authority.name)
    return tables.table(pd.DataFrame(rows, columns=list(columns)), caption, columns)


def _coverage_row(source: str, figures: pd.Series) -> dict[str, str | float]:
    years = [int(str(year)) for year in figures.index]
    gaps = [str(year) for year in range(years[0], years[-1]) if year not in years]
    counted = float(figures.sum())
    return {
        "source": source,
        "first": str(years[0]),
        "last": str(years[-1]),
        "figures": counted,
        "gaps": ", ".join(gaps),
    }


def revisions(frames: Published) -> Shown:
    """The figures that the last review used and that publishers have changed since, and what that changes."""
    earlier = frames.inputs.earlier
    summary = sentence(revisions_sentence(frames.revisions, earlier.year.label if earlier else None))
    return stack(summary, tables.revisions(frames.revisions, frames.catalogue)) if len(frames.revisions) else summary


def provenance(frames: Published) -> Shown:
    """Every file that was read, with its edition and hash."""
    return tables.provenance(frames.evidence.provenance, REPORT.say("page.provenance"))


def file_notes(frames: Published) -> Shown:
    """What to know about how the files were read."""
    return tables.table(
        frames.evidence.notes, REPORT.say("page.file_notes"), column_formats("file_notes", ("file", "note"))
    )
