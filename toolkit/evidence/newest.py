"""The newest data of each source of a review, by the day from which they speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from toolkit.evidence.inputs import ReviewInputs
from toolkit.quality import NewestData, SourceKind, Tables, year_before
from toolkit.sources import Edition, RecordsSource, Source, WorkPlanSource, edition_in_use, period_end

__all__ = ["newest_data", "nothing_new_since", "plan_as_of"]


def nothing_new_since(inputs: ReviewInputs) -> date:
    """Data of this day or older are not of the year of the review: a year before its cut-off, or the last review's.

    For a paper about one month it is a year before the end of that month.
    """
    start, before = year_before(inputs.year.cut_off), inputs.earlier
    return max(start, before.year.cut_off) if before and not inputs.told_by else start


def newest_data(inputs: ReviewInputs, tables: Tables) -> Iterator[NewestData]:
    """For each source that the review uses; ``tables`` is source → its observations and its records.

    A publisher's source that no measure uses, and one without an edition by the cut-off, are left out.
    """
    for name, source in inputs.sources.items():
        edition = edition_in_use(source, inputs.year.cut_off)
        kind, measures = _kind(source), tuple(m.id for m in inputs.project.active() if m.source == name)
        if edition and (measures or kind != "published"):
            last = _newest(source, edition, tables.get(name, {}), inputs.year.cut_off)
            yield NewestData(name, source.title, kind, last, source.owner, source.illustrative, measures)


def plan_as_of(inputs: ReviewInputs, source: WorkPlanSource) -> str:
    """ISO date of the work plan in use where it is not of the year of the review; else ""."""
    edition = edition_in_use(source, inputs.year.cut_off)
    last = _first_published(source, edition) if edition else date.max
    return last.isoformat() if last <= nothing_new_since(inputs) else ""


def _kind(source: Source) -> SourceKind:
    if isinstance(source, WorkPlanSource):
        return "work_plan"
    if isinstance(source, RecordsSource) and source.comments:
        return "survey"
    if isinstance(source, RecordsSource) and source.holds:
        return "register"
    return "extract" if source.is_local else "published"


def _newest(source: Source, edition: Edition, tables: Mapping[str, pd.DataFrame], cut_off: date) -> date:
    """The newest row where rows are dated, the newest figure of a publisher, else the day of the edition.

    Where rows are people it is the end of a month, so that no date is that of one of them.
    """
    issued = min(_first_published(source, edition), cut_off)
    if isinstance(source, RecordsSource):
        row = _newest_row(tables.get("records"), source.dates, cut_off) or issued
        return min(issued, period_end(row.isoformat()[:7], "month") if source.person_level else row)
    published = tables["observations"]["published"].max() if "observations" in tables else ""
    same = issued < min(edition.published, cut_off)
    return issued if same or not published else date.fromisoformat(published)


def _first_published(source: Source, edition: Edition) -> date:
    """The day on which the files of the edition first came: one that repeats an earlier one brings nothing new."""
    files = {part.sha256 for part in edition.parts}
    return min(e.published for e in source.editions if {part.sha256 for part in e.parts} == files)


def _newest_row(rows: pd.DataFrame | None, dates: list[str], cut_off: date) -> date | None:
    """The newest day by the cut-off in any of the columns ``dates``; None where there is none."""
    if rows is None or not dates:
        return None
    days = pd.concat([rows[name] for name in dates])
    newest = days[days <= pd.Timestamp(cut_off)].max()
    return None if pd.isna(newest) else newest.date()
