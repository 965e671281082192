"""Surveys as the review reads them: who answered, round by round. Comments are counted, never quoted."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from toolkit.sources import RecordsSource, Source

__all__ = ["rounds_of", "surveys"]

_COLUMNS = ["survey", "round", "answers", "comments", "illustrative"]


def surveys(sources: Mapping[str, Source]) -> dict[str, RecordsSource]:
    """The sources that hold free-text comments."""
    return {name: s for name, s in sources.items() if isinstance(s, RecordsSource) and s.comments}


def rounds_of(sources: Mapping[str, Source], records: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row a survey and calendar year: survey, round, answers, comments (answers with any), illustrative."""
    rows = []
    for name, source in surveys(sources).items():
        table = records[name]
        day = next((column for column, spec in source.columns.items() if spec.type == "date"), None)
        if day is None or table.empty:
            continue
        commented = (table[list(source.comments)] != "").any(axis=1)
        for year, part in table.groupby(table[day].dt.year):
            label = "illustrative" if source.illustrative else ""
            rows.append((source.title, str(int(year)), float(len(part)), float(commented[part.index].sum()), label))
    return pd.DataFrame(rows, columns=_COLUMNS)
